/**
 * Rings and lines in whole tile units, as flat arrays that grow: what is left of a shape after it was brought to a
 * tile's grid. Rings are open: the closing point is not repeated.
 */
export class TileRings {
  /** x0, y0, x1, y1, … in tile units. */
  xy: Int32Array = new Int32Array(1024);
  /** Number of integers used in `xy`. */
  length = 0;
  /** For every ring, the index in `xy` after its last integer. */
  ends: Int32Array = new Int32Array(64);
  count = 0;

  clear(): void {
    this.length = 0;
    this.count = 0;
  }

  /** Where ring `index` starts in `xy`. */
  start(index: number): number {
    return index === 0 ? 0 : (this.ends[index - 1] as number);
  }

  /** Makes room for `extra` more integers. */
  reserve(extra: number): void {
    const needed = this.length + extra;
    if (needed <= this.xy.length) return;
    const grown = new Int32Array(Math.max(needed, this.xy.length * 2));
    grown.set(this.xy.subarray(0, this.length));
    this.xy = grown;
  }

  /** Appends a point to the ring being built. */
  push(x: number, y: number): void {
    if (this.length + 2 > this.xy.length) this.reserve(2);
    this.xy[this.length++] = x;
    this.xy[this.length++] = y;
  }

  /** Ends the ring being built. */
  end(): void {
    if (this.count === this.ends.length) {
      const grown = new Int32Array(this.count * 2);
      grown.set(this.ends);
      this.ends = grown;
    }
    this.ends[this.count++] = this.length;
  }
}

/**
 * Removes, in place, repeated points, points on the straight line between their neighbours, and spikes, also across
 * the seam of the ring. The area the ring encloses does not change.
 * @param xy the array holding the ring
 * @param start index of the first integer of the ring
 * @param end index after its last integer
 * @returns the new end; `start` when fewer than three corners are left
 */
export function cleanRing(xy: Int32Array, start: number, end: number): number {
  let to = start;
  for (let i = start; i < end; i += 2) {
    const x = xy[i] as number;
    const y = xy[i + 1] as number;
    while (to - start >= 4 && straight(xy, to - 4, to - 2, x, y)) to -= 2;
    if (to - start >= 2 && xy[to - 2] === x && xy[to - 1] === y) continue;
    xy[to++] = x;
    xy[to++] = y;
  }
  // The seam: the last point against the first two, and the first against the last two.
  let from = start;
  for (let changed = true; changed && to - from >= 6; ) {
    changed = false;
    if (straight(xy, to - 4, to - 2, xy[from] as number, xy[from + 1] as number)) {
      to -= 2;
      changed = true;
    } else if (straight(xy, to - 2, from, xy[from + 2] as number, xy[from + 3] as number)) {
      from += 2;
      changed = true;
    }
  }
  if (to - from < 6) return start;
  if (from > start) xy.copyWithin(start, from, to);
  return start + to - from;
}

/** Whether the corner at `b`, between the point at `a` and (x, y), has no turn; true also when two points coincide. */
function straight(xy: Int32Array, a: number, b: number, x: number, y: number): boolean {
  const bx = xy[b] as number;
  const by = xy[b + 1] as number;
  return (bx - (xy[a] as number)) * (y - by) === (by - (xy[a + 1] as number)) * (x - bx);
}

/**
 * Twice the signed area of a ring by the surveyor's formula: positive when it runs clockwise on a screen, where y
 * points down, which is how the tile format wants exterior rings (MVT 2.1 §4.3.4.4).
 */
export function doubledArea(xy: Int32Array, start: number, end: number): number {
  let sum = 0;
  let px = xy[end - 2] as number;
  let py = xy[end - 1] as number;
  for (let i = start; i < end; i += 2) {
    const x = xy[i] as number;
    const y = xy[i + 1] as number;
    sum += px * y - x * py;
    px = x;
    py = y;
  }
  return sum;
}

/** Reverses the order of the points of a ring in place. */
export function reverseRing(xy: Int32Array, start: number, end: number): void {
  for (let i = start, j = end - 2; i < j; i += 2, j -= 2) {
    const x = xy[i] as number;
    const y = xy[i + 1] as number;
    xy[i] = xy[j] as number;
    xy[i + 1] = xy[j + 1] as number;
    xy[j] = x;
    xy[j + 1] = y;
  }
}

/**
 * Whether a point lies inside a ring by the crossing rule, exact in integers. The point is given in half units and must
 * not lie on the ring.
 * @param x2 twice the x of the point
 * @param y2 twice the y of the point
 */
export function ringHolds(xy: Int32Array, start: number, end: number, x2: number, y2: number): boolean {
  let inside = false;
  let ax = 2 * (xy[end - 2] as number) - x2;
  let ay = 2 * (xy[end - 1] as number) - y2;
  for (let i = start; i < end; i += 2) {
    const bx = 2 * (xy[i] as number) - x2;
    const by = 2 * (xy[i + 1] as number) - y2;
    // The edge crosses the ray towards +x when it goes down on one side of it and up on the other.
    if (ay > 0 !== by > 0) {
      const cross = ax * by - bx * ay;
      if (cross > 0 === by > ay) inside = !inside;
    }
    ax = bx;
    ay = by;
  }
  return inside;
}
