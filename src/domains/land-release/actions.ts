import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, type FieldProblem, Problem } from "../../platform/kernel/problem.ts";
import { takeNumbers } from "../../platform/records/store.ts";
import { approvalWrites } from "./approval.ts";
import { rulesOf } from "./bases.ts";
import { computeReport } from "./compute.ts";
import { reportProblems } from "./contract.ts";
import { bodySchema, type ReportBody } from "./contract-body.ts";
import { findUnknown } from "./link-store.ts";
import { type ReportType, steps, type WorkflowStep } from "./model.ts";
import type { ReportFinding } from "./state.ts";
import {
  addStep,
  findReport,
  insertReports,
  markCorrected,
  type ReportStep,
  type StoredReport,
  takeSequence,
  updateReport,
} from "./store.ts";

/** By whom and when something is done with a report. */
export interface Actor {
  accountId: string | null;
  now: Date;
}

/** What people write in a report. */
export interface ReportInput {
  country: string;
  id?: string | undefined;
  code?: string | undefined;
  type: ReportType;
  organisation: string | null;
  area: string | null;
  task: string | null;
  unit: string | null;
  effectiveOn: string | null;
  startedOn: string | null;
  endedOn: string | null;
  corrects: string | null;
  body: ReportBody;
  sample?: boolean;
}

const prefixes: Readonly<Record<ReportType, string>> = {
  "non-technical-survey": "NTS",
  "technical-survey": "TS",
  clearance: "CLR",
  "spot-task": "EOD",
  progress: "PRG",
  completion: "CMP",
  cancellation: "CAN",
  handover: "HOV",
  "re-survey": "RSV",
  "quality-inspection": "QC",
  "post-clearance-monitoring": "PCM",
  "opening-balance": "OPN",
};

/** Codes for new reports of one type, e.g. `CLR-KHM-000012`. */
export async function reportCodes(tx: Tx, country: string, type: ReportType, count: number): Promise<string[]> {
  const first = await takeNumbers(tx, country, `land.report.${type}`, count);
  return Array.from({ length: count }, (_, i) => `${prefixes[type]}-${country}-${String(first + i).padStart(6, "0")}`);
}

/** A report as it is before anything happened to it. */
export function newReport(input: ReportInput, code: string, { accountId, now }: Actor): StoredReport {
  return {
    country: input.country,
    id: input.id ?? newId(),
    revision: 1,
    code,
    type: input.type,
    state: "draft",
    organisation: input.organisation,
    area: input.area,
    task: input.task,
    unit: input.unit,
    effectiveOn: input.effectiveOn,
    startedOn: input.startedOn,
    endedOn: input.endedOn,
    corrects: input.corrects,
    correctedBy: null,
    body: input.body,
    result: null,
    enteredBy: accountId,
    enteredAt: now.toISOString(),
    submittedBy: null,
    submittedAt: null,
    verifiedBy: null,
    verifiedAt: null,
    approvedBy: null,
    approvedAt: null,
    sequence: null,
    sample: input.sample ?? false,
  };
}

/**
 * Starts a report as a draft. The same person sending a draft again under the same id, because the first answer was
 * lost, gets the report that is there; words that changed in between are taken over.
 * @throws Problem `land-release.corrects-unknown` when it names a report that is not approved or was put right already,
 * `common.stale-revision` when the id is that of another report or this one has gone on since
 */
export async function enterReport(tx: Tx, input: ReportInput, actor: Actor): Promise<StoredReport> {
  const known = input.id === undefined ? null : await findReport(tx, input.country, input.id, true);
  if (known) return enteredAgain(tx, known, input, actor);
  if (input.corrects) {
    const old = await findReport(tx, input.country, input.corrects);
    if (old?.state !== "approved" || old.correctedBy || old.type !== input.type)
      throw new Problem(reportProblems["corrects-unknown"]);
  }
  await demandKnown(tx, input);
  const [made] = await reportCodes(tx, input.country, input.type, 1);
  const report = newReport(input, input.code ?? (made as string), actor);
  await insertReports(tx, [report]);
  await step(tx, report, "entered", null, actor);
  return report;
}

async function enteredAgain(tx: Tx, known: StoredReport, input: ReportInput, actor: Actor): Promise<StoredReport> {
  const { country, id, revision } = known;
  const wordsOf = ({
    organisation,
    area,
    task,
    unit,
    effectiveOn,
    startedOn,
    endedOn,
    body,
  }: ReportInput | StoredReport) =>
    JSON.stringify([organisation, area, task, unit, effectiveOn, startedOn, endedOn, bodySchema.parse(body)]);
  const theirs = known.enteredBy === actor.accountId && known.type === input.type && known.corrects === input.corrects;
  if (theirs && wordsOf(known) === wordsOf(input)) return known;
  if (!theirs || known.state !== "draft" || revision !== 1)
    throw new Problem(commonProblems["stale-revision"], { expected: 0, found: revision });
  return changeReport(tx, { country, id, revision }, input, actor);
}

/** Refuses words that name an organisation, area or unit which the country has not. @throws Problem `common.invalid-input` */
async function demandKnown(
  tx: Tx,
  input: Pick<ReportInput, "country" | "organisation" | "area" | "unit">,
): Promise<void> {
  const fields = (await findUnknown(tx, input)).map((path): FieldProblem => {
    const code = {
      organisation: "check.operator-unknown",
      area: "check.area-unknown",
      unit: "check.report-unit-unknown",
    };
    return { path, code: code[path], params: {} };
  });
  if (fields.length > 0) throw new Problem(commonProblems["invalid-input"], {}, fields);
}

/** Changes a draft or a returned report. @throws Problem `common.stale-revision`, `land-release.step-not-allowed` */
export async function changeReport(
  tx: Tx,
  target: { country: string; id: string; revision: number },
  input: Omit<ReportInput, "country" | "type" | "corrects" | "sample">,
  actor: Actor,
): Promise<StoredReport> {
  const report = await lockedReport(tx, target, "edit");
  await demandKnown(tx, { ...input, country: report.country });
  const { organisation, area, task, unit, effectiveOn, startedOn, endedOn, body } = input;
  const changed = { ...report, organisation, area, task, unit, effectiveOn, startedOn, endedOn, body };
  return put(tx, changed, "changed", null, actor);
}

/** Reads and locks a report for a step, and refuses a step that its state or a newer revision does not allow. */
async function lockedReport(
  tx: Tx,
  { country, id, revision }: { country: string; id: string; revision: number },
  wanted: WorkflowStep,
): Promise<StoredReport> {
  const report = await findReport(tx, country, id, true);
  if (!report) throw new Problem(commonProblems["not-found"]);
  if (report.revision !== revision)
    throw new Problem(commonProblems["stale-revision"], { expected: revision, found: report.revision });
  if (!steps[report.state].includes(wanted))
    throw new Problem(reportProblems["step-not-allowed"], { state: report.state, step: wanted });
  return report;
}

async function step(
  tx: Tx,
  report: StoredReport,
  action: ReportStep["action"],
  comment: string | null,
  { accountId, now }: Actor,
  body: ReportBody | null = null,
): Promise<void> {
  await addStep(tx, report, { action, comment, accountId, at: now.toISOString() }, body);
  await recordEvent(tx, {
    type: `land.report-${action}`,
    country: report.country,
    subject: { type: "land.report", id: report.id },
    accountId,
    now,
    payload: { code: report.code, reportType: report.type, ...(report.sample ? { sample: true } : {}) },
  });
}

async function put(
  tx: Tx,
  report: StoredReport,
  action: ReportStep["action"],
  comment: string | null,
  actor: Actor,
  body: ReportBody | null = null,
): Promise<StoredReport> {
  if (!(await updateReport(tx, report))) throw new Problem(commonProblems["stale-revision"]);
  await step(tx, report, action, comment, actor, body);
  return { ...report, revision: report.revision + 1 };
}

function fieldOf(report: StoredReport, finding: ReportFinding): FieldProblem {
  const at = report.body.parts.findIndex(({ id }) => id === finding.part);
  const path = at < 0 ? (finding.field ?? "") : `parts.${at}${finding.field ? `.${finding.field}` : ""}`;
  return { path, code: `check.${finding.check}`, params: finding.params };
}

/** Refuses a report about which something is wrong, naming each thing. */
function demandSound(report: StoredReport, findings: readonly ReportFinding[]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0)
    throw new Problem(
      reportProblems["not-ready"],
      { errors: errors.length },
      errors.map((finding) => fieldOf(report, finding)),
    );
}

/**
 * Hands a report in: from now on its words wait for somebody else's judgement.
 * @throws Problem `land-release.not-ready` naming every error, `common.stale-revision`, `land-release.step-not-allowed`
 */
export async function submitReport(
  tx: Tx,
  target: { country: string; id: string; revision: number },
  comment: string | null,
  actor: Actor,
): Promise<StoredReport> {
  const report = await lockedReport(tx, target, "submit");
  demandSound(report, (await computeReport(tx, report, { now: actor.now })).findings);
  const submitted: StoredReport = {
    ...report,
    state: "submitted",
    submittedBy: actor.accountId,
    submittedAt: actor.now.toISOString(),
    verifiedBy: null,
    verifiedAt: null,
  };
  return put(tx, submitted, "submitted", comment, actor, report.body);
}

const own = (report: StoredReport, { accountId }: Actor) =>
  accountId !== null && (report.enteredBy === accountId || report.submittedBy === accountId);

/**
 * Says that a report is right as far as can be seen.
 * @throws Problem `land-release.own-report`, `common.stale-revision`, `land-release.step-not-allowed`
 */
export async function verifyReport(
  tx: Tx,
  target: { country: string; id: string; revision: number },
  comment: string | null,
  actor: Actor,
): Promise<StoredReport> {
  const report = await lockedReport(tx, target, "verify");
  if (own(report, actor)) throw new Problem(reportProblems["own-report"]);
  demandSound(report, (await computeReport(tx, report, { now: actor.now })).findings);
  const verifiedAt = actor.now.toISOString();
  return put(tx, { ...report, state: "verified", verifiedBy: actor.accountId, verifiedAt }, "verified", comment, actor);
}

/** Gives a report back with reasons; its thread stays. */
export async function returnReport(
  tx: Tx,
  target: { country: string; id: string; revision: number },
  comment: string,
  actor: Actor,
): Promise<StoredReport> {
  const report = await lockedReport(tx, target, "return");
  return put(tx, { ...report, state: "returned" }, "returned", comment, actor);
}

/** Takes back a report that was never approved. */
export async function withdrawReport(
  tx: Tx,
  target: { country: string; id: string; revision: number },
  comment: string,
  actor: Actor,
): Promise<StoredReport> {
  const report = await lockedReport(tx, target, "withdraw");
  return put(tx, { ...report, state: "withdrawn" }, "withdrawn", comment, actor);
}

/** Adds a sentence to the thread of a report. */
export async function commentReport(
  tx: Tx,
  target: { country: string; id: string },
  comment: string,
  actor: Actor,
): Promise<void> {
  const report = await findReport(tx, target.country, target.id);
  if (!report) throw new Problem(commonProblems["not-found"]);
  await step(tx, report, "commented", comment, actor);
}

/**
 * Approves a report: posts its entries, changes the areas, stores products and items, all in the caller's transaction.
 * Approvals of a country wait for each other, so that each is computed on what the one before it made.
 * @throws Problem `land-release.own-report`, `land-release.verifier-approves`, `land-release.not-ready`,
 * `common.stale-revision`, `land-release.step-not-allowed`
 */
export async function approveReport(
  tx: Tx,
  target: { country: string; id: string; revision: number },
  comment: string | null,
  actor: Actor,
): Promise<StoredReport> {
  const sequence = await takeSequence(tx, target.country, 1);
  const report = await lockedReport(tx, target, "approve");
  if (own(report, actor)) throw new Problem(reportProblems["own-report"]);
  const rules = await rulesOf(tx, report.country, actor.now);
  if (!rules.verifierMayApprove && actor.accountId !== null && report.verifiedBy === actor.accountId)
    throw new Problem(reportProblems["verifier-approves"]);
  const computed = await computeReport(tx, report, { now: actor.now, lock: true });
  demandSound(report, computed.findings);
  if (report.corrects && !(await markCorrected(tx, report.country, report.corrects, report.id)))
    throw new Problem(reportProblems["corrects-unknown"]);
  const approved: StoredReport = {
    ...report,
    state: "approved",
    approvedBy: actor.accountId,
    approvedAt: actor.now.toISOString(),
    sequence,
    result: { areas: [...computed.touched], excluded: computed.excluded },
  };
  await approvalWrites(tx, approved, computed, actor);
  return put(tx, approved, "approved", comment, actor);
}
