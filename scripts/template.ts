import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { fuzzystrmatch } from "@electric-sql/pglite/contrib/fuzzystrmatch";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { pgcrypto } from "@electric-sql/pglite/contrib/pgcrypto";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import { postgis } from "@electric-sql/pglite-postgis";
import { rootPath } from "../src/platform/kernel/root.ts";

/**
 * Makes `assets/database/template.tar.br`: an initialised, empty data directory with the extensions created, so that
 * a first start unpacks it instead of initialising for ten seconds. Run again when the pinned PGlite changes.
 */
async function buildTemplate(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "santi-template-"));
  const db = await PGlite.create({
    dataDir: directory,
    extensions: { postgis, pg_trgm, unaccent, btree_gist, fuzzystrmatch, pgcrypto },
  });
  for (const name of ["postgis", "pg_trgm", "unaccent", "btree_gist", "fuzzystrmatch", "pgcrypto"]) {
    await db.exec(`create extension ${name}`);
  }
  await db.exec("vacuum full");
  await db.exec("checkpoint");
  const tar = Buffer.from(await (await db.dumpDataDir("none")).arrayBuffer());
  await db.close();
  rmSync(directory, { recursive: true });
  const packed = brotliCompressSync(tar, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: tar.length,
    },
  });
  mkdirSync(rootPath("assets", "database"), { recursive: true });
  writeFileSync(rootPath("assets", "database", "template.tar.br"), packed);
  process.stdout.write(`${packed.length} bytes\n`);
}

await buildTemplate();
