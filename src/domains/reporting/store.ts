import type { Geometry } from "geojson";
import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { NationalEntry } from "./model.ts";
import type { Definition, Wording } from "./model-definition.ts";

/** What a country wrote into a block, with the version that it is. */
export interface StoredEntry extends NationalEntry {
  block: string;
  version: number;
  recordedAt: string;
}

/** What counts in each block for a year: the newest version of that year, else of the newest year before. */
export async function findEntriesOf(tx: Tx, country: string, definition: string, year: number): Promise<StoredEntry[]> {
  const { rows } =
    await sql<StoredEntry>`select distinct on (block) block, year::integer as year, version, flag, texts, numbers,
      recorded_at as "recordedAt"
    from reporting_entry where country = ${country} and definition = ${definition} and year <= ${year}
    order by block, year desc, version desc`.execute(tx);
  return rows;
}

/** Stores the next version of an entry. @returns false when that version is there already */
export async function insertEntry(
  tx: Tx,
  of: { country: string; definition: string; block: string; year: number; version: number } & Pick<
    NationalEntry,
    "flag" | "texts" | "numbers"
  >,
  change: { now: Date; accountId: string | null },
): Promise<boolean> {
  const { rows } = await sql`insert into reporting_entry
      (country, definition, block, year, version, flag, texts, numbers, recorded_at, recorded_by)
    values (${of.country}, ${of.definition}, ${of.block}, ${of.year}, ${of.version}, ${of.flag}, ${JSON.stringify(of.texts)}::jsonb,
      ${JSON.stringify(of.numbers)}::jsonb, ${change.now.toISOString()}, ${change.accountId})
    on conflict do nothing returning version`.execute(tx);
  return rows.length === 1;
}

/** A definition that somebody made. */
export interface StoredDefinition {
  id: string;
  hash: string;
  body: Definition;
  shared: boolean;
  recordedBy: string;
}

/** The newest version of each definition that the caller made or that is shared. */
export async function findDefinitions(tx: Tx, country: string, id: string | null = null): Promise<StoredDefinition[]> {
  const { rows } =
    await sql<StoredDefinition>`select distinct on (id) id, hash, body, shared, recorded_by as "recordedBy"
    from reporting_definition where country = ${country} and (${id}::text is null or id = ${id})
    order by id, recorded_at desc`.execute(tx);
  return rows;
}

/** Keeps a definition; the same content again is kept once. */
export async function insertDefinition(
  tx: Tx,
  of: { country: string; hash: string; body: Definition; shared: boolean },
  change: { now: Date; accountId: string },
): Promise<void> {
  await sql`insert into reporting_definition (country, hash, id, body, shared, recorded_at, recorded_by)
    values (${of.country}, ${of.hash}, ${of.body.id}, ${JSON.stringify(of.body)}::jsonb, ${of.shared}, ${change.now.toISOString()},
      ${change.accountId})
    on conflict do nothing`.execute(tx);
}

/** A published report without what it says. */
export interface Edition {
  country: string;
  id: string;
  definition: string;
  words: Wording;
  number: number;
  audience: "own" | "public";
  from: string;
  to: string;
  hash: string;
  note: string | null;
  publishedAt: string;
}

const columns = sql`country, id, definition, words, number, audience, period_from::text as from, period_to::text as to, hash, note,
  published_at as "publishedAt"`;

/** The editions of a country that the caller may see, newest first. */
export async function findEditions(
  tx: Tx,
  country: string,
  of: { definition?: string | undefined; audience?: "public" } = {},
): Promise<Edition[]> {
  const { definition = null, audience = null } = of;
  const { rows } = await sql<Edition>`select ${columns}
    from reporting_edition where country = ${country} and (${definition}::text is null or definition = ${definition})
      and (${audience}::text is null or audience = ${audience})
    order by published_at desc, id desc limit 500`.execute(tx);
  return rows;
}

/** One edition with the canonical text of what it says. */
export async function findEdition(tx: Tx, country: string, id: string): Promise<(Edition & { body: string }) | null> {
  const { rows } = await sql<Edition & { body: string }>`select ${columns}, body from reporting_edition
    where country = ${country} and id = ${id}::uuid`.execute(tx);
  return rows[0] ?? null;
}

/** The edition of the same report for the same readers that was published before. */
export async function findEditionBefore(tx: Tx, of: Edition): Promise<(Edition & { body: string }) | null> {
  const { rows } = await sql<Edition & { body: string }>`select ${columns}, body from reporting_edition
    where country = ${of.country} and definition = ${of.definition} and audience = ${of.audience} and number < ${of.number}
    order by number desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** Freezes a report under the next number of its kind. */
export async function insertEdition(
  tx: Tx,
  of: Omit<Edition, "number"> & { body: string; publishedBy: string | null },
): Promise<number> {
  // One after the other, so that two editions never get one number.
  await sql`select pg_advisory_xact_lock(hashtext(${`reporting ${of.country} ${of.definition}`}))`.execute(tx);
  const { rows } = await sql<{
    number: number;
  }>`insert into reporting_edition (country, id, definition, words, number, audience, period_from,
      period_to, hash, body, note, published_at, published_by, sensitivity)
    select ${of.country}, ${of.id}::uuid, ${of.definition}, ${JSON.stringify(of.words)}::jsonb, coalesce(max(number), 0) + 1, ${of.audience}, ${of.from}::date, ${of.to}::date,
      ${of.hash}, ${of.body}, ${of.note}, ${of.publishedAt}, ${of.publishedBy}, ${of.audience === "public" ? 0 : 1}
    from reporting_edition where country = ${of.country} and definition = ${of.definition} and audience = ${of.audience}
    returning number`.execute(tx);
  return rows[0]?.number ?? 1;
}

/** Names of countries by code. */
export async function countryNames(tx: Tx): Promise<Record<string, Record<string, string>>> {
  const { rows } = await sql<{
    country: string;
    names: Record<string, string>;
  }>`select country, names from places_country_name`.execute(tx);
  return Object.fromEntries(rows.map(({ country, names }) => [country, names]));
}

/** The outlines of the first-level units of a country, as GeoJSON geometries by id, coarse enough for a page. */
export async function outlines(tx: Tx, country: string): Promise<Map<string, { code: string; geometry: Geometry }>> {
  const { rows } = await sql<{ id: string; code: string; geometry: string }>`select id, code,
      ST_AsGeoJSON(ST_SimplifyPreserveTopology(geometry, 0.005), 4) as geometry
    from places_outline where country = ${country} and level = 1 and geometry is not null`.execute(tx);
  return new Map(rows.map(({ id, code, geometry }) => [id, { code, geometry: JSON.parse(geometry) as Geometry }]));
}
