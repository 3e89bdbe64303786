import type { TileRings } from "./ring.ts";

/** Up to this many edges every pair is compared; above, edges are sorted and swept. Measured: the two meet near 40. */
const SWEEP_FROM = 40;

/**
 * Whether the rings, taken together, touch or cross nowhere: no two edges share a point, except neighbours in a ring
 * their common corner. Exact: tile coordinates are small integers. Rings must have been through `cleanRing`, so that
 * neighbouring edges never lie on each other.
 */
export function ringsAreSimple(rings: TileRings): boolean {
  const edges = rings.length >> 1;
  if (edges === 3) return true;
  return edges <= SWEEP_FROM ? pairsAreApart(rings) : sweepIsApart(rings);
}

function pairsAreApart(rings: TileRings): boolean {
  const { xy } = rings;
  for (let ring = 0; ring < rings.count; ring++) {
    const start = rings.start(ring);
    const end = rings.ends[ring] as number;
    for (let i = start; i < end; i += 2) {
      const ax = xy[i] as number;
      const ay = xy[i + 1] as number;
      const next = i + 2 === end ? start : i + 2;
      const bx = xy[next] as number;
      const by = xy[next + 1] as number;
      const west = Math.min(ax, bx);
      const east = Math.max(ax, bx);
      const north = Math.min(ay, by);
      const south = Math.max(ay, by);
      // Later edges of this ring, without the two neighbours.
      const last = i === start ? end - 2 : end;
      for (let j = i + 4; j < last; j += 2) {
        const k = j + 2 === end ? start : j + 2;
        const cx = xy[j] as number;
        const dx = xy[k] as number;
        if ((cx > east && dx > east) || (cx < west && dx < west)) continue;
        const cy = xy[j + 1] as number;
        const dy = xy[k + 1] as number;
        if ((cy > south && dy > south) || (cy < north && dy < north)) continue;
        if (segmentsMeet(ax, ay, bx, by, cx, cy, dx, dy)) return false;
      }
      for (let other = ring + 1; other < rings.count; other++) {
        const from = rings.start(other);
        const to = rings.ends[other] as number;
        for (let j = from; j < to; j += 2) {
          const k = j + 2 === to ? from : j + 2;
          const cx = xy[j] as number;
          const dx = xy[k] as number;
          if ((cx > east && dx > east) || (cx < west && dx < west)) continue;
          const cy = xy[j + 1] as number;
          const dy = xy[k + 1] as number;
          if ((cy > south && dy > south) || (cy < north && dy < north)) continue;
          if (segmentsMeet(ax, ay, bx, by, cx, cy, dx, dy)) return false;
        }
      }
    }
  }
  return true;
}

function sweepIsApart(rings: TileRings): boolean {
  const { xy } = rings;
  const count = rings.length >> 1;
  const next = new Int32Array(count);
  const west = new Int32Array(count);
  const east = new Int32Array(count);
  for (let ring = 0; ring < rings.count; ring++) {
    const start = rings.start(ring) >> 1;
    const end = (rings.ends[ring] as number) >> 1;
    for (let i = start; i < end; i++) {
      const k = i + 1 === end ? start : i + 1;
      next[i] = k;
      const ax = xy[2 * i] as number;
      const bx = xy[2 * k] as number;
      west[i] = Math.min(ax, bx);
      east[i] = Math.max(ax, bx);
    }
  }
  const order = sortedByWest(west, count);
  for (let a = 0; a < count; a++) {
    const i = order[a] as number;
    const n = next[i] as number;
    const ax = xy[2 * i] as number;
    const ay = xy[2 * i + 1] as number;
    const bx = xy[2 * n] as number;
    const by = xy[2 * n + 1] as number;
    const north = Math.min(ay, by);
    const south = Math.max(ay, by);
    const limit = east[i] as number;
    for (let b = a + 1; b < count; b++) {
      const j = order[b] as number;
      if ((west[j] as number) > limit) break;
      const m = next[j] as number;
      const cy = xy[2 * j + 1] as number;
      const dy = xy[2 * m + 1] as number;
      if ((cy > south && dy > south) || (cy < north && dy < north)) continue;
      if (m === i || n === j) continue;
      if (segmentsMeet(ax, ay, bx, by, xy[2 * j] as number, cy, xy[2 * m] as number, dy)) return false;
    }
  }
  return true;
}

/** Indices of the edges ordered by their west end; exact integers in one float sort, as typed arrays sort fast. */
export function sortedByWest(west: Int32Array, count: number): Int32Array {
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = (west[i] as number) * 0x400000 + i;
  keys.sort();
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++)
    order[i] = (keys[i] as number) - Math.floor((keys[i] as number) / 0x400000) * 0x400000;
  return order;
}

/** Whether two segments have a point in common, ends included; their boxes are known to meet. */
function segmentsMeet(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  const ux = bx - ax;
  const uy = by - ay;
  const c = ux * (cy - ay) - uy * (cx - ax);
  const d = ux * (dy - ay) - uy * (dx - ax);
  if ((c > 0 && d > 0) || (c < 0 && d < 0)) return false;
  const vx = dx - cx;
  const vy = dy - cy;
  const a = vx * (ay - cy) - vy * (ax - cx);
  const b = vx * (by - cy) - vy * (bx - cx);
  if ((a > 0 && b > 0) || (a < 0 && b < 0)) return false;
  // All four zero: on one straight line, where meeting boxes mean meeting segments.
  return true;
}
