import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Schema, Tx } from "../database/types.ts";
import type { Place } from "./seal.ts";

/** A table with sealed values: each row has its key's name in `key_id` and the value in `sealed`. */
export interface SealedTable {
  table: string;
  /** The columns of its primary key. */
  key: readonly string[];
  /** Where the value of a row stands, from the row's key. */
  place(row: Readonly<Record<string, string>>): Place;
}

/** What a database knows of a key: never the key. */
export interface KnownKey {
  id: string;
  fingerprint: string;
}

/** The keys with which a database has been written. */
export async function findKnownKeys(tx: Kysely<Schema> | Tx): Promise<KnownKey[]> {
  const { rows } = await sql<KnownKey>`select id, fingerprint from vault_key order by made_at, id`.execute(tx);
  return rows;
}

/** Keeps what a key is recognised by. */
export async function insertKnownKey(
  tx: Kysely<Schema> | Tx,
  key: KnownKey & { use: "seal" | "tokens"; madeAt: string },
): Promise<void> {
  await sql`insert into vault_key (id, use, fingerprint, made_at)
    values (${key.id}, ${key.use}, ${key.fingerprint}, ${key.madeAt}) on conflict do nothing`.execute(tx);
}

/** How many values of a table stand under each key. */
export async function countByKey(tx: Kysely<Schema> | Tx, { table }: SealedTable): Promise<Record<string, number>> {
  const { rows } = await sql<{ key: string; n: number }>`select key_id as key, count(*) as n
    from ${sql.table(table)} group by key_id`.execute(tx);
  return Object.fromEntries(rows.map(({ key, n }) => [key, n]));
}

/** A sealed value with the key of its row. */
export interface SealedRow {
  key: Record<string, string>;
  sealed: Buffer;
}

const keyColumns = (key: readonly string[]): RawBuilder<unknown> =>
  sql.join(key.map((name) => sql`${sql.lit(name)}, ${sql.ref(name)}::text`));

/** Bytes after which a batch takes no more values: sealed pictures are a thousand times as long as sealed names. */
const enoughBytes = 8_000_000;

/** Some values that do not stand under a key yet, locked for change: at most `limit`, and fewer when they are long. */
export async function takeOthers(tx: Tx, of: SealedTable, keyId: string, limit: number): Promise<SealedRow[]> {
  const { rows } = await sql<SealedRow>`with others as materialized (
      select jsonb_build_object(${keyColumns(of.key)}) as key, sealed from ${sql.table(of.table)}
      where key_id <> ${keyId} limit ${limit} for update skip locked),
    measured as (select key, sealed, sum(octet_length(sealed)) over (rows unbounded preceding) as until from others)
    select key, sealed from measured where until - octet_length(sealed) < ${enoughBytes}`.execute(tx);
  return rows;
}

/** Writes values anew that were taken. */
export async function putBack(tx: Tx, of: SealedTable, keyId: string, rows: readonly SealedRow[]): Promise<void> {
  const values = JSON.stringify(rows.map(({ key, sealed }) => ({ ...key, sealed: sealed.toString("hex") })));
  const columns = sql.join(of.key.map((name) => sql`${sql.ref(name)} text`));
  const same = sql.join(
    of.key.map((name) => sql`t.${sql.ref(name)}::text = r.${sql.ref(name)}`),
    sql` and `,
  );
  await sql`update ${sql.table(of.table)} t set key_id = ${keyId}, sealed = decode(r.sealed, 'hex')
    from jsonb_to_recordset(${values}::jsonb) as r(${columns}, sealed text) where ${same}`.execute(tx);
}
