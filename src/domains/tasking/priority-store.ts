import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { CriteriaSet, Indicator } from "./model-priority.ts";

/** A national set of criteria as stored: its newest version. */
export interface StoredCriteria {
  code: string;
  version: number;
  names: Record<string, string>;
  definition: CriteriaSet;
}

/** The newest versions of a country's own sets. */
export async function findCriteria(tx: Tx, country: string): Promise<StoredCriteria[]> {
  const { rows } = await sql<StoredCriteria>`select distinct on (code) code, version, names, definition
    from tasking_criteria_set where country = ${country} order by code, version desc`.execute(tx);
  return rows;
}

/** Stores the next version of a set. @returns false when that version is there already */
export async function insertCriteria(
  tx: Tx,
  country: string,
  set: StoredCriteria,
  change: { reason: string; now: Date; accountId: string | null },
): Promise<boolean> {
  const { rows } = await sql`insert into tasking_criteria_set
      (country, code, version, names, definition, reason, recorded_at, recorded_by)
    values (${country}, ${set.code}, ${set.version}, ${JSON.stringify(set.names)}::jsonb,
      ${JSON.stringify(set.definition)}::jsonb, ${change.reason}, ${change.now.toISOString()}, ${change.accountId})
    on conflict do nothing returning code`.execute(tx);
  return rows.length === 1;
}

/** Stores newer versions of what people say about an area. */
export async function insertValues(
  tx: Tx,
  target: { country: string; area: string; source: string },
  values: readonly { indicator: Indicator; value: number | null }[],
  change: { now: Date; accountId: string | null },
): Promise<void> {
  const rows = JSON.stringify(values);
  await sql`insert into tasking_criterion_value
      (country, area, indicator, version, value, source, recorded_at, recorded_by)
    select ${target.country}, ${target.area}::uuid, r.indicator,
      coalesce((select max(v.version) from tasking_criterion_value v
        where v.country = ${target.country} and v.area = ${target.area}::uuid and v.indicator = r.indicator), 0) + 1,
      r.value, ${target.source}, ${change.now.toISOString()}::timestamptz, ${change.accountId}
    from jsonb_to_recordset(${rows}::jsonb) as r(indicator text, value double precision)`.execute(tx);
}

/** An area that waits for work, with what is known about it. */
export interface AreaFacts {
  id: string;
  code: string;
  name: string | null;
  unit: string | null;
  status: string;
  squareMetres: number | null;
  contamination: string[] | null;
  casualties: number;
  entered: Partial<Record<Indicator, number | null>>;
  tasks: { id: string; code: string }[];
}

/** Which areas are looked at, and how casualties are counted for them. */
export interface AreaQuestion {
  country: string;
  /** Only inside this unit, at any depth. */
  unit?: string | undefined;
  /** Only these. */
  areas?: readonly string[];
  since: string;
  radiusMetres: number;
  limit: number;
}

const waiting = sql`a.status in ('open', 'worked-on', 'suspended')`;

function matching({ country, unit, areas }: AreaQuestion) {
  const inside = unit
    ? sql`and a.unit in (with recursive inside as (
        select country, id from places_name where country = ${country} and id = ${unit}
        union select u.country, u.id from places_name u join inside i on u.country = i.country and u.parent = i.id
      ) select id from inside)`
    : sql``;
  return areas
    ? sql`a.country = ${country} and a.id = any (${[...areas]}::uuid[])`
    : sql`a.country = ${country} and ${waiting} ${inside}`;
}

/** How many areas match. */
export async function countAreas(tx: Tx, question: AreaQuestion): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from land_area_state a where ${matching(question)}`.execute(tx);
  return rows[0]?.n ?? 0;
}

/**
 * Areas that wait for work, by code. Casualties are those of accidents on the day `since` or later that name the area
 * or happened no further from it than the radius; each accident counts for every area that it is near.
 */
export async function findAreaFacts(tx: Tx, question: AreaQuestion): Promise<AreaFacts[]> {
  const { country, since, radiusMetres, limit } = question;
  // A degree is never shorter than this many metres between 0° and 60° of latitude; the index takes the box first.
  const box = radiusMetres / 55_000;
  const { rows } = await sql<AreaFacts>`
    with asked as (
      select a.country, a.id, a.code, a.name, a.unit, a.status, a.square_metres, a.contamination, a.geometry
      from land_area_state a where ${matching(question)} order by a.code, a.id limit ${limit}
    ), hurt as (
      select country, id, area, geometry, casualties from accidents_casualties
      where country = ${country} and occurred_on >= ${since}::date and casualties > 0
    ), near as (
      select a.id, sum(h.casualties)::integer as casualties
      from asked a join hurt h on h.area = a.id or (h.geometry && ST_Expand(a.geometry, ${box})
        and ST_DWithin(h.geometry::geography, a.geometry::geography, ${radiusMetres}))
      group by a.id
    ), stated as (
      select area, jsonb_object_agg(indicator, value) as entered from (
        select distinct on (area, indicator) area, indicator, value from tasking_criterion_value
        where country = ${country} order by area, indicator, version desc) newest
      group by area
    ), planned as (
      select area, jsonb_agg(jsonb_build_object('id', id, 'code', code) order by code) as tasks from tasking_task_state
      where country = ${country} and area is not null and status in ('planned', 'issued', 'in-progress', 'suspended')
      group by area
    )
    select a.id, a.code, a.name, a.unit, a.status, a.square_metres as "squareMetres", a.contamination,
      coalesce(n.casualties, 0) as casualties, coalesce(s.entered, '{}'::jsonb) as entered,
      coalesce(p.tasks, '[]'::jsonb) as tasks
    from asked a left join near n on n.id = a.id left join stated s on s.area = a.id left join planned p on p.area = a.id
    order by a.code, a.id`.execute(tx);
  return rows;
}
