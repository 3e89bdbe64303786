import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { firstSample, inventAhead } from "../sample-region/ahead.ts";
import { loadSample } from "../sample-region/load.ts";
import { definitions } from "../src/apps/server/compose.ts";
import { loadCountries } from "../src/domains/places/reference.ts";
import { keepAsFirstDatabase, type Prepared } from "../src/platform/database/first-database.ts";
import { migrate } from "../src/platform/database/migrate.ts";
import { openDatabase } from "../src/platform/database/open.ts";
import { type Database, programClaims } from "../src/platform/database/types.ts";

// Part of the build: every new embedded node begins with a copy of one of these instead of making its tables by itself. The
// second holds the records of the sample region too; people, whose names the node's own keys seal, come at its start.
const directory = mkdtempSync(join(tmpdir(), "santi-first-"));
await prepare("tables", async (db) => {
  await migrate(db);
  await db.transaction(programClaims, loadCountries);
});
await prepare("sample", async (db) => {
  await loadSample(db, definitions, inventAhead(firstSample), { now: new Date() });
});
rmSync(directory, { recursive: true, force: true });

async function prepare(name: Prepared, fill: (db: Database) => Promise<void>): Promise<void> {
  const db = await openDatabase({ directory, begin: "bare" });
  await fill(db);
  await sql`vacuum analyze`.execute(db.owner);
  // Used segments of the log are thrown away, not kept for later: each would be sixteen megabytes that every node copies.
  await sql`set wal_recycle = off`.execute(db.owner);
  await sql`checkpoint`.execute(db.owner);
  await db.close();
  keepAsFirstDatabase(directory, name);
}
