import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { Scope } from "./facts-store.ts";

/** What came to be known of land between two moments: reports approved later, and earlier ones put right. */
export interface LandChange {
  key: string | null;
  approvedLater: number;
  corrected: number;
}

/**
 * Which reports changed figures of a period between two days of knowledge, by a dimension or for the whole: those
 * that state facts of their own, and those that put another right.
 */
export async function landChanges(
  tx: Tx,
  { country, to }: Pick<Scope, "country" | "to">,
  between: { after: string; until: string | null },
  by: "province" | "organisation" | "year" | null,
): Promise<LandChange[]> {
  const column = by === "year" ? sql`extract(year from effective_on)::integer` : by ? sql.ref(by) : sql`null`;
  const key = sql`${column}::text`;
  const { rows } = await sql<LandChange>`select ${key} as key,
      count(distinct report) filter (where report = about)::integer as "approvedLater",
      count(distinct about) filter (where report <> about)::integer as corrected
    from ledger_posted where country = ${country} and effective_on <= ${to}::date and known_at >= ${between.after}::timestamptz
      and (${between.until}::timestamptz is null or known_at < ${between.until}::timestamptz) group by 1`.execute(tx);
  return rows;
}

/** How many casualties became known, were corrected and were taken back between two moments. */
export async function casualtyChanges(
  tx: Tx,
  country: string,
  between: { after: string; until: string },
): Promise<{ added: number; corrected: number; withdrawn: number }> {
  const { rows } = await sql<{ added: number; corrected: number; withdrawn: number }>`select added, corrected, withdrawn
    from accidents_changes(${country}, ${between.after}::timestamptz, ${between.until}::timestamptz)`.execute(tx);
  return rows[0] ?? { added: 0, corrected: 0, withdrawn: 0 };
}
