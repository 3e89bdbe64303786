import { sql } from "kysely";
import type { Claims, Tx } from "../../platform/database/types.ts";
import { programClaims } from "../../platform/database/types.ts";

/** A country as the register keeps it. */
export interface CountryRow {
  code: string;
  names: Record<string, string>;
  bounds: number[] | null;
  active: boolean;
}

/** All countries with the bounds of their land. */
export async function listCountries(tx: Tx): Promise<CountryRow[]> {
  const { rows } = await sql<{
    country: string;
    names: Record<string, string>;
    active: boolean;
    w: number | null;
    s: number;
    e: number;
    n: number;
  }>`
    select country, names, active, ST_XMin(boundary) as w, ST_YMin(boundary) as s, ST_XMax(boundary) as e, ST_YMax(boundary) as n
    from places_country order by country`.execute(tx);
  return rows.map(({ country, names, active, w, s, e, n }) => ({
    code: country,
    names,
    bounds: w === null ? null : [w, s, e, n],
    active,
  }));
}

/** The units that contain a point on a date, outermost first, and the country that contains it. */
export async function unitsAt(tx: Tx, longitude: number, latitude: number, on: string | null) {
  const point = sql`ST_SetSRID(ST_MakePoint(${longitude}, ${latitude}), 4326)`;
  const country = await sql<{
    country: string;
  }>`select country from places_country where ST_Intersects(boundary, ${point}) limit 1`.execute(tx);
  const { rows } = await sql<{ id: string; code: string; level: number; names: Record<string, string> }>`
    select id, code, level, names from places_unit
    where not withdrawn and geometry && ${point} and ST_Intersects(geometry, ${point}) and GeometryType(geometry) <> 'POINT'
      and (${on}::date is null or (coalesce(valid_from, '-infinity') <= ${on}::date and coalesce(valid_to, 'infinity') >= ${on}::date))
      and (${on}::date is not null or valid_to is null)
    order by level, code`.execute(tx);
  return { country: country.rows[0]?.country ?? null, units: rows };
}

/** The units before and after a unit, with the share of area that went over. */
export async function crosswalkOf(tx: Tx, country: string, id: string) {
  const side = async (from: "predecessor" | "successor", to: "predecessor" | "successor") => {
    const { rows } = await sql<{ id: string; code: string; names: Record<string, string>; share: number | null }>`
      select u.id, u.code, u.names, c.share from places_crosswalk c
      join places_unit u on u.country = c.country and u.id = ${sql.ref(`c.${to}`)}
      where c.country = ${country} and ${sql.ref(`c.${from}`)} = ${id} order by u.code`.execute(tx);
    return rows;
  };
  return { predecessors: await side("successor", "predecessor"), successors: await side("predecessor", "successor") };
}

/** Records that a unit became another. @param links ids of units of the same country */
export async function addCrosswalk(
  tx: Tx,
  country: string,
  links: readonly { predecessor: string; successor: string; share: number | null }[],
  source: string,
  sample = false,
): Promise<void> {
  await sql`insert into places_crosswalk (country, predecessor, successor, share, source, sample)
    select ${country}, predecessor, successor, share, ${source}, ${sample}
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as r(predecessor uuid, successor uuid, share double precision)
    on conflict (country, predecessor, successor) do update set share = excluded.share, source = excluded.source`.execute(
    tx,
  );
}

/** The boundary of a country as WKB, for checks outside the database; null when it has none. */
export async function countryBoundary(tx: Tx, country: string): Promise<Buffer | null> {
  const { rows } = await sql<{
    wkb: Buffer | null;
  }>`select ST_AsBinary(boundary) as wkb from places_country where country = ${country}`.execute(tx);
  return rows[0]?.wkb ?? null;
}

/** Marks countries as ones of which this node keeps records. */
export async function activateCountries(tx: Tx, countries: readonly string[]): Promise<void> {
  await sql`update places_country set active = true where country = any (${[...countries]}::text[]) and not active`.execute(
    tx,
  );
}

/** The claims in which reference data are loaded at start-up. */
export const loaderClaims: Claims = programClaims;
