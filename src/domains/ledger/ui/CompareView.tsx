import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import { ledger } from "./client.ts";
import { columns, dayBefore, entriesQuery, type FigureColumn } from "./columns.ts";
import { compareRows, type Explanation, explain } from "./compare.ts";
import styles from "./ledger.module.css";
import { type LedgerView, useRowName } from "./use-ledger-view.ts";

/** Entries that one answer holds at most; a longer list says so. */
const mostEntries = 500;

/** The reports that became known after a day and changed a figure that stood then. */
function Explained(props: { view: LedgerView; then: string; figure: FigureColumn; rowKey: string; title: string }) {
  const text = useText();
  const { t, format } = text;
  const { view, then, figure, rowKey } = props;
  const { knownOn: _, ...query } = view.query;
  const asked = { ...entriesQuery(query, view.by, rowKey, figure), knownAfter: then };
  const entries = useQuery({
    queryKey: ["ledger-explained", asked],
    queryFn: ({ signal }) => ledger.entries({ query: { ...asked, limit: mostEntries } as never }, { signal }),
  });
  const sign = (value: number) => `${value > 0 ? "+" : "−"}${view.amount(Math.abs(value))}`;
  const explanationColumns: Column<Explanation>[] = [
    {
      id: "report",
      label: t("ledger.entry.report"),
      cell: ({ country, about, reportCode }) =>
        reportCode ? <AppLink to={`/land/reports/${country}/${about}`}>{reportCode}</AppLink> : t("ledger.not-yours"),
    },
    {
      id: "type",
      label: t("ledger.entry.type"),
      empty: ({ reportType }) => reportType === null,
      cell: ({ reportType }) => reportType && text.code("report-type", reportType),
    },
    {
      id: "effective",
      label: t("ledger.entry.effective"),
      cell: ({ from, to }) =>
        from === to ? format.date(from) : t("ledger.from-to", { from: format.date(from), to: format.date(to) }),
    },
    { id: "known", label: t("ledger.entry.known"), cell: ({ knownAt }) => format.date(knownAt.slice(0, 10)) },
    {
      id: "amount",
      label: t(`ledger.unit.${view.unit}`),
      numeric: true,
      cell: ({ squareMetres }) => sign(squareMetres),
    },
  ];
  const lines = explain(entries.data?.items ?? [], figure);
  return (
    <section className={surfaces.card} aria-labelledby="explained">
      <div className={surfaces.panelHead}>
        <h2 id="explained">{t("ledger.compare.explained", { of: props.title })}</h2>
      </div>
      {entries.isPending && (
        <div className={surfaces.pad}>
          <Skeleton lines={4} />
        </div>
      )}
      {entries.isError && (
        <div className={surfaces.pad}>
          <ErrorState problem={entries.error} onRetry={() => void entries.refetch()} />
        </div>
      )}
      {entries.data && (
        <p className={`${surfaces.pad} ${surfaces.muted}`}>
          {lines.length === 0
            ? t("ledger.compare.nothing", { date: format.date(then) })
            : t("ledger.compare.sum", {
                count: lines.length,
                amount: sign(lines.reduce((sum, { squareMetres }) => sum + squareMetres, 0)),
                unit: t(`ledger.unit.${view.unit}`),
              })}{" "}
          {entries.data.total > mostEntries &&
            t("ledger.compare.more", { shown: mostEntries, total: entries.data.total })}
        </p>
      )}
      {lines.length > 0 && (
        <Table
          caption={t("ledger.compare.explained", { of: props.title })}
          columns={explanationColumns}
          rows={lines}
          rowId={({ about, knownAt }) => `${about} ${knownAt}`}
        />
      )}
    </section>
  );
}

/**
 * What was known on a day beside what is known now, for one figure and one cut: the difference, and the reports that
 * explain it. Without a day it is the last of the year before.
 */
export function CompareView({ view }: { view: LedgerView }) {
  const { t, format } = useText();
  const { query, by, search, change, amount, today } = view;
  const { knownOn, ...plain } = query;
  const then = knownOn ?? dayBefore(`${today.slice(0, 4)}-01-01`);
  const figure = columns.find(({ name }) => name === search.figure) ?? columns.find(({ name }) => name === "closing");
  const ask = (known: string | undefined) => ({ ...plain, ...(known ? { knownOn: known } : {}), by });
  const options = { enabled: view.country !== undefined, placeholderData: keepPreviousData };
  const before = useQuery({
    queryKey: ["ledger", ask(then), by],
    ...options,
    queryFn: ({ signal }) => ledger.table({ query: ask(then) }, { signal }),
  });
  const after = useQuery({
    queryKey: ["ledger", plain, by],
    ...options,
    queryFn: ({ signal }) => ledger.table({ query: ask(undefined) }, { signal }),
  });
  const rowName = useRowName(by, { ...before.data?.references, ...after.data?.references });
  if (!figure) return null;
  const failed = before.isError ? before : after.isError ? after : null;
  if (failed) return <ErrorState problem={failed.error} onRetry={() => void failed.refetch()} />;
  if (!before.data || !after.data) return <Skeleton lines={8} />;
  const rows = compareRows(before.data, after.data, figure.name);
  const total = { before: before.data.total[figure.name], after: after.data.total[figure.name] };
  const rowKey = search.key ?? "all";
  const signed = (value: number) => (value === 0 ? amount(0) : `${value > 0 ? "+" : "−"}${amount(Math.abs(value))}`);
  const difference = (key: string, value: number) =>
    value === 0 ? (
      <span className={styles.zero}>{signed(0)}</span>
    ) : (
      <button
        type="button"
        className={styles.figure}
        aria-label={`${signed(value)}. ${t("ledger.compare.open", { row: rowName(key) })}`}
        aria-pressed={rowKey === key}
        onClick={() => change({ key: key === "all" ? undefined : key })}
      >
        {signed(value)}
      </button>
    );
  return (
    <div className={`${surfaces.stack} ${styles.tab}`}>
      <p>
        {t("ledger.compare.lead", {
          date: format.date(then),
          difference: signed(total.after - total.before),
          unit: t(`ledger.unit.${view.unit}`),
        })}
      </p>
      <div className={surfaces.narrow}>
        <Select
          label={t("ledger.compare.figure")}
          value={figure.name}
          onChange={(name) => change({ figure: name, key: undefined })}
          options={columns.map(({ name }) => ({ value: name, label: t(`ledger.movement.${name}`) }))}
        />
      </div>
      <div className={surfaces.card} aria-busy={before.isFetching}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard. */}
        <section className={styles.inner} tabIndex={0} aria-label={t("ledger.compare.title")}>
          <table className={styles.table}>
            <caption className="visually-hidden">{t("ledger.compare.title")}</caption>
            <thead>
              <tr>
                <th scope="col">{t(`ledger.by.${by}`)}</th>
                <th scope="col">{t("ledger.compare.then", { date: format.date(then) })}</th>
                <th scope="col">{t("ledger.compare.now")}</th>
                <th scope="col">{t("ledger.compare.difference")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.key ?? ""}>
                  <th scope="row">{rowName(row.key)}</th>
                  <td>{amount(row.before)}</td>
                  <td>{amount(row.after)}</td>
                  <td>{difference(row.key ?? "none", row.difference)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t("ledger.total")}</th>
                <td>{amount(total.before)}</td>
                <td>{amount(total.after)}</td>
                <td>{difference("all", total.after - total.before)}</td>
              </tr>
            </tfoot>
          </table>
        </section>
      </div>
      <Explained view={view} then={then} figure={figure} rowKey={rowKey} title={rowName(rowKey)} />
    </div>
  );
}
