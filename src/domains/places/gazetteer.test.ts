import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { rootPath } from "../../platform/kernel/root.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { pointsOutsideUnit } from "./gazetteer.ts";
import { linkFormerUnits } from "./gazetteer-succession.ts";
import { formerProvinces } from "./gazetteer-viet-nam.ts";
import { unitDefinition } from "./index.ts";
import { crosswalkOf } from "./store.ts";

const change = { accountId: null, now: new Date("2026-01-01T00:00:00Z"), reason: null };

describe("the provinces of Viet Nam until June 2025", () => {
  it("are 63 with codes and ISO codes of their own, in the order of the codes", () => {
    expect(formerProvinces).toHaveLength(63);
    expect(new Set(formerProvinces.map(({ iso }) => iso)).size).toBe(63);
    const codes = formerProvinces.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(formerProvinces.filter(({ city }) => city).map(({ latin }) => latin)).toHaveLength(5);
  });

  it("went into the same 34 as the drawn boundaries say", () => {
    const drawn = JSON.parse(readFileSync(rootPath("assets", "boundaries", "viet-nam-2025.json"), "utf8")) as {
      units: { nationalCode: string; formedFrom: string[] }[];
    };
    const bySuccessor = new Map<string, string[]>();
    for (const { successor, iso } of formerProvinces)
      bySuccessor.set(successor, [...(bySuccessor.get(successor) ?? []), iso].sort());
    expect(Object.fromEntries(bySuccessor)).toEqual(
      Object.fromEntries(drawn.units.map(({ nationalCode, formedFrom }) => [nationalCode, [...formedFrom].sort()])),
    );
  });

  it("are spelt without diacritics as their names are", () => {
    const plain = (text: string) =>
      text
        .normalize("NFD")
        .replace(/[\u0300-\u036f]/g, "")
        .replaceAll("Đ", "D")
        .replaceAll("đ", "d");
    for (const { name, latin } of formerProvinces) expect(plain(name)).toBe(latin);
  });
});

describeEachDatabase("gazetteer", (context) => {
  const square = (west: number, south: number) => ({
    type: "Polygon" as const,
    coordinates: [
      [
        [west, south],
        [west + 1, south],
        [west + 1, south + 1],
        [west, south + 1],
        [west, south],
      ],
    ],
  });
  const unit = (code: string, west: number) => ({
    country: "VNM",
    values: { code, names: { vi: code }, level: 1, validFrom: "2025-07-01", geometry: square(west, 16) },
  });

  it("links former units with their successors once", () =>
    context.rollback(async (tx) => {
      const [quangTri, hue] = await createRecords(tx, unitDefinition, [unit("44", 106), unit("46", 107)], change);
      expect(await linkFormerUnits(tx, unitDefinition, "VNM", change)).toEqual({ entered: 3, linked: 3 });
      expect(await linkFormerUnits(tx, unitDefinition, "VNM", change)).toEqual({ entered: 0, linked: 3 });
      const { predecessors } = await crosswalkOf(tx, "VNM", quangTri?.id as string);
      expect(predecessors.map(({ code, names, share }) => [code, names.vi, share])).toEqual([
        ["44", "Quảng Bình", 1],
        ["45", "Quảng Trị", 1],
      ]);
      expect((await crosswalkOf(tx, "VNM", hue?.id as string)).predecessors).toHaveLength(1);
      expect(await linkFormerUnits(tx, unitDefinition, "KHM", change)).toEqual({ entered: 0, linked: 0 });
    }, programClaims));

  it("finds points outside their unit and the unit that holds them", () =>
    context.rollback(async (tx) => {
      const [west, east] = await createRecords(tx, unitDefinition, [unit("44", 106), unit("46", 107)], change);
      const id = west?.id as string;
      const points = [
        { index: 0, unit: id, longitude: 106.5, latitude: 16.5 },
        { index: 1, unit: id, longitude: 107.5, latitude: 16.5 },
        { index: 2, unit: id, longitude: 107.001, latitude: 16.5 },
      ];
      const found = await pointsOutsideUnit(tx, "VNM", points, 500);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ index: 1, holder: { id: east?.id, code: "46" } });
      expect(found[0]?.metres).toBeGreaterThan(53_000);
      expect(found[0]?.metres).toBeLessThan(54_000);
    }, programClaims));
});
