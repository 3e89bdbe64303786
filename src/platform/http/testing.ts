import type { Hono } from "hono";
import { callerOf, type Grant, type Rights } from "../access/model.ts";
import type { Database } from "../database/types.ts";
import type { Implementation } from "./handler.ts";
import { createLog, type Log } from "./log.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import type { RateLimit } from "./rate-limit.ts";
import { createServer } from "./server.ts";

/** A role in one country, or in all. */
export function grant(role: Grant["role"], country: string | null = null, organisation: string | null = null): Grant {
  return { role, country, organisation };
}

/** A server whose callers say in a header which grants they hold. */
export interface TestServer {
  app: Hono;
  metrics: Metrics;
  /** Sends a request as an account with grants, or as nobody. */
  send(
    method: string,
    path: string,
    options?: { as?: readonly Grant[]; body?: unknown; headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<Response>;
  /** The JSON that a GET answers. */
  get(path: string, as?: readonly Grant[]): Promise<{ status: number; body: never }>;
  post(path: string, body: unknown, as?: readonly Grant[]): Promise<{ status: number; body: never }>;
}

/** Serves implementations over a real database; only who sends a request is told by the test. */
export function testServer(
  database: Database,
  implementations: readonly Implementation[],
  options: {
    rights: Rights;
    limits?: Readonly<Record<string, RateLimit>>;
    clock?: () => Date;
    secure?: boolean;
    metrics?: Metrics;
    log?: Log;
  },
): TestServer {
  const metrics = options.metrics ?? createMetrics();
  const app = createServer({
    database,
    implementations,
    async authenticate(request) {
      const grants = request.headers.get("x-test-grants");
      if (!grants) return callerOf(null, [], options.rights);
      const account = { id: `account ${grants}`, name: "Somebody", email: "somebody@example.org", language: null };
      return callerOf(account, JSON.parse(grants) as Grant[], options.rights);
    },
    checkOrigin() {},
    clock: options.clock ?? (() => new Date()),
    log: options.log ?? createLog("silent"),
    metrics,
    secure: options.secure ?? false,
    remoteAddress: (request) => request.headers.get("x-test-address") ?? "test",
    limits: options.limits ?? { normal: { burst: 1e9, perMinute: 1e9 } },
  });
  const send: TestServer["send"] = async (method, path, { as, body, headers = {}, signal } = {}) =>
    app.fetch(
      new Request(new URL(path, "http://localhost"), {
        method,
        headers: { ...(as ? { "x-test-grants": JSON.stringify(as) } : {}), ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
      }),
    );
  const read = async (response: Response) => ({ status: response.status, body: (await response.json()) as never });
  return {
    app,
    metrics,
    send,
    get: async (path, as) => read(await send("GET", path, as ? { as } : {})),
    post: async (path, body, as) => read(await send("POST", path, { body, ...(as ? { as } : {}) })),
  };
}
