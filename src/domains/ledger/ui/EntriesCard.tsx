import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Pagination } from "../../../platform/ui/Pagination.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import type { EntryOutput } from "../contract.ts";
import { ledger } from "./client.ts";
import styles from "./ledger.module.css";
import { type AreaUnit, areaText } from "./units.ts";

const shownAtOnce = 100;

/** The entries behind one figure of the ledger, newest first, each with its report and its area. */
export function EntriesCard(props: {
  query: Readonly<Record<string, string>>;
  title: string;
  unit: AreaUnit;
  onClose: () => void;
}) {
  const text = useText();
  const { t, format } = text;
  const heading = useRef<HTMLHeadingElement>(null);
  const { query } = props;
  const asked = JSON.stringify(query);
  const [page, setPage] = useState({ asked, offset: 0 });
  const offset = page.asked === asked ? page.offset : 0;
  const entries = useQuery({
    queryKey: ["ledger-entries", query, offset],
    placeholderData: offset > 0 ? keepPreviousData : undefined,
    queryFn: ({ signal }) => ledger.entries({ query: { ...query, limit: shownAtOnce, offset } as never }, { signal }),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the reader is led to what another figure opened
  useEffect(() => heading.current?.focus(), [asked]);
  const total = entries.data?.total ?? 0;
  const columns: Column<EntryOutput>[] = [
    {
      id: "report",
      label: t("ledger.entry.report"),
      cell: (entry) =>
        entry.reportCode ? (
          <AppLink to={`/land/reports/${entry.country}/${entry.about}`}>{entry.reportCode}</AppLink>
        ) : (
          t("ledger.not-yours")
        ),
    },
    {
      id: "type",
      label: t("ledger.entry.type"),
      empty: ({ reportType }) => reportType === null,
      cell: ({ reportType }) => reportType && text.code("report-type", reportType),
    },
    {
      id: "area",
      label: t("ledger.entry.area"),
      cell: (entry) =>
        entry.area && entry.areaCode ? (
          <AppLink to={`/land/areas/${entry.country}/${entry.area}`}>{entry.areaCode}</AppLink>
        ) : (
          t("ledger.not-yours")
        ),
    },
    { id: "account", label: t("ledger.entry.account"), cell: ({ account }) => t(`ledger.account.${account}`) },
    { id: "effective", label: t("ledger.entry.effective"), cell: ({ effectiveOn }) => format.date(effectiveOn) },
    { id: "known", label: t("ledger.entry.known"), cell: ({ knownAt }) => format.date(knownAt.slice(0, 10)) },
    {
      id: "amount",
      label: t(`ledger.unit.${props.unit}`),
      numeric: true,
      cell: ({ squareMetres }) => areaText(format, props.unit, squareMetres),
    },
  ];
  return (
    <section className={`${surfaces.card} ${styles.entries}`}>
      <div className={`${surfaces.pad} ${styles.entriesHead}`}>
        <h2 ref={heading} tabIndex={-1}>
          {t("ledger.entries", { of: props.title })}
        </h2>
        <Button onClick={props.onClose}>{t("ledger.close")}</Button>
      </div>
      {entries.isPending && (
        <div className={surfaces.pad}>
          <Skeleton lines={4} />
        </div>
      )}
      {entries.isError && <ErrorState problem={entries.error} onRetry={() => void entries.refetch()} />}
      {entries.data && (
        <>
          <p className={`${surfaces.pad} ${styles.note}`}>
            {t("ledger.entries.sum", {
              count: entries.data.total,
              amount: areaText(format, props.unit, entries.data.squareMetres),
              unit: t(`ledger.unit.${props.unit}`),
            })}
          </p>
          <Table
            caption={t("ledger.entries", { of: props.title })}
            columns={columns}
            rows={entries.data.items}
            rowId={({ report, line }) => `${report} ${line}`}
          />
          {total > shownAtOnce && (
            <Pagination
              from={offset + 1}
              to={offset + entries.data.items.length}
              total={total}
              onPrevious={offset > 0 ? () => setPage({ asked, offset: Math.max(0, offset - shownAtOnce) }) : undefined}
              onNext={offset + shownAtOnce < total ? () => setPage({ asked, offset: offset + shownAtOnce }) : undefined}
            />
          )}
        </>
      )}
    </section>
  );
}
