import fc from "fast-check";
import type { MultiPolygon, Polygon, Position } from "geojson";
import { describe, expect, test } from "vitest";
import { apportion } from "./apportion.ts";
import { areaSquareMetres, geodesicArea, perimeterMetres, signedRingArea } from "./area.ts";
import { destination } from "./geodesic.ts";

function polygon(...rings: Position[][]): Polygon {
  return { type: "Polygon", coordinates: rings };
}

function closed(ring: readonly Position[]): Position[] {
  return [...ring, ring[0] ?? []];
}

/** A star-shaped ring: `radii.length` corners around a centre, in turn, 1 m to 50 km away. */
const star = fc
  .record({
    lon: fc.double({ min: 92, max: 141, noNaN: true }),
    lat: fc.double({ min: -11, max: 28, noNaN: true }),
    scale: fc.double({ min: 0, max: 3.5, noNaN: true }),
    radii: fc.array(fc.double({ min: 1, max: 15, noNaN: true }), { minLength: 3, maxLength: 20 }),
  })
  .map(({ lon, lat, scale, radii }) =>
    radii.map((radius, index): Position => {
      const corner = destination({ lon, lat }, 360 - (index * 360) / radii.length, radius * 10 ** scale);
      return [corner.lon, corner.lat];
    }),
  );

describe("area", () => {
  test("a thousandth of a degree squared at 13° N is close to 11,994 m2", () => {
    const square = polygon(
      closed([
        [103, 13],
        [103.001, 13],
        [103.001, 13.001],
        [103, 13.001],
      ]),
    );
    expect(Math.abs(geodesicArea(square) - 11994)).toBeLessThan(20);
    expect(areaSquareMetres(square)).toBe(Math.round(geodesicArea(square)));
  });

  test("does not care at which corner a ring starts or whether it is closed", () => {
    fc.assert(
      fc.property(star, fc.nat(), (ring, turn) => {
        const shift = turn % ring.length;
        const turned = [...ring.slice(shift), ...ring.slice(0, shift)];
        const area = geodesicArea(polygon(closed(ring)));
        expect(Math.abs(geodesicArea(polygon(closed(turned))) - area)).toBeLessThan(1e-9 * area + 1e-7);
        expect(geodesicArea(polygon(ring))).toBe(area);
      }),
    );
  });

  test("turns its sign with the direction of the ring and nothing else", () => {
    fc.assert(
      fc.property(star, (ring) => {
        const area = signedRingArea(ring);
        expect(area).toBeGreaterThan(0);
        expect(Math.abs(area + signedRingArea(ring.toReversed()))).toBeLessThan(1e-9 * area + 1e-7);
      }),
    );
  });

  test("of two halves adds up to the whole", () => {
    fc.assert(
      fc.property(star, fc.nat(), (ring, where) => {
        fc.pre(ring.length >= 4);
        const cut = 2 + (where % (ring.length - 3));
        const halves = signedRingArea(ring.slice(0, cut + 1)) + signedRingArea([...ring.slice(cut), ring[0] ?? []]);
        const whole = signedRingArea(ring);
        expect(Math.abs(halves - whole)).toBeLessThan(1e-9 * whole + 1e-6);
      }),
    );
  });

  test("crosses UTM zones without a seam: two squares either side of 108° E add up to the one over it", () => {
    const box = (west: number, east: number): Position[] =>
      closed([
        [west, 16.4],
        [east, 16.4],
        [east, 16.5],
        [west, 16.5],
      ]);
    const parts: MultiPolygon = { type: "MultiPolygon", coordinates: [[box(107.9, 108)], [box(108, 108.1)]] };
    // The long sides are two geodesics in one case and one in the other, hence not equal to the last figure.
    const whole = geodesicArea(polygon(box(107.9, 108.1)));
    expect(Math.abs(geodesicArea(parts) / whole - 1)).toBeLessThan(1e-6);
  });

  test("of a hole is taken off, whichever way the hole runs", () => {
    const outer = closed([
      [105, 15],
      [105.1, 15],
      [105.1, 15.1],
      [105, 15.1],
    ]);
    const hole = closed([
      [105.02, 15.02],
      [105.04, 15.02],
      [105.04, 15.04],
      [105.02, 15.04],
    ]);
    const expected = geodesicArea(polygon(outer)) - geodesicArea(polygon(hole));
    expect(geodesicArea(polygon(outer, hole))).toBeCloseTo(expected, 6);
    expect(geodesicArea(polygon(outer, hole.toReversed()))).toBeCloseTo(expected, 4);
    expect(perimeterMetres(polygon(outer, hole))).toBeCloseTo(
      perimeterMetres(polygon(outer)) + perimeterMetres(polygon(hole)),
      6,
    );
  });

  test("of nothing, a point and a line is zero", () => {
    expect(areaSquareMetres({ type: "MultiPolygon", coordinates: [] })).toBe(0);
    expect(areaSquareMetres(polygon([]))).toBe(0);
    expect(areaSquareMetres(polygon([[105, 15]]))).toBe(0);
    expect(
      areaSquareMetres(
        polygon([
          [105, 15],
          [105.1, 15],
          [105, 15],
        ]),
      ),
    ).toBe(0);
  });
});

describe("apportion", () => {
  const parts = fc.array(fc.oneof(fc.nat({ max: 1_000_000 }), fc.double({ min: 0, max: 1e9, noNaN: true })), {
    minLength: 1,
    maxLength: 30,
  });

  test("shares are whole, add up to the total, and stay within one of their proportion", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), parts, (total, sizes) => {
        const sum = sizes.reduce((all, size) => all + size, 0);
        fc.pre(sum > 1e-300);
        const shares = apportion(total, sizes);
        expect(shares.reduce((all, share) => all + share, 0)).toBe(total);
        shares.forEach((share, index) => {
          expect(Number.isInteger(share)).toBe(true);
          expect(Math.abs(share - total * ((sizes[index] ?? 0) / sum))).toBeLessThan(1 + 1e-6);
          if (sizes[index] === 0) expect(share).toBe(0);
        });
      }),
    );
  });

  test("a part that is no smaller never gets less", () => {
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000 }), parts, (total, sizes) => {
        fc.pre(sizes.some((size) => size > 1e-300));
        const ordered = sizes.toSorted((a, b) => b - a);
        const shares = apportion(total, ordered);
        for (let index = 1; index < shares.length; index++)
          expect(shares[index - 1]).toBeGreaterThanOrEqual(shares[index] ?? 0);
      }),
    );
  });

  test("worked example: 100 m2 over 1 : 1 : 1", () => {
    expect(apportion(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(apportion(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(apportion(0, [])).toEqual([]);
    expect(apportion(10, [1e308, 1e308])).toEqual([5, 5]);
  });

  test("refuses what cannot be shared out", () => {
    expect(() => apportion(1, [])).toThrow("area.parts-empty");
    expect(() => apportion(1, [0, 0])).toThrow("area.parts-empty");
    expect(() => apportion(0.5, [1])).toThrow("area.total-not-integer");
    expect(() => apportion(1, [-1, 2])).toThrow("area.part-negative");
  });
});
