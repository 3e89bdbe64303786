import { sql } from "kysely";
import { afterEach, expect, it } from "vitest";
import type { Grant } from "../access/model.ts";
import { describeEachDatabase } from "../database/testing.ts";
import { programClaims } from "../database/types.ts";
import { createLog } from "../http/log.ts";
import { grant, type TestServer, testServer } from "../http/testing.ts";
import { defineProblems, Problem } from "../kernel/problem.ts";
import type { JobOutput } from "./contract.ts";
import { createJobs, type Jobs, rights } from "./index.ts";
import { insertJob } from "./store.ts";

const problems = defineProblems("test", { "no-file": 422 });
const manager = [grant("information-manager")];

describeEachDatabase("jobs", (context) => {
  let running: Jobs[] = [];
  afterEach(async () => {
    await Promise.all(running.map((jobs) => jobs.stop()));
    running = [];
  });

  /** A runner with its server, as one process of a node has. */
  const start = async (
    define: (jobs: Jobs) => void,
    clock = () => new Date(),
  ): Promise<{ jobs: Jobs; server: TestServer }> => {
    const jobs = createJobs({ database: context.db, clock, log: createLog("silent") });
    define(jobs);
    await jobs.start();
    running.push(jobs);
    return { jobs, server: testServer(context.db, [jobs.implementation], { rights }) };
  };
  const read = async (server: TestServer, id: string, as: readonly Grant[] = manager): Promise<JobOutput> =>
    (await server.get(`/api/jobs/${id}`, as)).body;
  const reaches = (server: TestServer, id: string, state: JobOutput["state"]) =>
    expect.poll(async () => (await read(server, id)).state, { timeout: 15_000, interval: 50 }).toBe(state);
  const enter = (jobs: Jobs, name: string, input: object = {}, country: string | null = "KHM") =>
    jobs.enter({ name, input: input as never, accountId: null, country });

  it("run, tell how far they are and keep their result; the stream says every change and ends", async () => {
    let goOn = () => {};
    const half = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const { jobs, server } = await start((define) =>
      define.define("count", async ({ input, progress }) => {
        progress({ done: 1, total: 2, unit: "rows" });
        await half;
        progress({ done: 2, total: 2, unit: "rows" });
        return { to: (input as { to: number }).to };
      }),
    );
    const id = await enter(jobs, "count", { to: 2 });
    const stream = await server.send("GET", `/api/jobs/${id}/events`, { as: manager });
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    expect(stream.headers.get("content-encoding")).toBeNull();
    await expect
      .poll(async () => (await read(server, id)).progress, { timeout: 15_000 })
      .toEqual({ done: 1, total: 2, unit: "rows" });
    goOn();
    const told = (await stream.text())
      .split("\n\n")
      .filter((part) => part.startsWith("event: job\ndata: "))
      .map((part) => JSON.parse(part.slice("event: job\ndata: ".length)) as JobOutput);
    expect(told.at(-1)).toMatchObject({ state: "done", result: { to: 2 }, progress: { done: 2, total: 2 } });
    expect(told.map(({ state }) => state)).toContain("running");
    expect(told.at(-1)).not.toHaveProperty("input");
    const list = (await server.get("/api/jobs", manager)).body as { items: JobOutput[] };
    expect(list.items[0]).toMatchObject({
      id,
      state: "done",
      startedAt: expect.any(String),
      finishedAt: expect.any(String),
    });
  });

  it("that fail keep the named problem, and an unforeseen error tells nothing", async () => {
    const { jobs, server } = await start((define) => {
      define.define("named", async () => {
        throw new Problem(problems["no-file"], { file: "a.csv" });
      });
      define.define("unforeseen", async () => {
        throw new Error("Sokha's telephone");
      });
    });
    const named = await enter(jobs, "named");
    const unforeseen = await enter(jobs, "unforeseen");
    const unknown = await enter(jobs, "of another version");
    for (const id of [named, unforeseen, unknown]) await reaches(server, id, "failed");
    expect((await read(server, named)).problem).toEqual({ code: "test.no-file", params: { file: "a.csv" } });
    expect((await read(server, unforeseen)).problem).toEqual({ code: "common.internal", params: {} });
    expect((await read(server, unknown)).problem).toEqual({ code: "common.unavailable", params: {} });
  });

  it("are cancelled while they wait and while they run, by those who may see them", async () => {
    let began = 0;
    const abandoned: string[] = [];
    const { jobs, server } = await start((define) =>
      define.define(
        "long",
        ({ signal, progress }) => {
          began++;
          progress({ done: 3 });
          return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
        },
        async ({ id }) => void abandoned.push(id),
      ),
    );
    const first = await enter(jobs, "long");
    await reaches(server, first, "running");
    const cancel = (id: string, as: readonly Grant[]) => server.send("POST", `/api/jobs/${id}/cancel`, { as });
    expect((await cancel(first, [grant("data-entry", "LAO")])).status).toBe(404);
    expect((await cancel(first, [grant("donor")])).status).toBe(404);
    expect((await cancel(first, [grant("data-entry", "KHM")])).status).toBe(200);
    await reaches(server, first, "cancelled");
    expect((await read(server, first)).progress).toEqual({ done: 3 });

    await jobs.stop();
    running = [];
    const waiting = await enter(jobs, "long");
    expect((await cancel(waiting, manager)).status).toBe(200);
    await reaches(server, waiting, "cancelled");
    expect(began).toBe(1);
    expect((await cancel(waiting, manager)).status).toBe(200);
    expect(abandoned).toEqual([waiting]);
    expect((await cancel("01999999-0000-7000-8000-000000000000", manager)).status).toBe(404);
  });

  it("that a crash cut off are told as interrupted at the next start; those that waited are done then, once", async () => {
    const at = new Date();
    const crashed = "01999999-0000-7000-8000-000000000001";
    const forgotten = "01999999-0000-7000-8000-000000000002";
    await context.db.transaction(programClaims, async (tx) => {
      for (const id of [crashed, forgotten])
        await insertJob(tx, { id, name: "once", country: "KHM", accountId: null, input: {}, now: at });
      await sql`update job set state = 'running', started_at = ${new Date(at.getTime() - 120_000).toISOString()} where id = ${crashed}`.execute(
        tx,
      );
    });
    const performed: string[] = [];
    const once = (define: Jobs) =>
      define.define("once", async ({ id }) => {
        performed.push(id);
        return null;
      });
    const { server } = await start(once);
    if (context.db.kind === "postgres") await start(once);
    await reaches(server, crashed, "interrupted");
    await reaches(server, forgotten, "done");
    expect(performed).toEqual([forgotten]);
  });

  it("are seen by their owner and by those who work in their country", async () => {
    const { jobs, server } = await start((define) => define.define("quick", async () => null));
    const id = await enter(jobs, "quick", {}, "KHM");
    const everywhere = await enter(jobs, "quick", {}, null);
    await reaches(server, id, "done");
    await reaches(server, everywhere, "done");
    const status = async (job: string, as: readonly Grant[]) => (await server.get(`/api/jobs/${job}`, as)).status;
    expect(await status(id, [grant("data-entry", "KHM")])).toBe(200);
    expect(await status(id, [grant("data-entry", "LAO")])).toBe(404);
    expect(await status(everywhere, [grant("data-entry", "LAO")])).toBe(404);
    expect(await status(everywhere, [grant("administrator")])).toBe(200);
    const stream = await server.send("GET", `/api/jobs/${id}/events`, { as: [grant("donor")] });
    expect(stream.status).toBe(404);
    const own = await jobs.enter({
      name: "quick",
      input: {},
      accountId: `account ${JSON.stringify([grant("donor")])}`,
    });
    expect(await status(own, [grant("donor")])).toBe(200);
  });

  it("stop telling a client that went away", async () => {
    const { jobs, server } = await start((define) =>
      define.define(
        "long",
        ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      ),
    );
    const id = await enter(jobs, "long");
    const client = new AbortController();
    const stream = await server.send("GET", `/api/jobs/${id}/events`, { as: manager, signal: client.signal });
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain(`"id":"${id}"`);
    client.abort();
    for (;;) if ((await reader.read()).done) break;
    await jobs.cancel(id);
    await reaches(server, id, "cancelled");
  });

  it("keep a timetable: at the start and then regularly, one turn after the other, until the stop, whatever fails", async () => {
    let [turns, at, most] = [0, 0, 0];
    const { jobs } = await start((define) =>
      define.repeat(20, async () => {
        turns++;
        most = Math.max(most, ++at);
        await new Promise((resolve) => setTimeout(resolve, 50));
        at--;
        throw new Error("Not this time");
      }),
    );
    expect(turns).toBe(1);
    await expect.poll(() => turns, { timeout: 5000, interval: 20 }).toBeGreaterThan(3);
    await jobs.stop();
    const last = turns;
    // The turn that was under way has ended when the runner has stopped, and no other begins.
    expect([most, at]).toEqual([1, 0]);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(turns).toBe(last);
  });
});
