import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import type { TestServer } from "../../platform/http/testing.ts";
import type { Result } from "./model.ts";
import {
  casualtiesOf2025,
  donor,
  type LandOf2025,
  landOf2025,
  manager,
  publish,
  reportOf,
  reportServer,
  tableIn,
  yearReport,
} from "./testing.ts";

describeEachDatabase("editions of reports", (context) => {
  let server: TestServer;
  let land: LandOf2025;
  beforeAll(async () => {
    server = reportServer(context.db);
    land = await landOf2025(context.db);
    await casualtiesOf2025(context.db);
  }, 60_000);

  it("hide small counts in what is published for everybody, whoever publishes it", async () => {
    const { id } = await publish(server, yearReport("casualty-tables", "public"));
    // Nobody needs an account to read it.
    const opened = await server.get(`/api/reports/editions/KHM/${id}`);
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
    const exact = await reportOf(server, "definition=casualty-tables&country=KHM&from=2025-01-01&to=2025-12-31");
    const own = tableIn(exact, "years").rows.find(({ key }) => key === "2025");
    expect(own?.cells.slice(0, 5).map(({ value }) => value)).toEqual([12, 3, 0, 9, 24]);
  });

  it("leave out of what is published for everybody what its publisher alone is cleared for", async () => {
    const { id } = await publish(server, yearReport("operator-tables", "public"));
    const opened = await server.get(`/api/reports/editions/KHM/${id}`);
    const years = tableIn((opened.body as { result: Result }).result, "years");
    const of = (column: string) => years.total?.[years.block.columns.findIndex(({ id }) => id === column)];
    expect(of("ap-mines")).toEqual({ value: null, missing: "withheld" });
    expect(of("cleared")).toEqual({ value: 12_345 });
  });

  it("show everybody the public page, and editions for the cleared to nobody else", async () => {
    const { id } = await publish(server, yearReport("country-profile", "own"));
    await publish(server, yearReport("country-profile", "public"));
    expect((await server.get(`/api/reports/editions/KHM/${id}`)).status).toBe(404);
    expect((await server.get(`/api/reports/editions/KHM/${id}`, manager)).status).toBe(200);
    const page = await server.get("/api/reports/public/KHM");
    expect(page.status).toBe(200);
    const { editions } = page.body as { editions: { audience: string }[] };
    expect(new Set(editions.map(({ audience }) => audience))).toEqual(new Set(["public"]));
  });

  it("are frozen when published, and tell row by row which reports changed a figure since", async () => {
    const { provinces, clearance, post } = land;
    const [one, two] = provinces;
    const report = { ...yearReport("apmbc-article-7", "own"), knownOn: "2025-12-31" };
    const { id, hash } = await publish(server, report);
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
      clearance,
    );
    const frozen = await server.get(`/api/reports/editions/KHM/${id}`, manager);
    const kept = frozen.body as { edition: { hash: string }; result: Result };
    expect(kept.edition.hash).toBe(hash);
    expect(
      tableIn(kept.result, "progress")
        .total?.map(({ value }) => value)
        .slice(0, 4),
    ).toEqual([0, 0, 12_345, 12_345]);
    const now = await server.get(`/api/reports/editions/KHM/${id}/differences?with=now`, manager);
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
    const second = await publish(server, { ...report, knownOn: null });
    expect(second.number).toBe(2);
    const between = await server.get(`/api/reports/editions/KHM/${second.id}/differences`, manager);
    expect((between.body as { against: { number: number } }).against.number).toBe(1);
    expect((between.body as { differences: { changes: unknown[] } }).differences.changes).toHaveLength(changes.length);
  });

  it("are published by nobody who only reads", async () => {
    expect((await server.post("/api/reports/editions", yearReport("fact-sheet", "public"), donor)).status).toBe(403);
  });
});
