import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { AreaClass, AreaStatus } from "../land/model.ts";
import type { Areal } from "./ground.ts";
import type { PublishedLevel } from "./model.ts";
import { areal, fromRawProduct, hexOf, productColumns, type RawProduct } from "./state-store.ts";

/** What one plot of land meets: areas with open ground, and ground that was released. */
export async function findOnPlot(tx: Tx, country: string, plot: Areal) {
  const shape = sql`ST_SetSRID(${hexOf(plot)}::geometry, 4326)`;
  const { rows: areas } = await sql<{
    id: string;
    code: string | null;
    areaClass: AreaClass;
    status: AreaStatus;
    perimeter: Buffer | null;
    effectiveOn: string;
  }>`select s.area as id, a.code, s.area_class as "areaClass", s.status, ST_AsBinary(coalesce(s.ground, s.perimeter)) as perimeter,
      s.effective_on as "effectiveOn"
    from land_state s left join land_area_name a on a.country = s.country and a.id = s.area
    where s.country = ${country} and s.perimeter && ${shape} and ST_Intersects(s.perimeter, ${shape})
    order by s.effective_on desc limit 200`.execute(tx);
  const { rows: released } = await sql<
    RawProduct & { areaCode: string | null }
  >`select ${productColumns}, a.code as "areaCode"
    from land_product p left join land_report_name r on r.country = p.country and r.id = p.report
      left join land_area_name a on a.country = p.country and a.id = p.area
    where p.country = ${country} and not p.void and p.geometry && ${shape} and ST_Intersects(p.geometry, ${shape})
    order by p.effective_on desc limit 200`.execute(tx);
  return {
    areas: areas.map(({ perimeter, ...rest }) => ({ ...rest, ground: areal(perimeter) })),
    released: released.map((row) => ({ ...fromRawProduct(row), areaCode: row.areaCode })),
  };
}

/**
 * What the country tells anybody about a plot: released ground, and how many open areas there are about it. The functions
 * of the database keep to the country's setting whoever asks.
 */
export async function findPublished(tx: Tx, country: string, plot: Areal) {
  const shape = sql`ST_SetSRID(${hexOf(plot)}::geometry, 4326)`;
  const { rows: levels } = await sql<{ level: PublishedLevel }>`select land_published(${country}) as level`.execute(tx);
  const level = levels[0]?.level ?? "nothing";
  if (level === "nothing") return { level, released: [], open: null };
  const { rows } = await sql<{
    kind: string;
    geometry: Buffer;
    depthCentimetres: number | null;
    effectiveOn: string;
    reportCode: string;
  }>`select kind, ST_AsBinary(geometry) as geometry, depth_centimetres as "depthCentimetres", effective_on as "effectiveOn",
      report_code as "reportCode" from land_published_released(${country}, ${shape})`.execute(tx);
  const released = rows.map((row) => ({ ...row, geometry: areal(row.geometry) }));
  if (level === "released") return { level, released, open: null };
  const { rows: open } = await sql<{ areas: number; newest: string | null }>`select areas, newest
    from land_published_open(${country}, ${shape})`.execute(tx);
  return { level, released, open: open[0] ?? { areas: 0, newest: null } };
}
