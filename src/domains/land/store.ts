import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";

/** Which of some areas are what approved reports say they are. */
export async function carriedAreas(tx: Tx, country: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ area: string }>`select area from land_carried
    where country = ${country} and area = any (${[...ids]}::uuid[])`.execute(tx);
  return new Set(rows.map(({ area }) => area));
}
