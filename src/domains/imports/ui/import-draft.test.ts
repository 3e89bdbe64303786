import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languages } from "../../../platform/contract/fields.ts";
import { accident } from "../../accidents/contract.ts";
import { unit } from "../../places/contract.ts";
import { profileSchema } from "../profile.ts";
import {
  emptyDraft,
  emptyMapping,
  fingerprint,
  mappingFrom,
  mappingLacks,
  nothing,
  profileId,
  profileOf,
  targetFields,
} from "./import-draft.ts";

const order = ["Code", "Province", "District", "Date", "Sex", "Lat", "Lon", "Spare"];
const mapping = () =>
  mappingFrom(
    emptyMapping("accidents.accident", "Clinic list"),
    {
      columns: [
        { field: "code", column: "Code" },
        { field: "unit", columns: ["Province", "District"] },
        { field: "occurredOn", column: "Date" },
        { field: "device", constant: "ap-mine" },
      ],
      position: { kind: "columns", first: "Lat", second: "Lon", datum: "indian-1960" },
      dates: { order: "dmy" },
    },
    new Set(order),
  );

describe("a mapping and its profile", () => {
  test("what is built is a valid profile and leads back to the same mapping", () => {
    const own = mapping();
    const profile = profileSchema.parse(profileOf(own, accident, order, "en", {}));
    expect(profile.columns).toContainEqual({ field: "unit", columns: ["Province", "District"] });
    expect(profile.key).toBe("code");
    const again = mappingFrom(emptyMapping("accidents.accident", "Clinic list"), profile, new Set(order));
    expect({ ...again, position: null, kept: null }).toEqual({ ...own, position: null, kept: null });
    expect(again.position).toMatchObject({ first: "Lat", second: "Lon", datum: "indian-1960" });
  });

  test("values keep what cells mean, also that they mean nothing", () => {
    const own = mapping();
    own.fieldOf.Sex = "device";
    own.values.device = { PMN: "ap-mine", "?": nothing, other: "" };
    const { columns } = profileSchema.parse(profileOf(own, accident, order, "en", {}));
    expect(columns.find(({ field }) => field === "device")).toEqual({
      field: "device",
      column: "Sex",
      values: { PMN: "ap-mine", "?": null },
    });
  });

  test("a column of the position fills no field", () => {
    const own = mapping();
    own.fieldOf.Lat = "notes";
    const { columns } = profileSchema.parse(profileOf(own, accident, order, "en", {}));
    expect(columns.some(({ column }) => column === "Lat")).toBe(false);
  });

  test("columns that the file has not are left out", () => {
    const own = mappingFrom(
      emptyMapping("accidents.accident", ""),
      { columns: [{ field: "code", column: "Other" }] },
      new Set(order),
    );
    expect(own.fieldOf).toEqual({});
    expect(mappingLacks(own, order)).toEqual(["columns", "key"]);
  });

  test("a position without a datum is never complete", () => {
    const own = mapping();
    expect(mappingLacks(own, order)).toEqual([]);
    own.position = { kind: "columns", first: "Lat", second: "Lon" };
    expect(mappingLacks(own, order)).toEqual(["datum"]);
    own.position = { kind: "columns", first: "Lat", datum: "wgs-84" };
    expect(mappingLacks(own, order)).toEqual(["position"]);
    own.position = { kind: "geometry", format: "tm3", datum: "vn-2000" };
    expect(mappingLacks(own, order)).toEqual(["meridian"]);
  });
});

test("names are filled language by language; derived fields, shapes and countries never", () => {
  const targets = targetFields(unit, languages).map(({ name }) => name);
  expect(targets).toContain("names.km");
  expect(targets).not.toContain("names");
  expect(targets).not.toContain("geometry");
  expect(targets).not.toContain("country");
});

test("any name in any script makes an id that profiles accept", () => {
  const id = profileSchema.shape.id;
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 90 }), (name) => {
      expect(id.safeParse(profileId(name, "accidents.accident")).success).toBe(true);
    }),
  );
  expect(profileId("Đồng Hới, danh sách", "land.area")).toBe("dong-hoi-danh-sach");
  expect(profileId("បញ្ជី", "land.area")).toBe("own-land-area");
});

test("a check speaks of one country, set of files and profile only", () => {
  const draft = emptyDraft("KHM");
  expect(fingerprint(draft, { id: "a" })).toBe(fingerprint({ ...draft, step: "check" } as typeof draft, { id: "a" }));
  expect(fingerprint(draft, { id: "a" })).not.toBe(fingerprint({ ...draft, country: "LAO" }, { id: "a" }));
  expect(fingerprint(draft, { id: "a" })).not.toBe(fingerprint(draft, { id: "b" }));
});
