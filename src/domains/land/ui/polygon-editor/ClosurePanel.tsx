import type { SurveyTraverse, SurveyTraverseRow } from "@santi/land-geometry";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import styles from "./polygon-editor.module.css";

const columns: readonly { readonly key: keyof SurveyTraverseRow & string; readonly digits: number }[] = [
  { key: "bearingDegrees", digits: 3 },
  { key: "distanceMetres", digits: 3 },
  { key: "latitude", digits: 3 },
  { key: "departure", digits: 3 },
  { key: "adjustedLatitude", digits: 3 },
  { key: "adjustedDeparture", digits: 3 },
];

/** How a traverse closes, and the table of its adjustment by the compass rule. */
export function ClosurePanel(props: { traverse: SurveyTraverse; adjust: boolean }) {
  const { t, format } = useText();
  const { traverse } = props;
  const fixed = (value: number, digits: number) => (Object.is(value, -0) ? 0 : value).toFixed(digits);
  const sum = (key: "latitude" | "departure" | "adjustedLatitude" | "adjustedDeparture") =>
    fixed(Math.round(traverse.rows.reduce((total, row) => total + row[key], 0) * 1000) / 1000, 3);
  const precision =
    traverse.precision === null
      ? t("land.survey.closure.exact")
      : t("land.survey.closure.ratio", { n: format.number(traverse.precision, 0) });
  return (
    <section className={styles.panel} aria-label={t("land.survey.closure")}>
      <h2>{t("land.survey.closure")}</h2>
      <dl className={styles.figures}>
        <div>
          <dt>{t("land.survey.closure.precision")}</dt>
          <dd>
            <strong>{precision}</strong>
          </dd>
        </div>
        <div>
          <dt>{t("land.survey.closure.gap")}</dt>
          <dd>{t("land.survey.metres", { value: format.number(traverse.misclosureMetres, 3) })}</dd>
        </div>
        <div>
          <dt>{t("land.survey.closure.unadjusted")}</dt>
          <dd>{t("land.survey.square-metres", { value: format.number(traverse.unadjustedSquareMetres, 1) })}</dd>
        </div>
        <div>
          <dt>{t("land.survey.closure.adjusted")}</dt>
          <dd>{t("land.survey.square-metres", { value: format.number(traverse.adjustedSquareMetres, 1) })}</dd>
        </div>
      </dl>
      <details>
        <summary>{t("land.survey.closure.table")}</summary>
        <p className={styles.rowNote}>{t(props.adjust ? "land.survey.closure.rule" : "land.survey.closure.unused")}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard. */}
        <section className={styles.scroll} aria-label={t("land.survey.closure.table")} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t("land.survey.leg")}</th>
                {columns.map(({ key }) => (
                  <th scope="col" key={key}>
                    {t(`land.survey.closure.${key}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {traverse.rows.map((row) => (
                <tr key={row.from}>
                  <th scope="row">{`${row.from} → ${row.to}`}</th>
                  {columns.map(({ key, digits }) => (
                    <td key={key}>{fixed(Number(row[key]), digits)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t("land.survey.closure.sum")}</th>
                <td />
                <td>{fixed(traverse.perimeterMetres, 3)}</td>
                <td>{sum("latitude")}</td>
                <td>{sum("departure")}</td>
                <td>{sum("adjustedLatitude")}</td>
                <td>{sum("adjustedDeparture")}</td>
              </tr>
            </tfoot>
          </table>
        </section>
      </details>
    </section>
  );
}
