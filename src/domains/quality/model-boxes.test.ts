import { geodesicArea } from "@santi/land-geometry";
import fc from "fast-check";
import type { Polygon } from "geojson";
import { describe, expect, it } from "vitest";
import { drawnFeatures, drawSample } from "./model-boxes.ts";

const metre = 1 / 111_320;

/** A field of a width and height in metres near Battambang, slanting by a share of its height. */
function aField(width: number, height: number, slant = 0): Polygon {
  const [lon, lat] = [103.2, 13.1];
  const across = metre / Math.cos((lat * Math.PI) / 180);
  const corner = (x: number, y: number) => [lon + (x + slant * y) * across, lat + y * metre];
  return {
    type: "Polygon",
    coordinates: [[corner(0, 0), corner(width, 0), corner(width, height), corner(0, height), corner(0, 0)]],
  };
}

describe("boxes over land", () => {
  it("of 100 m in a square kilometre are a hundred, each a hectare", () => {
    const { boxes } = drawSample(aField(998, 1002), { boxMetres: 100.5, seed: 1, amount: { boxes: 10 } });
    expect(boxes).toHaveLength(100);
    const inner = boxes.find(({ name }) => name === "R5C5");
    expect(inner?.squareMetres).toBeGreaterThan(10_090);
    expect(inner?.squareMetres).toBeLessThan(10_110);
  });

  it("cover the land once: their areas add up to its own, whatever its shape", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 300 }),
        fc.integer({ min: 40, max: 300 }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.integer({ min: 15, max: 60 }),
        (width, height, slant, boxMetres) => {
          const land = aField(width, height, slant);
          const grid = drawSample(land, { boxMetres, seed: 3, amount: { fraction: 0.2 } });
          // Each box is rounded to a square metre.
          expect(Math.abs(grid.squareMetres - geodesicArea(land))).toBeLessThan(0.51 * grid.boxes.length + 1);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("leave out the holes of the land", () => {
    const whole = aField(200, 200);
    const hole = aField(200, 200).coordinates[0]?.map(([x = 0, y = 0]) => [
      103.2 + (x - 103.2) * 0.5 + 50 * metre,
      13.1 + (y - 13.1) * 0.5 + 50 * metre,
    ]);
    const land: Polygon = { type: "Polygon", coordinates: [...whole.coordinates, hole ?? []] };
    const grid = drawSample(land, { boxMetres: 20, seed: 1, amount: { boxes: 3 } });
    expect(Math.abs(grid.squareMetres - geodesicArea(land))).toBeLessThan(0.51 * grid.boxes.length + 1);
    expect(grid.squareMetres).toBeLessThan(geodesicArea(whole) * 0.8);
  });

  it("are drawn alike by the same seed, unlike by another, none twice, until the amount is reached", () => {
    const land = aField(400, 300, 0.3);
    const draw = (seed: number) => drawSample(land, { boxMetres: 25, seed, amount: { fraction: 0.1 } });
    const one = draw(11);
    expect(one).toEqual(draw(11));
    const names = (grid: typeof one) => drawnFeatures(grid).features.map(({ properties }) => properties.name);
    expect(names(one)).not.toEqual(names(draw(12)));
    expect(new Set(names(one)).size).toBe(names(one).length);
    expect(one.drawnSquareMetres).toBeGreaterThanOrEqual(one.squareMetres * 0.1);
    const largest = Math.max(...one.boxes.map(({ squareMetres }) => squareMetres));
    expect(one.drawnSquareMetres).toBeLessThan(one.squareMetres * 0.1 + largest);
    expect(drawnFeatures(one).features.map(({ properties }) => properties.order)).toEqual(
      names(one).map((_, at) => at + 1),
    );
  });

  it("each have the same chance: over many seeds every box is drawn about as often", () => {
    const land = aField(100, 100);
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++)
      for (const { properties } of drawnFeatures(drawSample(land, { boxMetres: 25, seed, amount: { boxes: 4 } }))
        .features)
        counts.set(String(properties.name), (counts.get(String(properties.name)) ?? 0) + 1);
    const whole = [...counts.values()];
    // Sixteen or twenty-five boxes, depending on slivers at the edge; no box is far from the mean of its draws.
    const mean = whole.reduce((sum, count) => sum + count, 0) / whole.length;
    for (const count of whole) expect(Math.abs(count - mean)).toBeLessThan(5 * Math.sqrt(mean));
  });

  it("that are too small for the land are refused, as are sides that are none", () => {
    expect(() => drawSample(aField(5000, 5000), { boxMetres: 1, seed: 1, amount: { boxes: 1 } })).toThrow(RangeError);
    for (const boxMetres of [0, -5, Number.NaN])
      expect(() => drawSample(aField(50, 50), { boxMetres, seed: 1, amount: { boxes: 1 } })).toThrow(RangeError);
  });
});
