import { randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe } from "vitest";
import { migrate, schemaKey } from "./migrate.ts";
import { openDatabase } from "./open.ts";
import type { Claims, Database, Tx } from "./types.ts";
import { programClaims } from "./types.ts";

/** What a suite on a real database gets. */
export interface DatabaseTest {
  /** The migrated database of this suite; its own, thrown away afterwards. */
  readonly db: Database;
  /** Runs `work` in a transaction with claims and rolls it back. */
  rollback(work: (tx: Tx) => Promise<void>, claims?: Claims): Promise<void>;
}

/** A migrated embedded directory, prepared once per schema and copied for whoever asks, who removes it. */
export async function embeddedCopy(): Promise<string> {
  const cache = join(tmpdir(), "santi-test-embedded");
  const prepared = join(cache, schemaKey());
  if (!existsSync(prepared)) {
    mkdirSync(cache, { recursive: true });
    const partial = mkdtempSync(join(cache, "making-"));
    const db = await openDatabase({ directory: partial, begin: "bare" });
    await migrate(db);
    await db.close();
    try {
      renameSync(partial, prepared);
    } catch {
      rmSync(partial, { recursive: true, force: true }); // Another worker was faster.
    }
  }
  const directory = mkdtempSync(join(tmpdir(), "santi-test-"));
  cpSync(prepared, directory, { recursive: true });
  return directory;
}

/** A new PostgreSQL database copied from a migrated template. */
async function postgresCopy(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  const template = `santi_test_${schemaKey()}`;
  await admin.query("select pg_advisory_lock(7226473)");
  const { rowCount } = await admin.query("select 1 from pg_database where datname = $1", [template]);
  if (rowCount === 0) {
    await admin.query(`create database "${template}_making"`);
    const db = await openDatabase({ url: withDatabase(server, `${template}_making`) });
    await migrate(db);
    await db.close();
    await admin.query(`alter database "${template}_making" rename to "${template}"`);
  }
  const name = `santi_run_${randomBytes(6).toString("hex")}`;
  await admin.query(`create database "${name}" template "${template}"`);
  await admin.query("select pg_advisory_unlock(7226473)");
  return {
    url: withDatabase(server, name),
    async drop() {
      await admin.query(`drop database if exists "${name}" with (force)`);
      await admin.end();
    },
  };
}

/** The same server, another database. */
export function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}

/**
 * Runs the same suite on the embedded database and, where `SANTI_TEST_DATABASE_URL` names a PostgreSQL server with
 * PostGIS (as `npm test` does), on PostgreSQL too. Each suite has a database of its own.
 */
export function describeEachDatabase(name: string, suite: (context: DatabaseTest) => void): void {
  const server = process.env.SANTI_TEST_DATABASE_URL;
  const kinds = (server ? ["embedded", "postgres"] : ["embedded"]) as ("embedded" | "postgres")[];
  describe.each(kinds)(`${name} (%s)`, (kind) => {
    let db: Database | undefined;
    let cleanUp: () => Promise<void> = async () => {};
    beforeAll(async () => {
      if (kind === "embedded") {
        const directory = await embeddedCopy();
        db = await openDatabase({ directory });
        cleanUp = async () => rmSync(directory, { recursive: true, force: true });
      } else {
        const copy = await postgresCopy(server as string);
        db = await openDatabase({ url: copy.url });
        cleanUp = copy.drop;
      }
    });
    afterAll(async () => {
      await db?.close();
      await cleanUp();
    });
    suite({
      get db() {
        if (!db) throw new Error("The database is opened before the first test, not while the suite is described");
        return db;
      },
      async rollback(work, claims = programClaims) {
        const undo = new Error("rolled back");
        await this.db
          .transaction(claims, async (tx) => {
            await work(tx);
            throw undo;
          })
          .catch((cause) => {
            if (cause !== undo) throw cause;
          });
      },
    });
  });
}
