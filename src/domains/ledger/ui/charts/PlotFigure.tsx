import { type ReactNode, useEffect, useRef, useState } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import styles from "./charts.module.css";

/**
 * A chart with its title, what it says in a sentence, its legend, and the table behind it. `draw` makes the drawing for
 * a width in pixels; it is drawn again when the width or `draw` changes, so keep `draw` stable between renders.
 */
export function PlotFigure(props: {
  title: string;
  /** The chart in words, for whoever does not see it. */
  summary: string;
  draw: (width: number) => Element;
  legend: ReactNode;
  /** The numbers of the chart. */
  table: ReactNode;
}) {
  const { t } = useText();
  const host = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const { draw, summary } = props;
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (width === 0) return;
    const chart = draw(width);
    // The security policy takes styles from files only; what these say stands in the style sheet of the charts.
    for (const style of chart.querySelectorAll("style")) style.remove();
    // The drawing is one picture with one name; the English names of its parts say nothing beyond the table behind it.
    for (const part of chart.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", summary);
    host.current?.replaceChildren(chart);
    return () => chart.remove();
  }, [draw, width, summary]);
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h3>{props.title}</h3>
        <p className={styles.summary}>{summary}</p>
      </figcaption>
      {props.legend}
      <div ref={host} className={styles.plot} />
      <details className={styles.behind}>
        <summary>{t("ui.chart.table")}</summary>
        {props.table}
      </details>
    </figure>
  );
}
