import { describe, expect, it } from "vitest";
import { madeUpTerrain, seeded } from "../samples.test-helper.ts";
import { catchments } from "./catchments.ts";
import { siteByCoverage } from "./siting.ts";
import { populatedCells, siteAnywhere } from "./siting-anywhere.ts";

describe("siteAnywhere", () => {
  const { friction } = madeUpTerrain(60, 50, 3);
  const random = seeded(9);
  const population = friction.data.map(() => (random() < 0.3 ? Math.floor(random() * 50) : 0));
  const candidates = populatedCells(friction, population);
  const sources = [...candidates].map((cell) => ({ cell }));
  const options = { maximum: 600 };

  it("is what coverage by kept catchments chooses, existing services counted", () => {
    const all = [...catchments(friction, sources, options)];
    const existing = all.slice(0, 3);
    const seen: number[] = [];
    const found = siteAnywhere(friction, candidates, population, 8, {
      ...options,
      existing,
      onProgress: ({ evaluations }) => seen.push(evaluations),
    });
    expect(found).toEqual(siteByCoverage(all, population, 8, { existing }));
    expect(found.chosen.length).toBe(8);
    expect(candidates.length).toBeGreaterThan(600);
  });

  it("counts cells as populated where somebody lives and can move", () => {
    expect(
      [...candidates].every((cell) => (population[cell] as number) > 0 && !Number.isNaN(friction.data[cell])),
    ).toBe(true);
    expect(candidates.length).toBe(
      population.reduce(
        (count, people, cell) => (people > 0 && !Number.isNaN(friction.data[cell]) ? count + 1 : count),
        0,
      ),
    );
  });

  it("ends with what its progress throws", () => {
    const many = Int32Array.from({ length: 1200 }, (_, i) => candidates[i % candidates.length] as number);
    const stop = () => {
      throw new Error("enough");
    };
    expect(() => siteAnywhere(friction, many, population, 2, { ...options, onProgress: stop })).toThrow("enough");
  });
});
