import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { aUnit } from "../../platform/records/testing.ts";
import { manyCasualties } from "../accidents/samples.ts";
import { areaDefinition } from "../land/index.ts";
import { entriesOf, insertEntries } from "../ledger/index.ts";
import { anOrganisation } from "../quality/samples.ts";
import { contributionDefinition, coverageDefinition, indicatorDefinition } from "../results/definitions.ts";
import { aProgramme, someResults } from "../results/samples.ts";
import type { Cell, Result } from "./model.ts";
import { manager, reportOf, reportServer, tableIn } from "./testing.ts";

describeEachDatabase("what would give a wrong number", (context) => {
  const server = () => reportServer(context.db);
  const period = "country=KHM&from=2025-01-01&to=2025-12-31";
  const run = (query: string) => reportOf(server(), query);
  const enter = (definition: typeof coverageDefinition, values: Parameters<typeof someResults>[3]) =>
    context.db.transaction(programClaims, (tx) => someResults(tx, definition, "KHM", values));
  const keep = async (id: string, blocks: object[]) => {
    const definition = { id, words: { texts: { en: "Own" } }, scope: "country", blocks };
    return server().post("/api/reports/definitions", { country: "KHM", definition }, manager);
  };
  const glance = (result: Result): Record<string, Cell | undefined> => {
    const block = result.blocks.find(({ kind }) => kind === "figures");
    if (block?.kind !== "figures") throw new Error("The report has no figures");
    return Object.fromEntries(block.block.items.map(({ id }, n) => [id, block.cells[n]]));
  };

  let provinces: string[] = [];
  let projects: string[] = [];
  let area = "";

  beforeAll(async () => {
    provinces = [await aUnit(context.db, "KHM", "01", 1), await aUnit(context.db, "KHM", "02", 1)];
    for (const unit of provinces)
      await manyCasualties(context.db, "KHM", [
        { count: 10, occurredOn: "2025-03-01", accident: { unit }, values: { outcome: "injured" } },
      ]);
    await context.db.transaction(programClaims, async (tx) => {
      const made = await aProgramme(tx, "KHM", [
        { name: "One", from: "2020-01-01" },
        { name: "Other", from: "2020-01-01" },
      ]);
      projects = made.projects;
      const values = { areaClass: "cha", status: "open", contamination: ["ap-mine"] };
      const change = { accountId: null, now: new Date("2025-01-01T00:00:00Z"), reason: null };
      area = (await createRecords(tx, areaDefinition, [{ country: "KHM", values }], change))[0]?.id ?? "";
      const id = newId();
      const base = {
        ...{ unit: null, project: null, method: null, landClass: null, depthCentimetres: null, organisation: null },
        ...{ contamination: ["ap-mine"], about: id, area, province: provinces[0] as string, effectiveOn: "2025-06-01" },
      };
      await insertEntries(
        tx,
        entriesOf({ country: "KHM", id, knownAt: "2025-07-01T00:00:00Z", sample: false }, [
          { ...base, account: "confirmed", squareMetres: -12_345 },
          { ...base, account: "cleared", squareMetres: 12_345 },
        ]),
      );
    });
  }, 60_000);

  it("a period that is not over is marked when it is looked at, and refused when it is published", async () => {
    const open = "country=KHM&from=2026-01-01&to=2026-12-31";
    for (const definition of ["donor-results", "apmbc-article-7"])
      expect((await run(`definition=${definition}&${open}`)).warnings).toContain("period-not-closed");
    for (const to of ["2026-11-23", "2027-12-31"]) {
      const report = { country: "KHM", definition: "apmbc-article-7", from: "2026-01-01", to, audience: "own" };
      const { status, body } = await server().post("/api/reports/editions", report, manager);
      expect([status, (body as { code: string }).code]).toEqual([422, "reporting.period-not-closed"]);
    }
  });

  it("a contribution without a rate leaves its sum and what follows from it without a number", async () => {
    const donor = await anOrganisation(context.db, "Donor");
    const [project = ""] = projects;
    const gift = { project, donor, receivedOn: "2025-02-01" };
    await enter(contributionDefinition, [
      { ...gift, amount: 1000, currency: "USD" },
      { ...gift, amount: 500, currency: "JPY" },
    ]);
    const { contributed, "per-hectare": cost } = glance(await run(`definition=donor-results&${period}`));
    expect([contributed?.missing, cost?.missing]).toEqual(["rate-missing", "rate-missing"]);
  });

  it("a unit without population has no rate of casualties, and neither has the country", async () => {
    const table = {
      ...{
        kind: "table",
        id: "rates",
        words: { texts: { en: "Casualties by population" } },
        by: "province",
        total: true,
      },
      columns: [
        { kind: "measure", id: "people", measure: "casualties.people" },
        {
          kind: "input",
          id: "population",
          input: "population",
          unit: "people",
          words: { texts: { en: "Population" } },
        },
        { kind: "ratio", id: "rate", of: "people", by: "population", words: { texts: { en: "Rate" } } },
      ],
    };
    const numbers = { kind: "numbers", id: "population", words: { texts: { en: "Population" } }, by: "province" };
    expect((await keep("rates", [numbers, table])).status).toBe(200);
    const [one = "", two = ""] = provinces;
    const entry = { country: "KHM", definition: "rates", block: "population", year: 2025, flag: "changed" };
    const given = { ...entry, numbers: { [one]: 1000 }, version: 0 };
    expect((await server().post("/api/reports/entries", given, manager)).status).toBe(200);
    const found = tableIn(await run(`definition=rates&${period}`), "rates");
    const row = (key: string) => found.rows.find((each) => each.key === key)?.cells.slice(1);
    expect(row(one)).toEqual([{ value: 1000 }, { value: 0.01 }]);
    const missing = { value: null, missing: "not-given" };
    expect(row(two)).toEqual([missing, missing]);
    expect(found.total?.slice(1)).toEqual([missing, missing]);
    const none = { ...entry, numbers: { [one]: 1000, [two]: 0 }, version: 1 };
    expect((await server().post("/api/reports/entries", none, manager)).status).toBe(200);
    const again = tableIn(await run(`definition=rates&${period}`), "rates");
    expect(again.rows.find(({ key }) => key === two)?.cells[2]).toEqual({
      value: null,
      missing: "nothing-to-divide-by",
    });
  });

  it("an indicator that is retired, or gone, is marked where a report names it, and in no other table", async () => {
    const wording = { names: { en: "Land" }, wording: "Land released", framework: "national", kind: "count" };
    const counted = { ...wording, numerator: "land.released", validFrom: "2020-01-01" };
    const [retired = "", valid = ""] = await enter(indicatorDefinition, [
      { ...counted, validUntil: "2025-06-30" },
      counted,
    ]);
    const gone = newId();
    const table = (only?: string[]) => ({
      ...{ kind: "table", id: "indicators", words: { texts: { en: "Indicators" } }, by: "indicator", total: true },
      ...(only ? { where: { indicator: only } } : {}),
      columns: [{ kind: "measure", id: "counted", measure: "indicators.counted" }],
    });
    const all = tableIn(await run(`definition=donor-results&${period}`), "indicators");
    expect(all.rows.map(({ key }) => key)).toEqual([valid]);
    for (const [id, name] of [
      [retired, "retired"],
      [gone, "gone"],
    ] as const) {
      expect((await keep(name, [table([id])])).status).toBe(200);
      const named = tableIn(await run(`definition=${name}&${period}`), "indicators");
      expect(named.rows).toEqual([{ key: id, cells: [{ value: null, missing: "retired" }] }]);
      expect(named.total).toEqual([{ value: null, missing: "retired" }]);
    }
    const unknown = { ...table(), columns: [{ kind: "measure", id: "counted", measure: "indicators.gone" }] };
    const refused = await keep("refused", [unknown]);
    expect([refused.status, (refused.body as { fields: { code: string }[] }).fields[0]?.code]).toEqual([
      422,
      "reporting.measure-unknown",
    ]);
  });

  it("records of a year that is none, or of land of a year beside the period's, are refused", async () => {
    const of = (measure: string, more: string) =>
      server().get(`/api/reports/records?${period}&measure=${measure}&${more}`, manager);
    expect((await of("land.cleared", "by=year&key=2025")).status).toBe(200);
    expect((await of("casualties.people", "year=2025")).status).toBe(200);
    for (const wrong of ["by=year&key=0000", "by=year&key=soon", "year=2025"])
      expect(await of("land.cleared", wrong)).toMatchObject({ status: 422, body: { code: "common.invalid-input" } });
  });

  it("a character that the database cannot hold is refused, in a filter and in a definition", async () => {
    const filter = await server().get(`/api/reports/records?${period}&measure=land.cleared&method=%00`, manager);
    expect(filter).toMatchObject({ status: 422, body: { code: "common.invalid-input" } });
    const kept = await keep("odd", [{ kind: "heading", words: { texts: { en: "a\u0000b" } } }]);
    expect(kept).toMatchObject({ status: 422, body: { code: "common.invalid-input" } });
  });

  it("two projects that claim the same square metre leave it out until their shares come to one", async () => {
    const claim = { kind: "area", area };
    const [one = "", two = ""] = projects;
    const told = async () => {
      const { released, share } = glance(await run(`definition=donor-results&${period}`));
      return [released?.value ?? released?.missing, share?.value ?? share?.missing];
    };
    const record = async (project: string, share?: number) =>
      enter(coverageDefinition, [{ ...claim, project, ...(share === undefined ? {} : { share }) }]);
    await record(one, 0.6);
    expect(await told()).toEqual([7407, 0.6]);
    await record(two, 0.4);
    expect(await told()).toEqual([12_345, 1]);
    await record(two, 0.7);
    expect(await told()).toEqual(["claimed-twice", "claimed-twice"]);
  });
});
