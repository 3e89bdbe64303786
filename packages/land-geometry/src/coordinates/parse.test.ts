import { describe, expect, test } from "vitest";
import { distanceMetres } from "../geodesic.ts";
import { parseCoordinate, parseCoordinateCells } from "./parse.ts";
import type { ReadingOptions } from "./types.ts";

function read(text: string, options: Partial<ReadingOptions> = {}) {
  const result = parseCoordinate(text, { datum: "wgs-84", ...options });
  if (!result.ok) throw new Error(`${text}: ${result.problem.code}`);
  return result;
}

function problemOf(text: string, options: Partial<ReadingOptions> = {}): string | null {
  const result = parseCoordinate(text, { datum: "wgs-84", ...options });
  return result.ok ? null : result.problem.code;
}

describe("decimal degrees", () => {
  test.each([
    "13.1083333 103.2043056",
    "13.1083333, 103.2043056",
    "13.1083333,103.2043056",
    "13,1083333 103,2043056",
    "13,1083333; 103,2043056",
    "13,1083333, 103,2043056",
    "13,1083333,103,2043056",
    "13.1083333/103.2043056",
    "13.1083333\n103.2043056",
    "+13.1083333 +103.2043056",
    "103.2043056 13.1083333",
    "N 13.1083333 E 103.2043056",
    "13.1083333N 103.2043056E",
    "103.2043056E, 13.1083333N",
    "13.1083333° N, 103.2043056° E",
    "(13.1083333, 103.2043056)",
    "Lat: 13.1083333 Long: 103.2043056",
    "longitude = 103.2043056; latitude = 13.1083333",
    "១៣.១០៨៣៣៣៣ ១០៣.២០៤៣០៥៦",
    "໑໓.໑໐໘໓໓໓໓ ໑໐໓.໒໐໔໓໐໕໖",
    "๑๓.๑๐๘๓๓๓๓ ๑๐๓.๒๐๔๓๐๕๖",
    "၁၃.၁၀၈၃၃၃၃ ၁၀၃.၂၀၄၃၀၅၆",
    "13.1083333 vĩ độ Bắc 103.2043056 kinh độ Đông",
    "13.1083333 เหนือ 103.2043056 ตะวันออก",
  ])("%s", (text) => {
    expect(read(text)).toMatchObject({ format: "decimal-degrees", lat: 13.1083333, lon: 103.2043056, asTyped: text });
  });

  test("signs, the minus of typographers and the letters S and W mean the same", () => {
    for (const text of ["-8.55, -125.57", "−8.55 −125.57", "8.55S 125.57W", "S 8.55 W 125.57"]) {
      expect(read(text)).toMatchObject({ lat: -8.55, lon: -125.57 });
    }
  });

  test("labels decide the order even where both orders are possible", () => {
    expect(read("Lon 13 Lat 10")).toMatchObject({ lat: 10, lon: 13 });
    expect(read("10 13")).toMatchObject({ lat: 10, lon: 13 });
    expect(read("10 13", { order: "lon-lat" })).toMatchObject({ lat: 13, lon: 10 });
  });

  test("accuracy is the operation's plus half a unit of the last written place", () => {
    expect(read("13.1083 103.2043")).toMatchObject({ resolutionMetres: 11.132, accuracyMetres: 5.566 });
    expect(read("13.1083 103.2043", { datum: "indian-1960" })).toMatchObject({
      operation: { id: "EPSG:1542", accuracy: 44 },
      accuracyMetres: 49.566,
    });
  });
});

describe("degrees, minutes and seconds", () => {
  test.each([
    `13°06'30"N 103°12'15"E`,
    "13° 6′ 30″ N, 103° 12′ 15″ E",
    "13º06'30''N 103º12'15''E",
    "13˚06’30”N 103˚12’15”E",
    "N13 06 30 E103 12 15",
    "N 13°06'30\", E 103°12'15\"",
    "13 06 30 103 12 15",
    "13:06:30 103:12:15",
    "13:06:30N, 103:12:15E",
    "13d06m30sN 103d12m15sE",
    "13 deg 6 min 30 sec N 103 deg 12 min 15 sec E",
    "13 độ 6 phút 30 giây Bắc, 103 độ 12 phút 15 giây Đông",
    "១៣°០៦'៣០\"N ១០៣°១២'១៥\"E",
    "๑๓°๐๖'๓๐\"เหนือ ๑๐๓°๑๒'๑๕\"ตะวันออก",
  ])("%s", (text) => {
    const result = read(text);
    expect(result.format).toBe("degrees-minutes-seconds");
    expect(result.lat).toBeCloseTo(13 + 6 / 60 + 30 / 3600, 12);
    expect(result.lon).toBeCloseTo(103 + 12 / 60 + 15 / 3600, 12);
  });

  test.each([
    "13°06.5'N 103°12.25'E",
    "13 06.5N 103 12.25E",
    "13°06,5'N, 103°12,25'E",
    "13°06.5' 103°12.25'",
    "13 06.5; 103 12.25",
  ])("minutes with decimals: %s", (text) => {
    const result = read(text);
    expect(result.format).toBe("degrees-minutes");
    expect(result.lat).toBeCloseTo(13 + 6.5 / 60, 12);
    expect(result.lon).toBeCloseTo(103 + 12.25 / 60, 12);
  });

  test("the sign of minus zero degrees is kept", () => {
    expect(read(`-0°30'00" 98°00'00"`).lat).toBe(-0.5);
  });
});

describe("UTM", () => {
  const zone = { zone: 48, hemisphere: "N" } as const;
  // Carried once by PROJ 9.1.1 from the grid on the ellipsoid Everest 1830 (1937 adjustment) with 198, 881, 317 metres.
  test("figures on an older datum are grid figures on its ellipsoid, and so lie further off than its degrees do", () => {
    const old = read("48P 304854 1448889", { datum: "Indian 1960" });
    expect(old.operation.id).toBe("EPSG:1542");
    expect(distanceMetres(old, { lon: 103.19610497724, lat: 13.1028940274603 })).toBeLessThan(1e-4);
    const metres = distanceMetres(old, read("48P 304854 1448889"));
    expect(Math.round(metres)).toBe(529);
    const degrees = "13.0999971 103.1999908";
    expect(Math.round(distanceMetres(read(degrees, { datum: "Indian 1960" }), read(degrees)))).toBe(444);
  });

  test.each([
    "48N 304854 1448889",
    "48P 304854 1448889",
    "48N304854 1448889",
    "48P 304854E 1448889N",
    "zone 48N 304,854 1,448,889",
    "UTM 48P 304854 1448889",
    "304854 1448889 48P",
    "304854E, 1448889N, zone 48N",
    "1448889 304854 48N",
    "1.448.889 304.854 48N",
    "48N 304854 m E 1448889 m N",
    "E 304854 N 1448889 48P",
    "48N 304854,1448889",
    "៤៨N ៣០៤៨៥៤ ១៤៤៨៨៨៩",
  ])("%s", (text) => {
    const result = read(text);
    expect(result).toMatchObject({ format: "utm", zone, resolutionMetres: 1 });
    expect(result.lat).toBeCloseTo(13.0999971, 7);
    expect(result.lon).toBeCloseTo(103.1999908, 7);
  });

  test("a zone in the text wins over the zone that was given; without either it is refused", () => {
    expect(read("304854 1448889", { zone })).toMatchObject({ zone });
    expect(read("47N 304854 1448889", { zone }).lon).toBeCloseTo(97.2, 3);
    expect(problemOf("304854 1448889")).toBe("coordinate.zone-missing");
    expect(problemOf("48 304854 1448889")).toBe("coordinate.zone-missing");
  });

  test("in Viet Nam X is the northing: the size of the numbers decides, not the letters", () => {
    const options = { datum: "vn-2000", centralMeridian: 106.25 } as const;
    const result = read("X=1825601.042 Y=686736.322", options);
    expect(result.format).toBe("vn2000-tm3");
    expect(read("Y=686736.322 X=1825601.042", options)).toMatchObject({ lon: result.lon, lat: result.lat });
    // 107.999 E, 16.5 N on VN-2000 itself, computed with PROJ; on WGS 84 it lies 225 m away.
    expect(result.lon).toBeCloseTo(108.000826, 5);
    expect(result.lat).toBeCloseTo(16.498979, 5);
  });

  test("figures that no zone holds, and a band that does not fit, are refused", () => {
    expect(problemOf("48N 30485 1448889")).toBe("coordinate.easting-out-of-range");
    expect(problemOf("48N 304854 14488890")).toBe("coordinate.northing-out-of-range");
    expect(problemOf("48Q 304854 1448889")).toBe("coordinate.band-mismatch");
    expect(problemOf("61N 304854 1448889")).toBe("coordinate.zone-unknown");
    expect(problemOf("304854 1448889", { datum: "wgs-84", centralMeridian: 106.25 })).toBe(
      "coordinate.format-not-for-datum",
    );
  });
});

describe("MGRS", () => {
  test.each([
    ["48QYD2378560829", 16.82, 107.1],
    ["48QYD 23785 60829", 16.82, 107.1],
    ["48q yd 23785 60829", 16.82, 107.1],
    ["48PUV0485448889", 13.1, 103.2],
    ["48QZD2018126625", 16.5, 107.999],
    ["49QAU7981826625", 16.5, 108.001],
  ])("%s", (text, lat, lon) => {
    const result = read(text);
    expect(result).toMatchObject({ format: "mgrs", resolutionMetres: 1 });
    expect(Math.abs(result.lat - lat)).toBeLessThan(1e-5);
    expect(Math.abs(result.lon - lon)).toBeLessThan(1e-5);
  });

  test("shorter references are read at the centre of their square", () => {
    expect(read("48QYD2360").resolutionMetres).toBe(1000);
    expect(read("48QYD").resolutionMetres).toBe(100_000);
  });

  test("letters of older ellipsoids are not guessed at, nor are squares that do not exist", () => {
    expect(problemOf("48QYD2378560829", { datum: "indian-1960" })).toBe("coordinate.format-not-for-datum");
    expect(problemOf("48QAD2378560829")).toBe("coordinate.mgrs-square-unknown");
    expect(problemOf("48PYJ2378560829")).toBe("coordinate.mgrs-square-unknown");
    expect(problemOf("48QYD237")).toBe("coordinate.mgrs-digits-odd");
    expect(problemOf("48QYD 237 60")).toBe("coordinate.mgrs-digits-odd");
  });
});

test.each([
  ["", "coordinate.empty"],
  [" \u200b ", "coordinate.empty"],
  ["abc", "coordinate.unreadable"],
  ["13.1", "coordinate.one-axis-missing"],
  ["13.1N", "coordinate.one-axis-missing"],
  ["13 06 30 103 12", "coordinate.unreadable"],
  ["13.1 103.2 5", "coordinate.unreadable"],
  ["13°60'N 103°12'E", "coordinate.minutes-over-59"],
  [`13°10'60"N 103°12'00"E`, "coordinate.seconds-over-59"],
  ["13.5°30'N 103°E", "coordinate.fraction-not-last"],
  ["13N 14N", "coordinate.axis-repeated"],
  ["-13N 103E", "coordinate.sign-and-letter"],
  ["91 93", "coordinate.latitude-over-90"],
  ["13 181", "coordinate.longitude-over-180"],
  ["13'06°30\"N 103°12'15\"E", "coordinate.unreadable"],
])("%j is refused as %s", (text, code) => {
  expect(problemOf(text)).toBe(code);
});

test("no coordinate is read without a known datum", () => {
  for (const datum of [undefined, null, "", "unknown"]) {
    for (const text of ["13.1 103.2", "48QYD2378560829", "48N 304854 1448889"]) {
      expect(problemOf(text, { datum })).toBe("coordinate.datum-unknown");
    }
  }
});

test("cells of a table are read as one pair, whatever decimal mark each uses", () => {
  const options = { datum: "wgs-84" };
  expect(parseCoordinateCells(13.1, "103,2 ", options)).toMatchObject({
    lat: 13.1,
    lon: 103.2,
    asTyped: "13.1; 103,2",
  });
  expect(parseCoordinateCells("103,2", "13.1", { ...options, order: "lon-lat" })).toMatchObject({
    lat: 13.1,
    lon: 103.2,
  });
  expect(parseCoordinateCells("103.2E", "13.1N", { ...options, order: "lat-lon" })).toMatchObject({
    problem: { code: "coordinate.axis-reversed" },
  });
  expect(parseCoordinateCells("13.1", "", options)).toMatchObject({ problem: { code: "coordinate.one-axis-missing" } });
  expect(parseCoordinateCells("", " ", options)).toMatchObject({ problem: { code: "coordinate.empty" } });
});
