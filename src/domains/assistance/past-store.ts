import { insertRows } from "../../platform/database/insert-rows.ts";
import type { Tx } from "../../platform/database/types.ts";

/** The tables of cases, those that others point to first. */
const tables = [
  "assistance_case",
  "assistance_case_step",
  "assistance_cause",
  "assistance_need",
  "assistance_need_step",
  "assistance_service",
  "assistance_service_need",
  "assistance_goal",
  "assistance_follow_up",
  "assistance_referral",
  "assistance_referral_need",
  "assistance_referral_step",
] as const;

/** Stores whole cases as rows by table, each table in one statement. */
export async function insertPastRows(
  tx: Tx,
  cases: readonly Readonly<Record<string, readonly Record<string, unknown>[]>>[],
): Promise<void> {
  for (const table of tables)
    await insertRows(
      tx,
      table,
      cases.flatMap((rows) => rows[table] ?? []),
    );
}
