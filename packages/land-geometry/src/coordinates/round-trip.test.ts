import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DatumId, datums } from "../datum-table.ts";
import { distanceMetres } from "../geodesic.ts";
import { geographicTool, hasGeographicTool } from "../oracle.test-helper.ts";
import { formatCoordinate, type WritingOptions } from "./format.ts";
import { parseCoordinate } from "./parse.ts";
import type { CoordinateFormat } from "./types.ts";

const place = fc.record({
  lon: fc.double({ min: 92, max: 141, noNaN: true }),
  lat: fc.double({ min: -11, max: 28.5, noNaN: true }),
});
const datumIds: readonly DatumId[] = datums.map(({ id }) => id);

function roundTrip(lon: number, lat: number, format: CoordinateFormat, datum: string, options: WritingOptions): number {
  const written = formatCoordinate(lon, lat, format, datum, options);
  if (!written.ok) throw new Error(written.problem.code);
  const meridian = options.centralMeridian;
  const back = parseCoordinate(written.text, {
    datum,
    ...(meridian === undefined ? {} : { centralMeridian: meridian }),
  });
  if (!back.ok) throw new Error(`${written.text}: ${back.problem.code}`);
  expect(back.format).toBe(format);
  expect(back.asTyped).toBe(written.text);
  return distanceMetres({ lon, lat }, back);
}

describe("what is written is read back at the same place within a millimetre, on every datum", () => {
  test.each([
    ["decimal-degrees", 9],
    ["degrees-minutes", 8],
    ["degrees-minutes-seconds", 6],
    ["utm", 5],
  ] as const)("%s", (format, decimals) => {
    fc.assert(
      fc.property(place, fc.constantFrom(...datumIds), ({ lon, lat }, datum) => {
        expect(roundTrip(lon, lat, format, datum, { decimals })).toBeLessThan(0.001);
      }),
      { numRuns: 300 },
    );
  });

  test("vn2000-tm3", () => {
    const meridians = fc.constantFrom(103, 104.5, 105.75, 106.25, 107.75, 108.5);
    fc.assert(
      fc.property(
        meridians,
        fc.double({ min: -1.5, max: 1.5, noNaN: true }),
        fc.double({ min: 8.4, max: 23.4, noNaN: true }),
        (centralMeridian, dLon, lat) => {
          const metres = roundTrip(centralMeridian + dLon, lat, "vn2000-tm3", "vn-2000", {
            centralMeridian,
            decimals: 5,
          });
          expect(metres).toBeLessThan(0.001);
        },
      ),
    );
  });

  test("MGRS stays within its square at every precision", () => {
    fc.assert(
      fc.property(place, fc.constantFrom(0, 1, 2, 3, 4, 5), ({ lon, lat }, decimals) => {
        // Half a diagonal, plus a thousandth because the grid's scale is not quite one.
        expect(roundTrip(lon, lat, "mgrs", "wgs-84", { decimals })).toBeLessThan(10 ** (5 - decimals) * 0.7081);
      }),
      { numRuns: 300 },
    );
  });
});

test("written minutes and seconds never reach 60", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 179 }), fc.double({ min: 0, max: 2e-7, noNaN: true }), (degree, below) => {
      const written = formatCoordinate(degree + 1 - below, 0, "degrees-minutes-seconds", "wgs-84");
      expect(written.ok && written.text).not.toMatch(/[°']60/);
    }),
  );
});

test("golden references", () => {
  const mgrs = (lon: number, lat: number) => formatCoordinate(lon, lat, "mgrs", "WGS 84");
  expect(mgrs(107.1, 16.82)).toMatchObject({ text: "48QYD2378560829" });
  expect(mgrs(103.2, 13.1)).toMatchObject({ text: "48PUV0485448889" });
  expect(mgrs(107.999, 16.5)).toMatchObject({ text: "48QZD2018126625" });
  expect(mgrs(108.001, 16.5)).toMatchObject({ text: "49QAU7981826625" });
  expect(formatCoordinate(124.3, 8, "utm", "wgs-84")).toMatchObject({ text: expect.stringMatching(/^51N /) });
});

test("formats a datum does not have are refused", () => {
  expect(formatCoordinate(107, 16, "mgrs", "vn-2000")).toMatchObject({
    problem: { code: "coordinate.format-not-for-datum" },
  });
  expect(formatCoordinate(107, 16, "vn2000-tm3", "wgs-84")).toMatchObject({
    problem: { code: "coordinate.format-not-for-datum" },
  });
  expect(formatCoordinate(107, 16, "vn2000-tm3", "vn-2000")).toMatchObject({
    problem: { code: "coordinate.meridian-missing" },
  });
  expect(formatCoordinate(107, 16, "utm", "somewhere")).toMatchObject({
    problem: { code: "coordinate.datum-unknown" },
  });
  expect(formatCoordinate(107, 86, "mgrs", "wgs-84")).toMatchObject({ problem: { code: "coordinate.outside-grid" } });
});

describe.skipIf(!hasGeographicTool("GeoConvert"))("against GeoConvert", () => {
  const spread = fc.record({
    lon: fc.integer({ min: 92e7, max: 141e7 }).map((units) => units / 1e7),
    lat: fc.integer({ min: -11e7, max: 28.5e7 }).map((units) => units / 1e7),
  });
  const places = fc.sample(spread, { numRuns: 400, seed: 46 });
  const lines = places.map(({ lon, lat }) => `${lat.toFixed(7)} ${lon.toFixed(7)}`);

  test("MGRS references of a metre are the same", () => {
    const expected = geographicTool("GeoConvert", ["-m", "-p", "0"], lines);
    const ours = places.map(({ lon, lat }) => formatCoordinate(lon, lat, "mgrs", "wgs-84"));
    expect(ours.map((written) => (written.ok ? written.text : written.problem.code))).toEqual(expected);
  });

  test("UTM agrees to a tenth of a millimetre", () => {
    const expected = geographicTool("GeoConvert", ["-u", "-p", "6"], lines);
    places.forEach(({ lon, lat }, index) => {
      const written = formatCoordinate(lon, lat, "utm", "wgs-84", { decimals: 6 });
      if (!written.ok) throw new Error(written.problem.code);
      const [zone = "", easting = "", northing = ""] = (expected[index] ?? "").split(" ");
      const [ourZone, ourEasting = "", ourNorthing = ""] = written.text.split(" ");
      expect(ourZone).toBe(zone.toUpperCase());
      expect(Math.abs(Number(ourEasting) - Number(easting))).toBeLessThan(1e-4);
      expect(Math.abs(Number(ourNorthing) - Number(northing))).toBeLessThan(1e-4);
    });
  });

  test("MGRS references are read at the same place", () => {
    const references = places
      .map(({ lon, lat }) => formatCoordinate(lon, lat, "mgrs", "wgs-84"))
      .map((written) => (written.ok ? written.text : ""));
    const expected = geographicTool("GeoConvert", ["-g", "-p", "9"], references);
    references.forEach((reference, index) => {
      const read = parseCoordinate(reference, { datum: "wgs-84" });
      const [lat = "", lon = ""] = (expected[index] ?? "").split(" ");
      expect(read.ok && distanceMetres(read, { lon: Number(lon), lat: Number(lat) })).toBeLessThan(1e-4);
    });
  });
});
