import { sql } from "kysely";
import type { RecordType, RecordValues } from "../contract/record-type.ts";
import type { Tx } from "../database/types.ts";

/** The name of a record that others point to. */
export interface Reference {
  type: string;
  country: string;
  code: string;
  names: Record<string, string>;
}

/** A record type that others may point to, and the published view that gives code and names by id. */
const sources = new Map<string, { type: string; view: string }>();

/**
 * Registers where the names of a kind of reference come from. Each domain that others point to calls this once;
 * the view must have the columns country, id, code and names (jsonb).
 */
export function registerReference(kind: "unit" | "organisation" | string, type: string, view: string): void {
  sources.set(kind, { type, view });
}

/** Finds the names behind all units, organisations and records that the given values mention. */
export async function referencesOf(
  tx: Tx,
  type: RecordType,
  records: readonly RecordValues[],
): Promise<Record<string, Reference>> {
  const wanted: Record<string, string[]> = {};
  for (const [name, field] of Object.entries(type.fields)) {
    const kind = field.kind === "record" ? (field.of as string) : field.kind === "units" ? "unit" : field.kind;
    if (!sources.has(kind)) continue;
    const ids = records.flatMap((record) => record[name]).filter((id) => typeof id === "string");
    wanted[kind] = [...(wanted[kind] ?? []), ...ids];
  }
  return referencesById(tx, wanted);
}

/**
 * Finds the names behind ids.
 * @param wanted ids by the kind under which `registerReference` was called; unknown kinds are passed over
 */
export async function referencesById(
  tx: Tx,
  wanted: Readonly<Record<string, readonly string[]>>,
): Promise<Record<string, Reference>> {
  const references: Record<string, Reference> = {};
  for (const [kind, ids] of Object.entries(wanted)) {
    const source = sources.get(kind);
    if (!source || ids.length === 0) continue;
    const { rows } = await sql<{ country: string; id: string; code: string; names: Record<string, string> | null }>`
      select country, id, code, names from ${sql.table(source.view)} where id = any (${[...new Set(ids)]}::uuid[])`.execute(
      tx,
    );
    for (const { id, country, code, names } of rows)
      references[id] = { type: source.type, country, code, names: names ?? {} };
  }
  return references;
}

/** The names of the people behind account ids, from the view that the access area publishes. */
export async function personNames(tx: Tx, accounts: readonly (string | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(accounts.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    name: string;
  }>`select id, name from access_person where id = any (${ids}::text[])`.execute(tx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
