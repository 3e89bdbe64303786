import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { Writing } from "./case-store.ts";
import type { followUpKinds, followUpStates, goalStates } from "./model.ts";
import type { Reach } from "./policy.ts";

/** A goal as stored. */
export interface StoredGoal {
  country: string;
  id: string;
  caseId: string;
  need: string | null;
  goal: string;
  targetOn: string;
  state: (typeof goalStates)[number];
  endedOn: string | null;
  reason: string | null;
  version: number;
}

const goalColumns = sql`country, id, case_id as "caseId", need, goal, target_on as "targetOn", state, ended_on as "endedOn",
  reason, version`;

/** The goals of a case by their target date. */
export async function findGoals(tx: Tx, country: string, caseId: string): Promise<StoredGoal[]> {
  const { rows } = await sql<StoredGoal>`select ${goalColumns} from assistance_goal
    where country = ${country} and case_id = ${caseId} order by target_on, id`.execute(tx);
  return rows;
}

/** One goal of a case, locked for change. */
export async function lockGoal(tx: Tx, country: string, caseId: string, id: string): Promise<StoredGoal | null> {
  const { rows } = await sql<StoredGoal>`select ${goalColumns} from assistance_goal
    where country = ${country} and case_id = ${caseId} and id = ${id} for update`.execute(tx);
  return rows[0] ?? null;
}

/** Stores a new goal. */
export async function insertGoal(tx: Tx, g: StoredGoal, by: Writing): Promise<void> {
  await sql`insert into assistance_goal (country, id, case_id, need, goal, target_on, state, version, recorded_at,
      recorded_by, sample)
    values (${g.country}, ${g.id}, ${g.caseId}, ${g.need}, ${g.goal}, ${g.targetOn}, ${g.state}, ${g.version},
      ${by.now.toISOString()}, ${by.accountId}, ${by.sample ?? false})`.execute(tx);
}

/** Stores the end of a goal that was locked before. */
export async function updateGoal(tx: Tx, g: StoredGoal): Promise<void> {
  await sql`update assistance_goal set state = ${g.state}, ended_on = ${g.endedOn}, reason = ${g.reason},
      version = ${g.version}
    where country = ${g.country} and id = ${g.id}`.execute(tx);
}

/** A follow-up as stored. */
export interface StoredFollowUp {
  country: string;
  id: string;
  caseId: string;
  kind: (typeof followUpKinds)[number];
  dueOn: string;
  assignee: string | null;
  detail: string | null;
  state: (typeof followUpStates)[number];
  endedOn: string | null;
  outcome: string | null;
  version: number;
}

const followUpColumns = sql`f.country, f.id, f.case_id as "caseId", f.kind, f.due_on as "dueOn", f.assignee, f.detail,
  f.state, f.ended_on as "endedOn", f.outcome, f.version`;

/** The follow-ups of a case by due date. */
export async function findFollowUps(tx: Tx, country: string, caseId: string): Promise<StoredFollowUp[]> {
  const { rows } = await sql<StoredFollowUp>`select ${followUpColumns} from assistance_follow_up f
    where f.country = ${country} and f.case_id = ${caseId} order by f.due_on, f.id`.execute(tx);
  return rows;
}

/** One follow-up of a case, locked for change. */
export async function lockFollowUp(
  tx: Tx,
  country: string,
  caseId: string,
  id: string,
): Promise<StoredFollowUp | null> {
  const { rows } = await sql<StoredFollowUp>`select ${followUpColumns} from assistance_follow_up f
    where f.country = ${country} and f.case_id = ${caseId} and f.id = ${id} for update`.execute(tx);
  return rows[0] ?? null;
}

/** Stores a new follow-up. */
export async function insertFollowUp(tx: Tx, f: StoredFollowUp, by: Writing): Promise<void> {
  await sql`insert into assistance_follow_up (country, id, case_id, kind, due_on, assignee, detail, state, version,
      recorded_at, recorded_by, sample)
    values (${f.country}, ${f.id}, ${f.caseId}, ${f.kind}, ${f.dueOn}, ${f.assignee}, ${f.detail}, ${f.state},
      ${f.version}, ${by.now.toISOString()}, ${by.accountId}, ${by.sample ?? false})`.execute(tx);
}

/** Stores the end of a follow-up that was locked before. */
export async function updateFollowUp(tx: Tx, f: StoredFollowUp): Promise<void> {
  await sql`update assistance_follow_up set state = ${f.state}, ended_on = ${f.endedOn}, outcome = ${f.outcome},
      version = ${f.version}
    where country = ${f.country} and id = ${f.id}`.execute(tx);
}

/** What is due in open cases within reach until a day, the longest overdue first, and how much that is. */
export async function listDue(
  tx: Tx,
  filter: { country: string; reach: Reach; mine: boolean; until: string; today: string },
  limit: number,
): Promise<{ items: (StoredFollowUp & { caseCode: string })[]; total: number; overdue: number }> {
  const { reach, mine } = filter;
  const { rows } = await sql<StoredFollowUp & { caseCode: string; total: number; overdue: number }>`
    select ${followUpColumns}, c.code as "caseCode", count(*) over ()::integer as total,
      (count(*) filter (where f.due_on < ${filter.today}::date) over ())::integer as overdue
    from assistance_follow_up f join assistance_case c on c.country = f.country and c.id = f.case_id
    where f.country = ${filter.country} and f.state = 'due' and c.state = 'open' and f.due_on <= ${filter.until}::date
      and ${reach.all ? sql`true` : sql`(c.organisation = any (${reach.organisations}::uuid[]) or c.assignee = ${reach.account})`}
      ${mine ? sql`and f.assignee = ${reach.account}` : sql``}
    order by f.due_on, f.id limit ${limit}`.execute(tx);
  const items = rows.map(({ total: _, overdue: __, ...item }) => item);
  return { items, total: rows[0]?.total ?? 0, overdue: rows[0]?.overdue ?? 0 };
}
