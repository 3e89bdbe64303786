import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accidentDefinition } from "../accidents/index.ts";
import { areaDefinition } from "../land/index.ts";
import { knownCrs, statesCrs } from "./crs.ts";
import { mergeRow } from "./merge.ts";
import { editDistance, nearestKeys } from "./nearest.ts";
import { routeChooser, routesOf } from "./profile.ts";
import { allDefinitions, aProfile } from "./samples.ts";
import { shippedProfiles } from "./shipped.ts";
import { suggestMapping } from "./suggest.ts";
import { createTally } from "./tally.ts";
import { prepareRoute } from "./transform.ts";

describe("tally", () => {
  it("counts as a map does, and remembers the first value", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 4 }), { maxLength: 300 }), (texts) => {
        const tally = createTally(4);
        const counts = new Map<string, { count: number; first: number }>();
        texts.forEach((text, i) => {
          const known = counts.get(text);
          const expected = { count: (known?.count ?? 0) + 1, first: known?.first ?? i };
          counts.set(text, expected);
          expect(tally.add(text, i)).toEqual(expected);
        });
        expect(tally.size).toBe(counts.size);
        for (const [text, { count }] of counts) expect(tally.count(text)).toBe(count);
      }),
    );
  });
});

describe("nearest", () => {
  it("is a distance: zero for the same, the same both ways, never below the difference of lengths", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b, 99);
        expect(distance === 0).toBe(a === b);
        expect(editDistance(b, a, 99)).toBe(distance);
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(editDistance(a, b, 1)).toBe(Math.min(distance, 2));
      }),
    );
    expect(editDistance("Batambang", "Battambang", 3)).toBe(1);
    expect(editDistance("famring", "farming", 3)).toBe(1);
  });
  it("offers nothing for texts too short to be misspelt", () => {
    expect(nearestKeys("ab", ["ac"])).toEqual([]);
    expect(nearestKeys("takeo", ["takev", "kandal", "tako"])).toEqual(["takev", "tako"]);
  });
});

describe("merging a row with its record", () => {
  it("changes nothing when the source says what it said before, whatever people made of it", () => {
    const values = fc.record({
      a: fc.option(fc.nat(3), { nil: undefined }),
      b: fc.option(fc.nat(3), { nil: undefined }),
    });
    fc.assert(
      fc.property(values, values, (stored, source) => {
        expect(mergeRow(stored, source, source, ["a", "b"])).toEqual({ values: stored, kept: [] });
      }),
    );
  });
  it("takes what only the source changed, keeps what both changed, and leaves other languages of a name", () => {
    expect(mergeRow({ a: 1, b: 9 }, { a: 1, b: 1 }, { a: 2, b: 3 }, ["a", "b"])).toEqual({
      values: { a: 2, b: 9 },
      kept: ["b"],
    });
    const stored = { names: { km: "ក", en: "K" } };
    expect(mergeRow(stored, stored, { names: { km: "ខ" } }, ["names"]).values).toEqual({ names: { km: "ខ", en: "K" } });
    expect(mergeRow({ a: 1 }, null, {}, ["a"]).values).toEqual({ a: 1 });
  });
});

describe("profiles", () => {
  it("fit the record types when they come with the program", () => {
    expect(shippedProfiles().map(({ id }) => id)).toEqual([
      "cambodia-gazetteer",
      "cambodia-ncdd-csv",
      "colombia-events",
      "field-forms-accidents",
      "field-forms-casualties",
      "viet-nam-units",
    ]);
    for (const profile of shippedProfiles())
      for (const route of routesOf(profile))
        expect(prepareRoute(route, allDefinitions).managed.length).toBeGreaterThan(0);
  });
  it("choose the first part whose condition holds, and none for rows that nobody foresaw", () => {
    const choose = routeChooser(
      aProfile({
        routes: [
          { when: { kind: ["1", "2"] } },
          { when: { kind: ["3"], "@layer": ["b"] }, recordType: "ordnance.event" },
        ],
      }),
    );
    expect(choose({ kind: 2 }, "a")?.recordType).toBe("accidents.accident");
    expect(choose({ kind: "3" }, "b")?.recordType).toBe("ordnance.event");
    expect(choose({ kind: "3" }, "a")).toBeNull();
    expect(choose({}, "b")).toBeNull();
  });
  it("are suggested from column names; the datum is left to people unless the file states one", () => {
    const field = (name: string) => ({ name, samples: [], kind: "text" as const, filled: 1 });
    const detected = {
      format: "csv" as const,
      layers: [{ name: "table", rowsEstimate: 1, geometryType: null }],
      layer: "table",
      fields: ["Code", "Occurred_on", "ចំនួនស្លាប់", "Latitude", "LONG", "nothing"].map(field),
      warnings: [],
    };
    const labels = (_type: string, name: string) => (name === "killed" ? ["Killed", "ចំនួនស្លាប់"] : []);
    const suggestion = suggestMapping(detected, accidentDefinition.type, labels);
    expect(suggestion.columns).toEqual(
      expect.arrayContaining([
        { field: "code", column: "Code" },
        { field: "occurredOn", column: "Occurred_on" },
        { field: "killed", column: "ចំនួនស្លាប់" },
      ]),
    );
    expect(suggestion.position).toMatchObject({ kind: "columns", first: "Latitude", second: "LONG" });
    expect(suggestion.position?.datum).toBeUndefined();
  });
  it("are suggested for units from the larger to the smaller, and for what fields are also called, but not by a word within a long label", () => {
    const field = (name: string) => ({ name, samples: [], kind: "text" as const, filled: 1 });
    const detected = {
      format: "csv" as const,
      layers: [{ name: "table", rowsEstimate: 1, geometryType: null }],
      layer: "table",
      fields: ["hazard_id", "kind", "State", "date", "Commune", "district name", "Province", "province code"].map(
        field,
      ),
      warnings: [],
    };
    const labels = (_type: string, name: string) =>
      name === "identifiedOnPrecision" ? ["How exactly the date is known"] : [];
    const { columns, position } = suggestMapping(detected, areaDefinition.type, labels);
    expect(columns.toSorted((a, b) => a.field.localeCompare(b.field))).toEqual([
      { field: "areaClass", column: "kind" },
      { field: "code", column: "hazard_id" },
      { field: "identifiedOn", column: "date" },
      { field: "status", column: "State" },
      { field: "unit", columns: ["Province", "district name", "Commune"] },
    ]);
    expect(position).toBeNull();
  });
  it("know the reference systems of the region", () => {
    expect(knownCrs({ code: "EPSG:3148" })).toEqual({ datum: "indian-1960", format: "utm", zone: 48 });
    expect(knownCrs({ code: "EPSG:4756" })).toEqual({ datum: "vn-2000", format: "degrees" });
    expect(knownCrs({ code: "EPSG:32651" })).toEqual({ datum: "wgs-84", format: "utm", zone: 51 });
    expect(knownCrs({ code: "EPSG:9212" })).toEqual({ datum: "vn-2000", format: "tm3", centralMeridian: 106.25 });
    expect(knownCrs({ code: "EPSG:32748" })).toEqual({ datum: "wgs-84", format: "utm", zone: 48, hemisphere: "S" });
    expect(knownCrs({ code: "EPSG:27700" })).toBeNull();
    // A grid of Hanoi 1972 with scale 1 and eastings that begin with the zone: not UTM.
    expect(knownCrs({ code: "EPSG:2044" })).toBeNull();
  });

  it("read the reference system that stands beside a shapefile without a code", () => {
    const degrees = (datum: string) =>
      `GEOGCS["GCS_${datum}",DATUM["D_${datum}",SPHEROID["S",6377276.345,300.8017]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`;
    const grid = (datum: string, meridian: number, scale: number, more: { east?: number; north?: number } = {}) =>
      `PROJCS["G",${degrees(datum)},PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",${more.east ?? 500000}.0],PARAMETER["False_Northing",${more.north ?? 0}.0],PARAMETER["Central_Meridian",${meridian}],PARAMETER["Scale_Factor",${scale}],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`;
    const known = (wkt: string) => knownCrs({ wkt });
    expect(known(degrees("WGS_1984"))).toEqual({ datum: "wgs-84", format: "degrees" });
    expect(known(degrees("Vietnam_2000"))).toEqual({ datum: "vn-2000", format: "degrees" });
    expect(known(degrees("Lao_National_Datum_1997"))).toEqual({ datum: "lao-1997", format: "degrees" });
    expect(known(grid("Indian_1960", 105, 0.9996))).toEqual({ datum: "indian-1960", format: "utm", zone: 48 });
    expect(known(grid("WGS_1984", 99, 0.9996, { north: 10_000_000 }))).toEqual({
      ...{ datum: "wgs-84", format: "utm", zone: 47, hemisphere: "S" },
    });
    expect(known(grid("Vietnam_2000", 105.75, 0.9999))).toEqual({
      ...{ datum: "vn-2000", format: "tm3", centralMeridian: 105.75 },
    });
    for (const other of [
      grid("Hanoi_1972", 105, 1, { east: 18_500_000 }),
      grid("WGS_1984", 104, 0.9996),
      grid("Vietnam_2000", 105.75, 0.9996),
      degrees("Kertau"),
      grid("WGS_1984", 105, 0.9996).replace('UNIT["Meter",1.0]', 'UNIT["Foot",0.3048]'),
    ]) {
      expect(known(other)).toBeNull();
      expect(statesCrs({ name: "", wkt: other })).toBe(true);
    }
    for (const nothing of ['LOCAL_CS["Nobody knows"]', degrees("Unknown_based_on_WGS84_ellipsoid"), ""])
      expect(statesCrs({ name: "", wkt: nothing })).toBe(false);
  });
});
