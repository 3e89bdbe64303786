import { callerOf, type Grant } from "../../platform/access/model.ts";
import {
  type Client,
  createClient,
  type ProblemDocument,
  RequestProblem,
  routeUrl,
} from "../../platform/contract/client.ts";
import type { Route, Routes } from "../../platform/contract/route.ts";
import { createLog } from "../../platform/http/log.ts";
import { createMetrics } from "../../platform/http/metrics.ts";
import { createServer } from "../../platform/http/server.ts";
import { defineProblems, Problem } from "../../platform/kernel/problem.ts";
import { domainImplementations, rights } from "../server/compose.ts";
import type { Node } from "../server/node.ts";

const apiProblems = defineProblems("cli", { "account-unknown": 404, "account-disabled": 403 });

/** Makes clients of a node's contracts, for one caller. */
export interface NodeApi {
  client<R extends Routes>(routes: R): Client<R>;
  /** What a route answers, also when that is a file. @throws Problem as the route refuses */
  answer(route: Route, inputs: Parameters<typeof requestOf>[1]): Promise<Response>;
}

/** A request to a route as it is sent. */
function requestOf(
  route: Route,
  { params, query, body }: { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown },
): { url: string; init: RequestInit } {
  const json =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  return { url: `http://localhost${routeUrl(route, params, query)}`, init: { method: route.method, ...json } };
}

/**
 * Opens the API of a node to a command, without a network: the same contracts, rights and checks as over HTTP.
 * @param email the account on whose behalf the command acts. Without one it may read everything that an information
 * manager may, for whoever has the node's machine in hand; nobody has entered or decided anything then.
 * @throws Problem `cli.account-unknown`, `cli.account-disabled`
 */
export async function nodeApi(node: Node, email?: string): Promise<NodeApi> {
  const reader = { id: "command-line", name: "", email: "", language: null };
  const everything: readonly Grant[] = [{ role: "information-manager", country: null, organisation: null }];
  let caller = callerOf(reader, everything, rights);
  if (email !== undefined) {
    const wanted = email.toLowerCase();
    const account = (await node.access.listAccounts()).find((each) => each.email.toLowerCase() === wanted);
    if (!account) throw new Problem(apiProblems["account-unknown"], { email });
    if (account.disabled) throw new Problem(apiProblems["account-disabled"], { email });
    const { id, name } = account;
    const grants = account.grants.map(({ role, country, organisation }) => ({ role, country, organisation }));
    caller = callerOf({ id, name, email: account.email, language: null }, grants, rights);
  }
  const app = createServer({
    database: node.database,
    implementations: domainImplementations,
    authenticate: async () => caller,
    checkOrigin() {},
    clock: node.clock,
    log: createLog("silent"),
    metrics: createMetrics(),
    secure: false,
    remoteAddress: () => "command-line",
    limits: { normal: { burst: 1e9, perMinute: 1e9 }, heavy: { burst: 1e9, perMinute: 1e9 } },
  });
  const send = async (input: RequestInfo | URL, init?: RequestInit) => app.request(String(input), init);
  return {
    client<R extends Routes>(routes: R): Client<R> {
      const calls = createClient(routes, { base: "http://localhost", fetch: send });
      return Object.fromEntries(
        Object.entries(calls).map(([name, call]) => [
          name,
          (...inputs: Parameters<typeof call>) => call(...inputs).catch(rethrow),
        ]),
      ) as Client<R>;
    },
    async answer(route, inputs) {
      const { url, init } = requestOf(route, inputs);
      const response = await send(url, init);
      if (!response.ok) rethrow(new RequestProblem((await response.json()) as ProblemDocument));
      return response;
    },
  };
}

/** What a route refused, as commands tell problems. */
function rethrow(cause: unknown): never {
  if (!(cause instanceof RequestProblem)) throw cause;
  const { code, status, params, fields } = cause.problem;
  throw new Problem({ code, status }, params as Problem["params"], fields as Problem["fields"]);
}
