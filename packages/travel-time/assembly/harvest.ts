/** Reading out what a bounded search found, row of tiles by row of tiles, without looking at the rest of the raster. */

import { timeAddress } from "./field";
import { claim } from "./stacks";

let tilesAcross: i32 = 0;
let tiles: i32 = 0;

// 0 when nothing is to be read out.
let marks: usize = 0;
let foundCells: usize = 0;
let foundTimes: usize = 0;

/** Says how many tiles there are; nothing is marked until `keepTiles`. */
export function layTiles(across: i32, down: i32): void {
  tilesAcross = across;
  tiles = across * down;
  marks = 0;
}

/** Marks the tile of an opened cell. */
@inline
export function mark(place: i32): void {
  if (marks !== 0) store<u8>(marks + <usize>(place >> 8), 1);
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
      let at = timeAddress((tile << 8) + (line << 4));
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
