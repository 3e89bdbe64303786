import type { ComputedSurvey, SurveyedPolygon, SurveyMethod, SurveyPoint, TypedLeg } from "@santi/land-geometry";
import type { Position } from "geojson";

/** A survey before anything was typed. No datum is assumed: whoever types coordinates says it. */
export function emptySurvey(method: SurveyMethod = "bearing-distance"): SurveyedPolygon {
  return {
    method,
    reading: { datum: null },
    points: method === "bearing-distance" ? [newPoint(), newPoint()] : [],
    ...(method === "bearing-distance" ? { closingLeg: { bearing: "", distance: "" } } : {}),
    north: "magnetic",
    declinationDegrees: null,
    declinationDate: null,
    distanceUnit: "metre",
    adjust: true,
  };
}

/** A corner of which nothing was typed yet. */
export function newPoint(): SurveyPoint {
  return { kind: "turning" };
}

/** The survey with one corner changed. */
export function withPoint(survey: SurveyedPolygon, index: number, change: Partial<SurveyPoint>): SurveyedPolygon {
  return { ...survey, points: survey.points.map((point, at) => (at === index ? { ...point, ...change } : point)) };
}

/** The survey with a corner put in at a place of the list. */
export function insertPoint(survey: SurveyedPolygon, index: number, point: SurveyPoint = newPoint()): SurveyedPolygon {
  return { ...survey, points: [...survey.points.slice(0, index), point, ...survey.points.slice(index)] };
}

/** The survey without one corner. */
export function removePoint(survey: SurveyedPolygon, index: number): SurveyedPolygon {
  return { ...survey, points: survey.points.filter((_, at) => at !== index) };
}

/** The survey with a corner one place further up or down; at the ends of the list it stays as it is. */
export function movePoint(survey: SurveyedPolygon, index: number, step: -1 | 1): SurveyedPolygon {
  const to = index + step;
  const point = survey.points[index];
  if (!point || to < 0 || to >= survey.points.length) return survey;
  const others = survey.points.filter((_, at) => at !== index);
  return { ...survey, points: [...others.slice(0, to), point, ...others.slice(to)] };
}

/** The survey with the closing leg changed. */
export function withClosingLeg(survey: SurveyedPolygon, change: Partial<TypedLeg>): SurveyedPolygon {
  return { ...survey, closingLeg: { bearing: "", distance: "", ...survey.closingLeg, ...change } };
}

/** The survey without a member that may be missing. */
export function without<Member extends keyof SurveyedPolygon>(
  survey: SurveyedPolygon,
  member: Member,
): Omit<SurveyedPolygon, Member> {
  const { [member]: _, ...rest } = survey;
  return rest;
}

/**
 * Corners from pasted text, one coordinate a line. A name before a tab or a colon ("TP1: 13.1, 103.2") is left out, and
 * so are empty lines; two cells of a table become one text.
 */
export function pastedPoints(text: string): SurveyPoint[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*[A-Za-z]{1,3}\s?\d{0,3}\s*[:\t]\s*/, "").trim())
    .filter((line) => line !== "")
    .map((line): SurveyPoint => ({ kind: "turning", coordinate: line.replace(/\t+/g, "; ") }));
}

/** A drawn ring as corners in decimal degrees, latitude first. @param decimals 12 keeps what follows a border exact */
export function ringPoints(ring: readonly Position[], decimals: 7 | 12): SurveyPoint[] {
  return ring.map(([lon = 0, lat = 0]) => ({
    kind: "turning",
    coordinate: `${Number(lat.toFixed(decimals))}, ${Number(lon.toFixed(decimals))}`,
  }));
}

/** What is kept when a survey changes its method: the way in, north and units; the outline is the method's own. */
export function commonParts(survey: SurveyedPolygon): Partial<SurveyedPolygon> {
  const { referencePoint, benchmark, referenceToBenchmark, benchmarkToStart } = survey;
  const { north, declinationDegrees, declinationDate, distanceUnit, reading } = survey;
  return {
    ...(referencePoint ? { referencePoint } : {}),
    ...(benchmark ? { benchmark } : {}),
    ...(referenceToBenchmark ? { referenceToBenchmark } : {}),
    ...(benchmarkToStart ? { benchmarkToStart } : {}),
    north,
    declinationDegrees,
    declinationDate,
    distanceUnit,
    reading,
  };
}

/**
 * The survey by another method. What was entered by that method before comes back; drawing starts from the outline that
 * is there.
 * @param kept surveys by method as they were left
 */
export function changeMethod(
  survey: SurveyedPolygon,
  method: SurveyMethod,
  kept: Readonly<Partial<Record<SurveyMethod, SurveyedPolygon>>>,
  computed: ComputedSurvey,
): SurveyedPolygon {
  const before = kept[method];
  if (before) return before;
  const fresh = { ...emptySurvey(method), ...commonParts(survey) };
  if (method !== "drawn") return fresh;
  const ring = computed.corners.map(({ lon, lat }): Position => [lon, lat]);
  return {
    ...fresh,
    reading: { datum: "wgs-84", order: "lat-lon" },
    points: ring.length >= 3 ? ringPoints(ring, 7) : [],
  };
}
