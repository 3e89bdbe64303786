import fc from "fast-check";
import type { MultiPolygon, Polygon } from "geojson";
import { describe, expect, test } from "vitest";
import { geodesicArea } from "../area.ts";
import { checkPolygon } from "../checks/polygon.ts";
import { GeometryError } from "../problem.ts";
import { intersectionArea } from "./common-area.ts";
import { clipTo, merge, partition, splitByLine, subtract, unionArea } from "./overlay.ts";
import { anyPolygon, box, meshPolygon, polygon, starPolygon } from "./samples.test-helper.ts";
import { fastGeodesicArea } from "./side-area.ts";

const severalPolygons = fc.array(anyPolygon, { minLength: 1, maxLength: 7 });
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const near = (size: number) => 1e-9 * size + 1e-3;
const areaOf = (geometry: Polygon | MultiPolygon) => fastGeodesicArea(geometry);

/** The sides of all rings, lower end first. */
function sidesOf(geometry: MultiPolygon): string[] {
  return geometry.coordinates.flat().flatMap((ring) =>
    ring.slice(1).map((position, at) =>
      [ring[at], position]
        .map((end) => end?.join(" "))
        .sort()
        .join(" – "),
    ),
  );
}

describe("partition", () => {
  test("shares are disjoint and together cover what the polygons cover", () => {
    fc.assert(
      fc.property(severalPolygons, (polygons) => {
        const { shares, areas } = partition(polygons);
        const union = unionArea(polygons);
        expect(Math.abs(sum(areas) - union)).toBeLessThan(near(union));
        shares.forEach((share, one) => {
          expect(Math.abs(areaOf(share) - (areas[one] ?? 0))).toBeLessThan(near(union));
          for (const other of shares.slice(one + 1)) expect(intersectionArea(share, other)).toBeLessThan(1e-3);
          expect(areaOf(subtract(share, [polygons[one] as Polygon]))).toBeLessThan(1e-3);
        });
        expect(areaOf(subtract(merge(polygons), shares))).toBeLessThan(1e-3);
      }),
      { numRuns: 60 },
    );
  });

  test("every border between two shares runs through the same points on both sides", () => {
    fc.assert(
      fc.property(severalPolygons, (polygons) => {
        const { shares } = partition(polygons);
        // Where each side of a share is either on the rim of the whole or in exactly one other share, nothing gapes.
        const rim = new Set(sidesOf(merge(polygons)));
        const times = new Map<string, number>();
        for (const side of shares.flatMap(sidesOf)) times.set(side, (times.get(side) ?? 0) + 1);
        for (const [side, count] of times) expect(count).toBe(rim.has(side) ? 1 : 2);
      }),
      { numRuns: 120 },
    );
  });

  test("what comes out is valid", () => {
    fc.assert(
      fc.property(fc.array(meshPolygon, { minLength: 1, maxLength: 6 }), (polygons) => {
        const errors = partition(polygons)
          .shares.filter(({ coordinates }) => coordinates.length > 0)
          .flatMap((share) => share.coordinates)
          .flatMap((coordinates) => checkPolygon({ type: "Polygon", coordinates }))
          .filter(({ severity }) => severity === "error");
        expect(errors).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  test("rounding leaves no specks where several sides cross in almost one point", () => {
    const loops = polygon([
      [103, 0.001],
      [103.006, -0.003],
      [103, 0],
      [103.001, 0],
      [103, -0.001],
    ]);
    const crossing = polygon([
      [103.002, -0.003],
      [103.003, -0.001],
      [103, -0.003],
      [103.003, 0],
    ]);
    const extent = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
    const expectNoSpecks = (polygons: readonly Polygon[]) => {
      for (const ring of [merge(polygons), ...partition(polygons).shares].flatMap((one) => one.coordinates.flat())) {
        const [lons, lats] = [ring.map(([lon = 0]) => lon), ring.map(([, lat = 0]) => lat)];
        expect(Math.max(extent(lons), extent(lats))).toBeGreaterThan(1e-6);
      }
    };
    expectNoSpecks([loops, crossing]);
    fc.assert(fc.property(fc.array(meshPolygon, { minLength: 3, maxLength: 7 }), expectNoSpecks), { numRuns: 150 });
  });

  test("the first polygon keeps all of its ground", () => {
    fc.assert(
      fc.property(fc.array(starPolygon, { minLength: 2, maxLength: 6 }), (polygons) => {
        const whole = unionArea(polygons.slice(0, 1));
        // A side measured in pieces can differ from the whole by parts in a million.
        expect(Math.abs((partition(polygons).areas[0] ?? 0) - whole)).toBeLessThan(1e-5 * whole);
      }),
      { numRuns: 60 },
    );
  });

  test("says who lost how much to whom", () => {
    const left = box(103, 0, 103.004, 0.001);
    const middle = box(103.002, 0, 103.006, 0.001);
    const right = box(103.003, 0, 103.01, 0.001);
    const { areas, overlaps } = partition([left, middle, right]);
    const unit = areaOf(box(103, 0, 103.001, 0.001));
    expect(areas.map((area) => area / unit)).toEqual([4, 2, 4].map((value) => expect.closeTo(value, 6)));
    expect(overlaps).toEqual([
      { winner: 0, loser: 1, area: expect.closeTo(2 * unit, 3) },
      { winner: 0, loser: 2, area: expect.closeTo(unit, 3) },
      { winner: 1, loser: 2, area: expect.closeTo(2 * unit, 3) },
    ]);
  });
});

describe("union", () => {
  test("is no larger than the sum and no smaller than the largest", () => {
    fc.assert(
      fc.property(severalPolygons, (polygons) => {
        const union = unionArea(polygons);
        const each = polygons.map((one) => unionArea([one]));
        // A side measured in pieces can differ from the whole by parts in a million.
        expect(union).toBeLessThan(sum(each) * (1 + 1e-5) + 1e-3);
        expect(union).toBeGreaterThan(Math.max(...each) * (1 - 1e-5) - 1e-3);
      }),
      { numRuns: 100 },
    );
  });

  test("is the same point for point in whatever order the polygons come", () => {
    const shuffled = severalPolygons.chain((polygons) =>
      fc.tuple(fc.constant(polygons), fc.shuffledSubarray(polygons, { minLength: polygons.length })),
    );
    fc.assert(
      fc.property(shuffled, ([polygons, other]) => {
        expect(merge(other)).toEqual(merge(polygons));
        expect(unionArea(other)).toBe(unionArea(polygons));
      }),
      { numRuns: 100 },
    );
  });

  test("of the union covers the same ground", () => {
    fc.assert(
      fc.property(severalPolygons, (polygons) => {
        const once = merge(polygons);
        const twice = merge([once]);
        // Sides that pass a point by less than a step of the grid may be bent to it the second time.
        expect(areaOf(subtract(once, [twice]))).toBeLessThan(1e-3);
        expect(areaOf(subtract(twice, [once]))).toBeLessThan(1e-3);
      }),
      { numRuns: 80 },
    );
  });

  test("of two neighbours leaves no trace of their border", () => {
    const west = box(103, 13, 103.001, 13.002);
    const east = polygon([
      [103.001, 13],
      [103.002, 13],
      [103.002, 13.002],
      [103.001, 13.002],
      [103.001, 13.0007],
    ]);
    const merged = merge([west, east]);
    expect(merged.coordinates).toHaveLength(1);
    expect(merged.coordinates.flat()).toHaveLength(1);
    expect(sidesOf(merged)).toHaveLength(6);
  });

  test("keeps a hole, an island in it, and parts that touch in a point apart", () => {
    const ring = subtract(box(103, 13, 103.009, 13.009), [box(103.003, 13.003, 103.006, 13.006)]);
    const island = box(103.004, 13.004, 103.005, 13.005);
    const corner = box(103.009, 13.009, 103.01, 13.01);
    const merged = merge([island, ring, corner]);
    expect(merged.coordinates.map((rings) => rings.length)).toEqual([2, 1, 1]);
    expect(geodesicArea(merged)).toBeCloseTo(geodesicArea(ring) + geodesicArea(island) + geodesicArea(corner), 3);
  });

  test("a figure of eight covers both loops; parts that overlap count once; a line covers nothing", () => {
    const eight = polygon([
      [103, 0],
      [103.002, 0.002],
      [103.002, 0],
      [103, 0.002],
    ]);
    const square = areaOf(box(103, 0, 103.002, 0.002));
    expect(unionArea([eight])).toBeCloseTo(square / 2, 3);
    const part = box(103, 0, 103.002, 0.002).coordinates;
    const twice: MultiPolygon = {
      type: "MultiPolygon",
      coordinates: [part, box(103.001, 0, 103.003, 0.002).coordinates],
    };
    expect(unionArea([twice])).toBeCloseTo(1.5 * square, 3);
    const line = polygon([
      [103, 0],
      [103.001, 0],
      [103.002, 0],
    ]);
    expect(merge([line]).coordinates).toEqual([]);
    expect(merge([]).coordinates).toEqual([]);
  });

  test("refuses a coordinate that is not a number", () => {
    const wrong = polygon([
      [103, 13],
      [103.1, Number.NaN],
      [103.1, 13.1],
    ]);
    expect(() => merge([wrong])).toThrow(GeometryError);
  });
});

describe("clip, subtract, split", () => {
  test("what is within and what is outside another make up the polygon", () => {
    fc.assert(
      fc.property(anyPolygon, anyPolygon, (one, two) => {
        const { areas, overlaps } = partition([two, one]);
        const within = areaOf(clipTo(one, two));
        const outside = areaOf(subtract(one, [two]));
        expect(Math.abs(outside - (areas[1] ?? 0))).toBeLessThan(near(outside));
        expect(Math.abs(within - intersectionArea(two, one))).toBeLessThan(near(within));
        expect(Math.abs(within - sum(overlaps.map(({ area }) => area)))).toBeLessThan(near(within));
        const whole = unionArea([one]);
        expect(Math.abs(within + outside - whole)).toBeLessThan(1e-5 * whole + 1e-3);
      }),
      { numRuns: 150 },
    );
  });

  test("neighbours with a common border have no ground in common", () => {
    const west = box(103, 13, 103.001, 13.001);
    const east = box(103.001, 13.0005, 103.002, 13.002);
    expect(clipTo(west, east).coordinates).toEqual([]);
    expect(intersectionArea(west, east)).toBe(0);
    expect(areaOf(subtract(west, [east]))).toBeCloseTo(areaOf(west), 3);
  });

  test("pieces of a split polygon are disjoint and make up the polygon", () => {
    const line = fc.array(
      fc.tuple(
        fc.double({ min: 102.995, max: 103.012, noNaN: true }),
        fc.double({ min: -0.005, max: 0.005, noNaN: true }),
      ),
      { minLength: 2, maxLength: 5 },
    );
    fc.assert(
      fc.property(meshPolygon, line, (whole, coordinates) => {
        const pieces = splitByLine(whole, { type: "LineString", coordinates });
        const area = unionArea([whole]);
        expect(Math.abs(sum(pieces.map(areaOf)) - area)).toBeLessThan(near(area));
        expect(Math.abs(unionArea(pieces) - area)).toBeLessThan(near(area));
      }),
      { numRuns: 100 },
    );
  });

  test("a line through cuts in two, a line that ends inside does not, a closed line cuts out", () => {
    const field = box(103, 0, 103.003, 0.003);
    const along = (...coordinates: number[][]) => splitByLine(field, { type: "LineString", coordinates });
    expect(along([102.9, 0.001], [103.1, 0.001])).toHaveLength(2);
    expect(along([102.9, 0.001], [103.001, 0.001])).toHaveLength(1);
    const [outer, inner] = along([103.001, 0.001], [103.002, 0.001], [103.002, 0.002], [103.001, 0.001]);
    expect(outer?.coordinates).toHaveLength(2);
    expect(inner?.coordinates).toHaveLength(1);
  });
});
