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
  await sql`insert into people_name_token (country, token, born, person, sample)
    select ${country}, r.token, coalesce(p.birth_year, 0), r.person, ${sample}
    from unnest(${pairs.map(({ token }) => token)}::bigint[], ${pairs.map(({ person }) => person)}::uuid[])
      as r(token, person) join people_person p on p.country = ${country} and p.id = r.person`.execute(tx);
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
  /** The sealed names that were met, as far as the opening of the transaction lets them be read. */
  sealed: Uint8Array | null;
}

/**
 * How many people of one token are looked at, by how far their year of birth is from the one that was asked for: those of
 * that very year before their neighbours, before the rest. Whom a rarer token does not bring is not told apart by a
 * common one. Each is `[from, to, at most]` in years after the asked one.
 */
const yearsLookedAt = [
  [0, 0, 120],
  [1, 2, 60],
  [-2, -1, 60],
  [3, 500, 30],
  [-500, -3, 30],
] as const;
/** Of one token, when no year was asked for, and those whose year is not known when one was. */
const [mostOfAnyYear, mostOfNoYear] = [300, 30];

/** So many by their tokens alone are asked for their sex and for who stands for them. */
const mostByTokens = 160;

/** Which years of birth are looked for; 0 is a year that is not known. */
function rangesOf(birthYear: number | undefined): (readonly [number, number, number])[] {
  if (birthYear === undefined) return [[0, 9999, mostOfAnyYear]];
  const near = yearsLookedAt.map(([from, to, most]) => [birthYear + from, birthYear + to, most] as const);
  return [...near, [0, 0, mostOfNoYear]];
}

/**
 * Who shares most tokens with a name, as far as the caller sees them: a rare token counts for more than a common one, and
 * the same sex and a near year of birth for about as much as a rare token.
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
  const ranges = rangesOf(asked.birthYear);
  const column = (at: 0 | 1 | 2) => ranges.map((range) => range[at]);
  const year = asked.birthYear ?? null;
  // Laterals that the planner may not open: with statistics of few people it would read the whole register for each search.
  const { rows } = await sql<Candidate>`
    with met_by as materialized (
      select array_agg(t.person) as persons, array_agg(t.born) as born, count(*) as n
      from unnest(${[...new Set(tokens)]}::bigint[]) as wanted(token)
        cross join unnest(${column(0)}::integer[], ${column(1)}::integer[], ${column(2)}::integer[]) as r(since, until, most)
        cross join lateral (select person, born from people_name_token
          where country = ${country} and token = wanted.token and born between r.since and r.until limit r.most) t
      group by wanted.token),
    shared as (
      select each.person, sum(ln(1 + 1000.0::float8 / m.n))
          + greatest(0, 3 - coalesce(abs(min(each.born) - ${year}::integer), 3)) as weight
      from met_by m cross join lateral unnest(m.persons, m.born) as each(person, born)
      group by each.person order by weight desc, each.person limit ${mostByTokens}),
    met as (
      select p.id, coalesce(p.merged_into, p.id) as standing,
        shared.weight + case when p.sex = ${asked.sex ?? ""} then 2 else 0 end as likeness
      from shared
        cross join lateral (select * from people_person where country = ${country} and id = shared.person offset 0) p
      where p.merged_into is not null or (p.erased_on is null and not p.withdrawn)
      order by likeness desc, p.id limit ${limit})
    select s.id, met.id as met, s.code, s.sex, s.birth_year as "birthYear", s.unit, s.organisation, s.assignee,
      (select sealed from people_identity where country = ${country} and person = met.id and part = 'names') as sealed
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
