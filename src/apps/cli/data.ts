import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { hasSample, removeSample } from "../../../sample-region/load.ts";
import { verifyAudit } from "../../platform/administration/index.ts";
import { databaseProblems } from "../../platform/database/lock.ts";
import { migrate, migrationState } from "../../platform/database/migrate.ts";
import { openDatabase } from "../../platform/database/open.ts";
import { safeAddress } from "../../platform/database/postgres.ts";
import { sealEvents, verifyChain } from "../../platform/events/index.ts";
import { systemClock } from "../../platform/kernel/clock.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { type BackupReport, restoreBackup, writeBackup } from "../../platform/operations/backup.ts";
import { diagnose } from "../../platform/operations/doctor.ts";
import { createVault, diagnoseVault, keyFile } from "../../platform/vault/index.ts";
import { definitions } from "../server/compose.ts";
import { openApiDocument } from "../server/openapi.ts";
import { positiveNumber, wholeNumber } from "./arguments.ts";
import { nodeLocation, stateDirectory } from "./location.ts";
import { CommandFailed, type Output } from "./output.ts";
import { addSample, inventAhead } from "./sample.ts";
import { withNode } from "./with-node.ts";

/** The commands that care for a node's data as a whole. */
export function dataCommands(program: Command, output: Output): void {
  const { t } = output;
  const asJson = (command: Command) => command.option("--json", t("cli.option.json"), false);
  const told = (report: BackupReport) => ({ rows: report.rows, tables: report.tables });
  const progress = (table: string, rows: number) => output.progress(t("cli.backup.progress", { table, rows }), rows);

  asJson(program.command("backup").argument("<file>", t("cli.backup.file")))
    .description(t("cli.backup.description"))
    .action(async (file: string, { json }: { json: boolean }, command: Command) => {
      const report = await withNode(command, (node) =>
        writeBackup(node.database, file, { secret: node.secret, now: node.clock(), onProgress: progress }),
      );
      output.endProgress();
      if (json) output.json(told(report));
      else output.line(t("cli.backup.done", { rows: report.rows, tables: report.tables.length, file }));
    });

  asJson(program.command("restore").argument("<file>", t("cli.restore.file")))
    .description(t("cli.restore.description"))
    .option("--replace", t("cli.restore.replace"), false)
    .action(async (file: string, { json, replace }: { json: boolean; replace: boolean }, command: Command) => {
      const { databaseUrl, directory } = nodeLocation(command);
      const db = await openDatabase(databaseUrl ? { url: databaseUrl } : { directory, begin: "bare" });
      try {
        const report = await restoreBackup(db, file, { replace, onProgress: progress });
        await sealEvents(db);
        if (report.secret) keepSecret(directory, report.secret);
        output.endProgress();
        if (json) output.json(told(report));
        else output.line(t("cli.restore.done", { rows: report.rows, tables: report.tables.length }));
      } finally {
        await db.close();
      }
    });

  asJson(program.command("move"))
    .description(t("cli.move.description"))
    .requiredOption("--to <url>", t("cli.move.to"))
    .action(async ({ to, json }: { to: string; json: boolean }, command: Command) => {
      const folder = mkdtempSync(join(tmpdir(), "santi-move-"));
      const file = join(folder, "node.santi");
      const target = await openDatabase({ url: to });
      try {
        await withNode(command, async (node) => {
          if (node.database.kind !== "embedded") throw new Problem(databaseProblems["not-embedded"]);
          await writeBackup(node.database, file, { secret: node.secret, now: node.clock(), onProgress: progress });
        });
        const report = await restoreBackup(target, file, { onProgress: progress });
        await sealEvents(target);
        const kept = report.secret === null || keepSecret(stateDirectory(), report.secret, false);
        output.endProgress();
        if (json) output.json(told(report));
        else {
          output.line(
            t("cli.move.done", { rows: report.rows, tables: report.tables.length, address: safeAddress(to) }),
          );
          if (!kept) output.line(t("cli.move.secret", { file: join(nodeLocation(command).directory, "secret") }));
        }
      } finally {
        await target.close();
        rmSync(folder, { recursive: true, force: true });
      }
    });

  asJson(program.command("doctor"))
    .description(t("cli.doctor.description"))
    .action(async ({ json }: { json: boolean }, command: Command) => {
      const { databaseUrl, directory } = nodeLocation(command);
      const db = await openDatabase(databaseUrl ? { url: databaseUrl } : { directory });
      try {
        const vault = createVault({ file: keyFile(process.env.SANTI_VAULT_KEYS, directory) });
        const found = [...(await diagnose(db, databaseUrl ? null : directory)), await diagnoseVault(db, vault)];
        if (json) output.json({ healthy: found.every(({ state }) => state !== "bad"), found });
        else
          for (const { name, state, params } of found)
            output.line(`${t(`cli.doctor.state.${state}`)}  ${t(`doctor.${name}`, params)}`);
        if (found.some(({ state }) => state === "bad")) throw new CommandFailed();
      } finally {
        await db.close();
      }
    });

  const audit = program.command("audit").description(t("cli.audit.description"));
  asJson(audit.command("verify"))
    .description(t("cli.audit.verify"))
    .action(async ({ json }: { json: boolean }, command: Command) => {
      const { databaseUrl, directory } = nodeLocation(command);
      const db = await openDatabase(databaseUrl ? { url: databaseUrl } : { directory });
      try {
        const progress = (checked: number) => output.progress(t("cli.audit.progress", { checked }), checked);
        const { pending } = await migrationState(db);
        // A node of an older version can be checked before it is brought up to date; only it cannot keep the outcome yet.
        const report =
          pending.length > 0 ? await verifyChain(db, progress) : await verifyAudit(db, systemClock, null, progress);
        if (pending.length === 0) await sealEvents(db);
        output.endProgress();
        if (json) output.json(report);
        else {
          output.line(t("cli.audit.report", { sealed: report.sealed, unsealed: report.unsealed, head: report.head }));
          if (report.problems.length === 0) output.line(t("cli.audit.good"));
          for (const { kind, position, eventId } of report.problems) {
            output.line(`  ${t(`cli.audit.problem.${kind}`, { position: position ?? 0, event: eventId ?? "" })}`);
          }
        }
        if (report.problems.length > 0) throw new CommandFailed();
      } finally {
        await db.close();
      }
    });

  asJson(program.command("sample"))
    .description(t("cli.sample.description"))
    .option("--scale <number>", t("cli.sample.scale"), positiveNumber(output), 1)
    .option("--seed <number>", t("cli.sample.seed"), wholeNumber(output), 1)
    .option("--remove", t("cli.sample.remove"), false)
    .action(
      async (
        { scale, seed, remove, json }: { scale: number; seed: number; remove: boolean; json: boolean },
        command: Command,
      ) => {
        await withNode(command, async (node) => {
          if (remove) {
            const removed = await removeSample(node.database, definitions, node.clock());
            const accounts = await node.access.removeSampleAccounts();
            if (json) output.json({ removed, accounts });
            else output.line(t("cli.sample.removed", { removed, accounts }));
            return;
          }
          if (await hasSample(node.database.owner)) {
            output.line(t("cli.sample.there"));
            throw new CommandFailed();
          }
          const items = await addSample(node, output, inventAhead({ scale, seed }));
          if (json) output.json({ items, scale, seed });
          else output.line(t("cli.sample.loaded", { items, scale, seed }));
        });
      },
    );

  program
    .command("migrate")
    .description(t("cli.migrate.description"))
    .action(async (_options: unknown, command: Command) => {
      const { databaseUrl, directory } = nodeLocation(command);
      const db = await openDatabase(databaseUrl ? { url: databaseUrl } : { directory });
      try {
        output.line(t("cli.migrate.done", { count: await migrate(db) }));
      } finally {
        await db.close();
      }
    });

  program
    .command("openapi")
    .description(t("cli.openapi.description"))
    .action(() => output.json(openApiDocument()));
}

/**
 * Puts the key of a node where the next start finds it; one that is given by the environment stays in charge.
 * @param replace whether another key that is there may be overwritten
 * @returns whether the next start will use this key
 */
function keepSecret(directory: string, secret: string, replace = true): boolean {
  if (process.env.SANTI_SECRET) return process.env.SANTI_SECRET === secret;
  const file = join(directory, "secret");
  if (!replace && existsSync(file)) return readFileSync(file, "utf8").trim() === secret;
  mkdirSync(directory, { recursive: true });
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  return true;
}
