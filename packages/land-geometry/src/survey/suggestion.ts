import type { SurveyedPolygon, SurveyFinding, SurveyPatch } from "./types.ts";

/** A survey with members replaced; a null takes an optional member away and empties the declination. */
function patched(survey: SurveyedPolygon, patch: SurveyPatch): SurveyedPolygon {
  const members = Object.entries({ ...survey, ...patch }).filter(
    ([name, value]) => value !== null || name === "declinationDegrees" || name === "declinationDate",
  );
  return Object.fromEntries(members) as unknown as SurveyedPolygon;
}

/**
 * Takes the suggestion of a finding: a new survey with the change, and in `corrections` what was typed before. Without
 * a suggestion the survey comes back as it is.
 * @param survey the one the finding came from
 */
export function applySuggestion(survey: SurveyedPolygon, { code, suggestion }: SurveyFinding): SurveyedPolygon {
  if (!suggestion) return survey;
  const { patch, reason } = suggestion;
  const before = Object.fromEntries(
    Object.keys(patch).map((name) => [name, survey[name as keyof SurveyedPolygon] ?? null]),
  ) as SurveyPatch;
  const corrections = [...(survey.corrections ?? []), { code, reason, before }];
  return { ...patched(survey, patch), corrections };
}

/** Takes the last correction back: the survey as it was before, later typing in other members kept. */
export function undoSuggestion(survey: SurveyedPolygon): SurveyedPolygon {
  const { corrections = [], ...rest } = survey;
  const last = corrections[corrections.length - 1];
  if (!last) return survey;
  const left = corrections.slice(0, -1);
  return { ...patched(rest, last.before), ...(left.length > 0 ? { corrections: left } : {}) };
}
