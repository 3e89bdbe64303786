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
  ...{ kind: "analyse", source, units, services, hazards: null, needs: null, needGroups: [], upgrades: [] },
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
    // Invented ground tells groups apart; women and men are everybody, in all and in each unit.
    const of = (group: string, unit: string | null) =>
      one.results.groups.find((each) => each.group === group && each.unit === unit);
    for (const [unit, all] of [[null, total] as const, ...first.map((each) => [each.unit, each] as const)])
      for (const figure of ["population", "outside"] as const)
        expect((of("women", unit)?.[figure] ?? 0) + (of("men", unit)?.[figure] ?? 0)).toBeCloseTo(all[figure], -1);
    // Those who live far from roads are more often outside.
    expect(of("children", null)?.share).toBeGreaterThan(total.share ?? 1);
    // The first place for more gains most, and both gain somebody.
    expect(siting).toHaveLength(2);
    expect(siting[0]?.people).toBeGreaterThanOrEqual(siting[1]?.people ?? Number.POSITIVE_INFINITY);
    // What the places add is what is then no longer outside, in all and over the units.
    const gained = siting.reduce((sum, { people }) => sum + people, 0);
    expect(total.outside - (total.after ?? Number.NaN)).toBeCloseTo(gained, 0);
    expect(first.reduce((sum, { outside, after }) => sum + outside - (after ?? Number.NaN), 0)).toBeCloseTo(gained, -1);
    expect(findings.map(({ code }) => code)).toContain("services-outside");
    expect(findings.find(({ code }) => code === "capacity-assumed")?.details).toEqual({ services: 1, capacity: 100 });
  });

  it("splits people over services in reach when three steps are asked for", { timeout: 60_000 }, async () => {
    const asked = { mode: "motorised", threshold: 240, coarsen: 8, snapMetres: 20_000, uncertainty: 0, siting: 0 };
    const both = { services: [service("A", 0.58, 0.67, 400), service("B", 0.45, 0.5, 50)] };
    const [two, three] = [
      (await analyse(ask(both, asked), quiet)).results,
      (await analyse(ask(both, { ...asked, method: "three-step" }), quiet)).results,
    ];
    // What is offered is shared out in full by either; only who gets it differs.
    expect(three.total.score).toBeCloseTo(two.total.score, 3);
    expect(three.total.score).toBeGreaterThan(0);
    expect(three.units.map(({ score }) => score)).not.toEqual(two.units.map(({ score }) => score));
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
    const needGroups = [
      { group: "women", unit: ids[0], people: 25 },
      { group: "need-rehabilitation", unit: ids[0], people: 30 },
    ] as const;
    const told = await analyse(ask({ needs, needGroups }, { demand: "needs", uncertainty: 0, siting: 0 }), quiet);
    const women = told.results.groups.filter(({ group }) => group === "women");
    expect(women).toMatchObject([
      { unit: null, population: 25 },
      { unit: ids[0], population: 25 },
    ]);
    // Groups are spread as all are, so the same share of them is outside.
    expect(women[0]?.share).toBeCloseTo(told.results.total.share ?? Number.NaN, 3);
    expect(told.results.groups.map(({ group }) => group)).toContain("need-rehabilitation");
    const none = await analyse(ask({ needs: [] }, { demand: "needs", uncertainty: 0, siting: 0 }), quiet);
    expect(none.results.findings.map(({ code }) => code)).toContain("no-demand");
  });
});

describe("siting in an analysis", () => {
  const asked = { uncertainty: 0, siting: 3, coarsen: 8, snapMetres: 5000 };

  it("tries every populated place, and finds no less than some hundreds do", { timeout: 120_000 }, async () => {
    const seen: number[] = [];
    const watch = (name: string, done: number) => void (name === "siting" && seen.push(done));
    const every = await analyse(ask({}, { ...asked, sitingSearch: "every" }), watch);
    const quick = await analyse(ask({}, asked), quiet);
    const tried = ({ results: { findings } }: typeof every) =>
      Number(findings.find(({ code }) => code === "siting-candidates")?.details.candidates);
    expect(tried(every)).toBeGreaterThan(tried(quick) * 2);
    expect(every.results.siting[0]?.people).toBeGreaterThanOrEqual(quick.results.siting[0]?.people ?? Infinity);
    expect(every.results.siting).toHaveLength(3);
    expect(seen.length).toBeGreaterThan(1);
  });

  it("adds services to sites that there are, and spends no more than there is", { timeout: 60_000 }, async () => {
    const upgrades = [service("U1", 0.3, 0.2), service("U2", 0.8, 0.3), service("U3", 0.2, 0.8)];
    const only = await analyse(ask({ upgrades }, { ...asked, sitingKind: "upgrade" }), quiet);
    expect(only.results.siting.length).toBeGreaterThan(0);
    for (const { code } of only.results.siting) expect(code).toMatch(/^U[123]$/);
    const money = { sitingKind: "either", costNew: 100_000, costUpgrade: 10, budget: 100_015 };
    const { siting } = (await analyse(ask({ upgrades }, { ...asked, ...money }), quiet)).results;
    expect(siting.length).toBeGreaterThan(0);
    expect(siting.reduce((sum, { cost }) => sum + (cost ?? 0), 0)).toBeLessThanOrEqual(100_015);
    expect(siting[0]).toMatchObject({ cost: 10, code: expect.stringMatching(/^U/) });
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
    expect(before.groups.map(({ group }) => group)).toEqual(["women", "men", "children", "older", "disability"]);
    const sexes = (answer: typeof before) =>
      answer.groups.slice(0, 2).reduce((sum, { bins }) => sum + peopleWithin(bins, 120), 0);
    expect(Math.abs(sexes(dropped) - peopleWithin(dropped.total, 120))).toBeLessThan(50);
    expect(sexes(dropped)).toBeGreaterThan(sexes(before));
    const { places } = explorer.suggest({ ...base, kind: "suggest", proposals: [], thresholdSeconds: 7200, count: 2 });
    const [best] = places;
    // By motor vehicle roads make wide cells and true ones differ most; still the places come the most helpful first.
    const motor = {
      ...base,
      kind: "suggest",
      travel: { ...travel, mode: "motorised" },
      services: [],
      proposals: [],
    } as const;
    const gains = explorer.suggest({ ...motor, thresholdSeconds: 7200, count: 5 }).places.map(({ people }) => people);
    expect(gains).toHaveLength(5);
    expect(gains).toEqual([...gains].sort((a, b) => b - a));
    const helped = explorer.explore({ ...base, proposals: best ? [best] : [] });
    expect(peopleWithin(helped.total, 120) - peopleWithin(before.total, 120)).toBeCloseTo(best?.people ?? 0, 0);
  });
});
