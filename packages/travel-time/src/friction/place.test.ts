import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MODE, paceOnSlope, walkingFactor } from "../engine/modes.ts";
import { cellCentre, type Raster } from "../raster/raster.ts";
import { placeSources } from "./place.ts";
import { groundSlope, perCell, withSlope } from "./slope.ts";
import { SPEEDS, speedBand } from "./speeds.ts";

describe("placeSources", () => {
  it("finds what a search through all cells finds", () => {
    const cells = fc.array(fc.boolean(), { minLength: 120, maxLength: 120 });
    const coordinate = fc.double({ min: -40, max: 440, noNaN: true });
    fc.assert(
      fc.property(cells, coordinate, coordinate, fc.double({ min: 0, max: 200, noNaN: true }), (open, x, y, within) => {
        const grid = { columns: 12, rows: 10, west: 0, north: 400, cellWidth: 30, cellHeight: 40 };
        const friction: Raster = { grid, data: Float32Array.from(open, (each) => (each ? 1 : Number.NaN)) };
        const [found] = placeSources(friction, [{ x, y }], within);
        const distances = open.map((each, cell) => {
          const middle = cellCentre(grid, cell);
          return each ? Math.hypot(middle.x - x, middle.y - y) : Number.POSITIVE_INFINITY;
        });
        const least = Math.min(...distances);
        if (x < 0 || x > 360 || y < 0 || y > 400) expect(found).toEqual({ refused: "outside" });
        else if (found?.refused) expect(least > within).toBe(true);
        else if (found?.moved === 0 && distances[found.cell] !== 0) expect(open[found.cell]).toBe(true);
        else expect(found).toEqual({ cell: distances.indexOf(least), moved: least });
      }),
    );
  });
});

describe("friction on slopes", () => {
  const grid = { columns: 5, rows: 5, west: 0, north: 500, cellWidth: 100, cellHeight: 100 };
  const plane: Raster = { grid, data: Float32Array.from({ length: 25 }, (_, i) => (i % 5) * 30) };

  it("finds the slope of a plane within it, and the mean of up and down for walking, nothing for driving", () => {
    const slope = groundSlope(plane);
    expect(slope[12]).toBeCloseTo(0.3, 6);
    const pace: Raster = { grid, data: new Float32Array(25).fill(0.72) };
    const mode = new Uint8Array(25).fill(MODE.walking);
    mode[13] = MODE.motorised;
    const { data } = withSlope({ friction: pace, mode }, plane);
    const flat = pace.data[12] as number;
    const both = [0.3, -0.3].map((each) => paceOnSlope(MODE.walking, flat, each, walkingFactor(each)));
    expect(data[12]).toBeCloseTo(((both[0] as number) + (both[1] as number)) / 2, 5);
    expect(data[13]).toBe(pace.data[13]);
  });

  it("is per cell the time to cross one, of square cells only", () => {
    expect(perCell({ grid, data: new Float32Array(25).fill(0.5) }).data[7]).toBe(50);
    expect(() => perCell({ grid: { ...grid, cellHeight: 90 }, data: new Float32Array(25) })).toThrow("square");
  });

  it("varies every speed of a table and leaves closed ones closed", () => {
    const { slow, middle, fast } = speedBand(SPEEDS.motorised, 0.2);
    expect(slow.roads.primary?.rainy).toBeCloseTo(40, 9);
    expect(middle).toBe(SPEEDS.motorised);
    expect(fast.landCover[30]?.dry).toBeCloseTo(4.86 * 1.2, 9);
    expect(fast.rivers.river?.dry).toBeNull();
  });
});
