import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { Place } from "../../platform/vault/index.ts";
import type { IdentityPart, OpeningPurpose } from "./model.ts";

/** The person behind an id as other domains may know it. */
export interface PersonState {
  country: string;
  id: string;
  code: string;
  birthYear: number | null;
  organisation: string | null;
  /** The person that stands for it: itself, or the one that it was merged into. */
  standing: string;
  erased: boolean;
  withdrawn: boolean;
}

/** A person that the caller may see. */
export async function findPerson(tx: Tx, country: string, id: string): Promise<PersonState | null> {
  const { rows } = await sql<PersonState>`select country, id, code, birth_year as "birthYear", organisation, standing,
    erased, withdrawn from people_person_state where country = ${country} and id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** The codes of persons by id, as far as the caller sees them. */
export async function findPersonCodes(
  tx: Tx,
  country: string,
  ids: readonly string[],
): Promise<Record<string, { code: string }>> {
  if (ids.length === 0) return {};
  const { rows } = await sql<{ id: string; code: string }>`select id, code from people_person_state
    where country = ${country} and id = any (${[...new Set(ids)]}::uuid[])`.execute(tx);
  return Object.fromEntries(rows.map(({ id, code }) => [id, { code }]));
}

/** How many openings an account has made since a moment. */
export async function countOpenings(tx: Tx, accountId: string, since: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from data_protection_opening
    where account_id = ${accountId} and opened_at > ${since.toISOString()}`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** An opening as it is written. */
export interface NewOpening {
  country: string;
  id: string;
  person: string | null;
  purpose: OpeningPurpose;
  parts: readonly IdentityPart[];
}

/** Writes an opening and declares it in the transaction: row-level security lets it read what the opening says. */
export async function insertOpening(
  tx: Tx,
  opening: NewOpening,
  by: { accountId: string | null; now: Date; sample?: boolean },
): Promise<void> {
  const { country, id, person, purpose, parts } = opening;
  await sql`with made as (insert into data_protection_opening (country, id, account_id, person, purpose, parts, opened_at, sample)
    values (${country}, ${id}, ${by.accountId}, ${person}, ${purpose}, ${[...parts]}::text[], ${by.now.toISOString()},
      ${by.sample ?? false}) returning id)
    select set_config('santi.opening', id::text, true) from made`.execute(tx);
}

/** Ends what an opening allowed, before its transaction ends. */
export async function closeOpening(tx: Tx): Promise<void> {
  await sql`select set_config('santi.opening', '', true)`.execute(tx);
}

/** Adds to a search of this transaction how many it met and whom it showed. */
export async function concludeOpening(
  tx: Tx,
  of: { country: string; id: string },
  hits: number,
  shown: readonly string[],
): Promise<void> {
  await sql`update data_protection_opening set hits = ${hits}, shown = ${[...shown]}::uuid[]
    where country = ${of.country} and id = ${of.id}`.execute(tx);
}

/** What a list of openings is narrowed to. */
export interface OpeningFilter {
  country: string;
  person?: string | undefined;
  account?: string | undefined;
  purpose?: OpeningPurpose | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** An opening as stored. */
export interface StoredOpening {
  country: string;
  id: string;
  openedAt: string;
  account: string | null;
  person: string | null;
  purpose: OpeningPurpose;
  parts: IdentityPart[];
  hits: number | null;
  shown: string[] | null;
}

/** A place in a list that goes by time, newest first. */
export interface TimeCursor {
  at: string;
  id: string;
}

/** Openings, newest first; with a person also the searches that showed it. */
export async function listOpenings(
  tx: Tx,
  filter: OpeningFilter,
  page: { after?: TimeCursor | undefined; limit: number },
): Promise<StoredOpening[]> {
  const { country, person, account, purpose, from, to } = filter;
  const parts = [
    sql`country = ${country}`,
    ...(person ? [sql`(person = ${person} or shown @> array[${person}::uuid])`] : []),
    ...(account ? [sql`account_id = ${account}`] : []),
    ...(purpose ? [sql`purpose = ${purpose}`] : []),
    ...(from ? [sql`opened_at >= ${`${from}T00:00:00Z`}::timestamptz`] : []),
    ...(to ? [sql`opened_at < ${`${to}T00:00:00Z`}::timestamptz + interval '1 day'`] : []),
    ...(page.after ? [sql`(opened_at, id) < (${page.after.at}::timestamptz, ${page.after.id}::uuid)`] : []),
  ];
  const { rows } = await sql<StoredOpening>`select country, id, opened_at as "openedAt", account_id as account, person,
      purpose, parts, hits, shown
    from data_protection_opening where ${sql.join(parts, sql` and `)}
    order by opened_at desc, id desc limit ${page.limit}`.execute(tx);
  return rows;
}

export type NoteKind = "opening" | "guardian" | "withdrawal" | "request" | "decision";

/** Where a remark is sealed. */
export function notePlace(note: { country: string; id: string; kind: string }): Place {
  return { table: "data_protection_note", column: note.kind, country: note.country, id: note.id };
}

/** Keeps a sealed remark. */
export async function insertNote(
  tx: Tx,
  note: { country: string; id: string; kind: NoteKind; person: string | null; keyId: string; sealed: Buffer },
  now: Date,
): Promise<void> {
  await sql`insert into data_protection_note (country, id, kind, person, key_id, sealed, recorded_at)
    values (${note.country}, ${note.id}, ${note.kind}, ${note.person}, ${note.keyId}, ${note.sealed},
      ${now.toISOString()})`.execute(tx);
}

/** The sealed remarks about some ids. */
export async function findNotes(
  tx: Tx,
  country: string,
  ids: readonly string[],
): Promise<{ country: string; id: string; kind: NoteKind; sealed: Buffer }[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ country: string; id: string; kind: NoteKind; sealed: Buffer }>`
    select country, id, kind, sealed from data_protection_note
    where country = ${country} and id = any (${[...ids]}::uuid[])`.execute(tx);
  return rows;
}

/** Removes every remark about a person; the opening of the transaction must be about that person. */
export async function deleteNotes(tx: Tx, country: string, person: string): Promise<void> {
  await sql`delete from data_protection_note where country = ${country} and person = ${person}`.execute(tx);
}
