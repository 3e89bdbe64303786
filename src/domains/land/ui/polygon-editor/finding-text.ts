import { type ComputedSurvey, cornerNames, type SurveyedPolygon, type SurveyFinding } from "@santi/land-geometry";
import type { Text } from "../../../../platform/i18n/I18nProvider.tsx";

/** The names of the corners of a survey as it is typed, the start first. */
export function typedNames(survey: SurveyedPolygon): string[] {
  const kinds = survey.points.map(({ kind }) => kind);
  return cornerNames(survey.method === "bearing-distance" ? ["turning", ...kinds] : kinds);
}

/** What a finding is about, in words: a corner's name, a leg, or nothing for the whole survey. */
export function placeText(finding: SurveyFinding, survey: SurveyedPolygon, { t }: Pick<Text, "t">): string {
  const names = typedNames(survey);
  const { place } = finding;
  switch (place.part) {
    case "survey":
      return "";
    case "points":
      return names[survey.method === "bearing-distance" ? place.index + 1 : place.index] ?? "";
    case "closingLeg":
      return `${names[names.length - 1] ?? ""} → SP`;
    case "referenceToBenchmark":
      return "RP → BM";
    case "benchmarkToStart":
      return (survey.benchmark ?? survey.referenceToBenchmark) ? "BM → SP" : "RP → SP";
    default:
      return t(`land.survey.place.${place.part}`);
  }
}

/** Decimals of a value by what its name says it is. */
function decimals(name: string): number {
  if (/metres$/i.test(name)) return 2;
  return name === "degrees" ? 1 : 0;
}

/** The values of a finding written for people. */
function shownParams(finding: SurveyFinding, computed: ComputedSurvey, text: Text): Record<string, string> {
  const { format } = text;
  return Object.fromEntries(
    Object.entries(finding.params).map(([name, value]) => {
      if (name === "squareMetres" && typeof value === "number") return [name, text.area(value)];
      if (name === "share" && typeof value === "number") return [name, format.percent(value)];
      if (name === "corner" && typeof value === "number") return [name, computed.corners[value]?.name ?? ""];
      return [name, typeof value === "number" ? format.number(value, decimals(name)) : value];
    }),
  );
}

/** The sentence of a finding. */
export function findingText(finding: SurveyFinding, computed: ComputedSurvey, text: Text): string {
  const params = shownParams(finding, computed, text);
  const { problem } = finding.params;
  if (finding.code === "survey.point-unreadable")
    return text.t(`check.${problem}`, { datum: "", operation: "", ...params });
  if (finding.code === "survey.bearing-unreadable") return text.t(`land.survey.${problem}`, params);
  return text.t(`land.survey.finding.${finding.code}`, params);
}

/** What the one-tap correction of a finding does. */
export function suggestionText(finding: SurveyFinding, survey: SurveyedPolygon, text: Text): string {
  const { suggestion } = finding;
  if (!suggestion) return "";
  const names = typedNames(survey);
  const { index, leg } = changedLeg(finding, survey);
  const name = index === null ? "" : (names[index + 1] ?? "SP");
  return text.t(`land.survey.suggestion.${suggestion.reason}`, {
    leg: name,
    bearing: leg?.bearing ?? "",
    distance: leg?.distance ?? "",
    metres: text.format.number(suggestion.patch.snapMetres ?? 0),
    zone: String(finding.params.zone ?? ""),
  });
}

/** Which leg a suggestion types otherwise, and how. */
function changedLeg(finding: SurveyFinding, survey: SurveyedPolygon) {
  const { patch } = finding.suggestion ?? {};
  if (patch?.closingLeg) return { index: survey.points.length, leg: patch.closingLeg };
  const index = patch?.points?.findIndex((point, at) => {
    const before = survey.points[at];
    return point.bearing !== before?.bearing || point.distance !== before?.distance;
  });
  return index === undefined || index < 0 ? { index: null, leg: null } : { index, leg: patch?.points?.[index] };
}
