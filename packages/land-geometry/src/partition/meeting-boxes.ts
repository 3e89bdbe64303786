import type { Boxed } from "./region-index.ts";

/** For each of many boxes those that meet it: `others` from `starts[i]` up to `starts[i + 1]`, without the box itself. */
export interface Meetings {
  readonly starts: Uint32Array;
  readonly others: Uint32Array;
}

/** So many comparisons a box are made before a sweep is given up for an index. */
const mostComparisons = 100;

/**
 * Finds which of many boxes meet or touch each other, in one sweep from west to east.
 * @returns null when too many boxes lie side by side for a sweep to be quick
 */
export function meetingBoxes(boxes: readonly Boxed[]): Meetings | null {
  const count = boxes.length;
  let [low, high] = [Infinity, -Infinity];
  for (const box of boxes) {
    if (box.west < low) low = box.west;
    if (box.west > high) high = box.west;
  }
  // A whole number that rises with the western side, and a position, fit into one float together; floats are sorted
  // without a call for each comparison.
  const positions = 2 ** Math.ceil(Math.log2(Math.max(2, count)));
  const scale = high > low ? (2 ** 52 / positions - 1) / (high - low) : 0;
  const keys = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    keys[at] = Math.floor(((boxes[at] as Boxed).west - low) * scale) * positions + at;
  }
  keys.sort();
  const order = new Uint32Array(count);
  const from = new Float64Array(count);
  const sides = new Float64Array(4 * count);
  for (let at = 0; at < count; at++) {
    const key = keys[at] as number;
    const step = Math.floor(key / positions);
    const { west, south, east, north } = boxes[key - step * positions] as Boxed;
    order[at] = key - step * positions;
    from[at] = step;
    sides[4 * at] = west;
    sides[4 * at + 1] = south;
    sides[4 * at + 2] = east;
    sides[4 * at + 3] = north;
  }
  const pairs: number[] = [];
  const starts = new Uint32Array(count + 1);
  let comparisons = 0;
  for (let at = 0; at < count; at++) {
    const own = order[at] as number;
    const west = sides[4 * at] as number;
    const south = sides[4 * at + 1] as number;
    const east = sides[4 * at + 2] as number;
    const north = sides[4 * at + 3] as number;
    const until = Math.floor((east - low) * scale);
    let next = at + 1;
    for (; next < count && (from[next] as number) <= until; next++) {
      const k = 4 * next;
      if ((sides[k + 1] as number) > north || (sides[k + 3] as number) < south) continue;
      // Two in the same step may stand in either order.
      if ((sides[k] as number) > east || (sides[k + 2] as number) < west) continue;
      const other = order[next] as number;
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
