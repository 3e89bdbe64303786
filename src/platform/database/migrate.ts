import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import { Problem } from "../kernel/problem.ts";
import { rootPath } from "../kernel/root.ts";
import { databaseProblems } from "./lock.ts";
import type { Database } from "./types.ts";

/** One forward step of the schema: `0001-name.sql`. */
export interface Migration {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

/** Reads the migrations of the program, in order. */
export function readMigrations(folder = rootPath("src", "platform", "database", "migrations")): Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(`${folder}/${file}`, "utf8");
      // Line ends may differ between checkouts; the statements do not.
      const checksum = createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex");
      return { number: Number(file.slice(0, 4)), name: file.slice(5, -4), sql: text, checksum };
    });
}

/** A fingerprint of the schema that the program makes: number, name and content of every migration. */
export function schemaKey(migrations = readMigrations()): string {
  const hash = createHash("sha256");
  for (const { number, name, checksum } of migrations) hash.update(`${number} ${name} ${checksum}`);
  return hash.digest("hex").slice(0, 12);
}

interface Applied {
  number: number;
  name: string;
  checksum: string;
}

async function appliedMigrations(db: Database): Promise<Applied[]> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('public.migration') is not null as there`.execute(
    db.owner,
  );
  if (!rows[0]?.there) return [];
  const applied = await sql<Applied>`select number, name, checksum from migration order by number`.execute(db.owner);
  return applied.rows;
}

/** How far a database is: what was applied, what waits, and what the program does not know. */
export async function migrationState(
  db: Database,
  migrations = readMigrations(),
): Promise<{ applied: number; pending: Migration[]; newer: string[]; altered: string[] }> {
  const applied = await appliedMigrations(db);
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  return {
    applied: applied.length,
    pending: migrations.filter(({ number }) => !applied.some((row) => row.number === number)),
    newer: applied.filter(({ number }) => !known.has(number)).map(({ number, name }) => `${number} ${name}`),
    altered: applied
      .filter(({ number, checksum }) => known.has(number) && known.get(number)?.checksum !== checksum)
      .map(({ number, name }) => `${number} ${name}`),
  };
}

/**
 * Brings a database up to the program, one transaction a step. Two processes may start at once: the second waits.
 * @returns how many steps were applied
 * @throws Problem `database.newer-than-program` or `database.migration-altered`; nothing is changed then
 */
export async function migrate(db: Database, migrations = readMigrations()): Promise<number> {
  const state = await migrationState(db, migrations);
  if (state.newer.length > 0) {
    throw new Problem(databaseProblems["newer-than-program"], {
      newer: state.newer,
      known: migrations.at(-1)?.number ?? 0,
    });
  }
  if (state.altered.length > 0) throw new Problem(databaseProblems["migration-altered"], { altered: state.altered });
  if (state.pending.length === 0) return 0;
  let done = 0;
  for (const migration of state.pending) {
    done += await db.owner.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(7226471)`.execute(tx);
      await sql`create table if not exists migration (
        number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now()
      )`.execute(tx);
      const { rows } = await sql`select 1 from migration where number = ${migration.number}`.execute(tx);
      if (rows.length > 0) return 0;
      for (const statement of splitStatements(migration.sql)) await sql.raw(statement).execute(tx);
      await sql`insert into migration (number, name, checksum)
        values (${migration.number}, ${migration.name}, ${migration.checksum})`.execute(tx);
      return 1;
    });
  }
  return done;
}

/**
 * Cuts SQL into statements at semicolons outside quotes, dollar quotes and comments: the embedded database takes one
 * statement at a time where parameters are possible.
 */
export function splitStatements(text: string): string[] {
  const statements: string[] = [];
  let start = 0;
  let i = 0;
  while (i < text.length) {
    const rest = text.slice(i, i + 2);
    if (rest === "--") {
      const end = text.indexOf("\n", i);
      i = end < 0 ? text.length : end + 1;
    } else if (rest === "/*") {
      const end = text.indexOf("*/", i + 2);
      i = end < 0 ? text.length : end + 2;
    } else if (text[i] === "'" || text[i] === '"') {
      const end = text.indexOf(text[i] as string, i + 1);
      i = end < 0 ? text.length : end + 1;
    } else if (text[i] === "$") {
      const tag = /^\$\w*\$/.exec(text.slice(i, i + 60))?.[0];
      if (!tag) i++;
      else {
        const end = text.indexOf(tag, i + tag.length);
        i = end < 0 ? text.length : end + tag.length;
      }
    } else if (text[i] === ";") {
      statements.push(text.slice(start, i).trim());
      start = ++i;
    } else i++;
  }
  statements.push(text.slice(start).trim());
  return statements.filter((statement) => statement.replace(/--.*$/gm, "").trim() !== "");
}
