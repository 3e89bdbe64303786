import { createHash, randomUUID } from "node:crypto";
import { Hono, type Context as HonoContext } from "hono";
import { compress } from "hono/compress";
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from "hono/utils/compress";
import type { z } from "zod";
import type { Caller } from "../access/model.ts";
import type { Route } from "../contract/route.ts";
import type { Database } from "../database/types.ts";
import type { Clock } from "../kernel/clock.ts";
import { commonProblems, Problem } from "../kernel/problem.ts";
import type { Context, Handler, Implementation } from "./handler.ts";
import { headersBeside, transportHeader } from "./headers.ts";
import { errorFields, type Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { databaseProblem, problemResponse, validationProblem } from "./problems.ts";
import { createRateLimiter, type RateLimit } from "./rate-limit.ts";

/** What the HTTP layer is made of; apps compose it. */
export interface ServerOptions {
  database: Database;
  implementations: readonly Implementation[];
  /** Finds out who sends a request; throws a problem for a token or session that is not good. */
  authenticate(request: Request): Promise<Caller>;
  /** Throws a problem for a change that another site's page sent with this site's cookie. */
  checkOrigin(request: Request): void;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  /** Whether people reach the node by https. */
  secure: boolean;
  /** The address of the machine that sends a request, from the connection or a trusted proxy. */
  remoteAddress(request: Request): string;
  limits?: Readonly<Record<string, RateLimit>>;
}

const defaultBodyLimit = 1_000_000;
const defaultTimeLimit = 30_000;

/** Tagged PDFs too: what says how each piece is read stands in them unpacked, four fifths of a long table. */
const compressible = (type: string) => type.startsWith("application/pdf") || COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type);

/** `/api/x/{id}` as Hono writes it. */
function pattern(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}

async function readBody(request: Request, route: Route): Promise<unknown> {
  if (!route.body) return undefined;
  const limit = route.bodyLimit ?? defaultBodyLimit;
  if (Number(request.headers.get("content-length") ?? 0) > limit)
    throw new Problem(commonProblems["too-large"], { limit });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > limit) throw new Problem(commonProblems["too-large"], { limit });
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new Problem(commonProblems["invalid-input"], {}, [{ path: "", code: "field.not-json" }]);
  }
}

function check<S extends z.ZodType>(schema: S | undefined, value: unknown): z.output<S> | undefined {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (!result.success) throw validationProblem(result.error);
  return result.data;
}

/** Refuses a caller who lacks the route's right; whether they are known decides between 401 and 403. */
export function checkRight(route: Pick<Route, "right">, caller: Caller): void {
  if (route.right === "open" || (route.right !== "signed-in" && caller.can(route.right))) return;
  if (!caller.account) throw new Problem(commonProblems.unauthenticated);
  if (route.right !== "signed-in") throw new Problem(commonProblems.forbidden, { right: route.right });
}

/** Tells an old answer from a new one by its bytes. */
function withEtag(request: Request, response: Response, body: string): Response {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  response.headers.set("etag", etag);
  if (
    request.headers
      .get("if-none-match")
      ?.split(/,\s*/)
      .some((tag) => tag.replace(/^W\//, "") === etag)
  ) {
    return new Response(null, { status: 304, headers: response.headers });
  }
  return response;
}

/** Serves contracts: one transaction a request, the answer after the commit, problems as RFC 9457. */
export function createServer(options: ServerOptions): Hono {
  const { database, log, metrics } = options;
  const limiter = createRateLimiter(options.limits);
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    for (const [name, value] of headersBeside(c.res.headers)) c.res.headers.set(name, value);
    if (options.secure) c.res.headers.set(...transportHeader);
  });
  app.use(compress({ threshold: 1024, contentTypeFilter: compressible }));

  async function run(
    route: Route,
    handler: Handler<Route>,
    request: Request,
    params: Record<string, string>,
    requestId: string,
  ): Promise<Response> {
    const caller = await options.authenticate(request);
    const kind = route.rate ?? "normal";
    const wait = limiter(kind, caller.account?.id ?? options.remoteAddress(request), options.clock().getTime());
    if (wait > 0) {
      metrics.count("rate_limited");
      throw new Problem(commonProblems["too-many-requests"], { seconds: wait });
    }
    if (route.method !== "GET") options.checkOrigin(request);
    checkRight(route, caller);
    const url = new URL(request.url);
    const inputs = {
      params: check(route.params, params),
      query: check(route.query, Object.fromEntries(url.searchParams)),
      body: check(route.body, await readBody(request, route)),
    };
    const after: (() => void | Promise<void>)[] = [];
    const timeLimit = route.timeLimit ?? defaultTimeLimit;
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeLimit)]);
    const result = await database.transaction(
      caller.claims,
      (tx) => {
        const context: Context = {
          tx,
          caller,
          now: options.clock(),
          signal,
          request,
          requestId,
          database,
          afterCommit: (work) => void after.push(work),
        };
        return handler(context, inputs as never);
      },
      { readOnly: !route.writes, statementTimeout: timeLimit },
    );
    for (const work of after) await work();
    if (result instanceof Response) return result;
    if (result === undefined || !route.output) return new Response(null, { status: 204 });
    // The contract's schema is the last presenter: what it does not name does not leave.
    const body = JSON.stringify(route.output.parse(result));
    const response = new Response(body, {
      headers: { "content-type": "application/json", "cache-control": "private, no-cache" },
    });
    return route.method === "GET" ? withEtag(request, response, body) : response;
  }

  function problemOf(cause: unknown, requestId: string, routeName: string): Problem {
    if (cause instanceof Problem) return cause;
    const translated = databaseProblem(cause);
    if (translated) return translated;
    if ((cause as Error)?.name === "TimeoutError") return new Problem(commonProblems.timeout);
    log.error({ requestId, route: routeName, ...errorFields(cause) }, "request failed");
    return new Problem(commonProblems.internal);
  }

  for (const { routes, handlers } of options.implementations) {
    for (const [name, route] of Object.entries(routes)) {
      const handler = handlers[name] as Handler<Route>;
      app.on(route.method, pattern(route.path), async (c: HonoContext) => {
        const started = performance.now();
        const requestId = randomUUID();
        let response: Response;
        try {
          response = await run(route, handler, c.req.raw, c.req.param() as Record<string, string>, requestId);
        } catch (cause) {
          response = problemResponse(problemOf(cause, requestId, `${route.method} ${route.path}`), requestId);
        }
        const seconds = (performance.now() - started) / 1000;
        metrics.observe(route.method, route.path, response.status, seconds);
        log.info(
          {
            requestId,
            method: route.method,
            route: route.path,
            status: response.status,
            ms: Math.round(seconds * 1000),
          },
          "request",
        );
        return response;
      });
    }
  }
  app.all("/api/*", (_c) => problemResponse(new Problem(commonProblems["not-found"]), randomUUID()));
  return app;
}
