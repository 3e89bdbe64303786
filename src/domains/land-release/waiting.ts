import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newReport, type ReportInput, reportCodes } from "./actions.ts";
import { addStep, insertReports, type StoredReport } from "./store.ts";

/** A report that was handed in before Santi knew of it and still waits for a decision. */
export interface WaitingReport extends ReportInput {
  id: string;
  state: "submitted" | "verified";
  /** When it was handed in, ISO 8601. */
  handedInAt: string;
}

/**
 * Stores reports that wait for verification or approval, as they come from another system: nobody of this node entered
 * them, so that whoever has the right may judge them here.
 * @returns how many were stored
 */
export async function recordWaiting(
  tx: Tx,
  reports: readonly WaitingReport[],
  by: { accountId: string | null; now: Date },
): Promise<number> {
  const stored: StoredReport[] = [];
  for (const waiting of reports) {
    const { country, type, state, handedInAt } = waiting;
    const [made] = waiting.code ? [waiting.code] : await reportCodes(tx, country, type, 1);
    stored.push({
      ...newReport(waiting, made as string, { accountId: null, now: new Date(handedInAt) }),
      state,
      submittedAt: handedInAt,
      verifiedAt: state === "verified" ? handedInAt : null,
    });
  }
  await insertReports(tx, stored);
  for (const report of stored) {
    const at = report.enteredAt;
    await addStep(tx, report, { action: "submitted", comment: null, accountId: null, at }, report.body);
    if (report.state === "verified")
      await addStep(tx, report, { action: "verified", comment: null, accountId: null, at });
  }
  for (const country of new Set(stored.map((report) => report.country))) {
    const count = stored.filter((report) => report.country === country).length;
    const payload = { stored: count, refused: 0 };
    await recordEvent(tx, { type: "land.reports-brought", country, accountId: by.accountId, now: by.now, payload });
  }
  return stored.length;
}
