import { type ComputedSurvey, formatCoordinate } from "@santi/land-geometry";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import styles from "./polygon-editor.module.css";

/** Area, perimeter and the corners of a computed outline. */
export function ResultPanel(props: { computed: ComputedSurvey }) {
  const { t, format } = useText();
  const { squareMetres, perimeterMetres, corners } = props.computed;
  const position = (lon: number, lat: number) => {
    const written = formatCoordinate(lon, lat, "decimal-degrees", "wgs-84", { decimals: 7 });
    return written.ok ? written.text : "";
  };
  return (
    <section className={styles.panel} aria-label={t("land.survey.result")}>
      <h2>{t("land.survey.result")}</h2>
      <dl className={styles.figures}>
        <div>
          <dt>{t("land.survey.area")}</dt>
          <dd>
            <strong data-area>
              {squareMetres === null ? "–" : t("land.survey.square-metres", { value: format.number(squareMetres, 0) })}
            </strong>
          </dd>
        </div>
        <div>
          <dt>{t("land.survey.perimeter")}</dt>
          <dd>
            {perimeterMetres === null ? "–" : t("land.survey.metres", { value: format.number(perimeterMetres, 1) })}
          </dd>
        </div>
      </dl>
      {corners.length > 0 && (
        <details>
          <summary>{t("land.survey.corners.count", { count: corners.length })}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard. */}
          <section className={styles.scroll} aria-label={t("land.survey.corners")} tabIndex={0}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t("land.survey.corner")}</th>
                  <th scope="col">{t("land.survey.position")}</th>
                  <th scope="col">{t("land.survey.true-bearing")}</th>
                  <th scope="col">{t("land.survey.to-next")}</th>
                </tr>
              </thead>
              <tbody>
                {corners.map((corner) => (
                  <tr key={corner.name}>
                    <th scope="row">{corner.name}</th>
                    <td>{position(corner.lon, corner.lat)}</td>
                    <td>{corner.bearingDegrees.toFixed(2)}</td>
                    <td>{corner.distanceMetres.toFixed(2)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </details>
      )}
    </section>
  );
}
