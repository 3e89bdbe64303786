import fc from "fast-check";
import type { MultiPolygon, Point, Polygon, Position } from "geojson";
import { describe, expect, test } from "vitest";
import { parseCoordinate } from "../coordinates/parse.ts";
import { destination, distanceMetres } from "../geodesic.ts";
import { prepareRegion } from "../region.ts";
import { adjustTraverse } from "../traverse.ts";
import { checkOutsideRegion, checkPlace, checkSigns, checkSwappedAxes, checkUtmZone } from "./place.ts";
import { checkDefaultPoint, checkMisclosure, checkPrecision, findRepeatedPoints } from "./precision.ts";
import { placeInRing } from "./segments.ts";

const point = (lon: number, lat: number): Point => ({ type: "Point", coordinates: [lon, lat] });

/** A rough outline that stands for a country between 102.3° and 107.6° E, 10.4° and 14.7° N, with an enclave and an island. */
const country: MultiPolygon = {
  type: "MultiPolygon",
  coordinates: [
    [
      [
        [102.3, 13.5],
        [103, 11],
        [104.5, 10.4],
        [106, 11],
        [107.6, 12.5],
        [107.5, 14.5],
        [105.2, 14.2],
        [103, 14.4],
        [102.3, 13.5],
      ],
      [
        [105, 12],
        [105, 12.2],
        [105.2, 12.2],
        [105.2, 12],
        [105, 12],
      ],
    ],
    [
      [
        [102.9, 10.5],
        [103.1, 10.5],
        [103.1, 10.7],
        [102.9, 10.7],
        [102.9, 10.5],
      ],
    ],
  ],
};
const region = prepareRegion(country);
const expected = { region, toleranceMetres: 500 };

describe("a region", () => {
  const place = fc.record({
    lon: fc.double({ min: 101.5, max: 108.5, noNaN: true }),
    lat: fc.double({ min: 9.5, max: 15.5, noNaN: true }),
  });

  test("contains what going round its rings one by one says", () => {
    fc.assert(
      fc.property(place, ({ lon, lat }) => {
        const inPart = country.coordinates.some(([shell = [], ...holes]) => {
          const position: Position = [lon, lat];
          return (
            placeInRing(shell, position) !== "outside" &&
            holes.every((hole) => placeInRing(hole, position) !== "inside")
          );
        });
        expect(region.contains(lon, lat)).toBe(inPart);
      }),
      { numRuns: 1000 },
    );
  });

  test("contains its corners and the points of its border", () => {
    for (const ring of country.coordinates.flat())
      for (const [lon = 0, lat = 0] of ring) expect(region.contains(lon, lat)).toBe(true);
    expect(region.contains(103, 10.5)).toBe(true);
    expect(region.contains(105.1, 12.1)).toBe(false);
  });

  test("is as far as the nearest of many points along its border", () => {
    const border = country.coordinates.flat().flatMap((ring) =>
      ring.slice(1).flatMap(([lon = 0, lat = 0], index) => {
        const [fromLon = 0, fromLat = 0] = ring[index] ?? [];
        return Array.from({ length: 400 }, (_, step) => ({
          lon: fromLon + ((lon - fromLon) * step) / 400,
          lat: fromLat + ((lat - fromLat) * step) / 400,
        }));
      }),
    );
    fc.assert(
      fc.property(place, (from) => {
        fc.pre(!region.contains(from.lon, from.lat));
        const nearest = Math.min(...border.map((to) => distanceMetres(from, to)));
        const found = region.distanceMetres(from.lon, from.lat);
        expect(found).toBeLessThanOrEqual(nearest * 1.001 + 0.01);
        // Points along the border are up to 700 m apart, so the nearest of them can be a little further than the border.
        expect(found).toBeGreaterThan(nearest - 700);
      }),
      { numRuns: 60 },
    );
    expect(region.distanceMetres(104, 12)).toBe(0);
  });

  test("of nothing is refused", () => {
    expect(() => prepareRegion({ type: "MultiPolygon", coordinates: [] })).toThrow("region.empty");
  });
});

describe("outside the region", () => {
  test("the tolerance is on the ground", () => {
    const edge = destination({ lon: 103.1, lat: 10.6 }, 90, 499);
    const beyond = destination({ lon: 103.1, lat: 10.6 }, 90, 501);
    expect(checkOutsideRegion(point(edge.lon, edge.lat), expected)).toEqual([]);
    const [finding] = checkOutsideRegion(point(beyond.lon, beyond.lat), expected);
    expect(finding).toMatchObject({ check: "place.outside-region", severity: "error", path: [] });
    expect(finding?.params.metres).toBeCloseTo(501, 0);
  });

  test("a polygon with one corner outside names that corner", () => {
    const geometry: Polygon = {
      type: "Polygon",
      coordinates: [
        [
          [104, 12],
          [104.01, 12],
          [110, 12.01],
          [104, 12],
        ],
      ],
    };
    expect(checkOutsideRegion(geometry, expected)).toMatchObject([{ path: [0, 2] }]);
  });
});

describe("corrections are offered when they bring the geometry inside, and only then", () => {
  test("swapped axes, of the whole or of one corner", () => {
    expect(checkSwappedAxes(point(12, 104), expected)).toMatchObject([
      { check: "place.axes-swapped", path: [], suggestion: { geometry: point(104, 12), reason: "swap-axes" } },
    ]);
    const geometry: Polygon = {
      type: "Polygon",
      coordinates: [
        [
          [104, 12],
          [104.01, 12],
          [12.01, 104.01],
          [104, 12],
        ],
      ],
    };
    expect(checkSwappedAxes(geometry, expected)).toMatchObject([
      {
        path: [0, 2],
        suggestion: {
          geometry: {
            coordinates: [
              [
                [104, 12],
                [104.01, 12],
                [104.01, 12.01],
                [104, 12],
              ],
            ],
          },
        },
      },
    ]);
    expect(checkSwappedAxes(point(104, 12), expected)).toEqual([]);
    expect(checkSwappedAxes(point(50, 60), expected)).toEqual([]);
  });

  test("signs", () => {
    expect(checkSigns(point(104, -12), expected)).toMatchObject([
      { suggestion: { geometry: point(104, 12), reason: "flip-latitude-sign" } },
    ]);
    expect(checkSigns(point(-104, 12), expected)).toMatchObject([{ suggestion: { reason: "flip-longitude-sign" } }]);
    expect(checkSigns(point(-104, -12), expected)).toMatchObject([{ suggestion: { reason: "flip-both-signs" } }]);
    expect(checkSigns(point(-80, -12), expected)).toEqual([]);
  });

  test("a UTM zone one too far west or east, on any datum", () => {
    const figures = "304854 1448889";
    for (const datum of ["wgs-84", "indian-1960"]) {
      const right = parseCoordinate(figures, { datum, zone: { zone: 48, hemisphere: "N" } });
      if (!right.ok) throw new Error(right.problem.code);
      for (const zone of [47, 49]) {
        const wrong = parseCoordinate(figures, { datum, zone: { zone, hemisphere: "N" } });
        if (!wrong.ok || !wrong.zone) throw new Error("unread");
        const findings = checkUtmZone(point(wrong.lon, wrong.lat), expected, { datum, zone: wrong.zone });
        expect(findings).toMatchObject([{ check: "place.wrong-zone", params: { readIn: zone, zone: 48 } }]);
        const suggested = findings[0]?.suggestion?.geometry;
        if (suggested?.type !== "Point") throw new Error("no suggestion");
        const [lon = 0, lat = 0] = suggested.coordinates;
        expect(distanceMetres({ lon, lat }, right)).toBeLessThan(0.001);
      }
    }
    expect(checkUtmZone(point(90, 13), expected, { datum: "wgs-84" })).toEqual([]);
    expect(checkUtmZone(point(97.2, 13.1), expected, { datum: "unknown" })).toEqual([]);
  });

  test("nothing is ever suggested that lies outside", () => {
    const anywhere = fc.record({
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
      lat: fc.double({ min: -80, max: 80, noNaN: true }),
    });
    fc.assert(
      fc.property(anywhere, ({ lon, lat }) => {
        for (const { suggestion } of checkPlace(point(lon, lat), expected, { datum: "wgs-84" })) {
          if (suggestion) expect(checkOutsideRegion(suggestion.geometry as Point, expected)).toEqual([]);
        }
      }),
    );
  });

  test("a geometry inside gives no finding at all", () => {
    expect(checkPlace(point(104, 12), expected, { datum: "wgs-84" })).toEqual([]);
  });
});

describe("default points and precision", () => {
  test("zero, zero and given centroids are found", () => {
    const defaults = [{ name: "centroid of the country", position: [104.9, 12.6] }];
    expect(checkDefaultPoint(point(0, 0))).toMatchObject([{ check: "place.default-point", params: { name: "0,0" } }]);
    expect(checkDefaultPoint(point(104.9000005, 12.6), defaults)).toMatchObject([
      { params: { name: "centroid of the country" } },
    ]);
    expect(checkDefaultPoint(point(104.90001, 12.6), defaults)).toEqual([]);
  });

  test("points shared by many records are listed, the most frequent first", () => {
    const points = [[1, 1], [2, 2], [1, 1], null, [2, 2], [1, 1], [3, 3]];
    expect(findRepeatedPoints(points, 2)).toMatchObject([
      { params: { count: 3 }, indices: [0, 2, 5] },
      { params: { count: 2 }, indices: [1, 4] },
    ]);
    expect(findRepeatedPoints(points)).toEqual([]);
  });

  test.each([
    [[104, 12], "degree", 0],
    [[104.9, 12.61], "degree", 2],
    [[104.123, 12.6], "degree", 3],
    [[104 + 12 / 60, 12 + 33 / 60], "minute", 0],
    [[104.25, 12.5], "minute", 0],
  ])("%j is coarse: %s, %i decimals", (coordinates, unit, decimals) => {
    expect(checkPrecision({ type: "Point", coordinates })).toMatchObject([
      { check: "place.precision-coarse", params: { unit, decimals } },
    ]);
  });

  test("four decimals, whole seconds, and a polygon with one fine corner pass", () => {
    expect(checkPrecision(point(104.1234, 12.6))).toEqual([]);
    expect(checkPrecision(point(104 + 12 / 60 + 7 / 3600, 12 + 33 / 60))).toEqual([]);
    expect(
      checkPrecision({
        type: "Polygon",
        coordinates: [
          [
            [104, 12],
            [104.1, 12],
            [104.12345, 12.1],
            [104, 12],
          ],
        ],
      }),
    ).toEqual([]);
  });
});

test("traverses that close badly", () => {
  const gap = (metres: number) =>
    checkMisclosure(
      adjustTraverse([
        { bearingDegrees: 0, distance: 100 },
        { bearingDegrees: 90, distance: 100 },
        { bearingDegrees: 180, distance: 100 - metres },
        { bearingDegrees: 270, distance: 100 },
      ]),
    ).map(({ severity }) => severity);
  expect(gap(1)).toEqual([]);
  expect(gap(3)).toEqual(["warning"]);
  expect(gap(9)).toEqual(["error"]);
  const large = [0, 90, 180, 270].map((bearingDegrees) => ({
    bearingDegrees,
    distance: bearingDegrees === 0 ? 5011 : 5000,
  }));
  expect(checkMisclosure(adjustTraverse(large))).toMatchObject([{ severity: "error" }]);
});
