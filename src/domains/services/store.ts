import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { DirectoryEntry, DirectoryQuery } from "./contract.ts";
import type { ServiceCode } from "./model.ts";

/** An entry of the directory as stored: whether it is stale depends on the country. */
export type StoredEntry = Omit<DirectoryEntry, "stale">;

/** What a search asks for, with needs already turned into services. */
export type DirectoryFilter = Pick<
  DirectoryQuery,
  "country" | "languages" | "accessibility" | "unit" | "longitude" | "latitude" | "within" | "q"
> & { on: string; services?: readonly ServiceCode[] | undefined; id?: string };

/** A unit with all that is inside it. */
const below = (unit: string) => sql`(with recursive below as (
  select n.id from places_name n where n.id = ${unit}::uuid
  union all select n.id from places_name n join below b on n.parent = b.id) select id from below)`;

/**
 * Points that are valid on a day and offer then what is asked for, the nearest first; without a place, by code. What the
 * caller may not see, row-level security leaves out.
 * @returns the first so many, and how many there are
 */
export async function findEntries(
  tx: Tx,
  filter: DirectoryFilter,
  limit: number,
): Promise<{ items: StoredEntry[]; total: number }> {
  const { on, services, languages, accessibility, unit, longitude, latitude, within, q } = filter;
  const here =
    longitude === undefined || latitude === undefined
      ? null
      : sql`round(st_distancesphere(p.geometry, st_setsrid(st_makepoint(${longitude}::float8, ${latitude}::float8), 4326)))`;
  const valid = sql`o.country = p.country and o.point = p.id and not o.withdrawn
    and o.valid_from <= ${on}::date and (o.valid_until is null or o.valid_until >= ${on}::date)`;
  const wanted = services ? sql`and o.service = any (${[...services]}::text[])` : sql``;
  const conditions = [
    sql`not p.withdrawn`,
    ...(filter.id
      ? [sql`p.id = ${filter.id}::uuid`]
      : [sql`p.valid_from <= ${on}::date and (p.valid_until is null or p.valid_until >= ${on}::date)`]),
    ...(filter.country ? [sql`p.country = ${filter.country}`] : []),
    ...(services ? [sql`exists (select from services_offer o where ${valid} ${wanted})`] : []),
    ...(languages?.length ? [sql`p.languages && ${[...languages]}::text[]`] : []),
    ...(accessibility?.length ? [sql`p.accessibility @> ${[...accessibility]}::text[]`] : []),
    ...(unit
      ? [
          // In the unit or below it, or said to serve it: the unit, one above it or one inside it.
          sql`(p.unit in ${below(unit)} or exists (select from unnest(p.catchment_units) as served(unit)
            where served.unit in ${below(unit)} or served.unit in (
              with recursive above as (select n.id, n.parent from places_name n where n.id = ${unit}::uuid
                union all select n.id, n.parent from places_name n join above a on n.id = a.parent) select id from above)))`,
        ]
      : []),
    ...(here && within !== undefined ? [sql`${here} <= ${within * 1000}`] : []),
    ...(q ? [sql`p.search like ${`%${q.replace(/[\\%_]/g, "\\$&")}%`}`] : []),
  ];
  const { rows } = await sql<StoredEntry & { total: number }>`
    select p.country, p.id, p.code, coalesce(p.names, '{}') as names, p.organisation, p.unit,
      st_x(p.geometry) as longitude, st_y(p.geometry) as latitude, p.address, p.hours, p.phone, p.email,
      coalesce(p.languages, '{}') as languages, coalesce(p.accessibility, '{}') as accessibility, p.cost, p.eligibility,
      p.waiting_days as "waitingDays", coalesce(p.catchment_units, '{}') as "catchmentUnits", p.catchment, p.verified_on as "verifiedOn", p.sensitive_location is true as sensitive,
      ${here ?? sql`null`}::integer as "distanceMetres",
      coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'service', o.service, 'capacityPerMonth', o.capacity_per_month,
          'waitingDays', o.waiting_days, 'cost', o.cost, 'price', o.price, 'currency', o.currency) order by o.service, o.id)
        from services_offer o where ${valid}), '[]') as offers,
      count(*) over ()::integer as total
    from services_point p where ${sql.join(conditions, sql` and `)}
    order by ${here ? sql`${here} nulls last,` : sql``} p.code, p.id limit ${limit}`.execute(tx);
  return { items: rows.map(({ total: _, ...entry }) => entry), total: rows[0]?.total ?? 0 };
}

/** A point's provider and its days. */
export interface PointSpan {
  organisation: string;
  validFrom: string;
  validUntil: string | null;
}

/** The providers and days of points by id, whether or not their places may be shown; those that are not there are left out. */
export async function findPointSpans(
  tx: Tx,
  country: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PointSpan>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<PointSpan & { id: string }>`
    select id, organisation, valid_from as "validFrom", valid_until as "validUntil"
    from services_point where country = ${country} and id = any (${[...new Set(ids)]}::uuid[]) and not withdrawn`.execute(
    tx,
  );
  return new Map(rows.map(({ id, ...span }) => [id, span]));
}

/** One point's provider and its days; null when there is none. */
export async function findPointSpan(tx: Tx, country: string, id: string): Promise<PointSpan | null> {
  return (await findPointSpans(tx, country, [id])).get(id) ?? null;
}
