import type { TileRings } from "./ring.ts";

/** Up to this many edges every pair is compared; above, edges are sorted by their west end and swept. */
const SWEEP_FROM = 48;

/**
 * Whether rounding left the rings, taken together, as they may be drawn: no two edges cross, and no corner lies on or
 * touches with its pixel (the unit square around it) an edge that does not end there. This is the condition of snap
 * rounding (Hobby, "Practical segment intersection with finite precision output", 1999): rings that fail it need
 * `repairRings`. Exact, because tile coordinates are small integers.
 */
export function ringsAreApart(rings: TileRings): boolean {
  return rings.length >> 1 <= SWEEP_FROM ? allPairsApart(rings) : sweptPairsApart(rings);
}

function allPairsApart(rings: TileRings): boolean {
  const { xy } = rings;
  for (let ring = 0; ring < rings.count; ring++) {
    const start = rings.start(ring);
    const end = rings.ends[ring] as number;
    let ax = xy[end - 2] as number;
    let ay = xy[end - 1] as number;
    // Edge i ends at the corner i; the edge before the first corner is the closing one.
    for (let i = start; i < end; i += 2) {
      const bx = xy[i] as number;
      const by = xy[i + 1] as number;
      const west = Math.min(ax, bx);
      const east = Math.max(ax, bx);
      const north = Math.min(ay, by);
      const south = Math.max(ay, by);
      const next = i + 2 < end ? i + 2 : start;
      if (cornerTooSharp(ax, ay, bx, by, xy[next] as number, xy[next + 1] as number)) return false;
      // Later edges of this ring without the two neighbours, then all edges of later rings.
      const last = i === start ? end - 2 : end;
      let cx = bx;
      let cy = by;
      for (let j = i + 2; j < last; j += 2) {
        const dx = xy[j] as number;
        const dy = xy[j + 1] as number;
        if (
          j > i + 2 &&
          (cx >= west || dx >= west) &&
          (cx <= east || dx <= east) &&
          (cy >= north || dy >= north) &&
          (cy <= south || dy <= south) &&
          edgesInteract(ax, ay, bx, by, cx, cy, dx, dy)
        ) {
          return false;
        }
        cx = dx;
        cy = dy;
      }
      for (let other = ring + 1; other < rings.count; other++) {
        const to = rings.ends[other] as number;
        cx = xy[to - 2] as number;
        cy = xy[to - 1] as number;
        for (let j = rings.start(other); j < to; j += 2) {
          const dx = xy[j] as number;
          const dy = xy[j + 1] as number;
          if (
            (cx >= west || dx >= west) &&
            (cx <= east || dx <= east) &&
            (cy >= north || dy >= north) &&
            (cy <= south || dy <= south) &&
            edgesInteract(ax, ay, bx, by, cx, cy, dx, dy)
          ) {
            return false;
          }
          cx = dx;
          cy = dy;
        }
      }
      ax = bx;
      ay = by;
    }
  }
  return true;
}

function sweptPairsApart(rings: TileRings): boolean {
  const { xy } = rings;
  const count = rings.length >> 1;
  // Edge i runs from corner before[i] to corner i.
  const before = new Int32Array(count);
  const west = new Int32Array(count);
  const east = new Int32Array(count);
  for (let ring = 0; ring < rings.count; ring++) {
    const start = rings.start(ring) >> 1;
    const end = (rings.ends[ring] as number) >> 1;
    for (let i = start, p = end - 1; i < end; p = i, i++) {
      before[i] = p;
      west[i] = Math.min(xy[2 * p] as number, xy[2 * i] as number);
      east[i] = Math.max(xy[2 * p] as number, xy[2 * i] as number);
    }
  }
  const order = sortedByWest(west, count);
  for (let a = 0; a < count; a++) {
    const i = order[a] as number;
    const p = before[i] as number;
    const ax = xy[2 * p] as number;
    const ay = xy[2 * p + 1] as number;
    const bx = xy[2 * i] as number;
    const by = xy[2 * i + 1] as number;
    const north = Math.min(ay, by);
    const south = Math.max(ay, by);
    const limit = east[i] as number;
    for (let b = a + 1; b < count; b++) {
      const j = order[b] as number;
      if ((west[j] as number) > limit) break;
      const q = before[j] as number;
      const cx = xy[2 * q] as number;
      const cy = xy[2 * q + 1] as number;
      const dx = xy[2 * j] as number;
      const dy = xy[2 * j + 1] as number;
      if ((cy > south && dy > south) || (cy < north && dy < north)) continue;
      if (q === i) {
        if (cornerTooSharp(ax, ay, bx, by, dx, dy)) return false;
      } else if (j === p) {
        if (cornerTooSharp(cx, cy, ax, ay, bx, by)) return false;
      } else if (edgesInteract(ax, ay, bx, by, cx, cy, dx, dy)) {
        return false;
      }
    }
  }
  return true;
}

const INDEX_ROOM = 0x400000;

/** Indices of edges ordered by their west end. */
export function sortedByWest(west: Int32Array, count: number): Int32Array {
  // Both numbers in one float, because typed arrays of plain numbers sort fastest.
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = (west[i] as number) * INDEX_ROOM + i;
  keys.sort();
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const key = keys[i] as number;
    order[i] = key - Math.floor(key / INDEX_ROOM) * INDEX_ROOM;
  }
  return order;
}

/** Whether the pixel of (x, y) touches the edge from a to b: an integer test, exact. */
export function pixelTouches(ax: number, ay: number, bx: number, by: number, x: number, y: number): boolean {
  if (x < ax && x < bx) return false;
  if (x > ax && x > bx) return false;
  if (y < ay && y < by) return false;
  if (y > ay && y > by) return false;
  const ux = bx - ax;
  const uy = by - ay;
  // Twice the distance from the line, times its length, against the half width of the pixel seen along the edge.
  return 2 * Math.abs(ux * (y - ay) - uy * (x - ax)) <= Math.abs(ux) + Math.abs(uy);
}

/** For the neighbouring edges a–b and b–c: whether a far end's pixel touches the other edge. */
function cornerTooSharp(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): boolean {
  return pixelTouches(ax, ay, bx, by, cx, cy) || pixelTouches(bx, by, cx, cy, ax, ay);
}

/** Whether two edges without a common corner in their ring cross, or a corner's pixel touches the other edge. */
function edgesInteract(
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
  const vx = dx - cx;
  const vy = dy - cy;
  const a = vx * (ay - cy) - vy * (ax - cx);
  const b = vx * (by - cy) - vy * (bx - cx);
  if (c > 0 !== d > 0 && a > 0 !== b > 0) return true;
  const firstReach = Math.abs(ux) + Math.abs(uy);
  const secondReach = Math.abs(vx) + Math.abs(vy);
  return (
    (2 * Math.abs(c) <= firstReach && between(cx, cy, ax, ay, bx, by)) ||
    (2 * Math.abs(d) <= firstReach && between(dx, dy, ax, ay, bx, by)) ||
    (2 * Math.abs(a) <= secondReach && between(ax, ay, cx, cy, dx, dy)) ||
    (2 * Math.abs(b) <= secondReach && between(bx, by, cx, cy, dx, dy))
  );
}

function between(x: number, y: number, ax: number, ay: number, bx: number, by: number): boolean {
  return (ax < bx ? x >= ax && x <= bx : x >= bx && x <= ax) && (ay < by ? y >= ay && y <= by : y >= by && y <= ay);
}
