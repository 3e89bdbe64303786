import { useMemo } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress, usePathParts } from "../../../platform/ui/address.ts";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { type ReportType, reportTypes } from "../model.ts";
import { reportPath } from "./client.ts";
import { ReportForm } from "./ReportForm.tsx";
import { emptyForm, formOf } from "./report-form.ts";
import styles from "./reports.module.css";
import { useCountry } from "./use-country.ts";
import { useReport } from "./use-report.ts";
import { useReporter } from "./use-reporter.ts";

/** Types that people begin; an opening balance is drafted by the program. */
const offered = reportTypes.filter((type) => type !== "opening-balance");

function TypeChoice() {
  const text = useText();
  const [search] = useAddress();
  return (
    <ul className={styles.types}>
      {offered.map((type) => (
        <li key={type}>
          <AppLink to="/land/reports/new" search={{ ...search, type }} className={styles.type}>
            <strong>{text.code("report-type", type)}</strong>
            <span>{text.t(`land-reports.help.${type}`)}</span>
          </AppLink>
        </li>
      ))}
    </ul>
  );
}

function NewForm(props: { type: ReportType; country: string; corrects: string | null }) {
  const [search] = useAddress();
  const { type, country, corrects } = props;
  const reporter = useReporter(country);
  const old = useReport(country, corrects ?? undefined);
  const before = old.data?.report;
  const initial = useMemo(
    () =>
      before
        ? formOf(before as Parameters<typeof formOf>[0])
        : emptyForm({
            organisation: search.organisation ?? reporter.organisation,
            area: search.area ?? null,
            task: search.task ?? null,
          }),
    [before, reporter.organisation, search.organisation, search.area, search.task],
  );
  if (old.isError) return <ErrorState problem={old.error} onRetry={() => void old.refetch()} />;
  if (!reporter.known || (corrects !== null && !before)) return <Skeleton lines={8} />;
  return (
    <ReportForm
      key={[type, country, search.area, search.task].join(" ")}
      account={reporter.account}
      type={type}
      country={country}
      initial={initial}
      stored={null}
      corrects={corrects}
    />
  );
}

/** Starts a report: first its type, then the form of that type. */
export function NewReportPage() {
  const text = useText();
  const { t } = text;
  const [search, setSearch] = useAddress();
  const country = useCountry();
  const type = offered.find((each) => each === search.type);
  return (
    <>
      <PageHeader
        title={type ? text.code("report-type", type) : t("land-reports.new")}
        crumbs={[{ label: t("land-reports.title"), to: "/land/reports" }, { label: t("land-reports.new") }]}
        lead={t(type ? `land-reports.help.${type}` : "land-reports.new.lead")}
      />
      {!country && (
        <CountrySelect
          required
          empty={t("land-reports.choose")}
          value=""
          onChange={(value) => setSearch({ ...search, country: value })}
        />
      )}
      {country && !type && <TypeChoice />}
      {country && type && <NewForm type={type} country={country} corrects={search.corrects ?? null} />}
    </>
  );
}

/** Changes a draft or a report that came back. */
export function EditReportPage() {
  const { t, code } = useText();
  const { country = "", id = "" } = usePathParts();
  const answer = useReport(country, id);
  const reporter = useReporter(country);
  const report = answer.data?.report;
  const initial = useMemo(() => (report ? formOf(report as Parameters<typeof formOf>[0]) : null), [report]);
  return (
    <>
      <PageHeader
        title={report?.code ?? t("record.land.report")}
        crumbs={[
          { label: t("land-reports.title"), to: "/land/reports" },
          { label: report?.code ?? "", to: reportPath({ country, id }) },
          { label: t("land-reports.edit") },
        ]}
        lead={report && code("report-type", report.type)}
      />
      {answer.isError && <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.isPending && <Skeleton lines={8} />}
      {answer.data && initial && reporter.known && (
        <ReportForm
          key={id}
          account={reporter.account}
          type={answer.data.report.type}
          country={country}
          initial={initial}
          stored={answer.data}
          corrects={answer.data.report.corrects}
        />
      )}
    </>
  );
}
