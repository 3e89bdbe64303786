import type { Polygon, Position } from "geojson";
import type { LonLat } from "./datums.ts";
import { destination } from "./geodesic.ts";
import { GeometryError } from "./problem.ts";

/** One measured side: its bearing in degrees clockwise from north and its length, in any one unit for all sides. */
export interface TraverseLeg {
  readonly bearingDegrees: number;
  readonly distance: number;
}

/** A side with what it contributes to the closure and its share of the correction, in the unit of the lengths. */
export interface TraverseRow extends TraverseLeg {
  /** Northward component: distance x cosine of the bearing. */
  readonly latitude: number;
  /** Eastward component: distance x sine of the bearing. */
  readonly departure: number;
  readonly latitudeCorrection: number;
  readonly departureCorrection: number;
  readonly adjustedLatitude: number;
  readonly adjustedDeparture: number;
}

/** A closed traverse worked out. All lengths are in the unit of the sides. */
export interface Traverse {
  readonly rows: readonly TraverseRow[];
  readonly perimeter: number;
  /** What the sides miss closing by, northward and eastward. */
  readonly latitudeError: number;
  readonly departureError: number;
  /** Length of the gap between the end of the last side and the start. */
  readonly misclosure: number;
  /** The n of a precision of 1:n; infinite when the traverse closes exactly. */
  readonly precision: number;
}

/**
 * Works out a closed traverse and spreads its misclosure by the compass (Bowditch) rule: each side takes a share of
 * the error in proportion to its length.
 *
 * Sources: latitude = L cos(bearing), departure = L sin(bearing), LC = √(ΣLat² + ΣDep²), precision 1 : P/LC
 * (J. Mahun, Open Access Surveying Library, traverse computations); correction = -Σerror x side / perimeter.
 * @param legs the sides in order, the last one leading back to the start; bearings from one and the same north
 * @throws GeometryError `traverse.no-legs`, or `traverse.leg-invalid` for a length that is not positive
 */
export function adjustTraverse(legs: readonly TraverseLeg[]): Traverse {
  if (legs.length === 0) throw new GeometryError("traverse.no-legs");
  const measured = legs.map((leg, index) => {
    if (!(leg.distance > 0 && Number.isFinite(leg.distance) && Number.isFinite(leg.bearingDegrees))) {
      throw new GeometryError("traverse.leg-invalid", {
        leg: index,
        distance: leg.distance,
        bearing: leg.bearingDegrees,
      });
    }
    const angle = (leg.bearingDegrees * Math.PI) / 180;
    return { ...leg, latitude: leg.distance * Math.cos(angle), departure: leg.distance * Math.sin(angle) };
  });
  const sum = (of: (leg: (typeof measured)[number]) => number) => measured.reduce((all, leg) => all + of(leg), 0);
  const perimeter = sum(({ distance }) => distance);
  const latitudeError = sum(({ latitude }) => latitude);
  const departureError = sum(({ departure }) => departure);
  const misclosure = Math.hypot(latitudeError, departureError);
  const rows = measured.map((leg) => {
    const latitudeCorrection = (-latitudeError * leg.distance) / perimeter;
    const departureCorrection = (-departureError * leg.distance) / perimeter;
    return {
      ...leg,
      latitudeCorrection,
      departureCorrection,
      adjustedLatitude: leg.latitude + latitudeCorrection,
      adjustedDeparture: leg.departure + departureCorrection,
    };
  });
  return { rows, perimeter, latitudeError, departureError, misclosure, precision: perimeter / misclosure };
}

/** A point of a traverse, in the unit of its sides, from the start point. */
export interface TraversePoint {
  readonly east: number;
  readonly north: number;
}

/**
 * The corners of a traverse from the start point on: as many as there are sides, the first at (0, 0).
 * @param traverse a traverse worked out
 * @param values the adjusted corners, or the measured ones, whose last side stops short of the start
 */
export function traversePoints(traverse: Traverse, values: "adjusted" | "measured" = "adjusted"): TraversePoint[] {
  const points: TraversePoint[] = [];
  let east = 0;
  let north = 0;
  for (const row of traverse.rows) {
    points.push({ east, north });
    east += values === "adjusted" ? row.adjustedDeparture : row.departure;
    north += values === "adjusted" ? row.adjustedLatitude : row.latitude;
  }
  return points;
}

/** Area of plane points taken in order (shoelace formula), in squares of their unit, positive when anticlockwise. */
export function planeArea(points: readonly TraversePoint[]): number {
  let twice = 0;
  points.forEach((point, index) => {
    const next = points[(index + 1) % points.length] ?? point;
    twice += point.east * next.north - next.east * point.north;
  });
  return twice / 2;
}

/**
 * Lays plane points out on the WGS 84 ellipsoid around their origin, each along the geodesic that leaves the origin
 * in its direction. Within 10 km of the origin this keeps lengths and areas to about one part in a million.
 * @param origin where (0, 0) lies
 * @param points metres east and (true) north of the origin
 */
export function layOut(origin: LonLat, points: readonly TraversePoint[]): LonLat[] {
  return points.map(({ east, north }) => {
    if (east === 0 && north === 0) return origin;
    return destination(origin, (Math.atan2(east, north) * 180) / Math.PI, Math.hypot(east, north));
  });
}

/**
 * The adjusted polygon of a traverse on the ground.
 * @param start WGS 84 position of the start point
 * @param traverse sides in metres with true bearings, see `trueBearing`
 * @returns an anticlockwise polygon that begins at the start point
 */
export function traversePolygon(start: LonLat, traverse: Traverse): Polygon {
  const points = traversePoints(traverse);
  const ring = layOut(start, points).map(({ lon, lat }): Position => [lon, lat]);
  const [first, ...others] = ring;
  if (planeArea(points) < 0) others.reverse();
  return { type: "Polygon", coordinates: first ? [[first, ...others, first]] : [] };
}
