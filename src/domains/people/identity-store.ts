import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { Place } from "../../platform/vault/index.ts";
import type { IdentityPart } from "../data-protection/model.ts";

/** Where a part of an identity is sealed. */
export function partPlace(of: { country: string; person: string; part: string }): Place {
  return { table: "people_identity", column: of.part, country: of.country, id: of.person };
}

/** A sealed part of an identity. */
export interface SealedPart {
  person: string;
  part: IdentityPart;
  keyId: string;
  sealed: Buffer;
}

/** Stores parts of an identity that are not there yet. */
export async function insertParts(
  tx: Tx,
  country: string,
  parts: readonly SealedPart[],
  by: { now: Date; sample: boolean },
): Promise<void> {
  if (parts.length === 0) return;
  const rows = JSON.stringify(parts.map((part) => ({ ...part, sealed: part.sealed.toString("hex") })));
  await sql`insert into people_identity (country, person, part, key_id, sealed, recorded_at, sample)
    select ${country}, r.person, r.part, r."keyId", decode(r.sealed, 'hex'), ${by.now.toISOString()}::timestamptz, ${by.sample}
    from jsonb_to_recordset(${rows}::jsonb) as r(person uuid, part text, "keyId" text, sealed text)`.execute(tx);
}

/** The sealed parts of persons, as far as the opening of the transaction lets them be read. */
export async function findParts(
  tx: Tx,
  country: string,
  persons: readonly string[],
  parts: readonly IdentityPart[],
): Promise<SealedPart[]> {
  if (persons.length === 0) return [];
  const { rows } = await sql<SealedPart>`select person, part, key_id as "keyId", sealed from people_identity
    where country = ${country} and person = any (${[...persons]}::uuid[]) and part = any (${[...parts]}::text[])`.execute(
    tx,
  );
  return rows;
}

/** Removes parts of an identity. */
export async function deleteParts(
  tx: Tx,
  country: string,
  person: string,
  parts: readonly IdentityPart[],
): Promise<void> {
  await sql`delete from people_identity where country = ${country} and person = ${person}
    and part = any (${[...parts]}::text[])`.execute(tx);
}

/** Stores the search tokens of people who have none yet. */
export async function insertTokens(
  tx: Tx,
  country: string,
  of: readonly { person: string; tokens: readonly string[] }[],
  sample: boolean,
): Promise<void> {
  const pairs = of.flatMap(({ person, tokens }) => [...new Set(tokens)].map((token) => ({ person, token })));
  if (pairs.length === 0) return;
  await sql`insert into people_name_token (country, token, person, sample)
    select ${country}, r.token, r.person, ${sample}
    from unnest(${pairs.map(({ token }) => token)}::bigint[], ${pairs.map(({ person }) => person)}::uuid[])
      as r(token, person)`.execute(tx);
}

/** Replaces the search tokens of a person. */
export async function putTokens(
  tx: Tx,
  country: string,
  person: string,
  tokens: readonly string[],
  sample: boolean,
): Promise<void> {
  await sql`delete from people_name_token where country = ${country} and person = ${person}`.execute(tx);
  await insertTokens(tx, country, [{ person, tokens }], sample);
}

/** Somebody who shares tokens with a name, by the person that stands for it. */
export interface Candidate {
  id: string;
  /** The record whose name was met: itself, or one that was merged into it. */
  met: string;
  code: string;
  sex: string;
  birthYear: number | null;
  unit: string | null;
  organisation: string | null;
  assignee: string | null;
}

/**
 * Who shares an eighth of the tokens that the best shares, or less, is no candidate: among invented names with one slip each,
 * the person that was meant is such a one in 1 of 100 searches, and then only if somebody else's name is much nearer.
 */
const leastShare = 8;

/** No more people of one token are looked at: whom a rarer token does not bring is not told apart by a common one. */
const mostOfOneToken = 400;

/**
 * Who shares most tokens with a name, as far as the caller sees them, those with the same sex and year of birth first.
 * @param tokens of the name, the most selective first
 * @param limit how many
 */
export async function findCandidates(
  tx: Tx,
  country: string,
  tokens: readonly string[],
  asked: { sex?: string | undefined; birthYear?: number | undefined },
  limit: number,
): Promise<Candidate[]> {
  // Laterals that the planner may not open: with statistics of few people it would read the whole register for each search.
  const { rows } = await sql<Candidate>`
    with shared as (
      select t.person, count(*) as n, max(count(*)) over () as most from unnest(${[...new Set(tokens)]}::bigint[]) as wanted(token)
        cross join lateral (select person from people_name_token
          where country = ${country} and token = wanted.token limit ${mostOfOneToken}) t
      group by t.person order by n desc limit 2000),
    met as (
      select p.id, coalesce(p.merged_into, p.id) as standing, shared.n,
        shared.n + case when p.sex = ${asked.sex ?? ""} then 1 else 0 end
          + case when abs(p.birth_year - ${asked.birthYear ?? null}::integer) <= 2 then 1 else 0 end as likeness
      from (select person, n from shared where n * ${leastShare} >= most) shared
        cross join lateral (select * from people_person where country = ${country} and id = shared.person offset 0) p
      where p.merged_into is not null or (p.erased_on is null and not p.withdrawn)
      order by likeness desc, p.id limit ${limit})
    select s.id, met.id as met, s.code, s.sex, s.birth_year as "birthYear", s.unit, s.organisation, s.assignee
    from met cross join lateral (select * from people_person where country = ${country} and id = met.standing offset 0) s
    where s.erased_on is null and not s.withdrawn
    order by met.likeness desc, s.id`.execute(tx);
  return rows;
}

/** The records that were merged into a person. */
export async function findMerged(
  tx: Tx,
  country: string,
  into: string,
): Promise<{ id: string; code: string; revision: number }[]> {
  const { rows } = await sql<{
    id: string;
    code: string;
    revision: number;
  }>`select id, code, revision from people_person
    where country = ${country} and coalesce(merged_into, id) = ${into} and merged_into is not null
    order by code`.execute(tx);
  return rows;
}

/** Whether an account exists that somebody may be assigned to. */
export async function accountExists(tx: Tx, account: string): Promise<boolean> {
  const { rows } = await sql`select from access_person where id = ${account}`.execute(tx);
  return rows.length === 1;
}
