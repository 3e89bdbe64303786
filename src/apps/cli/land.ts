import { readFileSync } from "node:fs";
import { type Command, Option } from "commander";
import { findLedgerCountries, type LedgerVerification, verifyLedger } from "../../domains/land-release/index.ts";
import { reportStates, reportTypes } from "../../domains/land-release/model.ts";
import { dimensions, movementGap } from "../../domains/ledger/model.ts";
import { taskStatuses } from "../../domains/tasking/model.ts";
import { programClaims } from "../../platform/database/types.ts";
import { countryCode, countUpTo, isoDay } from "./arguments.ts";
import { actionCommand } from "./land-actions.ts";
import { openLandDesk } from "./land-desk.ts";
import * as tell from "./land-words.ts";
import { CommandFailed, type Output } from "./output.ts";
import { withNode } from "./with-node.ts";

interface Shared {
  json: boolean;
  country?: string;
  as?: string;
}

/** The commands of land release: reports with their steps, the ledger, areas, plots, tasks, the past. */
export function landCommands(program: Command, output: Output): void {
  const { t } = output;
  const land = program.command("land").description(t("cli.land.description"));
  const country = () => new Option("--country <code>", t("cli.land.country")).argParser(countryCode(output));
  const day = (flags: string, key: string) => new Option(flags, t(key)).argParser(isoDay(output));
  const asJson = (command: Command) => command.option("--json", t("cli.option.json"), false);
  const open = <T>(command: Command, options: Shared, work: (desk: tell.LandDesk) => Promise<T>) =>
    withNode(command, async (node) => work(await openLandDesk(node, options)));
  const said = <T>({ json }: Shared, value: T, words: (output: Output, value: T) => void) =>
    json ? output.json(value) : words(output, value);

  reportCommands(land, output, { country, asJson, open, said });
  actionCommand(land, output);

  asJson(land.command("preview").argument("<report>", t("cli.land.report-or-file")))
    .description(t("cli.land.preview"))
    .addOption(country())
    .action(async (wanted: string, options: Shared, command: Command) => {
      const difference = await open(command, options, (desk) => desk.preview(wanted));
      said(options, difference, tell.difference);
      if (difference.findings.some(({ severity }) => severity === "error")) throw new CommandFailed();
    });

  asJson(land.command("ledger"))
    .description(t("cli.land.ledger"))
    .addOption(country().makeOptionMandatory())
    .addOption(day("--as-at <date>", "cli.land.as-at"))
    .addOption(day("--from <date>", "cli.land.from"))
    .addOption(day("--known-on <date>", "cli.land.known-on"))
    .addOption(new Option("--by <what>", t("cli.land.by")).choices([...dimensions, "year", "none"]).default("province"))
    .action(async (options: Shared & tell.LedgerQuestion, command: Command) => {
      const table = await open(command, options, (desk) => desk.ledger(options));
      said(options, table, tell.table);
      if (movementGap(table.total) !== 0) throw new CommandFailed();
    });

  asJson(land.command("area").argument("<area>", t("cli.land.area-code")))
    .description(t("cli.land.area"))
    .addOption(country().makeOptionMandatory())
    .addOption(day("--known-on <date>", "cli.land.known-on"))
    .action(async (code: string, options: Shared & { knownOn?: string }, command: Command) => {
      const statement = await open(command, options, (desk) => desk.statement(code, options.knownOn));
      said(options, statement, tell.statement);
    });

  asJson(land.command("check-plot").argument("<file>", t("cli.land.plot-file")))
    .description(t("cli.land.check-plot"))
    .addOption(country().makeOptionMandatory())
    .action(async (file: string, options: Shared, command: Command) => {
      const geometry = tell.plotOf(readFileSync(file, "utf8"), file);
      said(options, await open(command, options, (desk) => desk.plot(geometry)), tell.plot);
    });

  asJson(land.command("verify"))
    .description(t("cli.land.verify"))
    .addOption(country())
    .action(async (options: Shared, command: Command) => {
      const found = await withNode(command, ({ database }) =>
        database.transaction(programClaims, async (tx) => {
          const reports: Record<string, LedgerVerification> = {};
          for (const each of options.country ? [options.country] : await findLedgerCountries(tx))
            reports[each] = await verifyLedger(tx, each, (areas) =>
              output.progress(t("cli.land.verify-progress", { country: each, areas }), areas),
            );
          return reports;
        }),
      );
      output.endProgress();
      said(options, found, tell.verification);
      if (Object.values(found).some(({ differences }) => differences.length > 0)) throw new CommandFailed();
    });

  asJson(land.command("history"))
    .description(t("cli.land.history"))
    .addOption(country().makeOptionMandatory())
    .addOption(day("--on <date>", "cli.land.history-on"))
    .action(async (options: Shared & { on?: string }, command: Command) => {
      said(options, await open(command, options, (desk) => desk.history(options.on)), tell.history);
    });

  const task = land.command("task").description(t("cli.land.task"));
  asJson(task.command("list"))
    .description(t("cli.land.task-list"))
    .addOption(country())
    .addOption(new Option("--status <status...>", t("cli.land.task-status")).choices(taskStatuses))
    .addOption(new Option("--limit <count>", t("cli.land.limit")).argParser(countUpTo(output, 200)).default(50))
    .action(async (options: Shared & { status?: string[]; limit: number }, command: Command) => {
      said(options, await open(command, options, (desk) => desk.tasks(options)), tell.tasks);
    });
}

interface Tools {
  country(): Option;
  asJson(command: Command): Command;
  open<T>(command: Command, options: Shared, work: (desk: tell.LandDesk) => Promise<T>): Promise<T>;
  said<T>(options: Shared, value: T, words: (output: Output, value: T) => void): void;
}

function reportCommands(land: Command, output: Output, { country, asJson, open, said }: Tools): void {
  const { t } = output;
  const report = land.command("report").description(t("cli.land.report"));
  asJson(report.command("list"))
    .description(t("cli.land.report-list"))
    .addOption(country())
    .addOption(new Option("--state <state...>", t("cli.land.report-state")).choices(reportStates))
    .addOption(new Option("--type <type...>", t("cli.land.report-type")).choices(reportTypes))
    .option("--search <text>", t("cli.land.search"))
    .addOption(new Option("--limit <count>", t("cli.land.limit")).argParser(countUpTo(output, 200)).default(50))
    .action(async (options: Shared & tell.ReportQuestion, command: Command) => {
      said(options, await open(command, options, (desk) => desk.reports(options)), tell.reports);
    });

  asJson(report.command("show").argument("<report>", t("cli.land.report-code")))
    .description(t("cli.land.report-show"))
    .addOption(country())
    .action(async (wanted: string, options: Shared, command: Command) => {
      said(options, await open(command, options, (desk) => desk.report(wanted)), tell.report);
    });

  for (const step of ["submit", "verify", "approve", "return"] as const) {
    const argument = step === "submit" ? "cli.land.report-or-file" : "cli.land.report-code";
    const made = asJson(report.command(step).argument("<report>", t(argument)))
      .description(t(`cli.land.report-${step}`))
      .addOption(country())
      .requiredOption("--as <email>", t("cli.land.as"));
    if (step === "return") made.requiredOption("--comment <text>", t("cli.land.reasons"));
    else made.option("--comment <text>", t("cli.land.comment"));
    made.action(async (wanted: string, options: Shared & { comment?: string }, command: Command) => {
      said(options, await open(command, options, (desk) => desk.decide(step, wanted, options.comment)), tell.report);
    });
  }
}
