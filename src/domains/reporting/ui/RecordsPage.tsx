import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { Pagination } from "../../../platform/ui/Pagination.tsx";
import { useCountryName } from "../../../platform/ui/records/records-context.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import { dimensions } from "../model-measures.ts";
import { reporting } from "./client.ts";
import { recordPaths } from "./record-paths.ts";

const atOnce = 100;

type Row = { type: string; id: string; code: string | null; value: number; on: string | null };
const known = ["country", "measure", "from", "to", "knownOn", "by", "key", ...dimensions] as const;

/** Figures that their records do not come to: medians and quotients. */
const notSums: readonly string[] = ["reports.days", "results.share", "results.cost-per-hectare"];

/** The records that a figure of a report counts; what they come to is the figure. */
export function RecordsPage() {
  const { t, format } = useText();
  const [search, change] = useAddress();
  const countryName = useCountryName();
  const offset = Number(search.offset ?? 0) || 0;
  const query = Object.fromEntries(known.flatMap((name) => (search[name] ? [[name, search[name]]] : [])));
  const { country = "", measure = "", from = "", to = "" } = search;
  const answer = useQuery({
    queryKey: ["report-records", query, offset],
    enabled: country !== "" && measure !== "",
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => reporting.records({ query: { ...query, limit: atOnce, offset } as never }, { signal }),
  });
  const columns: Column<Row>[] = [
    {
      id: "record",
      label: t("reporting.record"),
      cell: ({ type, id, code }) =>
        code === null ? (
          t("reporting.not-yours")
        ) : (
          <AppLink to={`${recordPaths[type] ?? ""}/${country}/${id}`}>{code}</AppLink>
        ),
    },
    { id: "type", label: t("reporting.record.type"), cell: ({ type }) => t(`reporting.kind.${type}`) },
    {
      id: "on",
      label: t("reporting.record.on"),
      empty: ({ on }) => on === null,
      cell: ({ on }) => on && format.date(on),
    },
    {
      id: "value",
      label: t(`reporting.unit.${answer.data?.unit ?? "m2"}`),
      numeric: true,
      cell: ({ value }) => format.number(value, answer.data?.unit === "money" ? 2 : 0),
    },
  ];
  const { data } = answer;
  return (
    <>
      <PageHeader
        title={t("reporting.records.title")}
        crumbs={[{ label: t("reporting.title"), to: "/reports" }]}
        lead={
          measure === ""
            ? undefined
            : t("reporting.records.of", {
                ...{ measure: t(`reporting.measure.${measure}`), country: countryName(country) },
                ...{ from: format.date(from), to: format.date(to) },
              })
        }
      />
      <div className={surfaces.stack}>
        {measure !== "" && <p className={surfaces.muted}>{t(`reporting.rule.${measure}`)}</p>}
        {measure === "" || country === "" ? (
          <EmptyState title={t("reporting.records.none")} />
        ) : answer.isError ? (
          <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />
        ) : !data ? (
          <Skeleton lines={8} />
        ) : data.total === 0 ? (
          <EmptyState title={t("reporting.records.none")} />
        ) : (
          <section className={surfaces.card} aria-busy={answer.isFetching}>
            <p className={surfaces.pad}>
              {notSums.includes(measure)
                ? t("reporting.records.count", { count: data.total })
                : t("reporting.records.sum", {
                    ...{
                      count: data.total,
                      value: format.number(data.value, data.unit === "money" ? 2 : 0),
                      unit: t(`reporting.unit.${data.unit}`),
                    },
                  })}
            </p>
            <Table
              caption={t("reporting.records.title")}
              columns={columns}
              rows={data.items.map((item, n) => ({ ...item, row: `${item.id} ${n}` }))}
              rowId={({ row }: Row & { row?: string }) => row ?? ""}
            />
            {data.total > atOnce && (
              <Pagination
                from={offset + 1}
                to={offset + data.items.length}
                total={data.total}
                onPrevious={
                  offset > 0
                    ? () => change({ ...search, offset: offset > atOnce ? String(offset - atOnce) : undefined })
                    : undefined
                }
                onNext={
                  offset + atOnce < data.total
                    ? () => change({ ...search, offset: String(offset + atOnce) })
                    : undefined
                }
              />
            )}
          </section>
        )}
      </div>
    </>
  );
}
