import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Finding } from "../../platform/records/definition.ts";
import type { Writing } from "./case-store.ts";
import { caseEvent, demandAccount, demandVersion, openedCase, refuse, wrong } from "./cases.ts";
import { assistanceProblems } from "./contract.ts";
import { findNeeds } from "./need-store.ts";
import {
  insertFollowUp,
  insertGoal,
  lockFollowUp,
  lockGoal,
  type StoredFollowUp,
  type StoredGoal,
  updateFollowUp,
  updateGoal,
} from "./plan-store.ts";
import type { Reach } from "./policy.ts";

type OfCase = { country: string; id: string };

/** What lies before yesterday is past in every time zone of the region. */
function notPast(value: string, field: string, check: string, now: Date): Finding[] {
  const yesterday = new Date(now.getTime() - 86_400_000).toISOString().slice(0, 10);
  return value < yesterday ? [wrong(check, field, { date: value })] : [];
}

/**
 * Adds a goal to the plan of a case.
 * @throws Problem `common.not-found`, `assistance.case-closed`, `common.invalid-input` for a target in the past
 */
export async function addGoal(
  tx: Tx,
  reach: Reach,
  of: OfCase,
  input: { goal: string; targetOn: string; need?: string | undefined },
  by: Writing,
): Promise<string> {
  const found = await openedCase(tx, reach, of.country, of.id);
  const needs = await findNeeds(tx, of.country, of.id);
  refuse([
    ...notPast(input.targetOn, "targetOn", "goal-past", by.now),
    ...(input.need && !needs.some(({ id }) => id === input.need) ? [wrong("need-unknown", "need")] : []),
  ]);
  const id = newId();
  const goal = { ...of, id, caseId: of.id, ...input, need: input.need ?? null };
  await insertGoal(tx, { ...goal, state: "open", endedOn: null, reason: null, version: 1 }, by);
  await caseEvent(tx, "goal-added", found, { goal: id }, by);
  return id;
}

/**
 * Says that a goal was reached or given up.
 * @throws Problem `common.not-found`, `common.stale-revision`, `assistance.case-closed`, `assistance.step-not-allowed`,
 * `assistance.reason-missing`, `common.invalid-input`
 */
export async function endGoal(
  tx: Tx,
  reach: Reach,
  of: OfCase & { goal: string; version: number },
  input: { state: Exclude<StoredGoal["state"], "open">; on: string; reason?: string | undefined },
  by: Writing,
): Promise<void> {
  const found = await openedCase(tx, reach, of.country, of.id);
  const goal = await lockGoal(tx, of.country, of.id, of.goal);
  if (!goal) throw new Problem(commonProblems["not-found"]);
  demandVersion(goal, of.version);
  if (goal.state !== "open") throw new Problem(assistanceProblems["step-not-allowed"], { state: goal.state });
  if (input.state === "given-up" && !input.reason) throw new Problem(assistanceProblems["reason-missing"]);
  refuse(dateChecks({ on: input.on }, by.now, ["on"]));
  const ended = { state: input.state, endedOn: input.on, reason: input.reason ?? null };
  await updateGoal(tx, { ...goal, ...ended, version: goal.version + 1 });
  await caseEvent(tx, "goal-ended", found, { goal: goal.id }, by);
}

/**
 * Adds a follow-up with its due date. Without a name it is whoever the case is assigned to, else who enters it.
 * @throws Problem `common.not-found`, `assistance.case-closed`, `assistance.unknown-account`, `common.invalid-input` for a
 * day in the past
 */
export async function addFollowUp(
  tx: Tx,
  reach: Reach,
  of: OfCase,
  input: {
    kind: StoredFollowUp["kind"];
    dueOn: string;
    assignee?: string | undefined;
    detail?: string | undefined;
  },
  by: Writing,
): Promise<string> {
  const found = await openedCase(tx, reach, of.country, of.id);
  refuse(notPast(input.dueOn, "dueOn", "follow-up-past", by.now));
  if (input.assignee) await demandAccount(tx, input.assignee);
  const id = newId();
  const followUp: StoredFollowUp = {
    country: of.country,
    id,
    caseId: of.id,
    kind: input.kind,
    dueOn: input.dueOn,
    assignee: input.assignee ?? found.assignee ?? by.accountId,
    detail: input.detail ?? null,
    state: "due",
    endedOn: null,
    outcome: null,
    version: 1,
  };
  await insertFollowUp(tx, followUp, by);
  await caseEvent(tx, "follow-up-added", found, { followUp: id }, by);
  return id;
}

/**
 * Says that a follow-up was done or is not needed.
 * @throws Problem `common.not-found`, `common.stale-revision`, `assistance.case-closed`, `assistance.step-not-allowed`,
 * `common.invalid-input`
 */
export async function endFollowUp(
  tx: Tx,
  reach: Reach,
  of: OfCase & { followUp: string; version: number },
  input: { state: Exclude<StoredFollowUp["state"], "due">; on: string; outcome?: string | undefined },
  by: Writing,
): Promise<void> {
  const found = await openedCase(tx, reach, of.country, of.id);
  const followUp = await lockFollowUp(tx, of.country, of.id, of.followUp);
  if (!followUp) throw new Problem(commonProblems["not-found"]);
  demandVersion(followUp, of.version);
  if (followUp.state !== "due") throw new Problem(assistanceProblems["step-not-allowed"], { state: followUp.state });
  refuse(dateChecks({ on: input.on }, by.now, ["on"]));
  const ended = { state: input.state, endedOn: input.on, outcome: input.outcome ?? null };
  await updateFollowUp(tx, { ...followUp, ...ended, version: followUp.version + 1 });
  await caseEvent(tx, "follow-up-ended", found, { followUp: followUp.id }, by);
}
