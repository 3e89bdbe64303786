import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";

/** Why a unit is not complete, and because of which record. */
export interface CompletionGap {
  reason: "open-area" | "suspended-area" | "indication" | "report-waiting" | "control-not-accepted" | "find-left";
  type: string;
  id: string;
  code: string;
  /** Of areas: their land. */
  squareMetres: number | null;
}

/** A unit and everything below it. */
const within = (country: string, unit: string) => sql`(
  with recursive tree as (
    select id from places_name where country = ${country} and id = ${unit}::uuid
    union all
    select u.id from places_name u join tree on u.parent = tree.id where u.country = ${country})
  select id from tree)`;

const areas = (country: string, unit: string) =>
  sql`select id, code, area_class, status, square_metres from land_area_state
    where country = ${country} and unit in ${within(country, unit)}`;

/**
 * Every reason why a unit cannot be declared complete (Article 5: all known and suspected areas addressed; nothing suspended,
 * no indication waiting for survey, no report on its way, control accepted, nothing left in place).
 */
export async function findGaps(tx: Tx, country: string, unit: string): Promise<CompletionGap[]> {
  const parts: RawBuilder<unknown>[] = [
    sql`select case when status = 'suspended' then 'suspended-area' when area_class = 'indication' then 'indication' else 'open-area' end
        as reason, 'land.area' as type, id, code, square_metres as "squareMetres"
      from (${areas(country, unit)}) a where status not in ('closed', 'released')`,
    sql`select 'report-waiting', 'land.report', id, code, null::bigint from land_report_work
      where country = ${country} and state in ('submitted', 'verified', 'returned') and unit in ${within(country, unit)}`,
    sql`select 'control-not-accepted', 'quality.visit', q.visit, q.code, null::bigint from (
        select distinct on (q.area) q.* from quality_acceptance q join (${areas(country, unit)}) a on a.id = q.area
        where q.country = ${country} and q.kind = 'qc' order by q.area, q.visited_on desc, q.visit desc) q
      where q.result = 'rejected' or q.open_critical > 0`,
    sql`select 'find-left', 'ordnance.find', id, code, null::bigint from ordnance_found(${country}, null)
      where disposal = 'left-in-place' and unit in ${within(country, unit)}`,
  ];
  const { rows } = await sql<CompletionGap>`${sql.join(parts, sql` union all `)} order by 1, 4, 3`.execute(tx);
  return rows.map((row) => ({ ...row, squareMetres: row.squareMetres === null ? null : Number(row.squareMetres) }));
}

/** A unit by its id. */
export async function findUnit(
  tx: Tx,
  country: string,
  id: string,
): Promise<{ code: string; names: Record<string, string>; level: number } | null> {
  const { rows } = await sql<{ code: string; names: Record<string, string>; level: number }>`select code, names, level
    from places_name where country = ${country} and id = ${id}::uuid`.execute(tx);
  return rows[0] ?? null;
}
