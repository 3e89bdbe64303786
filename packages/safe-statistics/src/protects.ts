import { determinedUnknowns } from "./rank.ts";
import { type CountTable, keyOf, type Place, TableError } from "./table.ts";

/** A cell as it is published: a count, or null where it is hidden. */
export interface PublishedCell {
  place: Place;
  count: number | null;
}

/** What somebody with the published cells, pencil and patience finds out. */
export interface ProtectionCheck {
  /** No hidden count follows from the shown ones. */
  safe: boolean;
  /** Hidden cells whose count follows by adding and subtracting. */
  derivable: Place[];
  /** Shown counts of 1 to threshold − 1, which should have been hidden. */
  small: Place[];
}

/**
 * Checks a publication from outside: it sees the dimensions and the published cells, nothing of how cells were hidden, and
 * works by ranks modulo primes where `suppress` eliminates in whole numbers. Every cell of every table, totals
 * included, must be among `cells`; otherwise a `TableError`.
 */
export function protects(
  tables: readonly Pick<CountTable, "dimensions">[],
  cells: readonly PublishedCell[],
  threshold: number,
): ProtectionCheck {
  const published = new Map(cells.map((cell) => [keyOf(cell.place), cell]));
  const unknowns = new Map<string, number>();
  const hidden = cells.filter(({ count }) => count === null);
  for (const { place } of hidden) unknowns.set(keyOf(place), unknowns.size);
  const equations: [number, number][][] = [];
  const term = (place: Place, coefficient: number): [number, number][] => {
    const key = keyOf(place);
    if (!published.has(key)) throw new TableError("table.shape", `Nothing is said of the cell ${key}.`);
    const unknown = unknowns.get(key);
    return unknown === undefined ? [] : [[unknown, coefficient]];
  };
  for (const { dimensions } of tables) {
    /** All places over some dimensions: one of the values or the total of each. */
    const places = (rest: CountTable["dimensions"]): Place[] =>
      rest.reduce<Place[]>(
        (found, { name, values }) =>
          found.flatMap((place) => [place, ...values.map((value) => ({ ...place, [name]: value }))]),
        [{}],
      );
    for (const { name, values } of dimensions)
      for (const place of places(dimensions.filter((other) => other.name !== name)))
        equations.push([...values.flatMap((value) => term({ ...place, [name]: value }, 1)), ...term(place, -1)]);
  }
  const found = determinedUnknowns(
    equations.filter((equation) => equation.length > 0),
    hidden.length,
  );
  const derivable = hidden.filter((_, index) => found.has(index)).map(({ place }) => place);
  const small = cells.filter(({ count }) => count !== null && count > 0 && count < threshold).map(({ place }) => place);
  return { safe: derivable.length === 0 && small.length === 0, derivable, small };
}
