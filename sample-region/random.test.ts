import fc from "fast-check";
import { expect, test } from "vitest";
import { civil, dayOf, firstDayOfMonth, isoDate, monthIndex, parseDate } from "./calendar.ts";
import { apportion, Random } from "./random.ts";

test("streams with the same name are equal and others are not", () => {
  const take = (random: Random) => [0, 1, 2, 3].map(() => random.next());
  expect(take(new Random("a"))).toEqual(take(new Random("a")));
  const names = ["a", "b", "1/KHM/area/KH-2/1", "1/KHM/area/KH-2/2", "1/KHM/area/KH-21/", ""];
  expect(new Set(names.map((name) => new Random(name).next())).size).toBe(names.length);
});

test("numbers are spread evenly, and the bell curve has mean 0 and deviation 1", () => {
  const random = new Random("spread");
  const tenths = new Array(10).fill(0);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < 50_000; i++) {
    tenths[Math.floor(random.float() * 10)]++;
    const z = random.normal();
    sum += z;
    squares += z * z;
  }
  for (const n of tenths) expect(Math.abs(n - 5000)).toBeLessThan(300);
  expect(Math.abs(sum / 50_000)).toBeLessThan(0.02);
  expect(Math.abs(squares / 50_000 - 1)).toBeLessThan(0.03);
});

test("weights, counts and medians come out as asked for", () => {
  const random = new Random("weights");
  let [rare, total] = [0, 0];
  const sizes: number[] = [];
  for (let i = 0; i < 20_000; i++) {
    if (
      random.weighted([
        ["rare", 1],
        ["common", 9],
      ] as const) === "rare"
    )
      rare++;
    total += random.count(2.5);
    sizes.push(random.logNormal(100, 0.8));
  }
  expect(Math.abs(rare - 2000)).toBeLessThan(200);
  expect(Math.abs(total / 20_000 - 2.5)).toBeLessThan(0.06);
  expect(Math.abs((sizes.sort((a, b) => a - b)[10_000] as number) - 100)).toBeLessThan(3);
});

test("apportioned shares add up to the rounded total, each within one of its exact share", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100_000 }),
      fc.array(fc.double({ min: 0.1, max: 100, noNaN: true }), { minLength: 1, maxLength: 150 }),
      (total, weights) => {
        const shares = apportion(total, weights);
        const sum = weights.reduce((a, b) => a + b, 0);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        shares.forEach((n, i) => void expect(Math.abs(n - (total * (weights[i] as number)) / sum)).toBeLessThan(1.001));
      },
    ),
  );
});

test("the calendar is the proleptic Gregorian one", () => {
  fc.assert(
    fc.property(fc.integer({ min: -200_000, max: 200_000 }), (day) => {
      const { year, month, date } = civil(day);
      expect(dayOf(year, month, date)).toBe(day);
      const reference = new Date(day * 86_400_000);
      expect([year, month, date]).toEqual([
        reference.getUTCFullYear(),
        reference.getUTCMonth() + 1,
        reference.getUTCDate(),
      ]);
      expect(monthIndex(firstDayOfMonth(monthIndex(day)))).toBe(monthIndex(day));
    }),
  );
  expect(isoDate(parseDate("2024-02-29"))).toBe("2024-02-29");
  expect(() => parseDate("2023-02-29")).toThrow(RangeError);
});
