import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";

/** An administrative unit as the gazetteer lists it. */
export interface GazetteerUnit {
  id: string;
  code: string;
  names: Record<string, string>;
  kindNames: Record<string, string>;
  level: number;
  parent: string | null;
  validFrom: string | null;
  validTo: string | null;
}

/** Every unit of a country, of all times, without its borders; some ten thousands of rows for a country with villages. */
export async function listGazetteer(tx: Tx, country: string): Promise<GazetteerUnit[]> {
  const { rows } = await sql<{
    id: string;
    code: string;
    names: Record<string, string>;
    kind_names: Record<string, string> | null;
    level: number;
    parent: string | null;
    valid_from: string | null;
    valid_to: string | null;
  }>`select id, code, names, kind_names, level, parent, valid_from, valid_to from places_unit
    where country = ${country} and not withdrawn order by level, code`.execute(tx);
  return rows.map(({ kind_names, valid_from, valid_to, ...unit }) => ({
    ...unit,
    kindNames: kind_names ?? {},
    validFrom: valid_from,
    validTo: valid_to,
  }));
}

/** Whether any unit of a country has a border, so that asking which unit holds a point makes sense. */
export async function hasUnitBorders(tx: Tx, country: string): Promise<boolean> {
  const { rows } = await sql`select 1 from places_unit
    where country = ${country} and not withdrawn and geometry is not null and GeometryType(geometry) <> 'POINT' limit 1`.execute(
    tx,
  );
  return rows.length > 0;
}

/** A point that lies outside the unit that it was given, and the unit of the same level that holds it. */
export interface MisplacedPoint {
  index: number;
  metres: number;
  unit: string;
  holder: { id: string; code: string; names: Record<string, string> } | null;
}

/**
 * Finds points that lie outside their unit by more than a tolerance; units without a border say nothing.
 * @param points longitude and latitude in degrees with the id of a unit of the country
 */
export async function pointsOutsideUnit(
  tx: Tx,
  country: string,
  points: readonly { index: number; unit: string; longitude: number; latitude: number }[],
  toleranceMetres: number,
): Promise<MisplacedPoint[]> {
  if (points.length === 0) return [];
  const { rows } = await sql<{
    i: number;
    unit: string;
    metres: number;
    id: string | null;
    code: string | null;
    names: Record<string, string> | null;
  }>`
    with asked as (
      select i, unit, ST_SetSRID(ST_MakePoint(longitude, latitude), 4326) as point
      from jsonb_to_recordset(${JSON.stringify(points.map(({ index: i, ...rest }) => ({ i, ...rest })))}::jsonb)
        as r(i integer, unit uuid, longitude double precision, latitude double precision)
    ), outside as (
      select a.i, a.unit, a.point, u.level, ST_Distance(u.geometry::geography, a.point::geography) as metres
      from asked a join places_unit u on u.country = ${country} and u.id = a.unit
      where u.geometry is not null and GeometryType(u.geometry) <> 'POINT' and not ST_Intersects(u.geometry, a.point)
    )
    select o.i, o.unit, o.metres, h.id, h.code, h.names from outside o
    left join lateral (
      select v.id, v.code, v.names from places_unit v
      where v.country = ${country} and v.level = o.level and not v.withdrawn and v.valid_to is null
        and GeometryType(v.geometry) <> 'POINT' and v.geometry && o.point and ST_Intersects(v.geometry, o.point)
      limit 1
    ) h on true
    where o.metres > ${toleranceMetres} order by o.i`.execute(tx);
  return rows.map(({ i, unit, metres, id, code, names }) => ({
    index: i,
    unit,
    metres: Math.round(metres),
    holder: id === null ? null : { id, code: code as string, names: names ?? {} },
  }));
}
