import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { ChecklistItem, VisitKind } from "./model.ts";

/** The area and unit of a task, from the view that tasking publishes. */
export async function findTaskPlace(
  tx: Tx,
  country: string,
  task: string,
): Promise<{ area: string | null; unit: string | null } | null> {
  const { rows } = await sql<{ area: string | null; unit: string | null }>`select area, unit from tasking_task_state
    where country = ${country} and id = ${task}`.execute(tx);
  return rows[0] ?? null;
}

/** The newest national checklist of each kind of visit. */
export async function findChecklists(
  tx: Tx,
  country: string,
): Promise<{ kind: VisitKind; version: number; items: ChecklistItem[] }[]> {
  const { rows } = await sql<{ kind: VisitKind; version: number; items: ChecklistItem[] }>`
    select distinct on (kind) kind, version, items from quality_checklist where country = ${country}
    order by kind, version desc`.execute(tx);
  return rows;
}

/** One version of a national checklist. */
export async function findChecklist(
  tx: Tx,
  country: string,
  kind: VisitKind,
  version: number,
): Promise<ChecklistItem[] | null> {
  const { rows } = await sql<{ items: ChecklistItem[] }>`select items from quality_checklist
    where country = ${country} and kind = ${kind} and version = ${version}`.execute(tx);
  return rows[0]?.items ?? null;
}

/** Stores the next version of a checklist. @returns false when that version is there already */
export async function insertChecklist(
  tx: Tx,
  checklist: { country: string; kind: VisitKind; version: number; items: readonly ChecklistItem[] },
  change: { reason: string; now: Date; accountId: string | null },
): Promise<boolean> {
  const { rows } =
    await sql`insert into quality_checklist (country, kind, version, items, reason, recorded_at, recorded_by)
    values (${checklist.country}, ${checklist.kind}, ${checklist.version}, ${JSON.stringify(checklist.items)}::jsonb,
      ${change.reason}, ${change.now.toISOString()}, ${change.accountId})
    on conflict do nothing returning version`.execute(tx);
  return rows.length === 1;
}

/** The answers of a visit as stored. */
export interface StoredAnswers {
  version: number;
  checklistVersion: number;
  answers: Record<string, { answer: "yes" | "no" | "not-applicable" | "not-checked"; note?: string }>;
}

/** The newest answers of a visit. */
export async function findAnswers(tx: Tx, country: string, visit: string): Promise<StoredAnswers | null> {
  const { rows } = await sql<StoredAnswers>`select version, checklist_version as "checklistVersion", answers
    from quality_answers where country = ${country} and visit = ${visit} order by version desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** Stores the next answers of a visit. @returns false when that version is there already */
export async function insertAnswers(
  tx: Tx,
  of: { country: string; visit: string; sensitivity: number; organisation: string },
  answers: StoredAnswers,
  change: { now: Date; accountId: string | null },
): Promise<boolean> {
  const { rows } = await sql`insert into quality_answers
      (country, visit, version, checklist_version, answers, recorded_at, recorded_by, sensitivity, organisation)
    values (${of.country}, ${of.visit}, ${answers.version}, ${answers.checklistVersion},
      ${JSON.stringify(answers.answers)}::jsonb, ${change.now.toISOString()}, ${change.accountId}, ${of.sensitivity},
      ${of.organisation})
    on conflict do nothing returning version`.execute(tx);
  return rows.length === 1;
}

/** What a visit means for a release. */
export interface Acceptance {
  visit: string;
  code: string;
  kind: VisitKind;
  result: string;
  visitedOn: string;
  openCritical: number;
  openMajor: number;
  openMinor: number;
}

/** The visits of an area, task or report, newest first; those of all three when more are named. */
export async function findAcceptance(
  tx: Tx,
  country: string,
  of: { area?: string | undefined; task?: string | undefined; report?: string | undefined },
): Promise<Acceptance[]> {
  const parts = [
    ...(of.area ? [sql`area = ${of.area}`] : []),
    ...(of.task ? [sql`task = ${of.task}`] : []),
    ...(of.report ? [sql`report = ${of.report}`] : []),
  ];
  if (parts.length === 0) return [];
  const { rows } = await sql<Acceptance>`select visit, code, kind, result, visited_on as "visitedOn",
      open_critical as "openCritical", open_major as "openMajor", open_minor as "openMinor"
    from quality_acceptance where country = ${country} and (${sql.join(parts, sql` or `)})
    order by visited_on desc, code desc`.execute(tx);
  return rows;
}

/** A visit as documents about a piece of land tell it. */
export interface VisitOf {
  id: string;
  visitedOn: string;
  kind: VisitKind;
  result: string;
  inspectingOrganisation: string | null;
  sampledSquareMetres: number | null;
  itemsFound: number | null;
}

/** The visits of an area or of a task until a day, oldest first. */
export async function findVisitsOf(
  tx: Tx,
  country: string,
  of: { area: string | null; task: string | null; until: string },
): Promise<VisitOf[]> {
  const { rows } = await sql<VisitOf>`select id, visited_on as "visitedOn", kind, result,
      inspecting_organisation as "inspectingOrganisation", sampled_square_metres as "sampledSquareMetres",
      items_found_in_sample as "itemsFound"
    from quality_visit where country = ${country} and not withdrawn and visited_on <= ${of.until}::date
      and (area = ${of.area}::uuid or task = ${of.task}::uuid)
    order by visited_on, code`.execute(tx);
  return rows.map((row) => ({
    ...row,
    sampledSquareMetres: row.sampledSquareMetres === null ? null : Number(row.sampledSquareMetres),
  }));
}
