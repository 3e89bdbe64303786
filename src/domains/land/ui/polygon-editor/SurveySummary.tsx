import { computeSurvey, type SurveyedPolygon } from "@santi/land-geometry";
import { useMemo } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { ClosurePanel } from "./ClosurePanel.tsx";
import { typedNames } from "./finding-text.ts";
import styles from "./polygon-editor.module.css";

/** What a survey is told about how its outline came to be. */
export interface SurveySummaryProps {
  survey: SurveyedPolygon;
}

/** Every side or corner of a survey as it was typed: its name and its characters. */
function typedRows({ method, points, closingLeg }: SurveyedPolygon, names: readonly string[]): [string, string][] {
  if (method !== "bearing-distance") return points.map(({ coordinate = "" }, at) => [names[at] ?? "", coordinate]);
  const legs = [...points, ...(closingLeg ? [closingLeg] : [])];
  return legs.map(({ bearing = "", distance = "" }, at) => [
    `${names[at] ?? ""} → ${names[(at + 1) % names.length] ?? ""}`,
    [bearing, distance].filter((each) => each !== "").join(" / "),
  ]);
}

/** A survey for whoever reviews it: how it was made, what was typed, and how it closes. Nothing in it can be changed. */
export function SurveySummary({ survey }: SurveySummaryProps) {
  const text = useText();
  const { t, format } = text;
  const computed = useMemo(() => computeSurvey(survey), [survey]);
  const rows = typedRows(survey, typedNames(survey));
  const bearings = survey.method === "bearing-distance";
  const facts: [string, string | null][] = [
    [t("land.survey.datum"), survey.reading.datum && text.code("datum", survey.reading.datum)],
    [t("land.survey.place.referencePoint"), survey.referencePoint?.text ?? null],
    [t("land.survey.place.benchmark"), survey.benchmark?.text ?? null],
    [t("land.survey.place.start"), bearings ? (survey.start?.text ?? null) : null],
    [t("land.survey.north"), bearings ? t(`land.survey.north.${survey.north}`) : null],
    [
      t("land.survey.declination"),
      bearings && survey.declinationDegrees !== null
        ? [format.number(survey.declinationDegrees, 2), survey.declinationDate].filter(Boolean).join(", ")
        : null,
    ],
  ];
  return (
    <details>
      <summary>
        {t("land.survey.summary", { method: t(`land.survey.method.${survey.method}`), count: rows.length })}
      </summary>
      <div className={styles.stack}>
        <dl className={surfaces.fields}>
          {facts.map(
            ([label, value]) =>
              value && (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
        {rows.length > 0 && (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t(bearings ? "land.survey.leg" : "land.survey.corner")}</th>
                <th scope="col">{t("land.survey.as-typed")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, typed], at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a corner has no identity but its place in the list.
                <tr key={at}>
                  <th scope="row">{name}</th>
                  <td>{typed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {computed.traverse && <ClosurePanel traverse={computed.traverse} adjust={survey.adjust} />}
      </div>
    </details>
  );
}
