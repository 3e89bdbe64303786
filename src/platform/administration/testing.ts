import { type Caller, callerOf, type Grant, type Role } from "../access/model.ts";
import type { Database } from "../database/types.ts";
import type { Implementation } from "../http/handler.ts";
import { createLog } from "../http/log.ts";
import { createMetrics } from "../http/metrics.ts";
import { createServer } from "../http/server.ts";
import { rights as jobRights } from "../jobs/contract.ts";
import { rights as ownRights } from "./contract.ts";

const rights = { ...ownRights, ...jobRights };

/** The answer to a request of a test, with its body read. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}

/** Sends one request as somebody. */
export type Send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/**
 * Serves implementations over a real database to callers whose grants the test names; only the sign-in is left out.
 * @returns makes a sender for an account and its grants; null is somebody without an account
 */
export function serveAs(
  database: Database,
  implementations: readonly Implementation[],
): (account: string | null, ...grants: readonly [Role, string | null][]) => Send {
  const callers = new Map<string, Caller>();
  const app = createServer({
    database,
    implementations,
    authenticate: async (request) => callers.get(request.headers.get("x-caller") ?? "") ?? callerOf(null, [], rights),
    checkOrigin: () => {},
    clock: () => new Date(),
    log: createLog("silent"),
    metrics: createMetrics(),
    secure: false,
    remoteAddress: () => "test",
    limits: { normal: { burst: 1e6, perMinute: 1e6 } },
  });
  return (account, ...grants) => {
    const held = grants.map(([role, country]): Grant => ({ role, country, organisation: null }));
    const key = JSON.stringify([account, grants]);
    if (account !== null)
      callers.set(
        key,
        callerOf({ id: account, name: account, email: `${account}@example.org`, language: null }, held, rights),
      );
    return async (method, path, body, headers = {}) => {
      const response = await app.fetch(
        new Request(new URL(path, "http://localhost"), {
          method,
          headers: {
            "x-caller": key,
            ...(body === undefined ? {} : { "content-type": "application/json" }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
      const text = await response.text();
      return { status: response.status, body: text === "" ? {} : JSON.parse(text), headers: response.headers };
    };
  };
}
