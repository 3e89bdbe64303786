import { sql } from "kysely";
import type { Tx } from "../database/types.ts";
import type { Json } from "../kernel/canonical-json.ts";

/** A chosen value as stored; an empty country stands for the node or for all countries. */
export interface StoredSetting {
  name: string;
  country: string;
  value: Json;
  changedAt: string;
  changedBy: string | null;
}

const columns = sql`name, country, value, changed_at as "changedAt", changed_by as "changedBy"`;

/** The chosen values of a country and of all, by name when names are given. */
export async function findSettings(
  tx: Tx,
  country: string | null,
  names: readonly string[] | null = null,
): Promise<StoredSetting[]> {
  const { rows } = await sql<StoredSetting>`select ${columns} from setting where country in ('', ${country ?? ""})
    ${names === null ? sql`` : sql`and name = any (${[...names]}::text[])`}`.execute(tx);
  return rows;
}

/** One chosen value, locked for change. */
export async function lockSetting(tx: Tx, country: string, name: string): Promise<StoredSetting | null> {
  const { rows } =
    await sql<StoredSetting>`select ${columns} from setting where country = ${country} and name = ${name} for update`.execute(
      tx,
    );
  return rows[0] ?? null;
}

/** Stores a choice in place of the one before. */
export async function putSetting(tx: Tx, row: StoredSetting): Promise<void> {
  await sql`insert into setting (country, name, value, changed_at, changed_by)
    values (${row.country}, ${row.name}, ${JSON.stringify(row.value)}::jsonb, ${row.changedAt}, ${row.changedBy})
    on conflict (country, name) do update set value = excluded.value, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`.execute(tx);
}

/** Takes a choice back. */
export async function deleteSetting(tx: Tx, country: string, name: string): Promise<void> {
  await sql`delete from setting where country = ${country} and name = ${name}`.execute(tx);
}
