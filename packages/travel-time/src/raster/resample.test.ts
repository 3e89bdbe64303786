import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverageByUnit } from "../access/coverage.ts";
import { estimateMemory } from "../memory.ts";
import { memoryNeeded } from "../parallel.ts";
import { cornersOf, metricGrid, projectionOf } from "./coordinates.ts";
import type { Grid, Raster } from "./raster.ts";
import { coarserGrid, movePeople, resample } from "./resample.ts";

const utm: Grid = {
  columns: 40,
  rows: 30,
  west: 300_000,
  north: 1_400_000,
  cellWidth: 100,
  cellHeight: 100,
  epsg: 32648,
};
const sum = (data: Iterable<number>) => [...data].reduce((total, each) => total + (each > 0 ? each : 0), 0);

describe("resampling", () => {
  it("keeps everyone when people move to another grid, inside and outside together", () => {
    const count = fc.oneof(fc.double({ min: 0, max: 1e4, noNaN: true }), fc.constant(Number.NaN));
    const target = fc.record({
      columns: fc.integer({ min: 1, max: 9 }),
      rows: fc.integer({ min: 1, max: 9 }),
      west: fc.double({ min: -5, max: 5, noNaN: true }),
      north: fc.double({ min: 0, max: 10, noNaN: true }),
      cellWidth: fc.double({ min: 0.2, max: 4, noNaN: true }),
      cellHeight: fc.double({ min: 0.2, max: 4, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(count, { minLength: 24, maxLength: 24 }), target, (values, grid) => {
        const source = { columns: 6, rows: 4, west: 0, north: 4, cellWidth: 1, cellHeight: 1 };
        const raster: Raster<Float64Array> = { grid: source, data: Float64Array.from(values) };
        const { people, outside } = movePeople(raster, grid);
        expect(sum(people.data) + outside).toBeCloseTo(sum(raster.data), 5);
      }),
    );
  });

  it("puts people of a raster in degrees where they live on a UTM grid", () => {
    const degrees: Grid = {
      columns: 20,
      rows: 20,
      west: 104.9,
      north: 12.7,
      cellWidth: 0.01,
      cellHeight: 0.01,
      epsg: 4326,
    };
    const data = new Float64Array(400);
    data[7 * 20 + 11] = 90;
    const grid = metricGrid(degrees, 250);
    const { people, outside } = movePeople({ grid: degrees, data }, grid);
    expect(outside).toBe(0);
    const { toWgs84 } = projectionOf(grid);
    people.data.forEach((count, cell) => {
      if (count === 0) return;
      const [lon, lat] = toWgs84(
        grid.west + ((cell % grid.columns) + 0.5) * 250,
        grid.north - (Math.floor(cell / grid.columns) + 0.5) * 250,
      );
      expect(Math.abs(lon - 105.015)).toBeLessThan(0.007);
      expect(Math.abs(lat - 12.625)).toBeLessThan(0.007);
    });
    expect(sum(people.data)).toBeCloseTo(90, 9);
  });

  it("is the raster itself on its own grid, a plane again between cells, and nothing outside", () => {
    const data = Float32Array.from({ length: 1200 }, (_, i) => (i % 40) * 2 + Math.floor(i / 40) * 3);
    const raster = { grid: utm, data };
    expect([...resample(raster, utm, "nearest").data]).toEqual([...data]);
    expect([...resample(raster, utm, "bilinear").data]).toEqual([...data]);
    const shifted = { ...utm, west: utm.west + 50, columns: 41 };
    const plane = resample(raster, shifted, "bilinear").data;
    expect(plane[5 * 41 + 7]).toBeCloseTo(7 * 2 + 1 + 15, 5);
    expect(plane[40]).toBeNaN();
  });

  it("covers a raster in degrees with whole metric cells", () => {
    const degrees: Grid = {
      columns: 900,
      rows: 600,
      west: 102.3,
      north: 14.4,
      cellWidth: 0.001,
      cellHeight: 0.001,
      epsg: 4326,
    };
    const grid = metricGrid(degrees, 100);
    expect(grid.epsg).toBe(32648);
    const { toGrid } = projectionOf(grid);
    for (const [lon, lat] of cornersOf(degrees)) {
      const [x, y] = toGrid(lon, lat);
      expect(x >= grid.west && x <= grid.west + grid.columns * 100).toBe(true);
      expect(y <= grid.north && y >= grid.north - grid.rows * 100).toBe(true);
    }
    expect(() => projectionOf({ epsg: 3148 })).toThrow(expect.objectContaining({ code: "crs-unsupported" }));
  });
});

describe("memory", () => {
  it("says what is needed and the least coarsening that fits", () => {
    const grid: Grid = { ...utm, columns: 4000, rows: 4000 };
    const all = estimateMemory(grid, "modes", Number.POSITIVE_INFINITY, 2);
    expect(all).toMatchObject({ fits: true, factor: 1, needed: memoryNeeded(grid, "modes", 2) + 9 * 16e6 });
    const tight = estimateMemory(grid, "modes", all.needed / 5, 2);
    expect(tight).toMatchObject({ fits: false, factor: 3, grid: coarserGrid(grid, 3) });
    expect(() => estimateMemory(grid, "modes", 1000, 2)).toThrow(expect.objectContaining({ code: "too-large" }));
  });
});

describe("coverageByUnit", () => {
  it("sums people by unit within times, and everyone is somewhere", () => {
    const time = Float64Array.of(0, 100, 200, Number.NaN, 50, 60);
    const people = Float32Array.of(1, 2, 4, 8, 16, Number.NaN);
    const units = Int32Array.of(0, 0, 1, 1, -1, 0);
    expect(coverageByUnit(time, people, units, 2, [60, 100])).toEqual([
      { people: 3, within: [1, 3], unreached: 0, meanTime: 200 / 3 },
      { people: 12, within: [0, 0], unreached: 8, meanTime: 200 },
      { people: 16, within: [16, 16], unreached: 0, meanTime: 50 },
    ]);
  });
});
