import { computeSurvey, type SurveyedPolygon } from "@santi/land-geometry";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import type { Part } from "../contract-body.ts";

const surveyOf = (text: string): SurveyedPolygon => ({
  method: "coordinates",
  reading: { datum: "wgs-84", order: "lat-lon" },
  points: text.split("\n").map((coordinate) => ({ kind: "turning", coordinate })),
  north: "true",
  declinationDegrees: null,
  declinationDate: null,
  distanceUnit: "metre",
  adjust: false,
});

/** The corners of a piece of ground, one on each line; the typed text is kept beside the polygon that it makes. */
export function CornerList(props: {
  part: Part;
  problem: string | null;
  onChange: (values: Pick<Part, "survey" | "geometry">) => void;
}) {
  const { t } = useText();
  const survey = props.part.survey as unknown as SurveyedPolygon | null;
  const typed = survey?.method === "coordinates" ? survey.points.map(({ coordinate }) => coordinate ?? "") : [];
  const other = typed.length === 0 && props.part.geometry !== null;
  return (
    <TextArea
      label={t("land-reports.corners")}
      hint={t(other ? "land-reports.corners.other" : "land-reports.corners.hint")}
      problem={props.problem}
      rows={6}
      value={typed.join("\n")}
      onChange={(text) => {
        const next = surveyOf(text);
        const filled = { ...next, points: next.points.filter(({ coordinate }) => coordinate?.trim()) };
        props.onChange({
          survey: next as unknown as Record<string, unknown>,
          geometry: computeSurvey(filled).geometry as Part["geometry"],
        });
      }}
    />
  );
}
