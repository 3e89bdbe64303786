import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { NationalRules } from "./model.ts";

/** An approved report without its words: what it belongs together with, and its place in the order. */
export interface ReportOutline {
  id: string;
  effectiveOn: string;
  sequence: number;
  corrects: string | null;
  correctedBy: string | null;
  /** Areas that it names or changed. */
  areas: string[];
}

/** All approved reports of a country in outline, those that were put right too, in the order in which they count. */
export async function findOutlines(tx: Tx, country: string): Promise<ReportOutline[]> {
  const { rows } = await sql<{
    id: string;
    effectiveOn: string;
    sequence: number;
    corrects: string | null;
    correctedBy: string | null;
    area: string | null;
    named: (string | null)[];
    changed: string[] | null;
  }>`select id, effective_on as "effectiveOn", sequence, corrects, corrected_by as "correctedBy", area,
      jsonb_path_query_array(body, '$.parts[*].area') as named, result -> 'areas' as changed
    from land_report where country = ${country} and state = 'approved' order by effective_on, sequence`.execute(tx);
  return rows.map(({ area, named, changed, sequence, ...row }) => ({
    ...row,
    sequence: Number(sequence),
    areas: [...new Set([area, ...named, ...(changed ?? [])].filter((id) => id !== null))],
  }));
}

/** Every area of a country of which a state or a product in force is stored. */
export async function findAreasWithState(tx: Tx, country: string): Promise<string[]> {
  const { rows } = await sql<{ area: string }>`select area from land_state where country = ${country}
    union select area from land_product where country = ${country} and not void`.execute(tx);
  return rows.map(({ area }) => area);
}

/** All versions of a country's rules, oldest first, with the moment from which each was in force. */
export async function findRulesInForce(
  tx: Tx,
  country: string,
): Promise<{ body: Partial<NationalRules>; from: string }[]> {
  const { rows } = await sql<{ body: Partial<NationalRules>; from: string }>`select body, changed_at as from
    from land_rules where country = ${country} order by version`.execute(tx);
  return rows;
}
