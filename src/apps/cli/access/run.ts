import type { Command } from "commander";
import {
  type Acting,
  accessToCareProblems,
  enterRun,
  findAnalysisByCode,
  findRun,
  performRun,
} from "../../../domains/access-to-care/index.ts";
import { programClaims } from "../../../platform/database/types.ts";
import { commonProblems, Problem } from "../../../platform/kernel/problem.ts";
import { CommandFailed, type Output } from "../output.ts";
import { interruptSignal, withNode } from "../with-node.ts";

/** `santi access run`: runs an analysis of a node with its data of today, or repeats its newest run with the same inputs. */
export function runCommand(access: Command, output: Output): void {
  const { t } = output;
  access
    .command("run")
    .argument("<analysis>", t("cli.access-run.analysis"))
    .description(t("cli.access-run.description"))
    .option("--repeat <run>", t("cli.access-run.repeat"))
    .option("--json", t("cli.option.json"), false)
    .action(async (code: string, { json, repeat }: { json: boolean; repeat?: string }, command: Command) => {
      const run = await withNode(command, async ({ database, clock }) => {
        const acting: Acting = { accountId: null, now: clock(), level: () => "strictly-confidential" };
        const entered = await database.transaction(programClaims, async (tx) => {
          const [analysis] = await findAnalysisByCode(tx, code);
          if (!analysis) throw new Problem(commonProblems["not-found"]);
          return enterRun(tx, analysis, repeat, acting);
        });
        await performRun(database, entered, {
          ...{ clock, signal: interruptSignal() },
          progress: ({ step, done, total }) =>
            output.progress(`${t(`job.step.access-${step}`)} ${Math.floor((100 * done) / total)} %`),
        });
        return database.transaction(programClaims, (tx) => findRun(tx, entered.country, entered.id));
      });
      output.endProgress();
      if (!run?.results) throw new Problem(accessToCareProblems["not-finished"]);
      const { total, threshold } = run.results;
      if (json) output.json({ run: run.id, sha256: run.resultsSha256, results: run.results });
      else {
        const people = (count: number) => Math.round(count).toLocaleString("en");
        output.line(
          t("cli.access-run.done", {
            run: run.id,
            outside: people(total.outside),
            people: people(total.population),
            minutes: threshold,
          }),
        );
        output.line(t("cli.access-run.hash", { sha256: run.resultsSha256 ?? "" }));
      }
      if (run.results.findings.some(({ severity }) => severity === "error")) throw new CommandFailed();
    });
}
