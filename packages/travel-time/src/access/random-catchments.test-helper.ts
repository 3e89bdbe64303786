import fc from "fast-check";
import type { Catchment } from "./catchments.ts";

/** Any catchments over so many cells, with the people of the cells; times are often equal. */
export const anyCatchments = (
  cells: number,
  most: number,
): fc.Arbitrary<{ catchments: Catchment[]; population: Float64Array }> => {
  const time = fc.oneof(fc.constantFrom(0, 5, 10, 20), fc.double({ min: 0, max: 30, noNaN: true }));
  const catchment = fc
    .array(fc.option(time, { nil: undefined, freq: 2 }), { minLength: cells, maxLength: cells })
    .map((times): Catchment => {
      const reached = [...times.keys()].filter((cell) => times[cell] !== undefined);
      return { cells: Int32Array.from(reached), times: Float64Array.from(reached, (cell) => times[cell] as number) };
    });
  const people = fc.oneof(fc.constantFrom(0, 1, 7, Number.NaN), fc.double({ min: 0.001, max: 500, noNaN: true }));
  return fc.record({
    catchments: fc.array(catchment, { minLength: 1, maxLength: most }),
    population: fc.array(people, { minLength: cells, maxLength: cells }).map((all) => Float64Array.from(all)),
  });
};
