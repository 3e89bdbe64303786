import { mkdirSync, writeFileSync } from "node:fs";
import ExcelJS from "exceljs";
import { beforeAll, expect, it } from "vitest";
import { translatorOf } from "../../apps/server/labels.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { pdfFacts } from "../../platform/documents/testing.ts";
import { grant, testServer } from "../../platform/http/testing.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { manyCasualties } from "../accidents/samples.ts";
import { areaDefinition } from "../land/index.ts";
import { entriesOf, insertEntries } from "../ledger/index.ts";
import type { Account, Posting } from "../ledger/model.ts";
import { findDefinition } from "../ordnance/index.ts";
import { unitDefinition } from "../places/index.ts";
import { createReporting, rights } from "./index.ts";
import type { Result, ResultTable } from "./model.ts";
import type { Definition } from "./model-definition.ts";

const nothing = { unit: null, project: null, method: null, landClass: null, depthCentimetres: null };
interface Entry {
  province: string;
  account: Account;
  amount: number;
  on: string;
}

describeEachDatabase("reports", (context) => {
  const server = () =>
    testServer(context.db, [createReporting(translatorOf)], { rights, clock: () => new Date("2026-11-23T05:00:00Z") });
  const manager = [grant("information-manager", "KHM")];
  const donor = [grant("donor", "KHM")];
  const provinces: string[] = [];

  /** Posts what a report says of one area; `about` an earlier report puts that one right. */
  async function post(knownAt: string, entries: readonly Entry[], about: string | null = null): Promise<string> {
    const id = newId();
    const postings = entries.map(
      ({ province, account, amount, on }): Posting => ({
        ...{ ...nothing, organisation: null, contamination: ["ap-mine"], about: about ?? id },
        ...{ area: areaOf(province), account, squareMetres: amount, effectiveOn: on, province },
      }),
    );
    await context.db.transaction(programClaims, (tx) =>
      insertEntries(tx, entriesOf({ country: "KHM", id, knownAt, sample: false }, postings)),
    );
    return id;
  }
  const areas = new Map<string, string>();
  const areaOf = (province: string) => {
    const id = areas.get(province) ?? newId();
    areas.set(province, id);
    return id;
  };
  const query = "definition=apmbc-article-7&country=KHM&from=2025-01-01&to=2025-12-31&in=ha";
  const tableIn = (result: Result, id: string) =>
    result.blocks.find((block) => block.kind === "table" && block.block.id === id) as ResultTable;
  let first = "";

  beforeAll(async () => {
    await context.db.transaction(programClaims, async (tx) => {
      const units = await createRecords(
        tx,
        unitDefinition,
        ["បាត់ដំបង", "ប៉ៃលិន"].map((name, n) => ({
          country: "KHM",
          values: { code: `KH0${n + 1}`, names: { km: name, en: ["Battambang", "Pailin"][n] as string }, level: 1 },
        })),
        { accountId: null, now: new Date("2020-01-01T00:00:00Z"), reason: null },
      );
      provinces.push(...units.map(({ id }) => id));
    });
    const [one = "", two = ""] = provinces;
    for (const province of [one, two])
      await post("2024-02-01T00:00:00Z", [
        { province, account: "identified", amount: -100_005, on: "2024-01-01" },
        { province, account: "confirmed", amount: 100_005, on: "2024-01-01" },
      ]);
    first = await post("2025-07-01T00:00:00Z", [
      { province: one, account: "confirmed", amount: -12_345, on: "2025-06-01" },
      { province: one, account: "cleared", amount: 12_345, on: "2025-06-01" },
    ]);
    await manyCasualties(context.db, "KHM", [
      { count: 12, occurredOn: "2025-03-01", values: { outcome: "killed", sex: "male", ageGroup: "adult" } },
      { count: 3, occurredOn: "2025-03-01", values: { outcome: "injured", sex: "female", ageGroup: "adult" } },
      { count: 9, occurredOn: "2025-03-01", values: { outcome: "unknown" } },
    ]);
  }, 60_000);

  it("refuse a casualty figure of a period that cuts a year, and say that a period is not over", async () => {
    const { body } = await server().get(
      "/api/reports/run?definition=fact-sheet&country=KHM&from=2026-01-01&to=2026-12-30",
      manager,
    );
    const { result } = body as { result: Result };
    const sentence = result.blocks.find((block) => block.kind === "text" && block.cells.people);
    expect(sentence?.kind === "text" && sentence.cells.people).toEqual({ value: null, missing: "whole-years-only" });
    expect(result.warnings).toEqual(["period-not-closed", "contact-missing"]);
    const body2 = {
      country: "KHM",
      definition: "fact-sheet",
      from: "2026-01-01",
      to: "2026-12-31",
      audience: "public",
    };
    const refused = await server().post("/api/reports/editions", body2, manager);
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([422, "reporting.period-not-closed"]);
  });

  it("hide small counts in what is published for everybody, whoever publishes it", async () => {
    const report = {
      country: "KHM",
      definition: "casualty-tables",
      from: "2025-01-01",
      to: "2025-12-31",
      audience: "public",
    };
    const { status, body } = await server().post("/api/reports/editions", report, manager);
    expect(status, JSON.stringify(body)).toBe(200);
    const { id } = body as { id: string };
    // Nobody needs an account to read it.
    const opened = await server().get(`/api/reports/editions/KHM/${id}`);
    const { result } = opened.body as { result: Result };
    const years = tableIn(result, "years");
    const row = years.rows.find(({ key }) => key === "2025")?.cells ?? [];
    expect(row.slice(0, 5)).toEqual([
      { value: 12 },
      { value: null, missing: "hidden" },
      { value: 0 },
      { value: null, missing: "hidden" },
      { value: 24 },
    ]);
    expect(JSON.stringify(result)).not.toMatch(/"value":3[,}]/);
    const exact = await server().get(
      "/api/reports/run?definition=casualty-tables&country=KHM&from=2025-01-01&to=2025-12-31",
      manager,
    );
    const own = tableIn((exact.body as { result: Result }).result, "years").rows.find(({ key }) => key === "2025");
    expect(own?.cells.slice(0, 5).map(({ value }) => value)).toEqual([12, 3, 0, 9, 24]);
  });

  it("leave out of what is published for everybody what its publisher alone is cleared for", async () => {
    const report = {
      ...{ country: "KHM", definition: "operator-tables", from: "2025-01-01", to: "2025-12-31", audience: "public" },
    };
    const { body } = await server().post("/api/reports/editions", report, manager);
    const opened = await server().get(`/api/reports/editions/KHM/${(body as { id: string }).id}`);
    const years = tableIn((opened.body as { result: Result }).result, "years");
    const of = (column: string) => years.total?.[years.block.columns.findIndex(({ id }) => id === column)];
    expect(of("ap-mines")).toEqual({ value: null, missing: "withheld" });
    expect(of("cleared")).toEqual({ value: 12_345 });
  });

  it("show everybody the public page, and editions for the cleared to nobody else", async () => {
    const report = {
      country: "KHM",
      definition: "country-profile",
      from: "2025-01-01",
      to: "2025-12-31",
      audience: "own",
    };
    const { body } = await server().post("/api/reports/editions", report, manager);
    const { id } = body as { id: string };
    expect((await server().get(`/api/reports/editions/KHM/${id}`)).status).toBe(404);
    expect((await server().get(`/api/reports/editions/KHM/${id}`, manager)).status).toBe(200);
    const page = await server().get("/api/reports/public/KHM");
    expect(page.status).toBe(200);
    expect(
      (page.body as { editions: { audience: string }[] }).editions.every(({ audience }) => audience === "public"),
    ).toBe(true);
  });

  it("withhold what a reader is not cleared for instead of counting a part of it", async () => {
    const { body } = await server().get(
      "/api/reports/run?definition=operator-tables&country=KHM&from=2025-01-01&to=2025-12-31",
      donor,
    );
    const years = tableIn((body as { result: Result }).result, "years");
    const at = years.block.columns.findIndex(({ id }) => id === "ap-mines");
    expect(years.rows.map(({ cells }) => cells[at])).toEqual(
      years.rows.map(() => ({ value: null, missing: "withheld" })),
    );
    const behind = "/api/reports/records?country=KHM&measure=ordnance.destroyed&from=2025-01-01&to=2025-12-31";
    expect((await server().get(behind, donor)).status).toBe(403);
  });

  it("refuse records by a filter that the figure does not know, instead of passing it over", async () => {
    const path = "/api/reports/records?country=KHM&measure=land.cleared&from=2025-01-01&to=2025-12-31&sex=male";
    expect((await server().get(path, manager)).status).toBe(422);
  });

  it("are frozen when published, and tell row by row which reports changed a figure since", async () => {
    const [one = "", two = ""] = provinces;
    const report = {
      country: "KHM",
      definition: "apmbc-article-7",
      from: "2025-01-01",
      to: "2025-12-31",
      audience: "own",
      knownOn: "2025-12-31",
    };
    const published = await server().post("/api/reports/editions", report, manager);
    const { id, hash } = published.body as { id: string; hash: string };
    // Approved later: a report of 2025, and one that puts the first right.
    await post("2026-02-01T00:00:00Z", [
      { province: two, account: "confirmed", amount: -500, on: "2025-11-01" },
      { province: two, account: "cancelled", amount: 500, on: "2025-11-01" },
    ]);
    await post(
      "2026-03-01T00:00:00Z",
      [
        { province: one, account: "confirmed", amount: 45, on: "2025-06-01" },
        { province: one, account: "cleared", amount: -45, on: "2025-06-01" },
      ],
      first,
    );
    const frozen = await server().get(`/api/reports/editions/KHM/${id}`, manager);
    const kept = frozen.body as { edition: { hash: string }; result: Result };
    expect(kept.edition.hash).toBe(hash);
    expect(
      tableIn(kept.result, "progress")
        .total?.map(({ value }) => value)
        .slice(0, 4),
    ).toEqual([0, 0, 12_345, 12_345]);
    const now = await server().get(`/api/reports/editions/KHM/${id}/differences?with=now`, manager);
    const { changes } = (now.body as { differences: { changes: Record<string, unknown>[] } }).differences;
    const of = (key: string | null, column: string) =>
      changes.find((each) => each.block === "progress" && each.key === key && each.column === column);
    expect(of(two, "cancelled")).toMatchObject({
      before: { value: 0 },
      after: { value: 500 },
      approvedLater: 1,
      corrected: 0,
    });
    expect(of(one, "cleared")).toMatchObject({
      before: { value: 12_345 },
      after: { value: 12_300 },
      approvedLater: 0,
      corrected: 1,
    });
    expect(of(null, "released")).toMatchObject({ whole: true, before: { value: 12_345 }, after: { value: 12_800 } });
    const second = await server().post("/api/reports/editions", { ...report, knownOn: null }, manager);
    const other = (second.body as { id: string; number: number }).id;
    expect((second.body as { number: number }).number).toBe(2);
    const between = await server().get(`/api/reports/editions/KHM/${other}/differences`, manager);
    expect((between.body as { against: { number: number } }).against.number).toBe(1);
    expect((between.body as { differences: { changes: unknown[] } }).differences.changes).toHaveLength(changes.length);
  });

  it("tell every reason why a province is not complete, and none of one where nothing is left", async () => {
    const [one = "", two = ""] = provinces;
    const change = { accountId: null, now: new Date("2025-01-01T00:00:00Z"), reason: null };
    await context.db.transaction(programClaims, async (tx) => {
      const [village] = await createRecords(
        tx,
        unitDefinition,
        [{ country: "KHM", values: { code: "KH0201", names: { en: "Village" }, level: 4, parent: two } }],
        change,
      );
      const unit = village?.id ?? "";
      const area = (areaClass: string, status: string) => ({ country: "KHM", values: { areaClass, status, unit } });
      const areas = [
        area("sha", "open"),
        area("cha", "suspended"),
        area("indication", "open"),
        area("cha", "released"),
      ];
      await createRecords(tx, areaDefinition, areas, change);
      const find = { category: "ap-mine", quantity: 1, disposal: "left-in-place", unit };
      await createRecords(tx, findDefinition, [{ country: "KHM", values: find }], change);
    });
    const check = async (unit: string) => {
      const { status, body } = await server().get(`/api/reports/completion?country=KHM&unit=${unit}`, manager);
      expect(status, JSON.stringify(body)).toBe(200);
      return body as { complete: boolean; gaps: { reason: string }[] };
    };
    expect((await check(two)).gaps.map(({ reason }) => reason)).toEqual([
      ...["find-left", "indication", "open-area", "suspended-area"],
    ]);
    expect(await check(one)).toMatchObject({ complete: true, gaps: [] });
    expect((await server().get(`/api/reports/completion?country=KHM&unit=${one}`, donor)).status).toBe(403);
  });

  it("that somebody made are kept by what they contain, and count like those that ship", async () => {
    const words = { texts: { en: "Cleared 2025" } };
    const columns = [{ kind: "measure" as const, id: "cleared", measure: "land.cleared" }];
    const definition: Definition = {
      ...{ id: "own-one", words, scope: "country" },
      blocks: [{ kind: "table", id: "table", words, by: "province", columns, total: true }],
    };
    const kept = await server().post("/api/reports/definitions", { country: "KHM", definition, shared: true }, manager);
    expect(kept.status, JSON.stringify(kept.body)).toBe(200);
    const made = await server().get(
      "/api/reports/run?definition=own-one&country=KHM&from=2025-01-01&to=2025-12-31",
      donor,
    );
    const { result } = made.body as { result: Result };
    expect(result.definitionHash).toBe((kept.body as { hash: string }).hash);
    const article7 = await server().get(`/api/reports/run?${query}`, manager);
    const shipped = tableIn((article7.body as { result: Result }).result, "progress");
    expect(tableIn(result, "table").total?.[0]).toEqual(shipped.total?.[2]);
    const taken = { country: "KHM", definition: { ...definition, id: "fact-sheet" }, shared: false };
    expect((await server().post("/api/reports/definitions", taken, manager)).status).toBe(409);
    expect((await server().post("/api/reports/definitions", { ...taken, definition }, donor)).status).toBe(403);
  });

  it("set countries beside each other, of the others what anybody may see", async () => {
    const path = "/api/reports/run?definition=regional-overview&country=KHM,LAO&from=2025-01-01&to=2025-12-31";
    const { status, body } = await server().get(path, manager);
    expect(status, JSON.stringify(body)).toBe(200);
    const { result } = body as { result: Result };
    const items = tableIn(result, "items");
    expect(items.rows.map(({ key, cells }) => [key, cells[0]])).toEqual([
      ["KHM", { value: 0 }],
      ["LAO", { value: null, missing: "withheld" }],
    ]);
    // Of what is not known of one country no total is made.
    expect(items.total?.[0]).toEqual({ value: null, missing: "withheld" });
    expect(result.warnings).toEqual(["several-countries"]);
    const none = "/api/reports/run?definition=regional-overview&country=LAO,THA&from=2025-01-01&to=2025-12-31";
    expect((await server().get(none, manager)).status).toBe(403);
  });

  it("cannot be published or written into by who only reads", async () => {
    const report = {
      country: "KHM",
      definition: "fact-sheet",
      from: "2025-01-01",
      to: "2025-12-31",
      audience: "public",
    };
    expect((await server().post("/api/reports/editions", report, donor)).status).toBe(403);
    const text = {
      country: "KHM",
      definition: "apmbc-article-7",
      block: "measures",
      year: 2025,
      flag: "changed",
      texts: { en: "x" },
      version: 0,
    };
    expect((await server().post("/api/reports/entries", text, donor)).status).toBe(403);
  });

  it("keep a national text from year to year, unchanged until somebody changes it", async () => {
    const text = {
      country: "KHM",
      definition: "apmbc-article-7",
      block: "measures",
      year: 2024,
      flag: "changed",
      texts: { en: "A law of that year." },
      version: 0,
    };
    expect((await server().post("/api/reports/entries", text, manager)).status).toBe(200);
    const flagOf = async (year: number) => {
      const { body } = await server().get(
        `/api/reports/run?definition=apmbc-article-7&country=KHM&from=${year}-01-01&to=${year}-12-31`,
        manager,
      );
      const block = (body as { result: Result }).result.blocks.find(
        (each) => each.kind === "national" && each.block.id === "measures",
      );
      return block?.kind === "national" ? [block.entry?.flag, block.entry?.texts.en, block.entry?.year] : null;
    };
    expect(await flagOf(2023)).toEqual([undefined, undefined, undefined]);
    expect(await flagOf(2024)).toEqual(["changed", "A law of that year.", 2024]);
    expect(await flagOf(2025)).toEqual(["unchanged", "A law of that year.", 2024]);
    expect((await server().post("/api/reports/entries", text, manager)).status).toBe(409);
    const next = { ...text, year: 2025, texts: { en: "A new law." } };
    expect((await server().post("/api/reports/entries", next, manager)).status).toBe(200);
    expect(await flagOf(2025)).toEqual(["changed", "A new law.", 2025]);
    const empty = await server().post("/api/reports/entries", { ...text, year: 2026, texts: {} }, manager);
    expect((empty.body as { code: string }).code).toBe("reporting.entry-incomplete");
  });

  it("leave as CSV with tags, every figure on a line with its rule and records", async () => {
    const text = await (
      await server().send("GET", `/api/reports/file?${query}&format=csv&language=km`, { as: manager })
    ).text();
    const lines = text
      .replace(/^\ufeff/, "")
      .trim()
      .split("\r\n");
    expect(lines[1]).toMatch(/^#meta\+block,#group\+type,/);
    const cleared = lines.find((line) => line.startsWith("progress,province,KH01") && line.includes("land.cleared"));
    expect(cleared).toContain("បាត់ដំបង");
    expect(cleared).toContain("#indicator+area+cleared");
    expect(cleared).toMatch(/,1\.23,ha,/);
    expect(cleared).toContain("/reports/records?");
  });

  it("leave as a workbook in which totals that are sums are formulas", async () => {
    const response = await server().send("GET", `/api/reports/file?${query}&format=xlsx`, { as: manager });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await response.arrayBuffer());
    const sheet = workbook.worksheets.find(({ name }) => name.startsWith("Areas known or suspected"));
    const last = sheet?.lastRow;
    const remaining = last?.getCell(7).value as { formula: string; result: number };
    expect(remaining.formula).toBe("SUM(G4:G5)");
    const rows = [4, 5].map((n) => sheet?.getRow(n).getCell(7).value as number);
    expect(remaining.result).toBeCloseTo((rows[0] ?? 0) + (rows[1] ?? 0), 2);
    const from = workbook.worksheets.at(-1);
    const said = from?.getColumn(2).values.map(String).join("\n") ?? "";
    expect(said).toMatch(/apmbc-article-7 [0-9a-f]{64}/);
  });

  it.each(["km", "lo", "th", "my", "vi", "en"] as const)(
    "leave as PDF/A in %s, the same bytes each time",
    async (language) => {
      const ask = async () =>
        new Uint8Array(
          await (
            await server().send("GET", `/api/reports/file?${query}&format=pdf&language=${language}`, { as: manager })
          ).arrayBuffer(),
        );
      const pdf = await ask();
      const facts = pdfFacts(pdf);
      expect([facts.archival, facts.missingFonts, facts.active]).toEqual(["2B", 0, []]);
      expect(facts.pages).toBeGreaterThan(1);
      if (language === "km") expect(Buffer.from(await ask()).equals(Buffer.from(pdf))).toBe(true);
      if (process.env.SANTI_KEEP_PDF) {
        mkdirSync(process.env.SANTI_KEEP_PDF, { recursive: true });
        writeFileSync(`${process.env.SANTI_KEEP_PDF}/article7-${language}.pdf`, pdf);
      }
    },
  );
});
