import fc from "fast-check";
import type { Polygon, Position } from "geojson";
import { destination } from "../geodesic.ts";

/** A ring made a polygon; the closing point is added. */
export function polygon(...rings: Position[][]): Polygon {
  return { type: "Polygon", coordinates: rings.map((ring) => [...ring, [...(ring[0] ?? [])]]) };
}

/** A rectangle in degrees. */
export function box(west: number, south: number, east: number, north: number): Polygon {
  return polygon([
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ]);
}

const corner = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }));

/**
 * Polygons on a mesh of seven by seven points a thousandth of a degree apart: full of shared borders, corners on
 * sides, touching and crossing outlines. Many are invalid. They lie on the equator, where a side measured whole and
 * the same side measured in pieces give the same area.
 */
export const meshPolygon = fc
  .array(corner, { minLength: 3, maxLength: 7 })
  .map((corners) => polygon(corners.map(([x, y]): Position => [103 + x / 1000, (y - 3) / 1000])));

/** Stars of three to fourteen corners, 50 to 400 m in reach, close enough together to overlap; all valid. */
export const starPolygon = fc
  .record({
    east: fc.double({ min: 0, max: 0.008, noNaN: true }),
    north: fc.double({ min: 0, max: 0.008, noNaN: true }),
    turn: fc.double({ min: 0, max: 360, noNaN: true }),
    reaches: fc.array(fc.double({ min: 50, max: 400, noNaN: true }), { minLength: 3, maxLength: 14 }),
  })
  .map(({ east, north, turn, reaches }) =>
    polygon(
      reaches.map((reach, at): Position => {
        const place = destination(
          { lon: 103 + east, lat: 13 + north },
          turn + 360 - (at * 360) / reaches.length,
          reach,
        );
        return [place.lon, place.lat];
      }),
    ),
  );

/** Long thin polygons on the equator, whose sides cross at very small angles. */
export const needlePolygon = fc
  .tuple(
    fc.integer({ min: 0, max: 1000 }),
    fc.integer({ min: 0, max: 1000 }),
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 5 }),
  )
  .map(([from, to, width, tip]) =>
    polygon([
      [103, from * 1e-12],
      [103.01, to * 1e-12],
      [103.01, (to + tip) * 1e-12],
      [103, (from + width) * 1e-12],
    ]),
  );

/** One of all the kinds. */
export const anyPolygon = fc.oneof(
  { weight: 4, arbitrary: meshPolygon },
  { weight: 3, arbitrary: starPolygon },
  { weight: 1, arbitrary: needlePolygon },
);
