import { pixelTouches, sortedByWest } from "./apart.ts";
import type { TileRings } from "./ring.ts";

/** After snap rounding edges meet at corners but for rare ties, which a pass or two settle. */
const MAX_PASSES = 64;

/**
 * Snap rounding (Hobby, 1999): cuts the edges of rings wherever they touch the pixel of a corner or of a crossing
 * rounded to whole units, and leads them through its centre, so that edges meet only at their ends. Edges that occur
 * an even number of times are removed, the others kept once, so that the even-odd inside stays.
 * @returns edges as x0, y0, x1, y1 quadruples; every corner has an even number of edges
 * @throws Error when rounding does not settle, which no input is known to cause
 */
export function nodeEdges(rings: TileRings): number[] {
  let edges: number[] = [];
  for (let ring = 0; ring < rings.count; ring++) {
    const start = rings.start(ring);
    const end = rings.ends[ring] as number;
    for (let i = start, p = end - 2; i < end; p = i, i += 2) {
      edges.push(rings.xy[p] as number, rings.xy[p + 1] as number, rings.xy[i] as number, rings.xy[i + 1] as number);
    }
  }
  edges = cancelPairs(applyCuts(edges, findCuts(edges, true)));
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const cuts = findCuts(edges, false);
    if (cuts.size === 0) return edges;
    edges = cancelPairs(applyCuts(edges, cuts));
  }
  throw new Error("Rounding the crossings of a polygon to tile units did not settle");
}

/** Keeps one of each edge that occurs an odd number of times, in either direction. */
function cancelPairs(edges: readonly number[]): number[] {
  const odd = new Map<string, number>();
  for (let i = 0; i < edges.length; i += 4) {
    const ax = edges[i] as number;
    const ay = edges[i + 1] as number;
    const bx = edges[i + 2] as number;
    const by = edges[i + 3] as number;
    if (ax === bx && ay === by) continue;
    const key = ax < bx || (ax === bx && ay < by) ? `${ax},${ay},${bx},${by}` : `${bx},${by},${ax},${ay}`;
    if (!odd.delete(key)) odd.set(key, i);
  }
  const kept: number[] = [];
  for (const i of odd.values()) for (let k = 0; k < 4; k++) kept.push(edges[i + k] as number);
  return kept;
}

/**
 * For each edge that must be cut, by its index, the points to cut it at.
 * @param snap whether pixels cut edges they touch, or only corners edges they lie on
 */
function findCuts(edges: readonly number[], snap: boolean): Map<number, number[]> {
  const cuts = new Map<number, number[]>();
  const count = edges.length / 4;
  const west = new Int32Array(count);
  for (let i = 0; i < count; i++) west[i] = Math.min(edges[4 * i] as number, edges[4 * i + 2] as number);
  const order = sortedByWest(west, count);
  const cut = (edge: number, x: number, y: number) => {
    const i = 4 * edge;
    if ((edges[i] === x && edges[i + 1] === y) || (edges[i + 2] === x && edges[i + 3] === y)) return;
    const points = cuts.get(edge);
    if (points === undefined) cuts.set(edge, [x, y]);
    else points.push(x, y);
  };
  const crossings: number[] = [];
  for (let a = 0; a < count; a++) {
    const first = order[a] as number;
    const east = Math.max(edges[4 * first] as number, edges[4 * first + 2] as number);
    for (let b = a + 1; b < count; b++) {
      const second = order[b] as number;
      if ((west[second] as number) > east) break;
      meet(edges, first, second, snap, cut, crossings);
    }
  }
  // A rounded crossing is a pixel like any other: it cuts every edge it touches, its own two first of all.
  for (let i = 0; i < crossings.length; i += 2) {
    const x = crossings[i] as number;
    const y = crossings[i + 1] as number;
    for (let edge = 0; edge < count; edge++) {
      const k = 4 * edge;
      const [ax, ay, bx, by] = [edges[k], edges[k + 1], edges[k + 2], edges[k + 3]] as [number, number, number, number];
      if (pixelTouches(ax, ay, bx, by, x, y)) cut(edge, x, y);
    }
  }
  return cuts;
}

/** Reports where two edges must be cut because they cross or the end of one comes too near to the other. */
function meet(
  edges: readonly number[],
  first: number,
  second: number,
  snap: boolean,
  cut: (edge: number, x: number, y: number) => void,
  crossings: number[],
): void {
  const ax = edges[4 * first] as number;
  const ay = edges[4 * first + 1] as number;
  const bx = edges[4 * first + 2] as number;
  const by = edges[4 * first + 3] as number;
  const cx = edges[4 * second] as number;
  const cy = edges[4 * second + 1] as number;
  const dx = edges[4 * second + 2] as number;
  const dy = edges[4 * second + 3] as number;
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.min(ay, by) > Math.max(cy, dy)) return;
  const ux = bx - ax;
  const uy = by - ay;
  const vx = dx - cx;
  const vy = dy - cy;
  const c = ux * (cy - ay) - uy * (cx - ax);
  const d = ux * (dy - ay) - uy * (dx - ax);
  const a = vx * (ay - cy) - vy * (ax - cx);
  const b = vx * (by - cy) - vy * (bx - cx);
  if (((c > 0 && d < 0) || (c < 0 && d > 0)) && ((a > 0 && b < 0) || (a < 0 && b > 0))) {
    const share = a / (a - b);
    crossings.push(Math.floor(ax + share * ux + 0.5), Math.floor(ay + share * uy + 0.5));
  }
  const firstReach = snap ? Math.abs(ux) + Math.abs(uy) : 0;
  const secondReach = snap ? Math.abs(vx) + Math.abs(vy) : 0;
  if (2 * Math.abs(c) <= firstReach && inBox(cx, cy, ax, ay, bx, by)) cut(first, cx, cy);
  if (2 * Math.abs(d) <= firstReach && inBox(dx, dy, ax, ay, bx, by)) cut(first, dx, dy);
  if (2 * Math.abs(a) <= secondReach && inBox(ax, ay, cx, cy, dx, dy)) cut(second, ax, ay);
  if (2 * Math.abs(b) <= secondReach && inBox(bx, by, cx, cy, dx, dy)) cut(second, bx, by);
}

function inBox(x: number, y: number, ax: number, ay: number, bx: number, by: number): boolean {
  return (ax < bx ? x >= ax && x <= bx : x >= bx && x <= ax) && (ay < by ? y >= ay && y <= by : y >= by && y <= ay);
}

function applyCuts(edges: readonly number[], cuts: ReadonlyMap<number, number[]>): number[] {
  const out: number[] = [];
  for (let i = 0; i < edges.length; i += 4) {
    const ax = edges[i] as number;
    const ay = edges[i + 1] as number;
    const bx = edges[i + 2] as number;
    const by = edges[i + 3] as number;
    const points = cuts.get(i / 4);
    if (points === undefined) {
      out.push(ax, ay, bx, by);
      continue;
    }
    const order: { x: number; y: number; along: number }[] = [];
    for (let k = 0; k < points.length; k += 2) {
      const x = points[k] as number;
      const y = points[k + 1] as number;
      order.push({ x, y, along: (x - ax) * (bx - ax) + (y - ay) * (by - ay) });
    }
    order.sort((p, q) => p.along - q.along);
    let px = ax;
    let py = ay;
    for (const { x, y } of order) {
      out.push(px, py, x, y);
      px = x;
      py = y;
    }
    out.push(px, py, bx, by);
  }
  return out;
}
