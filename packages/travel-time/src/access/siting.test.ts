import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Catchment } from "./catchments.ts";
import { anyCatchments } from "./random-catchments.test-helper.ts";
import { siteByCoverage, siteByTime } from "./siting.ts";

const BEYOND = 40;
type People = Float64Array;

/** People × time from every place to its nearest, or people out of reach when `flat`: what the choice is to lower. */
function burden(open: readonly Catchment[], population: People, flat: boolean): number {
  const nearest = new Float64Array(population.length).fill(flat ? 1 : BEYOND);
  for (const { cells, times } of open) {
    cells.forEach((cell, i) => {
      nearest[cell] = flat ? 0 : Math.min(nearest[cell] as number, times[i] as number);
    });
  }
  return nearest.reduce((sum, time, cell) => sum + time * (population[cell] || 0), 0);
}

describe("siting", () => {
  for (const flat of [true, false]) {
    it(`chooses at each step a candidate that no other beats: ${flat ? "coverage" : "time"}`, () => {
      fc.assert(
        fc.property(anyCatchments(14, 9), fc.nat(9), fc.nat(2), ({ catchments, population }, count, given) => {
          const existing = catchments.slice(0, given);
          const candidates = catchments.slice(given);
          const { chosen, gains } = flat
            ? siteByCoverage(candidates, population, count, { existing })
            : siteByTime(candidates, population, count, { existing, beyond: BEYOND });
          expect(new Set(chosen).size).toBe(chosen.length);
          const open = [...existing];
          chosen.forEach((choice, step) => {
            const before = burden(open, population, flat);
            const gain = before - burden([...open, candidates[choice] as Catchment], population, flat);
            const best = Math.max(...candidates.map((each) => before - burden([...open, each], population, flat)));
            expect(gain).toBeCloseTo(best, 6);
            expect(gains[step]).toBeCloseTo(gain, 6);
            open.push(candidates[choice] as Catchment);
          });
          if (chosen.length < count) {
            const left = burden(open, population, flat) - burden([...open, ...candidates], population, flat);
            expect(left).toBeCloseTo(0, 6);
          }
        }),
      );
    });
  }

  it("spends a budget on what brings most for its cost, and never more", () => {
    const costs = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(anyCatchments(14, 9), costs, fc.nat(20), ({ catchments, population }, prices, budget) => {
        const cost = catchments.map((_, i) => prices[i % prices.length] as number);
        const { chosen } = siteByCoverage(catchments, population, catchments.length, { costs: cost, budget });
        let left = budget;
        const open: Catchment[] = [];
        const worth = (candidate: number) =>
          (burden(open, population, true) - burden([...open, catchments[candidate] as Catchment], population, true)) /
          (cost[candidate] as number);
        for (const choice of chosen) {
          const payable = [...catchments.keys()].filter((candidate) => (cost[candidate] as number) <= left);
          expect(worth(choice)).toBeCloseTo(Math.max(...payable.map(worth)), 6);
          left -= cost[choice] as number;
          open.push(catchments[choice] as Catchment);
        }
        expect(left).toBeGreaterThanOrEqual(0);
        for (const [candidate] of catchments.entries())
          if ((cost[candidate] as number) <= left) expect(worth(candidate)).toBeCloseTo(0, 6);
      }),
    );
    expect(() => siteByCoverage([], new Float32Array(1), 1, { costs: [1] })).toThrow("1 costs for 0");
  });

  it("takes the first of equals, and computes few gains anew", () => {
    const cells = (from: number, size: number) => Int32Array.from({ length: size }, (_, i) => from + i);
    const candidates = Array.from({ length: 100 }, (_, i) => ({ cells: cells(i * 5, 5), times: new Float64Array(5) }));
    const { chosen, evaluations } = siteByCoverage(candidates, new Float32Array(500).fill(2), 4);
    expect(chosen).toEqual([0, 1, 2, 3]);
    expect(evaluations).toBeLessThan(110);
  });

  it("refuses a number of services that is none", () => {
    expect(() => siteByCoverage([], new Float32Array(1), -1)).toThrow("cannot be placed");
  });
});
