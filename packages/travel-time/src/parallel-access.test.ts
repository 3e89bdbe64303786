import { describe, expect, it } from "vitest";
import { catchments } from "./access/catchments.ts";
import { accessScores } from "./access/scores.ts";
import { populatedCells, siteAnywhere } from "./access/siting-anywhere.ts";
import { accessScoresInThreads, catchmentsInThreads, siteAnywhereInThreads } from "./parallel-access.ts";
import { differingCells, madeUpSources, madeUpTerrain, seeded } from "./samples.test-helper.ts";

describe("searches on threads", () => {
  const { friction, elevation } = madeUpTerrain(150, 140, 6);
  const sources = madeUpSources(friction, 23, 4);
  const random = seeded(12);
  const population = friction.data.map(() => (random() < 0.4 ? random() * 30 : Number.NaN));
  const supply = sources.map((_, i) => 3 + (i % 4));
  const decay = { kind: "steps", until: [600, 1500, 2400], weights: [1, 0.6, 0.2] } as const;

  it("finds the catchments that one thread finds, also over slopes", async () => {
    const mode = Uint8Array.from(friction.data, (value) => (value < 20 ? 3 : 1));
    for (const movement of [undefined, { kind: "modes", elevation, mode, direction: "towards" } as const]) {
      const options = { maximum: movement ? 2e5 : 2400, ...(movement ? { movement } : {}) };
      const one = [...catchments(friction, sources, options)];
      const many = await catchmentsInThreads(friction, sources, { ...options, threads: 3 });
      expect(many).toEqual(one);
      expect(one.reduce((sum, { cells }) => sum + cells.length, 0)).toBeGreaterThan(10_000);
    }
  });

  it("scores as accessScores does, the same bits on any number of threads", async () => {
    const options = { maximum: 2400, decay };
    const one = await accessScoresInThreads(friction, sources, population, supply, { ...options, threads: 1 });
    const three = await accessScoresInThreads(friction, sources, population, supply, { ...options, threads: 3 });
    expect(differingCells(one.score, three.score)).toBe(0);
    const plain = accessScores([...catchments(friction, sources, options)], population, supply, { decay });
    expect(differingCells(one.score, plain.score)).toBe(0);
    expect(plain.score.some((value) => value > 0)).toBe(true);
    expect([one.ratio, one.demand]).toEqual([plain.ratio, plain.demand]);
  });

  it("chooses among all cells what one thread chooses", async () => {
    const people = population.map((count) => (count > 0 ? Math.ceil(count) : 0));
    const candidates = populatedCells(friction, people).filter((_, i) => i % 6 === 0);
    const existing = [...catchments(friction, sources.slice(0, 4), { maximum: 900 })];
    const one = siteAnywhere(friction, candidates, people, 6, { maximum: 900, existing });
    const seen: number[] = [];
    const onProgress = (done: number) => void seen.push(done);
    const options = { maximum: 900, existing, threads: 2, onProgress };
    const many = await siteAnywhereInThreads(friction, candidates, people, 6, options);
    expect([many.chosen, many.gains]).toEqual([one.chosen, one.gains]);
    expect(seen.at(-1)).toBe(Math.ceil(candidates.length / 500));
  });

  it("ends with the signal's reason, and refuses what it cannot score before a thread starts", async () => {
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error("enough"));
    const options = { maximum: 2400, threads: 2, signal: stop.signal, onProgress };
    await expect(catchmentsInThreads(friction, sources, options)).rejects.toThrow("enough");
    const bad = accessScoresInThreads(friction, sources, population, [1], { maximum: 9 });
    await expect(bad).rejects.toMatchObject({ code: "value-invalid" });
  });
});
