import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { routes as area } from "../../domains/land/contract.ts";
import { routes as report } from "../../domains/land-release/contract.ts";
import { routes as ledger } from "../../domains/ledger/contract.ts";
import { routes as quality, visitRoutes as visit } from "../../domains/quality/contract.ts";
import {
  progressRoutes as progress,
  taskRoutes as task,
  routes as tasking,
  teamRoutes as team,
} from "../../domains/tasking/contract.ts";
import { priorityRoutes as priority } from "../../domains/tasking/contract-priority.ts";
import type { Route } from "../../platform/contract/route.ts";
import { defineProblems, Problem } from "../../platform/kernel/problem.ts";
import { nodeApi } from "./api.ts";
import { expecting } from "./arguments.ts";
import { readJson } from "./land-desk.ts";
import type { Output } from "./output.ts";
import { withNode } from "./with-node.ts";

const actionProblems = defineProblems("cli", { "unknown-action": 404, "no-file-answer": 422 });

/** Everything that can be done about land over the interface, by `<area>.<action>`. */
export const landActions: ReadonlyMap<string, Route> = new Map(
  Object.entries({ area, report, ledger, visit, quality, team, task, progress, tasking, priority }).flatMap(
    ([part, routes]) => Object.entries(routes).map(([name, route]): [string, Route] => [`${part}.${name}`, route]),
  ),
);

type Values = Readonly<Record<string, string>>;

/** Adds `name=value` to what was given before; null when the text is none. */
function withPair(text: string, before: Values): Values | null {
  const at = text.indexOf("=");
  return at < 1 ? null : { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

interface Asked {
  with: Values;
  as?: string;
  out?: string;
}

/** The command that takes any action of the interface about land: the same contracts, rights and checks. */
export function actionCommand(land: Command, output: Output): void {
  const { t } = output;
  land
    .command("act")
    .argument("[action]", t("cli.land.act-action"))
    .argument("[file]", t("cli.land.act-file"))
    .description(t("cli.land.act"))
    .option("--with <name=value>", t("cli.land.act-with"), expecting(output, "pair", withPair), {})
    .option("--as <email>", t("cli.land.as"))
    .option("--out <file>", t("cli.land.act-out"))
    .action(async (name: string | undefined, file: string | undefined, options: Asked, command: Command) => {
      if (name === undefined) {
        for (const [action, { method, path, summary }] of landActions)
          output.line(`${action.padEnd(24)} ${`${method} ${path}`.padEnd(58)} ${t(summary)}`);
        return;
      }
      const route = landActions.get(name);
      if (!route) throw new Problem(actionProblems["unknown-action"], { action: name });
      if (route.produces && options.out === undefined)
        throw new Problem(actionProblems["no-file-answer"], { action: name });
      const inPath = (each: string) => route.path.includes(`{${each}}`);
      const given = Object.entries(options.with);
      const inputs = {
        params: Object.fromEntries(given.filter(([each]) => inPath(each))),
        query: Object.fromEntries(given.filter(([each]) => !inPath(each))),
        ...(file === undefined ? {} : { body: readJson(file) }),
      };
      const response = await withNode(command, async (node) => (await nodeApi(node, options.as)).answer(route, inputs));
      if (options.out === undefined) output.json(await response.json());
      else writeFileSync(options.out, new Uint8Array(await response.arrayBuffer()));
    });
}
