import type { SurveyedPolygon, TypedLeg } from "./types.ts";

/** A survey of nothing yet, on WGS 84 and from true north. */
export const emptySurvey: SurveyedPolygon = {
  method: "coordinates",
  reading: { datum: "wgs-84" },
  points: [],
  north: "true",
  declinationDegrees: null,
  declinationDate: null,
  distanceUnit: "metre",
  adjust: true,
};

/** A survey by coordinates typed one a line. */
export function byCoordinates(texts: readonly string[], other: Partial<SurveyedPolygon> = {}): SurveyedPolygon {
  return {
    ...emptySurvey,
    points: texts.map((coordinate) => ({ kind: "turning", coordinate })),
    ...other,
  };
}

/** A survey by bearings and distances, the last leg leading back to the start. */
export function byLegs(
  start: string,
  legs: readonly (readonly [bearing: string, distance: string])[],
  other: Partial<SurveyedPolygon> = {},
): SurveyedPolygon {
  const typed = legs.map(([bearing, distance]): TypedLeg => ({ bearing, distance }));
  const closingLeg = typed.pop();
  return {
    ...emptySurvey,
    method: "bearing-distance",
    start: { text: start },
    points: typed.map((leg) => ({ kind: "turning", ...leg })),
    ...(closingLeg ? { closingLeg } : {}),
    ...other,
  };
}

/** The demining-size example of 50 by 40 metres, which closes to 1:724. */
export const smallTraverse = byLegs("16.82, 107.1", [
  ["90", "50"],
  ["0", "40.0"],
  ["270", "49.5"],
  ["180.5", "40.2"],
]);
