import { describe, expect, it } from "vitest";
import type { Reference } from "../../platform/records/references.ts";
import type { GroupResult, Results, UnitResult } from "./contract.ts";
import { longRows, type RunFiles, unitRows } from "./downloads.ts";

const [north, south, district] = [1, 2, 3].map((n) => `01890000-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const figures = (population: number, outside: number) => ({
  ...{ population, within: [1, population - outside], outside, share: outside / population, score: 2 },
  ...{ contamination: 3, band: { low: outside - 1, high: outside + 1 }, after: outside - 2 },
});
const unit = (id: string, level: number, population: number, outside: number): UnitResult => ({
  ...{ unit: id, level },
  ...figures(population, outside),
});
const group = (name: GroupResult["group"], id: string | null, population: number, outside: number): GroupResult => ({
  ...{ group: name, unit: id, population, outside, share: outside / population, score: 1.5 },
});
const results = {
  thresholds: [60, 120],
  threshold: 120,
  total: figures(150, 40),
  units: [unit(north, 1, 100, 30), unit(south, 1, 50, 10), unit(district, 2, 100, 30)],
  // Nothing may be told of women in the south.
  groups: [group("women", null, 51, 12), group("women", north, 51, 12), group("need-medical", south, 20, 4)],
} as unknown as Results;
const reference = (code: string, en: string) => ({ code, names: { en } }) as unknown as Reference;
const files = {
  run: { results } as unknown as RunFiles["run"],
  references: {
    [north]: reference("N", "North"),
    [south]: reference("S", "South"),
    [district]: reference("N1", "District"),
  },
};

describe("downloads of a run", () => {
  it("have a row for each group in each unit, and none where nothing may be told", () => {
    const { fields, rows } = longRows(files);
    expect(rows.map(({ fields: row }) => [row.group, row.unit_code, row.level])).toEqual([
      ["all", "", 0],
      ["all", "N", 1],
      ["all", "S", 1],
      ["all", "N1", 2],
      ["women", "", 0],
      ["women", "N", 1],
      ["need-medical", "S", 1],
    ]);
    expect(rows[0]?.fields).toMatchObject({
      people: 150,
      within_60_min: 1,
      outside: 40,
      outside_slow: 41,
      outside_with_proposed_services: 38,
    });
    expect(rows[5]?.fields).toMatchObject({ people: 51, outside: 12, within_120_min: 39, score_per_1000: 1.5 });
    expect(rows[5]?.fields.within_60_min).toBeUndefined();
    const names = fields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { fields: row } of rows) expect(names).toEqual(expect.arrayContaining(Object.keys(row)));
  });

  it("have one shape for each unit, with groups beside each other", () => {
    const { fields, rows } = unitRows(files);
    expect(rows.map(({ unit: id }) => id)).toEqual([north, south, district]);
    expect(rows[0]?.fields).toMatchObject({ women_people: 51, women_outside: 12, need_medical_people: null });
    expect(rows[1]?.fields).toMatchObject({ women_people: null, women_outside: null, need_medical_outside: 4 });
    // Groups are told of the first level only.
    expect(rows[2]?.fields).toMatchObject({ people: 100, women_people: null, need_medical_people: null });
    const names = fields.map(({ name }) => name);
    for (const { fields: row } of rows) expect(Object.keys(row).sort()).toEqual([...names].sort());
  });
});
