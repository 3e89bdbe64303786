import Flatbush from "flatbush";
import type { Position } from "geojson";
import { orient2d } from "robust-predicates";

/** How two sides meet: crossing inside both, an end of one on the other, or running along each other. */
export type Meeting = "cross" | "touch" | "overlap";

const lon = (position: Position) => position[0] ?? Number.NaN;
const lat = (position: Position) => position[1] ?? Number.NaN;

/** Exact side of a point: positive when a, b, c turn left, negative when right, zero when they are on one line. */
export function turnOf(a: Position, b: Position, c: Position): number {
  // The library counts turns in a plane whose y axis points down.
  return -orient2d(lon(a), lat(a), lon(b), lat(b), lon(c), lat(c));
}

function within(a: Position, b: Position, point: Position): boolean {
  return (
    Math.min(lon(a), lon(b)) <= lon(point) &&
    lon(point) <= Math.max(lon(a), lon(b)) &&
    Math.min(lat(a), lat(b)) <= lat(point) &&
    lat(point) <= Math.max(lat(a), lat(b))
  );
}

/** Whether a point lies exactly on the side from a to b, ends included. */
export function isOnSegment(a: Position, b: Position, point: Position): boolean {
  return within(a, b, point) && turnOf(a, b, point) === 0;
}

/**
 * How the sides a–b and c–d meet, decided with exact arithmetic; null when they do not.
 * Sides that share just one end are said to touch.
 */
export function meetingOf(a: Position, b: Position, c: Position, d: Position): Meeting | null {
  const ca = Math.sign(turnOf(c, d, a));
  const cb = Math.sign(turnOf(c, d, b));
  const ac = Math.sign(turnOf(a, b, c));
  const ad = Math.sign(turnOf(a, b, d));
  if (ca === 0 && cb === 0) {
    const alongLon = Math.abs(lon(b) - lon(a)) >= Math.abs(lat(b) - lat(a));
    const key = alongLon ? lon : lat;
    const from = Math.max(Math.min(key(a), key(b)), Math.min(key(c), key(d)));
    const to = Math.min(Math.max(key(a), key(b)), Math.max(key(c), key(d)));
    return from > to ? null : from === to ? "touch" : "overlap";
  }
  if (ca * cb < 0 && ac * ad < 0) return "cross";
  const touches =
    (ca === 0 && within(c, d, a)) ||
    (cb === 0 && within(c, d, b)) ||
    (ac === 0 && within(a, b, c)) ||
    (ad === 0 && within(a, b, d));
  return touches ? "touch" : null;
}

/** Where the lines through a–b and c–d meet, rounded; for sides on one line, an end of one that lies on the other. */
export function meetingPoint(a: Position, b: Position, c: Position, d: Position): Position {
  const [ux, uy] = [lon(b) - lon(a), lat(b) - lat(a)];
  const [vx, vy] = [lon(d) - lon(c), lat(d) - lat(c)];
  const cross = ux * vy - uy * vx;
  if (cross === 0 || meetingOf(a, b, c, d) !== "cross") {
    return [c, d, a, b].find((end, index) => (index < 2 ? isOnSegment(a, b, end) : isOnSegment(c, d, end))) ?? a;
  }
  const t = ((lon(c) - lon(a)) * vy - (lat(c) - lat(a)) * vx) / cross;
  return [lon(a) + t * ux, lat(a) + t * uy];
}

/** The sides of a closed list of points as a spatial index; few sides are quicker to go through one by one. */
function sideIndex(points: readonly Position[]): Flatbush | null {
  if (points.length <= 48) return null;
  const index = new Flatbush(points.length);
  points.forEach((a, at) => {
    const b = points[(at + 1) % points.length] ?? a;
    index.add(Math.min(lon(a), lon(b)), Math.min(lat(a), lat(b)), Math.max(lon(a), lon(b)), Math.max(lat(a), lat(b)));
  });
  index.finish();
  return index;
}

/** Two sides of one ring, or of two rings, that meet. Sides are named by the index of their first point. */
export interface SideMeeting {
  readonly first: number;
  readonly second: number;
  readonly kind: Meeting;
}

function forNearbySides(
  a: Position,
  b: Position,
  others: readonly Position[],
  index: Flatbush | null,
  visit: (side: number) => void,
): void {
  if (index) {
    const box = [
      Math.min(lon(a), lon(b)),
      Math.min(lat(a), lat(b)),
      Math.max(lon(a), lon(b)),
      Math.max(lat(a), lat(b)),
    ];
    for (const side of index.search(box[0] ?? 0, box[1] ?? 0, box[2] ?? 0, box[3] ?? 0)) visit(side);
  } else {
    for (let side = 0; side < others.length; side++) visit(side);
  }
}

/**
 * The pairs of sides of one ring that meet where they should not: any meeting of sides that are not neighbours, and
 * neighbours that fold back on each other.
 * @param points turning points without the closing one and without equal neighbours
 * @param limit stop after so many
 */
export function selfMeetings(points: readonly Position[], limit = Number.POSITIVE_INFINITY): SideMeeting[] {
  const found: SideMeeting[] = [];
  const count = points.length;
  if (count < 3) return found;
  const index = sideIndex(points);
  const end = (side: number) => points[(side + 1) % count] ?? [];
  for (let first = 0; first < count && found.length < limit; first++) {
    const a = points[first] ?? [];
    const b = end(first);
    forNearbySides(a, b, points, index, (second) => {
      if (second <= first || found.length >= limit) return;
      const c = points[second] ?? [];
      const kind = meetingOf(a, b, c, end(second));
      const neighbours = second === first + 1 || (first === 0 && second === count - 1);
      // Neighbours always touch at the point they share.
      if (kind && (!neighbours || kind === "overlap")) found.push({ first, second, kind });
    });
  }
  return found.sort((one, two) => one.first - two.first || one.second - two.second);
}

/** The pairs of sides of two rings that meet, the first index into the first ring. */
export function meetingsBetween(one: readonly Position[], two: readonly Position[]): SideMeeting[] {
  const index = sideIndex(two);
  const found: SideMeeting[] = [];
  one.forEach((a, first) => {
    const b = one[(first + 1) % one.length] ?? a;
    forNearbySides(a, b, two, index, (second) => {
      const c = two[second] ?? [];
      const kind = meetingOf(a, b, c, two[(second + 1) % two.length] ?? c);
      if (kind) found.push({ first, second, kind });
    });
  });
  return found;
}

/** Where a point lies with respect to a ring: inside, on its line, or outside; exact. The ring may be closed or not. */
export function placeInRing(ring: readonly Position[], point: Position): "inside" | "boundary" | "outside" {
  let inside = false;
  for (let at = 0; at < ring.length; at++) {
    const a = ring[at] ?? [];
    const b = ring[(at + 1) % ring.length] ?? [];
    if (isOnSegment(a, b, point)) return "boundary";
    if (lat(a) > lat(point) !== lat(b) > lat(point)) {
      const turn = turnOf(a, b, point);
      if (lat(b) > lat(a) ? turn > 0 : turn < 0) inside = !inside;
    }
  }
  return inside ? "inside" : "outside";
}
