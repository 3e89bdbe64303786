import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";

/** The first-level unit above each unit, or the unit itself when it is one; units that have none are left out. */
export async function firstLevelUnits(tx: Tx, country: string, units: readonly string[]): Promise<Map<string, string>> {
  if (units.length === 0) return new Map();
  const { rows } = await sql<{ unit: string; first: string }>`
    with recursive up as (
      select id as unit, id, level, parent from places_name where country = ${country} and id = any (${[...new Set(units)]}::uuid[])
      union all
      select up.unit, p.id, p.level, p.parent from up join places_name p on p.country = ${country} and p.id = up.parent
      where up.level > 1)
    select unit, id as first from up where level = 1`.execute(tx);
  return new Map(rows.map(({ unit, first }) => [unit, first]));
}

/** The innermost unit with a border around a place on a day, with the first-level unit above it. */
export async function unitAround(
  tx: Tx,
  country: string,
  place: readonly [longitude: number, latitude: number],
  on: string,
): Promise<{ unit: string; province: string | null } | null> {
  const point = sql`ST_SetSRID(ST_MakePoint(${place[0]}, ${place[1]}), 4326)`;
  const { rows } = await sql<{ id: string }>`select id from places_unit
    where country = ${country} and not withdrawn and geometry && ${point} and GeometryType(geometry) <> 'POINT'
      and coalesce(valid_from, '-infinity') <= ${on}::date and coalesce(valid_to, 'infinity') >= ${on}::date
      and ST_Intersects(geometry, ${point})
    order by level desc, code limit 1`.execute(tx);
  const unit = rows[0]?.id;
  if (!unit) return null;
  return { unit, province: (await firstLevelUnits(tx, country, [unit])).get(unit) ?? null };
}
