import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";

/**
 * Whether boxes lie in a country: within its border, or with their middle in one of its units. True of all when the
 * country has no border.
 * @param boxes west, south, east and north in degrees
 */
export async function liesInCountry(
  tx: Tx,
  country: string,
  boxes: readonly (readonly [west: number, south: number, east: number, north: number])[],
): Promise<boolean> {
  if (boxes.length === 0) return true;
  const side = (i: 0 | 1 | 2 | 3) => sql`${boxes.map((box) => box[i])}::float8[]`;
  const { rows } = await sql<{ outside: boolean }>`
    select exists (
      select 1 from unnest(${side(0)}, ${side(1)}, ${side(2)}, ${side(3)}) as box(w, s, e, n),
        lateral (select ST_MakeEnvelope(w, s, e, n, 4326) as shape) as drawn,
        places_country c
      where c.country = ${country} and c.boundary is not null and not ST_Covers(c.boundary, drawn.shape)
        and not exists (
          select 1 from places_unit u
          where u.country = ${country} and not u.withdrawn and GeometryType(u.geometry) <> 'POINT'
            and ST_Intersects(u.geometry, ST_Centroid(drawn.shape)))) as outside`.execute(tx);
  return !rows[0]?.outside;
}
