import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ownCountries } from "../session.ts";
import { boundsAround } from "./use-country-bounds.ts";

const grant = (country: string | null) => ({ role: "operator", country, organisation: null });

describe("where the map starts", () => {
  test("on the countries of one's roles, each once", () => {
    expect(ownCountries({ roles: [grant("LAO"), grant("KHM"), grant("LAO")] })).toEqual(["KHM", "LAO"]);
  });

  test("on no country in particular with a role in all, and without an account", () => {
    expect(ownCountries({ roles: [grant("KHM"), grant(null)] })).toEqual([]);
    expect(ownCountries({ roles: [] })).toEqual([]);
    expect(ownCountries(undefined)).toEqual([]);
  });

  test("the box around boxes holds each of them and touches one on every side", () => {
    const box = fc
      .tuple(fc.integer({ min: -180, max: 179 }), fc.integer({ min: -90, max: 89 }), fc.nat(20), fc.nat(20))
      .map(([west, south, width, height]) => [west, south, west + width, south + height]);
    fc.assert(
      fc.property(fc.array(fc.option(box), { minLength: 1 }), (boxes) => {
        const known = boxes.filter((each) => each !== null);
        const around = boundsAround(boxes);
        if (known.length === 0) expect(around).toBeUndefined();
        else {
          const [west = 0, south = 0, east = 0, north = 0] = around ?? [];
          for (const [w = 0, s = 0, e = 0, n = 0] of known)
            expect(w >= west && s >= south && e <= east && n <= north).toBe(true);
          expect([0, 1, 2, 3].every((side) => known.some((each) => each[side] === around?.[side]))).toBe(true);
        }
      }),
    );
  });
});
