import { sql } from "kysely";
import type { Tx } from "../database/types.ts";
import type { ChainProblem, ChainReport } from "../events/index.ts";
import type { RecordDefinition } from "../records/definition.ts";
import { verifyJob } from "./contract-audit.ts";

/** An event as the log reads it. */
export interface StoredEvent {
  seq: number;
  id: string;
  type: string;
  country: string | null;
  subject_type: string | null;
  subject_id: string | null;
  account_id: string | null;
  occurred_at: string;
  payload: Record<string, unknown>;
  position: number | null;
}

/** Which events are wanted; parts that are not given do not narrow. */
export interface EventFilter {
  type?: string | undefined;
  country?: string | undefined;
  account?: string | undefined;
  /** Ids of records, any of which the event may be about, and of events that cover several records, these among them. */
  subjects?: { ids: readonly string[]; events: readonly string[] } | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Only events before this number. */
  before?: number | undefined;
}

/** Escapes what `like` would read as a pattern. */
const literal = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** The latest events that the caller may see and that match. */
export async function findEvents(tx: Tx, filter: EventFilter, limit: number): Promise<StoredEvent[]> {
  const { type, country, account, subjects, from, to, before } = filter;
  const conditions = [sql`true`];
  if (type?.endsWith(".")) conditions.push(sql`e.type like ${`${literal(type)}%`}`);
  else if (type !== undefined) conditions.push(sql`e.type = ${type}`);
  if (country !== undefined) conditions.push(sql`e.country = ${country}`);
  if (account !== undefined) conditions.push(sql`e.account_id = ${account}`);
  if (subjects !== undefined) {
    conditions.push(
      sql`(e.subject_id = any (${[...subjects.ids]}::uuid[]) or e.id = any (${[...subjects.events]}::uuid[]))`,
    );
  }
  if (from !== undefined) conditions.push(sql`e.occurred_at >= ${`${from}T00:00:00Z`}::timestamptz`);
  if (to !== undefined) conditions.push(sql`e.occurred_at < ${`${to}T00:00:00Z`}::timestamptz + interval '1 day'`);
  if (before !== undefined) conditions.push(sql`e.seq < ${before}`);
  const { rows } = await sql<StoredEvent>`
    select e.seq, e.id, e.type, e.country, e.subject_type, e.subject_id, e.account_id, e.occurred_at, e.payload,
      (select s.position from audit_sealed s where s.event_id = e.id) as position
    from event e where ${sql.join(conditions, sql` and `)} order by e.seq desc limit ${limit}`.execute(tx);
  return rows;
}

/** The ids of the records that have a code, of all record types, as far as the caller sees them. */
export async function idsOfCode(tx: Tx, definitions: readonly RecordDefinition[], code: string): Promise<string[]> {
  const parts = definitions.map(({ table }) => sql`select id from ${sql.table(table)} where code = ${code}`);
  if (parts.length === 0) return [];
  const { rows } = await sql<{ id: string }>`${sql.join(parts, sql` union all `)} limit 200`.execute(tx);
  return rows.map(({ id }) => id);
}

/**
 * The events that recorded a state of any of these records, as an import does for many at once. Revisions are found by
 * country first, so the countries that there are come from stepping through the index.
 */
export async function eventsOfRecords(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ event_id: string }>`
    with recursive step as (
      (select country from record_revision order by country limit 1)
      union all
      select (select r.country from record_revision r where r.country > step.country order by r.country limit 1)
      from step where step.country is not null
    )
    select distinct event_id from record_revision
    where country in (select country from step where country is not null) and record_id = any (${[...ids]}::uuid[])
    limit 1000`.execute(tx);
  return rows.map(({ event_id }) => event_id);
}

/** Every type of event in the log, and the people who have accounts. */
export async function findChoices(tx: Tx): Promise<{ types: string[]; accounts: { id: string; name: string }[] }> {
  const types = await sql<{ type: string }>`select santi_event_types() as type`.execute(tx);
  const accounts = await sql<{
    id: string;
    name: string;
  }>`select id, name from access_person order by name, id limit 1000`.execute(tx);
  return { types: types.rows.map(({ type }) => type), accounts: accounts.rows };
}

/** How far the chain reaches. */
export async function chainState(tx: Tx): Promise<{ sealed: number; unsealed: number; head: string }> {
  const { rows } = await sql<{ sealed: number; unsealed: number; head: string }>`
    select sealed, unsealed, head from santi_chain_state()`.execute(tx);
  return rows[0] ?? { sealed: 0, unsealed: 0, head: "" };
}

/** A check of the chain as stored: the first of its problems, and how many there were. */
export interface StoredVerification {
  verifiedAt: string;
  accountId: string | null;
  sealed: number;
  unsealed: number;
  head: string;
  problems: { first: ChainProblem[]; count: number };
}

/** Problems that are kept of one check; the count tells of the others. */
const keptProblems = 100;

/** Keeps what a check found. */
export async function insertVerification(
  tx: Tx,
  check: { id: string; accountId: string | null; now: Date; report: ChainReport },
): Promise<void> {
  const { report } = check;
  const problems = { first: report.problems.slice(0, keptProblems), count: report.problems.length };
  await sql`insert into audit_verification (id, verified_at, account_id, sealed, unsealed, head, problems)
    values (${check.id}, ${check.now.toISOString()}, ${check.accountId}, ${report.sealed}, ${report.unsealed},
      ${report.head}, ${JSON.stringify(problems)}::jsonb)`.execute(tx);
}

/** The latest check, if there was one. */
export async function lastVerification(tx: Tx): Promise<StoredVerification | null> {
  const { rows } = await sql<StoredVerification>`select verified_at as "verifiedAt", account_id as "accountId", sealed,
      unsealed, head, problems from audit_verification order by verified_at desc, id desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** The check that waits or runs, as far as the caller sees it. */
export async function runningVerification(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{
    id: string;
  }>`select id from job where name = ${verifyJob} and state in ('waiting', 'running')
    order by created_at desc limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}
