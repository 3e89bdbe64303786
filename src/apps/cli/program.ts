import { Command, CommanderError } from "commander";
import { programVersion } from "../../platform/kernel/root.ts";
import { CommandFailed, commandLanguage, createOutput, type Streams } from "./output.ts";
import { startCommand } from "./start.ts";

/** Every command below a command, at any depth. */
function allCommands(parent: Command): Command[] {
  return parent.commands.flatMap((command) => [command as Command, ...allCommands(command as Command)]);
}

/**
 * Runs the command that the arguments name.
 * @param args what follows `santi`
 * @returns the exit code: 0 done, 1 findings or failure, 2 wrong usage
 */
export async function runProgram(args: readonly string[], streams: Streams = process): Promise<number> {
  const output = createOutput(commandLanguage(), streams);
  const { t } = output;
  const program = new Command("santi")
    .description(t("cli.description"))
    .version(programVersion(), "-V, --version", t("cli.version"))
    .helpOption("-h, --help", t("cli.help"))
    .helpCommand("help [command]", t("cli.help"))
    .option("--data <dir>", t("cli.option.data"))
    .option("--database <url>", t("cli.option.database"))
    .showHelpAfterError(t("cli.see-help"))
    .configureOutput({
      writeOut: (text) => void streams.stdout.write(text),
      writeErr: (text) => void streams.stderr.write(text),
    })
    .exitOverride();

  startCommand(program, output);
  // A server should answer soon: what the other commands need is read from disk only for them.
  if (args[0] !== "start") {
    const [imports, batches, data, account, vault, land, access, reports] = await Promise.all([
      import("./import.ts"),
      import("./imports.ts"),
      import("./data.ts"),
      import("./account.ts"),
      import("./vault.ts"),
      import("./land.ts"),
      import("./access.ts"),
      import("./reports.ts"),
    ]);
    imports.importCommand(program, output);
    batches.importsCommands(program, output);
    data.dataCommands(program, output);
    account.accountCommands(program, output);
    vault.vaultCommands(program, output);
    land.landCommands(program, output);
    access.accessCommands(program, output);
    reports.reportsCommands(program, output);
  }
  // Options that follow a subcommand are understood there too, and every subcommand explains itself.
  for (const command of allCommands(program)) {
    command.exitOverride().helpOption("-h, --help", t("cli.help"));
    if (command.commands.length === 0) {
      command.option("--data <dir>", t("cli.option.data")).option("--database <url>", t("cli.option.database"));
    }
  }

  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (cause) {
    output.endProgress();
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2;
    if (!(cause instanceof CommandFailed)) output.problem(cause);
    return 1;
  }
}
