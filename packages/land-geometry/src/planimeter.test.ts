import fc from "fast-check";
import type { MultiPolygon, Polygon, Position } from "geojson";
import { describe, expect, test } from "vitest";
import { geodesicArea, perimeterMetres } from "./area.ts";
import { destination } from "./geodesic.ts";
import { geographicTool, hasGeographicTool } from "./oracle.test-helper.ts";
import { fastGeodesicArea } from "./partition/side-area.ts";

interface Measured {
  squareMetres: number;
  metres: number;
}

/** Areas and perimeters of rings by GeographicLib's own program, all rings in one run. */
function planimeter(rings: readonly Position[][]): Measured[] {
  // The program takes an E for east, so that no number may be written with an exponent.
  const corner = ([lon = 0, lat = 0]: Position) => `${lat.toFixed(18)} ${lon.toFixed(15)}`;
  const lines = rings.flatMap((ring) => [...ring.slice(0, -1).map(corner), "next"]);
  return geographicTool("Planimeter", ["-s", "-p", "10"], lines).map((line) => {
    const [, metres, squareMetres] = line.split(" ").map(Number);
    return { squareMetres: Math.abs(squareMetres ?? Number.NaN), metres: metres ?? Number.NaN };
  });
}

/** A star around a place, closed; reaches in metres, one for each corner. */
function star(lon: number, lat: number, reaches: readonly number[], turn = 0): Position[] {
  const ring = reaches.map((reach, at): Position => {
    const corner = destination({ lon, lat }, 360 - (at * 360) / reaches.length - turn, reach);
    return [corner.lon, corner.lat];
  });
  return [...ring, [...(ring[0] as Position)]];
}

const reaches = (least: number, most: number, corners = 24) =>
  fc.array(fc.double({ min: least, max: most, noNaN: true }), { minLength: 3, maxLength: corners });
const longitude = fc.double({ min: 92, max: 141, noNaN: true });
const latitude = fc.double({ min: -11, max: 28, noNaN: true });
const ofOneRing = (ring: fc.Arbitrary<Position[]>): fc.Arbitrary<Polygon> =>
  ring.map((each) => ({ type: "Polygon", coordinates: [each] }));

const kinds: Readonly<Record<string, fc.Arbitrary<Polygon | MultiPolygon>>> = {
  "over the border of two UTM zones": ofOneRing(
    fc
      .tuple(
        fc.constantFrom(96, 102, 108, 114, 120, 126),
        latitude,
        reaches(50, 5000),
        fc.integer({ min: -20, max: 20 }),
      )
      .map(([border, lat, each, east]) => star(border + east / 1e4, lat, each)),
  ),
  "over the equator": ofOneRing(fc.tuple(longitude, reaches(100, 50_000)).map(([lon, each]) => star(lon, 0, each))),
  "of a few square metres": ofOneRing(
    fc.tuple(longitude, latitude, reaches(0.5, 3, 8)).map(([lon, lat, each]) => star(lon, lat, each)),
  ),
  "as large as provinces and countries": ofOneRing(
    fc.tuple(longitude, latitude, reaches(50_000, 1_000_000)).map(([lon, lat, each]) => star(lon, lat, each)),
  ),
  "of hundreds of corners": ofOneRing(
    fc
      .tuple(longitude, latitude, reaches(200, 400, 24), fc.integer({ min: 8, max: 24 }))
      .map(([lon, lat, each, times]) => star(lon, lat, Array.from({ length: times }, () => each).flat())),
  ),
  "with holes": fc
    .tuple(longitude, latitude, fc.array(reaches(20, 45, 8), { minLength: 1, maxLength: 6 }), reaches(220, 400))
    .map(([lon, lat, holes, outer]) => ({
      type: "Polygon",
      coordinates: [
        star(lon, lat, outer.length < 8 ? Array.from({ length: 4 }, () => outer).flat() : outer),
        ...holes.map((each, at) => {
          const centre = destination({ lon, lat }, at * 60, 100);
          return star(centre.lon, centre.lat, each, 10);
        }),
      ],
    })),
  "in several parts with holes": fc
    .tuple(longitude, latitude, fc.array(reaches(60, 90), { minLength: 2, maxLength: 5 }))
    .map(([lon, lat, parts]) => ({
      type: "MultiPolygon",
      coordinates: parts.map((each, at) => [
        star(lon + at / 100, lat, each.length < 6 ? [...each, ...each, ...each] : each),
        star(lon + at / 100, lat, [10, 12, 9, 14]),
      ]),
    })),
};

const ringsOf = (geometry: Polygon | MultiPolygon): { ring: Position[]; hole: boolean }[] =>
  (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).flatMap((rings) =>
    rings.map((ring, at) => ({ ring, hole: at > 0 })),
  );

describe.skipIf(!hasGeographicTool("Planimeter"))("Planimeter of GeographicLib measures as we do", () => {
  test.each(Object.entries(kinds))("polygons %s: within 1e-9, or a square centimetre a ring", (_name, kind) => {
    const polygons = fc.sample(kind, { numRuns: 150, seed: 20261123 });
    const rings = polygons.map(ringsOf);
    const measured = planimeter(rings.flat().map(({ ring }) => ring));
    let at = 0;
    for (const [index, polygon] of polygons.entries()) {
      const own = rings[index] ?? [];
      let [squareMetres, metres, whole] = [0, 0, 0];
      for (const { hole } of own) {
        const ring = measured[at++] as Measured;
        squareMetres += hole ? -ring.squareMetres : ring.squareMetres;
        whole += ring.squareMetres;
        metres += ring.metres;
      }
      const tolerance = 1e-9 * whole + 1e-4 * own.length;
      expect(squareMetres).toBeGreaterThan(0);
      expect(Math.abs(geodesicArea(polygon) - squareMetres)).toBeLessThan(tolerance);
      expect(Math.abs(perimeterMetres(polygon) - metres)).toBeLessThan(1e-9 * metres + 1e-7);
    }
    expect(at).toBe(measured.length);
  });

  // GeographicLib takes the ground under each side down to the equator and rounds it to some 1e-5 m². What the quick
  // form leaves out grows with the length of sides, so that splinters are measured by what a square as long would have.
  test("the quick area of balances keeps to 1e-9 of the square with the same perimeter", () => {
    const polygons = ["over the border of two UTM zones", "of a few square metres", "of hundreds of corners"].flatMap(
      (name) => fc.sample(kinds[name] as fc.Arbitrary<Polygon>, { numRuns: 100, seed: 7 }),
    );
    const measured = planimeter(polygons.map(({ coordinates: [ring = []] }) => ring as Position[]));
    polygons.forEach((polygon, at) => {
      const { squareMetres, metres } = measured[at] as Measured;
      const tolerance = 1e-9 * (metres / 4) ** 2 + 2e-5 * (polygon.coordinates[0]?.length ?? 0);
      expect(Math.abs(fastGeodesicArea(polygon) - squareMetres)).toBeLessThan(tolerance);
    });
  });
});
