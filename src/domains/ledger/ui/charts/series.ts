import type { MovementOutput, TableOutput } from "../../contract.ts";

/** What land was released by: each has a pattern of its own. */
export const releases = ["cancelled", "reduced", "cleared"] as const;
export type Release = (typeof releases)[number];

/** Open land by class. */
export const stocks = ["closingConfirmed", "closingSuspected"] as const;
export type Stock = (typeof stocks)[number];

/** Released land of a movement by kind, whole square metres. */
export function releasedBy(movement: MovementOutput, kind: Release): number {
  return kind === "reduced" ? movement.reducedWithoutAsset + movement.reducedWithAsset : movement[kind];
}

/** One piece of a stacked bar: where it begins and ends. */
export interface Piece<Kind extends string> {
  kind: Kind;
  label: string;
  from: number;
  to: number;
}

/** The pieces of stacked bars, from the first kind up; pieces of no size are left out. */
export function stack<Row, Kind extends string>(
  rows: readonly Row[],
  kinds: readonly Kind[],
  label: (row: Row) => string,
  value: (row: Row, kind: Kind) => number,
): Piece<Kind>[] {
  return rows.flatMap((row) => {
    let top = 0;
    return kinds.flatMap((kind) => {
      const size = value(row, kind);
      if (size <= 0) return [];
      const piece = { kind, label: label(row), from: top, to: top + size };
      top += size;
      return [piece];
    });
  });
}

/** A year of the ledger: what was released in it, and what was open at its end. */
export interface LedgerYear {
  year: string;
  movement: MovementOutput;
}

/** The rows of a table by year without gaps: in a year without entries nothing moves and what was open stays open. */
export function everyYear(rows: TableOutput["rows"]): LedgerYear[] {
  const known = new Map(rows.flatMap(({ key, movement }) => (key === null ? [] : [[Number(key), movement] as const])));
  if (known.size === 0) return [];
  const [first, last] = [Math.min(...known.keys()), Math.max(...known.keys())];
  const years: LedgerYear[] = [];
  for (let year = first; year <= last; year++) {
    const before = years.at(-1)?.movement;
    const movement = known.get(year) ?? (before ? unmoved(before) : undefined);
    if (movement) years.push({ year: String(year), movement });
  }
  return years;
}

function unmoved({ closing, closingSuspected, closingConfirmed }: MovementOutput): MovementOutput {
  return {
    ...{ opening: closing, closing, closingSuspected, closingConfirmed },
    ...{ identified: 0, boundaryIncrease: 0, boundaryDecrease: 0, administrative: 0 },
    ...{ cancelled: 0, reducedWithoutAsset: 0, reducedWithAsset: 0, cleared: 0 },
  };
}
