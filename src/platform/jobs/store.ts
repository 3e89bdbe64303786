import { sql } from "kysely";
import type { Tx } from "../database/types.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { JobOutput, JobProgress, JobState } from "./contract.ts";

const columns = [
  "id",
  "name",
  "country",
  "state",
  "progress",
  "result",
  "problem",
  "created_at",
  "started_at",
  "finished_at",
  "cancel_requested",
  "input",
  "account_id",
] as const;

/** A job as stored, with what only the program needs. */
export interface StoredJob extends JobOutput {
  input: Json;
  accountId: string | null;
  cancelRequested: boolean;
}

type Row = Record<(typeof columns)[number], unknown>;

function fromRow(row: Row): StoredJob {
  return {
    id: row.id as string,
    name: row.name as string,
    country: row.country as string | null,
    state: row.state as JobState,
    progress: row.progress as JobProgress,
    result: row.result,
    problem: row.problem as JobOutput["problem"],
    createdAt: row.created_at as string,
    startedAt: row.started_at as string | null,
    finishedAt: row.finished_at as string | null,
    input: row.input as Json,
    accountId: row.account_id as string | null,
    cancelRequested: row.cancel_requested as boolean,
  };
}

/** One job, if the caller may see it. */
export async function findJob(tx: Tx, id: string): Promise<StoredJob | null> {
  const row = await tx.selectFrom("job").select(columns).where("id", "=", id).executeTakeFirst();
  return row ? fromRow(row as Row) : null;
}

/** The latest jobs that the caller may see. */
export async function listJobs(tx: Tx, limit: number): Promise<StoredJob[]> {
  const rows = await tx.selectFrom("job").select(columns).orderBy("created_at", "desc").limit(limit).execute();
  return rows.map((row) => fromRow(row as Row));
}

/** Enters a job that waits for its turn. */
export async function insertJob(
  tx: Tx,
  job: { id: string; name: string; country: string | null; accountId: string | null; input: Json; now: Date },
): Promise<void> {
  await sql`insert into job (id, name, country, account_id, state, input, created_at)
    values (${job.id}, ${job.name}, ${job.country}, ${job.accountId}, 'waiting', ${JSON.stringify(job.input)}::jsonb, ${job.now.toISOString()})`.execute(
    tx,
  );
}

/** Changes a job's state, progress or outcome, and tells listeners of all processes at commit. */
export async function updateJob(
  tx: Tx,
  id: string,
  change: {
    state?: JobState;
    progress?: JobProgress;
    result?: Json;
    problem?: Json;
    cancelRequested?: boolean;
    startedAt?: Date;
    finishedAt?: Date;
    heartbeatAt?: Date;
  },
): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await sql`update job set
      state = coalesce(${change.state ?? null}, state),
      progress = coalesce(${json(change.progress)}::jsonb, progress),
      result = coalesce(${json(change.result)}::jsonb, result),
      problem = coalesce(${json(change.problem)}::jsonb, problem),
      cancel_requested = cancel_requested or ${change.cancelRequested ?? false},
      started_at = coalesce(${change.startedAt?.toISOString() ?? null}::timestamptz, started_at),
      finished_at = coalesce(${change.finishedAt?.toISOString() ?? null}::timestamptz, finished_at),
      heartbeat_at = coalesce(${change.heartbeatAt?.toISOString() ?? null}::timestamptz, heartbeat_at)
    where id = ${id}`.execute(tx);
  await sql`select pg_notify('santi_jobs', ${id})`.execute(tx);
}

/**
 * Turns a waiting job into a running one. Of several processes that ask at once, one gets it.
 * @returns whether the job is the caller's to perform
 */
export async function claimJob(tx: Tx, id: string, now: Date): Promise<boolean> {
  const at = now.toISOString();
  const { rows } = await sql`update job set state = 'running', started_at = ${at}, heartbeat_at = ${at}
    where id = ${id} and state = 'waiting' and not cancel_requested returning id`.execute(tx);
  if (rows.length > 0) await sql`select pg_notify('santi_jobs', ${id})`.execute(tx);
  return rows.length > 0;
}

/** Ids of jobs that wait, oldest first. */
export async function waitingJobs(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom("job").select("id").where("state", "=", "waiting").orderBy("created_at").execute();
  return rows.map(({ id }) => id);
}

/** Marks running jobs that have shown no sign of life since `before`. @returns how many */
export async function interruptJobs(tx: Tx, before: Date, now: Date): Promise<number> {
  const { rows } = await sql`update job set state = 'interrupted', finished_at = ${now.toISOString()}
    where state = 'running' and coalesce(heartbeat_at, started_at, created_at) < ${before.toISOString()} returning id`.execute(
    tx,
  );
  return rows.length;
}
