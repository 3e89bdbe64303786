import { protects, suppress } from "@santi/safe-statistics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CountedCell, presentCells, published, publishedFor, unknownKey } from "./model-statistics.ts";
import { anonymous, hierarchies, riskLimit } from "./publication.ts";
import { tableOf } from "./statistics.ts";

const values: Readonly<Record<string, readonly string[]>> = {
  year: ["2023", "2024", "2025"],
  outcome: ["killed", "injured", unknownKey],
  status: ["civilian", "deminer", unknownKey],
  sex: ["female", "male"],
  ageGroup: ["child", "adult", unknownKey],
  deviceGroup: ["ap-mine", "erw"],
  activity: ["farming", "playing", unknownKey],
  unit: ["north", "south", unknownKey],
};
const person = fc.record(
  Object.fromEntries(Object.entries(values).map(([name, keys]) => [name, fc.constantFrom(...keys)])),
) as fc.Arbitrary<Record<string, string>>;
const crowd = fc.array(person, { minLength: 1, maxLength: 60 });

/** Counts of people by some dimensions, without totals. */
function count(people: readonly Record<string, string>[], by: readonly string[]): CountedCell[] {
  const found = new Map<string, number>();
  for (const of of people) {
    const key = JSON.stringify(by.map((name) => of[name]));
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return [...found].map(([key, casualties]) => ({ keys: JSON.parse(key) as string[], casualties, accidents: null }));
}

describe("shares and changes", () => {
  const cell = (keys: (string | null)[], casualties: number | null): CountedCell => ({
    keys,
    casualties,
    accidents: null,
  });

  it("add up to one among the known values of each year", () => {
    fc.assert(
      fc.property(crowd, (people) => {
        const cells = presentCells(["year", "status"], count(people, ["year", "status"]));
        for (const year of values.year ?? []) {
          const shares = cells.flatMap(({ keys, share }) => (keys[0] === year && share !== null ? [share] : []));
          if (shares.length > 0) expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("are not given where a hidden count would follow from them", () => {
    const cells = presentCells(
      ["year", "outcome"],
      [
        cell(["2024", "killed"], 12),
        cell(["2024", "injured"], null),
        cell(["2025", "killed"], 6),
        cell(["2025", "injured"], 9),
      ],
    );
    const of = (...keys: string[]) => cells.find((each) => each.keys.join() === keys.join());
    expect(of("2024", "killed")).toMatchObject({ share: null, change: null });
    expect(of("2025", "killed")).toMatchObject({ share: 0.4, change: -0.5 });
    expect(of("2025", "injured")).toMatchObject({ share: 0.6, change: null });
  });

  it("count a year that is missing between two as nobody, and know nothing before the first", () => {
    const cells = presentCells(
      ["year"],
      [cell(["2021"], 4), cell(["2023"], 5), cell(["2024"], 6), cell([unknownKey], 3)],
    );
    expect(cells.map(({ keys, change }) => [keys[0], change])).toEqual([
      ["2021", null],
      ["2023", null],
      ["2024", 0.2],
      [unknownKey, null],
    ]);
  });
});

describe("what is published", () => {
  it("gives no hidden count away, all tables of a country taken together", () => {
    fc.assert(
      fc.property(crowd, (people) => {
        const tables = published.map((by) => tableOf(by, count(people, by)));
        const { cells } = suppress(tables, { threshold: 5 });
        expect(protects(tables, cells, 5)).toEqual({ safe: true, derivable: [], small: [] });
      }),
      { numRuns: 40 },
    );
  });

  it("has the years of every table, and no cut of two tables", () => {
    expect(publishedFor(["sex", "ageGroup"])).toEqual(["year", "sex", "ageGroup"]);
    expect(publishedFor(["year"])).toBeDefined();
    expect(publishedFor(["outcome", "status"])).toBeUndefined();
  });
});

describe("records made anonymous", () => {
  it("are as many as before, in classes large enough, when they may leave at all", () => {
    const record = fc.record({
      year: fc.constantFrom("2019", "2023", unknownKey),
      unit: fc.constantFrom("north", "south"),
      sex: fc.constantFrom("male", "female"),
      ageBand: fc.constantFrom("5-12", "30-44", "adult", unknownKey),
      outcome: fc.constantFrom("killed", "injured"),
      status: fc.constantFrom("civilian", "military"),
      device: fc.constantFrom("ap-mine", "uxo-other", "submunition", unknownKey),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 120 }), (records) => {
        const { rows, report } = anonymous(records, 5);
        expect(rows).toHaveLength(records.length);
        if (!report.reached) return;
        expect(report.after.k).toBeGreaterThanOrEqual(5);
        expect(report.after.globalRisk).toBeLessThan(riskLimit);
      }),
      { numRuns: 15 },
    );
  });

  it("are coarsened by five years and by child and adult before anything is left out", () => {
    const [year] = hierarchies;
    expect(year?.levels.map((level) => level("2023"))).toEqual(["2023", "2020-2024", "*"]);
    const band = hierarchies.find(({ key }) => key === "ageBand");
    expect(band?.levels.map((level) => level("13-17"))).toEqual(["13-17", "child", "*"]);
  });
});
