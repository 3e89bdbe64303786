import fc from "fast-check";
import type { Polygon } from "geojson";
import { describe, expect, it } from "vitest";
import { shapePaths } from "./shape-paths.ts";

const size = { width: 64, height: 44 };
const numbers = (path: string) => (path.match(/-?[\d.]+/g) ?? []).map(Number);

describe("the drawing of shapes", () => {
  it("stays in its frame, whatever the shapes", () => {
    const ring = fc.array(
      fc.tuple(fc.double({ min: 92, max: 141, noNaN: true }), fc.double({ min: -11, max: 28, noNaN: true })),
      { minLength: 3, maxLength: 8 },
    );
    fc.assert(
      fc.property(fc.array(ring, { minLength: 1, maxLength: 3 }), (rings) => {
        const shapes = rings.map((each): Polygon => ({ type: "Polygon", coordinates: [each] }));
        const paths = shapePaths(shapes, size);
        expect(paths).toHaveLength(shapes.length);
        for (const [i, value] of paths.flatMap(numbers).entries()) {
          expect(value).toBeGreaterThanOrEqual(-0.1);
          expect(value).toBeLessThanOrEqual((i % 2 === 0 ? size.width : size.height) + 0.1);
        }
      }),
    );
  });

  it("keeps a square square at the latitude of the region, with north up", () => {
    const [lon, lat, side] = [107, 16.8, 0.01];
    const wide = side / Math.cos((lat * Math.PI) / 180);
    const square: Polygon = {
      type: "Polygon",
      coordinates: [
        [
          [lon, lat],
          [lon + wide, lat],
          [lon + wide, lat + side],
          [lon, lat + side],
          [lon, lat],
        ],
      ],
    };
    const [x0 = 0, y0 = 0, x1 = 0, , , y2 = 0] = numbers(shapePaths([square], size)[0] ?? "");
    expect(Math.abs(x1 - x0 - (y0 - y2))).toBeLessThan(0.3);
    expect(y0).toBeGreaterThan(y2);
  });

  it("is nothing for shapes without corners", () => {
    expect(shapePaths([{ type: "MultiPolygon", coordinates: [] }], size)).toEqual([]);
  });
});
