import { readSetting } from "../../platform/administration/index.ts";
import { recordProblems } from "../../platform/contract/record-routes.ts";
import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { type ChangeContext, findingsProblem, reviseRecords } from "../../platform/records/actions.ts";
import { findRecord, type StoredRecord } from "../../platform/records/store.ts";
import { taskingProblems } from "./contract.ts";
import { taskDefinition } from "./definitions.ts";
import {
  mayMove,
  parseTransitions,
  shippedTransitions,
  type TaskStatus,
  type Transitions,
  workedStatuses,
} from "./model.ts";
import { transitionsSetting } from "./settings.ts";
import {
  findFurtherAreas,
  findSameProgress,
  findTaskState,
  findTeamOrganisation,
  knownAreas,
  replaceFurtherAreas,
} from "./store.ts";

/** The steps in force in a country. A table that cannot be read counts as not chosen. */
export async function transitionsOf(tx: Tx, country: string): Promise<Transitions> {
  return parseTransitions(await readSetting(tx, transitionsSetting, country)) ?? shippedTransitions;
}

/** A task as read, locked for change. @throws Problem `common.not-found`, `records.withdrawn` */
async function lockTask(tx: Tx, country: string, id: string): Promise<StoredRecord> {
  const record = await findRecord(tx, taskDefinition, country, id, true);
  if (!record) throw new Problem(commonProblems["not-found"]);
  if (record.withdrawn) throw new Problem(recordProblems.withdrawn);
  return record;
}

/**
 * Moves a task to another status, with a reason. A task that is issued gets its date of issue if it has none.
 * @param step `revision` is the one on which the step was decided; `on` the day it happened
 * @throws Problem `common.not-found`, `common.stale-revision`, `tasking.step-not-allowed`,
 * `tasking.date-before-last-step`, `common.invalid-input`
 */
export async function moveTask(
  tx: Tx,
  target: { country: string; id: string },
  step: { revision: number; status: TaskStatus; on: string },
  change: ChangeContext & { reason: string },
): Promise<StoredRecord> {
  const record = await lockTask(tx, target.country, target.id);
  if (record.revision !== step.revision)
    throw new Problem(commonProblems["stale-revision"], { expected: step.revision, found: record.revision });
  const from = record.values.status as TaskStatus;
  if (!mayMove(await transitionsOf(tx, target.country), from, step.status))
    throw new Problem(taskingProblems["step-not-allowed"], { from, to: step.status });
  const tomorrow = new Date(change.now.getTime() + 86_400_000).toISOString().slice(0, 10);
  if (step.on > tomorrow)
    throw findingsProblem([{ check: "date-in-future", severity: "error", field: "on", params: { date: step.on } }]);
  const last = record.values.statusOn as string | undefined;
  if (last !== undefined && step.on < last) throw new Problem(taskingProblems["date-before-last-step"], { date: last });
  const values: RecordValues = {
    ...record.values,
    status: step.status,
    statusOn: step.on,
    ...(step.status === "issued" && !record.values.issuedOn ? { issuedOn: step.on } : {}),
  };
  const errors = taskDefinition.check(values, change.now).filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw findingsProblem(errors);
  const [moved] = await reviseRecords(tx, taskDefinition, [{ record, values }], change);
  await recordEvent(tx, {
    type: "tasking.task-moved",
    country: target.country,
    subject: { type: taskDefinition.type.name, id: target.id },
    accountId: change.accountId,
    now: change.now,
    payload: { from, to: step.status, on: step.on },
  });
  return moved as StoredRecord;
}

/**
 * Sets the further areas of a task, beside its main one.
 * @throws Problem `common.not-found`, `tasking.unknown-area` for an area that does not exist or is the main one
 */
export async function setFurtherAreas(
  tx: Tx,
  target: { country: string; id: string },
  areas: readonly string[],
  change: ChangeContext & { reason: string },
): Promise<string[]> {
  const record = await lockTask(tx, target.country, target.id);
  const wanted = [...new Set(areas)];
  const known = await knownAreas(tx, target.country, wanted);
  const unknown = wanted.filter((area) => !known.has(area) || area === record.values.area);
  if (unknown.length > 0) throw new Problem(taskingProblems["unknown-area"], { areas: unknown });
  const organisation = (record.values.organisation as string | undefined) ?? null;
  await replaceFurtherAreas(tx, { ...record, organisation }, wanted, change.now);
  await recordEvent(tx, {
    type: "tasking.task-areas-set",
    country: target.country,
    subject: { type: taskDefinition.type.name, id: target.id },
    accountId: change.accountId,
    now: change.now,
    payload: { areas: wanted, reason: change.reason },
  });
  return findFurtherAreas(tx, target.country, target.id);
}

/**
 * Completes and judges new or changed daily progress against its task and team.
 * @param values the whole values of the progress
 * @param own the code of the progress itself when it is changed
 * @returns the values with the team's organisation
 * @throws Problem `tasking.task-not-open`, `tasking.day-before-issue`, `tasking.progress-exists`,
 * `tasking.organisation-differs`, `common.invalid-input`
 */
export async function placeProgress(
  tx: Tx,
  country: string,
  values: RecordValues,
  own: string | null = null,
): Promise<RecordValues & { organisation: string }> {
  const { task, team, day, method, organisation } = values as Record<string, string | undefined>;
  const missing = Object.entries({ task, team, day, method })
    .filter(([, value]) => value === undefined || value === null)
    .map(([field]) => ({ check: "required", severity: "error" as const, field, params: {} }));
  if (!task || !team || !day || !method) throw findingsProblem(missing);
  const state = await findTaskState(tx, country, task);
  if (!state) throw findingsProblem([{ check: "not-there", severity: "error", field: "task", params: {} }]);
  const teams = await findTeamOrganisation(tx, country, team);
  if (!teams) throw findingsProblem([{ check: "not-there", severity: "error", field: "team", params: {} }]);
  if (!workedStatuses.some((status) => status === state.status))
    throw new Problem(taskingProblems["task-not-open"], { task: state.code, status: state.status });
  if (state.issuedOn !== null && day < state.issuedOn)
    throw new Problem(taskingProblems["day-before-issue"], { task: state.code, date: state.issuedOn });
  if (organisation && organisation !== teams) throw new Problem(taskingProblems["organisation-differs"]);
  const same = await findSameProgress(tx, country, { task, team, day, method });
  if (same !== null && same !== own) throw new Problem(taskingProblems["progress-exists"], { code: same });
  return { ...values, organisation: teams };
}
