import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CriteriaSet,
  classOf,
  type Indicator,
  indicatorNames,
  type Option,
  prepareOptions,
  presets,
  rankOptions,
} from "./model-priority.ts";
import { firstRankShares, weightTolerances } from "./model-sensitivity.ts";

const set = presets["benefit-and-cost"];
const areas: Option[] = [
  { id: "A", values: { "casualties-24-months": 3, "area-hectares": 40, beneficiaries: 200, cost: 80 } },
  { id: "B", values: { "casualties-24-months": 1, "area-hectares": 90, beneficiaries: 500, cost: 200 } },
  { id: "C", values: { "casualties-24-months": 0, "area-hectares": 20, beneficiaries: 50, cost: 30 } },
];

const score = (options: Option[], id: string, by: CriteriaSet) =>
  rankOptions(options, by).find((each) => each.id === id)?.score ?? Number.NaN;

describe("weighted criteria", () => {
  it("give the worked example: 0.623, 0.633 and 0.100, so B before A before C", () => {
    const ranked = rankOptions(areas, set);
    expect(ranked.map(({ id, rank }) => [id, rank])).toEqual([
      ["B", 1],
      ["A", 2],
      ["C", 3],
    ]);
    expect(score(areas, "A", set)).toBeCloseTo(0.623, 3);
    expect(score(areas, "B", set)).toBeCloseTo(0.6333, 3);
    expect(score(areas, "C", set)).toBeCloseTo(0.1, 10);
    expect(ranked.find(({ id }) => id === "A")?.valueForMoney).toBeCloseTo(0.623 / 80, 5);
  });

  it("ask for the Mine Impact Score's 13, which is high, and 7 without victims, which is medium", () => {
    const blocked = ["cropland", "pasture", "drinking-water", "roads"].map((what) => [`blocked-${what}`, 1] as const);
    const none = indicatorNames.filter((name) => name.startsWith("blocked-")).map((name) => [name, 0] as const);
    const common = {
      ...Object.fromEntries(none),
      ...Object.fromEntries(blocked),
      "mines-present": 1,
      "uxo-present": 1,
    };
    const ranked = rankOptions(
      [
        { id: "hurt", values: { ...common, "casualties-24-months": 3 } },
        { id: "not", values: { ...common, "casualties-24-months": 0 } },
      ],
      presets["mine-impact-score"],
    );
    expect(ranked.map((each) => [each.id, each.score, each.class])).toEqual([
      ["hurt", 13, "high"],
      ["not", 7, "medium"],
    ]);
  });

  it("put a score on a threshold into the class above it", () => {
    const { classes } = presets["mine-impact-score"];
    expect([0, 1, 5, 6, 10, 11, 40].map((each) => classOf(each, classes))).toEqual([
      null,
      "low",
      "low",
      "medium",
      "medium",
      "high",
      "high",
    ]);
  });

  it("show what an unknown value could still change, and name it", () => {
    const [a, b, c] = areas as [Option, Option, Option];
    const unknown = { id: "A", values: { ...a.values, cost: null } };
    const found = rankOptions([unknown, b, c], set).find(({ id }) => id === "A");
    expect(found?.unknown).toEqual(["cost"]);
    expect((found?.upTo ?? 0) - (found?.score ?? 0)).toBeCloseTo(0.1, 10);
    expect(found?.valueForMoney).toBeNull();
  });

  it("let a criterion decide nothing where all are alike", () => {
    const alike = areas.map((each) => ({ ...each, values: { ...each.values, cost: 100 } }));
    expect(rankOptions(alike, set).every(({ parts }) => parts[3] === 0)).toBe(true);
  });
});

const weight = fc.integer({ min: 0, max: 20 });
const value = fc.integer({ min: 0, max: 50 });
const names: Indicator[] = ["casualties-24-months", "area-hectares", "beneficiaries", "cost"];
const someOptions = fc
  .array(fc.tuple(value, value, value, value), { minLength: 2, maxLength: 7 })
  .map((rows) =>
    rows.map(
      (row, at): Option => ({ id: `${at}`, values: Object.fromEntries(names.map((name, k) => [name, row[k]])) }),
    ),
  );
const someSet = fc.tuple(fc.constantFrom("min-max" as const, "points" as const), weight, weight, weight, weight).map(
  ([method, ...weights]): CriteriaSet => ({
    method,
    criteria: names.map((indicator, k) => ({
      indicator,
      weight: (weights[k] ?? 0) + 1,
      direction: indicator === "cost" ? "cost" : "benefit",
    })),
    classes: [],
  }),
);

describe("scores, whatever the options", () => {
  it("of min-max lie between 0 and 1 and are the sum of their parts", () => {
    fc.assert(
      fc.property(someOptions, someSet, (options, by) => {
        for (const { score: total, parts, upTo } of rankOptions(options, by)) {
          expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(total, 9);
          expect(upTo).toBeCloseTo(total, 9);
          if (by.method === "min-max") {
            expect(total).toBeGreaterThanOrEqual(0);
            expect(total).toBeLessThanOrEqual(1 + 1e-12);
          }
        }
      }),
    );
  });

  it("rank alike when every weight is doubled", () => {
    fc.assert(
      fc.property(someOptions, someSet, (options, by) => {
        const doubled = by.criteria.map((each) => each.weight * 2);
        expect(rankOptions(options, by, doubled).map(({ id, rank }) => [id, rank])).toEqual(
          rankOptions(options, by).map(({ id, rank }) => [id, rank]),
        );
      }),
    );
  });
});

describe("sensitivity to weights", () => {
  it("of the worked example: a little more weight on casualties and A leads", () => {
    const [casualties, land, , cost] = weightTolerances(prepareOptions(areas, set));
    // A and B differ by 0.4·(1 − 1/3) = 0.2667 in casualties; B leads by 0.0103.
    expect(casualties?.heavier?.leader).toBe("A");
    expect(casualties?.heavier?.by).toBeCloseTo(0.0155, 3);
    expect(casualties?.lighter).toBeNull();
    expect(land?.lighter?.leader).toBe("A");
    expect(cost?.heavier).toMatchObject({ leader: "A" });
  });

  it("names the very weight at which the lead changes: just short of it nothing does, just beyond it the other leads", () => {
    fc.assert(
      fc.property(someOptions, someSet, (options, by) => {
        const prepared = prepareOptions(options, by);
        const weights = by.criteria.map((each) => each.weight);
        const leader = rankOptions(options, by)[0]?.id;
        weightTolerances(prepared).forEach((tolerance, at) => {
          for (const turn of [tolerance.heavier, tolerance.lighter]) {
            if (!turn) continue;
            const scoreAt = (factor: number, id: string | undefined) => {
              const changed = weights.map((each, k) => (k === at ? Math.max(0, each + turn.by * factor) : each));
              return rankOptions(options, by, changed).find((each) => each.id === id)?.score ?? Number.NaN;
            };
            const best = (factor: number) => Math.max(...options.map(({ id }) => scoreAt(factor, id)));
            expect(scoreAt(0.999, leader)).toBeGreaterThanOrEqual(best(0.999) - 1e-9);
            expect(scoreAt(1, turn.leader)).toBeCloseTo(scoreAt(1, leader), 6);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it("draws the same shares from the same seed; they add up to one and only undominated options win", () => {
    const prepared = prepareOptions(areas, set);
    const shares = firstRankShares(prepared, { seed: 7, draws: 4000 });
    expect(shares).toEqual(firstRankShares(prepared, { seed: 7, draws: 4000 }));
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    const cheap = shares.find(({ id }) => id === "C")?.share ?? 0;
    const strong = shares.find(({ id }) => id === "B")?.share ?? 0;
    expect(cheap).toBeGreaterThan(0);
    expect(strong).toBeGreaterThan(cheap);
    const dominated = [...areas, { id: "D", values: { ...areas[2]?.values, cost: 31 } }];
    expect(firstRankShares(prepareOptions(dominated, set), { seed: 7, draws: 500 }).map(({ id }) => id)).not.toContain(
      "D",
    );
  });

  it("of two criteria that pull apart evenly is even", () => {
    const even: CriteriaSet = { ...set, criteria: [set.criteria[1], set.criteria[3]] };
    const two = [
      { id: "big", values: { "area-hectares": 10, cost: 10 } },
      { id: "cheap", values: { "area-hectares": 1, cost: 1 } },
    ];
    const shares = firstRankShares(prepareOptions(two, even), { seed: 1, draws: 20_000 });
    // Three standard errors of 20,000 draws.
    for (const { share } of shares) expect(Math.abs(share - 0.5)).toBeLessThan(3 * Math.sqrt(0.25 / 20_000));
  });
});
