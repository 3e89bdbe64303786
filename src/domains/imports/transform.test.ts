import { describe, expect, it } from "vitest";
import { fields } from "../../platform/contract/fields.ts";
import type { Scalar } from "../../platform/files/index.ts";
import { accidentDefinition } from "../accidents/index.ts";
import { createCodeMatcher } from "./codes.ts";
import { createNameIndex } from "./names.ts";
import { type ProfileInput, routesOf } from "./profile.ts";
import { allCodeLists, allDefinitions, aProfile } from "./samples.ts";
import { type Knowledge, prepareRoute, transformRow } from "./transform.ts";
import { createUnitIndex } from "./units.ts";

const unit = (id: string, code: string, km: string, en: string, parent: string | null = null) => ({
  id,
  code,
  names: { km, en },
  kindNames: { en: parent ? "District" : "Province", km: parent ? "ស្រុក" : "ខេត្ត" },
  level: parent ? 2 : 1,
  parent,
  validFrom: null,
  validTo: null,
});

function knowledge(): Knowledge {
  const units = createUnitIndex();
  units.add(unit("u-02", "02", "បាត់ដំបង", "Battambang"));
  units.add(unit("u-0204", "0204", "បវេល", "Bavel", "u-02"));
  units.add(unit("u-01", "01", "បន្ទាយមានជ័យ", "Banteay Meanchey"));
  units.add(unit("u-0199", "0199", "បាវិល", "Bavel", "u-01"));
  return {
    country: "KHM",
    units,
    organisations: createNameIndex([{ id: "o-1", code: "CMAC", names: { en: "Cambodian Mine Action Centre" } }]),
    records: new Map([["land.area", new Map([["ha-1", "a-1"]])]]),
    land: null,
    codes: createCodeMatcher(
      allCodeLists,
      (list, value) => (list === "accident-activity" && value === "farming" ? ["Farming", "ធ្វើស្រែ"] : []),
      [{ list: "accident-activity", code: "7B", labels: { km: "ដុតព្រៃ" }, standard: "other" }],
    ),
    dates: { order: "dmy" },
    decimalComma: undefined,
    now: new Date("2026-11-23T00:00:00Z"),
  };
}

function read(fields: Record<string, Scalar>, profile: Partial<ProfileInput>, more: Partial<Knowledge> = {}) {
  const [route] = routesOf(aProfile({ columns: [{ field: "code", constant: "T-1" }], ...profile }));
  if (!route) throw new Error("a profile has a route");
  return transformRow({ number: 2, fields, geometry: null }, prepareRoute(route, allDefinitions), {
    ...knowledge(),
    ...more,
  });
}

const code = { field: "code", constant: "T-1" };
const checks = ({ findings }: ReturnType<typeof read>) => findings.map(({ check }) => check);

describe("cells of the region", () => {
  it("reads Khmer digits, Buddhist years and keeps how exactly a date is known", () => {
    const columns = [code, { field: "occurredOn", column: "d" }, { field: "killed", column: "k" }];
    const result = read({ d: "១៥ មេសា ២៥៦៧", k: "១២" }, { columns });
    expect(result.values).toMatchObject({ occurredOn: "2024-04-15", occurredOnPrecision: "day", killed: 12 });
    expect(checks(result)).toEqual(["date.buddhist-year"]);
    expect(read({ d: "1990", k: "0" }, { columns }).values).toMatchObject({
      occurredOn: "1990-01-01",
      occurredOnPrecision: "year",
    });
  });

  it("reads a decimal comma where the file has one, and refuses what could be either", () => {
    const columns = [code, { field: "accuracyMetres", column: "m" }];
    expect(read({ m: "1.234,5" }, { columns }, { decimalComma: true }).values.accuracyMetres).toBe(1234.5);
    const unclear = read({ m: "1,234" }, { columns });
    expect([checks(unclear), unclear.refused]).toEqual([["number.ambiguous"], true]);
  });

  it("reads codes by code, label and national variant, and suggests the nearest for others", () => {
    const columns = [code, { field: "activity", column: "a" }];
    for (const [text, value] of [
      ["farming", "farming"],
      ["ធ្វើស្រែ", "farming"],
      ["7b", "other"],
      ["ដុតព្រៃ", "other"],
      ["Collecting Scrap_metal", "collecting-scrap-metal"],
    ])
      expect(read({ a: text as string }, { columns }).values.activity, text).toBe(value);
    const wrong = read({ a: "farmning" }, { columns });
    expect(wrong.refused).toBe(false);
    expect(wrong.values.activity).toBeUndefined();
    expect(wrong.findings[0]).toMatchObject({
      check: "unknown-code",
      severity: "warning",
      suggestion: { values: { activity: "farming" } },
    });
    const needed = read(
      { c: "mine field" },
      {
        recordType: "land.area",
        columns: [code, { field: "areaClass", column: "c" }, { field: "status", constant: "open" }],
      },
    );
    expect([checks(needed), needed.refused]).toEqual([["unknown-code"], true]);
  });

  it("puts back leading zeros, takes parents from codes and kinds from full names", () => {
    const columns = [
      { field: "code", column: "c", text: { pad: "even" as const } },
      { field: "names.en", column: "n" },
      {
        field: "level",
        column: "c",
        text: { pad: "even" as const, measure: "length" as const },
        values: { "2": 1, "4": 2 },
      },
      { field: "parent", column: "c", text: { pad: "even" as const, dropLast: 2 } },
      { field: "kindNames.en", column: "full", text: { without: "n" } },
      { field: "officialSquareMetres", column: "km2", factor: 1_000_000 },
    ];
    const result = read(
      { c: 204, n: "Bavel", full: "Bavel District", km2: 3359.84 },
      { recordType: "places.unit", columns },
    );
    expect(result.values).toMatchObject({
      code: "0204",
      level: 2,
      parent: "u-02",
      kindNames: { en: "District" },
      officialSquareMetres: 3_359_840_000,
    });
  });
});

describe("units and organisations", () => {
  const columns = [code, { field: "unit", columns: ["p", "d"] }];
  it("tells units of one name apart by the larger unit, and keeps what was written", () => {
    expect(read({ p: "Battambang", d: "Bavel" }, { columns }).values).toMatchObject({
      unit: "u-0204",
      unitAsWritten: "Battambang, Bavel",
    });
    expect(read({ p: "ខេត្តបាត់ដំបង", d: "BAVEL district" }, { columns }).values.unit).toBe("u-0204");
    expect(read({ p: "02", d: "0204" }, { columns }).values.unit).toBe("u-0204");
  });
  it("reads several units from one cell, each by itself, and says which is not known", () => {
    const { type, ...rest } = accidentDefinition;
    const definition = { ...rest, type: { ...type, fields: { ...type.fields, unit: fields.units("public") } } };
    const served = (cell: string) => {
      const [route] = routesOf(
        aProfile({ recordType: type.name, columns: [code, { field: "unit", column: "serves" }] }),
      );
      if (!route) throw new Error("a profile has a route");
      const row = { number: 2, fields: { serves: cell }, geometry: null };
      return transformRow(row, prepareRoute(route, [definition]), knowledge());
    };
    const some = served("Battambang; 0199 | Nowhere at all");
    expect(some.values.unit).toEqual(["u-02", "u-0199"]);
    expect(checks(some)).toContain("unit-unknown");
    expect(served("02; Battambang").values.unit).toEqual(["u-02"]);
  });
  it("does not decide between two, and suggests the unit that is spelt otherwise", () => {
    const two = read({ d: "Bavel" }, { columns });
    expect(two.values.unit).toBeUndefined();
    expect(checks(two)).toEqual(["unit-ambiguous"]);
    const otherwise = read({ p: "Batambang" }, { columns });
    expect(otherwise.values).toMatchObject({ unitAsWritten: "Batambang" });
    expect(otherwise.findings[0]).toMatchObject({
      check: "unit-spelt-otherwise",
      suggestion: { values: { unit: "u-02" } },
    });
    expect(checks(read({ p: "Nowhere at all" }, { columns }))).toEqual(["unit-unknown"]);
  });
  it("finds organisations and records by code or name", () => {
    const linked = [code, { field: "organisation", column: "o" }, { field: "area", column: "a" }];
    expect(read({ o: "cambodian mine action centre", a: "HA-1" }, { columns: linked }).values).toMatchObject({
      organisation: "o-1",
      area: "a-1",
    });
    expect(checks(read({ o: "Somebody", a: "HA-9" }, { columns: linked }))).toEqual([
      "organisation-unknown",
      "record-unknown",
    ]);
  });
});

describe("positions", () => {
  const at = (fields: Record<string, Scalar>, position: ProfileInput["position"]) => read(fields, { position });
  const point = (result: ReturnType<typeof read>) =>
    (result.values.geometry as { coordinates: number[] } | undefined)?.coordinates;

  it.each([
    ["degrees, minutes, seconds", { c: `13°05'42.5"N 103°11'57.3"E` }, "dms", [103.19925, 13.095139]],
    ["UTM with its zone", { c: "48N 304854 1448889" }, "utm", [103.199, 13.0985]],
    ["MGRS", { c: "48PUV0485448889" }, "mgrs", [103.199, 13.0985]],
    ["Khmer digits", { c: "១៣.០៩៥១, ១០៣.១៩៩៣" }, "decimal", [103.1993, 13.0951]],
  ])("reads %s", (_name, fields, format, [lon, lat]) => {
    const result = at(fields, { kind: "columns", column: "c", datum: "wgs-84" });
    expect(result.values).toMatchObject({ coordinateFormat: format, datum: "wgs-84", coordinatesAsTyped: fields.c });
    const [x = 0, y = 0] = point(result) ?? [];
    expect(Math.hypot(x - (lon as number), y - (lat as number))).toBeLessThan(0.01);
  });

  it("carries Indian 1960 over with a recorded operation, 445 m from the same degrees on WGS 84", () => {
    const position = { kind: "columns", first: "n", second: "e", datumColumn: "datum" } as const;
    const old = at({ n: 13.1, e: 103.2, datum: "Indian 1960" }, position);
    const now = at({ n: 13.1, e: 103.2, datum: "WGS84" }, position);
    expect(old.values).toMatchObject({
      datum: "indian-1960",
      datumOperation: expect.stringMatching(/^EPSG:154\d$/),
      coordinateFormat: "decimal",
    });
    const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = [point(old), point(now)];
    const metres = Math.hypot((a - c) * Math.cos((b * Math.PI) / 180), b - d) * 111_320;
    expect(metres).toBeGreaterThan(435);
    expect(metres).toBeLessThan(455);
  });

  it("refuses a row whose datum is not said or not known, and one whose zone is missing", () => {
    const position = { kind: "columns", first: "n", second: "e", datumColumn: "datum" } as const;
    for (const datum of ["", "Krasny 77"]) {
      const result = at({ n: 13.1, e: 103.2, datum }, position);
      expect([checks(result), result.refused]).toEqual([["coordinate.datum-unknown"], true]);
    }
    expect(at({ n: 1448889, e: 304854, datum: "WGS84" }, position).refused).toBe(true);
    expect(at({ n: "", e: null, datum: "" }, position)).toMatchObject({ refused: false, findings: [] });
  });

  it("keeps a coordinate that cannot be read as it was typed, without a geometry", () => {
    const result = at({ c: "near the old bridge" }, { kind: "columns", column: "c", datum: "wgs-84" });
    expect(result.refused).toBe(false);
    expect(result.values).toMatchObject({ coordinatesAsTyped: "near the old bridge" });
    expect(point(result)).toBeUndefined();
    expect(result.findings[0]?.severity).toBe("error");
  });

  it("says that two cells were read the other way round, with a decimal comma and other digits too", () => {
    const position = { kind: "columns", first: "lat", second: "lon", datum: "wgs-84" } as const;
    for (const [lat, lon] of [
      ["103.51234", "13.51234"],
      ["103,51234", "13,51234"],
      ["១០៣,៥១២៣៤", "១៣,៥១២៣៤"],
    ] as const) {
      const result = at({ lat, lon }, position);
      expect(point(result)).toEqual([103.51234, 13.51234]);
      expect(checks(result)).toEqual(["axes-read-reversed"]);
    }
  });
});

it("takes no row of totals for a record, in any language, and every row that only mentions them", () => {
  const columns = [
    { field: "code", column: "id" },
    { field: "killed", column: "k" },
  ];
  for (const first of ["Total:", " GRAND TOTAL ", "សរុប", "ລວມ", "รวม", "Tổng cộng", "စုစုပေါင်း"]) {
    const { refused, values, findings } = read({ empty: null, id: first, k: 12 }, { columns });
    expect({ refused, values }).toEqual({ refused: true, values: {} });
    expect(findings).toMatchObject([{ check: "totals-row", severity: "error", params: { text: first.trim() } }]);
  }
  for (const id of ["Total 1", "T-1"])
    expect(checks(read({ id, k: 12, note: "Total" }, { columns }))).not.toContain("totals-row");
});

it("refuses a profile that names fields which the record type does not have or keeps itself", () => {
  const prepare = (columns: ProfileInput["columns"]) =>
    routesOf(aProfile({ columns })).map((route) => prepareRoute(route, allDefinitions));
  expect(() => prepare([{ field: "nonsense", column: "x" }])).toThrow("imports.unknown-field");
  expect(() => prepare([{ field: "datum", column: "x" }])).toThrow("imports.field-not-importable");
  expect(() => prepare([{ field: "killed.en", column: "x" }])).toThrow("imports.unknown-field");
});
