import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import type { ProgressDay } from "./model.ts";

/** How far tasks are: processed square metres and the last day with progress, by task. */
export async function processedByTask(
  tx: Tx,
  country: string,
  tasks: readonly string[],
): Promise<Map<string, { squareMetres: number; lastDay: string }>> {
  if (tasks.length === 0) return new Map();
  const { rows } = await sql<{ task: string; square_metres: number; last_day: string }>`
    select task, sum(processed_square_metres)::bigint as square_metres, max(day) as last_day from tasking_processed
    where country = ${country} and task = any (${[...tasks]}::uuid[]) group by task`.execute(tx);
  return new Map(
    rows.map(({ task, square_metres, last_day }) => [task, { squareMetres: square_metres, lastDay: last_day }]),
  );
}

/** The daily progress of a task, first day first. */
export async function progressDays(tx: Tx, country: string, task: string): Promise<(ProgressDay & { id: string })[]> {
  const { rows } = await sql<{
    id: string;
    day: string;
    method: string;
    team: string;
    squareMetres: number;
    items: number;
    deminers: number | null;
    hours: number | null;
    downtimeHours: number | null;
    downtimeReason: string | null;
  }>`
    select p.id, p.day, p.method, p.team, p.processed_square_metres as "squareMetres", d.items, p.deminers, p.hours,
      p.downtime_hours as "downtimeHours", p.downtime_reason as "downtimeReason"
    from tasking_progress p join tasking_processed d on d.country = p.country and d.id = p.id
    where p.country = ${country} and p.task = ${task} order by p.day, p.team, p.method`.execute(tx);
  return rows;
}

/** The further areas of a task, in the order of their codes. */
export async function findFurtherAreas(tx: Tx, country: string, task: string): Promise<string[]> {
  const { rows } = await sql<{ area: string }>`select t.area from tasking_task_area t
    join land_area_name a on a.country = t.country and a.id = t.area
    where t.country = ${country} and t.task = ${task} and t.removed_at is null order by a.code, t.area`.execute(tx);
  return rows.map(({ area }) => area);
}

/** Those of the given areas that exist and that the caller may see. */
export async function knownAreas(tx: Tx, country: string, areas: readonly string[]): Promise<Set<string>> {
  if (areas.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`select id from land_area_name
    where country = ${country} and id = any (${[...areas]}::uuid[])`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** Replaces the further areas of a task: what is new is added, what is gone ends; both stay known. */
export async function replaceFurtherAreas(
  tx: Tx,
  task: { country: string; id: string; sensitivity: number; organisation: string | null; sample: boolean },
  areas: readonly string[],
  now: Date,
): Promise<void> {
  const list = [...areas];
  await sql`update tasking_task_area set removed_at = ${now.toISOString()}
    where country = ${task.country} and task = ${task.id} and removed_at is null and area <> all (${list}::uuid[])`.execute(
    tx,
  );
  const rows = JSON.stringify(list.map((area) => ({ id: newId(), area })));
  await sql`insert into tasking_task_area (country, id, task, area, added_at, sensitivity, organisation, sample)
    select ${task.country}, wanted.id, ${task.id}::uuid, wanted.area, ${now.toISOString()}::timestamptz,
      ${task.sensitivity}::smallint, ${task.organisation}::uuid, ${task.sample}::boolean
    from jsonb_to_recordset(${rows}::jsonb) as wanted(id uuid, area uuid)
    where not exists (select 1 from tasking_task_area t where t.country = ${task.country} and t.task = ${task.id}
      and t.area = wanted.area and t.removed_at is null)`.execute(tx);
}

/** What progress must know about its task; null when there is none that the caller may see. */
export async function findTaskState(
  tx: Tx,
  country: string,
  task: string,
): Promise<{ code: string; status: string; issuedOn: string | null } | null> {
  const { rows } = await sql<{ code: string; status: string; issuedOn: string | null }>`
    select code, status, issued_on as "issuedOn" from tasking_task_state where country = ${country} and id = ${task}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** The organisation of a team; null when there is no team that the caller may see. */
export async function findTeamOrganisation(tx: Tx, country: string, team: string): Promise<string | null> {
  const { rows } = await sql<{ organisation: string }>`select organisation from tasking_team
    where country = ${country} and id = ${team} and not withdrawn`.execute(tx);
  return rows[0]?.organisation ?? null;
}

/** The code of the progress that is recorded already for a task, team, day and method; null when none is. */
export async function findSameProgress(
  tx: Tx,
  country: string,
  progress: { task: string; team: string; day: string; method: string },
): Promise<string | null> {
  const { rows } = await sql<{ code: string }>`select code from tasking_progress
    where country = ${country} and task = ${progress.task} and team = ${progress.team} and day = ${progress.day}::date
      and method = ${progress.method} and not withdrawn`.execute(tx);
  return rows[0]?.code ?? null;
}
