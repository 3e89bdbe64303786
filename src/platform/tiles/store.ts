import { LAST_LEVEL, smallestSize, type TileAddress, tileBounds } from "@santi/vector-tiles";
import { sql } from "kysely";
import type { Claims, Tx } from "../database/types.ts";
import type { RecordDefinition } from "../records/definition.ts";
import { columnName } from "../records/definition.ts";
import { conditions, type RecordQuery } from "../records/query.ts";
import type { Changes } from "./cache.ts";

/** A property of a tile's features: a field, or for a date the year of it, as text. */
export interface TileProperty {
  name: string;
  field: string;
  /** Only the year of a date. */
  year?: boolean;
  /** The name in one language of a `names` field. */
  language?: boolean;
}

/** Events after which a layer may look different; taking the sample region away leaves no event of its own per type. */
const eventTypes = (type: string) => [
  ...["created", "corrected", "imported", "withdrawn", "restored"].map((action) => `${type}.${action}`),
  "sample.removed",
];

/**
 * The version of a layer that this transaction sees: the number of the last event about its record type. `settled` says
 * that no transaction that might still add a lower number is under way: a change takes its transaction's number before
 * its event's, so when none is running, every event below the last one is visible.
 */
export async function layerVersion(tx: Tx, type: string): Promise<{ version: number; settled: boolean }> {
  const { rows } = await sql<{ version: number | null; settled: boolean }>`select
      santi_layer_version(${eventTypes(type)}::text[]) as version,
      pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot()) as settled`.execute(tx);
  return { version: rows[0]?.version ?? 0, settled: rows[0]?.settled ?? false };
}

/** Where a layer changed after a version. */
export async function changesSince(tx: Tx, type: string, version: number): Promise<Changes> {
  const { rows } = await sql<{
    boxes: number[][] | null;
  }>`select boxes from santi_layer_changes(${eventTypes(type)}::text[], ${version})`.execute(tx);
  if (rows.length === 200 || rows.some(({ boxes }) => !Array.isArray(boxes))) return null;
  return rows.flatMap(({ boxes }) => boxes as number[][]);
}

/** What a tile shows, as columns: packed shapes and one text a property, in the same order. */
export async function readTile(
  tx: Tx,
  definition: RecordDefinition,
  properties: readonly TileProperty[],
  tile: TileAddress,
  query: RecordQuery,
  claims: Claims,
): Promise<{ geometry: { levels: string } | { shapes: string } | null; columns: Record<string, string | null> }> {
  const { west, south, east, north } = tileBounds(tile);
  const where = conditions(definition, { ...query, bbox: [west, south, east, north] }, claims);
  const value = ({ field, year, language }: TileProperty) => {
    const column = sql.ref(columnName(field));
    if (year) return sql`to_char(${column}, 'YYYY')`;
    if (language) return sql`coalesce(${column} ->> 'en', (select min(v) from jsonb_each_text(${column}) as n(k, v)))`;
    return sql`${column}::text`;
  };
  // Far out, where a tile holds much, the geometry was finished for the zoom when it was written.
  const finished = tile.z <= LAST_LEVEL;
  const level = finished ? sql`tile_levels[${tile.z + 1}]` : sql`tile_shape`;
  const { rows } = await sql<Record<string, string | null>>`select string_agg(${level}, '') as geometry,
      ${sql.join(properties.map((p) => sql`string_agg(coalesce(${value(p)}, E'\\x1e'), E'\\x1f') as ${sql.ref(p.name)}`))}
    from ${sql.table(definition.table)}
    where ${where} and tile_shape is not null and tile_size >= ${Math.ceil(smallestSize(tile.z))}`.execute(tx);
  const { geometry = null, ...columns } = rows[0] ?? {};
  return { geometry: geometry === null ? null : finished ? { levels: geometry } : { shapes: geometry }, columns };
}
