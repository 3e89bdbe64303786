import fc from "fast-check";
import type { MultiPolygon, Polygon, Position } from "geojson";
import { describe, expect, test } from "vitest";
import { geodesicArea } from "../area.ts";
import { checkPolygon } from "./polygon.ts";
import { repairPolygon } from "./repair.ts";
import {
  checkConsecutiveDuplicates,
  checkLastRepeatsFirst,
  checkLongSides,
  checkRepeatedFirstPair,
  checkRepeatedVertices,
  checkRingClosure,
  checkSpikes,
  checkVertexCount,
} from "./vertices.ts";

const a: Position = [105, 15];
const b: Position = [105.001, 15];
const c: Position = [105.001, 15.001];
const d: Position = [105, 15.001];
const polygon = (...ring: Position[]): Polygon => ({ type: "Polygon", coordinates: [ring] });

test("fewer than three different points enclose nothing", () => {
  expect(checkVertexCount(polygon(a, b, a))).toMatchObject([
    { check: "polygon.too-few-vertices", params: { vertices: 2 } },
  ]);
  expect(checkVertexCount(polygon(a, b, b, a, a))).toMatchObject([{ params: { vertices: 2 } }]);
  expect(checkVertexCount(polygon())).toMatchObject([{ params: { vertices: 0 } }]);
  expect(checkVertexCount(polygon(a, b, c, a))).toEqual([]);
});

test("a point equal to the one before is found and dropped", () => {
  const [finding] = checkConsecutiveDuplicates(polygon(a, b, b, c, d, a));
  expect(finding).toMatchObject({ check: "polygon.duplicate-consecutive", severity: "warning", path: [0, 2] });
  expect(finding?.suggestion?.geometry).toEqual(polygon(a, b, c, d, a));
  expect(checkConsecutiveDuplicates(polygon(a, b, c, d, a))).toEqual([]);
});

describe("a last point that repeats the first within 0.000001°", () => {
  const near: Position = [105.0000009, 15.0000009];
  const far: Position = [105.0000011, 15];
  test("is found, with and without the closing point", () => {
    for (const geometry of [polygon(a, b, c, d, near, a), polygon(a, b, c, d, near), polygon(a, b, c, d, a, a)]) {
      const [finding, ...others] = checkLastRepeatsFirst(geometry);
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ check: "polygon.last-repeats-first", path: [0, 4] });
      expect(finding?.suggestion?.geometry).toEqual(polygon(a, b, c, d, a));
    }
  });
  test("is left alone beyond that", () => {
    expect(checkLastRepeatsFirst(polygon(a, b, c, d, far, a))).toEqual([]);
    expect(checkLastRepeatsFirst(polygon(a, b, c, d, a))).toEqual([]);
  });
});

test("a first pair typed again at the end is found and dropped", () => {
  for (const geometry of [polygon(a, b, c, d, a, b, a), polygon(a, b, c, d, a, b)]) {
    const [finding] = checkRepeatedFirstPair(geometry);
    expect(finding).toMatchObject({ check: "polygon.repeated-first-pair", path: [0, 4] });
    expect(finding?.suggestion?.geometry).toEqual(polygon(a, b, c, d, a));
    expect(checkRepeatedVertices(geometry)).toEqual([]);
  }
  expect(checkRepeatedFirstPair(polygon(a, b, c, d, a))).toEqual([]);
});

test("an open ring is an error and is closed", () => {
  expect(checkRingClosure(polygon(a, b, c, d))).toMatchObject([
    { check: "polygon.ring-open", severity: "error", suggestion: { geometry: polygon(a, b, c, d, a) } },
  ]);
  expect(checkRingClosure(polygon(a, b, c, d, a))).toEqual([]);
});

test("a point that comes again further on is an error", () => {
  expect(checkRepeatedVertices(polygon(a, b, c, b, d, a))).toMatchObject([
    { check: "polygon.duplicate-vertex", severity: "error", path: [0, 3], params: { sameAs: 1 } },
  ]);
});

test("sides over 5,000 m are reported, with their length", () => {
  const long = polygon([105, 15], [105.05, 15], [105.05, 15.01], [105, 15.01], [105, 15]);
  const findings = checkLongSides(long);
  expect(findings.map(({ path }) => path)).toEqual([
    [0, 0],
    [0, 2],
  ]);
  expect(findings[0]?.params.metres).toBeCloseTo(5378, -1);
  expect(checkLongSides(long, 6000)).toEqual([]);
});

describe("spikes", () => {
  test("a point far out on a hair-thin strip is found and left out", () => {
    const spike: Position = [105.02, 15.0005];
    const [finding, ...others] = checkSpikes(polygon(a, b, [105.001, 15.00049], spike, [105.001, 15.00051], c, d, a));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ check: "polygon.spike", path: [0, 3] });
    expect(finding?.suggestion?.geometry).toEqual(polygon(a, b, [105.001, 15.00049], [105.001, 15.00051], c, d, a));
  });
  test("a side that runs out and straight back is one too", () => {
    expect(checkSpikes(polygon(a, b, [105.01, 15], b, c, d, a))).toMatchObject([
      { path: [0, 2], params: { degrees: 0 } },
    ]);
  });
  test("a narrow lane and a slanted field are not", () => {
    expect(checkSpikes(polygon([105, 15], [105.01, 15], [105.01, 15.00002], [105, 15.00002], [105, 15]))).toEqual([]);
    expect(checkSpikes(polygon(a, b, [105.0005, 15.002], a))).toEqual([]);
  });
});

describe("repair", () => {
  const index = fc.nat({ max: 3 });
  /** A square with any mixture of the faults that are safe to repair. */
  const faulty = fc
    .record({
      doubled: fc.array(index, { maxLength: 4 }),
      pair: fc.boolean(),
      repeat: fc.boolean(),
      closed: fc.boolean(),
      reversed: fc.boolean(),
    })
    .map(({ doubled, pair, repeat, closed, reversed }) => {
      const square = reversed ? [a, d, c, b] : [a, b, c, d];
      const points = square.flatMap((point, at) => [
        point,
        ...doubled.filter((twice) => twice === at).map(() => point),
      ]);
      if (pair) points.push(square[0] ?? a, square[1] ?? b);
      if (repeat) points.push([105.0000005, 14.9999995]);
      if (closed) points.push(a);
      return polygon(...points);
    });

  test("brings every mixture of safe faults back to the square, and says what it did", () => {
    fc.assert(
      fc.property(faulty, (geometry) => {
        const before = structuredClone(geometry);
        const { geometry: repaired, repairs } = repairPolygon(geometry);
        expect(repaired).toEqual(polygon(a, b, c, d, a));
        expect(repairs.length === 0).toBe(JSON.stringify(repaired) === JSON.stringify(geometry));
        expect(geometry).toEqual(before);
        expect(checkPolygon(repaired)).toEqual([]);
        expect(repairPolygon(repaired)).toEqual({ geometry: repaired, repairs: [] });
      }),
    );
  });

  test("repairing any ring twice is the same as once", () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }));
    const rings = fc.array(fc.array(point, { maxLength: 10 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(rings, { maxLength: 3 }), (coordinates) => {
        const once = repairPolygon<MultiPolygon>({ type: "MultiPolygon", coordinates }).geometry;
        expect(repairPolygon(once)).toEqual({ geometry: once, repairs: [] });
      }),
    );
  });

  test("drops a repeated part and leaves a crossing alone", () => {
    const square = [a, b, c, d, a];
    const parts: MultiPolygon = { type: "MultiPolygon", coordinates: [[square], [square.toReversed()]] };
    const { geometry, repairs } = repairPolygon(parts);
    expect(geometry.coordinates).toEqual([[square]]);
    expect(repairs).toEqual([
      { repair: "rewind", path: [1, 0] },
      { repair: "drop-duplicate-part", path: [1] },
    ]);
    expect(geodesicArea(geometry)).toBeGreaterThan(0);
    const bowTie = polygon(a, c, b, d, a);
    expect(repairPolygon(bowTie).geometry).toEqual(bowTie);
  });
});
