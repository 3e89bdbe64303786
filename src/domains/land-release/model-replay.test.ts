import fc from "fast-check";
import type { MultiPolygon, Position } from "geojson";
import { describe, expect, it } from "vitest";
import { decodeShape, encodeShape, figuresOn, type ReplayState, shapeScale, stateOn } from "./model-replay.ts";

describe("a shape for the map", () => {
  it("comes back with every corner within half a step", () => {
    // Corners on a grid much coarser than a step, so that none falls together with the one before, each a little off it.
    const off = fc.double({ min: 0, max: 0.0005, noNaN: true });
    const corner = fc
      .tuple(fc.integer({ min: -179_000, max: 179_000 }), fc.integer({ min: -89_000, max: 89_000 }), off, off)
      .map(([x, y, dx, dy]): Position => [x / 1000 + dx, y / 1000 + dy]);
    const ring = fc
      .uniqueArray(corner, {
        minLength: 3,
        maxLength: 30,
        selector: ([x = 0, y = 0]) => `${Math.floor(x * 1000)} ${Math.floor(y * 1000)}`,
      })
      .map((corners): Position[] => [...corners, corners[0] as Position]);
    fc.assert(
      fc.property(fc.array(fc.array(ring, { minLength: 1, maxLength: 3 }), { maxLength: 3 }), (coordinates) => {
        const shape: MultiPolygon = { type: "MultiPolygon", coordinates };
        const back = decodeShape(encodeShape(shape)).coordinates;
        expect(back.map((rings) => rings.map(({ length }) => length))).toEqual(
          coordinates.map((rings) => rings.map(({ length }) => length)),
        );
        const flat = (all: Position[][][]) => all.flat(3);
        const there = flat(coordinates);
        for (const [i, value] of flat(back).entries())
          expect(Math.abs(value - (there[i] as number))).toBeLessThanOrEqual(0.5 / shapeScale + 1e-12);
      }),
    );
  });

  it("leaves out what is smaller than its grid", () => {
    const tiny = [
      [103, 13],
      [103.000001, 13],
      [103, 13.000001],
      [103, 13],
    ];
    expect(encodeShape({ type: "Polygon", coordinates: [tiny] })).toEqual([]);
  });
});

describe("the state of a day", () => {
  const state = (from: string): ReplayState => ({
    ...{ from, areaClass: "sha", status: "open", squareMetres: 1, shape: null },
  });
  const states = [state("2020-01-05"), state("2021-03-01"), state("2021-03-02")];

  it("is the last that began on it or before", () => {
    expect(stateOn(states, "2020-01-04")).toBeNull();
    expect(stateOn(states, "2020-01-05")?.from).toBe("2020-01-05");
    expect(stateOn(states, "2021-03-01")?.from).toBe("2021-03-01");
    expect(stateOn(states, "2029-01-01")?.from).toBe("2021-03-02");
    expect(figuresOn([], "2029-01-01")).toBeNull();
  });
});
