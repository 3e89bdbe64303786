import type { Position } from "geojson";
import { distanceMetres } from "../geodesic.ts";
import type { Finding, GeometryCheck, SuggestionReason } from "./finding.ts";
import {
  type Areal,
  cleanRing,
  closeRing,
  openRing,
  type RingPlace,
  type RingRepair,
  ringsOf,
  samePosition,
  withRing,
} from "./rings.ts";

/** Finds rings with fewer than three different points, which enclose nothing; an error. */
export function checkVertexCount(geometry: Areal): Finding[] {
  return ringsOf(geometry).flatMap(({ ring, path }) => {
    const points = openRing(ring);
    const different = new Set(points.map(([lon, lat]) => `${lon},${lat}`)).size;
    if (different >= 3) return [];
    return [{ check: "polygon.too-few-vertices", severity: "error", path, params: { vertices: different } } as const];
  });
}

function findRepairs(
  geometry: Areal,
  repair: RingRepair["repair"],
  check: GeometryCheck,
  severity: Finding["severity"],
): Finding[] {
  return ringsOf(geometry).flatMap((place) => {
    const clean = cleanRing(place.ring);
    const found = clean.repairs.filter((done) => done.repair === repair);
    if (found.length === 0) return [];
    const suggestion = { geometry: withRing(geometry, place, closeRing(clean.points)), reason: repair };
    return found.map(({ index }) => {
      const [lon = 0, lat = 0] = place.ring[index] ?? [];
      return { check, severity, path: [...place.path, index], params: { lon, lat }, suggestion };
    });
  });
}

/** Finds points equal to the one before them; a warning. The suggestion drops them. */
export function checkConsecutiveDuplicates(geometry: Areal): Finding[] {
  return findRepairs(geometry, "drop-consecutive-duplicate", "polygon.duplicate-consecutive", "warning");
}

/**
 * Finds rings whose last point repeats the first within 0.000001°, besides the closing point that GeoJSON asks for; a
 * warning. The suggestion drops it.
 */
export function checkLastRepeatsFirst(geometry: Areal): Finding[] {
  return findRepairs(geometry, "drop-closing-repeat", "polygon.last-repeats-first", "warning");
}

/** Finds rings at whose end the first two points were typed again; a warning. The suggestion drops the second pair. */
export function checkRepeatedFirstPair(geometry: Areal): Finding[] {
  return findRepairs(geometry, "drop-first-pair", "polygon.repeated-first-pair", "warning");
}

/** Finds rings that do not end where they began; an error in GeoJSON. The suggestion closes them. */
export function checkRingClosure(geometry: Areal): Finding[] {
  return findRepairs(geometry, "close-ring", "polygon.ring-open", "error");
}

/**
 * Finds points that occur again further along the ring, other than the repeats that `checkConsecutiveDuplicates`,
 * `checkLastRepeatsFirst` and `checkRepeatedFirstPair` report; an error, because the outline then touches itself.
 */
export function checkRepeatedVertices(geometry: Areal): Finding[] {
  return ringsOf(geometry).flatMap(({ ring, path }) => {
    const { points, indices } = cleanRing(ring);
    const seen = new Map<string, number>();
    return points.flatMap(([lon = 0, lat = 0], order): Finding[] => {
      const key = `${lon},${lat}`;
      const index = indices[order] ?? order;
      const earlier = seen.get(key);
      if (earlier === undefined) {
        seen.set(key, index);
        return [];
      }
      const params = { lon, lat, sameAs: earlier };
      return [{ check: "polygon.duplicate-vertex", severity: "error", path: [...path, index], params }];
    });
  });
}

/**
 * Finds sides longer than a limit, which in a hazardous area usually means a wrong figure in a coordinate; a warning.
 * @param limitMetres 5,000 m when left out, the limit proven on national databases
 */
export function checkLongSides(geometry: Areal, limitMetres = 5000): Finding[] {
  return ringsOf(geometry).flatMap(({ ring, path }) => {
    const { points, indices } = cleanRing(ring);
    return points.flatMap(([lon = 0, lat = 0], order): Finding[] => {
      const [nextLon = 0, nextLat = 0] = points[(order + 1) % points.length] ?? [];
      const metres = distanceMetres({ lon, lat }, { lon: nextLon, lat: nextLat });
      if (!(metres > limitMetres)) return [];
      const params = { metres, limitMetres };
      return [{ check: "polygon.long-side", severity: "warning", path: [...path, indices[order] ?? order], params }];
    });
  });
}

/** What makes a corner a spike. */
export interface SpikeLimits {
  /** Sharpest angle between the two sides that still passes, degrees; 2 when left out. */
  readonly minimumDegrees?: number;
  /** Corners whose shorter side is below this are left alone, metres; 1 when left out. */
  readonly minimumMetres?: number;
  /** At most so many findings a ring; 20 when left out. */
  readonly limit?: number;
}

/**
 * Finds corners so sharp that the outline runs out and straight back; a warning. The suggestion leaves the corner out,
 * when at least three points remain.
 */
export function checkSpikes(geometry: Areal, limits: SpikeLimits = {}): Finding[] {
  const { minimumDegrees = 2, minimumMetres = 1, limit = 20 } = limits;
  return ringsOf(geometry).flatMap((place) => {
    const { points, indices } = cleanRing(place.ring);
    if (points.length < 3) return [];
    let count = 0;
    return points.flatMap((corner, order): Finding[] => {
      if (count >= limit) return [];
      const before = points[(order + points.length - 1) % points.length] ?? corner;
      const after = points[(order + 1) % points.length] ?? corner;
      const degrees = cornerDegrees(before, corner, after);
      if (!(degrees < minimumDegrees)) return [];
      const metres = Math.min(metresBetween(before, corner), metresBetween(corner, after));
      if (metres < minimumMetres) return [];
      count += 1;
      const finding = {
        check: "polygon.spike",
        severity: "warning",
        path: [...place.path, indices[order] ?? order],
        params: { degrees, metres },
      } as const;
      if (points.length < 4) return [finding];
      const others = points.filter((_, index) => index !== order);
      const ring = closeRing(cleanRing(others).points);
      return [{ ...finding, suggestion: { geometry: withRing(geometry, place, ring), reason: "drop-spike" } }];
    });
  });
}

function metresBetween([lon = 0, lat = 0]: Position, [toLon = 0, toLat = 0]: Position): number {
  return distanceMetres({ lon, lat }, { lon: toLon, lat: toLat });
}

/** The angle at a corner, 0 to 180 degrees, with longitudes shortened to the latitude's scale. */
function cornerDegrees([ax = 0, ay = 0]: Position, [bx = 0, by = 0]: Position, [cx = 0, cy = 0]: Position): number {
  const shrink = Math.cos((by * Math.PI) / 180);
  const [ux, uy] = [(ax - bx) * shrink, ay - by];
  const [vx, vy] = [(cx - bx) * shrink, cy - by];
  return (Math.atan2(Math.abs(ux * vy - uy * vx), ux * vx + uy * vy) * 180) / Math.PI;
}

/** A suggestion that replaces one ring. */
export function ringSuggestion(
  geometry: Areal,
  place: RingPlace,
  points: readonly Position[],
  reason: SuggestionReason,
): NonNullable<Finding["suggestion"]> {
  return { geometry: withRing(geometry, place, closeRing(points)), reason };
}

/** Whether two lists of points are the same outline, whatever point they start from and whichever way they run. */
export function sameOutline(one: readonly Position[], two: readonly Position[]): boolean {
  const count = one.length;
  if (count !== two.length || count === 0) return count === two.length;
  for (let shift = 0; shift < count; shift++) {
    if (!samePosition(one[0], two[shift])) continue;
    if (one.every((point, index) => samePosition(point, two[(shift + index) % count]))) return true;
    if (one.every((point, index) => samePosition(point, two[(shift - index + count) % count]))) return true;
  }
  return false;
}
