import type { Boxed } from "./region-index.ts";

/** For each of many boxes those that meet it: `others` from `starts[i]` up to `starts[i + 1]`, without the box itself. */
export interface Meetings {
  readonly starts: Uint32Array;
  readonly others: Uint32Array;
}

/** So many comparisons a box are made before a sweep is given up for an index. */
const mostComparisons = 100;

/**
 * Positions in the order of the western sides of boxes, and the sides as whole numbers that are in the same order. A whole
 * number of so many bits and a position fit into one float, and floats are sorted without a call for each comparison.
 */
function eastward(boxes: readonly Boxed[]): { order: Uint32Array; level: (x: number) => number } {
  const positions = 2 ** Math.ceil(Math.log2(Math.max(2, boxes.length)));
  let [low, high] = [Infinity, -Infinity];
  for (const { west } of boxes) {
    if (west < low) low = west;
    if (west > high) high = west;
  }
  const scale = high > low ? (2 ** 52 / positions - 1) / (high - low) : 0;
  const level = (x: number) => Math.floor(Math.max(0, x - low) * scale);
  const keys = Float64Array.from(boxes, ({ west }, at) => level(west) * positions + at).sort();
  return { order: Uint32Array.from(keys, (key) => key % positions), level };
}

/**
 * Finds which of many boxes meet or touch each other, in one sweep from west to east.
 * @returns null when too many boxes lie side by side for a sweep to be quick
 */
export function meetingBoxes(boxes: readonly Boxed[]): Meetings | null {
  const count = boxes.length;
  const { order, level } = eastward(boxes);
  const from = new Float64Array(count);
  const south = new Float64Array(count);
  const north = new Float64Array(count);
  const west = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    const box = boxes[order[at] as number] as Boxed;
    west[at] = box.west;
    from[at] = level(box.west);
    south[at] = box.south;
    north[at] = box.north;
  }
  const pairs: number[] = [];
  const starts = new Uint32Array(count + 1);
  let comparisons = 0;
  for (let at = 0; at < count; at++) {
    const own = order[at] as number;
    const { east } = boxes[own] as Boxed;
    const until = level(east);
    const low = south[at] as number;
    const high = north[at] as number;
    let next = at + 1;
    for (; next < count && (from[next] as number) <= until; next++) {
      if ((south[next] as number) > high || (north[next] as number) < low || (west[next] as number) > east) continue;
      // Two in the same step may stand in either order, so that this one's west may lie beyond the other's east.
      const other = order[next] as number;
      if ((boxes[other] as Boxed).east < (west[at] as number)) continue;
      pairs.push(own, other);
      starts[own + 1] = (starts[own + 1] as number) + 1;
      starts[other + 1] = (starts[other + 1] as number) + 1;
    }
    comparisons += next - at;
    if (comparisons > mostComparisons * count) return null;
  }
  for (let at = 0; at < count; at++) starts[at + 1] = (starts[at + 1] as number) + (starts[at] as number);
  const free = starts.slice(0, count);
  const others = new Uint32Array(pairs.length);
  for (let pair = 0; pair < pairs.length; pair += 2) {
    const one = pairs[pair] as number;
    const two = pairs[pair + 1] as number;
    others[free[one] as number] = two;
    free[one] = (free[one] as number) + 1;
    others[free[two] as number] = one;
    free[two] = (free[two] as number) + 1;
  }
  return { starts, others };
}
