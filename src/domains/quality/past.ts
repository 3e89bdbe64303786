import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { takeNumbers } from "../../platform/records/store.ts";
import { type NonconformityState, type NonconformityStep, type Severity, stateAfter } from "./model.ts";
import { insertPastNonconformities, type StoredNonconformity } from "./nonconformity-store.ts";

/** A step that was taken with a non-conformity before Santi knew of it. */
export interface PastStep {
  step: NonconformityStep;
  reason: string;
  /** The new deadline, where the step set one. */
  deadline: string | null;
  at: string;
}

/** Something that an inspection of the past found wrong, with everything that was done about it since. */
export interface PastNonconformity {
  visit: string;
  organisation: string;
  sensitivity: number;
  severity: Severity;
  type: StoredNonconformity["type"];
  description: string;
  correctiveAction: string | null;
  /** As it was set when it was raised. */
  deadline: string;
  raisedAt: string;
  /** In order of time. */
  steps: readonly PastStep[];
}

/**
 * Stores non-conformities of the past with their threads, in one pass for many. Visits are there already.
 * @param found of one country, the earliest first
 * @param change `sample` marks what is invented, so that it goes with the sample
 * @returns how many there are
 */
export async function recordPastNonconformities(
  tx: Tx,
  country: string,
  found: readonly PastNonconformity[],
  change: { accountId: string | null; now: Date; sample?: boolean },
): Promise<number> {
  if (found.length === 0) return 0;
  const first = await takeNumbers(tx, country, "quality.nonconformity", found.length);
  const stored = found.map((past, i) => {
    const at = (step: NonconformityStep) => past.steps.findLast((each) => each.step === step)?.at ?? null;
    const last = past.steps.at(-1);
    const state: NonconformityState = last ? stateAfter[last.step] : "open";
    return {
      ...past,
      country,
      id: newId(),
      code: `NC-${country}-${String(first + i).padStart(6, "0")}`,
      dueOn: past.steps.findLast(({ deadline }) => deadline !== null)?.deadline ?? past.deadline,
      state,
      correctedAt: at("corrected"),
      closedAt: state === "closed" ? at("closed") : null,
    };
  });
  await insertPastNonconformities(tx, stored, change.sample ?? false);
  await recordEvent(tx, {
    type: "quality.nonconformities-brought",
    country,
    accountId: change.accountId,
    now: change.now,
    payload: { stored: stored.length, ...(change.sample ? { sample: true } : {}) },
  });
  return stored.length;
}
