import { existsSync } from "node:fs";
import type { Command } from "commander";
import { databaseProblems } from "../../platform/database/lock.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { copyKeys, keyFile, mergeKeys, rotateKeys, vaultProblems, vaultStatus } from "../../platform/vault/index.ts";
import { nodeLocation } from "./location.ts";
import { CommandFailed, type Output } from "./output.ts";
import { interruptSignal, withNode } from "./with-node.ts";

/** The commands that care for the keys with which identities are sealed. */
export function vaultCommands(program: Command, output: Output): void {
  const { t } = output;
  const vault = program.command("vault").description(t("cli.vault.description"));
  const asJson = (command: Command) => command.option("--json", t("cli.option.json"), false);

  asJson(vault.command("status"))
    .description(t("cli.vault.status"))
    .action(async ({ json }: { json: boolean }, command: Command) => {
      const status = await withNode(command, (node) => vaultStatus(node.database, node.vault));
      if (json) output.json(status);
      else {
        output.line(t(`cli.vault.state.${status.state}`, { file: status.file }));
        for (const { id, madeAt, current, present, values } of status.keys) {
          const kind = present ? (current ? "current" : "old") : "missing";
          output.line(t("cli.vault.key", { id, kind, made: madeAt?.slice(0, 10) ?? "-", values }));
        }
        if (status.waiting > 0) output.line(t("cli.vault.waiting", { values: status.waiting }));
      }
      if (status.state === "missing") throw new CommandFailed();
    });

  asJson(vault.command("rotate"))
    .description(t("cli.vault.rotate"))
    .action(async ({ json }: { json: boolean }, command: Command) => {
      const report = await withNode(command, (node) =>
        rotateKeys(node.database, node.vault, {
          clock: node.clock,
          signal: interruptSignal(),
          progress: (done, all) => output.progress(t("cli.vault.progress", { done, all }), done),
        }),
      );
      output.endProgress();
      if (json) output.json(report);
      else output.line(t(report.finished ? "cli.vault.rotated" : "cli.vault.interrupted", report));
      if (!report.finished) throw new CommandFailed();
    });

  asJson(vault.command("export-keys").argument("<file>", t("cli.vault.export-file")))
    .description(t("cli.vault.export"))
    .action(async (file: string, { json }: { json: boolean }, command: Command) => {
      const from = keyFile(process.env.SANTI_VAULT_KEYS, nodeLocation(command).directory);
      if (existsSync(file)) throw new Problem(databaseProblems["not-empty"], { target: file });
      if (!existsSync(from)) throw new Problem(vaultProblems["keys-missing"], { file: from });
      const keys = copyKeys(from, file);
      if (json) output.json({ file, keys });
      else output.line(t("cli.vault.exported", { file, keys }));
    });

  asJson(vault.command("import-keys").argument("<file>", t("cli.vault.import-file")))
    .description(t("cli.vault.import"))
    .action(async (file: string, { json }: { json: boolean }, command: Command) => {
      const into = keyFile(process.env.SANTI_VAULT_KEYS, nodeLocation(command).directory);
      if (!existsSync(file)) throw new Problem(vaultProblems["keys-missing"], { file });
      const keys = mergeKeys(file, into);
      if (json) output.json({ file: into, keys });
      else output.line(t("cli.vault.imported", { file: into, keys }));
    });
}
