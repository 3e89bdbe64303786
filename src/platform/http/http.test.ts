import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { route } from "../contract/route.ts";
import { describeEachDatabase } from "../database/testing.ts";
import { newId } from "../kernel/ids.ts";
import { defineProblems, Problem } from "../kernel/problem.ts";
import { implement } from "./handler.ts";
import { createLog, errorFields, type Log } from "./log.ts";
import { databaseProblem } from "./problems.ts";
import { createRateLimiter } from "./rate-limit.ts";
import { grant, type TestServer, testServer } from "./testing.ts";

const problems = defineProblems("test", { teapot: 418 });
const post = { method: "POST", summary: "x", right: "open" } as const;
const get = { method: "GET", summary: "x", right: "open" } as const;

const routes = {
  echo: route({
    ...post,
    path: "/api/echo/{name}",
    params: z.object({ name: z.string() }),
    query: z.object({ n: z.coerce.number().int().optional() }),
    body: z.strictObject({ text: z.string().min(2), list: z.array(z.object({ size: z.int() })).optional() }),
    output: z.object({ name: z.string(), n: z.number().optional(), text: z.string() }),
    bodyLimit: 200,
  }),
  secret: route({ ...get, path: "/api/secret", output: z.object({ open: z.string() }) }),
  signedIn: route({ ...get, path: "/api/signed-in", right: "signed-in", output: z.object({}) }),
  right: route({ ...get, path: "/api/right", right: "things.correct", output: z.object({}) }),
  named: route({ ...get, path: "/api/named", output: z.object({}), problems: [problems.teapot] }),
  crash: route({ ...get, path: "/api/crash", output: z.object({}) }),
  slow: route({ ...get, path: "/api/slow", output: z.object({}), timeLimit: 50 }),
  nothing: route({ ...post, path: "/api/nothing" }),
  change: route({
    ...post,
    path: "/api/change",
    query: z.object({ name: z.string(), fail: z.string().optional() }),
    output: z.object({ n: z.int() }),
  }),
  readOnly: route({ ...get, path: "/api/read-only", output: z.object({}) }),
  large: route({ ...get, path: "/api/large", output: z.object({ text: z.string() }) }),
  limited: route({ ...get, path: "/api/limited", rate: "sign-in", output: z.object({}) }),
};

const insertSetting = (name: string) => sql`insert into setting (country, name, value) values ('KHM', ${name}, '1')`;

describeEachDatabase("HTTP", (context) => {
  let server: TestServer;
  let now = new Date("2026-01-01T00:00:00Z").getTime();
  const afterCommits: string[] = [];
  const logged: { fields: Record<string, unknown>; message: string }[] = [];

  beforeAll(() => {
    const implementation = implement(routes, {
      echo: async (_, { params, query, body }) => ({
        name: params.name,
        text: body.text,
        ...(query.n === undefined ? {} : { n: query.n }),
      }),
      secret: async () => ({ open: "yes", hidden: "no" }) as { open: string },
      signedIn: async () => ({}),
      right: async () => ({}),
      async named() {
        throw new Problem(problems.teapot, { seconds: 7, of: "clay" });
      },
      async crash() {
        throw new TypeError("the password is 1234");
      },
      slow: ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
      nothing: async () => undefined,
      async change(request, { query }) {
        request.afterCommit(() => void afterCommits.push(query.name));
        await insertSetting(query.name).execute(request.tx);
        if (query.fail) throw new Problem(problems.teapot);
        const { rows } = await sql<{ n: number }>`select count(*) as n from setting where country = 'KHM'`.execute(
          request.tx,
        );
        return { n: rows[0]?.n ?? 0 };
      },
      async readOnly(request) {
        await insertSetting(newId()).execute(request.tx);
        return {};
      },
      large: async () => ({ text: "សន្តិ ".repeat(2000) }),
      limited: async () => ({}),
    });
    const note = (fields: Record<string, unknown>, message: string) => void logged.push({ fields, message });
    const log: Log = { info: note, warn: note, error: note };
    server = testServer(context.db, [implementation], {
      rights: { "things.correct": "editors" },
      clock: () => new Date(now),
      limits: { normal: { burst: 1e6, perMinute: 1e6 }, "sign-in": { burst: 3, perMinute: 6 } },
      log,
    });
  });

  const problemOf = async (response: Response) => {
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    return {
      status: response.status,
      ...((await response.json()) as {
        code: string;
        title: string;
        instance: string;
        params: object;
        fields?: object[];
      }),
    };
  };

  it("hands validated inputs to the handler and only declared fields to the client", async () => {
    const { status, body } = await server.post("/api/echo/a%2Fb?n=3", { text: "ok" });
    expect([status, body]).toEqual([200, { name: "a/b", n: 3, text: "ok" }]);
    expect((await server.get("/api/secret")).body).toEqual({ open: "yes" });
    const empty = await server.send("POST", "/api/nothing");
    expect([empty.status, await empty.text()]).toEqual([204, ""]);
  });

  it("names every wrong field by its path, and never repeats the value", async () => {
    const response = await server.send("POST", "/api/echo/x?n=1.5", {
      body: { text: "t", list: [{ size: "large" }], more: 1 },
    });
    expect(await problemOf(response)).toMatchObject({
      status: 422,
      code: "common.invalid-input",
      fields: [{ path: "n" }],
    });
    const body = await problemOf(
      await server.send("POST", "/api/echo/x", { body: { text: "t", list: [{ size: "large" }], more: 1 } }),
    );
    expect(body.fields).toEqual([
      expect.objectContaining({ path: "text", code: "field.too-small", params: { minimum: 2 } }),
      expect.objectContaining({ path: "list.0.size", code: "field.invalid-type" }),
      expect.objectContaining({ path: "more", code: "field.unknown" }),
    ]);
    expect(JSON.stringify(body)).not.toContain("large");
    for (const text of ["{", "nonsense"])
      expect(await problemOf(await server.send("POST", "/api/echo/x", { body: text }))).toMatchObject({
        status: 422,
        fields: [{ code: "field.not-json" }],
      });
    expect((await server.send("POST", "/api/echo/x")).status).toBe(422);
  });

  it("takes no body above the route's limit, whether its length is told or not", async () => {
    const text = "x".repeat(300);
    expect(
      await problemOf(
        await server.send("POST", "/api/echo/x", { body: { text }, headers: { "content-length": "311" } }),
      ),
    ).toMatchObject({ status: 413, code: "common.too-large", params: { limit: 200 } });
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 10; i++) controller.enqueue(new TextEncoder().encode("y".repeat(50)));
        controller.close();
      },
    });
    const request = new Request("http://localhost/api/echo/x", {
      method: "POST",
      body: stream,
      duplex: "half",
    } as RequestInit);
    expect((await server.app.fetch(request)).status).toBe(413);
  });

  it("tells 401 from 403", async () => {
    expect(await problemOf(await server.send("GET", "/api/signed-in"))).toMatchObject({
      status: 401,
      code: "common.unauthenticated",
    });
    expect((await server.get("/api/signed-in", [grant("donor")])).status).toBe(200);
    expect((await server.get("/api/right")).status).toBe(401);
    expect(await problemOf(await server.send("GET", "/api/right", { as: [grant("donor")] }))).toMatchObject({
      status: 403,
      params: { right: "things.correct" },
    });
    expect((await server.get("/api/right", [grant("data-entry", "KHM")])).status).toBe(200);
  });

  it("answers problems as RFC 9457 with the request's number, and says nothing of what went wrong inside", async () => {
    const named = await server.send("GET", "/api/named");
    expect(named.headers.get("retry-after")).toBe("7");
    expect(named.headers.get("cache-control")).toBe("no-store");
    expect(await problemOf(named)).toMatchObject({
      status: 418,
      type: "urn:santi:problem:test.teapot",
      title: "test.teapot",
      params: { seconds: 7, of: "clay" },
      instance: expect.stringMatching(/^urn:santi:request:[0-9a-f-]{36}$/),
    });
    const crash = await problemOf(await server.send("GET", "/api/crash"));
    expect(crash).toMatchObject({ status: 500, code: "common.internal" });
    expect(JSON.stringify(crash)).not.toMatch(/password|TypeError/);
    const line = logged.find(({ message }) => message === "request failed");
    expect(line?.fields).toMatchObject({
      kind: "TypeError",
      route: "GET /api/crash",
      requestId: crash.instance.split(":").at(-1),
    });
    expect(JSON.stringify(logged)).not.toContain("1234");
    expect(await problemOf(await server.send("GET", "/api/none"))).toMatchObject({
      status: 404,
      code: "common.not-found",
    });
    expect((await server.send("DELETE", "/api/secret")).status).toBe(404);
  });

  it("stops work that takes longer than the route may", async () => {
    expect(await problemOf(await server.send("GET", "/api/slow"))).toMatchObject({
      status: 503,
      code: "common.timeout",
    });
  });

  it("commits before the answer leaves, undoes what failed, and runs what follows a commit only then", async () => {
    const as = [grant("information-manager", "KHM")];
    const send = (name: string, fail = "") => server.send("POST", `/api/change?name=${name}${fail}`, { as });
    expect(await (await send("one")).json()).toEqual({ n: 1 });
    expect((await send("two", "&fail=1")).status).toBe(418);
    expect(await (await send("three")).json()).toEqual({ n: 2 });
    expect(afterCommits).toEqual(["one", "three"]);
    expect(await problemOf(await send("one"))).toMatchObject({
      status: 409,
      code: "common.conflict",
      params: { constraint: "setting_pkey" },
    });
    expect((await server.send("POST", "/api/change?name=x")).status).toBe(403);
    expect(await problemOf(await server.send("GET", "/api/read-only", { as }))).toMatchObject({
      status: 403,
      code: "common.forbidden",
    });
  });

  it("sends 304 for what the client has, compressed or not", async () => {
    const first = await server.send("GET", "/api/large", { headers: { "accept-encoding": "gzip" } });
    expect(first.headers.get("content-encoding")).toBe("gzip");
    const etag = first.headers.get("etag") ?? "";
    expect(etag).not.toBe("");
    for (const tag of [etag, `"other", ${etag}`, etag.replace(/^W\//, "")]) {
      const again = await server.send("GET", "/api/large", { headers: { "if-none-match": tag } });
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
    expect((await server.send("GET", "/api/large", { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  });

  it("limits requests by caller and address, and lets them through again with time", async () => {
    const status = async (address: string, as?: Parameters<TestServer["send"]>[2]) =>
      (await server.send("GET", "/api/limited", { ...as, headers: { "x-test-address": address } })).status;
    expect([await status("a"), await status("a"), await status("a")]).toEqual([200, 200, 200]);
    const refused = await server.send("GET", "/api/limited", { headers: { "x-test-address": "a" } });
    expect(refused.headers.get("retry-after")).toBe("10");
    expect(await problemOf(refused)).toMatchObject({
      status: 429,
      code: "common.too-many-requests",
      params: { seconds: 10 },
    });
    expect(await status("b")).toBe(200);
    expect(await status("a", { as: [grant("donor")] })).toBe(200);
    now += 10_000;
    expect([await status("a"), await status("a")]).toEqual([200, 429]);
  });

  it("puts the security headers on every answer", async () => {
    for (const path of ["/api/secret", "/api/crash", "/api/none"]) {
      const { headers } = await server.send("GET", path);
      expect(headers.get("content-security-policy")).toContain("default-src 'self'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("strict-transport-security")).toBeNull();
    }
    const secure = testServer(
      context.db,
      [implement({ secret: routes.secret }, { secret: async () => ({ open: "" }) })],
      { rights: {}, secure: true },
    );
    expect((await secure.send("GET", "/api/secret")).headers.get("strict-transport-security")).toContain("max-age");
  });

  it("measures requests by route, not by address", async () => {
    await server.post("/api/echo/unheard-of", { text: "ok" });
    const text = await server.metrics.registry.metrics();
    expect(text).toContain('santi_request_seconds_count{method="POST",route="/api/echo/{name}",status="200"}');
    expect(text).not.toContain("unheard-of");
  });
});

describe("errors of the database", () => {
  it.each([
    ["23505", "common.conflict"],
    ["40001", "common.conflict"],
    ["23503", "common.invalid-input"],
    ["22P02", "common.invalid-input"],
    ["22021", "common.invalid-input"],
    ["22P05", "common.invalid-input"],
    ["42501", "common.forbidden"],
    ["57014", "common.timeout"],
    ["53300", "common.unavailable"],
  ])("%s becomes %s", (code, problem) => expect(databaseProblem({ code })?.code).toBe(problem));

  it("that nobody foresaw stay errors of the program", () => {
    expect(databaseProblem({ code: "42601" })).toBeNull();
    expect(databaseProblem(new Error("x"))).toBeNull();
    expect(databaseProblem({ code: "ENOENT" })).toBeNull();
  });

  it("are logged without their message", () => {
    expect(JSON.stringify(errorFields(new Error("Sokha lives there")))).not.toContain("Sokha");
    createLog("silent").error(errorFields("not an error"), "x");
  });
});

describe("the rate limiter", () => {
  it("gives back at most the burst", () => {
    const ask = createRateLimiter({ normal: { burst: 2, perMinute: 60 } });
    expect([ask("normal", "k", 0), ask("normal", "k", 0), ask("normal", "k", 0)]).toEqual([0, 0, 1]);
    expect([ask("normal", "k", 1e6), ask("normal", "k", 1e6), ask("normal", "k", 1e6)]).toEqual([0, 0, 1]);
    expect(ask("unknown kind", "k", 1e6)).toBe(0);
  });
});
