import type { Polygon, Position } from "geojson";
import type { Finding } from "../checks/finding.ts";
import { checkOutline } from "../checks/polygon.ts";
import { type Areal, closeRing, openRing, samePosition } from "../checks/rings.ts";
import { selfMeetings } from "../checks/segments.ts";
import { distanceMetres } from "../geodesic.ts";
import { outlineOf, type PlacedCorner } from "./outline.ts";
import { finding } from "./reading.ts";
import type { SurveyFinding, SurveyOptions, SurveyPatch, SurveyPlace, SurveySuggestionReason } from "./types.ts";

/** What a survey's own shape shows, and whether it leaves no usable outline. */
export interface ShapeFindings {
  readonly findings: readonly SurveyFinding[];
  readonly isBroken: boolean;
}

/** Turns corners chosen by their indices into a change of the survey; null where a method does not allow it. */
export type ChooseCorners = (order: readonly number[]) => SurveyPatch | null;

/** The checks of an outline. A corner used twice makes its sides touch; that is said once. */
function shapeChecks(geometry: Areal, longSideMetres: number): Finding[] {
  const found = checkOutline(geometry, { longSideMetres, crossings: 5 });
  const isRepeated = found.some(({ check }) => check === "polygon.duplicate-vertex");
  return found.filter(
    ({ check, params }) => !(isRepeated && check === "polygon.self-intersection" && params.kind === "touch"),
  );
}

const reasons: Readonly<Partial<Record<string, SurveySuggestionReason>>> = {
  "convex-order": "reorder",
  "one-slip": "reorder",
  "drop-consecutive-duplicate": "drop-repeat",
  "drop-closing-repeat": "drop-repeat",
  "drop-first-pair": "drop-repeat",
  "drop-spike": "drop-point",
};

/** Which corner each point of a suggested ring is; null when one is none of them. */
function orderIn(ring: readonly Position[], corners: readonly PlacedCorner[]): number[] | null {
  const left = new Set(corners.keys());
  const order: number[] = [];
  for (const point of openRing(ring)) {
    const index = [...left].find((at) => {
      const corner = corners[at];
      return corner !== undefined && samePosition([corner.lon, corner.lat], point);
    });
    if (index === undefined) return null;
    left.delete(index);
    order.push(index);
  }
  return order;
}

/** A corner used twice is best left out once, when leaving out one of both gives an outline that crosses nothing. */
function withoutRepeat(corners: readonly PlacedCorner[], one: number, two: number): number[] | null {
  const orders = [one, two].map((index) => [...corners.keys()].filter((at) => at !== index));
  const simple = orders.filter((order) => {
    const points = order.map((at): Position => [corners[at]?.lon ?? Number.NaN, corners[at]?.lat ?? Number.NaN]);
    return selfMeetings(points, 1).length === 0;
  });
  return simple.length === 1 ? (simple[0] ?? null) : null;
}

/**
 * Looks at the shape of an outline of corners: too few, crossing, touching, repeated, spiky, long sides, and sides that
 * want an intermediate point.
 * @param choose makes a change of the survey out of corners in a new order or left out
 */
export function checkCorners(
  corners: readonly PlacedCorner[],
  options: SurveyOptions,
  choose: ChooseCorners,
): ShapeFindings {
  const { intermediateAboveMetres = 50, longSideMetres = 5000 } = options;
  const whole: SurveyPlace = { part: "survey" };
  if (corners.length < 3) {
    return { findings: [finding("survey.too-few-points", "error", { points: corners.length })], isBroken: true };
  }
  const geometry = outlineOf(corners);
  const findings = shapeChecks(geometry, longSideMetres).map((found): SurveyFinding => {
    const [, index] = found.path;
    const corner = index === undefined ? undefined : corners[index];
    const ring = (found.suggestion?.geometry as Polygon | undefined)?.coordinates[0];
    const { sameAs } = found.params;
    const order = ring
      ? orderIn(ring, corners)
      : found.check === "polygon.duplicate-vertex" && typeof sameAs === "number" && index !== undefined
        ? withoutRepeat(corners, sameAs, index)
        : null;
    const patch = order && order.length >= 3 ? choose(order) : null;
    const reason = found.suggestion ? reasons[found.suggestion.reason] : "drop-point";
    return finding(
      found.check,
      found.severity,
      { ...found.params, ...(index === undefined ? {} : { corner: index }) },
      corner?.place ?? whole,
      patch && reason ? { reason, patch } : undefined,
    );
  });
  const sides = corners.map((corner, index) => distanceMetres(corner, corners[(index + 1) % corners.length] ?? corner));
  // A centimetre more is the rounding of a tape, not a longer side.
  const wide = sides.filter((metres) => metres > intermediateAboveMetres + 0.01);
  if (wide.length > 0) {
    const longest = sides.indexOf(Math.max(...wide));
    const params = {
      sides: wide.length,
      metres: Math.max(...wide),
      limitMetres: intermediateAboveMetres,
      corner: longest,
    };
    findings.push(finding("survey.intermediate-needed", "advice", params, corners[longest]?.place));
  }
  return { findings, isBroken: findings.some(({ severity }) => severity === "error") };
}

/** Looks at the shape of an outline from a file; a suggestion replaces the outline. */
export function checkFileShape(
  geometry: Areal,
  options: SurveyOptions,
  replace: (geometry: Areal) => SurveyPatch,
): ShapeFindings {
  const closed: Areal =
    geometry.type === "Polygon"
      ? { ...geometry, coordinates: geometry.coordinates.map((ring) => closeRing(openRing(ring))) }
      : { ...geometry, coordinates: geometry.coordinates.map((part) => part.map((ring) => closeRing(openRing(ring)))) };
  const findings = shapeChecks(closed, options.longSideMetres ?? 5000).map(
    ({ check, severity, params, suggestion }): SurveyFinding => {
      const suggested = suggestion?.geometry;
      const isAreal = suggested?.type === "Polygon" || suggested?.type === "MultiPolygon";
      const reason = (suggestion && reasons[suggestion.reason]) || "repair";
      return finding(
        check,
        severity,
        params,
        { part: "survey" },
        isAreal ? { reason, patch: replace(suggested) } : undefined,
      );
    },
  );
  return { findings, isBroken: findings.some(({ severity }) => severity === "error") };
}
