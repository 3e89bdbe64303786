import { rm, stat } from "node:fs/promises";
import sqlite from "node-sqlite3-wasm";
import { boundsOf, writeWkb } from "./geometry.ts";
import { FileProblem } from "./problem.ts";
import type { FieldKind, Scalar } from "./types.ts";
import { planRows, type RowSource, type WriteOptions } from "./write.ts";

/** How to write a GeoPackage. */
export interface WriteGpkgOptions extends WriteOptions {
  /** Name of the feature table; `features` when left out. */
  layer?: string;
}

const wgs84 =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],' +
  'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,' +
  'AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]';

const metadata = `
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL);
INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL);
`;

const columnTypes: Record<FieldKind, string> = {
  text: "TEXT",
  integer: "INTEGER",
  number: "DOUBLE",
  date: "DATE",
  boolean: "BOOLEAN",
  mixed: "TEXT",
};

/**
 * Writes rows as a GeoPackage 1.3 with one feature table in WGS 84 at `path`, which must not exist yet
 * (`files.exists`). A field named like the key or geometry column (`fid`, `geom`) is written with an underscore added.
 * Returns the number of rows. On failure nothing is left behind.
 */
export async function writeGpkg(
  rows: RowSource,
  path: string,
  options: WriteGpkgOptions = {},
): Promise<{ rows: number }> {
  if (await stat(path).catch(() => null)) throw new FileProblem("files.exists");
  const plan = await planRows(rows, options);
  const table = options.layer ?? "features";
  const columns = columnNames(plan.fields.map((field) => field.name));
  const database = new sqlite.Database(path);
  let done = false;
  try {
    // The file is new and is thrown away on failure, so nothing needs to be undone.
    database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
    database.exec(metadata);
    database.run("INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, ?, 'longitude, latitude')", [
      wgs84,
    ]);
    const list = plan.fields.map(
      (field, index) => `, ${quoteName(columns[index] as string)} ${columnTypes[field.kind]}`,
    );
    database.exec(
      `CREATE TABLE ${quoteName(table)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom GEOMETRY${list.join("")})`,
    );
    database.run(
      "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, 'features', ?, 4326)",
      [table, table],
    );
    database.run("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', 4326, 2, 0)", [table]);
    const bounds = [Infinity, Infinity, -Infinity, -Infinity];
    const marks = ["?", ...plan.fields.map(() => "?")].join(", ");
    const names = ["geom", ...columns].map(quoteName).join(", ");
    const insert = database.prepare(`INSERT INTO ${quoteName(table)} (${names}) VALUES (${marks})`);
    let count = 0;
    database.exec("BEGIN");
    for await (const row of plan.rows) {
      const blob = row.geometry ? toBlob(row.geometry, bounds) : null;
      insert.run([blob, ...plan.fields.map((field) => toValue(row.fields[field.name], field.kind))]);
      count++;
    }
    insert.finalize();
    const extent = (bounds[0] as number) <= (bounds[2] as number) ? bounds : [null, null, null, null];
    database.run("UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?", [
      ...extent,
      table,
    ]);
    database.exec("COMMIT");
    done = true;
    return { rows: count };
  } finally {
    database.close();
    if (!done) await rm(path, { force: true });
  }
}

/** SQLite does not tell upper from lower case in column names, nor may a field take the place of our own columns. */
function columnNames(names: string[]): string[] {
  const used = new Set(["fid", "geom"]);
  return names.map((wanted) => {
    let name = wanted;
    while (used.has(name.toLowerCase())) name += "_";
    used.add(name.toLowerCase());
    return name;
  });
}

function toValue(value: Scalar | undefined, kind: FieldKind): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return kind === "mixed" || kind === "text" ? String(value) : value ? 1 : 0;
  return value;
}

/** The GeoPackage header: magic, version 0, flags (little-endian, envelope of x and y), system 4326, envelope. */
function toBlob(geometry: NonNullable<Parameters<typeof writeWkb>[0]>, total: number[]): Buffer {
  const box = boundsOf(geometry);
  const header = Buffer.alloc(box ? 40 : 8);
  header.write("GP", 0, "latin1");
  header[3] = box ? 0b0000_0011 : 0b0001_0001;
  header.writeInt32LE(4326, 4);
  if (box) {
    const [west, south, east, north] = box;
    for (const [index, value] of [west, east, south, north].entries()) header.writeDoubleLE(value, 8 + index * 8);
    total[0] = Math.min(total[0] as number, west);
    total[1] = Math.min(total[1] as number, south);
    total[2] = Math.max(total[2] as number, east);
    total[3] = Math.max(total[3] as number, north);
  }
  return Buffer.concat([header, writeWkb(geometry)]);
}

const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`;
