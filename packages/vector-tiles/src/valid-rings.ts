import { expect } from "vitest";

/** For tests: checks decoded polygons without using any code of the encoder. */

export type Corner = readonly [number, number];

/** Signed area in square units, positive when clockwise on a screen. */
export function area(ring: readonly Corner[]): number {
  let sum = 0;
  for (const [i, [x, y]] of ring.entries()) {
    const [nx, ny] = ring[(i + 1) % ring.length] as Corner;
    sum += x * ny - nx * y;
  }
  return sum / 2;
}

/** Area of exteriors less that of holes; 0 for no rings. */
export const totalArea = (rings: readonly Corner[][] | undefined) =>
  (rings ?? []).reduce((sum, ring) => sum + area(ring), 0);

const turn = ([ax, ay]: Corner, [bx, by]: Corner, [cx, cy]: Corner) =>
  Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax));
const same = (a: Corner, b: Corner) => a[0] === b[0] && a[1] === b[1];
const onSegment = (p: Corner, a: Corner, b: Corner) =>
  turn(a, b, p) === 0 &&
  Math.min(a[0], b[0]) <= p[0] &&
  p[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= p[1] &&
  p[1] <= Math.max(a[1], b[1]);

/** Whether two segments have a point in common other than one that is an end of either. */
function overlapOrCross(a: Corner, b: Corner, c: Corner, d: Corner): boolean {
  if (turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0) return true;
  if (turn(a, b, c) !== 0 || turn(a, b, d) !== 0) return false;
  const axis = a[0] === b[0] ? 1 : 0;
  const low = Math.max(Math.min(a[axis], b[axis]), Math.min(c[axis], d[axis]));
  return low < Math.min(Math.max(a[axis], b[axis]), Math.max(c[axis], d[axis]));
}

/** Whether a point lies inside a ring; undefined on the ring itself. */
export function holds(ring: readonly Corner[], p: Corner): boolean {
  let inside = false;
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + 1) % ring.length] as Corner;
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}

interface Edge {
  readonly ring: number;
  readonly a: Corner;
  readonly b: Corner;
}

function boxesApart({ a, b }: Edge, { a: c, b: d }: Edge): boolean {
  return (
    Math.max(a[0], b[0]) < Math.min(c[0], d[0]) ||
    Math.max(c[0], d[0]) < Math.min(a[0], b[0]) ||
    Math.max(a[1], b[1]) < Math.min(c[1], d[1]) ||
    Math.max(c[1], d[1]) < Math.min(a[1], b[1])
  );
}

/** Whether an end of the first edge lies on the second without being an end of it. */
function cornerOn({ a, b }: Edge, { a: c, b: d }: Edge): boolean {
  return [a, b].some((corner) => !same(corner, c) && !same(corner, d) && onSegment(corner, c, d));
}

/** Checks decoded rings against MVT 2.1 §4.3.3.3 and the validity rules it refers to, naively and on its own. */
export function expectValid(rings: readonly Corner[][]): void {
  expect(area(rings[0] as Corner[])).toBeGreaterThan(0);
  const edges: Edge[] = [];
  for (const [ring, corners] of rings.entries()) {
    expect(corners.length).toBeGreaterThanOrEqual(3);
    expect(new Set(corners.map(String)).size).toBe(corners.length);
    for (const [i, a] of corners.entries()) edges.push({ ring, a, b: corners[(i + 1) % corners.length] as Corner });
  }
  for (const [i, first] of edges.entries()) {
    for (const second of edges.slice(i + 1)) {
      if (boxesApart(first, second)) continue;
      let clash = overlapOrCross(first.a, first.b, second.a, second.b);
      // A ring may not touch itself either; its corners are different, so what is left is a corner on another edge.
      if (first.ring === second.ring) clash ||= cornerOn(first, second) || cornerOn(second, first);
      if (clash) throw new Error(`${first.a} ${first.b} meets ${second.a} ${second.b} in ${JSON.stringify(rings)}`);
    }
  }
  let exterior: Corner[] = [];
  for (const ring of rings) {
    if (area(ring) > 0) {
      exterior = ring;
      continue;
    }
    const [a, b] = ring as [Corner, Corner];
    expect(holds(exterior, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2])).toBe(true);
  }
}
