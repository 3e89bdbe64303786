import { beforeAll, expect, it } from "vitest";
import { translatorOf } from "../../src/apps/server/labels.ts";
import { anOrganisation } from "../../src/domains/quality/samples.ts";
import { createReporting, rights } from "../../src/domains/reporting/index.ts";
import type { Cell, Result, ResultTable } from "../../src/domains/reporting/model.ts";
import { recordsOf, recordsSearch } from "../../src/domains/reporting/model-records.ts";
import {
  activityDefinition,
  contributionDefinition,
  coverageDefinition,
  indicatorDefinition,
  sessionDefinition,
  useDefinition,
} from "../../src/domains/results/index.ts";
import { aProgramme, someResults } from "../../src/domains/results/samples.ts";
import { describeEachDatabase } from "../../src/platform/database/testing.ts";
import { programClaims } from "../../src/platform/database/types.ts";
import { grant, testServer } from "../../src/platform/http/testing.ts";
import { aUnit } from "../../src/platform/records/testing.ts";
import { dayIn, fromKm2, printedKm2, type Story, shares, tell } from "./stories.test-helper.ts";

/**
 * UNDP Cambodia, "Clearing for Results": 384 square kilometres released since 2006, over 12 per cent of what was released in
 * the country, for 1.2 million people. Told here by 32 areas of projects among 80, and by villages.
 */
const published = { projects: 384, national: 3189.37, people: 1_200_000 };
const years = { from: "2006-01-01", to: "2024-12-31" };

/** Areas that are released in the years of the programme, a third of each in its own way. */
const released = (total: number, parts: number): Story[] =>
  shares(total, parts).map((squareMetres, n) => ({
    ...{ on: "2005-02-01", squareMetres, areaClass: "cha" as const, contamination: ["ap-mine"] },
    steps: [
      {
        ...{ on: dayIn(2006 + (n % 19), n, parts), squareMetres },
        outcome: (["cleared", "reduced", "cancelled"] as const)[n % 3] as "cleared",
        withAsset: true,
      },
    ],
  }));

describeEachDatabase("results of projects, through the donors' report", (context) => {
  const clock = () => new Date("2026-11-23T05:00:00Z");
  const server = () => testServer(context.db, [createReporting(translatorOf)], { rights, clock });
  const manager = [grant("information-manager")];
  const run = async (query = "", { from, to } = years) => {
    const { status, body } = await server().get(
      `/api/reports/run?definition=donor-results&country=KHM&from=${from}&to=${to}${query}`,
      manager,
    );
    expect(status, JSON.stringify(body)).toBe(200);
    return (body as { result: Result }).result;
  };
  const figures = (result: Result): Record<string, Cell> => {
    const block = result.blocks.find(({ kind }) => kind === "figures");
    if (block?.kind !== "figures") throw new Error("no figures");
    return Object.fromEntries(block.block.items.map(({ id }, n) => [id, block.cells[n] as Cell]));
  };
  const tableOf = (result: Result, id: string) =>
    result.blocks.find((block) => block.kind === "table" && block.block.id === id) as ResultTable;
  const cell = (table: ResultTable, key: string | null | undefined, column: string) => {
    const at = table.block.columns.findIndex(({ id }) => id === column);
    return (key === undefined ? table.total : table.rows.find((row) => row.key === key)?.cells)?.[at];
  };
  const enter = (definition: Parameters<typeof someResults>[1], values: Parameters<typeof someResults>[3]) =>
    context.db.transaction(programClaims, (tx) => someResults(tx, definition, "KHM", values));

  let donors: string[] = [];
  let projects: string[] = [];
  let villages: string[] = [];
  let areas: string[] = [];
  beforeAll(async () => {
    const province = await aUnit(context.db, "KHM", "01", 1);
    villages = [];
    for (let n = 0; n < 24; n++)
      villages.push(await aUnit(context.db, "KHM", `01${String(n).padStart(2, "0")}`, 2, province));
    donors = [];
    for (const name of ["Australia", "New Zealand", "Canada"]) donors.push(await anOrganisation(context.db, name));
    await context.db.transaction(programClaims, async (tx) => {
      ({ projects } = await aProgramme(tx, "KHM", [
        { name: "Phases one and two", from: "2006-01-01", to: "2015-12-31" },
        { name: "Phases three and four", from: "2016-01-01" },
        { name: "Beside them", from: "2006-01-01" },
      ]));
      areas = await tell(tx, "KHM", [
        ...released(fromKm2(published.projects), 32),
        ...released(fromKm2(published.national) - fromKm2(published.projects), 48),
      ]);
    });
    // The first areas are paid by two, a third and two thirds; each entry of the ledger is still counted once as a whole.
    await enter(
      coverageDefinition,
      areas.slice(0, 32).flatMap((area, n) => {
        const claim = { kind: "area", area };
        const own = projects.slice(0, 2).map((project) => ({ ...claim, project }));
        if (n >= 6) return own;
        return [
          ...own.map((each) => ({ ...each, share: 1 / 3 })),
          { ...claim, project: projects[2] as string, share: 2 / 3 },
        ];
      }),
    );
    // Each village had two activities: of the same people, so that the greater counts.
    const people = shares(published.people, villages.length);
    await enter(
      activityDefinition,
      villages.flatMap((unit, n) => {
        const [all, at] = [people[n] as number, { unit, startedOn: dayIn(2008 + (n % 15), n, 24) }];
        const [women, girls, men] = [Math.floor(all * 0.3), Math.floor(all * 0.2), Math.floor(all * 0.27)];
        const groups = { women, girls, men, boys: all - women - girls - men, withDisability: Math.floor(all * 0.02) };
        return [
          { ...at, ...groups, project: projects[n % 2] as string, kind: "land-release", indirectUnknown: all },
          { ...at, project: projects[1] as string, kind: "risk-education", women: Math.floor(all / 2), men: 7 },
        ];
      }),
    );
    const gift = { project: projects[1] as string, receivedOn: "2021-07-01" };
    const rated = { rateOn: "2021-07-01", rateSource: "Central bank" };
    await enter(contributionDefinition, [
      { ...gift, donor: donors[0] as string, amount: 7_658_828, currency: "USD" },
      { ...gift, ...rated, donor: donors[1] as string, amount: 3_800_000, currency: "NZD", rate: 0.7012 },
      {
        ...gift,
        ...rated,
        project: projects[0] as string,
        donor: donors[2] as string,
        amount: 10_000_000,
        currency: "CAD",
        rate: 0.9987,
      },
    ]);
  });

  it("384 km² are 12 per cent of the national total, for 1.2 million people, each figure opening to its records", async () => {
    const result = await run();
    const { released: land, share, direct, indirect } = figures(result);
    expect([printedKm2(land?.value ?? 0, 0), ((share?.value ?? 0) * 100).toFixed(2)]).toEqual(["384", "12.04"]);
    expect([direct?.value, indirect?.value]).toEqual([published.people, published.people]);
    expect(cell(tableOf(result, "projects"), undefined, "released")?.value).toBe(fromKm2(published.projects));
    const groups = tableOf(result, "people").rows.map(({ cells }) => cells[0]?.value ?? 0);
    expect(groups.reduce((sum, n) => sum + n, 0)).toBe(published.people);
    for (const block of result.blocks) {
      if (block.kind !== "table") continue;
      for (const row of [...block.rows, null])
        for (const [n, column] of block.block.columns.entries()) {
          const asked = recordsOf(result, block, row, column);
          const figure = (row === null ? block.total : row.cells)?.[n];
          const divided = ["results.share", "results.cost-per-hectare"].includes(asked?.measure ?? "");
          if (!asked || divided || !figure || figure.value === null || figure.value === 0) continue;
          const search = new URLSearchParams({ ...recordsSearch(asked), limit: "5" });
          const { status, body } = await server().get(`/api/reports/records?${search}`, manager);
          expect([status, (body as { value: number }).value], `${search}`).toEqual([200, figure.value]);
        }
    }
  });

  it("a square metre shared by two is counted once, rounded once", async () => {
    const result = await run();
    const rows = projects.map((id) => cell(tableOf(result, "projects"), id, "released")?.value ?? 0);
    expect(rows.every((value) => Number.isInteger(value) && value > 0)).toBe(true);
    // Each row is rounded by itself and the whole by itself, never a sum of rounded rows.
    const apart = Math.abs(rows.reduce((sum, value) => sum + value, 0) - fromKm2(published.projects));
    expect(apart).toBeLessThanOrEqual(projects.length / 2);
  });

  it("adds three currencies by the rates that were kept, to the hundredth", async () => {
    const result = await run();
    const donorsTable = tableOf(result, "donors");
    expect(donors.map((id) => cell(donorsTable, id, "contributed"))).toEqual([
      { value: 7_658_828, currency: "USD" },
      { value: 2_664_560, currency: "USD" },
      { value: 9_987_000, currency: "USD" },
    ]);
    expect(cell(donorsTable, undefined, "contributed")).toEqual({ value: 20_310_388, currency: "USD" });
    expect(tableOf(result, "currencies").rows.map(({ key }) => key)).toEqual(["USD", "NZD", "CAD"]);
    // 20,310,388 USD over 38,400 hectares.
    expect(figures(result)["per-hectare"]).toEqual({ value: 528.92, currency: "USD" });
  });

  it("one project alone is the same report, narrowed; the national total stays the country's", async () => {
    const [, second = ""] = projects;
    const whole = cell(tableOf(await run(), "projects"), second, "released")?.value;
    const narrowed = await run(`&project=${second}`);
    expect(figures(narrowed).released?.value).toBe(whole);
    const said = narrowed.blocks.find(({ kind }) => kind === "text");
    expect(said?.kind === "text" ? said.cells.national?.value : null).toBe(fromKm2(published.national));
    expect(tableOf(narrowed, "indicators")).toBeUndefined();
  });

  it("tells indicators that hold for the whole period, and no retired one", async () => {
    const share = { framework: "national", kind: "share", numerator: "results.released", denominator: "land.released" };
    const [held, retired] = await enter(indicatorDefinition, [
      { names: { en: "Share" }, wording: "Share of land by projects", ...share, validFrom: "2006-01-01" },
      { names: { en: "Old" }, wording: "As before", ...share, validFrom: "2006-01-01", validUntil: "2019-12-31" },
    ]);
    const table = tableOf(await run(), "indicators");
    expect(table.rows.map(({ key }) => key)).toEqual([held]);
    expect(((cell(table, held, "ratio")?.value ?? 0) * 100).toFixed(2)).toBe("12.04");
    const before = tableOf(await run("", { from: "2006-01-01", to: "2018-12-31" }), "indicators");
    expect(new Set(before.rows.map(({ key }) => key))).toEqual(new Set([held, retired]));
  });

  it("shows what land became as it was seen last", async () => {
    const [area = ""] = areas.slice(10);
    const seen = { area, squareMetres: 4000 };
    await enter(useDefinition, [
      { ...seen, landUse: "not-used", seenOn: "2020-01-01" },
      { ...seen, landUse: "crops", squareMetres: 3000, seenOn: "2023-01-01" },
      { ...seen, landUse: "road", squareMetres: 1000, seenOn: "2023-01-01" },
    ]);
    const told = async (to: string) =>
      tableOf(await run("", { from: "2016-01-01", to }), "uses").rows.map(({ key, cells }) => [key, cells[0]?.value]);
    // Two projects claim the area whole, one after the other; what it became is that of the one that released it.
    expect(await told("2022-12-31")).toEqual([["not-used", 4000]]);
    expect(await told("2024-12-31")).toEqual([
      ["crops", 3000],
      ["road", 1000],
    ]);
  });

  it("refuses a sum with a missing rate, and land that is claimed more than once", async () => {
    const [first = "", second = "", third = ""] = projects;
    const given = {
      project: first,
      donor: donors[0] as string,
      amount: 410_000,
      currency: "EUR",
      receivedOn: "2012-01-01",
    };
    await enter(contributionDefinition, [given]);
    await enter(coverageDefinition, [{ project: third, kind: "area", area: areas[20] as string }]);
    const result = await run();
    const all = figures(result);
    expect([all.contributed, all["per-hectare"], all.released, all.share].map((each) => each?.missing)).toEqual([
      "rate-missing",
      "rate-missing",
      "claimed-twice",
      "claimed-twice",
    ]);
    expect(cell(tableOf(result, "donors"), donors[1], "contributed")?.value).toBe(2_664_560);
    expect(cell(tableOf(result, "projects"), second, "contributed")?.value).toBe(7_658_828 + 2_664_560);
  });

  it("shows risk education by province in both treaties' reports, media apart", async () => {
    const session = { heldOn: "2024-05-01", organisation: donors[0] as string };
    await enter(sessionDefinition, [
      {
        ...session,
        unit: villages[0] as string,
        kind: "interpersonal",
        women: 12,
        girls: 8,
        men: 9,
        boys: 11,
        firstTime: 30,
      },
      { ...session, unit: villages[1] as string, kind: "interpersonal", unknown: 25, withDisability: 2 },
      { ...session, unit: villages[1] as string, kind: "training", women: 3, men: 2 },
      { ...session, unit: villages[2] as string, kind: "mass-media", reach: 90_000 },
      { ...session, heldOn: "2023-05-01", unit: villages[2] as string, kind: "interpersonal", women: 500 },
    ]);
    for (const definition of ["apmbc-article-7", "ccm-article-7"]) {
      const { body } = await server().get(
        `/api/reports/run?definition=${definition}&country=KHM&from=2024-01-01&to=2024-12-31`,
        manager,
      );
      const { result } = body as { result: Result };
      const table = tableOf(result, "education");
      expect(table.rows.length).toBe(1);
      expect(table.total?.map(({ value }) => value)).toEqual([3, 65, 30, 2, 90_000]);
      const people = tableOf(result, "education-people");
      expect(people.rows.map(({ key, cells }) => [key, cells[0]?.value])).toEqual([
        ["women", 12],
        ["girls", 8],
        ["men", 9],
        ["boys", 11],
        ["unknown", 25],
      ]);
    }
  });
});
