/** Moves whose cost is friction alone, or friction and the climb (Langmuir's walk, as GRASS r.walk). */

import { frictionOf, heightOf } from "./field";
import { arrive } from "./queue";
import { lengthOf, step } from "./steps";

let walkA: f64 = 0;
let walkB: f64 = 0;
let walkC: f64 = 0;
let walkD: f64 = 0;
let lambda: f64 = 0;
let slopeFactor: f64 = 0;

/** The coefficients of walking over slopes. */
export function setSlopes(a: f64, b: f64, c: f64, d: f64, weight: f64, steep: f64): void {
  walkA = a;
  walkB = b;
  walkC = c;
  walkD = d;
  lambda = weight;
  slopeFactor = steep;
}

/**
 * Ends a move: `sum` is the friction of its cells together, `share` one over their number.
 * W is u16 where slopes count and u8 where not, so that each kind of search is compiled on its own.
 */
@inline
function reach<W>(start: f64, height: f64, to: i32, move: i32, sum: f64, share: f64): void {
  const length = lengthOf(move);
  let end: f64;
  if (sizeof<W>() === 2) {
    const climb = heightOf(to) - height;
    const slope = climb / length;
    const rate = slope >= 0 ? walkB : slope < slopeFactor ? walkD : walkC;
    end = start + climb * rate + length * walkA + lambda * (sum * share) * length;
  } else {
    end = start + sum * share * length;
  }
  arrive(to, end);
}

/** Tries every move from a cell. K is u16 with the knight's moves and u8 without. */
@inline
export function open<K, W>(from: i32, start: f64, strict: bool): void {
  const column = from & 15;
  const row = (from >> 4) & 15;
  const east = step(0, column);
  const west = step(2, column);
  const south = step(4, row);
  const north = step(6, row);
  const here = frictionOf(from);
  const height: f64 = sizeof<W>() === 2 ? heightOf(from) : 0;

  const fe = frictionOf(from + east);
  const fn = frictionOf(from + north);
  const fw = frictionOf(from + west);
  const fs = frictionOf(from + south);
  const fne = frictionOf(from + north + east);
  const fnw = frictionOf(from + north + west);
  const fsw = frictionOf(from + south + west);
  const fse = frictionOf(from + south + east);

  reach<W>(start, height, from + east, 0, fe + here, 0.5);
  reach<W>(start, height, from + north, 1, fn + here, 0.5);
  reach<W>(start, height, from + west, 2, fw + here, 0.5);
  reach<W>(start, height, from + south, 3, fs + here, 0.5);
  if (!strict || fe >= 0 || fn >= 0) reach<W>(start, height, from + north + east, 4, fne + here, 0.5);
  if (!strict || fw >= 0 || fn >= 0) reach<W>(start, height, from + north + west, 5, fnw + here, 0.5);
  if (!strict || fw >= 0 || fs >= 0) reach<W>(start, height, from + south + west, 6, fsw + here, 0.5);
  if (!strict || fe >= 0 || fs >= 0) reach<W>(start, height, from + south + east, 7, fse + here, 0.5);
  if (sizeof<K>() === 2) {
    const east2 = from + step(1, column);
    const west2 = from + step(3, column);
    const south2 = from + step(5, row);
    const north2 = from + step(7, row);
    reach<W>(start, height, east2 + north, 8, fe + fne + frictionOf(east2 + north) + here, 0.25);
    reach<W>(start, height, north2 + east, 9, fn + fne + frictionOf(north2 + east) + here, 0.25);
    reach<W>(start, height, north2 + west, 10, fn + fnw + frictionOf(north2 + west) + here, 0.25);
    reach<W>(start, height, west2 + north, 11, fw + fnw + frictionOf(west2 + north) + here, 0.25);
    reach<W>(start, height, west2 + south, 12, fw + fsw + frictionOf(west2 + south) + here, 0.25);
    reach<W>(start, height, south2 + west, 13, fs + fsw + frictionOf(south2 + west) + here, 0.25);
    reach<W>(start, height, south2 + east, 14, fs + fse + frictionOf(south2 + east) + here, 0.25);
    reach<W>(start, height, east2 + south, 15, fe + fse + frictionOf(east2 + south) + here, 0.25);
  }
}
