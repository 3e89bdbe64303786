import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Dimension, dimensions } from "../model-statistics.ts";
import { figures } from "./client.ts";
import { FiguresView } from "./FiguresView.tsx";
import styles from "./statistics.module.css";

/** What years can be set against; the year itself and the country are not among them. */
const cuts = dimensions.filter((name) => name !== "year" && name !== "country");

const numberIn = (text: string | undefined) => (text && /^\d{4}$/.test(text) ? Number(text) : undefined);

/** Figures of casualties by year and one other property: charts, the table behind them, and both as a file. */
export function StatisticsPage() {
  const text = useText();
  const { t } = text;
  const [search, change] = useAddress();
  const { countries, home } = useRecords();
  const [first] = countries.keys();
  const country = search.country ?? home ?? first ?? "";
  const by = cuts.find((name) => name === search.by) ?? ("outcome" satisfies Dimension);
  const [from, to] = [numberIn(search.from), numberIn(search.to)];
  const knownOn = search.knownOn;
  const query = {
    by: `year,${by}`,
    ...(country ? { country } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(knownOn ? { knownOn } : {}),
  };
  const answer = useQuery({
    queryKey: ["accident-statistics", query],
    queryFn: ({ signal }) => figures.statistics({ query }, { signal }),
    placeholderData: keepPreviousData,
    enabled: country !== "",
  });
  const file = (format: "csv" | "xlsx") =>
    `/api/accidents/statistics-file?${new URLSearchParams({ ...Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])), format })}`;
  const some = answer.data?.rows.some(({ casualties }) => casualties !== 0);
  return (
    <>
      <PageHeader
        title={t("accidents.statistics.title")}
        crumbs={[{ label: t("records.accidents.accident"), to: "/accidents" }]}
        lead={t("accidents.statistics.lead")}
        actions={
          some && (
            <>
              <a className={buttonClass()} href={file("csv")} download>
                {t("ui.export.csv")}
              </a>
              <a className={buttonClass()} href={file("xlsx")} download>
                {t("ui.export.xlsx")}
              </a>
            </>
          )
        }
      />
      <search className={`${surfaces.card} ${surfaces.pad} ${styles.filters}`}>
        <Select
          label={t("field.country")}
          value={country}
          onChange={(value) => change({ country: value })}
          options={[...countries].map(([value, names]) => ({ value, label: text.name(names) || value }))}
        />
        <Select
          label={t("accidents.statistics.by")}
          value={by}
          onChange={(value) => change({ by: value })}
          options={cuts.map((value) => ({ value, label: t(`accidents.by.${value}`) }))}
        />
        <NumberField
          integer
          label={t("accidents.statistics.from")}
          min={1900}
          max={2200}
          value={from ?? null}
          onChange={(value) => change({ from: value === null ? undefined : String(value) })}
        />
        <NumberField
          integer
          label={t("accidents.statistics.to")}
          min={1900}
          max={2200}
          value={to ?? null}
          onChange={(value) => change({ to: value === null ? undefined : String(value) })}
        />
        <DateField
          label={t("accidents.statistics.known-on")}
          hint={t("accidents.statistics.known-on.hint")}
          value={knownOn ? { date: knownOn, precision: "day" } : null}
          onChange={(value) => change({ knownOn: value?.date })}
        />
      </search>
      {answer.isError ? (
        <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />
      ) : answer.isPending ? (
        <Skeleton lines={10} />
      ) : some ? (
        <FiguresView answer={answer.data} by={by} country={country} />
      ) : (
        <EmptyState title={t("accidents.statistics.none")} />
      )}
    </>
  );
}
