import fc from "fast-check";
import type { LineString, Polygon } from "geojson";
import { describe, expect, it } from "vitest";
import { type ReportFacts, screenReports, shippedLimits } from "./screening.ts";
import { chiSquareTail, lastDigitTest } from "./screening-digits.ts";

const metre = 1 / 111_320;
const irregular: readonly (readonly [number, number])[] = [
  [0, 0],
  [47.3, 3.1],
  [61.8, 38.4],
  [30.2, 55.9],
  [-4.6, 31.7],
];
const rectangle = [
  [0, 0],
  [50, 0],
  [50, 40],
  [0, 40],
] as const;

/** Corners in metres, turned, put at a place, closed. */
function placed(
  corners: readonly (readonly [number, number])[],
  { lon = 103.2, lat = 13.1, east = 0, north = 0, turn = 0, first = 0, backwards = false } = {},
): Polygon {
  const cos = Math.cos((turn * Math.PI) / 180);
  const sin = Math.sin((turn * Math.PI) / 180);
  let points = corners.map(([x, y]) => {
    const [rx, ry] = [x * cos - y * sin + east, x * sin + y * cos + north];
    return [lon + (rx * metre) / Math.cos((lat * Math.PI) / 180), lat + ry * metre];
  });
  points = [...points.slice(first), ...points.slice(0, first)];
  if (backwards) points.reverse();
  return { type: "Polygon", coordinates: [[...points, points[0] as number[]]] };
}

let number = 0;
const aReport = (changes: Partial<ReportFacts> = {}): ReportFacts => ({
  id: `r${++number}`,
  organisation: "o",
  team: "t",
  from: "2026-11-02",
  to: "2026-11-02",
  method: "manual",
  polygons: [],
  processedSquareMetres: null,
  deminers: null,
  hours: null,
  devices: null,
  ...changes,
});
const rules = (reports: ReportFacts[]) => screenReports(reports).map(({ rule, reports: of }) => [rule, of]);

describe("copied polygons", () => {
  it("are found shifted, turned, begun at another corner and run the other way round", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 9000 }),
        fc.integer({ min: -9000, max: 9000 }),
        fc.integer({ min: 0, max: 359 }),
        fc.nat(4),
        fc.boolean(),
        (east, north, turn, first, backwards) => {
          const one = aReport({ polygons: [placed(irregular)] });
          const two = aReport({ polygons: [placed(irregular, { east, north, turn, first, backwards })] });
          const [found, ...others] = screenReports([one, two]);
          expect(others).toEqual([]);
          expect(found).toMatchObject({ rule: "copied-shape", reports: [one.id, two.id], numbers: { corners: 5 } });
          // The copy turns around its first corner, so its middle moves by up to twice the way between the two.
          expect(Math.abs((found?.numbers.metres ?? 0) - Math.hypot(east, north))).toBeLessThan(80);
          expect(found?.numbers.degrees).toBe(turn > 180 ? 360 - turn : turn);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("are told apart from the same polygon reported twice", () => {
    const one = aReport({ polygons: [placed(irregular)] });
    const two = aReport({ polygons: [placed(irregular, { first: 2, backwards: true })] });
    expect(screenReports([one, two])).toEqual([
      {
        rule: "same-polygon",
        reports: [one.id, two.id],
        numbers: { corners: 5 },
        sentence: "quality.screening.same-polygon",
      },
    ]);
  });

  it("are not seen in surveys that differ by half a metre, in rectangles elsewhere, or within one report", () => {
    const bent = irregular.map(([x, y], at) => [x + (at === 2 ? 0.9 : 0), y] as const);
    expect(
      rules([aReport({ polygons: [placed(irregular)] }), aReport({ polygons: [placed(bent, { east: 500 })] })]),
    ).toEqual([]);
    expect(
      rules([
        aReport({ polygons: [placed(rectangle)] }),
        aReport({ polygons: [placed(rectangle, { east: 500, turn: 30 })] }),
      ]),
    ).toEqual([]);
    expect(rules([aReport({ polygons: [placed(irregular), placed(irregular, { east: 400 })] })])).toEqual([]);
    const [one, two] = [aReport({ polygons: [placed(rectangle)] }), aReport({ polygons: [placed(rectangle)] })];
    expect(rules([one, two])).toEqual([["same-polygon", [one.id, two.id]]]);
  });

  it("mirrored are different land", () => {
    const mirrored = irregular.map(([x, y]) => [-x, y] as const);
    expect(
      rules([aReport({ polygons: [placed(irregular)] }), aReport({ polygons: [placed(mirrored, { east: 900 })] })]),
    ).toEqual([]);
  });
});

describe("rates", () => {
  it("are judged by method, over every day and deminer, and name the limit", () => {
    const fast = aReport({ processedSquareMetres: 4100, deminers: 10, from: "2026-11-02", to: "2026-11-05" });
    expect(screenReports([fast])).toEqual([
      {
        rule: "impossible-rate",
        reports: [fast.id],
        numbers: { squareMetres: 4100, deminers: 10, days: 4, rate: 103, limit: 100 },
        sentence: "quality.screening.impossible-rate",
      },
    ]);
    expect(rules([aReport({ ...fast, processedSquareMetres: 4000 })])).toEqual([]);
    expect(rules([aReport({ ...fast, method: "mechanical" })])).toEqual([]);
    expect(rules([aReport({ ...fast, deminers: null })])).toEqual([]);
  });

  it("of land worked by nobody have a reason of their own", () => {
    const nobody = aReport({ processedSquareMetres: 5, deminers: 0 });
    expect(rules([nobody])).toEqual([["area-without-people", [nobody.id]]]);
  });
});

describe("repeated figures", () => {
  const day = (date: string, processed: number, changes: Partial<ReportFacts> = {}) =>
    aReport({ from: date, to: date, processedSquareMetres: processed, deminers: 8, hours: 6, devices: 0, ...changes });

  it("of one team on three days in a row are a reason, over a weekend too", () => {
    const days = [day("2026-11-05", 137), day("2026-11-06", 137), day("2026-11-09", 137), day("2026-11-10", 141)];
    expect(rules(days)).toEqual([["repeated-figures", days.slice(0, 3).map(({ id }) => id)]]);
  });

  it("of two days, of two teams, of days far apart or of days without work are none", () => {
    expect(rules([day("2026-11-02", 137), day("2026-11-03", 137), day("2026-11-04", 138)])).toEqual([]);
    expect(
      rules([day("2026-11-02", 137), day("2026-11-03", 137, { team: "u" }), day("2026-11-04", 137, { team: "v" })]),
    ).toEqual([]);
    expect(rules([day("2026-11-02", 137), day("2026-11-09", 137), day("2026-11-16", 137)])).toEqual([]);
    expect(rules([day("2026-11-02", 0), day("2026-11-03", 0), day("2026-11-04", 0)])).toEqual([]);
  });
});

describe("last digits", () => {
  it("have the chi-square tails of the tables: 16.919 at 0.05, 21.666 at 0.01 and 27.877 at 0.001", () => {
    for (const [value, probability] of [
      [16.919, 0.05],
      [21.666, 0.01],
      [27.877, 0.001],
    ] as const)
      expect(chiSquareTail(value, 9)).toBeCloseTo(probability, 5);
    expect(chiSquareTail(3.841, 1)).toBeCloseTo(0.05, 4);
    expect(chiSquareTail(0, 9)).toBe(1);
  });

  it("evenly spread are as expected, all alike are not", () => {
    const even = Array.from({ length: 100 }, (_, i) => 1000 + i);
    expect(lastDigitTest(even)).toMatchObject({ chiSquare: 0, probability: 1 });
    const fives = Array.from({ length: 60 }, (_, i) => 105 + 10 * i);
    expect(lastDigitTest(fives).mostFrequent).toBe(5);
    expect(lastDigitTest(fives).probability).toBeLessThan(1e-12);
  });

  it("speak only when there are enough figures", () => {
    const reports = Array.from({ length: 60 }, (_, i) =>
      aReport({ team: `${i}`, processedSquareMetres: 115 + 10 * (i * 7), method: "other" }),
    );
    expect(rules(reports.slice(0, 49))).toEqual([]);
    const [found] = screenReports(reports);
    expect(found).toMatchObject({ rule: "last-digits", numbers: { figures: 60, digit: 5, share: 1 } });
    expect(found?.numbers.probability).toBeLessThan(shippedLimits.digitProbability);
  });
});

describe("tracks", () => {
  const line = (points: readonly (readonly [number, number])[]): LineString => ({
    type: "LineString",
    coordinates: points.map(([x, y]) => [103.2 + (x * metre) / Math.cos((13.1 * Math.PI) / 180), 13.1 + y * metre]),
  });
  const field = placed([
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
  ]);

  it("that stay in the polygon, or leave it by no more than the tolerance, are fine", () => {
    expect(
      rules([
        aReport({
          polygons: [field],
          track: line([
            [5, 5],
            [95, 5],
            [95, 110],
            [5, 95],
          ]),
        }),
      ]),
    ).toEqual([]);
  });

  it("that are mostly elsewhere are a reason, with the share outside", () => {
    const stray = aReport({
      polygons: [field],
      track: line([
        [50, 50],
        [250, 50],
      ]),
    });
    const [found] = screenReports([stray]);
    expect(found).toMatchObject({ rule: "track-outside", reports: [stray.id] });
    // Of 200 m, 50 lie inside and 15 more within the tolerance.
    expect(found?.numbers.share).toBeCloseTo(135 / 200, 1);
  });

  it("without a polygon, or of one point, say nothing", () => {
    expect(
      rules([
        aReport({
          track: line([
            [0, 0],
            [500, 0],
          ]),
        }),
      ]),
    ).toEqual([]);
    expect(rules([aReport({ polygons: [field], track: line([[500, 0]]) })])).toEqual([]);
  });
});
