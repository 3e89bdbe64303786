import type { System } from "./table.ts";

/** A row of whole numbers by column, without zeros. */
type Row = Map<number, bigint>;

function divisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Takes from `row` what clears its `column`, staying in whole numbers: each row is divided by what all its numbers share. */
function clear(row: Row, pivot: Row, column: number): void {
  const by = row.get(column) as bigint;
  const head = pivot.get(column) as bigint;
  const shared = divisor(by, head);
  const [own, other] = [head / shared, by / shared];
  for (const [at, value] of row) row.set(at, value * own);
  for (const [at, value] of pivot) {
    const left = (row.get(at) ?? 0n) - value * other;
    if (left === 0n) row.delete(at);
    else row.set(at, left);
  }
  let common = 0n;
  for (const value of row.values()) {
    common = divisor(common, value);
    if (common === 1n) return;
  }
  if (common > 1n) for (const [at, value] of row) row.set(at, value / common);
}

/**
 * The hidden cells whose count follows from the shown ones by adding and subtracting, and nothing else.
 * Each sum that everyone knows is an equation in the hidden cells; elimination over the whole numbers brings them to
 * reduced echelon form, without rounding. A cell follows exactly if an equation is left that has it alone.
 */
export function derivableCells(system: System, hidden: ReadonlySet<number>): Set<number> {
  const pivots = new Map<number, Row>();
  for (const sum of system.sums) {
    const row: Row = new Map();
    sum.forEach((cell, at) => {
      if (!hidden.has(cell)) return;
      const value = (row.get(cell) ?? 0n) + (at === sum.length - 1 ? -1n : 1n);
      if (value === 0n) row.delete(cell);
      else row.set(cell, value);
    });
    for (const column of [...row.keys()]) {
      const pivot = pivots.get(column);
      if (pivot && row.has(column)) clear(row, pivot, column);
    }
    const column = Math.min(...row.keys());
    if (row.size === 0) continue;
    for (const other of pivots.values()) if (other.has(column)) clear(other, row, column);
    pivots.set(column, row);
  }
  return new Set([...pivots].filter(([, row]) => row.size === 1).map(([column]) => column));
}
