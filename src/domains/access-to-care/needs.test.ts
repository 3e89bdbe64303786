import fc from "fast-check";
import { expect, it } from "vitest";
import { needThreshold, protectNeedGroups } from "./needs.ts";

const units = ["a", "b", "c", "d"];
const cell = fc.nat(30);

it("tells of no group of few people, and every count that is told is the true one", () => {
  const of = (values: readonly string[]) =>
    fc.array(cell, { minLength: 16, maxLength: 16 }).map((counts) => {
      return units.flatMap((unit, u) =>
        values.flatMap((value, v) => {
          const people = counts[u * values.length + v] ?? 0;
          return people > 0 ? [{ unit, value, people }] : [];
        }),
      );
    });
  fc.assert(
    fc.property(of(["female", "male"]), of(["rehabilitation", "medical", "psychosocial"]), (sex, kind) => {
      // The same people by age, so that both tables have the same margins.
      const age = sex.map(({ unit, value, people }) => ({ unit, value: value === "male" ? "adult" : "child", people }));
      const told = protectNeedGroups({ sex, age, kind });
      for (const { group, unit, people } of told) {
        expect(people).toBeGreaterThanOrEqual(needThreshold);
        const [rows, value] = group.startsWith("need-")
          ? [kind, group.slice("need-".length)]
          : group === "children"
            ? [age, "child"]
            : [sex, group === "women" ? "female" : "male"];
        expect(rows.find((row) => row.unit === unit && row.value === value)?.people).toBe(people);
      }
    }),
    { numRuns: 60 },
  );
});

it("tells groups where there are enough people", () => {
  const sex = units.flatMap((unit) => [
    { unit, value: "female", people: 20 },
    { unit, value: "male", people: 30 },
  ]);
  const age = units.map((unit) => ({ unit, value: "adult", people: 50 }));
  const told = protectNeedGroups({ sex, age, kind: [] });
  expect(told).toHaveLength(8);
  expect(told[0]).toEqual({ group: "men", unit: "a", people: 30 });
  expect(protectNeedGroups({ sex: [], age: [], kind: [] })).toEqual([]);
});
