import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areaSquareMetres } from "../area.ts";
import { accountsOf, type Product } from "./accounts.ts";
import { clipTo, partition, subtract, unionArea } from "./overlay.ts";
import { anyPolygon, box, meshPolygon, polygon, starPolygon } from "./samples.test-helper.ts";
import { fastGeodesicArea } from "./side-area.ts";

const products = fc
  .array(fc.record({ day: fc.integer({ min: 1, max: 4 }), geometry: anyPolygon }), { maxLength: 5 })
  .map((list) => list.map(({ day, geometry }, at): Product => ({ id: `p${at}`, date: `2025-03-0${day}`, geometry })));

const area = fc.oneof(meshPolygon, starPolygon);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The longitude east of 103° to which a strip along the equator has so many square metres. */
function stripEnd(squareMetres: number): number {
  let [low, high] = [103, 103.1];
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (fastGeodesicArea(box(103, 0, middle, 0.002)) < squareMetres) low = middle;
    else high = middle;
  }
  return Math.round(low * 1e12) / 1e12;
}

const strip = (from: number, to: number) => box(stripEnd(from), 0, stripEnd(to), 0.002);

describe("accounts of an area", () => {
  test("close to the square metre: inside and remaining make the area, outside makes the boundary increase", () => {
    fc.assert(
      fc.property(area, products, (whole, released) => {
        const accounts = accountsOf(whole, released);
        const { products: each, remaining, boundaryIncrease } = accounts;
        expect(Math.abs(accounts.area - unionArea([whole]))).toBeLessThan(0.501);
        expect(sum(each.map(({ inside }) => inside)) + remaining).toBe(accounts.area);
        expect(sum(each.map(({ outside }) => outside))).toBe(boundaryIncrease);
        expect(sum(each.map(({ total }) => total)) + remaining).toBe(accounts.area + boundaryIncrease);
        for (const { inside, outside } of each) expect(Math.min(inside, outside, remaining)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 150 },
    );
  });

  test("each product has what earlier products left of it, to the square metre", () => {
    fc.assert(
      fc.property(area, products, (whole, released) => {
        const ordered = released.toSorted((one, two) => (one.date + one.id < two.date + two.id ? -1 : 1));
        const { shares } = partition(ordered.map(({ geometry }) => geometry));
        const accounts = accountsOf(whole, released);
        ordered.forEach(({ id }, at) => {
          const share = shares[at] ?? { type: "MultiPolygon", coordinates: [] };
          const account = accounts.products.find((one) => one.id === id);
          const within = fastGeodesicArea(clipTo(share, whole));
          expect(Math.abs((account?.inside ?? Number.NaN) - within)).toBeLessThan(1.01 + 1e-5 * within);
          const beyond = fastGeodesicArea(subtract(share, [whole]));
          expect(Math.abs((account?.outside ?? Number.NaN) - beyond)).toBeLessThan(1.01 + 1e-5 * beyond);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("of a valid area start from its whole square metres as recorded", () => {
    fc.assert(
      fc.property(starPolygon, products, (whole, released) => {
        const exact = fastGeodesicArea(whole);
        // Half a metre sharp may go either way between two ways to add.
        fc.pre(Math.abs((exact % 1) - 0.5) > 1e-2);
        expect(accountsOf(whole, released).area).toBe(areaSquareMetres(whole));
      }),
      { numRuns: 60 },
    );
  });

  test("of a task: 100,000 m² are 40,000 cancelled, 35,000 reduced, 20,000 cleared and 5,000 remaining", () => {
    const task = strip(0, 100_000);
    const accounts = accountsOf(task, [
      { id: "cancelled", date: "2025-01-10", geometry: strip(0, 40_000) },
      { id: "reduced", date: "2025-02-10", geometry: strip(40_000, 75_000) },
      { id: "cleared", date: "2025-03-10", geometry: strip(75_000, 95_000) },
    ]);
    expect(accounts.products.map(({ inside, outside }) => [inside, outside])).toEqual([
      [40_000, 0],
      [35_000, 0],
      [20_000, 0],
    ]);
    expect([accounts.area, accounts.remaining, accounts.boundaryIncrease]).toEqual([100_000, 5_000, 0]);
    expect(accounts.overlaps).toEqual([]);
  });

  test("of a task with 1,500 m² cleared beyond its border: boundary +1,500, cleared 21,500", () => {
    const task = strip(0, 100_000);
    const { products: each, ...accounts } = accountsOf(task, [
      { id: "cleared", date: "2025-03-10", geometry: strip(80_000, 101_500) },
      { id: "cancelled", date: "2025-01-10", geometry: strip(5_000, 45_000) },
      { id: "reduced", date: "2025-02-10", geometry: strip(45_000, 80_000) },
    ]);
    expect(each[0]).toMatchObject({ id: "cleared", inside: 20_000, outside: 1_500, total: 21_500 });
    expect([accounts.area, accounts.remaining, accounts.boundaryIncrease]).toEqual([100_000, 5_000, 1_500]);
    expect(sum(each.map(({ total }) => total)) + accounts.remaining).toBe(101_500);
  });

  test("give ground claimed twice to the earlier report and say so", () => {
    const accounts = accountsOf(strip(0, 100_000), [
      { id: "late", date: "2025-06-01", geometry: strip(30_000, 60_000) },
      { id: "early", date: "2025-05-01", geometry: strip(0, 40_000) },
      { id: "same-day", date: "2025-06-01", geometry: strip(50_000, 70_000) },
    ]);
    expect(accounts.products.map(({ id, inside }) => [id, inside])).toEqual([
      ["late", 20_000],
      ["early", 40_000],
      ["same-day", 10_000],
    ]);
    expect(accounts.overlaps).toEqual([
      { winner: "early", loser: "late", squareMetres: 10_000 },
      { winner: "late", loser: "same-day", squareMetres: 10_000 },
    ]);
    expect(accounts.remaining).toBe(30_000);
    expect(Math.round(fastGeodesicArea(accounts.remainingGround))).toBe(30_000);
  });

  test("of an area without products, or with products elsewhere, leave all of it remaining", () => {
    const whole = polygon([
      [103, 13],
      [103.01, 13],
      [103.005, 13.01],
    ]);
    const size = areaSquareMetres(whole);
    expect(accountsOf(whole, [])).toMatchObject({ area: size, remaining: size, products: [], boundaryIncrease: 0 });
    const elsewhere: Product = { id: "far", date: "2025-01-01", geometry: box(104, 13, 104.001, 13.001) };
    const accounts = accountsOf(whole, [elsewhere]);
    expect(accounts.remaining).toBe(size);
    expect(accounts.boundaryIncrease).toBe(areaSquareMetres(elsewhere.geometry));
  });

  test("refuse a product named twice and a date that is none", () => {
    const product: Product = { id: "a", date: "2025-01-01", geometry: box(103, 13, 103.001, 13.001) };
    const whole = box(103, 13, 103.01, 13.01);
    expect(() => accountsOf(whole, [product, product])).toThrow(/accounts.id-repeated/);
    expect(() => accountsOf(whole, [{ ...product, date: "1 May" }])).toThrow(/accounts.date-invalid/);
  });
});
