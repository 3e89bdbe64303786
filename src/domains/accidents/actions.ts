import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { reviseRecords } from "../../platform/records/actions.ts";
import type { StoredRecord } from "../../platform/records/store.ts";
import { casualtiesOf, lockAccident, reportFindings, stateOf } from "./casualties.ts";
import { accidentProblems, accident as accidentType } from "./contract.ts";
import { accidentDefinition, casualtyDefinition } from "./definitions.ts";
import { type StepName, stateAfter, stepDone, steps, type WorkflowStep } from "./model.ts";
import { verifierMayApprove } from "./settings.ts";
import { type AccidentStep, addStep, findSteps } from "./store.ts";

/** By whom and when something is done with an accident's report. */
export interface Actor {
  accountId: string | null;
  now: Date;
}

/** Writes a step into the thread of an accident and tells others. */
export async function noteStep(
  tx: Tx,
  accident: StoredRecord,
  step: StepName,
  comment: string | null,
  { accountId, now }: Actor,
): Promise<void> {
  await addStep(tx, accident, { step, comment, accountId, at: now.toISOString() });
  await recordEvent(tx, {
    type: `accidents.report-${step}`,
    country: accident.country,
    subject: { type: accidentType.name, id: accident.id },
    accountId,
    now,
    payload: { code: String(accident.values.code ?? ""), ...(accident.sample ? { sample: true } : {}) },
  });
}

const writing: readonly StepName[] = ["entered", "changed", "submitted"];

/** Whether somebody had a hand in what a report says. What the program did alone is nobody's own. */
export function ownReport(thread: readonly AccidentStep[], accountId: string | null): boolean {
  return accountId !== null && thread.some((each) => each.accountId === accountId && writing.includes(each.step));
}

/** Whether somebody gave the verification that the report now stands on. */
export function verifiedBy(thread: readonly AccidentStep[], accountId: string | null): boolean {
  const last = thread.findLast(({ step }) => step === "verified");
  return accountId !== null && last?.accountId === accountId;
}

async function demandJudge(tx: Tx, accident: StoredRecord, step: WorkflowStep, { accountId }: Actor): Promise<void> {
  if (step !== "verify" && step !== "approve") return;
  const thread = await findSteps(tx, accident.country, accident.id);
  if (ownReport(thread, accountId)) throw new Problem(accidentProblems["own-report"]);
  if (step === "approve" && verifiedBy(thread, accountId) && !(await verifierMayApprove(tx, accident.country)))
    throw new Problem(accidentProblems["verifier-approves"]);
}

/** Refuses a report about which something is wrong, naming each thing. */
async function demandReady(tx: Tx, accident: StoredRecord, now: Date): Promise<void> {
  const casualties = await casualtiesOf(tx, accident.country, accident.id);
  const findings = await reportFindings(tx, accident, casualties, { now, knowsPerson: false });
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  throw new Problem(
    accidentProblems["not-ready"],
    { errors: errors.length },
    errors.map(({ check, field, params, casualty }) => ({
      path: casualty === null ? (field ?? "") : `casualties.${casualty}${field ? `.${field}` : ""}`,
      code: `check.${check}`,
      params,
    })),
  );
}

/**
 * Takes the report of an accident one step further. Each step is a revision of the accident, so that figures as known on
 * a day count what was approved then.
 * @param target the accident and the revision that the caller saw
 * @throws Problem `common.not-found`, `common.stale-revision`, `accidents.step-not-allowed`, `accidents.own-report`,
 * `accidents.verifier-approves`, `accidents.not-ready`
 */
export async function takeStep(
  tx: Tx,
  target: { country: string; id: string; revision: number },
  step: WorkflowStep,
  comment: string | null,
  actor: Actor,
): Promise<StoredRecord> {
  const accident = await lockAccident(tx, target.country, target.id);
  if (accident.revision !== target.revision)
    throw new Problem(commonProblems["stale-revision"], { expected: target.revision, found: accident.revision });
  const state = stateOf(accident);
  if (!steps[state].includes(step)) throw new Problem(accidentProblems["step-not-allowed"], { state, step });
  await demandJudge(tx, accident, step, actor);
  if (step !== "return" && step !== "withdraw") await demandReady(tx, accident, actor.now);
  const change = { ...actor, reason: comment };
  const withdrawn = step === "withdraw";
  const values = { ...accident.values, state: stateAfter[step] };
  const [after] = await reviseRecords(
    tx,
    accidentDefinition,
    [{ record: accident, values, withdrawn }],
    change,
    withdrawn ? "withdrawn" : "corrected",
  );
  if (withdrawn) {
    const casualties = await casualtiesOf(tx, accident.country, accident.id);
    const gone = casualties.map((record) => ({ record, withdrawn: true }));
    await reviseRecords(tx, casualtyDefinition, gone, change, "withdrawn");
  }
  await noteStep(tx, after as StoredRecord, stepDone[step], comment, actor);
  return after as StoredRecord;
}
