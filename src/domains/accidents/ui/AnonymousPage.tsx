import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { routeUrl } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import { type AnonymityOutput, statisticsRoutes } from "../contract-statistics.ts";
import { figures } from "./client.ts";
import { useYears, YearsPage } from "./YearsPage.tsx";

/** Records of casualties made anonymous: what was coarsened, what risk is left, and the file when it may leave. */
export function AnonymousPage() {
  const { t } = useText();
  const years = useYears();
  const { query } = years;
  const answer = useQuery({
    queryKey: ["accident-anonymity", query],
    queryFn: ({ signal }) => figures.anonymity({ query }, { signal }),
    placeholderData: keepPreviousData,
    enabled: query.country !== "",
  });
  const report = answer.data;
  const mayLeave = report?.reached && report.records > 0;
  return (
    <YearsPage
      name="accidents.anonymous"
      under={{ label: t("accidents.statistics.title"), to: "/accidents/statistics" }}
      years={years}
      file={mayLeave ? (format) => routeUrl(statisticsRoutes.records, {}, { ...query, format }) : null}
    >
      {answer.isError ? (
        <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />
      ) : !report ? (
        <Skeleton lines={8} />
      ) : report.records === 0 ? (
        <EmptyState title={t("accidents.statistics.none")} />
      ) : (
        <Report report={report} />
      )}
    </YearsPage>
  );
}

type Key = AnonymityOutput["keys"][number];

function Report({ report }: { report: AnonymityOutput }) {
  const { t, format } = useText();
  const columns: Column<Key>[] = [
    { id: "key", label: t("accidents.anonymous.key"), cell: ({ key }) => t(`accidents.by.${key}`) },
    {
      id: "kept",
      label: t("accidents.anonymous.kept"),
      cell: ({ level, levels }) =>
        t(
          level === 0
            ? "accidents.anonymous.as-recorded"
            : level === levels - 1
              ? "accidents.anonymous.left-out"
              : "accidents.anonymous.coarser",
        ),
    },
  ];
  const before = { k: report.before.k, risk: format.percent(report.before.globalRisk) };
  const after = { k: report.after.k, risk: format.percent(report.after.globalRisk) };
  return (
    <div className={surfaces.stack}>
      <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="outcome">
        <div className={surfaces.row}>
          <h2 id="outcome">{t("accidents.anonymous.outcome")}</h2>
          <StatusTag tone={report.reached ? "good" : "bad"} pattern={report.reached ? "solid" : "stripes"}>
            {t(report.reached ? "accidents.anonymous.may-leave" : "accidents.anonymous.must-stay")}
          </StatusTag>
        </div>
        <p>
          {t("accidents.anonymous.wanted", {
            k: report.smallestClassWanted,
            risk: format.percent(report.riskLimit),
          })}
        </p>
        <dl className={surfaces.fields}>
          <div>
            <dt>{t("accidents.anonymous.records")}</dt>
            <dd>{format.number(report.records)}</dd>
          </div>
          <div>
            <dt>{t("accidents.anonymous.before")}</dt>
            <dd>{t("accidents.anonymous.measured", before)}</dd>
          </div>
          <div>
            <dt>{t("accidents.anonymous.after")}</dt>
            <dd>{t("accidents.anonymous.measured", after)}</dd>
          </div>
          <div>
            <dt>{t("accidents.anonymous.suppressed")}</dt>
            <dd>{format.number(report.suppressed)}</dd>
          </div>
          <div>
            <dt>{t("accidents.anonymous.loss")}</dt>
            <dd>{format.percent(report.loss)}</dd>
          </div>
        </dl>
        {!report.reached && <p>{t("problem.accidents.not-anonymous.mend")}</p>}
      </section>
      <Table caption={t("accidents.anonymous.keys")} columns={columns} rows={report.keys} rowId={({ key }) => key} />
    </div>
  );
}
