import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { geodesicArea, signedRingArea } from "./area.ts";
import { bearingFrom, parseBearing, trueBearing } from "./bearings.ts";
import { distanceMetres } from "./geodesic.ts";
import { adjustTraverse, planeArea, type TraverseLeg, traversePoints, traversePolygon } from "./traverse.ts";

function bearing(text: string): number {
  const read = parseBearing(text);
  if (!read.ok) throw new Error(read.problem.code);
  return read.degrees;
}

describe("the worked example of Mahun's surveying library, in feet", () => {
  const traverse = adjustTraverse([
    { bearingDegrees: bearing(`226°54'23"`), distance: 639.15 },
    { bearingDegrees: bearing(`0°00'00"`), distance: 523.69 },
    { bearingDegrees: bearing(`235°02'29"`), distance: 409.54 },
    { bearingDegrees: bearing(`79°35'02"`), distance: 815.93 },
  ]);

  test.each([
    [0, "-436.662", "-466.732", "-436.631", "-466.761"],
    [1, "523.690", "0.000", "523.715", "-0.023"],
    [2, "-234.660", "-335.645", "-234.640", "-335.663"],
    [3, "147.517", "802.484", "147.556", "802.447"],
  ])("side %i to the printed digits", (side, latitude, departure, adjustedLatitude, adjustedDeparture) => {
    const row = traverse.rows[side];
    expect(row?.latitude.toFixed(3)).toBe(latitude);
    expect(row?.departure.toFixed(3)).toBe(departure);
    expect(row?.adjustedLatitude.toFixed(3)).toBe(adjustedLatitude);
    expect(row?.adjustedDeparture.toFixed(3)).toBe(adjustedDeparture);
  });

  test("closure: the printed 0.157 and 1/15,200 come from rounded rows, ours from unrounded ones", () => {
    expect(traverse.perimeter).toBeCloseTo(2388.31, 9);
    expect(traverse.latitudeError.toFixed(3)).toBe("-0.116");
    expect(traverse.departureError.toFixed(3)).toBe("0.107");
    expect(traverse.misclosure.toFixed(3)).toBe("0.158");
    expect(Math.round(traverse.precision)).toBe(15146);

    const rounded = (of: "latitude" | "departure") =>
      traverse.rows.reduce((sum, row) => sum + Number(row[of].toFixed(3)), 0);
    expect(rounded("latitude").toFixed(3)).toBe("-0.115");
    expect(rounded("departure").toFixed(3)).toBe("0.107");
    const misclosure = Math.hypot(rounded("latitude"), rounded("departure"));
    expect(misclosure.toFixed(3)).toBe("0.157");
    expect(Math.round(traverse.perimeter / misclosure / 100) * 100).toBe(15200);
  });

  test("the adjusted loop encloses 52,851 square feet", () => {
    expect(Math.round(Math.abs(planeArea(traversePoints(traverse))))).toBe(52851);
  });
});

describe("an area of the size that is cleared, in metres", () => {
  const legs: TraverseLeg[] = [
    { bearingDegrees: 90, distance: 50 },
    { bearingDegrees: 0, distance: 40 },
    { bearingDegrees: 270, distance: 49.5 },
    { bearingDegrees: 180.5, distance: 40.2 },
  ];
  const traverse = adjustTraverse(legs);

  test("closure", () => {
    expect(traverse.perimeter).toBeCloseTo(179.7, 9);
    expect(traverse.latitudeError.toFixed(4)).toBe("-0.1985");
    expect(traverse.departureError.toFixed(3)).toBe("0.149");
    expect(traverse.misclosure.toFixed(3)).toBe("0.248");
    expect(Math.round(traverse.precision)).toBe(724);
    expect((100 / traverse.precision).toFixed(3)).toBe("0.138");
  });

  test("adjusted corners and areas", () => {
    expect(traversePoints(traverse).map(({ east, north }) => `${east.toFixed(3)},${north.toFixed(3)}`)).toEqual([
      "0.000,0.000",
      "49.958,0.055",
      "49.925,40.099",
      "0.384,40.154",
    ]);
    expect(planeArea(traversePoints(traverse)).toFixed(1)).toBe("1994.9");
    expect(planeArea(traversePoints(traverse, "measured")).toFixed(1)).toBe("1990.0");
  });

  test("laid out on the ground it keeps its area and its first side", () => {
    const start = { lon: 107.1, lat: 16.82 };
    const polygon = traversePolygon(start, traverse);
    expect(geodesicArea(polygon).toFixed(1)).toBe("1994.9");
    const [lon = 0, lat = 0] = polygon.coordinates[0]?.[1] ?? [];
    expect(distanceMetres(start, { lon, lat })).toBeCloseTo(Math.hypot(49.9582, 0.0552), 3);
  });

  test("walked the other way round it gives an anticlockwise polygon too", () => {
    const back = adjustTraverse(legs.toReversed().map((leg) => ({ ...leg, bearingDegrees: leg.bearingDegrees + 180 })));
    const polygon = traversePolygon({ lon: 107.1, lat: 16.82 }, back);
    expect(polygon.coordinates[0]?.[0]).toEqual([107.1, 16.82]);
    expect(signedRingArea(polygon.coordinates[0] ?? [])).toBeGreaterThan(0);
  });
});

test("after adjustment every traverse closes, and corrections are in proportion to length", () => {
  const leg = fc.record({
    bearingDegrees: fc.double({ min: 0, max: 360, noNaN: true }),
    distance: fc.double({ min: 0.1, max: 1000, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(leg, { minLength: 1, maxLength: 30 }), (legs) => {
      const { rows, latitudeError, perimeter } = adjustTraverse(legs);
      const closing = (of: "adjustedLatitude" | "adjustedDeparture") => rows.reduce((sum, row) => sum + row[of], 0);
      expect(Math.abs(closing("adjustedLatitude"))).toBeLessThan(1e-9);
      expect(Math.abs(closing("adjustedDeparture"))).toBeLessThan(1e-9);
      for (const row of rows) {
        expect(row.latitudeCorrection * perimeter + latitudeError * row.distance).toBeCloseTo(0, 6);
      }
    }),
  );
});

test("no sides, and sides without a length, are refused", () => {
  expect(() => adjustTraverse([])).toThrow("traverse.no-legs");
  expect(() => adjustTraverse([{ bearingDegrees: 10, distance: 0 }])).toThrow("traverse.leg-invalid");
  expect(() => adjustTraverse([{ bearingDegrees: Number.NaN, distance: 5 }])).toThrow("traverse.leg-invalid");
});

describe("bearings", () => {
  test.each([
    ["226.5", 226.5],
    ["226,5", 226.5],
    ["226°30'", 226.5],
    ["226 30 00", 226.5],
    ["S 46°30' W", 226.5],
    ["N46.5E", 46.5],
    ["n 46°30'00\" w", 313.5],
    ["S46°30'E", 133.5],
    ["360", 0],
    ["២២៦.៥", 226.5],
  ])("%s", (text, degrees) => {
    expect(parseBearing(text)).toEqual({ ok: true, degrees, asTyped: text });
  });

  test.each([
    ["361", "bearing.over-360"],
    ["N 91 E", "bearing.quadrant-over-90"],
    ["226°60'", "bearing.minutes-over-59"],
    ["226°10'75\"", "bearing.seconds-over-59"],
    ["-5", "bearing.unreadable"],
    ["north-east", "bearing.unreadable"],
    ["", "bearing.unreadable"],
    ["12N", "bearing.unreadable"],
  ])("%j is refused as %s", (text, code) => {
    expect(parseBearing(text)).toMatchObject({ ok: false, problem: { code } });
  });

  test("true = magnetic + declination and grid + convergence, east positive", () => {
    expect(trueBearing(359.5, "magnetic", { declinationDegrees: 1 })).toBeCloseTo(0.5, 12);
    expect(trueBearing(0.5, "magnetic", { declinationDegrees: -1 })).toBeCloseTo(359.5, 12);
    expect(trueBearing(90, "grid", { convergenceDegrees: 0.25 })).toBe(90.25);
    expect(trueBearing(90, "true", {})).toBe(90);
    expect(trueBearing(360, "true", {})).toBe(0);
  });

  test("a correction that was not given does not pass for zero", () => {
    expect(trueBearing(90, "magnetic", { convergenceDegrees: 1 })).toBeNull();
    expect(bearingFrom(90, "grid", { declinationDegrees: 1 })).toBeNull();
  });

  test("corrections there and back cancel", () => {
    const degrees = fc.double({ min: 0, max: 359.999, noNaN: true });
    fc.assert(
      fc.property(degrees, fc.double({ min: -30, max: 30, noNaN: true }), (value, declinationDegrees) => {
        const there = trueBearing(value, "magnetic", { declinationDegrees }) ?? Number.NaN;
        const back = bearingFrom(there, "magnetic", { declinationDegrees }) ?? Number.NaN;
        expect(Math.abs(((back - value + 540) % 360) - 180)).toBeLessThan(1e-9);
      }),
    );
  });
});
