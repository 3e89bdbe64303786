import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { burnPolygon, burnSegment, unitsOf } from "./burn.ts";
import type { XY } from "./coordinates.ts";
import type { Grid } from "./raster.ts";

const grid: Grid = { columns: 13, rows: 9, west: 0, north: 9, cellWidth: 1, cellHeight: 1 };
const place = fc.tuple(fc.double({ min: -6, max: 19, noNaN: true }), fc.double({ min: -6, max: 15, noNaN: true }));

describe("burning", () => {
  it("passes every cell that points of the segment lie in, one side step at a time", () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const cells: number[] = [];
        burnSegment(grid, a, b, (cell) => cells.push(cell));
        for (let i = 1; i < cells.length; i++) {
          const [one, two] = [cells[i - 1] as number, cells[i] as number];
          const steps = Math.abs((one % 13) - (two % 13)) + Math.abs(Math.floor(one / 13) - Math.floor(two / 13));
          expect(steps).toBe(1);
        }
        const passed = new Set(cells);
        for (let i = 0; i <= 500; i++) {
          const u = a[0] + ((b[0] - a[0]) * i) / 500;
          const v = a[1] + ((b[1] - a[1]) * i) / 500;
          const clear = (value: number) => Math.abs(value - Math.round(value)) > 1e-6;
          if (u > 0 && v > 0 && u < 13 && v < 9 && clear(u) && clear(v)) {
            expect(passed.has(Math.floor(v) * 13 + Math.floor(u))).toBe(true);
          }
        }
      }),
    );
  });

  it("gives every cell to one of the parts that a line divides the ground into", () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 6 }), (bends) => {
        // A west part and an east part share a bent border; even-odd parity makes them complements even when it loops.
        const border: XY[] = [[6.3, -20], ...bends, [6.7, 30]];
        const west: XY[] = [[-50, 30], [-50, -20], ...border];
        const east: XY[] = [[60, 30], [60, -20], ...border];
        const times = new Map<number, number>();
        for (const ring of [west, east]) {
          const own = new Set<number>();
          burnPolygon(grid, [ring], "centre", (cell) => own.add(cell));
          for (const cell of own) times.set(cell, (times.get(cell) ?? 0) + 1);
        }
        expect([...times.values()].filter((count) => count !== 1)).toEqual([]);
        expect(times.size).toBe(13 * 9);
      }),
    );
  });

  it("touches at least the cells whose middle it holds, and leaves holes open", () => {
    const ring = (from: number, to: number): XY[] => [
      [from, from],
      [to, from],
      [to, to],
      [from, to],
    ];
    const cells = (rule: "touched" | "centre") => {
      const own = new Set<number>();
      burnPolygon(grid, [ring(0.6, 7.4), ring(2.4, 5.6)], rule, (cell) => own.add(cell));
      return own.size;
    };
    expect(cells("centre")).toBe(36 - 16);
    expect(cells("touched")).toBe(64 - 4);
  });

  it("names the first unit a cell's middle lies in", () => {
    const square = (west: number, east: number) => ({
      type: "Feature" as const,
      properties: {},
      geometry: {
        type: "Polygon" as const,
        coordinates: [
          [
            [west, 0],
            [east, 0],
            [east, 9],
            [west, 9],
            [west, 0],
          ],
        ],
      },
    });
    const units = unitsOf(grid, [square(0, 4), square(3, 8)], "grid");
    expect([...units.subarray(0, 13)]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, -1, -1, -1, -1, -1]);
  });
});
