import type { KeyboardEvent, ReactNode } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import { classes } from "./classes.ts";
import { Icon } from "./Icon.tsx";
import styles from "./table.module.css";
import { usePhone } from "./use-media.ts";

/** One column of a table. */
export interface Column<Row> {
  id: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end of their cell. */
  numeric?: boolean;
  sortable?: boolean;
  /** Whether the row has nothing here; cards leave such fields out. */
  empty?: (row: Row) => boolean;
}

/** A cell of which `empty` says that nothing is in it: a dash, which screen readers hear as "not recorded". */
function EmptyCell() {
  const { t } = useText();
  return (
    <span className={styles.nothing}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{t("ui.not-recorded")}</span>
    </span>
  );
}

/** Moves between the rows' first links with the arrow keys, Home and End. */
function moveBetweenRows(event: KeyboardEvent<HTMLElement>) {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row-link] a")];
  const row = (event.target as HTMLElement).closest("[data-row]");
  const current = links.findIndex((link) => row?.contains(link));
  const next = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: links.length - 1 }[event.key];
  const link = next === undefined ? undefined : links[next];
  if (!link || current < 0) return;
  event.preventDefault();
  link.focus();
}

/**
 * Records in rows; on a phone each row is a card. The first column names the row. Sorting is done by whoever gives the
 * rows: `sort` is a column with a leading minus for descending.
 */
export function Table<Row>(props: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  sort?: string | undefined;
  onSort?: (sort: string) => void;
}) {
  const { t } = useText();
  const phone = usePhone();
  const [first, ...others] = props.columns;
  if (!first) return null;
  if (phone) {
    return (
      <ul className={styles.cards} aria-label={props.caption} onKeyDown={moveBetweenRows}>
        {props.rows.map((row) => (
          <li key={props.rowId(row)} data-row className={styles.cardItem}>
            <strong data-row-link>{first.cell(row)}</strong>
            <dl>
              {others.map(
                (column) =>
                  !column.empty?.(row) && (
                    <div key={column.id} style={{ display: "contents" }}>
                      <dt>{column.label}</dt>
                      <dd>{column.cell(row)}</dd>
                    </div>
                  ),
              )}
            </dl>
          </li>
        ))}
      </ul>
    );
  }
  const direction = (id: string) =>
    props.sort === id ? "ascending" : props.sort === `-${id}` ? "descending" : undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard.
    <section className={styles.wrap} aria-label={props.caption} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map((column) => {
              const sorted = direction(column.id);
              return (
                <th key={column.id} scope="col" aria-sort={sorted} className={classes(column.numeric && styles.end)}>
                  {column.sortable && props.onSort ? (
                    <button
                      type="button"
                      className={styles.sort}
                      onClick={() => props.onSort?.(sorted === "ascending" ? `-${column.id}` : column.id)}
                    >
                      {column.label}
                      {sorted && <Icon name={sorted === "ascending" ? "up" : "down"} />}
                      <span className="visually-hidden">
                        {t(sorted === "ascending" ? "ui.sort.descending" : "ui.sort.ascending")}
                      </span>
                    </button>
                  ) : (
                    column.label
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody onKeyDown={moveBetweenRows}>
          {props.rows.map((row) => (
            <tr key={props.rowId(row)} data-row>
              <th scope="row" data-row-link>
                {first.cell(row)}
              </th>
              {others.map((column) => (
                <td key={column.id} className={classes(column.numeric && styles.end)}>
                  {column.empty?.(row) ? <EmptyCell /> : column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
