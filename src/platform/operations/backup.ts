import { once } from "node:events";
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { StringDecoder } from "node:string_decoder";
import { createGunzip, createGzip } from "node:zlib";
import { sql } from "kysely";
import { databaseProblems } from "../database/lock.ts";
import { migrate, migrationState, readMigrations } from "../database/migrate.ts";
import type { Database, Tx } from "../database/types.ts";
import { sealEvents } from "../events/index.ts";
import { Problem } from "../kernel/problem.ts";
import { programVersion } from "../kernel/root.ts";
import { type BackupTable, listTables, RowsDigest, readLines } from "./tables.ts";

/** What a backup says about itself, in its first line. */
interface Header {
  format: "santi-backup-1";
  program: string;
  /** Number of the last migration of the node. */
  migration: number;
  createdAt: string;
  /** The node's key: without it second factors and sealed columns could not be read after a restore. */
  secret: string | null;
}

/** What was in a backup or came back from it. */
export interface BackupReport {
  rows: number;
  tables: { table: string; rows: number; digest: string }[];
}

export type BackupProgress = (table: string, rows: number) => void;

/**
 * Writes a node into one compressed file: all tables at one moment, with row counts and digests. Works on both
 * databases and reads back on both. The file appears under its name only when it is complete, readable by its owner.
 * @throws Problem `database.not-empty` when the file exists
 */
export async function writeBackup(
  db: Database,
  file: string,
  options: { secret: string | null; now: Date; onProgress?: BackupProgress },
): Promise<BackupReport> {
  if (existsSync(file)) throw new Problem(databaseProblems["not-empty"], { target: file });
  await sealEvents(db);
  const partial = `${file}.partial`;
  const gzip = createGzip({ level: 6 });
  let failure: Error | null = null;
  const written = pipeline(gzip, createWriteStream(partial, { mode: 0o600 }));
  written.catch((cause: Error) => {
    failure = cause;
  });
  gzip.on("error", () => {});
  const write = async (line: string) => {
    if (failure) throw failure;
    // A full disk ends the waiting too.
    if (!gzip.write(`${line}\n`)) await Promise.race([once(gzip, "drain"), written]);
  };
  try {
    const report = await db.owner
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute(async (tx) => {
        const state = await sql<{ last: number }>`select max(number) as last from migration`.execute(tx);
        const header: Header = {
          format: "santi-backup-1",
          program: programVersion(),
          migration: state.rows[0]?.last ?? 0,
          createdAt: options.now.toISOString(),
          secret: options.secret,
        };
        await write(JSON.stringify(header));
        const report: BackupReport = { rows: 0, tables: [] };
        for (const table of await listTables(tx)) {
          await write(JSON.stringify({ table: table.name, columns: table.columns.map(({ name }) => name) }));
          const digest = new RowsDigest();
          for await (const lines of readLines(tx, table)) {
            for (const line of lines) {
              digest.add(line);
              await write(line);
            }
            options.onProgress?.(table.name, digest.count);
          }
          const end = { table: table.name, rows: digest.count, digest: digest.value() };
          await write(JSON.stringify({ end }));
          report.tables.push(end);
          report.rows += digest.count;
        }
        await write(JSON.stringify({ complete: true, rows: report.rows }));
        return report;
      });
    gzip.end();
    await written;
    renameSync(partial, file);
    return report;
  } catch (cause) {
    gzip.destroy();
    await written.catch(() => {});
    rmSync(partial, { force: true });
    throw failure ?? cause;
  }
}

const damaged = (what: string) => new Problem(databaseProblems["backup-damaged"], { what });

/** The lines of a backup, read as they are needed. @throws Problem `database.backup-damaged` when it cannot be unpacked */
async function* lines(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  const unpacked = pipeline(source, gunzip);
  // The error is thrown below, where the lines are read; here it must only not go unnoticed by the process.
  unpacked.catch(() => {});
  const decoder = new StringDecoder("utf8");
  let rest = "";
  try {
    for await (const chunk of gunzip) {
      const parts = (rest + decoder.write(chunk as Buffer)).split("\n");
      rest = parts.pop() ?? "";
      yield* parts;
    }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (cause instanceof Problem || code === "ENOENT" || code === "EACCES" || code === "EISDIR") throw cause;
    throw damaged("compression");
  } finally {
    source.destroy();
    gunzip.destroy();
  }
  if (rest !== "") throw damaged("end");
}

async function isEmpty(db: Database): Promise<boolean> {
  const state = await migrationState(db);
  if (state.applied === 0) return true;
  const { rows } = await sql<{ there: boolean }>`select exists (select from event) as there`.execute(db.owner);
  return !rows[0]?.there;
}

async function insertLines(
  tx: Tx,
  table: BackupTable,
  names: readonly string[],
  batch: readonly string[],
): Promise<void> {
  const columns = names.map((name) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (!column) throw damaged(`${table.name}.${name}`);
    return column;
  });
  const values = columns.map(({ type }, i) => sql`(r ->> ${sql.lit(i)})::${sql.raw(type)}`);
  // The events of a backup are older than every transaction here: unsealed ones come after sealed ones.
  const isEvent = table.name === "event";
  const overriding = columns.some(({ identity }) => identity) ? sql`overriding system value` : sql``;
  await sql`insert into ${sql.table(table.name)} (${sql.join(columns.map(({ name }) => sql.ref(name)))}${isEvent ? sql`, xact` : sql``})
    ${overriding} select ${sql.join(values)}${isEvent ? sql`, '4'::xid8` : sql``}
    from jsonb_array_elements(${`[${batch.join(",")}]`}::jsonb) as r`.execute(tx);
}

/**
 * Restores a backup into an empty node, or with `replace` in place of everything that is there, then reads all rows
 * back and compares counts and digests. One transaction: a backup that fails half-way changes nothing.
 * @returns the report and the node's key that the backup carried
 * @throws Problem `database.not-empty`, `database.backup-damaged`, `database.backup-older` or
 * `database.newer-than-program`
 */
export async function restoreBackup(
  db: Database,
  file: string,
  options: { replace?: boolean; onProgress?: BackupProgress } = {},
): Promise<BackupReport & { secret: string | null }> {
  if (!options.replace && !(await isEmpty(db))) throw new Problem(databaseProblems["not-empty"], { target: "node" });
  const input = lines(file);
  const first = await input.next();
  let header: Header;
  try {
    header = JSON.parse(first.value as string) as Header;
    if (header.format !== "santi-backup-1") throw new Error("format");
  } catch (cause) {
    if (cause instanceof Problem || (cause as NodeJS.ErrnoException).code === "ENOENT") throw cause;
    throw damaged("header");
  }
  const migrations = readMigrations();
  const known = migrations.at(-1)?.number ?? 0;
  if (header.migration > known) {
    throw new Problem(databaseProblems["newer-than-program"], { newer: [String(header.migration)], known });
  }
  const state = await migrationState(db);
  // Later steps may turn old data into new; they run after the rows are there, which only a fresh database allows.
  if (state.applied > header.migration) {
    throw new Problem(databaseProblems["backup-older"], { backup: header.migration, node: state.applied });
  }
  await migrate(
    db,
    migrations.filter(({ number }) => number <= header.migration),
  );
  const report: BackupReport = { rows: 0, tables: [] };
  await db.owner.transaction().execute(async (tx) => {
    const tables = await listTables(tx);
    await sql`truncate ${sql.join(tables.map(({ name }) => sql.table(name)))}`.execute(tx);
    await switchTriggers(tx, tables, "disable");
    await fill(tx, input, tables, report, options.onProgress);
    await markSealed(tx);
    await resetIdentities(tx, tables);
    await sql`set constraints all immediate`.execute(tx);
    await switchTriggers(tx, tables, "enable");
    for (const { table, rows, digest } of report.tables) {
      const found = new RowsDigest();
      const known = tables.find(({ name }) => name === table) as BackupTable;
      for await (const batch of readLines(tx, known)) for (const line of batch) found.add(line);
      if (found.count !== rows || found.value() !== digest) throw damaged(table);
    }
  });
  await migrate(db, migrations);
  return { ...report, secret: header.secret };
}

async function fill(
  tx: Tx,
  input: AsyncGenerator<string>,
  tables: BackupTable[],
  report: BackupReport,
  onProgress?: BackupProgress,
) {
  let current: { table: BackupTable; columns: string[]; digest: RowsDigest } | null = null;
  let batch: string[] = [];
  let complete = false;
  const flush = async () => {
    if (current && batch.length > 0) {
      const { name } = current.table;
      await insertLines(tx, current.table, current.columns, batch).catch((cause) => {
        // Data that the database cannot take (classes 22 and 23) were not written by it.
        throw /^2[23]/.test(String((cause as { code?: unknown }).code)) ? damaged(name) : cause;
      });
    }
    batch = [];
  };
  for await (const line of input) {
    if (line.startsWith("[")) {
      if (!current) throw damaged("row outside a table");
      current.digest.add(line);
      batch.push(line);
      if (batch.length === 1000) {
        await flush();
        onProgress?.(current.table.name, current.digest.count);
      }
      continue;
    }
    let mark: {
      table?: string;
      columns?: string[];
      end?: BackupReport["tables"][number];
      complete?: boolean;
      rows?: number;
    };
    try {
      mark = JSON.parse(line);
    } catch {
      throw damaged("line");
    }
    await flush();
    if (mark.end) {
      if (!current || current.digest.count !== mark.end.rows || current.digest.value() !== mark.end.digest)
        throw damaged(mark.end.table);
      report.tables.push(mark.end);
      report.rows += mark.end.rows;
      current = null;
    } else if (mark.table && mark.columns) {
      const table = tables.find(({ name }) => name === mark.table);
      if (!table) throw damaged(mark.table);
      current = { table, columns: mark.columns, digest: new RowsDigest() };
    } else if (mark.complete) complete = mark.rows === report.rows;
  }
  if (!complete) throw damaged("end");
}

/** Puts sealed events before unsealed ones in the order of the sealer. */
async function markSealed(tx: Tx): Promise<void> {
  await sql`update event set xact = '3'::xid8 where id in (select event_id from event_seal)`.execute(tx);
}

/**
 * The rows of a backup are as the triggers left them: summaries are among them, and what belongs together may come in
 * different batches. References between tables are checked all the same.
 */
async function switchTriggers(tx: Tx, tables: readonly BackupTable[], to: "disable" | "enable"): Promise<void> {
  for (const { name } of tables) await sql`alter table ${sql.table(name)} ${sql.raw(to)} trigger user`.execute(tx);
}

async function resetIdentities(tx: Tx, tables: readonly BackupTable[]): Promise<void> {
  for (const table of tables) {
    for (const { name, identity } of table.columns) {
      if (!identity) continue;
      await sql`select setval(pg_get_serial_sequence(${table.name}, ${name}), coalesce((select max(${sql.ref(name)}) from ${sql.table(table.name)}), 0) + 1, false)`.execute(
        tx,
      );
    }
  }
}
