import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { loadCountries } from "../src/domains/places/reference.ts";
import { keepAsFirstDatabase } from "../src/platform/database/first-database.ts";
import { migrate } from "../src/platform/database/migrate.ts";
import { openDatabase } from "../src/platform/database/open.ts";
import { programClaims } from "../src/platform/database/types.ts";

// Part of the build: every new embedded node begins with this copy instead of making its tables by itself.
const directory = mkdtempSync(join(tmpdir(), "santi-first-"));
const db = await openDatabase({ directory });
await migrate(db);
await db.transaction(programClaims, loadCountries);
await sql`vacuum analyze`.execute(db.owner);
// Used segments of the log are thrown away, not kept for later: each would be sixteen megabytes that every node copies.
await sql`set wal_recycle = off`.execute(db.owner);
await sql`checkpoint`.execute(db.owner);
await db.close();
keepAsFirstDatabase(directory);
rmSync(directory, { recursive: true, force: true });
