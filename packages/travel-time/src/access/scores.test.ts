import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCatchments } from "./random-catchments.test-helper.ts";
import { accessScores, type Decay, decayWeights } from "./scores.ts";

const steps: Decay = { kind: "steps", until: [10, 20, 30], weights: [1, 0.68, 0.22] };
const decays: Decay[] = [
  { kind: "none" },
  steps,
  { kind: "gaussian", bandwidth: 12 },
  { kind: "exponential", scale: 9 },
  { kind: "linear", end: 25 },
];

describe("accessScores", () => {
  it("worked by hand: two services, three places, two-step with steps", () => {
    const catchments = [
      { cells: Int32Array.of(0, 1), times: Float64Array.of(5, 15) },
      { cells: Int32Array.of(1, 2), times: Float64Array.of(10, 25) },
    ];
    const { score, ratio, demand } = accessScores(catchments, Float64Array.of(100, 50, 200), [3, 2], { decay: steps });
    expect([...demand]).toEqual([100 + 50 * 0.68, 50 + 200 * 0.22]);
    expect([...ratio]).toEqual([3 / 134, 2 / 94]);
    expect(score[0]).toBeCloseTo(3 / 134, 15);
    expect(score[1]).toBeCloseTo((0.68 * 3) / 134 + 2 / 94, 15);
    expect(score[2]).toBeCloseTo((0.22 * 2) / 94, 15);
  });

  it("worked by hand: three-step splits the people of a place between two services", () => {
    const both = { cells: Int32Array.of(0), times: Float64Array.of(5) };
    const far = { cells: Int32Array.of(0, 1), times: Float64Array.of(15, 5) };
    const { demand, score } = accessScores([both, far], Float64Array.of(168, 10), [1, 1], {
      method: "three-step",
      decay: steps,
    });
    expect(demand[0]).toBeCloseTo(100, 12);
    expect(demand[1]).toBeCloseTo(168 * (0.68 / 1.68) * 0.68 + 10, 12);
    expect(score[0]).toBeCloseTo((1 / 1.68) * (1 / 100) + ((0.68 / 1.68) * 0.68) / (demand[1] as number), 15);
  });

  it("gives out exactly the supply of the services that anybody reaches, for every method and decay", () => {
    fc.assert(
      fc.property(
        anyCatchments(12, 5),
        fc.constantFrom(...decays),
        fc.boolean(),
        ({ catchments, population }, decay, three) => {
          const supply = catchments.map((_, service) => service + 1);
          const { score, demand } = accessScores(catchments, population, supply, {
            method: three ? "three-step" : "two-step",
            decay,
          });
          const given = score.reduce((sum, value, cell) => sum + value * (population[cell] || 0), 0);
          const used = supply.reduce((sum, amount, service) => sum + ((demand[service] as number) > 0 ? amount : 0), 0);
          expect(given).toBeCloseTo(used, 9);
        },
      ),
    );
  });

  it("refuses what makes no sense", () => {
    const people = Float64Array.of(1);
    expect(() => accessScores([], people, [1])).toThrow("1 supplies");
    expect(() => accessScores([], Float64Array.of(-1), [])).toThrow("Population 0 is -1");
    for (const decay of [
      { kind: "steps", until: [10, 5], weights: [1, 1] },
      { kind: "steps", until: [10], weights: [2] },
      { kind: "gaussian", bandwidth: 0 },
      { kind: "exponential", scale: -1 },
      { kind: "linear", end: 0 },
    ] as Decay[]) {
      expect(() => accessScores([], people, [], { decay })).toThrow(expect.objectContaining({ code: "value-invalid" }));
    }
  });
});

it("decay weights never rise with time and start at 1", () => {
  const time = fc.double({ min: 0, max: 100, noNaN: true });
  fc.assert(
    fc.property(fc.constantFrom(...decays), time, time, (decay, a, b) => {
      const weight = decayWeights(decay);
      expect(weight(Math.max(a, b))).toBeLessThanOrEqual(weight(Math.min(a, b)));
      expect(weight(0)).toBe(1);
    }),
  );
});
