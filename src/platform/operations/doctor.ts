import { statfsSync } from "node:fs";
import { sql } from "kysely";
import { lockHolder } from "../database/lock.ts";
import { migrationState } from "../database/migrate.ts";
import type { Database } from "../database/types.ts";
import { verifyChain } from "../events/index.ts";
import { programVersion } from "../kernel/root.ts";

/** One thing that was looked at. The sentence is `doctor.<name>` in the catalogue. */
export interface Diagnosis {
  name:
    | "program"
    | "node"
    | "database"
    | "postgis"
    | "proj"
    | "spatial-index"
    | "lock"
    | "migrations"
    | "disk"
    | "chain";
  state: "good" | "warning" | "bad";
  params: Record<string, string | number>;
}

/** The smallest free space on the data directory's disk that is not worth a warning, in bytes. */
const enoughSpace = 1_000_000_000;

/**
 * Row-level security lets a query use the spatial index only when the function that compares boxes is marked as telling
 * nothing about rows that it does not return. Without the mark maps and lists by place stay right and read whole tables.
 */
async function spatialIndex(db: Database): Promise<Diagnosis> {
  const { rows } = await sql<{ leakproof: boolean }>`select proleakproof as leakproof from pg_proc
    where oid = to_regprocedure('geometry_overlaps(geometry, geometry)')`.execute(db.owner);
  const leakproof = rows[0]?.leakproof === true;
  return {
    name: "spatial-index",
    state: leakproof ? "good" : "warning",
    params: {
      used: leakproof ? "yes" : "no",
      command: "alter function geometry_overlaps(geometry, geometry) leakproof;",
    },
  };
}

/**
 * Looks at everything that a node needs to run well.
 * @param directory the data directory, when there is one
 */
export async function diagnose(db: Database, directory: string | null): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  found.push({ name: "program", state: "good", params: { version: programVersion() } });
  found.push({
    name: "node",
    state: major > 20 || (major === 20 && minor >= 19) ? "good" : "bad",
    params: { version: process.version },
  });
  const server = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db.owner);
  const version = server.rows[0]?.version ?? "";
  found.push({
    name: "database",
    state: Number.parseInt(version, 10) >= 15 ? "good" : "bad",
    params: { kind: db.kind, version },
  });
  try {
    const { rows } = await sql<{
      postgis: string;
      proj: string;
    }>`select PostGIS_Lib_Version() as postgis, PostGIS_PROJ_Version() as proj`.execute(db.owner);
    const postgis = rows[0]?.postgis ?? "";
    found.push({
      name: "postgis",
      state: Number.parseFloat(postgis) >= 3.3 ? "good" : "bad",
      params: { version: postgis },
    });
    // A transformation that needs PROJ's own data shows whether they are there.
    const moved = await sql<{
      x: number;
    }>`select ST_X(ST_Transform(ST_SetSRID(ST_MakePoint(104.9, 11.55), 4326), 32648)) as x`.execute(db.owner);
    const works = Math.abs((moved.rows[0]?.x ?? 0) - 489_095) < 200;
    found.push({ name: "proj", state: works ? "good" : "bad", params: { version: rows[0]?.proj.split(" ")[0] ?? "" } });
    found.push(await spatialIndex(db));
  } catch {
    found.push({ name: "postgis", state: "bad", params: { version: "-" } });
  }
  if (directory) {
    const holder = lockHolder(directory);
    found.push({
      name: "lock",
      state: holder?.pid === process.pid ? "good" : "warning",
      params: { pid: holder?.pid ?? 0 },
    });
    const { bavail, bsize } = statfsSync(directory);
    found.push({
      name: "disk",
      state: bavail * bsize > enoughSpace ? "good" : "warning",
      params: { free: bavail * bsize },
    });
  }
  const { applied, pending, newer, altered } = await migrationState(db);
  const good = pending.length === 0 && newer.length === 0 && altered.length === 0;
  found.push({
    name: "migrations",
    state: good ? "good" : newer.length + altered.length > 0 ? "bad" : "warning",
    params: { applied, pending: pending.length, newer: newer.length, altered: altered.length },
  });
  if (applied > 0) {
    const { sealed, unsealed, problems, head } = await verifyChain(db);
    found.push({
      name: "chain",
      state: problems.length === 0 ? "good" : "bad",
      params: { sealed, unsealed, problems: problems.length, head: head.slice(0, 16) },
    });
  }
  return found;
}
