import { cleanRing, ringHolds, type TileRings } from "./ring.ts";

/** Above this many corners comparing all pairs is slower than the sweep of `repairRings`. */
const MOST_CORNERS = 64;

const along = new Float64Array(MOST_CORNERS);
const hits = new Int32Array(MOST_CORNERS);
const path = new Int32Array(2 * MOST_CORNERS * (MOST_CORNERS + 1));

/**
 * Snap rounding for the frequent simple cases: leads every edge through the corners whose pixels it touches, drops the
 * spikes and splits the rings where they come back to a corner. That settles nearly all polygons that rounding damaged.
 * @param rings the rings, each through `cleanRing`; not changed
 * @param into overwritten with loops of non-zero area, none inside another unless they are apart
 * @returns false when the result is not certain to be valid: crossings, shared edges, holes that touch, or too many
 *   corners. Then `into` is meaningless and `repairRings` has to do it.
 */
export function snapRings(rings: TileRings, into: TileRings): boolean {
  if (rings.length > 2 * MOST_CORNERS) return false;
  into.clear();
  for (let ring = 0; ring < rings.count; ring++) {
    const length = snapPath(rings, ring);
    splitPath(length, into);
  }
  if (into.count === 0) return true;
  const contact = contactOf(into);
  if (contact === "conflict") return false;
  if (contact === "none" || into.count === 1) return true;
  return noneInside(into);
}

/** Writes into `path` the corners of a ring with the corners its edges are led through; returns the length. */
function snapPath(rings: TileRings, ring: number): number {
  const { xy, length } = rings;
  const end = rings.ends[ring] as number;
  let at = 0;
  let ax = xy[end - 2] as number;
  let ay = xy[end - 1] as number;
  for (let i = rings.start(ring); i < end; i += 2) {
    const bx = xy[i] as number;
    const by = xy[i + 1] as number;
    const ux = bx - ax;
    const uy = by - ay;
    const reach = Math.abs(ux) + Math.abs(uy);
    const west = Math.min(ax, bx);
    const east = Math.max(ax, bx);
    const north = Math.min(ay, by);
    const south = Math.max(ay, by);
    let count = 0;
    for (let v = 0; v < length; v += 2) {
      const x = xy[v] as number;
      if (x < west || x > east) continue;
      const y = xy[v + 1] as number;
      if (y < north || y > south) continue;
      const cross = ux * (y - ay) - uy * (x - ax);
      if (2 * Math.abs(cross) > reach) continue;
      if ((x === ax && y === ay) || (x === bx && y === by)) continue;
      // Insertion into the list kept in order along the edge.
      const distance = ux * (x - ax) + uy * (y - ay);
      let slot = count++;
      while (slot > 0 && (along[slot - 1] as number) > distance) {
        along[slot] = along[slot - 1] as number;
        hits[slot] = hits[slot - 1] as number;
        slot--;
      }
      along[slot] = distance;
      hits[slot] = v;
    }
    for (let k = 0; k < count; k++) {
      const v = hits[k] as number;
      path[at++] = xy[v] as number;
      path[at++] = xy[v + 1] as number;
    }
    path[at++] = bx;
    path[at++] = by;
    ax = bx;
    ay = by;
  }
  return cleanRing(path, 0, at);
}

/** Splits the closed path into loops that pass no corner twice, and appends those with an area. */
function splitPath(length: number, into: TileRings): void {
  // `path` itself serves as the stack: what is below `top` is the way walked so far.
  let top = 0;
  for (let i = 0; i < length; i += 2) {
    const x = path[i] as number;
    const y = path[i + 1] as number;
    let seen = top - 2;
    while (seen >= 0 && (path[seen] !== x || path[seen + 1] !== y)) seen -= 2;
    if (seen >= 0) {
      appendLoop(seen, top, into);
      top = seen;
    }
    path[top++] = x;
    path[top++] = y;
  }
  appendLoop(0, top, into);
}

function appendLoop(start: number, end: number, into: TileRings): void {
  if (end - start < 6) return;
  into.reserve(end - start);
  const to = into.length;
  for (let i = start; i < end; i++) into.xy[to + i - start] = path[i] as number;
  const cleaned = cleanRing(into.xy, to, to + end - start);
  if (cleaned === to) return;
  into.length = cleaned;
  into.end();
}

/** How edges that are not neighbours in a loop meet: not at all, only in corners both have, or otherwise. */
function contactOf(loops: TileRings): "none" | "corners" | "conflict" {
  const { xy } = loops;
  let contact: "none" | "corners" = "none";
  for (let first = 0; first < loops.count; first++) {
    const start = loops.start(first);
    const end = loops.ends[first] as number;
    let ax = xy[end - 2] as number;
    let ay = xy[end - 1] as number;
    for (let i = start; i < end; i += 2) {
      const bx = xy[i] as number;
      const by = xy[i + 1] as number;
      for (let second = first; second < loops.count; second++) {
        const own = second === first;
        const to = own && i === start ? end - 2 : (loops.ends[second] as number);
        let j = own ? i + 4 : loops.start(second);
        let cx = xy[own ? j - 2 : to - 2] as number;
        let cy = xy[own ? j - 1 : to - 1] as number;
        for (; j < to; j += 2) {
          const dx = xy[j] as number;
          const dy = xy[j + 1] as number;
          if (
            (cx >= ax || cx >= bx || dx >= ax || dx >= bx) &&
            (cx <= ax || cx <= bx || dx <= ax || dx <= bx) &&
            (cy >= ay || cy >= by || dy >= ay || dy >= by) &&
            (cy <= ay || cy <= by || dy <= ay || dy <= by)
          ) {
            const meeting = meetingOf(ax, ay, bx, by, cx, cy, dx, dy);
            if (meeting === 2 || (meeting === 1 && own)) return "conflict";
            if (meeting === 1) contact = "corners";
          }
          cx = dx;
          cy = dy;
        }
      }
      ax = bx;
      ay = by;
    }
  }
  return contact;
}

/** 0 when two edges have no point in common, 1 when just a corner of both, 2 otherwise. */
function meetingOf(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): 0 | 1 | 2 {
  const ux = bx - ax;
  const uy = by - ay;
  const vx = dx - cx;
  const vy = dy - cy;
  const c = ux * (cy - ay) - uy * (cx - ax);
  const d = ux * (dy - ay) - uy * (dx - ax);
  if ((c > 0 && d > 0) || (c < 0 && d < 0)) return 0;
  const a = vx * (ay - cy) - vy * (ax - cx);
  const b = vx * (by - cy) - vy * (bx - cx);
  if ((a > 0 && b > 0) || (a < 0 && b < 0)) return 0;
  const sharedA = (ax === cx && ay === cy) || (ax === dx && ay === dy);
  const sharedB = (bx === cx && by === cy) || (bx === dx && by === dy);
  if (sharedA === sharedB) return 2;
  if (c !== 0 || d !== 0) return 1;
  // On one line with one corner in common: apart when they point away from it to opposite sides.
  const px = sharedA ? ax : bx;
  const py = sharedA ? ay : by;
  const qx = sharedA ? bx : ax;
  const qy = sharedA ? by : ay;
  const rx = cx === px && cy === py ? dx : cx;
  const ry = cx === px && cy === py ? dy : cy;
  return (qx - px) * (rx - px) + (qy - py) * (ry - py) < 0 ? 1 : 2;
}

/** Whether no loop lies inside another. Loops that share no edge: the middle of an edge is on no other loop. */
function noneInside(loops: TileRings): boolean {
  for (let inner = 0; inner < loops.count; inner++) {
    const s = loops.start(inner);
    const x2 = (loops.xy[s] as number) + (loops.xy[s + 2] as number);
    const y2 = (loops.xy[s + 1] as number) + (loops.xy[s + 3] as number);
    for (let outer = 0; outer < loops.count; outer++) {
      if (outer === inner) continue;
      if (ringHolds(loops.xy, loops.start(outer), loops.ends[outer] as number, x2, y2)) return false;
    }
  }
  return true;
}
