import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { NonconformityState, nonconformityTypes, Severity } from "./model.ts";
import type { PastNonconformity } from "./past.ts";

/** A non-conformity as stored, with what its visit says. */
export interface StoredNonconformity {
  country: string;
  id: string;
  code: string;
  visit: string;
  severity: Severity;
  type: (typeof nonconformityTypes)[number];
  description: string;
  organisation: string;
  correctiveAction: string | null;
  deadline: string;
  state: NonconformityState;
  automatic: boolean;
  correctedBy: string | null;
  version: number;
  sensitivity: number;
}

/** A non-conformity as lists show it. */
export interface ListedNonconformity extends StoredNonconformity {
  visitedOn: string;
  task: string | null;
  itemsFound: number | null;
}

const columns = sql`n.country, n.id, n.code, n.visit, n.severity, n.type, n.description, n.organisation,
  n.corrective_action as "correctiveAction", n.deadline, n.state, n.automatic, n.corrected_by as "correctedBy", n.version,
  n.sensitivity, v.visited_on as "visitedOn", v.task, v.items_found_in_sample as "itemsFound"`;
const source = sql`quality_nonconformity n join quality_visit v on v.country = n.country and v.id = n.visit`;

/** What a list of non-conformities is narrowed to. `today` decides what is overdue. */
export interface NonconformityFilter {
  country?: string | undefined;
  organisation?: string | undefined;
  task?: string | undefined;
  visit?: string | undefined;
  severity?: Severity | undefined;
  state?: NonconformityState | "overdue" | undefined;
  today: string;
}

function matching(filter: NonconformityFilter, withState: boolean) {
  const { country, organisation, task, visit, severity, state, today } = filter;
  const parts = [
    sql`not v.withdrawn`,
    ...(country ? [sql`n.country = ${country}`] : []),
    ...(organisation ? [sql`n.organisation = ${organisation}`] : []),
    ...(task ? [sql`v.task = ${task}`] : []),
    ...(visit ? [sql`n.visit = ${visit}`] : []),
    ...(severity ? [sql`n.severity = ${severity}`] : []),
  ];
  if (withState && state === "overdue") parts.push(sql`n.state = 'open' and n.deadline < ${today}::date`);
  else if (withState && state) parts.push(sql`n.state = ${state}`);
  return sql.join(parts, sql` and `);
}

/** Where a page of non-conformities ended. */
export interface NonconformityPlace {
  closed: boolean;
  deadline: string;
  id: string;
}

/** Non-conformities, those still to be put right first, each by deadline; after a place when a page follows another. */
export async function listNonconformities(
  tx: Tx,
  filter: NonconformityFilter,
  page: { after?: NonconformityPlace | undefined; limit: number },
): Promise<ListedNonconformity[]> {
  const after = page.after
    ? sql`and (n.state = 'closed', n.deadline, n.id) > (${page.after.closed}::boolean, ${page.after.deadline}::date, ${page.after.id}::uuid)`
    : sql``;
  const { rows } = await sql<ListedNonconformity>`select ${columns} from ${source}
    where ${matching(filter, true)} ${after} order by n.state = 'closed', n.deadline, n.id limit ${page.limit}`.execute(
    tx,
  );
  return rows;
}

/** How many there are in each state and overdue, whatever state the filter names. */
export async function countNonconformities(tx: Tx, filter: NonconformityFilter): Promise<Record<string, number>> {
  const { rows } = await sql<{ state: string; n: number; overdue: number }>`select n.state, count(*) as n,
      count(*) filter (where n.state = 'open' and n.deadline < ${filter.today}::date) as overdue
    from ${source} where ${matching(filter, false)} group by n.state`.execute(tx);
  const counts: Record<string, number> = { open: 0, corrected: 0, closed: 0, overdue: 0 };
  for (const { state, n, overdue } of rows) {
    counts[state] = n;
    counts.overdue = (counts.overdue ?? 0) + overdue;
  }
  return counts;
}

/** One non-conformity that the caller may see. */
export async function findNonconformity(tx: Tx, country: string, id: string): Promise<ListedNonconformity | null> {
  const { rows } = await sql<ListedNonconformity>`select ${columns} from ${source}
    where n.country = ${country} and n.id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** One non-conformity, locked for change. */
export async function lockNonconformity(tx: Tx, country: string, id: string): Promise<ListedNonconformity | null> {
  const { rows } = await sql<ListedNonconformity>`select ${columns} from ${source}
    where n.country = ${country} and n.id = ${id} for update of n`.execute(tx);
  return rows[0] ?? null;
}

/** Stores a new one. @returns false when the visit has its automatic one already */
export async function insertNonconformity(
  tx: Tx,
  made: StoredNonconformity,
  change: { now: Date; accountId: string | null },
): Promise<boolean> {
  const { rows } = await sql`insert into quality_nonconformity (country, id, code, visit, severity, type, description,
      organisation, corrective_action, deadline, state, automatic, raised_at, raised_by, version, sensitivity)
    values (${made.country}, ${made.id}, ${made.code}, ${made.visit}, ${made.severity}, ${made.type}, ${made.description},
      ${made.organisation}, ${made.correctiveAction}, ${made.deadline}, ${made.state}, ${made.automatic},
      ${change.now.toISOString()}, ${change.accountId}, ${made.version}, ${made.sensitivity})
    on conflict (country, visit) where automatic do nothing returning id`.execute(tx);
  return rows.length === 1;
}

/** Stores many with their threads, as they stand after all their steps. */
export async function insertPastNonconformities(
  tx: Tx,
  found: readonly (PastNonconformity & {
    country: string;
    id: string;
    code: string;
    /** The deadline after all steps. */
    dueOn: string;
    state: NonconformityState;
    correctedAt: string | null;
    closedAt: string | null;
  })[],
  sample: boolean,
): Promise<void> {
  await sql`insert into quality_nonconformity (country, id, code, visit, severity, type, description, organisation,
      corrective_action, deadline, state, raised_at, corrected_at, closed_at, version, sensitivity, sample)
    select country, id, code, visit, severity, type, description, organisation, "correctiveAction", "dueOn", state,
      "raisedAt", "correctedAt", "closedAt", jsonb_array_length(steps) + 1, sensitivity, ${sample}
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as r(country text, id uuid, code text, visit uuid,
      severity text, type text, description text, organisation uuid, "correctiveAction" text, "dueOn" date, state text,
      "raisedAt" timestamptz, "correctedAt" timestamptz, "closedAt" timestamptz, steps jsonb, sensitivity smallint)`.execute(
    tx,
  );
  const steps = found.flatMap(({ country, id, sensitivity, organisation, description, deadline, raisedAt, steps }) =>
    [{ step: "raised", reason: description, deadline, at: raisedAt }, ...steps].map((step, i) => ({
      ...{ ...step, country, id, sensitivity, organisation, version: i + 1 },
    })),
  );
  await sql`insert into quality_nonconformity_step (country, nonconformity, version, step, reason, deadline, recorded_at,
      sensitivity, organisation, sample)
    select country, id, version, step, reason, deadline, at, sensitivity, organisation, ${sample}
    from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as r(country text, id uuid, version integer, step text,
      reason text, deadline date, at timestamptz, sensitivity smallint, organisation uuid)`.execute(tx);
}

/** Writes the state after a step. */
export async function updateNonconformity(
  tx: Tx,
  after: Pick<StoredNonconformity, "country" | "id" | "state" | "deadline" | "version">,
  change: { now: Date; accountId: string | null },
): Promise<void> {
  const at = change.now.toISOString();
  const stamp =
    after.state === "corrected"
      ? sql`, corrected_at = ${at}, corrected_by = ${change.accountId}`
      : after.state === "closed"
        ? sql`, closed_at = ${at}, closed_by = ${change.accountId}`
        : sql``;
  await sql`update quality_nonconformity set state = ${after.state}, deadline = ${after.deadline}::date,
      version = ${after.version} ${stamp}
    where country = ${after.country} and id = ${after.id}`.execute(tx);
}

/** One step in the thread of a non-conformity. */
export interface StoredStep {
  step: string;
  reason: string;
  deadline: string | null;
  recordedAt: string;
  recordedBy: string | null;
}

/** Appends a step to the thread; its version is the one that the step made. */
export async function insertStep(
  tx: Tx,
  of: Pick<StoredNonconformity, "country" | "id" | "version" | "sensitivity" | "organisation">,
  step: { step: string; reason: string; deadline: string | null },
  change: { now: Date; accountId: string | null },
): Promise<void> {
  await sql`insert into quality_nonconformity_step (country, nonconformity, version, step, reason, deadline, recorded_at,
      recorded_by, sensitivity, organisation)
    values (${of.country}, ${of.id}, ${of.version}, ${step.step}, ${step.reason}, ${step.deadline},
      ${change.now.toISOString()}, ${change.accountId}, ${of.sensitivity}, ${of.organisation})`.execute(tx);
}

/** The thread of a non-conformity, newest first. */
export async function findSteps(tx: Tx, country: string, id: string): Promise<StoredStep[]> {
  const { rows } = await sql<StoredStep>`select step, reason, deadline, recorded_at as "recordedAt",
      recorded_by as "recordedBy"
    from quality_nonconformity_step where country = ${country} and nonconformity = ${id} order by version desc`.execute(
    tx,
  );
  return rows;
}

/** What was found wrong at some visits, with the day on which it was closed, the earliest first. */
export async function findNonconformitiesOf(
  tx: Tx,
  country: string,
  visits: readonly string[],
): Promise<
  (Pick<StoredNonconformity, "severity" | "type" | "description" | "correctiveAction" | "deadline"> & {
    closedOn: string | null;
  })[]
> {
  if (visits.length === 0) return [];
  const { rows } = await sql<
    Pick<StoredNonconformity, "severity" | "type" | "description" | "correctiveAction" | "deadline"> & {
      closedOn: string | null;
    }
  >`select severity, type, description, corrective_action as "correctiveAction", deadline, closed_at::date as "closedOn"
    from quality_nonconformity where country = ${country} and visit = any (${[...visits]}::uuid[])
    order by raised_at, code`.execute(tx);
  return rows;
}
