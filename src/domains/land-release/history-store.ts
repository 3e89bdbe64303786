import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { AreaClass, AreaStatus } from "../land/model.ts";
import type { ProductKind } from "./state.ts";

type Box = readonly [number, number, number, number];

const inBox = (column: string, box: Box | null) =>
  box ? sql`and ${sql.ref(column)} && ST_MakeEnvelope(${box[0]}, ${box[1]}, ${box[2]}, ${box[3]}, 4326)` : sql``;

/** Simplified to about a metre, which is the step of a shape on the map; without crossing itself. */
const drawn = (column: string) =>
  sql`case when ST_NPoints(${sql.ref(column)}) > 8 then ST_AsBinary(ST_SimplifyPreserveTopology(${sql.ref(column)}, 0.00001))
    else ST_AsBinary(${sql.ref(column)}) end`;

/** A version of an area, for the map. */
export interface HistoryState {
  area: string;
  code: string | null;
  from: string;
  areaClass: AreaClass;
  status: AreaStatus;
  squareMetres: number;
  shape: Buffer | null;
}

/** What areas were as approved reports made them, in order of areas and days; the last version of each day. */
export async function findHistoryStates(
  tx: Tx,
  country: string,
  box: Box | null,
  limit: number,
): Promise<HistoryState[]> {
  const { rows } = await sql<HistoryState>`select v.area, a.code, v.from, v."areaClass", v.status, v."squareMetres",
      ${drawn("shape")} as shape
    from (
      select distinct on (area, effective_on) country, area, effective_on as "from", area_class as "areaClass", status,
        open_square_metres as "squareMetres", case when ST_IsEmpty(ground) or ground is null then perimeter else ground end as shape
      from land_version where country = ${country} and superseded_at is null ${inBox("perimeter", box)}
      order by area, effective_on, place desc limit ${limit}) v
    left join land_area_name a on a.country = v.country and a.id = v.area
    order by v.area, v.from`.execute(tx);
  return rows.map((row) => ({ ...row, squareMetres: Number(row.squareMetres) }));
}

/** Areas that no report carries, as their records have them: from when they were known, and when they were closed. */
export async function findNotedAreas(
  tx: Tx,
  country: string,
  box: Box | null,
  limit: number,
): Promise<(Omit<HistoryState, "from"> & { from: string; closedOn: string | null })[]> {
  const { rows } = await sql<
    Omit<HistoryState, "from"> & { from: string; closedOn: string | null }
  >`select l.id as area, l.code, coalesce(l.identified_on, l.closed_on, l.recorded_on) as "from", l.closed_on as "closedOn",
      l.area_class as "areaClass", l.status, l.square_metres as "squareMetres", ${drawn("l.geometry")} as shape
    from land_area_life l where l.country = ${country} ${inBox("l.geometry", box)}
      and not exists (select from land_carried c where c.country = l.country and c.area = l.id)
    order by l.id limit ${limit}`.execute(tx);
  return rows.map((row) => ({ ...row, squareMetres: Number(row.squareMetres) }));
}

/** Released land that still counts, in order of days. */
export async function findHistoryProducts(
  tx: Tx,
  country: string,
  box: Box | null,
  limit: number,
): Promise<
  {
    area: string;
    kind: ProductKind;
    from: string;
    squareMetres: number;
    depthCentimetres: number | null;
    shape: Buffer | null;
  }[]
> {
  const { rows } = await sql<{
    area: string;
    kind: ProductKind;
    from: string;
    squareMetres: number;
    depthCentimetres: number | null;
    shape: Buffer | null;
  }>`select area, kind, effective_on as "from", square_metres as "squareMetres", depth_centimetres as "depthCentimetres",
      ${drawn("geometry")} as shape
    from land_product where country = ${country} and not void ${inBox("geometry", box)}
    order by effective_on, area, id limit ${limit}`.execute(tx);
  return rows.map((row) => ({ ...row, squareMetres: Number(row.squareMetres) }));
}
