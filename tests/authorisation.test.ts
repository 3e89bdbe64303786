import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contracts } from "../src/apps/server/openapi.ts";
import type { Role } from "../src/platform/access/model.ts";
import type { Route } from "../src/platform/contract/route.ts";
import { describeEachDatabase } from "../src/platform/database/testing.ts";
import { rootPath } from "../src/platform/kernel/root.ts";
import { aBrowser, aProgram, aTokenHolder, type Client, type TestProgram } from "./support/node.ts";
import { aRequest, namesCountry } from "./support/route-request.ts";

/** What the committed table says of a route. Everybody who is not named is refused: nobody with 401, an account with 403. */
interface Row {
  /** The right that the contract asks for. */
  right: string;
  /** Who passes; for a route that names a country, when it is their own. */
  allowed: string[];
  /** Who passes when the route names another country than that of their grant. */
  elsewhere?: string[];
}

/** `SANTI_WRITE_MATRIX=1 npx vitest run tests/authorisation.test.ts` writes the table anew; its difference is to be reviewed. */
const rewrite = process.env.SANTI_WRITE_MATRIX === "1";
const file = rootPath("tests", "authorisation-matrix.json");
const table = JSON.parse(readFileSync(file, "utf8")) as Record<string, Row>;
const routes: [name: string, Route][] = Object.entries(contracts).flatMap(([area, routesOfArea]) =>
  Object.entries(routesOfArea).map(([name, route]): [string, Route] => [`${area}.${name}`, route]),
);
const key = (route: Pick<Route, "method" | "path">) => `${route.method} ${route.path}`;

/** The problems by which a request is refused for who sends it. */
const refusals = new Set<string | undefined>(["common.unauthenticated", "common.forbidden", "access.session-needed"]);
/** A token of the information manager that may read hazardous areas and nothing else. */
const token = "token of information-manager for land.read";
/** Answered without a contract: for machines that watch the server, and the description of the API. */
const outsideContracts = ["GET /api/openapi.json", "GET /healthz", "GET /metrics", "GET /readyz"];

describe("the table of who may do what", () => {
  it("has a row for every route of the contracts and no other", () => {
    if (!rewrite) expect(Object.keys(table).sort()).toEqual(routes.map(([, route]) => key(route)).sort());
    expect(new Set(routes.map(([, route]) => key(route))).size).toBe(routes.length);
  });

  it("names the right that the contract asks for", () => {
    if (!rewrite) for (const [, route] of routes) expect(table[key(route)]?.right, key(route)).toBe(route.right);
  });

  it("is tried with bodies that the contracts accept, so that handlers come to judge the country", () => {
    for (const [, route] of routes) {
      const { body } = aRequest(route, "KHM");
      expect(route.body?.safeParse(body).error?.issues ?? [], key(route)).toEqual([]);
    }
  });

  it("never opens a route that needs a right to those without an account", () => {
    const open = Object.entries(table)
      .filter(([, row]) => row.allowed.includes("nobody"))
      .map(([name]) => name);
    for (const name of open)
      expect(
        [
          "open",
          "places.read",
          "ledger.read",
          "land.check",
          "services.read",
          "studies.read",
          "accidents.statistics",
          "reports.public",
        ],
        name,
      ).toContain(table[name]?.right);
  });
});

describeEachDatabase("every route for every role", (context) => {
  let program: TestProgram;
  const callers = new Map<string, Client>();
  const signIns = new Map<string, () => Promise<Client>>();

  beforeAll(async () => {
    program = await aProgram(context.db);
    const { node, app } = program;
    for (const { role, email, password } of await node.access.createSampleAccounts({ country: "KHM" })) {
      const signIn = async () => {
        const browser = aBrowser(app);
        const { status } = await browser.send("POST", "/api/session/sign-in", { email, password });
        if (status !== 200) throw new Error(`${role} cannot sign in: ${status}`);
        return browser;
      };
      signIns.set(role, signIn);
      callers.set(role, await signIn());
    }
    callers.set("nobody", aBrowser(app));
    const made = await (callers.get("information-manager" satisfies Role) as Client).send(
      "POST",
      "/api/session/tokens",
      { name: "reader", scopes: ["land.read"], days: 1 },
    );
    callers.set(token, aTokenHolder(app, ((await made.json()) as { secret: string }).secret));
  });
  afterAll(() => program?.stop());

  it("has no route that no contract declares", () => {
    const declared = new Set([...routes.map(([, route]) => key(route)), ...outsideContracts]);
    const served = program.app
      .routes()
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(\{[^}]*\})?/g, "{$1}")}`);
    expect(served.filter((name) => !declared.has(name))).toEqual([]);
    expect([...declared].filter((name) => !served.includes(name))).toEqual([]);
  });

  /** Who passes the checks of rights of a route. Being refused for a wrong password or passkey is passing them. */
  async function passing(route: Route, country: string): Promise<string[]> {
    const passed: string[] = [];
    const { path, body } = aRequest(route, country);
    for (const [name, client] of callers) {
      const response = await client.send(route.method, path, body);
      const text = response.headers.get("content-type")?.includes("json") ? await response.text() : "";
      if (!response.bodyUsed) await response.body?.cancel();
      expect(response.status, `${name}: ${key(route)} ${text}`).toBeLessThan(500);
      const refused = refusals.has(text === "" ? undefined : (JSON.parse(text) as { code?: string }).code);
      if (refused) expect(response.status, `${name}: ${key(route)}`).toBe(name === "nobody" ? 401 : 403);
      else passed.push(name);
      // What ended the session is not to be mistaken for what the next route says.
      if (response.ok && route.method !== "GET") {
        const signIn = signIns.get(name);
        if (signIn) callers.set(name, await signIn());
      }
    }
    return passed.sort();
  }

  const found: Record<string, Row> = {};

  it.each(routes)("%s", async (_name, route) => {
    const row: Row = { right: route.right, allowed: await passing(route, "KHM") };
    if (namesCountry(route)) row.elsewhere = await passing(route, "LAO");
    found[key(route)] = row;
    if (!rewrite) expect(row).toEqual(table[key(route)]);
  });

  it("is written when asked for", () => {
    if (rewrite) writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
    expect(Object.keys(found)).toHaveLength(routes.length);
  });
});
