import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { ReportBody } from "./contract-body.ts";
import type { Areal } from "./ground.ts";
import type { NationalRules, ReportState, ReportType } from "./model.ts";

/** A report as stored. */
export interface StoredReport {
  country: string;
  id: string;
  revision: number;
  code: string;
  type: ReportType;
  state: ReportState;
  organisation: string | null;
  area: string | null;
  task: string | null;
  unit: string | null;
  effectiveOn: string | null;
  startedOn: string | null;
  endedOn: string | null;
  corrects: string | null;
  correctedBy: string | null;
  body: ReportBody;
  result: ReportResult | null;
  enteredBy: string | null;
  enteredAt: string;
  submittedBy: string | null;
  submittedAt: string | null;
  verifiedBy: string | null;
  verifiedAt: string | null;
  approvedBy: string | null;
  approvedAt: string | null;
  sequence: number | null;
  sample: boolean;
}

/** What approving a report did, kept with it. */
export interface ReportResult {
  /** Areas whose state it changed. */
  areas: string[];
  /** Ground left to others, by part. */
  excluded: Record<string, Areal>;
}

const columns = sql`country, id, revision, code, type, state, organisation, area, task, unit,
  effective_on as "effectiveOn", started_on as "startedOn", ended_on as "endedOn", corrects, corrected_by as "correctedBy", body, result,
  entered_by as "enteredBy", entered_at as "enteredAt", submitted_by as "submittedBy", submitted_at as "submittedAt",
  verified_by as "verifiedBy", verified_at as "verifiedAt", approved_by as "approvedBy", approved_at as "approvedAt", sequence, sample`;

/** One report, locked for change when asked. */
export async function findReport(tx: Tx, country: string, id: string, lock = false): Promise<StoredReport | null> {
  const { rows } = await sql<StoredReport>`select ${columns} from land_report
    where country = ${country} and id = ${id}::uuid ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

/** Stores new reports, in one statement. */
export async function insertReports(tx: Tx, reports: readonly StoredReport[]): Promise<void> {
  if (reports.length === 0) return;
  await sql`insert into land_report (country, id, revision, code, type, state, organisation, area, task, unit, effective_on, started_on,
      ended_on, corrects, body, result, entered_by, entered_at, submitted_by, submitted_at, verified_by, verified_at, approved_by,
      approved_at, sequence, search, sample)
    select country, id, revision, code, type, state, organisation, area, task, unit, "effectiveOn", "startedOn", "endedOn", corrects,
      body, result, "enteredBy", "enteredAt", "submittedBy", "submittedAt", "verifiedBy", "verifiedAt", "approvedBy", "approvedAt",
      sequence, lower(code), sample
    from jsonb_to_recordset(${JSON.stringify(reports)}::jsonb) as r(country text, id uuid, revision integer, code text, type text,
      state text, organisation uuid, area uuid, task uuid, unit uuid, "effectiveOn" date, "startedOn" date, "endedOn" date,
      corrects uuid, body jsonb, result jsonb, "enteredBy" text, "enteredAt" timestamptz, "submittedBy" text,
      "submittedAt" timestamptz, "verifiedBy" text, "verifiedAt" timestamptz, "approvedBy" text, "approvedAt" timestamptz,
      sequence bigint, sample boolean)`.execute(tx);
}

/**
 * Stores the next revision of a report that was read before.
 * @returns false when another change came between
 */
export async function updateReport(tx: Tx, report: StoredReport): Promise<boolean> {
  const { rows } = await sql`update land_report set revision = ${report.revision + 1}, state = ${report.state},
      organisation = ${report.organisation}, area = ${report.area}, task = ${report.task}, unit = ${report.unit},
      effective_on = ${report.effectiveOn}, started_on = ${report.startedOn}, ended_on = ${report.endedOn},
      body = ${JSON.stringify(report.body)}::jsonb,
      result = ${report.result === null ? null : JSON.stringify(report.result)}::jsonb,
      submitted_by = ${report.submittedBy}, submitted_at = ${report.submittedAt}, verified_by = ${report.verifiedBy},
      verified_at = ${report.verifiedAt}, approved_by = ${report.approvedBy}, approved_at = ${report.approvedAt},
      sequence = ${report.sequence}
    where country = ${report.country} and id = ${report.id}::uuid and revision = ${report.revision} returning id`.execute(
    tx,
  );
  return rows.length === 1;
}

/** Notes on an approved report which report put it right. */
export async function markCorrected(tx: Tx, country: string, id: string, by: string): Promise<boolean> {
  const { rows } = await sql`update land_report set corrected_by = ${by}::uuid
    where country = ${country} and id = ${id}::uuid and state = 'approved' and corrected_by is null returning id`.execute(
    tx,
  );
  return rows.length === 1;
}

/** One step in the life of a report. */
export interface ReportStep {
  number: number;
  action: "entered" | "changed" | "submitted" | "verified" | "returned" | "approved" | "withdrawn" | "commented";
  comment: string | null;
  accountId: string | null;
  at: string;
}

/** Adds a step to a report's thread; the words of the report are kept with it when given. */
export async function addStep(
  tx: Tx,
  report: Pick<StoredReport, "country" | "id" | "sample">,
  step: Omit<ReportStep, "number">,
  body: ReportBody | null = null,
): Promise<void> {
  await sql`insert into land_report_step (country, report, number, action, comment, account_id, at, body, sample)
    select ${report.country}, ${report.id}::uuid, coalesce(max(number), 0) + 1, ${step.action}, ${step.comment}, ${step.accountId},
      ${step.at}::timestamptz, ${body === null ? null : JSON.stringify(body)}::jsonb, ${report.sample}
    from land_report_step where country = ${report.country} and report = ${report.id}::uuid`.execute(tx);
}

/** Notes that reports of the past were approved, each as the first step of its thread. */
export async function addSteps(
  tx: Tx,
  country: string,
  steps: readonly { report: string; at: string; sample: boolean }[],
): Promise<void> {
  if (steps.length === 0) return;
  await sql`insert into land_report_step (country, report, number, action, at, sample)
    select ${country}, report, 1, 'approved', at, sample
    from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as r(report uuid, at timestamptz, sample boolean)`.execute(
    tx,
  );
}

/** The thread of a report, oldest first. */
export async function findSteps(tx: Tx, country: string, report: string): Promise<ReportStep[]> {
  const { rows } =
    await sql<ReportStep>`select number, action, comment, account_id as "accountId", at from land_report_step
    where country = ${country} and report = ${report}::uuid order by number`.execute(tx);
  return rows;
}

/** Makes approvals in a country wait for each other, and gives the next numbers in their order. @returns the first */
export async function takeSequence(tx: Tx, country: string, count: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`insert into code_counter (country, name, last)
    values (${country}, 'land.report-sequence', ${count})
    on conflict (country, name) do update set last = code_counter.last + ${count} returning last`.execute(tx);
  return Number(rows[0]?.last) - count + 1;
}

/** An approved report with its place among those of one day. */
export interface PlacedReport extends StoredReport {
  /** Order of approval: its own, or that of the report that it put right in the end. */
  place: number;
}

const place = sql`case when corrects is null then sequence else (
    with recursive chain as (
      select c.corrects, c.sequence from land_report c where c.country = r.country and c.id = r.corrects
      union all
      select o.corrects, o.sequence from chain join land_report o on o.country = r.country and o.id = chain.corrects)
    select min(sequence) from chain) end`;

/** Approved reports, not put right by a later one, that changed any of some areas, in the order in which they count. */
export async function findApprovedOf(tx: Tx, country: string, areas: readonly string[]): Promise<PlacedReport[]> {
  const { rows } = await sql<PlacedReport>`select ${columns}, ${place} as place from land_report r
    where country = ${country} and state = 'approved' and corrected_by is null
      and (area = any (${[...areas]}::uuid[]) or result -> 'areas' ?| ${[...areas]}::text[])
    order by effective_on, place`.execute(tx);
  return rows.map((row) => ({ ...row, place: Number(row.place) }));
}

/** One approved report in its place; null when there is none. */
export async function findApproved(tx: Tx, country: string, id: string): Promise<PlacedReport | null> {
  const { rows } = await sql<PlacedReport>`select ${columns}, ${place} as place from land_report r
    where country = ${country} and id = ${id}::uuid and state = 'approved'`.execute(tx);
  return rows[0] ? { ...rows[0], place: Number(rows[0].place) } : null;
}

/** A version of a country's rules. */
export interface RulesVersion {
  version: number;
  body: Partial<NationalRules>;
  /** The moment from which it is in force: when it was stored, or the beginning (UTC) of a later day that it names. */
  from: string;
  changedAt: string;
  reason: string | null;
}

/** All versions of a country's rules, oldest first. */
export async function findRulesInForce(tx: Tx, country: string): Promise<RulesVersion[]> {
  const { rows } = await sql<RulesVersion>`select version, body, changed_at as "changedAt", reason,
      greatest(changed_at, valid_from::timestamp at time zone 'UTC') as from
    from land_rules where country = ${country} order by version`.execute(tx);
  return rows;
}

/**
 * Stores the next version of a country's rules.
 * @param why the reason, and the day from which it holds if that is later than now
 * @returns false when that version exists
 */
export async function insertRules(
  tx: Tx,
  country: string,
  version: number,
  body: NationalRules,
  by: { accountId: string | null; now: Date },
  why: { reason: string | null; validFrom: string | null } = { reason: null, validFrom: null },
): Promise<boolean> {
  const { rows } = await sql`insert into land_rules (country, version, body, changed_at, changed_by, reason, valid_from)
    values (${country}, ${version}, ${JSON.stringify(body)}::jsonb, ${by.now.toISOString()}::timestamptz, ${by.accountId},
      ${why.reason}, ${why.validFrom}::date)
    on conflict do nothing returning version`.execute(tx);
  return rows.length === 1;
}

/** What a report must know about the organisation that did the work. */
export async function findAccreditation(
  tx: Tx,
  country: string,
  id: string,
): Promise<{ from: string | null; to: string | null; suspended: boolean } | null> {
  const { rows } = await sql<{ from: string | null; to: string | null; suspended: boolean | null }>`
    select accredited_from as from, accredited_to as to, suspended from organisations_accreditation
    where country = ${country} and id = ${id}::uuid`.execute(tx);
  const row = rows[0];
  return row ? { from: row.from, to: row.to, suspended: row.suspended ?? false } : null;
}

/** Whether an inspection of the finished land of an area or task was accepted. */
export async function findControl(tx: Tx, country: string, area: string | null, task: string | null): Promise<boolean> {
  if (!area && !task) return false;
  const { rows } = await sql<{ accepted: boolean }>`select exists (select from land_report
      where country = ${country} and state = 'approved' and corrected_by is null and type = 'quality-inspection'
        and (area = ${area}::uuid or task = ${task}::uuid)
        and body -> 'inspection' ->> 'kind' = 'quality-control'
        and body -> 'inspection' ->> 'result' in ('accepted', 'accepted-with-conditions')) as accepted`.execute(tx);
  return rows[0]?.accepted ?? false;
}

/** The finds that a report brought. */
export async function findItems(tx: Tx, country: string, report: string): Promise<string[]> {
  const { rows } = await sql<{ find: string }>`select find from land_report_find
    where country = ${country} and report = ${report}::uuid`.execute(tx);
  return rows.map(({ find }) => find);
}

/** Notes which finds a report brought. */
export async function insertItems(
  tx: Tx,
  country: string,
  report: string,
  finds: readonly string[],
  sample: boolean,
): Promise<void> {
  await sql`insert into land_report_find (country, report, find, sample)
    select ${country}, ${report}::uuid, id, ${sample} from unnest(${[...finds]}::uuid[]) as f(id)`.execute(tx);
}
