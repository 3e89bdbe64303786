import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Grant } from "../../platform/access/model.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { createLog } from "../../platform/http/log.ts";
import { grant, type TestServer, testServer } from "../../platform/http/testing.ts";
import { readCatalogue } from "../../platform/i18n/node.ts";
import { createTranslator } from "../../platform/i18n/translator.ts";
import { createJobs, type Jobs } from "../../platform/jobs/index.ts";
import { loadCountries } from "../places/reference.ts";
import { type FindingOutput, type ImportOutput, rights, type UploadOutput } from "./contract.ts";
import { createImports } from "./routes.ts";
import { allCodeLists, allDefinitions } from "./samples.ts";

const manager = [grant("information-manager", "KHM")];
const clerk = [grant("data-entry", "KHM")];
const elsewhere = [grant("information-manager", "LAO")];
const donor = [grant("donor")];

const table = [
  "code,ថ្ងៃ,killed,cause,lat,lon,informant",
  "W-1,១៥/៤/២៥៦៧,១,stepped-on,12.5,103.5,Sok",
  "W-2,2024-05-02,0,steped-on,-12.5,103.5,Sao",
  "W-3,not a day,0,handled,12.5,103.6,Dara",
  "",
].join("\n");

const profile = {
  id: "by-hand",
  names: { en: "By hand" },
  recordType: "accidents.accident",
  columns: [
    { field: "code", column: "code" },
    { field: "occurredOn", column: "ថ្ងៃ" },
    { field: "killed", column: "killed" },
    { field: "cause", column: "cause" },
    { field: "informant", column: "informant" },
  ],
  position: { kind: "columns", first: "lat", second: "lon", datum: "wgs-84" },
  dates: { order: "dmy" },
};

describeEachDatabase("the routes of imports", (context) => {
  let jobs: Jobs;
  let server: TestServer;
  const clock = () => new Date();
  const directory = mkdtempSync(join(tmpdir(), "santi-uploads-"));

  beforeAll(async () => {
    await context.db.transaction(programClaims, loadCountries);
    jobs = createJobs({ database: context.db, clock, log: createLog("silent") });
    serve();
    await jobs.start();
  });
  afterAll(() => jobs.stop());
  const serve = () => {
    const implementation = createImports({
      definitions: allDefinitions,
      codeLists: allCodeLists,
      jobs,
      database: context.db,
      directory,
      clock,
      fieldLabels: () => [],
      translator: (language) => createTranslator(language, readCatalogue(language)),
    });
    server = testServer(context.db, [implementation], { rights });
  };

  const upload = async (text: string, as: readonly Grant[] = manager): Promise<UploadOutput> => {
    const response = await server.send("POST", "/api/imports/files?name=accidents.csv", { as, body: text });
    expect(response.status).toBe(200);
    return (await response.json()) as UploadOutput;
  };
  const ended = async (id: string): Promise<ImportOutput> => {
    const read = async () => (await server.get(`/api/imports/${id}`, manager)).body as ImportOutput;
    await expect
      .poll(async () => (await read()).status, { timeout: 20_000, interval: 50 })
      .not.toMatch(/^(waiting|running)$|undefined/);
    return read();
  };
  const start = async (path: string, body: object, as: readonly Grant[] = manager): Promise<string> => {
    const { status, body: answer } = await server.post(path, body, as);
    expect(status, JSON.stringify(answer)).toBe(200);
    return (answer as { id: string }).id;
  };

  it("tell what a file is and suggest how its columns are read", async () => {
    const file = await upload(table);
    const { body: looked } = await server.get(`/api/imports/files/${file.id}`, manager);
    expect(looked).toMatchObject({
      detected: { format: "csv", headerRow: 1 },
      rows: [{ code: "W-1" }, { code: "W-2" }, { code: "W-3" }],
    });
    const { body: suggested } = await server.get(
      `/api/imports/files/${file.id}/mapping?recordType=accidents.accident&country=KHM`,
      manager,
    );
    expect((suggested as { columns: object[] }).columns).toEqual(
      expect.arrayContaining([
        { field: "code", column: "code" },
        { field: "killed", column: "killed" },
      ]),
    );
    expect(suggested).toMatchObject({ position: { first: "lat", second: "lon" } });
    expect((await server.send("GET", `/api/imports/files/${file.id}`, { as: clerk })).status).toBe(410);
    expect((await server.send("DELETE", `/api/imports/files/${file.id}`, { as: manager })).status).toBe(204);
    expect(readdirSync(directory)).not.toContain(file.id);
  });

  it("refuse empty and unreadable files, profiles that do not fit, and people without the right", async () => {
    expect((await server.send("POST", "/api/imports/files?name=x.csv", { as: manager, body: "" })).status).toBe(422);
    expect((await server.send("POST", "/api/imports/files?name=x.csv", { as: donor, body: "a" })).status).toBe(403);
    const file = await upload(table);
    const ask = (body: object, as = manager) =>
      server.post("/api/imports", { country: "KHM", files: [file.id], ...body }, as);
    const wrong = { ...profile, columns: [{ field: "nonsense", column: "code" }] };
    expect((await ask({ profile: wrong })).body).toMatchObject({ code: "imports.unknown-field" });
    expect((await ask({ profile: { ...profile, position: { kind: "geometry" } } })).status).toBe(422);
    expect((await ask({ profile }, elsewhere)).status).toBe(403);
    expect((await ask({ profile, country: "LAO" })).status).toBe(403);
    expect((await server.get("/api/imports?country=KHM", elsewhere)).status).toBe(403);
  });

  it("keep profiles by country beside those of the program", async () => {
    expect(
      (await server.send("PUT", "/api/imports/profiles", { as: clerk, body: { country: "KHM", profile } })).status,
    ).toBe(200);
    const list = async () =>
      (
        (await server.get("/api/imports/profiles?country=KHM", clerk)).body as {
          items: { profile: { id: string }; shipped: boolean }[];
        }
      ).items;
    expect((await list()).map(({ profile: { id }, shipped }) => [id, shipped])).toEqual([
      ["by-hand", false],
      ["cambodia-gazetteer", true],
      ["cambodia-ncdd-csv", true],
      ["field-forms-accidents", true],
      ["field-forms-casualties", true],
    ]);
    const shipped = { country: "KHM", profile: { ...profile, id: "cambodia-gazetteer" } };
    expect((await server.send("PUT", "/api/imports/profiles", { as: clerk, body: shipped })).status).toBe(409);
    expect((await server.send("DELETE", "/api/imports/profiles/KHM/by-hand", { as: clerk })).status).toBe(204);
    expect(await list()).toHaveLength(4);
  });

  it("check, import, decide findings, give them back as a file, and undo", async () => {
    const file = await upload(table, clerk);
    const checked = await ended(
      await start("/api/imports/dry-run", { country: "KHM", files: [file.id], profile }, clerk),
    );
    expect(checked).toMatchObject({
      dryRun: true,
      status: "done",
      counts: { read: 3, stored: 2, refused: 1 },
      allowed: [],
    });

    const id = await start("/api/imports", { country: "KHM", files: [file.id], profile }, clerk);
    const stream = await server.send("GET", `/api/imports/${id}/events`, { as: clerk });
    const events = await stream.text();
    expect(events).toContain('"status":"done"');
    const done = await ended(id);
    expect(done).toMatchObject({ status: "done", counts: checked.counts, allowed: ["decide", "undo"] });
    expect(readdirSync(directory)).not.toContain(file.id);

    const { body: found } = await server.get(`/api/imports/${id}/findings`, clerk);
    const { items, counts } = found as { items: FindingOutput[]; counts: { check: string; count: number }[] };
    expect(counts.map(({ check }) => check)).toEqual(
      expect.arrayContaining(["place.sign-lost", "unknown-code", "date.malformed"]),
    );
    const lost = items.find(({ check }) => check === "place.sign-lost");
    expect(lost).toMatchObject({ file: "accidents.csv", row: 3, suggestion: { reason: "flip-latitude-sign" } });
    // Entry clerks are not cleared for the names of informants, so the column is not shown to them.
    expect(Object.keys(lost?.fields ?? {})).toEqual(["code", "ថ្ងៃ", "killed", "cause", "lat", "lon"]);

    const decide = (what: string, body: object, as = clerk) =>
      server.post(`/api/imports/${id}/findings/${what}`, body, as);
    const reason = "looked at the paper form";
    expect((await decide("apply", { which: { check: "unknown-code" }, reason }, elsewhere)).status).toBe(404);
    expect((await decide("apply", { which: { check: "unknown-code" }, reason })).body).toEqual({ applied: 1, left: 0 });
    expect((await decide("dismiss", { which: { ids: [lost?.id] } })).body).toEqual({ dismissed: 1 });

    const sheet = await server.send("GET", `/api/imports/${id}/findings/file?format=csv&language=km`, { as: clerk });
    const text = await sheet.text();
    expect(sheet.headers.get("content-disposition")).toContain("attachment");
    expect(text.split("\r\n")[0]).toMatch(/^ឯកសារ,ជួរ,.*,ស្ថានភាព,code,ថ្ងៃ,killed,cause,lat,lon$/);
    expect(text).toContain("នៅក្រៅប្រទេស");
    expect(text).not.toContain("Dara");

    expect((await server.post(`/api/imports/${id}/undo`, { reason }, clerk)).status).toBe(403);
    const { body: undone } = await server.post(`/api/imports/${id}/undo`, { reason }, manager);
    // The record whose code was corrected meanwhile stays.
    expect(undone).toMatchObject({
      status: "undone",
      undo: { withdrawn: 1, leftCount: 1, left: [{ code: "W-2" }] },
      allowed: [],
    });
    const { body: history } = await server.get("/api/imports?country=KHM&dryRuns=true", manager);
    expect((history as { items: ImportOutput[] }).items.map(({ status }) => status).sort()).toEqual(["done", "undone"]);
  });

  it("leave a failed batch that says why, when a file turns out not to fit", async () => {
    const file = await upload(
      '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3148"}},"features":[]}',
    );
    const geometry = { ...profile, position: { kind: "geometry", datum: "wgs-84" } };
    const failed = await ended(await start("/api/imports", { country: "KHM", files: [file.id], profile: geometry }));
    expect(failed.status).toBe("failed");
    expect(failed.problem?.code).toMatch(/^imports\.(crs-differs|file-unreadable)$/);
    expect(failed.allowed).toContain("resume");
    const other = await upload("code\nanother\n");
    const again = await server.post("/api/imports", { country: "KHM", files: [other.id], resume: failed.id }, manager);
    expect([again.status, again.body]).toMatchObject([422, { code: "imports.other-files" }]);
  });

  it("are followed from the moment of the answer, and cancelled while they wait", async () => {
    const read = async (id: string) => (await server.get(`/api/imports/${id}`, clerk)).body as ImportOutput;
    const unknown = "01999999-0000-7000-8000-000000000000";
    expect((await server.send("GET", `/api/imports/${unknown}/events`, { as: clerk })).status).toBe(404);
    // With nobody to take up the job, the batch waits as it does behind other jobs.
    await jobs.stop();
    const body = { country: "KHM", files: [(await upload(table, clerk)).id], profile: { ...profile, id: "waits" } };
    const [cancelled, abandoned, done] = [
      await start("/api/imports", body, clerk),
      await start("/api/imports", body, clerk),
      await start("/api/imports", body, clerk),
    ] as [string, string, string];
    expect(await read(done)).toMatchObject({
      status: "waiting",
      allowed: ["cancel"],
      counts: { read: 0 },
      files: [{ name: "accidents.csv" }],
    });
    expect((await server.post(`/api/imports/${done}/undo`, { reason: "too early" }, manager)).status).toBe(409);
    const stream = await server.send("GET", `/api/imports/${done}/events`, { as: clerk });
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('"status":"waiting"');

    expect((await server.send("POST", `/api/imports/${cancelled}/cancel`, { as: elsewhere })).status).toBe(404);
    expect((await server.send("POST", `/api/imports/${cancelled}/cancel`, { as: clerk })).status).toBe(204);
    expect(await read(cancelled)).toMatchObject({ status: "cancelled", finishedAt: expect.any(String) });
    const { rows } = await sql<{ id: string }>`select id from job where input ->> 'id' = ${abandoned}`.execute(
      context.db.owner,
    );
    await jobs.cancel(rows[0]?.id as string);
    expect((await read(abandoned)).status).toBe("cancelled");

    jobs = createJobs({ database: context.db, clock, log: createLog("silent") });
    serve();
    await jobs.start();
    let told = "";
    for (let part = await reader.read(); !part.done; part = await reader.read())
      told += new TextDecoder().decode(part.value);
    expect(told).toContain('"status":"done"');
    expect(await read(done)).toMatchObject({ status: "done", counts: { read: 3 } });
    expect((await read(cancelled)).counts.read).toBe(0);
  });
});
