import type { Position } from "geojson";
import { openRing } from "./rings.ts";
import { meetingsBetween, placeInRing } from "./segments.ts";

type Rings = readonly (readonly Position[])[];

/** Twice the signed plane area, positive when anticlockwise. */
export function planeRingArea(ring: readonly Position[]): number {
  let twice = 0;
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  ring.forEach(([x = 0, y = 0], index) => {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? [];
    twice += (x - x0) * (nextY - y0) - (nextX - x0) * (y - y0);
  });
  return twice / 2;
}

/** Shell anticlockwise and holes clockwise, so that the inside is always to the left. */
function wound(rings: Rings): readonly (readonly Position[])[] {
  if (openRing(rings[0] ?? []).length < 3) return [];
  return rings
    .map(openRing)
    .filter((ring) => ring.length >= 3)
    .map((ring, index) => (planeRingArea(ring) < 0 === (index === 0) ? ring.toReversed() : ring));
}

function isInside(rings: Rings, point: Position): boolean {
  // Even–odd over shell and holes; points on the line are settled before this is asked.
  return rings.filter((ring) => placeInRing(ring, point) === "inside").length % 2 === 1;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly sameWay: boolean;
}

/** The line integral of x dy - y dx along those stretches of `mine` that bound the common area. */
function contribution(mine: Rings, other: Rings, origin: Position, countShared: boolean): number {
  let twice = 0;
  const [x0 = 0, y0 = 0] = origin;
  for (const ring of mine) {
    const cuts: number[][] = ring.map(() => [0, 1]);
    const spans: Span[][] = ring.map(() => []);
    const along = (side: number, point: Position) => {
      const [ax = 0, ay = 0] = ring[side] ?? [];
      const [bx = 0, by = 0] = ring[(side + 1) % ring.length] ?? [];
      const [px = 0, py = 0] = point;
      const t = Math.abs(bx - ax) >= Math.abs(by - ay) ? (px - ax) / (bx - ax) : (py - ay) / (by - ay);
      return Math.min(1, Math.max(0, t));
    };
    for (const otherRing of other) {
      for (const { first, second, kind } of meetingsBetween(ring, otherRing)) {
        const a = ring[first] ?? [];
        const b = ring[(first + 1) % ring.length] ?? [];
        const c = otherRing[second] ?? [];
        const d = otherRing[(second + 1) % otherRing.length] ?? [];
        if (kind === "overlap") {
          const [from, to] = [along(first, c), along(first, d)];
          cuts[first]?.push(from, to);
          spans[first]?.push({ from: Math.min(from, to), to: Math.max(from, to), sameWay: from < to });
        } else {
          const [ux, uy] = [(b[0] ?? 0) - (a[0] ?? 0), (b[1] ?? 0) - (a[1] ?? 0)];
          const [vx, vy] = [(d[0] ?? 0) - (c[0] ?? 0), (d[1] ?? 0) - (c[1] ?? 0)];
          const cross = ux * vy - uy * vx;
          if (cross === 0) continue;
          const t = (((c[0] ?? 0) - (a[0] ?? 0)) * vy - ((c[1] ?? 0) - (a[1] ?? 0)) * vx) / cross;
          cuts[first]?.push(Math.min(1, Math.max(0, t)));
        }
      }
    }
    ring.forEach(([ax = 0, ay = 0], side) => {
      const [bx = 0, by = 0] = ring[(side + 1) % ring.length] ?? [];
      const stops = (cuts[side] ?? []).toSorted((one, two) => one - two);
      for (let at = 1; at < stops.length; at++) {
        const [from, to] = [stops[at - 1] ?? 0, stops[at] ?? 0];
        if (to <= from) continue;
        const middle = (from + to) / 2;
        const span = spans[side]?.find((candidate) => candidate.from <= middle && middle <= candidate.to);
        const counts = span
          ? countShared && span.sameWay
          : isInside(other, [ax + (bx - ax) * middle, ay + (by - ay) * middle]);
        if (!counts) continue;
        const [px, py] = [ax + (bx - ax) * from - x0, ay + (by - ay) * from - y0];
        const [qx, qy] = [ax + (bx - ax) * to - x0, ay + (by - ay) * to - y0];
        twice += px * qy - qx * py;
      }
    });
  }
  return twice;
}

/**
 * How much two polygons have in common, as a share (0 to 1) of the smaller one.
 *
 * The common area is bounded by the stretches of each outline that run inside the other, so it is found by walking
 * both outlines and without building the common polygon. Both should be free of self-intersections. The share is
 * taken in the longitude–latitude plane, where for two areas of a few kilometres it is the same as on the ground.
 * @param one rings of a polygon, shell first
 * @param two rings of the other
 */
export function overlapShare(one: Rings, two: Rings): number {
  const [a, b] = [wound(one), wound(two)];
  const area = (rings: Rings) => rings.reduce((sum, ring) => sum + planeRingArea(ring), 0);
  const smaller = Math.min(area(a), area(b));
  if (!(smaller > 0) || !boxesMeet(a, b)) return 0;
  const origin = a[0]?.[0] ?? [0, 0];
  const common = (contribution(a, b, origin, true) + contribution(b, a, origin, false)) / 2;
  return Math.min(1, Math.max(0, common / smaller));
}

function boxesMeet(one: Rings, two: Rings): boolean {
  const box = (rings: Rings) => {
    const shell = rings[0] ?? [];
    const [xs, ys] = [shell.map(([x = 0]) => x), shell.map(([, y = 0]) => y)];
    const least = (values: readonly number[]) =>
      values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
    return [least(xs), least(ys), -least(xs.map((x) => -x)), -least(ys.map((y) => -y))] as const;
  };
  const [a, b] = [box(one), box(two)];
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}
