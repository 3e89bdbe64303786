import { readFileSync } from "node:fs";
import { routes as land } from "../../domains/land/contract.ts";
import { routes as release } from "../../domains/land-release/contract.ts";
import { routes as ledger } from "../../domains/ledger/contract.ts";
import { taskRoutes } from "../../domains/tasking/contract.ts";
import type { RouteOutput } from "../../platform/contract/route.ts";
import { defineProblems, Problem } from "../../platform/kernel/problem.ts";
import type { Node } from "../server/node.ts";
import { nodeApi } from "./api.ts";
import type { LandDesk } from "./land-words.ts";

const deskProblems = defineProblems("cli", { "not-json": 422, "unknown-code": 404, "country-needed": 422 });

/** Reads a JSON file. @throws Problem `cli.not-json` */
export function readJson(file: string): unknown {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(deskProblems["not-json"], { file });
  }
}

const isFile = (wanted: string) => wanted.endsWith(".json");
const isId = (wanted: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(wanted);

/** Opens what the commands of land release need of a node, on behalf of an account where one is named. */
export async function openLandDesk(node: Node, { country, as }: { country?: string; as?: string }): Promise<LandDesk> {
  const api = await nodeApi(node, as);
  const reports = api.client(release);
  const areas = api.client(land);
  const books = api.client(ledger);
  const orders = api.client(taskRoutes);
  const today = node.clock().toISOString().slice(0, 10);
  const home = (): string => {
    if (!country) throw new Problem(deskProblems["country-needed"]);
    return country;
  };

  async function keyOf(wanted: string): Promise<{ country: string; id: string }> {
    if (isId(wanted)) return { country: home(), id: wanted };
    const { items } = await reports.list({ query: { country, q: wanted, limit: 200 } });
    const found = items.find(({ code }) => code.toLowerCase() === wanted.toLowerCase());
    if (!found) throw new Problem(deskProblems["unknown-code"], { code: wanted });
    return { country: found.country, id: found.id };
  }
  const report = async (wanted: string) => reports.get({ params: await keyOf(wanted) });

  async function areaOf(wanted: string): Promise<RouteOutput<typeof land.list>["items"][number]> {
    if (isId(wanted)) return (await areas.get({ params: { country: home(), id: wanted } })).record;
    const { items } = await areas.list({ query: { country: home(), q: wanted, limit: "200" } });
    const found = items.find(({ code }) => String(code).toLowerCase() === wanted.toLowerCase());
    if (!found) throw new Problem(deskProblems["unknown-code"], { code: wanted });
    return found;
  }

  return {
    reports: ({ state, type, search, limit }) =>
      reports.list({ query: { country, state: state?.join(","), type: type?.join(","), q: search, limit } }),
    report,
    async preview(wanted) {
      if (isFile(wanted)) return reports.check({ body: readJson(wanted) as never });
      return reports.difference({ params: await keyOf(wanted) });
    },
    async decide(step, wanted, comment) {
      const entered =
        step === "submit" && isFile(wanted)
          ? await reports.enter({ body: readJson(wanted) as never })
          : await report(wanted);
      const { country: where, id, revision } = entered.report;
      const params = { country: where, id };
      if (step === "return") return reports.sendBack({ params, body: { revision, comment: comment ?? "" } });
      return reports[step]({ params, body: { revision, comment: comment ?? null } });
    },
    ledger: ({ asAt, from, knownOn, by }) =>
      books.table({ query: { country: home(), to: asAt ?? today, from, knownOn, by } }),
    async statement(wanted, knownOn) {
      const area = await areaOf(wanted);
      const key = { country: home(), id: area.id as string };
      const { state, products } = await reports.area({ params: key });
      const { lines, balance } = await books.statement({ params: key, query: { knownOn } });
      return { code: String(area.code), state, products, lines, balance };
    },
    plot: (geometry) => reports.plot({ body: { country: home(), geometry } }),
    history: async (on) => ({ on: on ?? today, history: await reports.history({ query: { country: home() } }) }),
    tasks: ({ status, limit }) =>
      orders.list({
        query: {
          limit: String(limit),
          ...(country ? { country } : {}),
          ...(status ? { "filter.status": status.join(",") } : {}),
        },
      }),
  };
}
