import type { Hono } from "hono";
import type { Database } from "../database/types.ts";
import { createLog } from "../http/log.ts";
import { createMetrics } from "../http/metrics.ts";
import { createServer } from "../http/server.ts";
import { type Access, type AccessSettings, createAccess, rights } from "./index.ts";

export const testAddress = "http://localhost:4711";

/** The reply to a request, with its body read. */
export interface Reply {
  status: number;
  body: unknown;
  cookies: string[];
  headers: Headers;
}

/** A node for tests: the real server over a real database, with a clock that the test moves. */
export interface TestNode {
  access: Access;
  /** Moves the node's clock on by seconds. */
  pass(seconds: number): void;
  /** A browser with its own cookies. */
  browser(): Browser;
  fetch(request: Request): Promise<Response>;
}

export interface Browser {
  cookies: Map<string, string>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
}

/** Serves accounts and access, with some rights of invented domains to try scopes on. */
export function startTestNode(database: Database, settings: Partial<AccessSettings> = {}): TestNode {
  let offset = 0;
  const clock = () => new Date(Date.now() + offset);
  const access = createAccess({
    database,
    rights: { ...rights, "things.read": "everyone", "things.correct": "managers", "things.open": "open" },
    secret: "a secret for tests, long enough to be taken",
    publicAddress: testAddress,
    clock,
    clientAddress: (request) => request.headers.get("x-test-address"),
    describeSystem: async () => ({
      version: "test",
      sample: false,
      node: { name: {}, contact: {} },
      listRows: 50,
      database: database.kind,
      countries: [],
    }),
    ...settings,
  });
  const app: Hono = createServer({
    database,
    implementations: [access.implementation],
    authenticate: access.authenticate,
    checkOrigin: access.checkOrigin,
    clock,
    log: createLog("silent"),
    metrics: createMetrics(),
    secure: false,
    remoteAddress: () => "test",
    limits: { normal: { burst: 1e6, perMinute: 1e6 } },
  });
  const fetchOnce = async (request: Request) => (await access.handleOidc(request)) ?? app.fetch(request);
  const browser = (): Browser => {
    const cookies = new Map<string, string>();
    return {
      cookies,
      async send(method, path, body, headers = {}) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        const response = await fetchOnce(
          new Request(new URL(path, testAddress), {
            method,
            headers: {
              ...(cookie === "" ? {} : { cookie }),
              ...(method === "GET" ? {} : { origin: testAddress }),
              ...(body === undefined ? {} : { "content-type": "application/json" }),
              ...headers,
            },
            body: body === undefined ? undefined : JSON.stringify(body),
          }),
        );
        const set = response.headers.getSetCookie();
        for (const line of set) {
          const [pair = "", ...attributes] = line.split(";");
          const at = pair.indexOf("=");
          const gone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
          if (gone) cookies.delete(pair.slice(0, at));
          else cookies.set(pair.slice(0, at), pair.slice(at + 1));
        }
        const text = await response.text();
        const isJson = response.headers.get("content-type")?.includes("json");
        return {
          status: response.status,
          body: isJson && text !== "" ? JSON.parse(text) : text,
          cookies: set,
          headers: response.headers,
        };
      },
    };
  };
  return {
    access,
    pass: (seconds) => {
      offset += seconds * 1000;
    },
    browser,
    fetch: fetchOnce,
  };
}

/** Signs in and answers the reply. */
export function signIn(browser: Browser, email: string, password: string, code?: string): Promise<Reply> {
  return browser.send("POST", "/api/session/sign-in", { email, password, ...(code === undefined ? {} : { code }) });
}
