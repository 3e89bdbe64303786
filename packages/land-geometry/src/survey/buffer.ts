import type { MultiPolygon, Polygon, Position } from "geojson";
import { type Areal, openRing } from "../checks/rings.ts";
import type { LonLat } from "../datums.ts";
import { bearingDegrees, destination } from "../geodesic.ts";
import { merge, subtract } from "../partition/overlay.ts";

/** Details of a buffer. */
export interface BufferOptions {
  /**
   * How far the chords of a round corner may stay inside the true arc, metres: a twentieth of the width but not above
   * half a metre when left out.
   */
  readonly chordErrorMetres?: number;
}

const at = ([lon = Number.NaN, lat = Number.NaN]: Position): LonLat => ({ lon, lat });
const position = ({ lon, lat }: LonLat): Position => [lon, lat];
const polygonOf = (points: readonly Position[]): Polygon => ({
  type: "Polygon",
  coordinates: [[...points, points[0] ?? []]],
});

/** A turn brought to between -180 and 180 degrees; to the left is negative. */
function turned(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}

/**
 * What lies within a distance to the right of a ring: a strip along each side and, where the ring turns left, the
 * sector between two strips. The pieces share their sides point for point.
 */
function stripsRightOf(ring: readonly Position[], metres: number, stepDegrees: number): Polygon[] {
  const points = openRing(ring);
  const sides = points.map((from, index) => {
    const to = points[(index + 1) % points.length] ?? from;
    // Bearings at both ends: a geodesic changes its bearing on the way.
    const leaving = bearingDegrees(at(from), at(to));
    const arriving = bearingDegrees(at(to), at(from)) + 180;
    return { from, to, leaving, arriving };
  });
  const beside = (place: Position, bearing: number) => position(destination(at(place), bearing + 90, metres));
  return sides.flatMap(({ from, to, leaving, arriving }, index) => {
    const [near, far] = [beside(from, leaving), beside(to, arriving)];
    const pieces = [polygonOf([from, to, far, near])];
    const next = sides[(index + 1) % sides.length];
    if (!next) return pieces;
    const turn = turned(next.leaving - arriving);
    // A side that comes straight back has half a circle at its end.
    const sweep = Math.abs(turn) > 179.999999 ? 180 : -turn;
    if (sweep <= 0) return pieces;
    const steps = Math.max(1, Math.ceil(sweep / stepDegrees));
    const arc = [far];
    for (let step = 1; step < steps; step++) arc.push(beside(to, arriving - (sweep * step) / steps));
    arc.push(beside(to, next.leaving));
    return [...pieces, polygonOf([to, ...arc.toReversed()])];
  });
}

/**
 * The ground within a distance of a polygon on the WGS 84 ellipsoid, the polygon included: a fade-out. With a negative
 * distance, the ground of the polygon that is at least so far inside.
 *
 * Strips along the sides and sectors at the corners are laid out along geodesics and merged, so that overlapping arms
 * and closing bays come out as one outline with holes where there are some. Corners are round: chords between points on
 * the true arc, which stay inside it by no more than the chord error, so a fade-out is never wider than asked for.
 * Sides longer than 5 km bend against the straight line in longitude and latitude by more than 0.1 m.
 * @param metres width; 0 gives the cleaned polygon
 * @throws GeometryError `partition.position-invalid` for a coordinate or a width that is not a finite number
 */
export function buffer(polygon: Areal, metres: number, options: BufferOptions = {}): MultiPolygon {
  const clean = merge([polygon]);
  const width = Math.abs(metres);
  if (width === 0 || clean.coordinates.length === 0) return clean;
  const { chordErrorMetres = Math.min(0.5, width / 20) } = options;
  // The chord of an angle a stays inside the arc by r (1 - cos(a/2)).
  const stepDegrees = Math.max(0.5, (2 * Math.acos(1 - Math.min(1, chordErrorMetres / width)) * 180) / Math.PI);
  // Shells run anticlockwise and holes clockwise: the outside is on the right, and after turning a ring, the inside.
  const strips = clean.coordinates
    .flat()
    .flatMap((ring) => stripsRightOf(metres > 0 ? ring : ring.toReversed(), width, stepDegrees));
  return metres > 0 ? merge([clean, ...strips]) : subtract(clean, strips);
}
