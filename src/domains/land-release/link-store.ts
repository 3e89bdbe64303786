import type { Geometry } from "geojson";
import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import { readWkb } from "../../platform/files/index.ts";
import { readAreas } from "../land/index.ts";
import type { AreaClass, AreaStatus } from "../land/model.ts";
import type { Areal } from "./ground.ts";
import type { ProductKind } from "./state.ts";

/** A task as a report that names it must know it. */
export interface TaskGround {
  id: string;
  code: string;
  status: string;
  organisation: string | null;
  issuedOn: string | null;
  /** All its areas, the main one first. */
  areas: string[];
  /** Within which it was to be done; null when it was planned without a polygon. */
  geometry: Areal | null;
}

const arealOf = (bytes: Buffer | null): Areal | null => {
  const geometry = bytes ? (readWkb(bytes) as Geometry | null) : null;
  return geometry?.type === "Polygon" || geometry?.type === "MultiPolygon" ? geometry : null;
};

/** A task with its areas and polygon; null when there is none that the caller may see. */
export async function findTask(tx: Tx, country: string, id: string): Promise<TaskGround | null> {
  const { rows } = await sql<
    Omit<TaskGround, "areas" | "geometry"> & { area: string | null; further: string[]; geometry: Buffer | null }
  >`select id, code, status, organisation, issued_on as "issuedOn", area, further_areas as further,
      ST_AsBinary(geometry) as geometry
    from tasking_task_ground where country = ${country} and id = ${id}::uuid`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  const { area, further, geometry, ...task } = row;
  return { ...task, areas: [...new Set([...(area ? [area] : []), ...further])], geometry: arealOf(geometry) };
}

/** Which of the organisation, area and unit that a report names the country does not have. */
export async function findUnknown(
  tx: Tx,
  named: { country: string; organisation: string | null; area: string | null; unit: string | null },
): Promise<("organisation" | "area" | "unit")[]> {
  const { country, organisation, area, unit } = named;
  const missing: ("organisation" | "area" | "unit")[] = [];
  const { rows } = await sql<{ organisation: boolean; unit: boolean }>`select
      exists (select from organisations_name where country = ${country} and id = ${organisation}::uuid) as organisation,
      exists (select from places_name where country = ${country} and id = ${unit}::uuid) as unit`.execute(tx);
  if (organisation && !rows[0]?.organisation) missing.push("organisation");
  if (area && (await readAreas(tx, country, [area])).length === 0) missing.push("area");
  if (unit && !rows[0]?.unit) missing.push("unit");
  return missing;
}

/** The accidents of an area until a day, the earliest first; those without a date are left out. */
export async function findAccidentsOf(
  tx: Tx,
  country: string,
  area: string,
  until: string,
): Promise<{ code: string; on: string; killed: number; injured: number }[]> {
  const { rows } = await sql<{ code: string; on: string; killed: number | null; injured: number | null }>`
    select code, occurred_on as "on", killed, injured from accidents_of_area
    where country = ${country} and area = ${area}::uuid and occurred_on <= ${until}::date order by occurred_on, code`.execute(
    tx,
  );
  return rows.map(({ killed, injured, ...row }) => ({ ...row, killed: killed ?? 0, injured: injured ?? 0 }));
}

type Box = readonly [number, number, number, number];

/** An open area near a report's ground. */
export interface OpenArea {
  id: string;
  code: string | null;
  areaClass: AreaClass;
  status: AreaStatus;
  /** Whether the ledger has it. */
  carried: boolean;
  ground: Areal;
}

/**
 * Open areas that meet a box: what is open of those that the ledger has, and the outlines of the others.
 * @param noted whether the others are told, which needs clearance for positions
 */
export async function findOpenAreas(
  tx: Tx,
  country: string,
  box: Box,
  { noted, limit }: { noted: boolean; limit: number },
): Promise<OpenArea[]> {
  const shape = sql`ST_MakeEnvelope(${box[0]}, ${box[1]}, ${box[2]}, ${box[3]}, 4326)`;
  const { rows } = await sql<Omit<OpenArea, "ground"> & { ground: Buffer | null }>`
    select s.area as id, a.code, s.area_class as "areaClass", s.status, true as carried, ST_AsBinary(s.ground) as ground
      from land_state s left join land_area_name a on a.country = s.country and a.id = s.area
      where s.country = ${country} and s.ground && ${shape} and not ST_IsEmpty(s.ground) and s.status not in ('closed', 'released')
    union all
    select l.id, l.code, l.area_class, l.status, false, ST_AsBinary(l.geometry)
      from land_area_life l
      where ${noted} and l.country = ${country} and l.geometry && ${shape} and l.status not in ('closed', 'released')
        and not exists (select from land_carried c where c.country = l.country and c.area = l.id)
    order by 1 limit ${limit}`.execute(tx);
  return rows.flatMap(({ ground, ...row }) => {
    const found = arealOf(ground);
    return found ? [{ ...row, ground: found }] : [];
  });
}

/** Land that was given back, near a report's ground. */
export interface ReleasedLand {
  area: string;
  areaCode: string | null;
  kind: ProductKind;
  effectiveOn: string;
  squareMetres: number;
  depthCentimetres: number | null;
  geometry: Areal;
}

/** Released land that meets a box, the latest first. */
export async function findReleasedLand(tx: Tx, country: string, box: Box, limit: number): Promise<ReleasedLand[]> {
  const { rows } = await sql<Omit<ReleasedLand, "geometry"> & { geometry: Buffer | null }>`
    select p.area, a.code as "areaCode", p.kind, p.effective_on as "effectiveOn", p.square_metres as "squareMetres",
      p.depth_centimetres as "depthCentimetres", ST_AsBinary(p.geometry) as geometry
    from land_product p left join land_area_name a on a.country = p.country and a.id = p.area
    where p.country = ${country} and not p.void
      and p.geometry && ST_MakeEnvelope(${box[0]}, ${box[1]}, ${box[2]}, ${box[3]}, 4326)
    order by p.effective_on desc, p.id limit ${limit}`.execute(tx);
  return rows.flatMap(({ geometry, ...row }) => {
    const found = arealOf(geometry);
    return found ? [{ ...row, squareMetres: Number(row.squareMetres), geometry: found }] : [];
  });
}
