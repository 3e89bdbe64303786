import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import type { TestServer } from "../../platform/http/testing.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { areaDefinition } from "../land/index.ts";
import { findDefinition } from "../ordnance/index.ts";
import { unitDefinition } from "../places/index.ts";
import type { Definition } from "./model-definition.ts";
import {
  casualtiesOf2025,
  donor,
  type LandOf2025,
  landOf2025,
  manager,
  reportOf,
  reportServer,
  tableIn,
  yearReport,
} from "./testing.ts";

describeEachDatabase("reports", (context) => {
  let server: TestServer;
  let provinces: LandOf2025["provinces"];
  beforeAll(async () => {
    server = reportServer(context.db);
    ({ provinces } = await landOf2025(context.db));
    await casualtiesOf2025(context.db);
  }, 60_000);

  const period = "country=KHM&from=2025-01-01&to=2025-12-31";

  it("refuse a casualty figure of a period that cuts a year, and say that a period is not over", async () => {
    const result = await reportOf(server, "definition=fact-sheet&country=KHM&from=2026-01-01&to=2026-12-30");
    const sentence = result.blocks.find((block) => block.kind === "text" && block.cells.people);
    expect(sentence?.kind === "text" && sentence.cells.people).toEqual({ value: null, missing: "whole-years-only" });
    expect(result.warnings).toEqual(["period-not-closed", "contact-missing"]);
    const open = { ...yearReport("fact-sheet", "public"), from: "2026-01-01", to: "2026-12-31" };
    const refused = await server.post("/api/reports/editions", open, manager);
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([422, "reporting.period-not-closed"]);
  });

  it("withhold what a reader is not cleared for instead of counting a part of it", async () => {
    const query = "definition=operator-tables&country=KHM&from=2025-01-01&to=2025-12-31";
    const years = tableIn(await reportOf(server, query, donor), "years");
    const at = years.block.columns.findIndex(({ id }) => id === "ap-mines");
    expect(years.rows.map(({ cells }) => cells[at])).toEqual(
      years.rows.map(() => ({ value: null, missing: "withheld" })),
    );
    const behind = "/api/reports/records?country=KHM&measure=ordnance.destroyed&from=2025-01-01&to=2025-12-31";
    expect((await server.get(behind, donor)).status).toBe(403);
  });

  it("refuse records by a filter that the figure does not know, instead of passing it over", async () => {
    const path = "/api/reports/records?country=KHM&measure=land.cleared&from=2025-01-01&to=2025-12-31&sex=male";
    expect((await server.get(path, manager)).status).toBe(422);
  });

  it("tell every reason why a province is not complete, and none of one where nothing is left", async () => {
    const [one, two] = provinces;
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
      const { status, body } = await server.get(`/api/reports/completion?country=KHM&unit=${unit}`, manager);
      expect(status, JSON.stringify(body)).toBe(200);
      return body as { complete: boolean; gaps: { reason: string }[] };
    };
    expect((await check(two)).gaps.map(({ reason }) => reason)).toEqual([
      ...["find-left", "indication", "open-area", "suspended-area"],
    ]);
    expect(await check(one)).toMatchObject({ complete: true, gaps: [] });
    expect((await server.get(`/api/reports/completion?country=KHM&unit=${one}`, donor)).status).toBe(403);
  });

  it("that somebody made are kept by what they contain, and count like those that ship", async () => {
    const words = { texts: { en: "Cleared 2025" } };
    const columns = [{ kind: "measure" as const, id: "cleared", measure: "land.cleared" }];
    const definition: Definition = {
      ...{ id: "own-one", words, scope: "country" },
      blocks: [{ kind: "table", id: "table", words, by: "province", columns, total: true }],
    };
    const kept = await server.post("/api/reports/definitions", { country: "KHM", definition, shared: true }, manager);
    expect(kept.status, JSON.stringify(kept.body)).toBe(200);
    const result = await reportOf(server, `definition=own-one&${period}`, donor);
    expect(result.definitionHash).toBe((kept.body as { hash: string }).hash);
    const shipped = tableIn(await reportOf(server, `definition=apmbc-article-7&${period}`), "progress");
    expect(tableIn(result, "table").total?.[0]).toEqual(shipped.total?.[2]);
    const taken = { country: "KHM", definition: { ...definition, id: "fact-sheet" }, shared: false };
    expect((await server.post("/api/reports/definitions", taken, manager)).status).toBe(409);
    expect((await server.post("/api/reports/definitions", { ...taken, definition }, donor)).status).toBe(403);
  });

  it("set countries beside each other, of the others what anybody may see", async () => {
    const query = "definition=regional-overview&country=KHM,LAO&from=2025-01-01&to=2025-12-31";
    const result = await reportOf(server, query);
    const items = tableIn(result, "items");
    expect(items.rows.map(({ key, cells }) => [key, cells[0]])).toEqual([
      ["KHM", { value: 0 }],
      ["LAO", { value: null, missing: "withheld" }],
    ]);
    // Of what is not known of one country no total is made.
    expect(items.total?.[0]).toEqual({ value: null, missing: "withheld" });
    expect(result.warnings).toEqual(["several-countries"]);
    const none = "/api/reports/run?definition=regional-overview&country=LAO,THA&from=2025-01-01&to=2025-12-31";
    expect((await server.get(none, manager)).status).toBe(403);
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
    expect((await server.post("/api/reports/entries", text, donor)).status).toBe(403);
    expect((await server.post("/api/reports/entries", text, manager)).status).toBe(200);
    const flagOf = async (year: number) => {
      const query = `definition=apmbc-article-7&country=KHM&from=${year}-01-01&to=${year}-12-31`;
      const { blocks } = await reportOf(server, query);
      const block = blocks.find((each) => each.kind === "national" && each.block.id === "measures");
      return block?.kind === "national" ? [block.entry?.flag, block.entry?.texts.en, block.entry?.year] : null;
    };
    expect(await flagOf(2023)).toEqual([undefined, undefined, undefined]);
    expect(await flagOf(2024)).toEqual(["changed", "A law of that year.", 2024]);
    expect(await flagOf(2025)).toEqual(["unchanged", "A law of that year.", 2024]);
    expect((await server.post("/api/reports/entries", text, manager)).status).toBe(409);
    const next = { ...text, year: 2025, texts: { en: "A new law." } };
    expect((await server.post("/api/reports/entries", next, manager)).status).toBe(200);
    expect(await flagOf(2025)).toEqual(["changed", "A new law.", 2025]);
    const empty = await server.post("/api/reports/entries", { ...text, year: 2026, texts: {} }, manager);
    expect((empty.body as { code: string }).code).toBe("reporting.entry-incomplete");
  });
});
