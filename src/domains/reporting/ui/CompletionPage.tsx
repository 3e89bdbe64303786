import { useQuery } from "@tanstack/react-query";
import { fields } from "../../../platform/contract/fields.ts";
import type { RouteOutput } from "../../../platform/contract/route.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { useCountryName, useRecords } from "../../../platform/ui/records/records-context.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import type { routes } from "../contract.ts";
import { reporting } from "./client.ts";
import { recordPaths } from "./record-paths.ts";
import styles from "./reporting.module.css";

type Gap = RouteOutput<typeof routes.completion>["gaps"][number];
const unitField = fields.unit("public");

/** Whether a village, district or province can be declared complete: every reason against it, or the words of the declaration. */
export function CompletionPage() {
  const text = useText();
  const { t } = text;
  const [search, change] = useAddress();
  const { countries, home } = useRecords();
  const countryName = useCountryName();
  const country = [search.country, home].find((each) => each && countries.has(each)) ?? [...countries.keys()][0] ?? "";
  const unit = search.unit ?? "";
  const found = useQuery({
    queryKey: ["report-completion", country, unit],
    enabled: unit !== "",
    queryFn: ({ signal }) => reporting.completion({ query: { country, unit } }, { signal }),
  });
  const columns: Column<Gap>[] = [
    {
      id: "record",
      label: t("reporting.record"),
      cell: ({ type, id, code }) => <AppLink to={`${recordPaths[type] ?? ""}/${country}/${id}`}>{code}</AppLink>,
    },
    { id: "type", label: t("reporting.record.type"), cell: ({ type }) => t(`reporting.kind.${type}`) },
    {
      id: "reason",
      label: t("reporting.completion.reason"),
      cell: ({ reason }) => t(`reporting.completion.${reason}`),
    },
    {
      id: "area",
      label: t("reporting.completion.area"),
      numeric: true,
      empty: ({ squareMetres }) => squareMetres === null,
      cell: ({ squareMetres }) => squareMetres !== null && text.area(squareMetres),
    },
  ];
  const { data } = found;
  const name = data ? text.name(data.unit.names) || data.unit.code : "";
  return (
    <>
      <PageHeader title={t("reporting.completion.title")} lead={t("reporting.completion.lead")} />
      <div className={surfaces.stack}>
        <search className={`${surfaces.card} ${surfaces.pad} ${styles.filters}`}>
          <RecordPicker
            label={t("reporting.completion.unit")}
            field={unitField}
            country={country}
            value={unit}
            onChange={(value) => change({ ...search, country, unit: value || undefined })}
          />
        </search>
        {unit === "" ? (
          <EmptyState title={t("reporting.completion.choose")} />
        ) : found.isError ? (
          <ErrorState problem={found.error} onRetry={() => void found.refetch()} />
        ) : !data ? (
          <Skeleton lines={6} />
        ) : data.complete ? (
          <section className={`${surfaces.card} ${surfaces.pad}`}>
            <StatusTag tone="good">{t("reporting.completion.complete")}</StatusTag>
            <p className={styles.sentence}>
              {t("reporting.completion.declaration", {
                ...{ unit: name, country: countryName(country), date: text.format.date(data.asOf) },
              })}
            </p>
          </section>
        ) : (
          <section className={surfaces.card}>
            <p className={surfaces.pad}>
              <StatusTag tone="warn">{t("reporting.completion.incomplete")}</StatusTag>{" "}
              {t("reporting.completion.gaps", { unit: name, count: data.gaps.length })}
            </p>
            <Table
              caption={t("reporting.completion.reason")}
              columns={columns}
              rows={data.gaps}
              rowId={({ reason, id }) => `${reason} ${id}`}
            />
          </section>
        )}
      </div>
    </>
  );
}
