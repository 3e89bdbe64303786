import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";

/** A box in degrees: west, south, east, north. */
export type Bounds = readonly [number, number, number, number];

/** A point of service with what it offers, on a day. */
export interface ServicePoint {
  point: string;
  code: string;
  names: Record<string, string>;
  longitude: number;
  latitude: number;
  /** People a month, added up over the services that were asked for; null when not told. */
  capacityPerMonth: number | null;
  verifiedOn: string | null;
}

/** A unit whose people are counted. */
export interface UnitShape {
  unit: string;
  level: number;
  /** GeoJSON polygon or multipolygon. */
  geometry: { type: string; coordinates: unknown };
}

/** People with open needs in a unit of the second level (or the first, where there is no second). */
export interface NeedCount {
  unit: string;
  people: number;
}

/** People with open needs by unit and something else; the same people in `sex` and `age`. */
export interface NeedGroupCount {
  sex: { unit: string; value: string; people: number }[];
  age: { unit: string; value: string; people: number }[];
  kind: { unit: string; value: string; people: number }[];
}

/** The open points of a country that offer any of the services on a day, by code. */
export async function findServices(
  tx: Tx,
  country: string,
  services: readonly string[],
  on: string,
): Promise<ServicePoint[]> {
  const { rows } = await sql<ServicePoint>`
    select a.point, a.code, coalesce(n.names, '{}') as names, st_x(a.geometry) as longitude, st_y(a.geometry) as latitude,
      sum(a.capacity_per_month)::integer as "capacityPerMonth", max(a.verified_on) as "verifiedOn"
    from services_available a left join services_point_name n on n.country = a.country and n.id = a.point
    where a.country = ${country} and a.service = any (${[...services]}::text[]) and a.geometry is not null
      and GeometryType(a.geometry) = 'POINT' and a.valid_from <= ${on}::date
      and (a.valid_until is null or a.valid_until >= ${on}::date)
    group by a.point, a.code, n.names, a.geometry order by a.code, a.point`.execute(tx);
  return rows;
}

/** Shapes of the first two levels of units of a country that are valid on a day and touch a box. */
export async function findUnits(tx: Tx, country: string, bounds: Bounds, on: string): Promise<UnitShape[]> {
  const { rows } = await sql<{ unit: string; level: number; geometry: string }>`
    select id as unit, level, st_asgeojson(geometry, 5) as geometry from places_unit_shape
    where country = ${country} and level in (1, 2) and (valid_from is null or valid_from <= ${on}::date)
      and (valid_to is null or valid_to >= ${on}::date)
      and geometry && st_makeenvelope(${bounds[0]}, ${bounds[1]}, ${bounds[2]}, ${bounds[3]}, 4326)
    order by level, code, id`.execute(tx);
  return rows.map(({ geometry, ...unit }) => ({ ...unit, geometry: JSON.parse(geometry) as UnitShape["geometry"] }));
}

/** Polygons of the open suspected and confirmed hazardous areas that touch a box, as GeoJSON geometries in order of id. */
export async function findOpenHazards(
  tx: Tx,
  country: string,
  bounds: Bounds,
): Promise<{ type: string; coordinates: unknown }[]> {
  const { rows } = await sql<{ geometry: string }>`
    select st_asgeojson(geometry, 6) as geometry from land_area_life
    where country = ${country} and area_class in ('sha', 'cha') and status in ('open', 'worked-on', 'suspended')
      and geometry && st_makeenvelope(${bounds[0]}, ${bounds[1]}, ${bounds[2]}, ${bounds[3]}, 4326)
    order by id`.execute(tx);
  return rows.map(({ geometry }) => JSON.parse(geometry) as { type: string; coordinates: unknown });
}

/** The open points of a country that offer something on a day, but none of these services: where they could be added. */
export async function findUpgrades(
  tx: Tx,
  country: string,
  services: readonly string[],
  on: string,
): Promise<ServicePoint[]> {
  const { rows } = await sql<ServicePoint>`
    select a.point, a.code, coalesce(n.names, '{}') as names, st_x(a.geometry) as longitude, st_y(a.geometry) as latitude,
      null::integer as "capacityPerMonth", max(a.verified_on) as "verifiedOn"
    from services_available a left join services_point_name n on n.country = a.country and n.id = a.point
    where a.country = ${country} and a.geometry is not null and GeometryType(a.geometry) = 'POINT'
      and a.valid_from <= ${on}::date and (a.valid_until is null or a.valid_until >= ${on}::date)
    group by a.point, a.code, n.names, a.geometry
    having not bool_or(a.service = any (${[...services]}::text[])) order by a.code, a.point`.execute(tx);
  return rows;
}

/** Open needs with the second-level unit of the person, whose way is counted when these kinds (all when none) are asked for. */
const openNeeds = (country: string, kinds: readonly string[]) => sql`
    with recursive tree as (
      select id, id as top, level from places_name where country = ${country} and level = 2
      union all
      select u.id, tree.top, u.level from places_name u join tree on u.parent = tree.id
      where u.country = ${country} and u.level > 2),
    need as (
      select tree.top as unit, p.standing, p.sex, p.birth_year, n.kind
      from assistance_need_state n join people_person_state p on p.country = n.country and p.id = n.person
        join tree on tree.id = p.unit
      where n.country = ${country} and n.state in ('open', 'in-progress', 'unmet') and not p.erased and not p.withdrawn
        and (cardinality(${[...kinds]}::text[]) = 0 or n.kind = any (${[...kinds]}::text[])))`;

/**
 * People with open needs of some kinds by their unit of the second level. Counts of people that the caller may see;
 * they are whole and unprotected: `protectNeeds` must pass over them before anything is kept.
 */
export async function findNeedCounts(tx: Tx, country: string, kinds: readonly string[]): Promise<NeedCount[]> {
  const { rows } = await sql<NeedCount>`${openNeeds(country, kinds)}
    select unit, count(distinct standing)::integer as people from need group by unit order by unit`.execute(tx);
  return rows;
}

/**
 * The same people by sex, by age in a year (child below 18, older from 60) and by kind of need. Unprotected:
 * `protectNeeds` must pass over them before anything is kept.
 */
export async function findNeedGroups(
  tx: Tx,
  country: string,
  kinds: readonly string[],
  year: number,
): Promise<NeedGroupCount> {
  type Row = { by: keyof NeedGroupCount; unit: string; value: string; people: number };
  const { rows } = await sql<Row>`${openNeeds(country, kinds)},
    person as (
      select unit, standing, min(sex) as sex, max(birth_year) as birth_year from need group by unit, standing)
    select 'sex' as by, unit, coalesce(sex, 'unknown') as value, count(*)::integer as people from person group by 1, 2, 3
    union all
    select 'age', unit, case when birth_year is null then 'unknown' when ${year}::integer - birth_year < 18 then 'child'
        when ${year}::integer - birth_year >= 60 then 'older' else 'adult' end, count(*)::integer
    from person group by 1, 2, 3
    union all
    select 'kind', unit, kind, count(distinct standing)::integer from need group by 1, 2, 3
    order by 1, 2, 3`.execute(tx);
  const of = (by: keyof NeedGroupCount) => rows.filter((row) => row.by === by).map(({ by: _by, ...row }) => row);
  return { sex: of("sex"), age: of("age"), kind: of("kind") };
}
