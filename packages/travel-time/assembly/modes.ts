/** Moves on foot, by bicycle or motorised, each cell by its own mode. */

import { frictionOf, heightOf, modeOf } from "./field";
import { cyclingPace, portableExp } from "./formulas";
import { arrive } from "./queue";
import { lengthOf, step } from "./steps";

let towards: bool = false;

/** Whether travel is towards the sources: slopes change their sign. */
export function setTowards(inward: bool): void {
  towards = inward;
}

/** Seconds per metre in a cell, by its mode. */
@inline
function paceOf(place: i32, slope: f64, factor: f64): f64 {
  const pace = frictionOf(place);
  const mode = modeOf(place);
  if (mode === 1) return pace * factor;
  if (mode === 3) return pace;
  return mode === 2 ? cyclingPace(pace, slope) : NaN;
}

/** Ends a move under modes; `first` and `second` are passed by a knight's move (`from` else). */
function reachModes(start: f64, from: i32, first: i32, second: i32, to: i32, move: i32): void {
  const length = lengthOf(move);
  const climb = heightOf(to) - heightOf(from);
  const rise = climb / length;
  const slope = towards ? -rise : rise;
  const factor = portableExp(3.5 * Math.abs(slope + 0.05) - 0.175);
  const ends = paceOf(to, slope, factor);
  const end =
    move < 8
      ? start + (ends + paceOf(from, slope, factor)) * 0.5 * length
      : start +
        (paceOf(first, slope, factor) + paceOf(second, slope, factor) + ends + paceOf(from, slope, factor)) * 0.25 * length;
  arrive(to, end);
}

/** Tries every move from a cell under modes. K is u16 with the knight's moves and u8 without. */
@inline
export function openModes<K>(from: i32, start: f64, strict: bool): void {
  const column = from & 15;
  const row = (from >> 4) & 15;
  const east = from + step(0, column);
  const west = from + step(2, column);
  const south = step(4, row);
  const north = step(6, row);
  const fe = frictionOf(east);
  const fn = frictionOf(from + north);
  const fw = frictionOf(west);
  const fs = frictionOf(from + south);
  reachModes(start, from, from, from, east, 0);
  reachModes(start, from, from, from, from + north, 1);
  reachModes(start, from, from, from, west, 2);
  reachModes(start, from, from, from, from + south, 3);
  if (!strict || fe >= 0 || fn >= 0) reachModes(start, from, from, from, east + north, 4);
  if (!strict || fw >= 0 || fn >= 0) reachModes(start, from, from, from, west + north, 5);
  if (!strict || fw >= 0 || fs >= 0) reachModes(start, from, from, from, west + south, 6);
  if (!strict || fe >= 0 || fs >= 0) reachModes(start, from, from, from, east + south, 7);
  if (sizeof<K>() === 2) {
    const east2 = from + step(1, column);
    const west2 = from + step(3, column);
    const south2 = from + step(5, row);
    const north2 = from + step(7, row);
    const dx = east - from;
    const dw = west - from;
    reachModes(start, from, east, east + north, east2 + north, 8);
    reachModes(start, from, from + north, east + north, north2 + dx, 9);
    reachModes(start, from, from + north, west + north, north2 + dw, 10);
    reachModes(start, from, west, west + north, west2 + north, 11);
    reachModes(start, from, west, west + south, west2 + south, 12);
    reachModes(start, from, from + south, west + south, south2 + dw, 13);
    reachModes(start, from, from + south, east + south, south2 + dx, 14);
    reachModes(start, from, east, east + south, east2 + south, 15);
  }
}
