import type { TileRings } from "./ring.ts";

/** A box in tile units; its edges belong to it. */
export interface ClipBox {
  readonly min: number;
  readonly max: number;
}

let bufferA = new Int32Array(1024);
let bufferB = new Int32Array(1024);

/**
 * Cuts a ring with a square box, one side after the other (Sutherland and Hodgman, 1974), and rounds the cut points to
 * whole units. The result encloses the same points of the box by the even-odd rule, but may run along the box's sides
 * and touch itself there: `repairRings` splits it where it does.
 * @param xy the ring, from `start` to `end`
 * @param into where the points of the cut ring are appended; the caller ends the ring
 */
export function clipRing(xy: Int32Array, start: number, end: number, box: ClipBox, into: TileRings): void {
  // A cut adds at most one point per crossing, so each side at most doubles the ring; in fact it adds half of that.
  const room = 16 * (end - start) + 16;
  if (bufferA.length < room) {
    bufferA = new Int32Array(room);
    bufferB = new Int32Array(room);
  }
  let from = bufferA;
  let to = bufferB;
  let length = end - start;
  for (let i = 0; i < length; i++) from[i] = xy[start + i] as number;
  for (let side = 0; side < 4 && length > 0; side++) {
    length = clipSide(from, length, side & 1, side < 2 ? box.min : box.max, side < 2 ? 1 : -1, to);
    const swap = from;
    from = to;
    to = swap;
  }
  into.reserve(length);
  for (let i = 0; i < length; i += 2) into.push(from[i] as number, from[i + 1] as number);
}

/** Keeps the part of a ring where sign * (coordinate - limit) >= 0; axis 0 is x, 1 is y. */
function clipSide(from: Int32Array, length: number, axis: number, limit: number, sign: number, to: Int32Array): number {
  let at = 0;
  let px = from[length - 2] as number;
  let py = from[length - 1] as number;
  let pIn = sign * ((axis === 0 ? px : py) - limit) >= 0;
  for (let i = 0; i < length; i += 2) {
    const x = from[i] as number;
    const y = from[i + 1] as number;
    const isIn = sign * ((axis === 0 ? x : y) - limit) >= 0;
    if (isIn !== pIn) {
      if (axis === 0) {
        to[at++] = limit;
        to[at++] = crossing(px, py, x, y, limit);
      } else {
        to[at++] = crossing(py, px, y, x, limit);
        to[at++] = limit;
      }
    }
    if (isIn) {
      to[at++] = x;
      to[at++] = y;
    }
    px = x;
    py = y;
    pIn = isIn;
  }
  return at;
}

/**
 * The second coordinate, rounded, where the segment (a, b)–(c, d) has first coordinate `limit`. The segment is always
 * taken in the same direction, so that two neighbours that share an edge are cut at the same point.
 */
function crossing(a: number, b: number, c: number, d: number, limit: number): number {
  return a < c ? cut(a, b, c, d, limit) : cut(c, d, a, b, limit);
}

function cut(a: number, b: number, c: number, d: number, limit: number): number {
  return Math.floor(b + ((limit - a) * (d - b)) / (c - a) + 0.5);
}

/**
 * Cuts a line with a square box into the pieces inside it, rounded to whole units.
 * @param xy the line, from `start` to `end`
 * @param into where each piece of at least two different points is added as one part
 */
export function clipLine(xy: Int32Array, start: number, end: number, box: ClipBox, into: TileRings): void {
  let partStart = into.length;
  const finish = () => {
    if (into.length - partStart >= 4) into.end();
    else into.length = partStart;
    partStart = into.length;
  };
  for (let i = start + 2; i < end; i += 2) {
    const ax = xy[i - 2] as number;
    const ay = xy[i - 1] as number;
    const bx = xy[i] as number;
    const by = xy[i + 1] as number;
    // Liang and Barsky (1984): the share of the segment inside the box, from 0 to 1.
    let enter = 0;
    let leave = 1;
    const dx = bx - ax;
    const dy = by - ay;
    for (let side = 0; side < 4; side++) {
      const run = side === 0 ? -dx : side === 1 ? dx : side === 2 ? -dy : dy;
      const gap = side === 0 ? ax - box.min : side === 1 ? box.max - ax : side === 2 ? ay - box.min : box.max - ay;
      if (run === 0) {
        if (gap < 0) leave = -1;
      } else if (run < 0) {
        enter = Math.max(enter, gap / run);
      } else {
        leave = Math.min(leave, gap / run);
      }
    }
    if (enter > leave) {
      finish();
      continue;
    }
    if (enter > 0) finish();
    pushNew(into, partStart, Math.floor(ax + enter * dx + 0.5), Math.floor(ay + enter * dy + 0.5));
    pushNew(into, partStart, Math.floor(ax + leave * dx + 0.5), Math.floor(ay + leave * dy + 0.5));
    if (leave < 1) finish();
  }
  finish();
}

/** Appends a point unless it repeats the last one of the part. */
function pushNew(into: TileRings, partStart: number, x: number, y: number): void {
  const { xy, length } = into;
  if (length > partStart && xy[length - 2] === x && xy[length - 1] === y) return;
  into.push(x, y);
}
