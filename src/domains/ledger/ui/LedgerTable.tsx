import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { MovementOutput, TableOutput } from "../contract.ts";
import { movementGap } from "../model.ts";
import { columns, type FigureColumn } from "./columns.ts";
import styles from "./ledger.module.css";
import { type LedgerView, useRowName } from "./use-ledger-view.ts";

/** The statement of each row of a cut; each figure opens its entries. The sums stand below, and whether they close. */
export function LedgerTable({ view, table, busy }: { view: LedgerView; table: TableOutput; busy: boolean }) {
  const { t, format } = useText();
  const { by, query, amount, change, search } = view;
  const rowName = useRowName(by, table.references);
  const { total } = table;
  const cell = (key: string | null, movement: MovementOutput, column: FigureColumn) => {
    const value = movement[column.name];
    const shown = amount(value);
    if (value === 0) return <span className={styles.zero}>{shown}</span>;
    const row = key === "all" ? t("ledger.total") : rowName(key);
    const label = t("ledger.open", { figure: t(`ledger.movement.${column.name}`), row });
    const open = search.key === (key ?? "none") && search.figure === column.name;
    return (
      <button
        type="button"
        className={styles.figure}
        aria-label={`${shown}. ${label}`}
        aria-expanded={open}
        onClick={() => change({ figure: column.name, key: key ?? "none" })}
      >
        {shown}
      </button>
    );
  };
  return (
    <>
      <div className={`${surfaces.card} ${styles.scroll}`} aria-busy={busy}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard. */}
        <section className={styles.inner} tabIndex={0} aria-label={t("ledger.table")}>
          <table className={styles.table}>
            <caption className="visually-hidden">{t("ledger.table")}</caption>
            <thead>
              <tr>
                <th scope="col">{t(`ledger.by.${by}`)}</th>
                {columns.map(({ name }) => (
                  <th key={name} scope="col">
                    {t(`ledger.movement.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map(({ key, movement }) => (
                <tr key={key ?? ""}>
                  <th scope="row">{rowName(key)}</th>
                  {columns.map((column) => (
                    <td key={column.name}>{cell(key, movement, column)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
            {by !== "none" && (
              <tfoot>
                <tr>
                  <th scope="row">{t("ledger.total")}</th>
                  {columns.map((column) => (
                    <td key={column.name}>{by === "year" ? amount(total[column.name]) : cell("all", total, column)}</td>
                  ))}
                </tr>
              </tfoot>
            )}
          </table>
        </section>
      </div>
      <p className={styles.note}>
        {movementGap(total) === 0 ? t("ledger.closes") : t("ledger.gap", { squareMetres: movementGap(total) })}{" "}
        {t("ledger.as-of", {
          to: format.date(query.to),
          known: query.knownOn ? format.date(query.knownOn) : t("ledger.now"),
        })}
      </p>
    </>
  );
}
