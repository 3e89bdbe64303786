import type { CSSProperties } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import { AppLink } from "./AppLink.tsx";
import type { Search } from "./address.ts";
import styles from "./table.module.css";

/** One bar: what it counts and where that is listed. */
export interface Bar {
  id: string;
  label: string;
  count: number;
  to: string;
  search?: Search;
  chosen?: boolean;
}

/**
 * Counts as bars, each a link to what it counts, with the same numbers in a table behind.
 * @param props.upright columns for years; otherwise lying bars with long labels
 * @param props.captioned show the title, where no heading above the chart says it
 */
export function BarChart(props: {
  title: string;
  bars: readonly Bar[];
  upright?: boolean;
  captioned?: boolean;
  countLabel: string;
}) {
  const { t, format } = useText();
  const largest = Math.max(1, ...props.bars.map((bar) => bar.count));
  // Labels under narrow columns would run into each other or out of the chart; every nth is shown, all are read out.
  const longest = Math.max(1, ...props.bars.map((bar) => bar.label.length));
  const labels = Math.min(9, Math.max(1, Math.floor(72 / (longest + 2))));
  const step = Math.max(1, Math.ceil(props.bars.length / labels));
  const labelled = (index: number) => index % step === 0 && props.bars.length - index >= step;
  return (
    <figure className={styles.chart} aria-label={props.title}>
      {props.captioned && <figcaption className={styles.caption}>{props.title}</figcaption>}
      <ol className={props.upright ? styles.columns : styles.bars}>
        {props.bars.map((bar, index) => (
          <li key={bar.id} className={bar.chosen ? styles.chosen : undefined}>
            <AppLink
              to={bar.to}
              search={bar.search ?? {}}
              aria-label={props.upright ? t("ui.chart.bar", { label: bar.label, count: bar.count }) : undefined}
              aria-current={bar.chosen ? "true" : undefined}
              title={t("ui.chart.bar", { label: bar.label, count: bar.count })}
            >
              {props.upright ? (
                <>
                  <span className={styles.column} style={{ "--share": (bar.count / largest) * 80 } as CSSProperties} />
                  <span className={styles.tick}>{labelled(index) ? bar.label : "\u00a0"}</span>
                </>
              ) : (
                <>
                  <span>{bar.label}</span>
                  <span className={styles.track}>
                    <span className={styles.bar} style={{ "--share": (bar.count / largest) * 100 } as CSSProperties} />
                  </span>
                  <span className="numeric">{format.number(bar.count)}</span>
                </>
              )}
            </AppLink>
          </li>
        ))}
      </ol>
      <details className={styles.behind}>
        <summary>{t("ui.chart.table")}</summary>
        <table className={styles.table}>
          <caption className="visually-hidden">{props.title}</caption>
          <thead>
            <tr>
              <th scope="col">{props.title}</th>
              <th scope="col" className={styles.end}>
                {props.countLabel}
              </th>
            </tr>
          </thead>
          <tbody>
            {props.bars.map((bar) => (
              <tr key={bar.id}>
                <th scope="row">{bar.label}</th>
                <td className={`${styles.end} numeric`}>{format.number(bar.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
