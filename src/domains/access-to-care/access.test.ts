import { writeGeoTiff } from "@santi/travel-time";
import { afterAll, beforeAll, expect, it } from "vitest";
import { terrainWindow } from "../../../sample-region/terrain/index.ts";
import type { Grant } from "../../platform/access/model.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { createLog } from "../../platform/http/log.ts";
import { grant, type TestServer, testServer } from "../../platform/http/testing.ts";
import { createTranslator } from "../../platform/i18n/translator.ts";
import { createJobs, type Jobs, rights as jobRights } from "../../platform/jobs/index.ts";
import { canonicalJson, type Json } from "../../platform/kernel/canonical-json.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { unitDefinition } from "../places/index.ts";
import { anOrganisation } from "../quality/samples.ts";
import { rights as serviceRights, implementations as services } from "../services/index.ts";
import { sha256 } from "./actions.ts";
import type { AnalysisOutput, RunOutput, TerrainOutput } from "./contract.ts";
import type { ExplorerOutput } from "./contract-explorer.ts";
import { boundsOf } from "./engine/ground.ts";
import { createAccessToCare, recordSampleAccess, rights } from "./index.ts";
import { peopleIn, peopleWithin } from "./model.ts";

const now = new Date("2026-11-23T05:00:00Z");
const officer: readonly Grant[] = [grant("victim-assistance-officer", "KHM")];
const donor: readonly Grant[] = [grant("donor", "KHM")];
const analyst: readonly Grant[] = [grant("regional-analyst")];
const { grid } = terrainWindow("khm-north-west");
const [west, south, east, north] = boundsOf(grid);
const at = (u: number, v: number) => [west + (east - west) * u, north - (north - south) * v] as const;
const elsewhere = ({ findings }: ExplorerOutput) =>
  Number(findings.find(({ code }) => code === "people-elsewhere")?.details.people ?? 0);
const translator = () => createTranslator("en", {});

describeEachDatabase("analyses of access to care", (context) => {
  let server: TestServer;
  let jobs: Jobs;
  let terrain: TerrainOutput;
  let analysis: AnalysisOutput;

  beforeAll(async () => {
    jobs = createJobs({ database: context.db, clock: () => now, log: createLog("silent") });
    const all = [...createAccessToCare({ jobs, database: context.db, clock: () => now, translator }), ...services];
    await jobs.start();
    server = testServer(context.db, [...all, jobs.implementation], {
      rights: { ...rights, ...serviceRights, ...jobRights },
      clock: () => now,
    });
    const ground = { country: "KHM", name: "Invented", window: "khm-north-west", seed: "1", grid };
    await context.db.transaction(programClaims, async (tx) => {
      const ring = [at(-0.1, -0.1), at(1.1, -0.1), at(1.1, 1.1), at(-0.1, 1.1), at(-0.1, -0.1)].map((p) => [...p]);
      const values = { code: "KH-X", names: { en: "North-west" }, level: 1 };
      const geometry = { type: "Polygon", coordinates: [ring] };
      await createRecords(tx, unitDefinition, [{ country: "KHM", values: { ...values, geometry } }], {
        ...{ accountId: null, now, reason: null },
      });
      await recordSampleAccess(tx, { ...ground, bounds: boundsOf(grid) }, "Rehabilitation", now);
    });
    const provider = await anOrganisation(context.db, "Provider");
    const [longitude, latitude] = at(0.58, 0.67);
    const made = await server.post(
      "/api/services/points",
      {
        country: "KHM",
        values: {
          ...{ names: { en: "Centre" }, organisation: provider, validFrom: "2020-01-01", capacityPerMonth: 200 },
          ...{ geometry: { type: "Point", coordinates: [longitude, latitude] }, fixedBy: "gnss" },
        },
      },
      officer,
    );
    expect(made).toMatchObject({ status: 200 });
    const point = (made.body as { record: { id: string } }).record.id;
    const offered = { point, service: "physiotherapy", validFrom: "2020-01-01" };
    expect(await server.post("/api/services/offers", { country: "KHM", values: offered }, officer)).toMatchObject({
      status: 200,
    });
    terrain = ((await server.get("/api/access-to-care/terrains", officer)).body as { items: TerrainOutput[] })
      .items[0] as TerrainOutput;
    analysis = ((await server.get("/api/access-to-care/analyses", officer)).body as { items: AnalysisOutput[] })
      .items[0] as AnalysisOutput;
  }, 60_000);
  afterAll(() => jobs?.stop());

  const readRun = async (id: string, as = officer) =>
    (await server.get(`/api/access-to-care/runs/KHM/${id}`, as)) as unknown as {
      status: number;
      body: { run: RunOutput; method: string[] };
    };
  const runs = (body: object) => server.post(`/api/access-to-care/analyses/KHM/${analysis.id}/runs`, body, officer);
  const ends = async (id: string) => {
    await expect
      .poll(async () => (await readRun(id)).body.run.state, { timeout: 50_000, interval: 250 })
      .not.toMatch(/waiting|running/);
    return (await readRun(id)).body;
  };

  it("run as jobs, keep what went in with its hash, and repeat to the byte", { timeout: 120_000 }, async () => {
    const { name, terrain: ground, version, parameters } = analysis;
    const coarse = { ...parameters, coarsen: 4, snapMetres: 3000, siting: 1 };
    const changed = await server.send("PUT", `/api/access-to-care/analyses/KHM/${analysis.id}`, {
      as: officer,
      body: { name, terrain: ground, version, parameters: coarse },
    });
    expect(changed.status).toBe(200);
    const stale = await server.send("PUT", `/api/access-to-care/analyses/KHM/${analysis.id}`, {
      as: officer,
      body: { name, terrain: ground, version, parameters: coarse },
    });
    expect(stale.status).toBe(409);
    const entered = (await runs({})).body as RunOutput;
    expect(entered.job).not.toBeNull();
    const { run, method } = await ends(entered.id);
    expect(run).toMatchObject({ state: "done", version: 2, problem: null });
    expect(run.inputs.map((input) => input.name)).toEqual(["ground", "input-services", "input-units", "input-hazards"]);
    expect(run.inputs.find((input) => input.name === "input-services")?.records).toBe(1);
    expect(run.results?.total.outside).toBeGreaterThan(0);
    expect(run.results?.services).toMatchObject([{ state: expect.stringMatching(/used|snapped/) }]);
    expect(run.results?.services[0]?.nearest).toBeGreaterThan(0);
    expect(run.resultsSha256).toBe(sha256(canonicalJson(run.results as unknown as Json)));
    expect(method.length).toBeGreaterThan(8);
    const again = await ends(((await runs({ repeat: run.id })).body as RunOutput).id);
    expect(again.run).toMatchObject({ state: "done", repeats: run.id, resultsSha256: run.resultsSha256 });

    const file = (query: string, as = officer) =>
      server.send("GET", `/api/access-to-care/runs/KHM/${run.id}/download?${query}`, { as });
    const csv = await (await file("format=csv")).text();
    expect(csv).toContain("KH-X");
    expect(csv.split(/\r?\n/)[0]).toContain("unit_code,unit_name,level,group,people,");
    expect(sha256(await (await file("format=json")).text())).toBe(run.resultsSha256);
    const tif = new Uint8Array(await (await file("format=tif&hazards=true")).arrayBuffer());
    expect(sha256(tif)).toBe(run.results?.files["travel-time"]);
    const features = (await (await file("format=geojson")).json()) as { features: { geometry: object | null }[] };
    expect(features.features.every(({ geometry }) => geometry !== null)).toBe(true);
    const pdf = await server.send("GET", `/api/access-to-care/runs/KHM/${run.id}/report?language=km`, { as: officer });
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    // A run whose job was interrupted does not go on for ever.
    const job = again.run.job ?? "";
    const left = newId();
    await context.db.executeSql(
      `insert into access_to_care_run (country, id, analysis, version, parameters, inputs, state, job, sensitivity, recorded_at)
       select country, $1, analysis, version, parameters, inputs, 'running', job, sensitivity, recorded_at
       from access_to_care_run where id = $2`,
      [left, again.run.id],
    );
    expect((await readRun(left)).body.run.state).toBe("running");
    await context.db.executeSql("update job set state = 'interrupted' where id = $1", [job]);
    expect((await readRun(left)).body.run).toMatchObject({
      state: "failed",
      problem: { code: "access-to-care.interrupted" },
    });
    // Runs tell of hazardous areas and sensitive places: not for everybody who may see analyses.
    expect((await readRun(run.id, analyst)).status).toBe(200);
    expect((await readRun(run.id, donor)).status).toBe(404);
    expect((await file("format=csv", donor)).status).toBe(404);
  });

  it("are explored with services that do not exist yet", { timeout: 60_000 }, async () => {
    const ask = async (more: object, as = officer) => {
      const body = { country: "KHM", terrain: terrain.id, services: ["physiotherapy"], ...more };
      const answer = await server.post("/api/access-to-care/explore", body, as);
      return answer as unknown as { status: number; body: ExplorerOutput };
    };
    const before = (await ask({})).body;
    const [longitude, latitude] = at(0.4, 0.28);
    const after = (await ask({ proposals: [{ longitude, latitude }] })).body;
    expect(after.proposals[0]?.state).toMatch(/used|snapped/);
    expect(peopleWithin(after.total, 120)).toBeGreaterThan(peopleWithin(before.total, 120));
    expect(peopleIn(after.total)).toBeCloseTo(peopleIn(before.total), -1);
    expect(before.maySeeHazards).toBe(true);
    const open = await ask({ hazards: true }, donor);
    expect(open.body).toMatchObject({ maySeeHazards: false, hazardousAreas: null });
    expect((await ask({ terrain: analysis.id })).status).toBe(404);
  });

  it("count people by need, and end when they are cancelled", { timeout: 120_000 }, async () => {
    const describe = async (more: object) => {
      const made = await server.post(
        "/api/access-to-care/analyses",
        { country: "KHM", name: "Another", terrain: terrain.id, parameters: { services: ["physiotherapy"], ...more } },
        officer,
      );
      const { id } = made.body as AnalysisOutput;
      return (await server.post(`/api/access-to-care/analyses/KHM/${id}/runs`, {}, officer)).body as RunOutput;
    };
    const asked = { demand: "needs", needs: ["rehabilitation"], coarsen: 8, sitingKind: "upgrade", uncertainty: 0 };
    const { run } = await ends((await describe(asked)).id);
    expect(run).toMatchObject({ state: "done", parameters: { method: "two-step", needs: ["rehabilitation"] } });
    expect(run.inputs.map(({ name }) => name)).toEqual([
      ...["ground", "input-services", "input-units", "input-upgrades", "input-needs", "input-need-groups"],
    ]);
    expect(run.results?.findings.map(({ code }) => code)).toContain("no-demand");

    // Every populated cell of the whole ground takes long enough to be stopped.
    const long = await describe({ mode: "motorised", threshold: 240, sitingSearch: "every" });
    await expect
      .poll(async () => (await readRun(long.id)).body.run.state, { timeout: 30_000, interval: 100 })
      .toBe("running");
    expect((await server.post(`/api/jobs/${long.job}/cancel`, {}, officer)).status).toBe(200);
    expect((await ends(long.id)).run).toMatchObject({ state: "cancelled", problem: null, results: null });
  });

  it("put rasters of other grids on that of the land cover when asked to", { timeout: 60_000 }, async () => {
    const made = await server.post("/api/access-to-care/terrains", { country: "KHM", name: "Two grids" }, officer);
    const { id } = made.body as TerrainOutput;
    const send = async (layer: string, raster: Parameters<typeof writeGeoTiff>[0], resample = false) => {
      const body = new Uint8Array(await (await writeGeoTiff(raster)).arrayBuffer());
      const path = `/api/access-to-care/terrains/KHM/${id}/layers/${layer}?name=${layer}.tif&resample=${resample}`;
      const headers = { "x-test-grants": JSON.stringify(officer) };
      const sent = new Request(new URL(path, "http://localhost"), { method: "PUT", headers, body });
      return (await (await server.app.fetch(sent)).json()) as TerrainOutput;
    };
    const size = { columns: 40, rows: 30, cellWidth: 100, cellHeight: 100, epsg: 32648 };
    const cover = { ...size, west: 300_000, north: 1_400_000 };
    const fill = (columns: number, rows: number, value: number) => new Float32Array(columns * rows).fill(value);
    expect((await send("land-cover", { grid: cover, data: fill(40, 30, 30) })).ready).toBe(false);
    // Cells twice as wide that reach as far.
    const wide = { ...cover, columns: 20, rows: 15, cellWidth: 200, cellHeight: 200 };
    const differ = await send("population", { grid: wide, data: fill(20, 15, 8) });
    expect(differ.ready).toBe(false);
    expect(differ.findings).toContainEqual({
      code: "grids-differ",
      severity: "error",
      details: {
        layer: "population",
        first: "40 × 30, 100, EPSG:32648",
        second: "20 × 15, 200, EPSG:32648",
      },
    });
    const offered = await send("population", { grid: wide, data: fill(20, 15, 8) }, true);
    expect(offered).toMatchObject({ ready: true, grid: { columns: 40, rows: 30 } });
    expect(offered.findings).toContainEqual({ code: "resampled", severity: "info", details: { layer: "population" } });
    const women = await send("population-women", { grid: wide, data: fill(20, 15, 9) }, true);
    expect(women.findings).toContainEqual({
      code: "group-exceeds",
      severity: "warning",
      details: { layer: "population-women", group: 2700, people: 2400 },
    });
    const body = { country: "KHM", terrain: id, services: ["physiotherapy"] };
    const seen = (await server.post("/api/access-to-care/explore", body, officer)) as unknown as {
      body: ExplorerOutput;
    };
    expect(peopleIn(seen.body.total) + elsewhere(seen.body)).toBeCloseTo(2400, 0);
  });

  it("take files as ground, and say what is wrong with them", { timeout: 60_000 }, async () => {
    const made = await server.post("/api/access-to-care/terrains", { country: "KHM", name: "Own ground" }, officer);
    const { id } = made.body as TerrainOutput;
    const send = (layer: string, body: string) =>
      server.send("PUT", `/api/access-to-care/terrains/KHM/${id}/layers/${layer}?name=file`, { as: officer, body });
    const bad = await send("elevation", "this is no raster");
    expect([bad.status, (await bad.json()) as object]).toMatchObject([
      422,
      { code: "access-to-care.layer-unreadable" },
    ]);
    const roads = await send("roads", JSON.stringify({ type: "FeatureCollection", features: [] }));
    const taken = (await roads.json()) as TerrainOutput;
    expect(taken).toMatchObject({ ready: false, layers: [{ layer: "roads" }] });
    expect(taken.findings).toContainEqual({
      code: "layer-missing",
      severity: "error",
      details: { layer: "population" },
    });
    const body = { country: "KHM", terrain: id, services: ["physiotherapy"] };
    expect(await server.post("/api/access-to-care/explore", body, officer)).toMatchObject({
      status: 409,
      body: { code: "access-to-care.terrain-not-ready" },
    });
    expect(await server.post("/api/access-to-care/terrains", { country: "KHM", name: "Mine" }, donor)).toMatchObject({
      status: 403,
    });
  });
});
