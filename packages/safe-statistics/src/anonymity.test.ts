import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generalise, kAnonymity, type Row } from "./index.ts";

const rowsOf = (...sizes: number[]): Row[] =>
  sizes.flatMap((size, key) =>
    Array.from({ length: size }, () => ({ sex: key % 2 === 0 ? "f" : "m", age: String(10 + key) })),
  );

describe("k-anonymity", () => {
  it("of classes of 3, 2, 1, 1 and 1 is 1, with a global risk of 62.5 %", () => {
    expect(kAnonymity(rowsOf(3, 2, 1, 1, 1), ["sex", "age"])).toEqual({
      rows: 8,
      k: 1,
      classSizes: [3, 2, 1, 1, 1],
      globalRisk: 0.625,
      atRisk: [3, 4, 5, 6, 7],
    });
  });

  it("without rows is 0, without risk", () => {
    expect(kAnonymity([], ["sex"])).toMatchObject({ k: 0, globalRisk: 0, atRisk: [] });
  });

  it("takes a missing value as a value, and no notice of other columns", () => {
    expect(
      kAnonymity(
        [
          { sex: null, n: "1" },
          { sex: null, n: "2" },
        ],
        ["sex"],
      ),
    ).toMatchObject({ k: 2, globalRisk: 0.5 });
  });

  it("the risk is the mean of one over the class sizes, for any rows", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ a: fc.constantFrom("x", "y", "z"), b: fc.constantFrom("1", "2") }), { minLength: 1 }),
        (rows) => {
          const sizes = rows.map((row) => rows.filter(({ a, b }) => a === row.a && b === row.b).length);
          const report = kAnonymity(rows, ["a", "b"]);
          expect(report.globalRisk).toBeCloseTo(sizes.reduce((sum, size) => sum + 1 / size, 0) / rows.length, 12);
          expect(report.k).toBe(Math.min(...sizes));
        },
      ),
    );
  });
});

const tenYears = (age: string) => `${Math.floor(Number(age) / 10) * 10}+`;
const adult = (age: string) => (Number(age) < 18 ? "child" : "adult");
const ages = { key: "age", levels: [(age: string) => age, tenYears, adult, () => "*"] };
const sexes = { key: "sex", levels: [(sex: string) => sex, () => "*"] };

describe("generalisation", () => {
  const people: Row[] = Array.from({ length: 400 }, (_, index) => ({
    sex: index % 3 === 0 ? "f" : "m",
    age: String(18 + ((index * 7) % 50)),
    province: "Battambang",
  }));

  it("leaves records as they are when they may be published as they are", () => {
    const done = generalise(
      people.map((row) => ({ ...row, age: "30" })),
      [sexes, ages],
    );
    expect(done).toMatchObject({ reached: true, levels: { sex: 0, age: 0 }, suppressed: [], loss: 0 });
  });

  it("coarsens what costs least and says what it did", () => {
    const done = generalise(people, [sexes, ages], { k: 5 });
    expect(done.reached).toBe(true);
    expect(done.levels).toEqual({ sex: 0, age: 2 });
    expect(done.report.k).toBeGreaterThanOrEqual(5);
    expect(done.report.globalRisk).toBeLessThan(0.03);
    expect(done.rows[0]).toEqual({ sex: "f", age: "adult", province: "Battambang" });
  });

  it("takes the keys of the few that still stand out away, last", () => {
    const done = generalise(
      [
        ...people.map((row) => ({ ...row, age: "30" })),
        { sex: "f", age: "14" },
        { sex: "m", age: "15" },
        { sex: "m", age: "80" },
      ],
      [sexes, ages],
    );
    expect(done).toMatchObject({ reached: true, levels: { sex: 0, age: 0 }, suppressed: [400, 401, 402] });
    expect(done.rows.slice(400)).toEqual([
      { sex: null, age: null },
      { sex: null, age: null },
      { sex: null, age: null },
    ]);
  });

  it("says so when nothing is coarse enough", () => {
    expect(generalise(people.slice(0, 2), [sexes, ages])).toMatchObject({ reached: false });
    expect(generalise([], [sexes, ages])).toMatchObject({ reached: false, rows: [] });
    expect(() => generalise(people, [{ key: "sex", levels: [] }])).toThrow(RangeError);
  });

  it("what it calls reached has k and risk when counted again, and no other column changed", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            sex: fc.constantFrom("f", "m"),
            age: fc.integer({ min: 0, max: 90 }).map(String),
            note: fc.string(),
          }),
          { minLength: 60, maxLength: 200 },
        ),
        fc.integer({ min: 2, max: 6 }),
        (rows, k) => {
          const done = generalise(rows, [sexes, ages], { k, mostSuppressed: 0.1 });
          expect(done.rows.map(({ note }) => note)).toEqual(rows.map(({ note }) => note));
          if (!done.reached) return;
          const again = kAnonymity(done.rows, ["sex", "age"], k);
          expect(again.k).toBeGreaterThanOrEqual(k);
          expect(again.globalRisk).toBeLessThan(0.03);
          expect(done.suppressed.length).toBeLessThanOrEqual(0.1 * rows.length);
        },
      ),
      { numRuns: 100 },
    );
  });
});
