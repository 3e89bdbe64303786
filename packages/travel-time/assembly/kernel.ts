/**
 * The engine in AssemblyScript, compiled to WebAssembly: the same search as `src/engine/twin.ts`, and to the bit the
 * same times. All state is in linear memory; the caller writes friction (and elevation) and the starting times through
 * views, puts seeds in with `improve`, and calls `advance` in steps, because an engine that runs compiled code in tiers
 * replaces a function between calls only.
 */

import { cyclingPace, portableExp } from "./formulas";
import { fillTables, layTables, lengthOf, step } from "./steps";
import { BLOCK, claim, dropBlock, ensure, pop, push, setMostPages, startBlocksAt } from "./stacks";

/** Buckets held at once; a power of two. */
const BUCKETS: i32 = 4096;
/** Times beyond this many buckets share the last one: slower there, never wrong. */
const LAST_BUCKET: f64 = 1073741824.0;
const NOTHING: i32 = i32.MAX_VALUE;

export { lengthsAt } from "./steps";

// Addresses.
let heads: usize = 0;
let far: usize = 0;
let mail: usize = 0;
let friction: usize = 0;
let elevation: usize = 0;
let modes: usize = 0;
let time: usize = 0;

// The question.
let inverse: f64 = 1.0;
let strict: bool = false;
let knight: bool = false;
let kind: i32 = 0;
let towards: bool = false;
let ownedFrom: i32 = 0;
let owned: i32 = 0;
let walkA: f64 = 0;
let walkB: f64 = 0;
let walkC: f64 = 0;
let walkD: f64 = 0;
let lambda: f64 = 0;
let slopeFactor: f64 = 0;
let tilesAcross: i32 = 0;
let tiles: i32 = 0;

// What is read out row of tiles by row of tiles; 0 when it is not.
let marks: usize = 0;
let foundCells: usize = 0;
let foundTimes: usize = 0;

// Where the search stands.
let base: i32 = 0;
let current: i32 = 0;
let opened: f64 = 0;

/**
 * Lays memory out for `across` × `down` tiles; false when there is not enough. Cells of the tile rows that are not the
 * engine's own are only mailed. `movement` is 0 for friction, 1 for walking over slopes, 2 for modes. `reserve` bytes for the queue are claimed at once.
 */
export function prepare(across: i32, down: i32, firstOwn: i32, ownRows: i32, movement: i32, reserve: u32): bool {
  const cells = <u64>across * <u64>down * 256;
  heads = layTables((__heap_base + 255) & ~255);
  far = heads + <usize>(BUCKETS << 2);
  mail = far + 4;
  friction = (mail + 4 + 255) & ~255;
  const needed = <u64>friction + cells * (movement === 0 ? 12 : movement === 1 ? 16 : 17) + <u64>reserve;
  if (needed > 65535 * 65536) return false;
  time = friction + <usize>(cells << 2);
  elevation = time + <usize>(cells << 3);
  modes = movement === 0 ? elevation : elevation + <usize>(cells << 2);
  startBlocksAt(movement === 2 ? modes + <usize>cells : modes);
  kind = movement;
  if (!ensure(<usize>needed)) return false;
  const row = across * 256;
  fillTables(row);
  ownedFrom = firstOwn * row;
  owned = ownRows * row;
  tilesAcross = across;
  tiles = across * down;
  marks = 0;
  clear();
  return true;
}

/** Says how much memory may be taken in all, the queue included; beyond it `prepare` is false and `advance` traps. */
export function setLimit(bytes: f64): void {
  setMostPages(<i32>min<f64>(bytes / 65536.0, 65535.0));
}

/** Empties the queue; the caller resets the times. */
export function clear(): void {
  for (let at = heads; at <= mail; at += 4) {
    let top = load<u32>(at);
    while (top !== 0) {
      const block = (top - 1) & ~(BLOCK - 1);
      top = dropBlock(block);
    }
    store<u32>(at, 0);
  }
  base = 0;
  current = 0;
  opened = 0;
}

/** Says how to search: lengths go to `lengthsAt`, half and quarter of them are taken here. */
export function setSearch(bucket: f64, moves: i32, barSlips: bool): void {
  inverse = 1.0 / bucket;
  knight = moves > 8;
  strict = barSlips;
}

/** The coefficients of walking over slopes, and whether slopes change their sign (modes only). */
export function setWalk(a: f64, b: f64, c: f64, d: f64, weight: f64, steep: f64, inward: bool): void {
  walkA = a;
  walkB = b;
  walkC = c;
  walkD = d;
  lambda = weight;
  slopeFactor = steep;
  towards = inward;
}

/** Address of friction (f32). */
export function frictionAt(): usize {
  return friction;
}
/** Address of elevation (f32), when slopes count. */
export function elevationAt(): usize {
  return elevation;
}
/** Address of the modes (u8), when there are any. */
export function modeAt(): usize {
  return modes;
}
/** Address of the times (f64). */
export function timeAt(): usize {
  return time;
}
/** Cells opened so far. */
export function openedCells(): f64 {
  return opened;
}
/** The bucket that `advance` is at. */
export function currentBucket(): i32 {
  return current;
}

@inline
function bucketOf(at: f64): i32 {
  return <i32>min<f64>(at * inverse, LAST_BUCKET);
}

// @ts-expect-error: decorator
@inline
function wait(place: i32, bucket: i32): void {
  push(<u32>(bucket - base) < <u32>BUCKETS ? heads + (<usize>(bucket & (BUCKETS - 1)) << 2) : far, place);
}

// @ts-expect-error: decorator
@inline
function timeOf(place: i32): f64 {
  return load<f64>(time + (<usize>place << 3));
}

// @ts-expect-error: decorator
@inline
function frictionOf(place: i32): f64 {
  return <f64>load<f32>(friction + (<usize>place << 2));
}

/**
 * Ends a move: `sum` is the friction of its cells together, `share` one over their number.
 * W is u16 where slopes count and u8 where not, so that each kind of search is compiled on its own.
 */
// @ts-expect-error: decorator
@inline
function reach<W>(start: f64, height: f64, to: i32, move: i32, sum: f64, share: f64): void {
  const length = lengthOf(move);
  let end: f64;
  if (sizeof<W>() === 2) {
    const climb = <f64>load<f32>(elevation + (<usize>to << 2)) - height;
    const slope = climb / length;
    const rate = slope >= 0 ? walkB : slope < slopeFactor ? walkD : walkC;
    end = start + climb * rate + length * walkA + lambda * (sum * share) * length;
  } else {
    end = start + sum * share * length;
  }
  const at = time + (<usize>to << 3);
  if (end < load<f64>(at)) {
    store<f64>(at, end);
    wait(to, bucketOf(end));
  }
}

/** Tries every move from a cell. K is u16 with the knight's moves and u8 without. */
// @ts-expect-error: decorator
@inline
function open<K, W>(from: i32, start: f64): void {
  const column = from & 15;
  const row = (from >> 4) & 15;
  const east = step(0, column);
  const west = step(2, column);
  const south = step(4, row);
  const north = step(6, row);
  const here = frictionOf(from);
  const height: f64 = sizeof<W>() === 2 ? <f64>load<f32>(elevation + (<usize>from << 2)) : 0;

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

/** Seconds per metre in a cell, by its mode. */
@inline
function paceOf(place: i32, slope: f64, factor: f64): f64 {
  const pace = frictionOf(place);
  const mode = load<u8>(modes + <usize>place);
  if (mode === 1) return pace * factor;
  if (mode === 3) return pace;
  return mode === 2 ? cyclingPace(pace, slope) : NaN;
}

/** Ends a move under modes; `first` and `second` are passed by a knight's move (`from` else). */
function reachModes(start: f64, from: i32, first: i32, second: i32, to: i32, move: i32): void {
  const length = lengthOf(move);
  const climb = <f64>load<f32>(elevation + (<usize>to << 2)) - <f64>load<f32>(elevation + (<usize>from << 2));
  const rise = climb / length;
  const slope = towards ? -rise : rise;
  const factor = portableExp(3.5 * Math.abs(slope + 0.05) - 0.175);
  const ends = paceOf(to, slope, factor);
  const end =
    move < 8
      ? start + (ends + paceOf(from, slope, factor)) * 0.5 * length
      : start +
        (paceOf(first, slope, factor) + paceOf(second, slope, factor) + ends + paceOf(from, slope, factor)) * 0.25 * length;
  const at = time + (<usize>to << 3);
  if (end < load<f64>(at)) {
    store<f64>(at, end);
    wait(to, bucketOf(end));
  }
}

/** Tries every move from a cell under modes. K is u16 with the knight's moves and u8 without. */
@inline
function openModes<K>(from: i32, start: f64): void {
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

function run<K, W>(limit: i32, budget: i32): bool {
  while (current < limit) {
    const head = heads + (<usize>(current & (BUCKETS - 1)) << 2);
    if (load<u32>(head) === 0) {
      current++;
      continue;
    }
    if (budget-- <= 0) return false;
    const place = pop(head);
    const start = timeOf(place);
    // A cell that has since been reached earlier was opened in an earlier bucket.
    if (bucketOf(start) !== current) continue;
    if (<u32>(place - ownedFrom) >= <u32>owned) {
      push(mail, place);
      continue;
    }
    opened += 1;
    if (marks !== 0) store<u8>(marks + <usize>(place >> 8), 1);
    if (sizeof<W>() === 4) openModes<K>(place, start);
    else open<K, W>(place, start);
  }
  return true;
}

/** Opens at most `budget` cells in the buckets below `limit`; true when none is left there. */
export function advance(limit: i32, budget: i32): bool {
  if (kind === 2) return knight ? run<u16, u32>(limit, budget) : run<u8, u32>(limit, budget);
  if (kind === 1) return knight ? run<u16, u16>(limit, budget) : run<u8, u16>(limit, budget);
  return knight ? run<u16, u8>(limit, budget) : run<u8, u8>(limit, budget);
}

/** Lowers the time of a cell, and queues it; false when it is no earlier than what is known. */
export function improve(place: i32, at: f64): bool {
  if (!(at < timeOf(place))) return false;
  store<f64>(time + (<usize>place << 3), at);
  const bucket = bucketOf(at);
  wait(place, bucket);
  if (bucket < current) current = bucket;
  return true;
}

/** The first bucket from `done` on in which a cell waits; `i32.MAX_VALUE` when none does. */
export function firstWaiting(done: i32): i32 {
  let first = NOTHING;
  for (let bucket = done; bucket < base + BUCKETS; bucket++) {
    if (load<u32>(heads + (<usize>(bucket & (BUCKETS - 1)) << 2)) !== 0) {
      first = bucket;
      break;
    }
  }
  let top = load<u32>(far);
  while (top !== 0) {
    const block = (top - 1) & ~(BLOCK - 1);
    for (let at = block + 4; at < top; at += 4) {
      const bucket = bucketOf(timeOf(load<i32>(at)));
      if (bucket >= done && bucket < first) first = bucket;
    }
    const below = load<u32>(block);
    top = below === 0 ? 0 : below + BLOCK;
  }
  return first;
}

/** Starts a window at a bucket below which all is final; cells put off until now are queued, final ones dropped. */
export function openWindow(first: i32): void {
  base = first;
  current = first;
  let top = load<u32>(far);
  store<u32>(far, 0);
  while (top !== 0) {
    const block = (top - 1) & ~(BLOCK - 1);
    for (let at = block + 4; at < top; at += 4) {
      const place = load<i32>(at);
      const bucket = bucketOf(timeOf(place));
      if (bucket >= first) wait(place, bucket);
    }
    top = dropBlock(block);
  }
}

/** A cell outside the engine's own rows whose time was lowered, or -1 when all have been taken. */
export function takeMail(): i32 {
  return load<u32>(mail) === 0 ? -1 : pop(mail);
}

/** Has the tiles of opened cells marked from now on, for `harvest`; false when there is no memory for it. To be called after `prepare`. */
export function keepTiles(): bool {
  const row = <usize>tilesAcross << 8;
  foundCells = claim(row * 12 + <usize>tiles);
  if (foundCells === 0) return false;
  foundTimes = foundCells + (row << 2);
  marks = foundTimes + (row << 3);
  memory.fill(marks, 0, <usize>tiles);
  return true;
}

/** Address of the cells that `harvest` found (i32). */
export function foundCellsAt(): usize {
  return foundCells;
}
/** Address of their times (f64). */
export function foundTimesAt(): usize {
  return foundTimes;
}

/**
 * Takes the cells of a row of tiles that have a time, in ascending order, and makes them `unreached` again. `first` is the
 * number of the cell at the start of the row of tiles, `columns` how far a row of cells is from the next. Returns how many.
 */
export function harvest(down: i32, first: i32, columns: i32, unreached: f64): i32 {
  const start = down * tilesAcross;
  let from = -1;
  let until = -1;
  for (let tile = start; tile < start + tilesAcross; tile++) {
    if (load<u8>(marks + <usize>tile) === 0) continue;
    if (from < 0) from = tile;
    until = tile;
  }
  if (from < 0) return 0;
  let count: usize = 0;
  for (let line = 0; line < 16; line++) {
    for (let tile = from; tile <= until; tile++) {
      if (load<u8>(marks + <usize>tile) === 0) continue;
      const cell = first + line * columns + ((tile - start) << 4);
      let at = time + (<usize>((tile << 8) + (line << 4)) << 3);
      for (let x = 0; x < 16; x++) {
        const seconds = load<f64>(at);
        if (seconds !== unreached) {
          store<f64>(at, unreached);
          store<i32>(foundCells + (count << 2), cell + x);
          store<f64>(foundTimes + (count << 3), seconds);
          count++;
        }
        at += 8;
      }
    }
  }
  memory.fill(marks + <usize>from, 0, <usize>(until - from + 1));
  return <i32>count;
}
