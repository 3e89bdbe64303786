import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { datumOperations, datums } from "./datum-table.ts";
import { findDatum, findOperation, fromWgs84, isWithinAreaOfUse, operationsFor, toWgs84 } from "./datums.ts";
import { distanceMetres } from "./geodesic.ts";

const quangTri = { lon: 107.1, lat: 16.82 };
const battambang = { lon: 103.2, lat: 13.1 };
const vientiane = { lon: 102.6, lat: 17.97 };
const marawi = { lon: 124.3, lat: 8 };

function metresOff(datum: string, place: { lon: number; lat: number }): number {
  const found = findOperation(datum);
  if (!found.ok) throw new Error(found.problem.code);
  return distanceMetres(place, toWgs84(found.operation, place));
}

describe("reading a position on another datum as WGS 84 would be this far off", () => {
  test.each([
    ["Indian 1960 at Quang Tri", "indian-1960", quangTri, 483],
    ["Indian 1960 at Battambang", "indian-1960", battambang, 445],
    ["VN-2000 at Quang Tri", "vn-2000", quangTri, 225],
    ["Hanoi 1972 at Quang Tri", "hanoi-1972", quangTri, 57],
    ["Lao 1997 at Vientiane", "lao-1997", vientiane, 16],
    ["Vientiane 1982 at Vientiane", "vientiane-1982", vientiane, 16],
    ["Luzon 1911 at Marawi", "luzon-1911", marawi, 193],
    ["WGS 84", "wgs-84", marawi, 0],
  ])("%s: %s", (_name, datum, place, metres) => {
    expect(Math.abs(metresOff(datum, place) - metres)).toBeLessThan(1);
  });
});

// Computed once with PROJ 9.1.1 (`gdaltransform -ct`), with the parameters and the rotation convention as published.
test.each([
  ["EPSG:1304", 101.3, 14, 101.296617412232, 14.0016565246339],
  ["EPSG:1542", 103.2, 13.1, 103.196367173081, 13.1018573214676],
  ["EPSG:1153", 99, 16.8, 98.9967815825258, 16.8014684591628],
  ["EPSG:6960", 107.1, 16.8, 107.101832071887, 16.7989874631634],
  ["EPSG:1544", 107.1, 16.82, 107.100455837622, 16.8197310992499],
  ["EPSG:1065", 102.6, 17.97, 102.599859441842, 17.9700585014648],
  ["EPSG:8651", 102.6, 17.97, 102.599866524547, 17.9700581180403],
  ["EPSG:1161", 121, 14.6, 121.001426099387, 14.5985023313745],
  ["EPSG:1162", 124.3, 8, 124.301400426372, 7.99875210479064],
  ["EPSG:15708", 121, 14.6, 121.001359392867, 14.5984951057218],
  ["EPSG:15708", 124.3, 8, 124.301514243026, 7.99903112305591],
])("%s carries %d, %d to where PROJ carries it", (id, lon, lat, expectedLon, expectedLat) => {
  const operation = datumOperations.find((candidate) => candidate.id === id);
  if (!operation) throw new Error(`no operation ${id}`);
  const expected = { lon: expectedLon, lat: expectedLat };
  expect(distanceMetres(toWgs84(operation, { lon, lat }), expected)).toBeLessThan(1e-4);
});

test("every operation comes back to the same position within a micrometre, everywhere in its area", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...datumOperations),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (operation, u, v) => {
        const [west, south, east, north] = operation.datum === "wgs-84" ? [90, -11, 141, 29] : operation.area;
        const place = { lon: west + u * (east - west), lat: south + v * (north - south) };
        expect(distanceMetres(fromWgs84(operation, toWgs84(operation, place)), place)).toBeLessThan(1e-6);
      },
    ),
  );
});

test("an unknown datum is refused in every spelling, never taken for WGS 84", () => {
  for (const name of [
    undefined,
    null,
    "",
    " ",
    "unknown",
    "local",
    "GPS",
    "WGS 72",
    "Pulkovo 1942",
    "Indian",
    "EPSG:9999",
  ]) {
    expect(findDatum(name)).toEqual({
      ok: false,
      problem: { code: "coordinate.datum-unknown", params: { datum: name ?? "" } },
    });
    expect(findOperation(name).ok).toBe(false);
  }
});

test("spellings met on maps find their datum", () => {
  for (const [name, id] of [
    ["WGS84", "wgs-84"],
    ["wgs_84", "wgs-84"],
    ["EPSG:4326", "wgs-84"],
    ["VN2000", "vn-2000"],
    ["INDIAN 1960", "indian-1960"],
    ["PRS 92", "prs92"],
    ["EPSG:4678", "lao-1997"],
  ] as const) {
    expect(findDatum(name)).toMatchObject({ ok: true, datum: { id } });
  }
});

test("an operation of another datum and an unlisted operation are refused", () => {
  expect(findOperation("wgs-84", "EPSG:1304")).toMatchObject({
    problem: { code: "coordinate.operation-not-for-datum" },
  });
  expect(findOperation("indian-1975", "EPSG:1812")).toMatchObject({
    problem: { code: "coordinate.operation-unknown" },
  });
});

test("each datum's default operation exists and belongs to it; ids are unique", () => {
  for (const datum of datums)
    expect(findOperation(datum.id)).toMatchObject({ ok: true, operation: { id: datum.defaultOperation } });
  expect(new Set(datumOperations.map(({ id }) => id)).size).toBe(datumOperations.length);
});

test("Vientiane 1982 goes by way of Lao 1997: its parameters are the sum of both steps", () => {
  const lao = findOperation("lao-1997");
  const vientiane1982 = findOperation("vientiane-1982");
  if (!lao.ok || !vientiane1982.ok) throw new Error("missing");
  [-2.227, 6.524, 2.178].forEach((step, axis) => {
    expect(vientiane1982.operation.towgs84[axis]).toBeCloseTo(step + (lao.operation.towgs84[axis] ?? 0), 9);
  });
});

test("operations for a place leave out those made for somewhere else", () => {
  expect(operationsFor("luzon-1911", { lon: 124.3, lat: 5.9 }).map(({ id }) => id)).toEqual(["EPSG:1162"]);
  expect(operationsFor("luzon-1911").map(({ id }) => id)).toEqual(["EPSG:1161", "EPSG:1162"]);
  const indian = findOperation("indian-1960");
  expect(indian.ok && isWithinAreaOfUse(indian.operation, battambang)).toBe(false);
});
