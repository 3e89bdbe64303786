import type { Position } from "geojson";
import type { Traverse } from "../traverse.ts";
import type { Finding } from "./finding.ts";
import { positionsOf, type SimpleGeometry } from "./positions.ts";
import { samePosition } from "./rings.ts";

/** A position that software or clerks fill in when the true one is not known, such as a country's centre. */
export interface DefaultPoint {
  readonly name: string;
  readonly position: Position;
}

/**
 * Finds positions that stand for "not known": longitude and latitude zero, and any of the given default points; an
 * error.
 * @param defaults centroids of countries, provinces and districts, office positions and the like
 * @param toleranceDegrees 0.000001 when left out
 */
export function checkDefaultPoint(
  geometry: SimpleGeometry,
  defaults: readonly DefaultPoint[] = [],
  toleranceDegrees = 1e-6,
): Finding[] {
  const known = [{ name: "0,0", position: [0, 0] }, ...defaults];
  return positionsOf(geometry).flatMap(({ position, path }): Finding[] => {
    const match = known.find((candidate) => samePosition(candidate.position, position, toleranceDegrees));
    if (!match) return [];
    const [lon = 0, lat = 0] = position;
    return [{ check: "place.default-point", severity: "error", path, params: { name: match.name, lon, lat } }];
  });
}

/** A position shared by many records. */
export interface RepeatedPoint extends Finding {
  /** Indices into the list that was given. */
  readonly indices: readonly number[];
}

/**
 * Finds positions that occur often among the points of a data set, which points to a default, a centroid or a copied
 * row; a warning for each such position, the most frequent first.
 * @param points positions of the records, in their order; `null` for a record without one
 * @param minimum smallest number of records that is reported; 5 when left out
 */
export function findRepeatedPoints(points: readonly (Position | null)[], minimum = 5): RepeatedPoint[] {
  const groups = new Map<string, number[]>();
  points.forEach((position, index) => {
    if (!position) return;
    const key = `${position[0]},${position[1]}`;
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  return [...groups.values()]
    .filter((indices) => indices.length >= minimum)
    .sort((one, two) => two.length - one.length)
    .map((indices) => {
      const [lon = 0, lat = 0] = points[indices[0] ?? 0] ?? [];
      const params = { lon, lat, count: indices.length };
      return { check: "place.repeated-point", severity: "warning", path: [], params, indices };
    });
}

const metresPerDegree = 111_320;

/** Decimals needed to write a number of degrees, 0 to 12. */
function decimalsOf(degrees: number): number {
  for (let decimals = 0; decimals < 12; decimals++) {
    if (Number(degrees.toFixed(decimals)) === degrees) return decimals;
  }
  return 12;
}

/**
 * Finds geometries whose coordinates are written so coarsely that they name a village and not a place: few decimals of
 * a degree, or whole minutes; a warning.
 *
 * It looks at longitudes and latitudes as typed. Coordinates that came from another datum or a grid always show many
 * decimals; for those compare the `resolutionMetres` of the reading.
 * @param limitMetres coarsest step that passes, metres; 100 when left out, which three decimals do not meet
 */
export function checkPrecision(geometry: SimpleGeometry, limitMetres = 100): Finding[] {
  const ordinates = positionsOf(geometry).flatMap(({ position }) => position.slice(0, 2));
  if (ordinates.length === 0) return [];
  const decimals = ordinates.reduce((most, ordinate) => Math.max(most, decimalsOf(ordinate)), 0);
  const isWhole = (value: number) => Math.abs(value - Math.round(value)) < 1e-6;
  const decimalStep = metresPerDegree * 10 ** -decimals;
  const minuteStep = ordinates.every((ordinate) => isWhole(ordinate * 60)) ? metresPerDegree / 60 : 0;
  const metres = Math.max(decimalStep, minuteStep);
  if (!(metres > limitMetres)) return [];
  const unit = minuteStep > decimalStep ? "minute" : "degree";
  const params = { unit, decimals: unit === "minute" ? 0 : decimals, metres: Math.round(metres), limitMetres };
  return [{ check: "place.precision-coarse", severity: "warning", path: [], params }];
}

/** What a traverse may miss closing by. */
export interface MisclosureLimits {
  /** Warn below a precision of 1 : this; 200 when left out. */
  readonly warnBelow?: number;
  /** Refuse below a precision of 1 : this; 50 when left out. */
  readonly errorBelow?: number;
  /** Refuse above this gap, metres; 10 when left out. */
  readonly errorAboveMetres?: number;
}

/**
 * Finds traverses that close badly. No international standard sets a tolerance for hazardous areas; the limits are
 * defaults for a programme to change: a warning under 1:200, an error under 1:50 or over 10 m.
 * @param traverse worked out in metres
 */
export function checkMisclosure(traverse: Traverse, limits: MisclosureLimits = {}): Finding[] {
  const { warnBelow = 200, errorBelow = 50, errorAboveMetres = 10 } = limits;
  const { precision, misclosure, perimeter } = traverse;
  const isError = precision < errorBelow || misclosure > errorAboveMetres;
  if (!isError && precision >= warnBelow) return [];
  const params = { precision, misclosureMetres: misclosure, perimeterMetres: perimeter };
  return [{ check: "traverse.misclosure", severity: isError ? "error" : "warning", path: [], params }];
}
