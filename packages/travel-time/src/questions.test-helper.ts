import fc from "fast-check";
import type { Raster } from "./raster/raster.ts";
import type { Source, TravelOptions } from "./travel.ts";

/** A raster, sources and options to ask any engine about. */
export interface Question {
  readonly friction: Raster;
  readonly sources: readonly Source[];
  readonly options: TravelOptions;
}

const impassable = fc.constant(Number.NaN);
/** Grounds that strain the queue: even, wildly uneven (some moves pass thousands of buckets), and with cells that cost nothing. */
const grounds: readonly fc.Arbitrary<number>[] = [
  fc.oneof(
    { weight: 5, arbitrary: fc.double({ min: 5, max: 400, noNaN: true }) },
    { weight: 1, arbitrary: impassable },
  ),
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(1, 1, 2, 0.001, 90_000, 3e7) },
    { weight: 1, arbitrary: impassable },
  ),
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(0, 0, 1, 3) }, { weight: 2, arbitrary: impassable }),
];

const modes = (cells: number) =>
  fc
    .uint8Array({ minLength: cells, maxLength: cells, max: 11 })
    .map((values) => values.map((value) => value && 1 + (value % 3)));

/** Any question on a small raster. */
export const anyQuestion: fc.Arbitrary<Question> = fc
  .record({
    columns: fc.integer({ min: 1, max: 36 }),
    rows: fc.integer({ min: 1, max: 36 }),
    ground: fc.integer({ min: 0, max: grounds.length - 1 }),
    cellHeight: fc.constantFrom(30, 25, 47.5),
    knight: fc.boolean(),
    strictDiagonals: fc.boolean(),
    maximum: fc.option(fc.double({ min: 0, max: 3000, noNaN: true }), { nil: undefined }),
    kind: fc.constantFrom("friction" as const, "langmuir" as const, "modes" as const),
    direction: fc.constantFrom("from" as const, "towards" as const),
    per: fc.constantFrom("cells" as const, "units" as const),
  })
  .chain(({ columns, rows, ground, cellHeight, knight, strictDiagonals, maximum, kind, direction, per }) => {
    const cells = columns * rows;
    const grid = { columns, rows, west: 0, north: 0, cellWidth: 30, cellHeight };
    const raster = (value: fc.Arbitrary<number>) =>
      fc
        .array(value, { minLength: cells, maxLength: cells })
        .map((values): Raster => ({ grid, data: Float32Array.from(values) }));
    const sources = fc.array(
      fc.record({
        cell: fc.nat(cells - 1),
        time: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 9e4, noNaN: true })),
      }),
      { minLength: 1, maxLength: 4 },
    );
    return fc.record({
      friction: raster(grounds[ground] as fc.Arbitrary<number>),
      sources,
      options: fc.tuple(raster(fc.double({ min: 0, max: 60, noNaN: true })), modes(cells)).map(
        ([elevation, mode]): TravelOptions => ({
          knight,
          strictDiagonals,
          ...(maximum === undefined ? {} : { maximum }),
          movement:
            kind === "friction"
              ? { kind, per }
              : kind === "langmuir"
                ? { kind, elevation }
                : { kind, elevation, mode, direction },
        }),
      ),
    });
  });
