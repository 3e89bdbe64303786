import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exhaustiveTimes } from "./exhaustive.test-helper.ts";
import { MOVES, type Raster, START, TravelTimeProblem, UNREACHED } from "./index.ts";
import { anyQuestion } from "./questions.test-helper.ts";
import { referenceTravelTime } from "./reference.ts";
import { differingCells } from "./samples.test-helper.ts";

const even = (columns: number, rows: number, value = 1): Raster => ({
  grid: { columns, rows, west: 0, north: 0, cellWidth: 1, cellHeight: 1 },
  data: new Float32Array(columns * rows).fill(value),
});

/** Cells whose times differ by more than a billionth; a time that near to the maximum may be kept or not. */
function farApart(a: Float64Array, b: Float64Array, maximum = Number.POSITIVE_INFINITY): number[] {
  const near = (x: number, y: number) => x === y || Math.abs(x - y) <= 1e-9 * Math.max(x, y);
  const odd = [...a.keys()].filter((cell) => {
    const [x, y] = [a[cell] as number, b[cell] as number];
    if (Number.isNaN(x) && Number.isNaN(y)) return false;
    if (Number.isNaN(x) || Number.isNaN(y)) return !near(Number.isNaN(x) ? y : x, maximum);
    return !near(x, y);
  });
  return odd;
}

describe("referenceTravelTime", () => {
  it("finds the same bits as relaxing every edge until nothing changes", () => {
    fc.assert(
      fc.property(anyQuestion, ({ friction, sources, options }) => {
        const { time } = referenceTravelTime(friction, sources, options);
        const expected = exhaustiveTimes(friction, sources, options);
        if (options.movement?.kind === "modes") expect(farApart(time, expected, options.maximum)).toEqual([]);
        else expect(differingCells(time, expected)).toBe(0);
      }),
      { numRuns: 120 },
    );
  });

  it("links every reached cell, without a ring, to the source whose time it continues", () => {
    fc.assert(
      fc.property(anyQuestion, ({ friction, sources, options }) => {
        const {
          time,
          backLinks = new Uint8Array(),
          nearest = new Int32Array(),
        } = referenceTravelTime(friction, sources, { ...options, routes: true });
        const { columns } = friction.grid;
        const broken: number[] = [];
        for (let cell = 0; cell < time.length; cell++) {
          let at = cell;
          let whole = true;
          for (let steps = 0; (backLinks[at] as number) < START && steps < time.length; steps++) {
            const { dx, dy } = MOVES[backLinks[at] as number] as (typeof MOVES)[number];
            const before = at - dy * columns - dx;
            whole &&= (time[before] as number) <= (time[at] as number) && nearest[before] === nearest[at];
            at = before;
          }
          const source = sources[nearest[cell] as number];
          const ends = Number.isNaN(time[cell])
            ? backLinks[cell] === UNREACHED && nearest[cell] === -1
            : backLinks[at] === START && source?.cell === at && (source.time ?? 0) === time[at];
          if (!whole || !ends) broken.push(cell);
        }
        expect(broken).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("does not link a source that would start just after the maximum time", () => {
    const maximum = 1;
    const justAfter = 1 + Number.EPSILON;
    const sources = [
      { cell: 0, time: justAfter },
      { cell: 1, time: 0 },
    ];
    const { backLinks, nearest } = referenceTravelTime(even(2, 1, 100), sources, { maximum, routes: true });
    expect([...(backLinks ?? [])]).toEqual([UNREACHED, START]);
    expect([...(nearest ?? [])]).toEqual([-1, 1]);
  });

  it("slips between two impassable cells that touch at a corner, unless diagonals are strict", () => {
    const friction = even(2, 2);
    friction.data[1] = friction.data[2] = Number.NaN;
    expect(referenceTravelTime(friction, [{ cell: 0 }]).time[3]).toBe(Math.SQRT2);
    expect(referenceTravelTime(friction, [{ cell: 0 }], { strictDiagonals: true }).time[3]).toBe(Number.NaN);
    friction.data[1] = 9;
    expect(referenceTravelTime(friction, [{ cell: 0 }], { strictDiagonals: true }).time[3]).toBe(Math.SQRT2);
  });

  it("keeps a time that equals the maximum and leaves out the next double above", () => {
    const friction = even(4, 1);
    expect([...referenceTravelTime(friction, [{ cell: 0 }], { maximum: 2 }).time]).toEqual([0, 1, 2, Number.NaN]);
    expect(referenceTravelTime(friction, [{ cell: 0, time: Number.EPSILON * 2 }], { maximum: 2 }).time[2]).toBe(
      Number.NaN,
    );
  });

  it("sets aside sources in impassable cells, and says which", () => {
    const friction = even(3, 1);
    friction.data[1] = Number.NaN;
    const { time, stranded, nearest } = referenceTravelTime(friction, [{ cell: 1 }, { cell: 2 }], { routes: true });
    expect([...time]).toEqual([Number.NaN, Number.NaN, 0]);
    expect(stranded).toEqual([0]);
    expect(nearest?.[2]).toBe(1);
  });

  it.each([
    ["friction-negative", even(2, 2, -1), [{ cell: 0 }], {}],
    ["source-outside", even(2, 2), [{ cell: 4 }], {}],
    ["value-invalid", even(2, 2), [{ cell: 0, time: -1 }], {}],
    ["value-invalid", even(2, 2), [{ cell: 0 }], { maximum: Number.NaN }],
    ["grid-invalid", { ...even(2, 2), data: new Float32Array(3) }, [], {}],
    ["grids-differ", even(2, 2), [], { movement: { kind: "langmuir", elevation: even(2, 3) } }],
    [
      "value-invalid",
      even(2, 2),
      [],
      { movement: { kind: "langmuir", elevation: even(2, 2), coefficients: { a: 0.1 } } },
    ],
  ] as const)("refuses with %s", (code, friction, sources, options) => {
    expect(() => referenceTravelTime(friction, sources, options)).toThrow(
      expect.objectContaining({ code, constructor: TravelTimeProblem }),
    );
  });
});
