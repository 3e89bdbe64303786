import type { Command } from "commander";
import { frictionCommand } from "./access/friction.ts";
import { runCommand } from "./access/run.ts";
import { scoreCommand } from "./access/score.ts";
import { siteCommand } from "./access/site.ts";
import { travelTimeCommand } from "./access/travel-time.ts";
import type { Output } from "./output.ts";

/** The commands of travel time and access to services, on files: they need no node. */
export function accessCommands(program: Command, output: Output): void {
  const access = program.command("access").description(output.t("cli.access.description"));
  frictionCommand(access, output);
  travelTimeCommand(access, output);
  scoreCommand(access, output);
  siteCommand(access, output);
  runCommand(access, output);
}
