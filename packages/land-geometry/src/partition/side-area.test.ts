import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { geodesicArea } from "../area.ts";
import { destination } from "../geodesic.ts";
import { box, polygon } from "./samples.test-helper.ts";
import { fastGeodesicArea } from "./side-area.ts";

const star = fc
  .record({
    lon: fc.double({ min: -179, max: 179, noNaN: true }),
    lat: fc.double({ min: -75, max: 75, noNaN: true }),
    scale: fc.double({ min: 0, max: 4.5, noNaN: true }),
    reaches: fc.array(fc.double({ min: 1, max: 3, noNaN: true }), { minLength: 3, maxLength: 30 }),
  })
  .map(({ lon, lat, scale, reaches }) =>
    polygon(
      reaches.map((reach, at) => {
        const place = destination({ lon, lat }, 360 - (at * 360) / reaches.length, reach * 10 ** scale);
        return [place.lon, place.lat];
      }),
    ),
  )
  .filter(({ coordinates: [ring = []] }) =>
    ring.every(([lon = 0], at) => Math.abs(lon - (ring[at - 1]?.[0] ?? lon)) < 90),
  );

describe("fast geodesic area", () => {
  test("equals GeographicLib's within 1e-9 for polygons of 1 m to 100 km", () => {
    fc.assert(
      fc.property(star, (geometry) => {
        const exact = geodesicArea(geometry);
        // GeographicLib takes areas as differences from the equator and rounds them to about 1e-4 m².
        expect(Math.abs(fastGeodesicArea(geometry) - exact)).toBeLessThan(1e-9 * exact + 1e-3);
      }),
      { numRuns: 500 },
    );
  });

  test("takes holes off and adds parts, whatever the direction of the rings", () => {
    const outer = box(103, 13, 103.01, 13.01).coordinates[0] ?? [];
    const inner = box(103.002, 13.002, 103.004, 13.004).coordinates[0] ?? [];
    const whole = fastGeodesicArea({ type: "Polygon", coordinates: [outer] });
    const hole = fastGeodesicArea({ type: "Polygon", coordinates: [inner] });
    const reversed = inner.toReversed();
    for (const ring of [inner, reversed]) {
      expect(fastGeodesicArea({ type: "Polygon", coordinates: [outer, ring] })).toBeCloseTo(whole - hole, 6);
    }
    expect(fastGeodesicArea({ type: "MultiPolygon", coordinates: [[outer], [reversed]] })).toBeCloseTo(whole + hole, 6);
  });
});
