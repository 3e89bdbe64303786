import type { Command } from "commander";
import { allSchedules, issueDue, messagesOf } from "../../domains/reporting/index.ts";
import { programClaims } from "../../platform/database/types.ts";
import { issuingOf } from "../server/issuing.ts";
import { CommandFailed, type Output } from "./output.ts";
import { interruptSignal, withNode } from "./with-node.ts";

/** The commands that care for reports which are issued by themselves. */
export function reportsCommands(program: Command, output: Output): void {
  const { t } = output;
  const reports = program.command("reports").description(t("cli.reports.description"));
  const schedule = reports.command("schedule").description(t("cli.reports.schedule"));
  const asJson = (command: Command) => command.option("--json", t("cli.option.json"), false);

  asJson(schedule.command("list"))
    .description(t("cli.reports.schedule.list"))
    .action(async ({ json }: { json: boolean }, command: Command) => {
      const found = await withNode(command, ({ database }) => database.transaction(programClaims, allSchedules));
      const listed = found.map(({ country, id, definition, every, nextOn, paused, stopped, folder, recipients }) => ({
        ...{ country, id, definition, every, nextOn, folder, recipients: recipients.length },
        state: stopped ?? (paused ? "paused" : "waiting"),
      }));
      if (json) return output.json(listed);
      if (listed.length === 0) output.line(t("cli.reports.schedule.none"));
      for (const { country, definition, every, nextOn, state } of listed)
        output.line(
          t("cli.reports.schedule.line", {
            country,
            definition,
            every,
            next: nextOn,
            state: state.replace("account-", ""),
          }),
        );
    });

  asJson(schedule.command("run"))
    .description(t("cli.reports.schedule.run"))
    .action(async ({ json }: { json: boolean }, command: Command) => {
      const ended = await withNode(command, (node) =>
        issueDue({ ...issuingOf(node), message: messagesOf }, interruptSignal()),
      );
      if (json) output.json(ended);
      else if (ended.length === 0) output.line(t("cli.reports.schedule.nothing-due"));
      else
        for (const { country, id, state } of ended)
          output.line(t("cli.reports.schedule.issued", { country, issue: id, state: state ?? "taken" }));
      if (ended.some(({ state }) => state === "failed")) throw new CommandFailed();
    });
}
