import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fields } from "../../contract/fields.ts";
import { positionFields } from "../../contract/position.ts";
import { recordType } from "../../contract/record-type.ts";
import { boundsOf } from "./bounds.ts";
import { changesOf, clashes, editableFields } from "./changes.ts";
import { changeSearch, filterPart, listQueryOf, listSearch, toggleFilter, yearFilter } from "./list-search.ts";
import { fieldGroups, type RecordSection, showsPlaces } from "./section.ts";

const well = recordType({
  name: "water.well",
  titleField: "code",
  dateField: "dugOn",
  geometryField: "geometry",
  fields: {
    code: fields.text("public", { required: true, column: true }),
    state: fields.code("public", "well-state", { filter: true }),
    dugOn: fields.date("public", { filter: true }),
    dugOnPrecision: fields.code("public", "date-precision"),
    depthMetres: fields.number("restricted"),
    owner: fields.text("confidential"),
    total: fields.integer("public", { derived: true }),
    unit: fields.unit("public"),
    notes: fields.longText("public"),
    ...positionFields("public", ["Point"]),
  },
});

describe("addresses of lists", () => {
  test("what the type does not know is dropped, so that a stale link still opens", () => {
    expect(
      listSearch(well, {
        "filter.state": "dry",
        "filter.owner": "x",
        "filter.dugOn.from": "2020",
        sort: "-nothing",
        page: "-1",
        columns: "code,nothing",
        evil: "1",
        q: "",
      }),
    ).toEqual({ "filter.state": "dry", "filter.dugOn.from": "2020", columns: "code" });
  });

  test("validating an address twice is the same as once", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("q", "sort", "page", "cursor", "filter.state", "x"), fc.string()),
        (raw) => {
          const once = listSearch(well, raw);
          expect(listSearch(well, once)).toEqual(once);
        },
      ),
    );
  });

  test("the server is not asked with what only the page reads, and newest come first unless said", () => {
    expect(listQueryOf(well, { columns: "code", page: "2", cursor: "c", q: "a" })).toEqual({
      cursor: "c",
      q: "a",
      sort: "-dugOn",
    });
    expect(listQueryOf(well, { sort: "code" })).toEqual({ sort: "code" });
  });

  test("a change of filter starts at the first page again", () => {
    const before = { cursor: "c", page: "3", "filter.state": "dry", sort: "code" };
    expect(toggleFilter(before, "state", "full")).toEqual({ "filter.state": "dry,full", sort: "code" });
    expect(toggleFilter(before, "state", "dry")).toEqual({ sort: "code" });
  });

  test("a year is a filter from its first to its last day", () => {
    expect(filterPart(changeSearch({ country: "KHM" }, yearFilter("dugOn", "2024")))).toEqual({
      "filter.dugOn.from": "2024-01-01",
      "filter.dugOn.to": "2024-12-31",
    });
  });
});

describe("corrections", () => {
  const record = { id: "1", code: "W1", state: "dry", depthMetres: 4, withheld: ["owner"] };

  test("derived, withheld and common fields cannot be typed over", () => {
    const editable = editableFields(well, record);
    expect(editable).toContain("state");
    for (const name of ["id", "country", "revision", "total", "owner", "datum"]) expect(editable).not.toContain(name);
  });

  test("only what differs is sent; nothing and null are the same", () => {
    expect(changesOf(record, { state: "dry", depthMetres: 5, dugOn: null })).toEqual({ depthMetres: 5 });
  });

  test("a newer revision is shown beside what was typed, and what only others changed too", () => {
    const theirs = { ...record, state: "full", depthMetres: 6 };
    expect(clashes(well, record, theirs, { depthMetres: 5 })).toEqual([
      { field: "state", base: "dry", theirs: "full", mine: "dry" },
      { field: "depthMetres", base: 4, theirs: 6, mine: 5 },
    ]);
    expect(clashes(well, record, record, { depthMetres: 5 })).toEqual([]);
  });
});

describe("pages from fields", () => {
  test("every field is in exactly one group, and precisions stay with their dates", () => {
    const shown = fieldGroups(well).flatMap((group) => group.fields);
    expect([...shown].sort()).toEqual(
      Object.keys(well.fields)
        .filter((name) => name !== "dugOnPrecision")
        .sort(),
    );
    expect(new Set(shown).size).toBe(shown.length);
  });

  test("bounds hold every position of a shape", () => {
    const position = fc.tuple(
      fc.double({ min: -179, max: 179, noNaN: true }),
      fc.double({ min: -80, max: 80, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(position, { minLength: 1 }), (positions) => {
        const box = boundsOf({ type: "MultiPoint", coordinates: positions }, 0.01);
        for (const [x, y] of positions) {
          expect(x).toBeGreaterThan(box?.[0] ?? 999);
          expect(y).toBeLessThan(box?.[3] ?? -999);
        }
      }),
    );
    expect(boundsOf({ type: "MultiPoint", coordinates: [] })).toBeNull();
  });
});

describe("places of records", () => {
  const section = (level: "public" | "restricted", drawn = true): RecordSection => ({
    type: recordType({
      name: "water.spring",
      titleField: "code",
      geometryField: "geometry",
      fields: { code: fields.text("public", { required: true }), ...positionFields(level, ["Point"]) },
    }),
    routes: {} as RecordSection["routes"],
    path: "/springs",
    icon: "place",
    group: "work",
    codeLists: {},
    ...(drawn
      ? { mapLayer: (source) => ({ id: "water.spring", kind: "points", source, shape: "circle", tone: "blue" }) }
      : {}),
  });

  test("are shown to those who may know where the records are, and only of types that are drawn", () => {
    expect(showsPlaces(section("public"), "public")).toBe(true);
    expect(showsPlaces(section("restricted"), "public")).toBe(false);
    expect(showsPlaces(section("restricted"), "restricted")).toBe(true);
    expect(showsPlaces(section("restricted"), "confidential")).toBe(true);
    expect(showsPlaces(section("public", false), "confidential")).toBe(false);
  });
});
