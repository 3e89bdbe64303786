import { describe, expect, it } from "vitest";
import { ISO_COUNTRIES } from "./iso-countries.ts";
import { countryOf, onGrid } from "./sources.ts";
import { VIET_NAM_34, VIET_NAM_63 } from "./viet-nam.ts";

const unit = (adm0: string, alpha2: string, code: string, name = "") =>
  countryOf({ adm0_a3: adm0, iso_a2: alpha2, iso_3166_2: code, name });

describe("the country of a unit", () => {
  it("is the ISO entry of the territory, not the state that governs it", () => {
    expect(unit("KHM", "KH", "KH-2")).toBe("KHM");
    expect(unit("FRA", "FR", "FR-GF")).toBe("GUF");
    expect(unit("NOR", "NO", "NO-21")).toBe("SJM");
    expect(unit("IOA", "-1", "-99-X14~", "Christmas Island")).toBe("CXR");
  });

  it("follows the code where a territory is disputed, and is null where no code speaks", () => {
    expect(unit("RUS", "RU", "UA-43")).toBe("UKR");
    expect(unit("SOL", "-1", "-99-X01~")).toBe("SOM");
    expect(unit("PGA", "-1", "-99-X02~")).toBeNull();
  });
});

describe("the tables", () => {
  it("of ISO 3166-1 repeat no code", () => {
    for (const column of [0, 1, 2] as const) {
      expect(new Set(ISO_COUNTRIES.map((entry) => entry[column])).size).toBe(249);
    }
  });

  it("of Viet Nam merge each of the 63 units into one of the 34, 11 of them unchanged", () => {
    const merged = VIET_NAM_34.flatMap(([, , , , formedFrom]) => formedFrom);
    expect(merged.toSorted()).toEqual(VIET_NAM_63.map(([code]) => code).toSorted());
    expect(VIET_NAM_34.filter(([, , , , formedFrom]) => formedFrom.length === 1)).toHaveLength(11);
    expect(VIET_NAM_34.filter(([code, , , , formedFrom]) => !formedFrom.includes(code))).toEqual([]);
  });
});

describe("the grid", () => {
  it("drops points that fall on the one before", () => {
    expect(
      onGrid([
        [100.00001, 10],
        [100.00002, 10],
        [100.0002, 10],
      ]),
    ).toEqual([
      [100, 10],
      [100.0002, 10],
    ]);
  });
});
