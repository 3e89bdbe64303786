import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { organisationDefinition } from "../../domains/organisations/index.ts";
import { programClaims } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { aNode, type TestNode } from "./testing.ts";

let node: TestNode;
let organisation: string;
const area = newId();
const santi = (...args: string[]) => node.santi(...args);

beforeAll(async () => {
  node = await aNode();
  const { access, clock, close, database } = await node.open();
  for (const [email, role] of [
    ["entry@example.org", "data-entry"],
    ["quality@example.org", "quality-officer"],
    ["manager@example.org", "information-manager"],
  ] as const)
    await access.createAccount({
      ...{ email, name: email.slice(0, email.indexOf("@")), password: `long enough for ${email}` },
      grants: [{ role, country: "KHM", organisation: null }],
    });
  await database.transaction(programClaims, async (tx) => {
    const values = { names: { en: "An operator" }, type: "ngo-national" };
    const change = { accountId: null, now: clock(), reason: null };
    const [record] = await createRecords(tx, organisationDefinition, [{ country: "KHM", values }], change);
    organisation = record?.id ?? "";
  });
  await close();
});
afterAll(() => node.remove());

interface Told {
  report: { id: string; revision: number; code: string; state: string };
}

interface Ledger {
  total: { identified: number; closingConfirmed: number };
}

const file = (name: string, value: unknown): string => {
  const path = join(node.folder, name);
  writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
};

const box = (west: number, east: number) => ({
  type: "Polygon",
  coordinates: [
    [
      [west, 13],
      [east, 13],
      [east, 13.001],
      [west, 13.001],
      [west, 13],
    ],
  ],
});

const survey = (changes: object = {}) => ({
  ...{ country: "KHM", type: "non-technical-survey", organisation, effectiveOn: "2026-01-10" },
  body: {
    evidence: ["item-found"],
    parts: [{ id: area, outcome: "identified", areaClass: "cha", geometry: box(103, 103.001) }],
  },
  ...changes,
});

describe("santi land", () => {
  it("takes a report from a file to the ledger, each step on behalf of another account", async () => {
    const path = file("survey.json", survey());
    const preview = await santi("land", "preview", path);
    expect([preview.code, preview.err]).toEqual([0, ""]);
    expect(preview.out).toMatch(/new area: – → Confirmed \(CHA\), Open, 12,0\d\d m²/);
    const submitted = await santi("land", "report", "submit", path, "--as", "entry@example.org", "--json");
    expect(submitted.code).toBe(0);
    expect(submitted.json<Told>().report).toMatchObject({ code: "NTS-KHM-000001", state: "submitted" });
    const step = (name: string, as: string, ...more: string[]) =>
      santi("land", "report", name, "nts-khm-000001", "--as", `${as}@example.org`, ...more);
    expect(await step("approve", "manager")).toMatchObject({ code: 1, err: expect.stringContaining("submitted") });
    expect((await step("return", "quality", "--comment", "The north corner is missing")).code).toBe(0);
    expect((await step("submit", "entry", "--comment", "Measured again")).code).toBe(0);
    expect((await step("verify", "entry")).code).toBe(1);
    expect((await step("verify", "quality")).code).toBe(0);
    const approved = await step("approve", "manager");
    expect([approved.code, approved.err]).toEqual([0, ""]);
    expect(approved.out).toContain("quality: The north corner is missing");
    expect(approved.out).toMatch(/NTS-KHM-000001 {2}Non-technical survey {2}Approved/);
    expect((await santi("land", "report", "list", "--country", "khm", "--state", "approved")).out).toMatch(
      /^NTS-KHM-000001 {2}2026-01-10 {2}Approved {2}Non-technical survey\n$/,
    );
    expect((await santi("land", "report", "show", "NTS-KHM-000001", "--json")).code).toBe(0);
  });

  it("prints the ledger, a statement, a day of the past, and what is known about a plot", async () => {
    const ledger = await santi("land", "ledger", "--country", "KHM", "--by", "none", "--json");
    const { total } = ledger.json<Ledger>();
    expect(total.identified).toBeGreaterThan(12_000);
    expect(total.closingConfirmed).toBe(total.identified);
    expect((await santi("land", "ledger", "--country", "KHM")).out).toContain("closes to the square metre");
    const before = await santi("land", "ledger", "--country", "KHM", "--by", "none", "--as-at", "2026-01-09", "--json");
    expect(before.json<Ledger>().total.identified).toBe(0);
    const unknown = await santi(
      "land",
      "ledger",
      "--country",
      "KHM",
      "--by",
      "none",
      "--known-on",
      "2020-01-01",
      "--json",
    );
    expect(unknown.json<Ledger>().total.identified).toBe(0);

    const statement = await santi("land", "area", "HA-KHM-000001", "--country", "KHM");
    expect([statement.code, statement.err]).toEqual([0, ""]);
    expect(statement.out).toMatch(/2026-01-10 {2}NTS-KHM-000001 {2}Confirmed \(CHA\) +12,0\d\d +12,0\d\d/);
    expect((await santi("land", "history", "--country", "KHM", "--on", "2026-01-10")).out).toMatch(
      /Confirmed \(CHA\), Open +1 +12,0\d\d m²/,
    );
    expect((await santi("land", "history", "--country", "KHM", "--on", "2026-01-09")).out).toContain("nothing until");

    const plot = file("plot.geojson", { type: "Feature", properties: {}, geometry: box(103.0005, 103.0015) });
    const known = await santi("land", "check-plot", plot, "--country", "KHM");
    expect([known.code, known.err]).toEqual([0, ""]);
    expect(known.out).toMatch(/HA-KHM-000001 .* 6,0\d\d m² {2}2026-01-10/);
    expect(known.out).toContain("not thereby safe");
    const far = file("far.geojson", {
      type: "FeatureCollection",
      features: [{ type: "Feature", geometry: box(104, 104.1) }],
    });
    expect((await santi("land", "check-plot", far, "--country", "KHM")).out).toContain("Nothing is recorded about it");
    for (const text of ["no json", '{"type":"Point","coordinates":[1,2]}'])
      expect(await santi("land", "check-plot", file("bad.geojson", text), "--country", "KHM")).toMatchObject({
        code: 1,
        err: expect.stringContaining("no polygon"),
      });
    expect(await santi("land", "task", "list", "--country", "KHM")).toMatchObject({
      code: 0,
      out: "There are no such tasks.\n",
    });
  });

  it("says with 1 what stands against a report, and who may not act", async () => {
    const twice = file("twice.json", survey({ effectiveOn: "2099-01-01", organisation: null }));
    const preview = await santi("land", "preview", twice);
    expect(preview.code).toBe(1);
    expect(preview.out).toContain("Error:");
    expect(await santi("land", "report", "submit", twice, "--as", "entry@example.org")).toMatchObject({ code: 1 });
    expect(await santi("land", "report", "submit", file("x.json", "{"), "--as", "entry@example.org")).toMatchObject({
      ...{ code: 1, err: expect.stringContaining("not JSON") },
    });
    expect(await santi("land", "report", "verify", "NTS-KHM-000001", "--as", "nobody@example.org")).toMatchObject({
      ...{ code: 1, err: expect.stringContaining("no account nobody@example.org") },
    });
    expect(await santi("land", "area", "HA-KHM-000009", "--country", "KHM")).toMatchObject({
      ...{ code: 1, err: expect.stringContaining("HA-KHM-000009") },
    });
  });

  it("finds entries that no report made", async () => {
    expect(await santi("land", "verify")).toMatchObject({ code: 0, out: expect.stringContaining("nothing differs") });
    const { close, database } = await node.open();
    await database.transaction(programClaims, (tx) =>
      sql`insert into ledger_entry (country, report, line, about, area, account, square_metres, effective_on, known_at)
        select 'KHM', ${newId()}::uuid, line, ${newId()}::uuid, ${area}::uuid, account, amount, '2026-04-01', now()
        from (values (1, 'confirmed', -7), (2, 'cleared', 7)) as v(line, account, amount)`.execute(tx),
    );
    await close();
    const { code, out } = await santi("land", "verify", "--country", "KHM");
    expect(code).toBe(1);
    expect(out).toContain("The sum of cleared is 7 m² and should be 0 m².");
    const told = (await santi("land", "verify", "--json")).json<Record<string, { differences: unknown[] }>>();
    expect(told.KHM?.differences).toHaveLength(4);
  });

  it("takes every other action of the interface, with the rights of the account", async () => {
    const listed = await santi("land", "act");
    expect(listed.code).toBe(0);
    for (const action of ["report.withdraw", "report.document", "tasking.move", "quality.raise", "ledger.entries"])
      expect(listed.out).toMatch(new RegExp(`^${action} +[A-Z]+ /api/`, "m"));
    expect(listed.out).not.toMatch(/\.routes\./);
    const draft = file("draft.json", survey({ id: newId(), body: { notes: "Only begun" } }));
    const entered = await santi("land", "act", "report.enter", draft, "--as", "entry@example.org");
    const { id, revision } = entered.json<Told>().report;
    const withdraw = (as: string) =>
      santi(
        ...["land", "act", "report.withdraw", file("why.json", { revision, comment: "Entered twice" })],
        ...["--with", "country=KHM", "--with", `id=${id}`, "--as", as],
      );
    expect(await withdraw("nobody@example.org")).toMatchObject({ code: 1 });
    expect((await withdraw("quality@example.org")).code).toBe(1);
    const withdrawn = await withdraw("entry@example.org");
    expect(withdrawn.json<Told>().report.state).toBe("withdrawn");
    expect((await santi("land", "act", "report.vanish")).code).toBe(1);
    const paper = ["land", "act", "report.document", "--with", "country=KHM", "--with", `id=${id}`];
    expect((await santi(...paper)).err).toContain("--out");
    const table = join(node.folder, "table.csv");
    const download = ["ledger.download", "--with", "country=KHM", "--with", "to=2026-12-31", "--with", "format=csv"];
    expect((await santi("land", "act", ...download, "--out", table)).code).toBe(0);
    expect(readFileSync(table, "utf8")).toContain("\n");
  });
});
