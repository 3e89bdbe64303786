/** A table of counts: a cell is one value of each dimension. Totals are not given, they are worked out. */
export interface CountTable {
  /** Names that several tables share mean the same dimension, with the same values. */
  dimensions: readonly { name: string; values: readonly string[] }[];
  /** Whole counts of the inner cells, the last dimension fastest. */
  counts: readonly number[];
}

/** Where a cell is: the value of each dimension that it is about. A dimension that is absent is summed over. */
export type Place = Readonly<Record<string, string>>;

/** A cell of one table or of several that share it. */
export interface Cell {
  key: string;
  place: Place;
  count: number;
}

/** One table as a grid of cells, with the totals of each dimension at the index after its last value. */
export interface Grid {
  /** Values of each dimension and one for its total. */
  sizes: readonly number[];
  /** For each place in the grid, last dimension fastest, the index of its cell in the system. */
  cells: readonly number[];
}

/** All that is published about some tables: cells, and sums that everyone knows to hold between them. */
export interface System {
  cells: readonly Cell[];
  grids: readonly Grid[];
  /** Cells that add up to another: the last of each list is the total of those before it. */
  sums: readonly (readonly number[])[];
}

/** Thrown when a table cannot be what it says: `counts` of the wrong length, a count that is no whole number from 0, two counts of one cell. */
export class TableError extends Error {
  readonly code: "table.shape" | "table.count" | "table.link";
  constructor(code: TableError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** The key of a place, the same from whichever table it is seen. */
export function keyOf(place: Place): string {
  return JSON.stringify(Object.entries(place).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The coordinates of a place in a grid, last dimension fastest. */
export function coordinatesOf(index: number, sizes: readonly number[]): number[] {
  const found: number[] = new Array(sizes.length).fill(0);
  let rest = index;
  for (let at = sizes.length - 1; at >= 0; at -= 1) {
    const size = sizes[at] as number;
    found[at] = rest % size;
    rest = Math.floor(rest / size);
  }
  return found;
}

/** The place in a grid of coordinates, the inverse of `coordinatesOf`. */
export function indexOf(coordinates: readonly number[], sizes: readonly number[]): number {
  return coordinates.reduce((index, coordinate, at) => index * (sizes[at] as number) + coordinate, 0);
}

function gridCounts({ dimensions, counts }: CountTable): { sizes: number[]; all: number[] } {
  const inner = dimensions.map(({ values }) => values.length);
  const expected = inner.reduce((product, size) => product * size, 1);
  if (counts.length !== expected || dimensions.length === 0 || inner.includes(0))
    throw new TableError(
      "table.shape",
      `A table of ${inner.join(" × ")} has ${expected} counts, not ${counts.length}.`,
    );
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0))
    throw new TableError("table.count", "A count is a whole number from 0.");
  const sizes = inner.map((size) => size + 1);
  const all: number[] = new Array(sizes.reduce((product, size) => product * size, 1)).fill(0);
  counts.forEach((count, index) => {
    const at = coordinatesOf(index, inner);
    for (let margins = 0; margins < 2 ** inner.length; margins += 1) {
      const to = indexOf(
        at.map((coordinate, d) => ((margins >> d) & 1 ? (inner[d] as number) : coordinate)),
        sizes,
      );
      all[to] = (all[to] as number) + count;
    }
  });
  return { sizes, all };
}

/**
 * Tables with all their totals as one system. Cells with the same place are one cell, so that what one table
 * shows of a shared total another cannot hide.
 */
export function systemOf(tables: readonly CountTable[]): System {
  const cells: Cell[] = [];
  const known = new Map<string, number>();
  const sums: number[][] = [];
  const grids = tables.map((table): Grid => {
    const { sizes, all } = gridCounts(table);
    const indexes = all.map((count, index) => {
      const place = Object.fromEntries(
        coordinatesOf(index, sizes).flatMap((coordinate, d) => {
          const { name, values } = table.dimensions[d] as CountTable["dimensions"][number];
          return coordinate < values.length ? [[name, values[coordinate] as string]] : [];
        }),
      );
      const key = keyOf(place);
      const found = known.get(key);
      if (found === undefined) {
        known.set(key, cells.length);
        return cells.push({ key, place, count }) - 1;
      }
      if (cells[found]?.count !== count)
        throw new TableError("table.link", `Two tables count ${key} differently: ${cells[found]?.count} and ${count}.`);
      return found;
    });
    sizes.forEach((size, d) => {
      indexes.forEach((_, index) => {
        const at = coordinatesOf(index, sizes);
        if (at[d] !== 0) return;
        sums.push(Array.from({ length: size }, (__, value) => indexes[indexOf(at.with(d, value), sizes)] as number));
      });
    });
    return { sizes, cells: indexes };
  });
  return { cells, grids, sums };
}
