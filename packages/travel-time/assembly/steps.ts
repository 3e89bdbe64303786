/**
 * How far it is in memory to the cells around, and how long the moves are: eight tables of sixteen entries, by the column
 * (east, west) or the row (south, north) within a tile, then sixteen lengths.
 */

let tables: usize = 0;
let lengths: usize = 0;

function setTable(index: i32, cells: i32, unit: i32, tile: i32): void {
  for (let at = 0; at < 16; at++) {
    const to = at + cells;
    store<i32>(tables + (<usize>(index * 16 + at) << 2), (to & 15) * unit + (to >> 4) * tile - at * unit);
  }
}

/** Says where tables and lengths lie, and returns the address after them. */
export function layTables(at: usize): usize {
  tables = at;
  lengths = tables + 512;
  return lengths + 128;
}

/** Fills the tables; `row` is how far a row of tiles is from the next. */
export function fillTables(row: i32): void {
  setTable(0, 1, 1, 256);
  setTable(1, 2, 1, 256);
  setTable(2, -1, 1, 256);
  setTable(3, -2, 1, 256);
  setTable(4, 1, 16, row);
  setTable(5, 2, 16, row);
  setTable(6, -1, 16, row);
  setTable(7, -2, 16, row);
}

/** Address of the lengths of the sixteen moves (f64), to be written by the caller. */
export function lengthsAt(): usize {
  return lengths;
}

@inline
export function step(table: i32, at: i32): i32 {
  return load<i32>(tables + <usize>(table * 64 + (at << 2)));
}

@inline
export function lengthOf(move: i32): f64 {
  return load<f64>(lengths + <usize>(move * 8));
}
