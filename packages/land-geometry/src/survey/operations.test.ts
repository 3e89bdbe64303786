import fc from "fast-check";
import type { MultiPolygon, Position } from "geojson";
import { describe, expect, test } from "vitest";
import { geodesicArea } from "../area.ts";
import { destination, distanceMetres } from "../geodesic.ts";
import { intersectionArea } from "../partition/common-area.ts";
import { merge, subtract, unionArea } from "../partition/overlay.ts";
import { box, meshPolygon, polygon, starPolygon } from "../partition/samples.test-helper.ts";
import { prepareRegion } from "../region.ts";
import { buffer } from "./buffer.ts";
import { snapToNeighbours } from "./snap.ts";

const width = fc.double({ min: 1, max: 120, noNaN: true });

describe("buffer", () => {
  test("of a square: its area, four strips and a circle", () => {
    const corner = destination({ lon: 103, lat: 13 }, 45, Math.SQRT2 * 100);
    const square = box(103, 13, corner.lon, corner.lat);
    const sides = [
      [103, 13],
      [corner.lon, 13],
      [corner.lon, corner.lat],
      [103, corner.lat],
    ].map(([lon = 0, lat = 0]) => ({ lon, lat }));
    const perimeter = sides.reduce((sum, from, at) => sum + distanceMetres(from, sides[(at + 1) % 4] ?? from), 0);
    const expected = geodesicArea(square) + perimeter * 20 + Math.PI * 400;
    const grown = geodesicArea(buffer(square, 20, { chordErrorMetres: 0.001 }));
    expect(Math.abs(grown - expected)).toBeLessThan(0.2);
    expect(grown).toBeLessThan(expected + 0.01);
  });

  test("every point of it lies within the distance, and its border is nowhere nearer than the chord error", () => {
    fc.assert(
      fc.property(starPolygon, width, (star, metres) => {
        const chordErrorMetres = metres / 50;
        const grown = buffer(star, metres, { chordErrorMetres });
        const given = prepareRegion(star);
        for (const [lon = 0, lat = 0] of grown.coordinates.flat(2)) {
          const away = given.distanceMetres(lon, lat);
          expect(away).toBeLessThan(metres * 1.0001 + 0.001);
          expect(away).toBeGreaterThan(metres * 0.999 - chordErrorMetres - 0.001);
        }
        expect(geodesicArea(subtract(star, [grown]))).toBeLessThan(1e-3);
      }),
      { numRuns: 60 },
    );
  });

  test("works on polygons with shared and crossing borders, and grows with the distance", () => {
    fc.assert(
      fc.property(meshPolygon, width, (mesh, metres) => {
        const [one, two] = [buffer(mesh, metres), buffer(mesh, metres * 1.5)];
        if (one.coordinates.length === 0) return;
        expect(geodesicArea(subtract(one, [two]))).toBeLessThan(metres);
        expect(geodesicArea(two)).toBeGreaterThan(geodesicArea(one));
        expect(geodesicArea(one)).toBeCloseTo(unionArea([one]), 3);
      }),
      { numRuns: 40 },
    );
  });

  test("inward: what is left is at least so far from the border, and grown again it stays within the polygon", () => {
    fc.assert(
      fc.property(starPolygon, fc.double({ min: 1, max: 40, noNaN: true }), (star, metres) => {
        const shrunk = buffer(star, -metres);
        const outside = subtract(buffer(star, 500), [star]);
        const border = prepareRegion(outside);
        for (const [lon = 0, lat = 0] of shrunk.coordinates.flat(2)) {
          expect(border.distanceMetres(lon, lat)).toBeGreaterThan(metres * 0.94 - 0.5);
        }
        expect(geodesicArea(subtract(buffer(shrunk, metres * 0.94), [star]))).toBeLessThan(1);
      }),
      { numRuns: 30 },
    );
  });

  test("a bay that closes leaves a hole, and a narrow polygon shrinks to nothing", () => {
    const bay = polygon([
      [103, 13],
      [103.002, 13],
      [103.002, 13.002],
      [103.0011, 13.002],
      [103.0011, 13.0018],
      [103.0018, 13.0018],
      [103.0018, 13.0002],
      [103.0002, 13.0002],
      [103.0002, 13.0018],
      [103.0009, 13.0018],
      [103.0009, 13.002],
      [103, 13.002],
    ]);
    expect(buffer(bay, 15).coordinates.map((part) => part.length)).toEqual([2]);
    expect(buffer(box(103, 13, 103.001, 13.0001), -10).coordinates).toEqual([]);
  });
});

/** A strip of land and what somebody measured of the same border, each point off by less than a metre. */
const fieldsBesideEachOther = fc
  .record({
    count: fc.integer({ min: 2, max: 8 }),
    noise: fc.array(fc.double({ min: -0.9, max: 0.9, noNaN: true }), { minLength: 32, maxLength: 32 }),
    measured: fc.integer({ min: 2, max: 8 }),
  })
  .map(({ count, noise, measured }) => {
    const border = (points: number, from: number, bend: number): Position[] =>
      Array.from({ length: points }, (_, at) => {
        const along = { lon: 103 + (0.004 * at) / (points - 1), lat: 13 };
        const { lon, lat } = destination(along, 0, (noise[(from + at) % 32] ?? 0) * bend);
        return [lon, lat];
      });
    const north = polygon([...border(count, 0, 0.5), [103.004, 13.002], [103, 13.002]]);
    const south = polygon([...border(measured, 11, 0.5).toReversed(), [103, 12.998], [103.004, 12.998]]);
    return { north, south };
  });

/** Holes of a multipolygon that are nowhere as wide as a distance. */
function slivers({ coordinates }: MultiPolygon, metres: number): number {
  return coordinates
    .flatMap(([, ...holes]) => holes)
    .filter(
      (hole) => buffer({ type: "Polygon", coordinates: [hole.toReversed()] }, -metres / 2).coordinates.length === 0,
    ).length;
}

describe("snapToNeighbours", () => {
  test("borders that are nearly the same become the same: no overlap, no sliver, the same points", () => {
    fc.assert(
      fc.property(fieldsBesideEachOther, ({ north, south }) => {
        const { geometry, neighbours } = snapToNeighbours(south, [north], 2);
        const [neighbour] = neighbours;
        if (!neighbour) throw new Error("no neighbour");
        expect(intersectionArea(geometry, neighbour)).toBe(0);
        expect(slivers(merge([geometry, neighbour]), 2)).toBe(0);
        // One piece of ground: nothing is left between the two.
        expect(merge([geometry, neighbour]).coordinates).toHaveLength(1);
        expect(merge([geometry, neighbour]).coordinates[0]).toHaveLength(1);
        // Along the common border both have each other's points.
        const ofNorth = new Set(neighbour.coordinates.flat(2).map(String));
        const shared = geometry.coordinates.flat(2).filter(([, lat = 0]) => lat > 12.9999);
        expect(shared.length).toBeGreaterThanOrEqual(2);
        expect(shared.filter((point) => !ofNorth.has(String(point)))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("a neighbour keeps its ground to the square centimetre", () => {
    fc.assert(
      fc.property(fieldsBesideEachOther, ({ north, south }) => {
        const [neighbour] = snapToNeighbours(south, [north], 2).neighbours;
        if (!neighbour) throw new Error("no neighbour");
        // A side measured in pieces has another geodesic area, so the ground is compared and not the figure.
        expect(geodesicArea(subtract(north, [neighbour]))).toBeLessThan(1e-4);
        expect(geodesicArea(subtract(neighbour, [north]))).toBeLessThan(1e-4);
      }),
      { numRuns: 30 },
    );
  });

  test("polygons of all kinds overlap nothing afterwards, and no point moves further than the distance", () => {
    fc.assert(
      fc.property(starPolygon, fc.array(starPolygon, { maxLength: 4 }), (star, others) => {
        const { geometry, largestMetres } = snapToNeighbours(star, others, 3);
        for (const other of others) expect(intersectionArea(geometry, other)).toBeLessThan(1e-3);
        expect(largestMetres).toBeLessThanOrEqual(3);
        const given = prepareRegion(buffer(star, 3.01, { chordErrorMetres: 0.005 }));
        for (const [lon = 0, lat = 0] of geometry.coordinates.flat(2))
          expect(given.isWithin(lon, lat, 0.02)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("what is further away stays as it is", () => {
    const far = box(103.01, 13, 103.02, 13.01);
    const own = box(103, 13, 103.005, 13.01);
    const { geometry, movedPoints } = snapToNeighbours(own, [far], 2);
    expect(geometry).toEqual(merge([own]));
    expect(movedPoints).toBe(0);
  });
});
