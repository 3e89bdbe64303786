import { derivableCells } from "./exact.ts";
import { determinedUnknowns } from "./rank.ts";
import { type CountTable, coordinatesOf, type Grid, indexOf, type Place, type System, systemOf } from "./table.ts";

/** How cells are hidden. */
export interface SuppressionOptions {
  /** Counts from 1 to one less than this are hidden. Default 5. */
  threshold?: number;
  /**
   * Whether a zero is shown (the default: nobody is behind it) or hidden like a small count, where knowing that nobody of
   * a group was counted can itself do harm.
   */
  zeros?: "shown" | "small";
}

/** Why a cell is as it is. */
export type CellReason =
  /** Neither small nor needed to hide another. */
  | "large-enough"
  | "zero"
  /** From 1 to the threshold, or zero where zeros are small. */
  | "small"
  /** Would give away a hidden one. */
  | "protects-others";

/** One cell of the result, inner or total. */
export interface SuppressionCell {
  place: Place;
  status: "shown" | "primary" | "secondary";
  /** Null when hidden: what must not be published is not handed on. */
  count: number | null;
  reason: CellReason;
  /**
   * For a small cell: whether at least two counts remain possible even to somebody who knows the threshold, that counts
   * are not negative, and which cells were hidden for their own sake. False means that only adding and subtracting is defeated.
   */
  ambiguous?: boolean;
}

/** The result for all tables together; shared cells appear once. */
export interface Suppression {
  threshold: number;
  cells: SuppressionCell[];
  primary: number;
  secondary: number;
  /** The counts of all cells that were hidden only to protect others, added up: what the protection cost. */
  lost: number;
}

type Bounds = (cell: number) => readonly [lowest: number, highest: number];

/**
 * A hypercube with a corner at the given place: another value, or the total, in every dimension. Adding one at every second
 * corner and taking one from the others leaves every sum as it is (with the sign turned where the other side is a total),
 * so a count that is hidden together with all corners cannot be told.
 */
function cube(grid: Grid, at: readonly number[], other: readonly number[]): { cell: number; sign: number }[] {
  const dimensions = at.length;
  return Array.from({ length: 2 ** dimensions }, (_, corner) => {
    let sign = 1;
    const place = at.map((coordinate, d) => {
      const total = (grid.sizes[d] as number) - 1;
      if (((corner >> d) & 1) === 0) return coordinate;
      // Along a line two values change in opposite ways, a value and its total in the same way.
      if (coordinate !== total && other[d] !== total) sign = -sign;
      return other[d] as number;
    });
    return { cell: grid.cells[indexOf(place, grid.sizes)] as number, sign };
  });
}

/** Whether a cell could be one more or one less with all corners within what is known of them. */
function moves(corners: readonly { cell: number; sign: number }[], system: System, bounds: Bounds): boolean {
  return [1, -1].some((direction) =>
    corners.every(({ cell, sign }) => {
      const [lowest, highest] = bounds(cell);
      const count = (system.cells[cell]?.count ?? 0) + sign * direction;
      return count >= lowest && count <= highest;
    }),
  );
}

/** What it costs to hide a cell that is not hidden yet: its count. A zero says little, but hides badly: it comes last. */
function priceOf(system: System, cell: number): number {
  const count = system.cells[cell]?.count ?? 0;
  return count === 0 ? 1e9 : count;
}

/** The cheapest hypercube around a place of a grid; of equally cheap ones the first in the order of the table. */
function cheapestCube(
  system: System,
  grid: Grid,
  place: number,
  hidden: ReadonlySet<number>,
  bounds: Bounds | undefined,
): number[] | undefined {
  const at = coordinatesOf(place, grid.sizes);
  const choices = grid.sizes.map((size, d) =>
    Array.from({ length: size }, (_, value) => value).filter((value) => value !== at[d]),
  );
  let best: number[] | undefined;
  let least = Number.POSITIVE_INFINITY;
  const chosen = choices.map(() => 0);
  for (;;) {
    const corners = cube(
      grid,
      at,
      chosen.map((index, d) => (choices[d] as number[])[index] as number),
    );
    const price = corners.reduce((sum, { cell }) => (hidden.has(cell) ? sum : sum + priceOf(system, cell)), 0);
    if (price < least && (!bounds || moves(corners, system, bounds))) {
      least = price;
      best = corners.map(({ cell }) => cell);
    }
    let d = chosen.length - 1;
    while (d >= 0 && chosen[d] === (choices[d] as number[]).length - 1) {
      chosen[d] = 0;
      d -= 1;
    }
    if (d < 0) return best;
    chosen[d] = (chosen[d] as number) + 1;
  }
}

/** As `derivableCells`, by ranks: many times faster, for trying things out before the exact answer. */
function quicklyDerivable(system: System, hidden: ReadonlySet<number>): Set<number> {
  const order = [...hidden];
  const unknown = new Map(order.map((cell, index) => [cell, index]));
  const equations = system.sums
    .map((sum) =>
      sum.flatMap((cell, at): [number, number][] => {
        const index = unknown.get(cell);
        return index === undefined ? [] : [[index, at === sum.length - 1 ? -1 : 1]];
      }),
    )
    .filter((equation) => equation.length > 0);
  return new Set([...determinedUnknowns(equations, order.length)].map((index) => order[index] as number));
}

/** Hides the cheapest cell in a sum with one that still follows, until none does: what linked tables need beyond hypercubes. */
function hideUntilSafe(system: System, hidden: Set<number>): void {
  for (;;) {
    const derivable = derivableCells(system, hidden);
    if (derivable.size === 0) return;
    const candidates = system.sums
      .filter((sum) => sum.some((cell) => derivable.has(cell)))
      .flat()
      .filter((cell) => !hidden.has(cell));
    const rest =
      candidates.length > 0 ? candidates : system.cells.map((_, cell) => cell).filter((cell) => !hidden.has(cell));
    // With every cell hidden nothing follows, so there is always one left to hide.
    hidden.add(
      rest.reduce((best, cell) => (priceOf(system, cell) < priceOf(system, best) ? cell : best), rest[0] as number),
    );
  }
}

/** More secondary cells than this are not taken back one by one: the trial costs the cube of their number. */
const mostTrials = 200;

/**
 * Hides small counts, and as many others as it takes that no hidden count follows from the shown ones.
 * First the counts from 1 to threshold − 1 in cells and totals; then for each of them the cheapest hypercube of cells
 * that can change without any sum changing (after Giessing and Repsilber's hypercube method), preferring those
 * in which the count stays ambiguous within its known bounds; then hidden cells that turn out not to be needed are
 * shown again, the largest first; last, exact elimination proves that nothing follows. Several tables are hidden as one,
 * so that a cell they share is shown or hidden in all. Deterministic. Throws `TableError` for impossible tables.
 */
export function suppress(tables: CountTable | readonly CountTable[], options: SuppressionOptions = {}): Suppression {
  const threshold = options.threshold ?? 5;
  const zerosAreSmall = options.zeros === "small";
  const list = "counts" in tables ? [tables] : tables;
  const system = systemOf(list);
  const countOf = (cell: number) => (system.cells[cell] as System["cells"][number]).count;
  const primary = new Set(
    system.cells.flatMap(({ count }, cell) => (count < threshold && (count > 0 || zerosAreSmall) ? [cell] : [])),
  );
  const bounds: Bounds = (cell) =>
    primary.has(cell)
      ? [zerosAreSmall ? 0 : 1, threshold - 1]
      : countOf(cell) === 0
        ? [0, 0]
        : [threshold, Number.POSITIVE_INFINITY];
  const hidden = new Set(primary);
  /** The hypercubes that keep small cells ambiguous; their cells are not shown again. */
  const witnesses = new Map<number, readonly number[]>();
  for (const grid of system.grids)
    grid.cells.forEach((cell, place) => {
      if (!primary.has(cell) || witnesses.has(cell)) return;
      const ambiguous = cheapestCube(system, grid, place, hidden, bounds);
      const corners = ambiguous ?? cheapestCube(system, grid, place, hidden, undefined) ?? [];
      if (ambiguous) witnesses.set(cell, corners);
      for (const corner of corners) hidden.add(corner);
    });
  hideUntilSafe(system, hidden);
  const kept = new Set([...witnesses.values()].flat());
  const spare = [...hidden]
    .filter((cell) => !primary.has(cell) && !kept.has(cell))
    .sort((a, b) => countOf(b) - countOf(a) || a - b);
  if (spare.length <= mostTrials)
    for (const cell of spare) {
      hidden.delete(cell);
      if (quicklyDerivable(system, hidden).size > 0) hidden.add(cell);
    }
  hideUntilSafe(system, hidden);
  const shared = sharedCells(system);
  const ambiguous = new Set(
    [...witnesses].filter(([, corners]) => !corners.some((cell) => shared.has(cell))).map(([cell]) => cell),
  );
  const cells = system.cells.map(({ place, count }, cell): SuppressionCell => {
    if (primary.has(cell))
      return { place, status: "primary", count: null, reason: "small", ambiguous: ambiguous.has(cell) };
    if (hidden.has(cell)) return { place, status: "secondary", count: null, reason: "protects-others" };
    return { place, status: "shown", count, reason: count === 0 ? "zero" : "large-enough" };
  });
  const secondary = [...hidden].filter((cell) => !primary.has(cell));
  return {
    threshold,
    cells,
    primary: primary.size,
    secondary: secondary.length,
    lost: secondary.reduce((sum, cell) => sum + countOf(cell), 0),
  };
}

/** Cells of more than one table: a change of them within one table may be contradicted by another. */
function sharedCells({ grids }: System): Set<number> {
  const seen = new Set<number>();
  const shared = new Set<number>();
  for (const { cells } of grids)
    for (const cell of cells) {
      if (seen.has(cell)) shared.add(cell);
      seen.add(cell);
    }
  return shared;
}
