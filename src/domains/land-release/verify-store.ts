import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";

/** An approved report without its words: what it belongs together with. */
export interface ReportOutline {
  id: string;
  /** Areas that it names or changed. */
  areas: string[];
}

/** All approved reports of a country in outline, those that were put right too, by date of information. */
export async function findOutlines(tx: Tx, country: string): Promise<ReportOutline[]> {
  const { rows } = await sql<{
    id: string;
    area: string | null;
    named: (string | null)[];
    changed: string[] | null;
  }>`select id, area, jsonb_path_query_array(body, '$.parts[*].area') as named, result -> 'areas' as changed
    from land_report where country = ${country} and state = 'approved' order by effective_on, sequence`.execute(tx);
  return rows.map(({ id, area, named, changed }) => ({
    id,
    areas: [...new Set([area, ...named, ...(changed ?? [])].filter((each) => each !== null))],
  }));
}

/** Every area of a country of which a state or a product in force is stored. */
export async function findAreasWithState(tx: Tx, country: string): Promise<string[]> {
  const { rows } = await sql<{ area: string }>`select area from land_state where country = ${country}
    union select area from land_product where country = ${country} and not void`.execute(tx);
  return rows.map(({ area }) => area);
}

/** The countries of which the ledger or a state of an area is stored, in alphabetical order. */
export async function findLedgerCountries(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ country: string }>`select country from land_state union select country from ledger_entry
    order by 1`.execute(tx);
  return rows.map(({ country }) => country);
}
