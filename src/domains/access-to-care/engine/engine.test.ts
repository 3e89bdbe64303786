import { describe, expect, it } from "vitest";
import { terrainWindow } from "../../../../sample-region/terrain/index.ts";
import { canonicalJson, type Json } from "../../../platform/kernel/canonical-json.ts";
import { parameters } from "../contract.ts";
import { beyondBin, peopleIn, peopleWithin } from "../model.ts";
import { analyse } from "./analyse.ts";
import { createExplorer } from "./explorer.ts";
import { boundsOf } from "./ground.ts";
import type { Analyse, Shape } from "./protocol.ts";

const { grid } = terrainWindow("khm-north-west");
const [west, south, east, north] = boundsOf(grid);
const at = (u: number, v: number) => ({ longitude: west + (east - west) * u, latitude: north - (north - south) * v });
const half = (u0: number, u1: number): Shape => ({
  type: "Polygon",
  coordinates: [
    [
      [west + (east - west) * u0, south],
      [west + (east - west) * u1, south],
      [west + (east - west) * u1, north],
      [west + (east - west) * u0, north],
      [west + (east - west) * u0, south],
    ],
  ],
});
const ids = ["01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-000000000002"] as const;
const units = [
  { unit: ids[0], level: 1, geometry: half(-0.1, 0.5) },
  { unit: ids[1], level: 1, geometry: half(0.5, 1.1) },
  { unit: ids[0], level: 2, geometry: half(-0.1, 0.5) },
];
const service = (code: string, u: number, v: number, capacityPerMonth: number | null = 100) => ({
  ...{ point: ids[0], code, names: {}, capacityPerMonth, verifiedOn: null },
  ...at(u, v),
});
const services = [service("A", 0.58, 0.67), service("B", 0.4, 0.28, null), service("FAR", 3, 3)];
const source = { kind: "sample", recipe: { window: "khm-north-west", seed: "1" } } as const;
const square = (u: number, v: number, size: number): Shape => {
  const [a, b] = [at(u, v), at(u + size, v + size)];
  const ring = [
    [a.longitude, a.latitude],
    [b.longitude, a.latitude],
    [b.longitude, b.latitude],
    [a.longitude, b.latitude],
    [a.longitude, a.latitude],
  ];
  return { type: "Polygon", coordinates: [ring] };
};
const ask = (more: Partial<Analyse> = {}, asked: Record<string, unknown> = {}): Analyse => ({
  ...{ kind: "analyse", source, units, services, hazards: null, needs: null },
  // Coarse cells keep the test short; the ground is the same.
  parameters: parameters.parse({ services: ["physiotherapy"], coarsen: 4, siting: 2, ...asked }),
  ...more,
});
const quiet = () => {};

describe("analyse", () => {
  it("gives the same bytes for the same inputs, files included", { timeout: 60_000 }, async () => {
    const [one, other] = [await analyse(ask(), quiet), await analyse(ask(), quiet)];
    expect(canonicalJson(other.results as unknown as Json)).toBe(canonicalJson(one.results as unknown as Json));
    expect(other.files.map(({ bytes }) => Buffer.from(bytes).toString("base64"))).toEqual(
      one.files.map(({ bytes }) => Buffer.from(bytes).toString("base64")),
    );
    const { total, units: rows, siting, findings } = one.results;
    expect(total.population).toBeGreaterThan(1_000_000);
    expect(total.outside).toBeGreaterThan(0);
    expect(total.outside).toBeLessThan(total.population);
    // Units of one level close to the total, and everybody is inside or outside.
    const first = rows.filter(({ level }) => level === 1);
    expect(first.reduce((sum, { population }) => sum + population, 0)).toBeCloseTo(total.population, -1);
    for (const row of rows)
      expect((row.within[one.results.thresholds.indexOf(120)] ?? 0) + row.outside).toBeCloseTo(row.population, 0);
    // Faster travel leaves fewer outside, slower travel more.
    expect(total.band?.low).toBeLessThan(total.outside);
    expect(total.band?.high).toBeGreaterThan(total.outside);
    // The first place for more gains most, and both gain somebody.
    expect(siting).toHaveLength(2);
    expect(siting[0]?.people).toBeGreaterThanOrEqual(siting[1]?.people ?? Number.POSITIVE_INFINITY);
    expect(findings.map(({ code }) => code)).toContain("services-outside");
    expect(findings.find(({ code }) => code === "capacity-assumed")?.details).toEqual({ services: 1, capacity: 100 });
  });

  it("closes hazardous areas to travel and tells whom that leaves outside", { timeout: 60_000 }, async () => {
    const hazards = [square(0.585, 0.6, 0.06), square(0.41, 0.29, 0.03)];
    const { results, files } = await analyse(ask({ hazards }, { hazards: true, uncertainty: 0, siting: 0 }), quiet);
    expect(results.total.contamination).toBeGreaterThan(0);
    expect(results.total.band).toBeNull();
    expect(files.map(({ name }) => name)).toEqual(["travel-time", "map", "travel-time-open", "map-open"]);
    const open = await analyse(ask({}, { uncertainty: 0, siting: 0 }), quiet);
    expect(results.total.outside - open.results.total.outside).toBeCloseTo(
      results.total.contamination ?? Number.NaN,
      0,
    );
  });

  it("spreads needs over the people of their unit, and counts nobody elsewhere", { timeout: 60_000 }, async () => {
    const needs = [{ unit: ids[0], people: 40 }];
    const { results } = await analyse(ask({ needs }, { demand: "needs", uncertainty: 0, siting: 0 }), quiet);
    expect(results.total.population).toBeCloseTo(40, 1);
    expect(results.units.find(({ unit, level }) => unit === ids[1] && level === 1)).toBeUndefined();
    const none = await analyse(ask({ needs: [] }, { demand: "needs", uncertainty: 0, siting: 0 }), quiet);
    expect(none.results.findings.map(({ code }) => code)).toContain("no-demand");
  });
});

describe("the explorer", () => {
  it("shows what a dropped service changes, and the same as a service that exists", { timeout: 60_000 }, async () => {
    const explorer = createExplorer();
    await explorer.load({ kind: "load", key: "k", source, units, coarsen: 2 });
    const travel = { mode: "walking", season: "dry", hazards: null } as const;
    const base = { kind: "explore", ground: "k", travel, services: services.slice(0, 1) } as const;
    const before = explorer.explore({ ...base, proposals: [] });
    const dropped = explorer.explore({ ...base, proposals: [at(0.4, 0.28)] });
    const existing = explorer.explore({ ...base, services: services.slice(0, 2), proposals: [] });
    expect(peopleIn(dropped.total)).toBeCloseTo(peopleIn(before.total), 0);
    expect(peopleWithin(dropped.total, 120)).toBeGreaterThan(peopleWithin(before.total, 120) + 1000);
    expect(dropped.total).toEqual(existing.total);
    expect(dropped.raster.bins).toBe(existing.raster.bins);
    expect(dropped.raster.bins).not.toBe(before.raster.bins);
    expect(before.total).toHaveLength(beyondBin + 1);
    const { places } = explorer.suggest({ ...base, kind: "suggest", proposals: [], thresholdSeconds: 7200, count: 2 });
    const [best] = places;
    const helped = explorer.explore({ ...base, proposals: best ? [best] : [] });
    expect(peopleWithin(helped.total, 120) - peopleWithin(before.total, 120)).toBeCloseTo(best?.people ?? 0, 0);
  });
});
