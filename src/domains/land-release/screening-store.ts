import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { ReportBody } from "./contract-body.ts";
import type { ReportState, ReportType } from "./model.ts";

/** A report as screening looks at it. */
export interface ScreenedReport {
  country: string;
  id: string;
  code: string;
  type: ReportType;
  state: ReportState;
  effectiveOn: string | null;
  startedOn: string | null;
  endedOn: string | null;
  organisation: string | null;
  body: Pick<ReportBody, "team" | "methods" | "processed" | "parts" | "deminers" | "hours" | "devices">;
}

/**
 * Reports of work that were handed in and not put right since, the newest first. Records of the past that take areas into
 * the ledger are not work.
 */
export async function findScreened(
  tx: Tx,
  country: string,
  days: { from: string; to: string },
  limit: number,
): Promise<ScreenedReport[]> {
  const { rows } = await sql<ScreenedReport>`select country, id, code, type, state, effective_on as "effectiveOn",
      started_on as "startedOn", ended_on as "endedOn", organisation,
      jsonb_build_object('team', body -> 'team', 'methods', body -> 'methods', 'processed', body -> 'processed',
        'parts', body -> 'parts', 'deminers', body -> 'deminers', 'hours', body -> 'hours', 'devices', body -> 'devices') as body
    from land_report
    where country = ${country} and state in ('submitted', 'verified', 'approved', 'returned') and corrected_by is null
      and type <> 'opening-balance' and effective_on between ${days.from}::date and ${days.to}::date
    order by effective_on desc, id limit ${limit}`.execute(tx);
  return rows;
}
