import { distanceMetres } from "@santi/land-geometry";
import fc from "fast-check";
import type { Polygon } from "geojson";
import { describe, expect, it } from "vitest";
import { aroundMetres, boxAround, boxPolygon } from "./around.ts";

describe("the neighbourhood of a plot", () => {
  it("reaches about as far as it says beyond every side, anywhere in the region", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 92, max: 141, noNaN: true }),
        fc.double({ min: -11, max: 28, noNaN: true }),
        fc.double({ min: 0.0001, max: 0.02, noNaN: true }),
        (lon, lat, side) => {
          const plot: Polygon = {
            type: "Polygon",
            coordinates: [
              [
                [lon, lat],
                [lon + side, lat],
                [lon + side, lat + side],
                [lon, lat],
              ],
            ],
          };
          const [west, south, east, north] = boxAround(plot, aroundMetres) ?? [0, 0, 0, 0];
          const gaps = [
            distanceMetres({ lon: west, lat }, { lon, lat }),
            distanceMetres({ lon: lon + side, lat }, { lon: east, lat }),
            distanceMetres({ lon, lat: south }, { lon, lat }),
            distanceMetres({ lon, lat: lat + side }, { lon, lat: north }),
          ];
          for (const gap of gaps) {
            expect(gap).toBeGreaterThan(aroundMetres * 0.985);
            expect(gap).toBeLessThan(aroundMetres * 1.015);
          }
        },
      ),
    );
  });

  it("is nothing for a plot without corners, and closes as a polygon", () => {
    expect(boxAround({ type: "MultiPolygon", coordinates: [] }, 10)).toBeNull();
    const [ring = []] = boxPolygon([1, 2, 3, 4]).coordinates;
    expect(ring[0]).toEqual(ring.at(-1));
    expect(ring).toHaveLength(5);
  });
});
