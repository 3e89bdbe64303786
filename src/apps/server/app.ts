import { join } from "node:path";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { createAccessToCare } from "../../domains/access-to-care/index.ts";
import { createAssistance } from "../../domains/assistance/index.ts";
import { createCodes } from "../../domains/codes/index.ts";
import { createDataProtection } from "../../domains/data-protection/index.ts";
import { createImports } from "../../domains/imports/index.ts";
import { createPeople } from "../../domains/people/index.ts";
import { listCountries } from "../../domains/places/store.ts";
import { createReportSchedules } from "../../domains/reporting/index.ts";
import { createAdministration } from "../../platform/administration/index.ts";
import { securityHeaders } from "../../platform/http/headers.ts";
import { errorFields, type Log } from "../../platform/http/log.ts";
import { createMetrics } from "../../platform/http/metrics.ts";
import { problemResponse } from "../../platform/http/problems.ts";
import type { RateLimit } from "../../platform/http/rate-limit.ts";
import { createServer } from "../../platform/http/server.ts";
import { decodedPath, fileResponse } from "../../platform/http/static.ts";
import { createJobs, type Jobs } from "../../platform/jobs/index.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { rootPath } from "../../platform/kernel/root.ts";
import { createTiles } from "../../platform/tiles/index.ts";
import { createWork } from "../../platform/work/index.ts";
import { definitions, domainImplementations, settings, tileLayers, waiting } from "./compose.ts";
import { issuingOf } from "./issuing.ts";
import { codeLabels, codeLists, fieldLabels, translatorOf } from "./labels.ts";
import type { Node } from "./node.ts";
import { openApiDocument } from "./openapi.ts";

const remote = new WeakMap<Request, string>();

/** The address of a request's sender, as the connection or a trusted proxy told it. */
export function remoteAddress(request: Request): string {
  return remote.get(request) ?? "unknown";
}

/** How requests reach the program. */
export interface AppOptions {
  /** Trust `X-Forwarded-For` of a proxy in front. */
  behindProxy?: boolean;
  log: Log;
  /** Other rate limits than the usual ones. */
  limits?: Readonly<Record<string, RateLimit>>;
}

/** Everything that answers, before it listens anywhere. */
export interface App {
  fetch(request: Request, bindings?: HttpBindings): Response | Promise<Response>;
  /** The routes that the contracts brought, as method and path with `:name` placeholders. */
  routes(): { method: string; path: string }[];
  jobs: Jobs;
  /** To be called when no new requests should come: readiness is denied. */
  stopping(): void;
}

/** Composes API, tiles, web application, health and measurements of a node. */
export function createApp(node: Node, options: AppOptions): App {
  const { log } = options;
  const { database, access, clock } = node;
  const metrics = createMetrics();
  const jobs = createJobs({ database, clock, log });
  const secure = node.settings.publicAddress.startsWith("https:");
  const api = createServer({
    database,
    implementations: [
      access.implementation,
      jobs.implementation,
      createAdministration({ database, jobs, definitions, settings, clock }),
      ...domainImplementations,
      createDataProtection(node.vault),
      ...createPeople(node.vault),
      ...createAssistance(node.vault),
      ...createAccessToCare({ jobs, database, clock, translator: translatorOf }),
      createReportSchedules({ ...issuingOf(node), jobs }),
      createCodes(codeLists),
      createImports({
        jobs,
        database,
        definitions,
        codeLists,
        labels: codeLabels,
        fieldLabels,
        translator: translatorOf,
        directory: join(node.settings.directory, "uploads"),
        clock,
      }),
      createTiles(tileLayers, metrics),
      createWork(waiting, async (tx) =>
        (await listCountries(tx)).filter(({ active }) => active).map(({ code }) => code),
      ),
    ],
    authenticate: access.authenticate,
    checkOrigin: access.checkOrigin,
    clock,
    log,
    metrics,
    secure,
    remoteAddress,
    ...(options.limits ? { limits: options.limits } : {}),
  });

  const app = new Hono<{ Bindings: Partial<HttpBindings> | undefined }>();
  app.onError((cause) => {
    log.error(errorFields(cause), "request failed");
    return problemResponse(new Problem(commonProblems.internal), "unforeseen");
  });
  app.use(async (c, next) => {
    const forwarded = options.behindProxy ? c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
    remote.set(c.req.raw, forwarded ?? c.env?.incoming?.socket.remoteAddress ?? "unknown");
    await next();
  });
  const plain = (status: 200 | 503, text: string) =>
    new Response(`${text}\n`, { status, headers: { "content-type": "text/plain", "cache-control": "no-store" } });
  let stopping = false;
  app.get("/healthz", () => plain(200, "ok"));
  app.get("/readyz", async () => {
    if (stopping) return plain(503, "stopping");
    const ready = await database.executeSql("select 1").then(
      () => true,
      () => false,
    );
    return ready ? plain(200, "ready") : plain(503, "database");
  });
  app.get("/metrics", async (c) => {
    const token = process.env.SANTI_METRICS_TOKEN;
    const local = ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(remoteAddress(c.req.raw));
    const allowed = token ? c.req.header("authorization") === `Bearer ${token}` : local;
    if (!allowed) return problemResponse(new Problem(commonProblems.forbidden), "metrics");
    return new Response(await metrics.registry.metrics(), {
      headers: { "content-type": metrics.registry.contentType, "cache-control": "no-store" },
    });
  });
  // Made when it is first asked for: it takes as long as the rest of the start.
  let description: string | undefined;
  app.get("/api/openapi.json", () => {
    description ??= JSON.stringify(openApiDocument());
    return new Response(description, { headers: { "content-type": "application/json", ...securityHeaders } });
  });
  app.use(async (c, next) => {
    const oidc = await access.handleOidc(c.req.raw);
    if (oidc) return oidc;
    return next();
  });
  app.get("/assets/*", (c) => {
    const path = decodedPath(c.req.raw)?.slice("/assets".length) ?? "\0";
    const built = fileResponse(rootPath("dist", "web", "assets"), path, c.req.raw, true);
    const shipped = /^\/(basemap|fonts)\//.test(path) ? fileResponse(rootPath("assets"), path, c.req.raw) : null;
    const response = built ?? shipped ?? problemResponse(new Problem(commonProblems["not-found"]), "asset");
    for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
    return response;
  });
  app.route("/", api);
  app.get("*", (c) => {
    const path = decodedPath(c.req.raw) ?? "\0";
    const response =
      fileResponse(rootPath("dist", "web"), path === "/" ? "/index.html" : path, c.req.raw) ??
      fileResponse(rootPath("dist", "web"), "/index.html", c.req.raw) ??
      problemResponse(new Problem(commonProblems["not-found"]), "page");
    for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
    return response;
  });

  return {
    fetch: (request, bindings) => app.fetch(request, bindings),
    routes: () =>
      app.routes
        .filter(({ method, path }) => method !== "ALL" && !path.includes("*"))
        .map(({ method, path }) => ({ method, path })),
    jobs,
    stopping() {
      stopping = true;
    },
  };
}
