import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classesOf, placeMap, unknownFill } from "./choropleth.ts";

const square = (west: number, south: number) => ({
  type: "Polygon" as const,
  coordinates: [
    [
      [west, south],
      [west + 1, south],
      [west + 1, south + 1],
      [west, south + 1],
      [west, south],
    ],
  ],
});

describe("a map of a figure", () => {
  it("has steps that hold every number once, in order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 }), (values) => {
        const classes = classesOf(values);
        expect(classes.length).toBeLessThanOrEqual(6);
        for (const value of values) {
          expect(classes.filter(({ from, to }) => value >= from && value <= to)).toHaveLength(1);
        }
        classes.slice(1).forEach(({ from }, n) => void expect(from).toBeGreaterThan(classes[n]?.to as number));
        expect(new Set(classes.map(({ fill }) => fill)).size).toBe(classes.length);
      }),
    );
  });

  it("keeps zero, small and unknown apart", () => {
    const outlines = new Map([
      ["a", square(100, 10)],
      ["b", square(101, 10)],
      ["c", square(102, 10)],
      ["d", square(103, 10)],
    ]);
    const value = (key: string, of: number | null) => ({ key, label: key, value: of, text: `${of}` });
    const map = placeMap(outlines, [value("a", 0), value("b", 7), value("c", null)]);
    const fills = map.units.map(({ fill }) => fill);
    expect(fills[2]).toBe(unknownFill);
    expect(fills[3]).toBe(unknownFill);
    expect(new Set(fills.slice(0, 3)).size).toBe(3);
    expect(map.unknown).toBe(true);
    expect(map.width).toBe(680);
    // Four degrees across and one high, near ten degrees north: a degree of longitude is a little shorter.
    expect(map.height).toBeGreaterThan(170);
    expect(map.height).toBeLessThan(176);
  });

  it("is empty without outlines", () => {
    expect(placeMap(new Map(), []).units).toEqual([]);
  });
});
