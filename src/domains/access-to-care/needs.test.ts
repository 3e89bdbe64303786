import { type PublishedCell, protects } from "@santi/safe-statistics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { needThreshold, protectNeeds } from "./needs.ts";

const units = ["a", "b", "c", "d"];
const sexes = ["female", "male", "unknown"];
const kinds = ["medical", "psychosocial", "rehabilitation"];

const rowsOf = (values: readonly string[], counts: readonly number[]) =>
  units.flatMap((unit, u) =>
    values.flatMap((value, v) => {
      const people = counts[u * values.length + v] ?? 0;
      return people > 0 ? [{ unit, value, people }] : [];
    }),
  );
const totalsOf = (rows: readonly { unit: string; people: number }[]) =>
  units.flatMap((unit) => {
    const people = rows.reduce((sum, row) => (row.unit === unit ? sum + row.people : sum), 0);
    return people > 0 ? [{ unit, people }] : [];
  });
const counts = (size: number) => fc.array(fc.oneof(fc.nat(9), fc.nat(40)), { minLength: size, maxLength: size });

describe("counts of open needs", () => {
  it("tell of no group of few people, and every count that is told is the true one", () => {
    fc.assert(
      fc.property(counts(12), counts(12), (people, needs) => {
        const [sex, kind] = [rowsOf(sexes, people), rowsOf(kinds, needs)];
        // The same people by age, so that both tables have the same totals.
        const age = sex.map((row) => ({ ...row, value: { female: "child", male: "adult" }[row.value] ?? "unknown" }));
        const whole = totalsOf(sex);
        const told = protectNeeds(whole, { sex, age, kind });
        expect(told.hidden).toBe(whole.length - told.shown.length);
        // A few hidden alone beside a known total would follow from it.
        if (whole.some(({ people: count }) => count < needThreshold) && whole.length > 1)
          expect(told.hidden).toBeGreaterThan(1);
        for (const { unit, people: count } of told.shown) {
          expect(count).toBeGreaterThanOrEqual(needThreshold);
          expect(whole).toContainEqual({ unit, people: count });
        }
        for (const { group, unit, people: count } of told.groups) {
          expect(count).toBeGreaterThanOrEqual(needThreshold);
          if (group.startsWith("need-") && new Set(kind.map(({ value }) => value)).size === 1) continue;
          const [rows, value] = group.startsWith("need-")
            ? [kind, group.slice("need-".length)]
            : group === "children"
              ? [age, "child"]
              : [sex, group === "women" ? "female" : "male"];
          expect(rows.find((row) => row.unit === unit && row.value === value)?.people).toBe(count);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("by sex are not told by the counts of their units: nothing hidden follows from both together", () => {
    fc.assert(
      fc.property(counts(8), (people) => {
        const sex = rowsOf(["female", "male"], people);
        const whole = totalsOf(sex);
        if (whole.length === 0) return;
        const told = protectNeeds(whole, { sex, age: [], kind: [] });
        const known = (unit: string, value: string) =>
          told.groups.find((each) => each.unit === unit && each.group === (value === "female" ? "women" : "men"))
            ?.people;
        const here = whole.map(({ unit }) => unit);
        const values = [...new Set(sex.map(({ value }) => value))];
        const count = (unit: string, value: string) =>
          sex.find((row) => row.unit === unit && row.value === value)?.people ?? 0;
        const table = {
          dimensions: [
            { name: "unit", values: here },
            { name: "sex", values },
          ],
          counts: here.flatMap((unit) => values.map((value) => count(unit, value))),
        };
        // As somebody sees it who knows where there is nobody.
        const cells = here.flatMap((unit): PublishedCell[] => [
          { place: { unit }, count: told.shown.find((each) => each.unit === unit)?.people ?? null },
          ...values.map((value) => ({
            place: { unit, sex: value },
            count: count(unit, value) === 0 ? 0 : (known(unit, value) ?? null),
          })),
        ]);
        const totals: PublishedCell[] = [
          { place: {}, count: null },
          ...values.map((value) => ({ place: { sex: value }, count: null })),
        ];
        // Totals over all units are nobody's group: only what follows of a unit counts.
        const { derivable } = protects([table], [...cells, ...totals], needThreshold);
        expect(derivable.filter(({ unit }) => unit !== undefined)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("tell groups where there are enough people", () => {
    const sex = units.flatMap((unit) => [
      { unit, value: "female", people: 20 },
      { unit, value: "male", people: 30 },
    ]);
    const age = units.map((unit) => ({ unit, value: "adult", people: 50 }));
    const told = protectNeeds(totalsOf(sex), { sex, age, kind: [] });
    expect(told.shown).toHaveLength(4);
    expect(told.groups).toHaveLength(8);
    expect(told.groups[0]).toEqual({ group: "men", unit: "a", people: 30 });
    expect(protectNeeds([], { sex: [], age: [], kind: [] })).toEqual({ shown: [], hidden: 0, groups: [] });
  });

  it("of one kind are those of the units, hidden where these are", () => {
    const kind = [30, 3, 40, 50].map((people, i) => ({ unit: units[i] as string, value: "medical", people }));
    const { shown, groups } = protectNeeds(totalsOf(kind), { sex: [], age: [], kind });
    expect(shown.length).toBeLessThan(4);
    expect(groups).toEqual(shown.map((each) => ({ group: "need-medical", ...each })));
  });
});
