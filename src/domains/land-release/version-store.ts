import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import { readWkb } from "../../platform/files/index.ts";
import { type Areal, noGround, toMulti } from "./ground.ts";
import type { AreaVersion } from "./refold.ts";
import { hexOf } from "./state-store.ts";

/** A version as stored, with the moment at which it became known. */
export interface VersionRow extends AreaVersion {
  id: string;
  reportCode: string | null;
  knownAt: string;
}

/** The versions of areas that hold, in the order in which they count. */
export async function findVersions(tx: Tx, country: string, areas: readonly string[]): Promise<VersionRow[]> {
  if (areas.length === 0) return [];
  const { rows } = await sql<
    Omit<VersionRow, "perimeter" | "ground"> & { perimeter: Buffer | null; ground: Buffer | null }
  >`select v.id, v.area, v.report, r.code as "reportCode", v.effective_on as "effectiveOn", v.place,
      v.area_class as "areaClass", v.status, v.open_square_metres as "openSquareMetres", v.known_at as "knownAt",
      ST_AsBinary(v.perimeter) as perimeter, ST_AsBinary(v.ground) as ground
    from land_version v left join land_report_name r on r.country = v.country and r.id = v.report
    where v.country = ${country} and v.area = any (${[...areas]}::uuid[]) and v.superseded_at is null
    order by v.area, v.effective_on, v.place`.execute(tx);
  return rows.map((row) => ({
    ...row,
    place: Number(row.place),
    openSquareMetres: Number(row.openSquareMetres),
    perimeter: row.perimeter ? (readWkb(row.perimeter) as Areal | null) : null,
    ground: row.ground ? ((readWkb(row.ground) as Areal | null) ?? noGround) : noGround,
  }));
}

/** Stores versions, in one statement. */
export async function insertVersions(
  tx: Tx,
  country: string,
  versions: readonly (AreaVersion & { id: string; place: number; knownAt: string; sample: boolean })[],
): Promise<void> {
  if (versions.length === 0) return;
  const rows = versions.map((version) => ({
    ...version,
    perimeter: hexOf(version.perimeter),
    ground: hexOf(toMulti(version.ground)),
  }));
  await sql`insert into land_version (country, id, area, report, effective_on, place, area_class, status, open_square_metres,
      perimeter, ground, known_at, sample)
    select ${country}, id, area, report, "effectiveOn", place, "areaClass", status, "openSquareMetres",
      ST_SetSRID(perimeter::geometry, 4326), ST_SetSRID(ground::geometry, 4326), "knownAt", sample
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, area uuid, report uuid, "effectiveOn" date,
      place bigint, "areaClass" text, status text, "openSquareMetres" bigint, perimeter text, ground text,
      "knownAt" timestamptz, sample boolean)`.execute(tx);
}

/** Notes since when versions no longer hold; they stay stored. */
export async function supersedeVersions(tx: Tx, country: string, ids: readonly string[], at: string): Promise<void> {
  if (ids.length === 0) return;
  await sql`update land_version set superseded_at = ${at}::timestamptz
    where country = ${country} and id = any (${[...ids]}::uuid[])`.execute(tx);
}
