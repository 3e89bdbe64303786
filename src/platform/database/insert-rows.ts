import { sql } from "kysely";
import type { Tx } from "./types.ts";

/** A row as JSON: column names as in the database, every column named; arrays for arrays. */
export type WholeRow = Readonly<Record<string, unknown>>;

/**
 * Stores many whole rows of one table in one statement, for what arrives in batches. A column that a row does not name is
 * null, whatever the table's default.
 * @param table a name from the program, never from a request
 */
export async function insertRows(tx: Tx, table: string, rows: readonly WholeRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into ${sql.table(table)}
    select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(tx);
}
