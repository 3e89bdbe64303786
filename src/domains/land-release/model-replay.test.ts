import fc from "fast-check";
import type { MultiPolygon, Position } from "geojson";
import { describe, expect, it } from "vitest";
import { decodeShape, encodeShape, figuresOn, type ReplayState, shapeScale, stateOn } from "./model-replay.ts";

describe("a shape for the map", () => {
  it("comes back with every corner within half a step", () => {
    const corner = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
    );
    // Corners apart by more than a step, so that none falls together with the one before.
    const ring = fc
      .uniqueArray(corner, { minLength: 3, maxLength: 30, selector: ([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}` })
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
