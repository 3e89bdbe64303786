/**
 * The engine in AssemblyScript, compiled to WebAssembly: the same search as `src/engine/twin.ts`, and to the bit the
 * same times. All state is in linear memory; the caller writes friction (and elevation) and the starting times through
 * views, puts seeds in with `improve`, and calls `advance` in steps, because an engine that runs compiled code in tiers
 * replaces a function between calls only.
 */

import { open, setSlopes } from "./edges";
import { bytesPerCell, layField, timeOf } from "./field";
import { layTiles, mark } from "./harvest";
import { openModes, setTowards } from "./modes";
import { batchAt, bucketOf, clearQueue, currentBucket, goOn, layQueue, putInMail, setBucket, takeBatch } from "./queue";
import { ensure, setMostPages, startBlocksAt } from "./stacks";
import { fillTables, layTables } from "./steps";

export { elevationAt, frictionAt, modeAt, timeAt } from "./field";
export { foundCellsAt, foundTimesAt, harvest, keepTiles } from "./harvest";
export { currentBucket, firstWaiting, improve, openWindow, takeMail } from "./queue";
export { lengthsAt } from "./steps";

let strict: bool = false;
let knight: bool = false;
let kind: i32 = 0;
let ownedFrom: i32 = 0;
let owned: i32 = 0;
let opened: f64 = 0;

/**
 * Lays memory out for `across` × `down` tiles; false when there is not enough. Cells of the tile rows that are not the
 * engine's own are only mailed. `movement` is 0 for friction, 1 for walking over slopes, 2 for modes. `reserve` bytes for the queue are claimed at once.
 */
export function prepare(across: i32, down: i32, firstOwn: i32, ownRows: i32, movement: i32, reserve: u32): bool {
  const cells = <u64>across * <u64>down * 256;
  const start = (layQueue(layTables((__heap_base + 255) & ~255)) + 255) & ~255;
  const needed = <u64>start + cells * bytesPerCell(movement) + <u64>reserve;
  if (needed > 65535 * 65536) return false;
  startBlocksAt(layField(start, <usize>cells, movement));
  kind = movement;
  if (!ensure(<usize>needed)) return false;
  const row = across * 256;
  fillTables(row);
  ownedFrom = firstOwn * row;
  owned = ownRows * row;
  layTiles(across, down);
  clear();
  return true;
}

/** Says how much memory may be taken in all, the queue included; beyond it `prepare` is false and `advance` traps. */
export function setLimit(bytes: f64): void {
  setMostPages(<i32>min<f64>(bytes / 65536.0, 65535.0));
}

/** Empties the queue; the caller resets the times. */
export function clear(): void {
  clearQueue();
  opened = 0;
}

/** Says how to search: lengths go to `lengthsAt`, half and quarter of them are taken here. */
export function setSearch(bucket: f64, moves: i32, barSlips: bool): void {
  setBucket(bucket);
  knight = moves > 8;
  strict = barSlips;
}

/** The coefficients of walking over slopes, and whether slopes change their sign (modes only). */
export function setWalk(a: f64, b: f64, c: f64, d: f64, weight: f64, steep: f64, inward: bool): void {
  setSlopes(a, b, c, d, weight, steep);
  setTowards(inward);
}

/** Cells opened so far. */
export function openedCells(): f64 {
  return opened;
}

function run<K, W>(limit: i32, budget: i32): bool {
  while (goOn(limit)) {
    if (budget <= 0) return false;
    const bucket = currentBucket();
    const end = takeBatch<K>();
    budget -= <i32>((end - batchAt()) >> 2);
    for (let at = batchAt(); at < end; at += 4) {
      const place = load<i32>(at);
      const start = timeOf(place);
      // A cell that has since been reached earlier was opened in an earlier bucket.
      if (bucketOf(start) !== bucket) continue;
      if (<u32>(place - ownedFrom) >= <u32>owned) {
        putInMail(place);
        continue;
      }
      opened += 1;
      mark(place);
      if (sizeof<W>() === 4) openModes<K>(place, start, strict);
      else open<K, W>(place, start, strict);
    }
  }
  return true;
}

/** Opens about `budget` cells in the buckets below `limit`; true when none is left there. */
export function advance(limit: i32, budget: i32): bool {
  if (kind === 2) return knight ? run<u16, u32>(limit, budget) : run<u8, u32>(limit, budget);
  if (kind === 1) return knight ? run<u16, u16>(limit, budget) : run<u8, u16>(limit, budget);
  return knight ? run<u16, u8>(limit, budget) : run<u8, u8>(limit, budget);
}
