import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { type StoredRecord, takeNumbers } from "../../platform/records/store.ts";
import { type NonconformityInput, qualityProblems } from "./contract.ts";
import { addDays, mayStep, type NonconformityStep, stateAfter } from "./model.ts";
import {
  insertNonconformity,
  insertStep,
  type ListedNonconformity,
  lockNonconformity,
  type StoredNonconformity,
  updateNonconformity,
} from "./nonconformity-store.ts";
import { daysFor } from "./settings.ts";

/** Who changes something about a non-conformity, and when. */
export interface Change {
  accountId: string | null;
  now: Date;
}

const dayOf = (now: Date) => now.toISOString().slice(0, 10);

/**
 * Raises a non-conformity of a visit; without a deadline the country's days for its severity count from the visit, or
 * from today when that would be over.
 * @returns its id
 * @throws Problem `quality.deadline-passed` when the deadline given is before the visit
 */
export async function raiseNonconformity(
  tx: Tx,
  visit: StoredRecord,
  input: NonconformityInput,
  change: Change,
): Promise<string> {
  const visitedOn = visit.values.visitedOn as string;
  if (input.deadline && input.deadline < visitedOn)
    throw new Problem(qualityProblems["deadline-passed"], { date: input.deadline });
  const made = await place(tx, visit, { ...input, automatic: false }, change);
  return made.id;
}

/**
 * Raises the critical non-conformity that an item found in sampled land is, unless the visit has it already.
 * @returns its id, or null when there is nothing to raise
 */
export async function raiseForFinds(tx: Tx, visit: StoredRecord, change: Change): Promise<string | null> {
  const found = visit.values.itemsFoundInSample;
  if (typeof found !== "number" || found < 1) return null;
  const input = { severity: "critical", type: "item-missed", description: "", automatic: true } as const;
  const made = await place(tx, visit, input, change);
  return made.stored ? made.id : null;
}

async function place(
  tx: Tx,
  visit: StoredRecord,
  input: NonconformityInput & { automatic: boolean },
  change: Change,
): Promise<{ id: string; stored: boolean }> {
  const { country } = visit;
  const today = dayOf(change.now);
  const days = await daysFor(tx, country, input.severity);
  const usual = addDays(visit.values.visitedOn as string, days);
  const number = await takeNumbers(tx, country, "quality.nonconformity", 1);
  const made: StoredNonconformity = {
    country,
    id: newId(),
    code: `NC-${country}-${String(number).padStart(6, "0")}`,
    visit: visit.id,
    severity: input.severity,
    type: input.type,
    description: input.description,
    organisation: visit.values.organisation as string,
    correctiveAction: input.correctiveAction ?? null,
    deadline: input.deadline ?? (usual < today ? addDays(today, days) : usual),
    state: "open",
    automatic: input.automatic,
    correctedBy: null,
    version: 1,
    sensitivity: visit.sensitivity,
  };
  const stored = await insertNonconformity(tx, made, change);
  if (!stored) return { id: made.id, stored };
  await insertStep(tx, made, { step: "raised", reason: input.description, deadline: made.deadline }, change);
  await tell(tx, made, "raised", change);
  return { id: made.id, stored };
}

const tell = (tx: Tx, of: StoredNonconformity, step: string, change: Change) =>
  recordEvent(tx, {
    type: `quality.nonconformity-${step}`,
    country: of.country,
    subject: { type: "quality.nonconformity", id: of.id },
    accountId: change.accountId,
    now: change.now,
    payload: { code: of.code, severity: of.severity, deadline: of.deadline, visit: of.visit, version: of.version },
  });

/**
 * Takes a step with a non-conformity: corrected, closed after verification, reopened, or given more time.
 * @param judge refuses the step when the caller may not take it with this one; called before anything changes
 * @returns the non-conformity after the step
 * @throws Problem `common.not-found`, `common.stale-revision`, `quality.step-not-allowed`, `quality.deadline-passed`
 */
export async function stepNonconformity(
  tx: Tx,
  target: { country: string; id: string; version: number },
  step: { step: NonconformityStep; reason: string; deadline?: string | undefined },
  judge: (found: ListedNonconformity) => void,
  change: Change,
): Promise<ListedNonconformity> {
  const found = await lockNonconformity(tx, target.country, target.id);
  if (!found) throw new Problem(commonProblems["not-found"]);
  judge(found);
  if (found.version !== target.version)
    throw new Problem(commonProblems["stale-revision"], { expected: target.version, found: found.version });
  if (!mayStep(found.state, step.step))
    throw new Problem(qualityProblems["step-not-allowed"], { state: found.state, step: step.step });
  if (step.deadline && step.deadline < dayOf(change.now))
    throw new Problem(qualityProblems["deadline-passed"], { date: step.deadline });
  const after: ListedNonconformity = {
    ...found,
    state: stateAfter[step.step],
    deadline: step.deadline ?? found.deadline,
    version: found.version + 1,
    correctedBy: step.step === "corrected" ? change.accountId : found.correctedBy,
  };
  await updateNonconformity(tx, after, change);
  await insertStep(tx, after, { step: step.step, reason: step.reason, deadline: step.deadline ?? null }, change);
  await tell(tx, after, step.step, change);
  return after;
}
