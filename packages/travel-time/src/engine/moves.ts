import type { StepTables } from "./layout.ts";

/**
 * A move from a cell to one of its neighbours, counterclockwise from east: 0–3 to the sides, 4–7 to the corners, 8–15
 * the knight's moves (two cells one way, one across).
 */
export interface Move {
  /** Columns to the east, rows to the south. */
  readonly dx: -2 | -1 | 0 | 1 | 2;
  readonly dy: -2 | -1 | 0 | 1 | 2;
}

export const MOVES: readonly Move[] = [
  { dx: 1, dy: 0 },
  { dx: 0, dy: -1 },
  { dx: -1, dy: 0 },
  { dx: 0, dy: 1 },
  { dx: 1, dy: -1 },
  { dx: -1, dy: -1 },
  { dx: -1, dy: 1 },
  { dx: 1, dy: 1 },
  { dx: 2, dy: -1 },
  { dx: 1, dy: -2 },
  { dx: -1, dy: -2 },
  { dx: -2, dy: -1 },
  { dx: -2, dy: 1 },
  { dx: -1, dy: 2 },
  { dx: 1, dy: 2 },
  { dx: 2, dy: 1 },
];

/** The number of the move that undoes each move. */
export const REVERSE: readonly number[] = MOVES.map((move) =>
  MOVES.findIndex((other) => other.dx === -move.dx && other.dy === -move.dy),
);

const horizontal = (tables: StepTables, dx: number, at: number) =>
  dx === 0 ? 0 : ((dx === 1 ? tables.east : dx === 2 ? tables.east2 : dx === -1 ? tables.west : tables.west2)[at] ?? 0);

const vertical = (tables: StepTables, dy: number, at: number) =>
  dy === 0
    ? 0
    : ((dy === 1 ? tables.south : dy === 2 ? tables.south2 : dy === -1 ? tables.north : tables.north2)[at] ?? 0);

/** The place in memory that a step of `dx` columns and `dy` rows from a place leads to. */
export function stepFrom(tables: StepTables, place: number, dx: number, dy: number): number {
  return place + horizontal(tables, dx, place & 15) + vertical(tables, dy, (place >> 4) & 15);
}

/**
 * The cells a move passes between its ends: none to a side; to a corner the two beside it, which are looked at only when
 * diagonals are strict; for a knight's move the side cell along its long leg, then the corner cell.
 */
export function passedBy({ dx, dy }: Move): readonly [Move, Move] | null {
  if (dx === 0 || dy === 0) return null;
  const sx = Math.sign(dx) as -1 | 1;
  const sy = Math.sign(dy) as -1 | 1;
  if (Math.abs(dx) === 1 && Math.abs(dy) === 1) {
    return [
      { dx: sx, dy: 0 },
      { dx: 0, dy: sy },
    ];
  }
  const side: Move = Math.abs(dx) === 2 ? { dx: sx, dy: 0 } : { dx: 0, dy: sy };
  return [side, { dx: sx, dy: sy }];
}

/** The lengths of the moves over cells of this size, in its units. */
export function moveLengths(width: number, height: number): Float64Array {
  return Float64Array.from(MOVES, ({ dx, dy }) => {
    // Sides are exact; the root of a square need not be.
    if (dx === 0) return height;
    if (dy === 0) return width;
    return Math.sqrt(dy * height * (dy * height) + dx * width * (dx * width));
  });
}
