import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CountTable, type Place, protects, type Suppression, suppress, TableError } from "./index.ts";

const row = (...counts: number[]): CountTable => ({
  dimensions: [{ name: "district", values: counts.map((_, index) => `d${index}`) }],
  counts,
});

const size = (values: number, name: string) => ({
  name,
  values: Array.from({ length: values }, (_, index) => `${name}${index}`),
});

const count = fc.oneof(fc.nat(4), fc.nat(12), fc.nat(200), fc.constant(0));

const tables = fc
  .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
  .filter((sizes) => sizes.reduce((product, one) => product * one, 1) <= 80)
  .chain((sizes) =>
    fc
      .array(count, {
        minLength: sizes.reduce((product, one) => product * one, 1),
        maxLength: sizes.reduce((product, one) => product * one, 1),
      })
      .map(
        (counts): CountTable => ({ dimensions: sizes.map((values, d) => size(values, "abcd"[d] as string)), counts }),
      ),
  );

const at = ({ cells }: Suppression, place: Place) =>
  cells.find(
    (cell) => JSON.stringify(Object.entries(cell.place).sort()) === JSON.stringify(Object.entries(place).sort()),
  );

/** Counts of all cells of a small table that fit what is published and what is known of hidden cells. */
function readings(table: CountTable, result: Suppression, threshold: number): number[][] {
  const inner = table.counts.map((_, index) => index);
  const places = result.cells.map(({ place }) => place);
  const indexPlaces = places.filter((place) => Object.keys(place).length === table.dimensions.length);
  const matches = (cell: Place, index: number) =>
    Object.entries(cell).every(([name, value]) => (indexPlaces[index] as Place)[name] === value);
  const total = table.counts.reduce((sum, one) => sum + one, 0);
  const found: number[][] = [];
  const visit = (counts: number[]) => {
    if (counts.length < inner.length) {
      const cell = at(result, indexPlaces[counts.length] as Place);
      const possible =
        cell?.status === "shown"
          ? [cell.count as number]
          : cell?.status === "primary"
            ? Array.from({ length: threshold - 1 }, (_, n) => n + 1)
            : Array.from({ length: total + 3 - threshold }, (_, n) => n + threshold);
      for (const one of possible) visit([...counts, one]);
      return;
    }
    const fits = result.cells.every(({ place, status, count: published }) => {
      const sum = counts.reduce((all, one, index) => (matches(place, index) ? all + one : all), 0);
      if (status === "shown") return sum === published;
      return status === "primary" ? sum >= 1 && sum < threshold : sum >= threshold;
    });
    if (fits) found.push(counts);
  };
  visit([]);
  return found;
}

describe("the worked example", () => {
  it("of 12, 3, 9 and 24 hides 3 and with it 9, the cheaper of the two others", () => {
    const result = suppress(row(12, 3, 9));
    expect(result.cells.map(({ status, count: shown, reason }) => [status, shown, reason])).toEqual([
      ["shown", 12, "large-enough"],
      ["primary", null, "small"],
      ["secondary", null, "protects-others"],
      ["shown", 24, "large-enough"],
    ]);
    expect(result).toMatchObject({ threshold: 5, primary: 1, secondary: 1, lost: 9 });
  });

  it("is not safe with 3 alone hidden: the checker finds it", () => {
    const table = row(12, 3, 9);
    const alone = suppress(table).cells.map(({ place, count: shown }) => ({
      place,
      count: place.district === "d2" ? 9 : shown,
    }));
    expect(protects([table], alone, 5)).toEqual({ safe: false, derivable: [{ district: "d1" }], small: [] });
  });
});

describe("policies", () => {
  it("shows zeros unless they are to be hidden like small counts", () => {
    expect(suppress(row(12, 0, 9)).cells.map(({ count: shown }) => shown)).toEqual([12, 0, 9, 21]);
    expect(at(suppress(row(12, 0, 9), { zeros: "small" }), { district: "d1" })).toMatchObject({
      status: "primary",
      reason: "small",
    });
  });

  it("takes another threshold", () => {
    expect(suppress(row(12, 3, 9), { threshold: 3 })).toMatchObject({ primary: 0, secondary: 0, lost: 0 });
    expect(suppress(row(12, 3, 9), { threshold: 10 })).toMatchObject({ primary: 2, secondary: 0 });
  });

  it("hides a small total with its parts", () => {
    const result = suppress(row(2, 1));
    expect(result.cells.every(({ count: shown }) => shown === null)).toBe(true);
  });

  it("hides no zero to protect another count while there is anything else", () => {
    expect(suppress(row(3, 0, 7, 40)).cells.map(({ status }) => status)).toEqual([
      "primary",
      "shown",
      "secondary",
      "shown",
      "shown",
    ]);
  });

  it("refuses tables that cannot be", () => {
    expect(() => suppress({ dimensions: [size(2, "a")], counts: [1] })).toThrow(TableError);
    expect(() => suppress({ dimensions: [size(1, "a")], counts: [-1] })).toThrow(TableError);
    expect(() => suppress({ dimensions: [size(1, "a")], counts: [1.5] })).toThrow(TableError);
  });
});

describe("two dimensions", () => {
  const table: CountTable = {
    dimensions: [size(3, "a"), size(3, "b")],
    counts: [20, 50, 10, 8, 2, 30, 40, 15, 60],
  };

  it("hides four corners, the cheapest", () => {
    const result = suppress(table);
    expect(result.primary).toBe(1);
    expect(result.cells.filter(({ status }) => status === "secondary").map(({ place }) => place)).toEqual([
      { a: "a1", b: "b0" },
      { a: "a2", b: "b0" },
      { a: "a2", b: "b1" },
    ]);
  });
});

describe("properties", () => {
  it("no hidden count follows from shown ones by adding and subtracting, to an independent checker", () => {
    fc.assert(
      fc.property(
        tables,
        fc.constantFrom(3, 5, 10),
        fc.constantFrom("shown" as const, "small" as const),
        (table, threshold, zeros) => {
          const result = suppress(table, { threshold, zeros });
          expect(protects([table], result.cells, threshold)).toEqual({ safe: true, derivable: [], small: [] });
        },
      ),
      { numRuns: 400 },
    );
  });

  it("hides nothing where nothing is small, and adds up what else was hidden", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const result = suppress(table);
        if (result.primary === 0) expect(result.secondary).toBe(0);
        const everything = suppress(table, { threshold: 1 });
        const hidden = result.cells.flatMap(({ status }, index) =>
          status === "secondary" ? [everything.cells[index]?.count as number] : [],
        );
        expect(result.lost).toBe(hidden.reduce((sum, one) => sum + one, 0));
      }),
      { numRuns: 200 },
    );
  });

  it("shown counts are the true ones, and the result is the same every time", () => {
    fc.assert(
      fc.property(tables, (table) => {
        const result = suppress(table);
        expect(suppress(table)).toEqual(result);
        for (const { place, count: shown } of result.cells) {
          if (shown === null) continue;
          const sum = table.counts.reduce((all, one, index) => {
            let rest = index;
            const own: Record<string, string> = {};
            for (const { name, values } of [...table.dimensions].reverse()) {
              own[name] = values[rest % values.length] as string;
              rest = Math.floor(rest / values.length);
            }
            return Object.entries(place).every(([name, value]) => own[name] === value) ? all + one : all;
          }, 0);
          expect(shown).toBe(sum);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("a count called ambiguous has at least two readings to somebody who knows threshold and marks", () => {
    const small = fc.constantFrom([3], [4], [2, 2], [2, 3]).chain((sizes) => {
      const cells = sizes.reduce((product, one) => product * one, 1);
      return fc
        .array(fc.integer({ min: 1, max: 7 }), { minLength: cells, maxLength: cells })
        .map(
          (counts): CountTable => ({ dimensions: sizes.map((values, d) => size(values, "ab"[d] as string)), counts }),
        );
    });
    fc.assert(
      fc.property(small, (table) => {
        const result = suppress(table, { threshold: 3 });
        const innerPlaces = result.cells.filter(({ place }) => Object.keys(place).length === table.dimensions.length);
        if (!innerPlaces.some(({ ambiguous }) => ambiguous)) return;
        const possible = readings(table, result, 3);
        innerPlaces.forEach(({ ambiguous }, index) => {
          if (ambiguous) expect(new Set(possible.map((counts) => counts[index])).size).toBeGreaterThan(1);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("tables that share totals are hidden as one: no cell is shown in one and hidden in the other, and nothing follows from both", () => {
    const counts = (cells: number) => fc.array(count, { minLength: cells, maxLength: cells });
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        counts(36),
        (a, b, c, cells) => {
          const inner = (x: number, y: number, z: number) => cells[(x * b + y) * c + z] as number;
          const range = (to: number) => Array.from({ length: to }, (_, index) => index);
          const first: CountTable = {
            dimensions: [size(a, "a"), size(b, "b")],
            counts: range(a).flatMap((x) => range(b).map((y) => range(c).reduce((sum, z) => sum + inner(x, y, z), 0))),
          };
          const second: CountTable = {
            dimensions: [size(a, "a"), size(c, "c")],
            counts: range(a).flatMap((x) => range(c).map((z) => range(b).reduce((sum, y) => sum + inner(x, y, z), 0))),
          };
          const result = suppress([first, second]);
          expect(new Set(result.cells.map(({ place }) => JSON.stringify(place))).size).toBe(result.cells.length);
          expect(protects([first, second], result.cells, 5)).toEqual({ safe: true, derivable: [], small: [] });
        },
      ),
      { numRuns: 200 },
    );
  });

  it("refuses tables that count a shared cell differently", () => {
    expect(() => suppress([row(1, 2), row(1, 3)])).toThrow(TableError);
  });
});
