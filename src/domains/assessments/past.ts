import { insertRows } from "../../platform/database/insert-rows.ts";
import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { demandAnswers } from "./actions.ts";
import { assessmentProblems } from "./contract.ts";
import { scoreAnswers } from "./model.ts";
import { findInstrument } from "./model-instruments.ts";
import type { StoredAssessment } from "./store.ts";

/** An assessment of the past, and what was done about the alerts that it raised; null while nobody did anything. */
export type PastAssessment = Omit<StoredAssessment, "withdrawnReason" | "country"> & {
  responsible: string | null;
  done: { at: string; by: string | null; action: string } | null;
};

/**
 * Stores assessments of the past in one pass, with the alerts that their answers call for.
 * @param made of people of one country whose records are there
 * @throws Problem `common.invalid-input` naming every answer that cannot be, `assessments.unknown-version`
 */
export async function recordPastAssessments(
  tx: Tx,
  country: string,
  made: readonly PastAssessment[],
  by: { accountId: string | null; now: Date; sample?: boolean },
): Promise<void> {
  if (made.length === 0) return;
  const sample = by.sample ?? false;
  const alerts: Record<string, unknown>[] = [];
  for (const one of made) {
    const instrument = findInstrument(one.instrument, one.version);
    if (!instrument) throw new Problem(assessmentProblems["unknown-version"], { version: one.version });
    demandAnswers(instrument, one.answers);
    for (const code of scoreAnswers(instrument, one.answers).alerts)
      alerts.push({
        country,
        id: newId(),
        assessment: one.id,
        person: one.person,
        code,
        state: one.done ? "closed" : "open",
        responsible: one.responsible,
        raised_at: one.recordedAt,
        taken_at: one.done?.at ?? null,
        closed_at: one.done?.at ?? null,
        closed_by: one.done?.by ?? null,
        action: one.done?.action ?? null,
        version: one.done ? 3 : 1,
        sensitivity: 3,
        sample,
      });
  }
  await insertRows(
    tx,
    "assessments_assessment",
    made.map((one) => ({
      country,
      id: one.id,
      person: one.person,
      instrument: one.instrument,
      version: one.version,
      language: one.language,
      mode: one.mode,
      answers: one.answers,
      assessed_on: one.assessedOn,
      assessor: one.assessor,
      recorded_at: one.recordedAt,
      sensitivity: 3,
      sample,
    })),
  );
  await insertRows(tx, "assessments_alert", alerts);
  await recordEvent(tx, {
    type: "assessments.recorded",
    country,
    accountId: by.accountId,
    now: by.now,
    payload: { past: made.length },
  });
}
