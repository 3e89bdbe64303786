import { type GeoJsonGeometry, type PackedShape, packShape } from "@santi/vector-tiles";
import type { Geometry } from "geojson";
import { type RawBuilder, sql } from "kysely";
import type { RecordValues } from "../contract/record-type.ts";
import { type Sensitivity, sensitivityLevels } from "../contract/sensitivity.ts";
import type { Tx } from "../database/types.ts";
import { readWkb, writeWkb } from "../files/geometry.ts";
import { columnName, columnType, type RecordDefinition, searchText, storedFields } from "./definition.ts";

/** A record as stored: its values by field, and what the program keeps about it. */
export interface StoredRecord {
  country: string;
  id: string;
  revision: number;
  values: RecordValues;
  sensitivity: number;
  withdrawn: boolean;
  sample: boolean;
  importId: string | null;
  sourceKey: string | null;
  recordedAt: string;
}

/** Columns of a record table, as a select list; geometry as WKB. */
export function selectColumns(definition: RecordDefinition): RawBuilder<unknown> {
  const own = storedFields(definition.type).map(([name, field]) =>
    field.kind === "geometry"
      ? sql`ST_AsBinary(${sql.ref(columnName(name))}) as ${sql.ref(columnName(name))}`
      : sql.ref(columnName(name)),
  );
  return sql.join([
    ...[
      "country",
      "id",
      "revision",
      "sensitivity",
      "withdrawn",
      "sample",
      "import_id",
      "source_key",
      "recorded_at",
    ].map((name) => sql.ref(name)),
    ...own,
  ]);
}

/** Turns a row of `selectColumns` into a record. */
export function fromRow(definition: RecordDefinition, row: Record<string, unknown>): StoredRecord {
  const values: RecordValues = {};
  for (const [name, field] of storedFields(definition.type)) {
    const value = row[columnName(name)] ?? null;
    if (value === null) continue;
    values[name] = field.kind === "geometry" ? readWkb(value as Buffer) : value;
  }
  return {
    country: row.country as string,
    id: row.id as string,
    revision: row.revision as number,
    values,
    sensitivity: row.sensitivity as number,
    withdrawn: row.withdrawn as boolean,
    sample: row.sample as boolean,
    importId: (row.import_id as string | null) ?? null,
    sourceKey: (row.source_key as string | null) ?? null,
    recordedAt: row.recorded_at as string,
  };
}

/** Shapes that were packed before: a revision that leaves the geometry as it is costs no new cutting and noding. */
const packedShapes = new WeakMap<object, PackedShape | null>();

function packedOf(geometry: GeoJsonGeometry): PackedShape | null {
  let packed = packedShapes.get(geometry);
  if (packed === undefined) {
    packed = packShape(geometry);
    packedShapes.set(geometry, packed);
  }
  return packed;
}

function toRow(definition: RecordDefinition, record: StoredRecord): Record<string, unknown> {
  const row: Record<string, unknown> = {
    country: record.country,
    id: record.id,
    revision: record.revision,
    sensitivity: record.sensitivity,
    withdrawn: record.withdrawn,
    sample: record.sample,
    import_id: record.importId,
    source_key: record.sourceKey,
    recorded_at: record.recordedAt,
    search: searchText(definition, record.values),
  };
  for (const [name, field] of storedFields(definition.type)) {
    const value = record.values[name] ?? null;
    if (name === definition.type.geometryField) {
      const packed = value === null ? null : packedOf(value as GeoJsonGeometry);
      row.tile_shape = packed?.shape ?? null;
      row.tile_levels = packed?.levels ?? null;
      row.tile_size = packed?.size ?? null;
    }
    // What is missing from the JSON reads as null; most fields of most records are, and need not travel.
    if (value !== null) {
      row[columnName(name)] = field.kind === "geometry" ? writeWkb(value as Geometry).toString("hex") : value;
    }
  }
  return row;
}

const keptColumns: [string, string][] = [
  ["country", "text"],
  ["id", "uuid"],
  ["revision", "integer"],
  ["sensitivity", "smallint"],
  ["withdrawn", "boolean"],
  ["sample", "boolean"],
  ["import_id", "uuid"],
  ["source_key", "text"],
  ["recorded_at", "timestamptz"],
  ["search", "text"],
];

function columnsOf(definition: RecordDefinition): { name: string; type: string; geometry: boolean }[] {
  return [
    ...keptColumns.map(([name, type]) => ({ name, type, geometry: false })),
    // The shape as tiles take it, packed once when it is written.
    ...(definition.type.geometryField
      ? [
          { name: "tile_shape", type: "text", geometry: false },
          { name: "tile_levels", type: "text[]", geometry: false },
          { name: "tile_size", type: "integer", geometry: false },
        ]
      : []),
    ...storedFields(definition.type).map(([name, field]) => ({
      name: columnName(name),
      type: columnType(field),
      geometry: field.kind === "geometry",
    })),
  ];
}

const recordset = (columns: { name: string; type: string }[]) =>
  sql.join(columns.map(({ name, type }) => sql`${sql.ref(name)} ${sql.raw(type)}`));

const readColumn = ({ name, geometry }: { name: string; geometry: boolean }) =>
  geometry ? sql`ST_SetSRID(${sql.ref(`r.${name}`)}::geometry, 4326)` : sql.ref(`r.${name}`);

/** Records as the database takes them: JSON, with their shapes packed for tiles, which is most of the work of storing. */
export const rowsOf = (definition: RecordDefinition, records: readonly StoredRecord[]): string =>
  JSON.stringify(records.map((record) => toRow(definition, record)));

/**
 * Stores new records; the caller writes their revisions in the same transaction.
 * @param rows from `rowsOf`
 */
export async function insertRecords(tx: Tx, definition: RecordDefinition, rows: string): Promise<void> {
  const columns = columnsOf(definition);
  await sql`insert into ${sql.table(definition.table)} (${sql.join(columns.map(({ name }) => sql.ref(name)))})
    select ${sql.join(columns.map(readColumn))} from jsonb_to_recordset(${rows}::jsonb) as r(${recordset(columns)})`.execute(
    tx,
  );
}

/**
 * Replaces records by their next revision; a record whose stored revision is not the one before is left alone.
 * @param rows from `rowsOf`
 * @returns the ids that were changed
 */
export async function updateRecords(tx: Tx, definition: RecordDefinition, rows: string): Promise<Set<string>> {
  const columns = columnsOf(definition);
  const assignments = columns
    .filter(({ name }) => name !== "country" && name !== "id")
    .map((column) => sql`${sql.ref(column.name)} = ${readColumn(column)}`);
  const { rows: changed } = await sql<{
    id: string;
  }>`update ${sql.table(definition.table)} t set ${sql.join(assignments)}
    from jsonb_to_recordset(${rows}::jsonb) as r(${recordset(columns)})
    where t.country = r.country and t.id = r.id and t.revision = r.revision - 1 returning t.id`.execute(tx);
  return new Set(changed.map(({ id }) => id));
}

/** One record, if the caller may see it; locked for change when `lock` is set. */
export async function findRecord(
  tx: Tx,
  definition: RecordDefinition,
  country: string,
  id: string,
  lock = false,
): Promise<StoredRecord | null> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select ${selectColumns(definition)} from ${sql.table(definition.table)}
    where country = ${country} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0] ? fromRow(definition, rows[0]) : null;
}

/** Records of a country by one of their keys: the code, the key of the source row, or the id. */
export async function findByKeys(
  tx: Tx,
  definition: RecordDefinition,
  country: string,
  key: "code" | "source_key" | "id",
  keys: readonly string[],
): Promise<StoredRecord[]> {
  if (keys.length === 0) return [];
  const match = key === "id" ? sql`id = any (${[...keys]}::uuid[])` : sql`${sql.ref(key)} = any (${[...keys]}::text[])`;
  const live = key === "code" ? sql`and not withdrawn` : sql``;
  const { rows } = await sql<
    Record<string, unknown>
  >`select ${selectColumns(definition)} from ${sql.table(definition.table)}
    where country = ${country} and ${match} ${live}`.execute(tx);
  return rows.map((row) => fromRow(definition, row));
}

/** The records that one import last touched, in pages of ids. */
export async function findByImport(
  tx: Tx,
  definition: RecordDefinition,
  importId: string,
  limit: number,
): Promise<StoredRecord[]> {
  const { rows } = await sql<
    Record<string, unknown>
  >`select ${selectColumns(definition)} from ${sql.table(definition.table)}
    where import_id = ${importId} and not withdrawn order by country, id limit ${limit}`.execute(tx);
  return rows.map((row) => fromRow(definition, row));
}

/** Takes `count` numbers for codes of a country; gaps may stay when a transaction fails. @returns the first number */
export async function takeNumbers(tx: Tx, country: string, name: string, count: number): Promise<number> {
  const { rows } = await sql<{
    last: number;
  }>`insert into code_counter (country, name, last) values (${country}, ${name}, ${count})
    on conflict (country, name) do update set last = code_counter.last + ${count} returning last`.execute(tx);
  return (rows[0]?.last ?? count) - count + 1;
}

/** The states that a record had, newest first. */
export async function findRevisions(tx: Tx, country: string, id: string) {
  return tx
    .selectFrom("record_revision")
    .select(["revision", "action", "reason", "account_id", "recorded_at", "snapshot"])
    .where("country", "=", country)
    .where("record_id", "=", id)
    .orderBy("revision", "desc")
    .execute();
}

/** The setting that says how many records a list shows at once, by country, and what counts when nobody chose. */
export const listRowsSetting = { name: "lists.rows", fallback: 50 } as const;

/** How many records a page of a list holds: the country's own choice, else the one for all, else the default. */
export async function listRowsFor(tx: Tx, country: string | null): Promise<number> {
  const { rows } = await sql<{ value: unknown }>`select value from setting where name = ${listRowsSetting.name}
    and country in ('', ${country ?? ""}) order by country desc`.execute(tx);
  const chosen = rows.map(({ value }) => value).find((value) => Number.isSafeInteger(value) && (value as number) > 0);
  return (chosen as number | undefined) ?? listRowsSetting.fallback;
}

/** The name of the setting that holds the level of new records of a type. */
export function levelSettingName(recordType: string): string {
  return `records.level.${recordType}`;
}

/** The ranks that new records of a type get in these countries: the country's own setting, else the node's, else the default. */
export async function newRecordLevels(
  tx: Tx,
  definition: RecordDefinition,
  countries: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ country: string; value: unknown }>`select country, value from setting
    where name = ${levelSettingName(definition.type.name)} and country = any (${["", ...countries]}::text[])`.execute(
    tx,
  );
  const rankOf = (country: string) => {
    const rank = sensitivityLevels.indexOf(rows.find((row) => row.country === country)?.value as Sensitivity);
    return rank < 0 ? undefined : rank;
  };
  return new Map(countries.map((country) => [country, rankOf(country) ?? rankOf("") ?? definition.defaultLevel]));
}
