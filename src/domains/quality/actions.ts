import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { type ChangeContext, createRecords, findingsProblem, reviseRecords } from "../../platform/records/actions.ts";
import { findByKeys, findRecord, type StoredRecord } from "../../platform/records/store.ts";
import {
  type ChecklistOutput,
  type FilledChecklist,
  type NonconformityInput,
  qualityProblems,
  visit,
} from "./contract.ts";
import { visitDefinition } from "./definitions.ts";
import { type ChecklistItem, effectiveResult, shippedChecklists, type VisitKind, visitKinds } from "./model.ts";
import { raiseForFinds, raiseNonconformity } from "./nonconformities.ts";
import {
  type Acceptance,
  findAcceptance,
  findAnswers,
  findChecklist,
  findChecklists,
  findTaskPlace,
  insertAnswers,
  insertChecklist,
} from "./store.ts";

/** A visit as somebody reports it: its values, and at once what was answered and found wrong. */
export interface VisitReport {
  country: string;
  values: RecordValues;
  checklist?: FilledChecklist | undefined;
  nonconformities?: readonly NonconformityInput[];
  /** What elsewhere it was recorded from, so that it can be taken back with it. */
  sourceKey?: string;
}

/**
 * Records an inspection visit with its answers and non-conformities, in the caller's transaction. An item found in
 * sampled land rejects the visit and raises a critical non-conformity by itself. Place fields left out come from the task.
 * @returns the visit as stored, and the ids of its non-conformities
 * @throws Problem `common.invalid-input`, `quality.accepted-with-critical`, `quality.unknown-item`,
 * `quality.deadline-passed`
 */
export async function recordVisit(
  tx: Tx,
  report: VisitReport,
  change: ChangeContext,
): Promise<{ visit: StoredRecord; nonconformities: string[] }> {
  const { country, checklist, nonconformities = [] } = report;
  const values = await withPlace(tx, country, report.values);
  const missing = Object.entries(visit.fields)
    .filter(([name, field]) => field.required && !field.derived && !["country", "code"].includes(name))
    .filter(([name]) => (values[name] ?? null) === null)
    .map(([field]) => ({ check: "required", severity: "error" as const, field, params: {} }));
  const errors = [
    ...missing,
    ...visitDefinition.check(values, change.now).filter(({ severity }) => severity === "error"),
  ];
  if (errors.length > 0) throw findingsProblem(errors);
  if (effectiveResult(values) === "accepted" && nonconformities.some(({ severity }) => severity === "critical"))
    throw new Problem(qualityProblems["accepted-with-critical"]);
  const { sourceKey = null } = report;
  const [stored] = await createRecords(tx, visitDefinition, [{ country, values, sourceKey }], change);
  const made = stored as StoredRecord;
  if (checklist) await answerChecklist(tx, made, { ...checklist, answersVersion: 0 }, change);
  const raised: string[] = [];
  for (const input of nonconformities) raised.push(await raiseNonconformity(tx, made, input, change));
  const automatic = await raiseForFinds(tx, made, change);
  return { visit: made, nonconformities: automatic === null ? raised : [...raised, automatic] };
}

/** Takes back the visit that was recorded from something that turned out to be otherwise; its non-conformities go with it. */
export async function withdrawVisit(tx: Tx, country: string, sourceKey: string, change: ChangeContext): Promise<void> {
  const found = await findByKeys(tx, visitDefinition, country, "source_key", [sourceKey]);
  const held = found.filter(({ withdrawn }) => !withdrawn).map((record) => ({ record, withdrawn: true }));
  if (held.length > 0) await reviseRecords(tx, visitDefinition, held, change, "withdrawn");
}

async function withPlace(tx: Tx, country: string, values: RecordValues): Promise<RecordValues> {
  if (typeof values.task !== "string" || (values.area && values.unit)) return values;
  const place = await findTaskPlace(tx, country, values.task);
  return { ...values, area: values.area ?? place?.area ?? null, unit: values.unit ?? place?.unit ?? null };
}

/** The checklists in force in a country: its own, and the shipped ones (version 0) where it has none. */
export async function checklistsOf(tx: Tx, country: string): Promise<ChecklistOutput[]> {
  const own = await findChecklists(tx, country);
  return visitKinds.map((kind) => {
    const found = own.find((each) => each.kind === kind);
    return { kind, version: found?.version ?? 0, items: [...(found?.items ?? shippedChecklists[kind])] };
  });
}

/** A version of a checklist. @throws Problem `common.not-found` */
export async function checklistOf(
  tx: Tx,
  country: string,
  kind: VisitKind,
  version: number,
): Promise<readonly ChecklistItem[]> {
  // A visit may be of a kind that only the country knows; nothing is shipped for it.
  const shipped: Partial<typeof shippedChecklists> = shippedChecklists;
  const items = version === 0 ? (shipped[kind] ?? []) : await findChecklist(tx, country, kind, version);
  if (!items) throw new Problem(commonProblems["not-found"]);
  return items;
}

/**
 * Stores the answers of a visit as their next version.
 * @throws Problem `quality.unknown-item` for an answer to a question that the checklist does not ask,
 * `common.stale-revision`
 */
export async function answerChecklist(
  tx: Tx,
  of: StoredRecord,
  filled: FilledChecklist & { answersVersion: number },
  change: { now: Date; accountId: string | null },
): Promise<number> {
  const items = await checklistOf(tx, of.country, of.values.kind as VisitKind, filled.version);
  const unknown = Object.keys(filled.answers).filter((code) => !items.some((item) => item.code === code));
  if (unknown.length > 0) throw new Problem(qualityProblems["unknown-item"], { items: unknown });
  const found = (await findAnswers(tx, of.country, of.id))?.version ?? 0;
  const version = filled.answersVersion + 1;
  const { country, id, sensitivity } = of;
  const owner = { country, visit: id, sensitivity, organisation: of.values.organisation as string };
  // Notes that were left out are left out of the JSON too.
  const answers = Object.fromEntries(
    Object.entries(filled.answers).map(([code, { answer, note }]) => [code, note ? { answer, note } : { answer }]),
  );
  const stored = { version, checklistVersion: filled.version, answers };
  if (found !== filled.answersVersion || !(await insertAnswers(tx, owner, stored, change)))
    throw new Problem(commonProblems["stale-revision"], { expected: filled.answersVersion, found });
  await recordEvent(tx, {
    type: "quality.visit-answered",
    country,
    subject: { type: visit.name, id },
    accountId: change.accountId,
    now: change.now,
    payload: { version, answers: Object.keys(answers).length },
  });
  return version;
}

/** Finds a visit, locked for change. @throws Problem `common.not-found` */
export async function lockVisit(tx: Tx, country: string, id: string): Promise<StoredRecord> {
  const record = await findRecord(tx, visitDefinition, country, id, true);
  if (!record || record.withdrawn) throw new Problem(commonProblems["not-found"]);
  return record;
}

/**
 * Stores a new version of a country's own checklist.
 * @throws Problem `common.stale-revision`, `common.invalid-input` when two questions have one code
 */
export async function saveChecklist(
  tx: Tx,
  checklist: { country: string; kind: VisitKind; version: number; items: readonly ChecklistItem[] },
  change: { reason: string; now: Date; accountId: string | null },
): Promise<ChecklistOutput> {
  const { country, kind, items } = checklist;
  if (new Set(items.map(({ code }) => code)).size !== items.length)
    throw new Problem(commonProblems["invalid-input"], {}, [{ path: "items", code: "field.invalid-value" }]);
  const found = (await checklistsOf(tx, country)).find((each) => each.kind === kind)?.version ?? 0;
  const version = checklist.version + 1;
  if (found !== checklist.version || !(await insertChecklist(tx, { ...checklist, version }, change)))
    throw new Problem(commonProblems["stale-revision"], { expected: checklist.version, found });
  await recordEvent(tx, {
    type: "quality.checklist-saved",
    country,
    accountId: change.accountId,
    now: change.now,
    payload: { kind, version, items: items.length },
  });
  return { kind, version, items: [...items] };
}

/**
 * What inspections say about an area, a task or a report: its visits, newest first, and whether control accepted: the
 * newest quality control did, and no critical non-conformity of any visit is open. Without a control nothing is accepted.
 */
export async function acceptanceOf(
  tx: Tx,
  country: string,
  of: { area?: string | undefined; task?: string | undefined; report?: string | undefined },
): Promise<{ visits: Acceptance[]; accepted: boolean }> {
  const visits = await findAcceptance(tx, country, of);
  const control = visits.find(({ kind }) => kind === "qc");
  const accepted =
    control !== undefined && control.result !== "rejected" && visits.every(({ openCritical }) => openCritical === 0);
  return { visits, accepted };
}
