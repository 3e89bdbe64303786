import { chmod, copyFile, mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Geometry } from "geojson";
import sqlite from "node-sqlite3-wasm";
import { readHead } from "./bytes.ts";
import { readWkb } from "./geometry.ts";
import { chooseLayer } from "./layers.ts";
import { FileProblem, problem } from "./problem.ts";
import {
  batchSize,
  type CrsInfo,
  type FormatReader,
  type LayerInfo,
  type OpenedFile,
  type Problem,
  type Scalar,
  type SourceRow,
} from "./types.ts";

type Row = Record<string, number | bigint | string | Uint8Array | null>;
type Database = InstanceType<typeof sqlite.Database>;

interface Column {
  name: string;
  type: string;
}

/**
 * Reads GeoPackage (OGC 12-128) straight from disk through SQLite: feature and attribute tables as layers. Plain
 * SQLite databases are refused as `gpkg.no-contents`.
 */
export const gpkgReader: FormatReader = {
  async describe(file) {
    return withDatabase(file, async (database, warnings) => {
      const contents = listContents(database);
      const counts = hasTable(database, "gpkg_ogr_contents");
      const layers: LayerInfo[] = contents.map((entry) => {
        const name = String(entry.table_name);
        const stored = counts
          ? database.get("SELECT feature_count AS n FROM gpkg_ogr_contents WHERE table_name = ?", [name])
          : null;
        const rows = stored?.n ?? (database.get(`SELECT max(rowid) AS n FROM ${quoteName(name)}`) as Row | null)?.n;
        const geometryType = entry.geometry_type_name === null ? null : geoJsonName(String(entry.geometry_type_name));
        return { name, rowsEstimate: rows === null || rows === undefined ? 0 : Number(rows), geometryType };
      });
      const layer = chooseLayer(layers, file.options.layer);
      return { layers, layer, crs: layer === null ? null : readCrs(database, layer), warnings };
    });
  },

  async *rows(file) {
    const { database, close } = await openDatabase(file);
    try {
      const layers = listContents(database).map((entry) => ({ name: String(entry.table_name), rowsEstimate: 1 }));
      const table = chooseLayer(layers, file.options.layer);
      if (table === null) return;
      const columns = database.all(`PRAGMA table_info(${quoteName(table)})`) as Row[];
      const geometryColumn = geometryColumnOf(database, table);
      const fields: Column[] = columns
        .map((column) => ({ name: String(column.name), type: String(column.type).toUpperCase() }))
        .filter((column) => column.name !== geometryColumn);
      yield* readTable(file, database, table, fields, geometryColumn);
    } catch (error) {
      throw asProblem(error);
    } finally {
      await close();
    }
  },
};

async function* readTable(
  file: OpenedFile,
  database: Database,
  table: string,
  columns: Column[],
  geometryColumn: string | null,
): AsyncGenerator<SourceRow[], void, undefined> {
  const statement = database.prepare(`SELECT * FROM ${quoteName(table)}`);
  try {
    let number = 0;
    let batch: SourceRow[] = [];
    let bytes = 0;
    for (const found of statement.iterate() as IterableIterator<Row>) {
      const row: SourceRow = { number: ++number, fields: {}, geometry: null };
      for (const column of columns) row.fields[column.name] = toScalar(found[column.name] ?? null, column.type);
      const blob = geometryColumn === null ? null : found[geometryColumn];
      if (blob instanceof Uint8Array) {
        bytes += blob.byteLength;
        readInto(row, blob);
      }
      batch.push(row);
      if (batch.length < batchSize && bytes < 1_000_000) continue;
      file.options.signal?.throwIfAborted();
      yield batch;
      // SQLite does not tell how far into the file it is; rows are all that can be reported.
      batch = [];
      bytes = 0;
    }
    if (batch.length > 0) yield batch;
    file.options.onProgress?.({ bytesRead: file.size, bytesTotal: file.size });
  } finally {
    statement.finalize();
  }
}

function readInto(row: SourceRow, blob: Uint8Array): void {
  try {
    row.geometry = readGeoPackageGeometry(blob);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    row.warnings = [problem(error.code, error.params)];
  }
}

/** Reads a GeoPackage geometry blob: an eight-byte header, an envelope of a length the flags tell, then WKB (§2.1.3). */
export function readGeoPackageGeometry(blob: Uint8Array): Geometry | null {
  if (blob.byteLength < 8 || blob[0] !== 0x47 || blob[1] !== 0x50) throw new FileProblem("geometry.malformed");
  const flags = blob[3] as number;
  if ((flags & 0x20) !== 0) throw new FileProblem("geometry.unsupported-type", { type: "extended" });
  if ((flags & 0x10) !== 0) return null;
  const envelope = [0, 32, 48, 48, 64][(flags >> 1) & 7];
  if (envelope === undefined) throw new FileProblem("geometry.malformed");
  return readWkb(blob.subarray(8 + envelope));
}

function toScalar(value: number | bigint | string | Uint8Array | null, type: string): Scalar {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "number") return type === "BOOLEAN" ? value !== 0 : value;
  return null;
}

function listContents(database: Database): Row[] {
  if (!hasTable(database, "gpkg_contents")) throw new FileProblem("gpkg.no-contents");
  const withGeometry = hasTable(database, "gpkg_geometry_columns");
  const geometry = withGeometry
    ? "(SELECT g.geometry_type_name FROM gpkg_geometry_columns g WHERE g.table_name = c.table_name)"
    : "NULL";
  return database.all(
    `SELECT c.table_name, ${geometry} AS geometry_type_name FROM gpkg_contents c
     JOIN sqlite_master m ON m.name = c.table_name AND m.type IN ('table', 'view')
     WHERE c.data_type IN ('features', 'attributes') ORDER BY c.data_type DESC, c.rowid`,
  ) as Row[];
}

function geometryColumnOf(database: Database, table: string): string | null {
  if (!hasTable(database, "gpkg_geometry_columns")) return null;
  const row = database.get("SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", [table]) as Row | null;
  return row ? String(row.column_name) : null;
}

function readCrs(database: Database, table: string): CrsInfo | null {
  if (!hasTable(database, "gpkg_geometry_columns") || !hasTable(database, "gpkg_spatial_ref_sys")) return null;
  const row = database.get(
    `SELECT s.srs_name, s.organization, s.organization_coordsys_id AS id, s.definition, s.srs_id
     FROM gpkg_geometry_columns g JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE g.table_name = ?`,
    [table],
  ) as Row | null;
  // Ids 0 and -1 are the standard's words for "undefined": no system is stated.
  if (!row || Number(row.srs_id) <= 0) return null;
  const crs: CrsInfo = { name: String(row.srs_name), code: `${String(row.organization).toUpperCase()}:${row.id}` };
  if (row.definition && row.definition !== "undefined") crs.wkt = String(row.definition);
  return crs;
}

const hasTable = (database: Database, name: string) =>
  database.get("SELECT 1 AS yes FROM sqlite_master WHERE name = ?", [name]) !== null;

const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`;

function geoJsonName(name: string): string {
  const known = [
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
  ];
  return known.find((candidate) => candidate.toUpperCase() === name.toUpperCase()) ?? "Geometry";
}

async function withDatabase<T>(
  file: OpenedFile,
  use: (database: Database, warnings: Problem[]) => Promise<T>,
): Promise<T> {
  const { database, warnings, close } = await openDatabase(file);
  try {
    return await use(database, warnings);
  } catch (error) {
    throw asProblem(error);
  } finally {
    await close();
  }
}

function asProblem(error: unknown): unknown {
  return error instanceof sqlite.SQLite3Error ? new FileProblem("gpkg.damaged", { reason: error.message }) : error;
}

interface OpenDatabase {
  database: Database;
  warnings: Problem[];
  close(): Promise<void>;
}

/**
 * Opens the file where it lies, or a copy of it. SQLite in WebAssembly has no shared memory, so a file left in
 * write-ahead mode cannot be opened; its copy is marked as an ordinary one, and a warning says that what was only in
 * the log did not come with it. It also locks a file with a folder beside it, which fails where nothing may be written
 * or where a killed process left one: then a copy is read, too.
 */
async function openDatabase(file: OpenedFile): Promise<OpenDatabase> {
  const header = await readHead(file.path, 100);
  if (header[18] !== 2 && header[19] !== 2) {
    const database = tryOpen(file.path);
    if (database) return { database, warnings: [], close: async () => database.close() };
    return openCopy(file, false, []);
  }
  const log = await stat(`${file.path}-wal`).catch(() => null);
  return openCopy(file, true, [problem("gpkg.write-ahead-log", { logBytes: log?.size ?? null })]);
}

async function openCopy(file: OpenedFile, unmark: boolean, warnings: Problem[]): Promise<OpenDatabase> {
  const directory = await mkdtemp(join(tmpdir(), "santi-files-"));
  const path = join(directory, "copy.gpkg");
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    await copyFile(file.path, path);
    await chmod(path, 0o600);
    if (unmark) {
      const handle = await open(path, "r+");
      await handle.write(Buffer.from([1, 1]), 0, 2, 18);
      await handle.close();
    }
    const database = tryOpen(path);
    if (!database) throw new FileProblem("gpkg.damaged");
    return {
      database,
      warnings,
      async close() {
        database.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Null when the file cannot be locked; throws when it is no database. */
function tryOpen(path: string): Database | null {
  let database: Database | null = null;
  try {
    database = new sqlite.Database(path, { readOnly: true, fileMustExist: true });
    database.exec("PRAGMA trusted_schema = OFF");
    database.exec("PRAGMA cache_size = -8000");
    database.get("SELECT count(*) AS n FROM sqlite_master");
    return database;
  } catch (error) {
    database?.close();
    const reason = error instanceof Error ? error.message : String(error);
    if (/locked|busy|unable to open|readonly/i.test(reason)) return null;
    throw new FileProblem("gpkg.damaged", { reason });
  }
}
