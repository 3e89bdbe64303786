import { sql } from "kysely";
import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import type { Scalar } from "../../platform/files/index.ts";
import type { importStatuses } from "./contract.ts";
import type { Profile } from "./profile.ts";

export type ImportStatus = (typeof importStatuses)[number];

/** What became of the rows of a run. `read` is always `stored + unchanged + refused`. */
export interface ImportCounts {
  read: number;
  /** `created + updated + restored`. */
  stored: number;
  created: number;
  updated: number;
  restored: number;
  unchanged: number;
  refused: number;
  /** Stored although the position could not be used. */
  withoutPosition: number;
  findings: { error: number; warning: number };
  byCheck: Record<string, number>;
  /** Stored records by record type. */
  byType: Record<string, number>;
}

/** Counts at the start of a run. */
export function noCounts(): ImportCounts {
  return {
    read: 0,
    stored: 0,
    created: 0,
    updated: 0,
    restored: 0,
    unchanged: 0,
    refused: 0,
    withoutPosition: 0,
    findings: { error: 0, warning: 0 },
    byCheck: {},
    byType: {},
  };
}

/** A file of an import as it is remembered. */
export interface ImportedFile {
  name: string;
  size: number;
  sha256: string;
}

/** What an undo did, and what it left alone. */
export interface UndoResult {
  withdrawn: number;
  reverted: number;
  /** Records that somebody changed since, at most 1000 of them; they stay as they are. */
  left: { recordType: string; id: string; code: string | null }[];
  leftCount: number;
}

/** One batch. */
export interface StoredImport {
  country: string;
  id: string;
  dryRun: boolean;
  profile: Profile;
  files: ImportedFile[];
  status: ImportStatus;
  counts: ImportCounts;
  rowsDone: number;
  problem: { code: string; params: Record<string, unknown> } | null;
  job: string | null;
  accountId: string | null;
  startedAt: string;
  heartbeatAt: string;
  finishedAt: string | null;
  undoneAt: string | null;
  undoResult: UndoResult | null;
}

/** Something found, as stored. */
export interface StoredFinding {
  id: string;
  file: number;
  row: number | null;
  part: number;
  recordType: string | null;
  recordId: string | null;
  check: string;
  severity: "error" | "warning";
  field: string | null;
  params: Record<string, unknown>;
  suggestion: { values: RecordValues; reason: string } | null;
  state: "open" | "applied" | "dismissed";
}

/** The source of a row about which something was found. */
export interface StoredRow {
  file: number;
  row: number;
  part: number;
  fields: Record<string, Scalar>;
  geometry: unknown;
}

interface ImportRow {
  country: string;
  id: string;
  dry_run: boolean;
  profile: Profile;
  files: ImportedFile[];
  status: ImportStatus;
  counts: ImportCounts;
  rows_done: number;
  problem: StoredImport["problem"];
  job: string | null;
  account_id: string | null;
  started_at: string;
  heartbeat_at: string;
  finished_at: string | null;
  undone_at: string | null;
  undo_result: UndoResult | null;
}

const columns = sql`country, id, dry_run, profile, files, status, counts, rows_done, problem, job, account_id, started_at,
  heartbeat_at, finished_at, undone_at, undo_result`;

const fromRow = (row: ImportRow): StoredImport => ({
  country: row.country,
  id: row.id,
  dryRun: row.dry_run,
  profile: row.profile,
  files: row.files,
  status: row.status,
  counts: row.counts,
  rowsDone: row.rows_done,
  problem: row.problem,
  job: row.job,
  accountId: row.account_id,
  startedAt: row.started_at,
  heartbeatAt: row.heartbeat_at,
  finishedAt: row.finished_at,
  undoneAt: row.undone_at,
  undoResult: row.undo_result,
});

/** Enters a batch that runs, or that waits for its job. */
export async function insertImport(
  tx: Tx,
  entry: Pick<StoredImport, "country" | "id" | "dryRun" | "profile" | "files" | "accountId"> & {
    status: "waiting" | "running";
    now: Date;
    job?: string | null;
  },
): Promise<void> {
  const at = entry.now.toISOString();
  await sql`insert into imports_import (country, id, dry_run, profile, files, status, counts, account_id, started_at, heartbeat_at, job)
    values (${entry.country}, ${entry.id}, ${entry.dryRun}, ${JSON.stringify(entry.profile)}::jsonb, ${JSON.stringify(entry.files)}::jsonb,
      ${entry.status}, ${JSON.stringify(noCounts())}::jsonb, ${entry.accountId}, ${at}, ${at}, ${entry.job ?? null})`.execute(
    tx,
  );
}

/** Writes how far a batch is, in the transaction of its rows. @returns whether somebody asked to cancel it */
export async function updateProgress(
  tx: Tx,
  country: string,
  id: string,
  progress: { counts: ImportCounts; rowsDone: number; heartbeatAt: Date },
): Promise<boolean> {
  const { rows } = await sql<{
    cancel_requested: boolean;
  }>`update imports_import set counts = ${JSON.stringify(progress.counts)}::jsonb,
      rows_done = ${progress.rowsDone}, heartbeat_at = ${progress.heartbeatAt.toISOString()}, status = 'running'
    where country = ${country} and id = ${id} returning cancel_requested`.execute(tx);
  return rows[0]?.cancel_requested ?? false;
}

/** Ends a batch. */
export async function finishImport(
  tx: Tx,
  country: string,
  id: string,
  end: { status: ImportStatus; counts: ImportCounts; now: Date; problem?: StoredImport["problem"] },
): Promise<void> {
  await sql`update imports_import set status = ${end.status}, counts = ${JSON.stringify(end.counts)}::jsonb,
      finished_at = ${end.now.toISOString()}, problem = ${end.problem ? JSON.stringify(end.problem) : null}::jsonb
    where country = ${country} and id = ${id}`.execute(tx);
}

/** Starts an interrupted, cancelled or failed batch again where it stopped. */
export async function reopenImport(tx: Tx, country: string, id: string, now: Date, job: string | null): Promise<void> {
  await sql`update imports_import set status = 'running', cancel_requested = false, finished_at = null, problem = null,
      heartbeat_at = ${now.toISOString()}, job = ${job} where country = ${country} and id = ${id}`.execute(tx);
}

/** Lets an interrupted, cancelled or failed batch wait for the job that goes on with it. */
export async function awaitImport(tx: Tx, country: string, id: string, now: Date): Promise<void> {
  await sql`update imports_import set status = 'waiting', cancel_requested = false, finished_at = null, problem = null,
      heartbeat_at = ${now.toISOString()}, job = null where country = ${country} and id = ${id}`.execute(tx);
}

/**
 * Turns a waiting batch into a running one.
 * @returns false when it waits no longer, because somebody cancelled it
 */
export async function claimImport(tx: Tx, country: string, id: string, job: string, now: Date): Promise<boolean> {
  const { rows } =
    await sql`update imports_import set status = 'running', job = ${job}, heartbeat_at = ${now.toISOString()}
    where country = ${country} and id = ${id} and status = 'waiting' returning id`.execute(tx);
  return rows.length > 0;
}

/** Ends a batch before its first row, its counts as they are; nothing happens when its status is not one of `from`. */
export async function endEarly(
  tx: Tx,
  country: string,
  id: string,
  from: readonly ("waiting" | "running")[],
  end: { status: "failed" | "cancelled"; now: Date; problem?: StoredImport["problem"] },
): Promise<void> {
  await sql`update imports_import set status = ${end.status}, finished_at = ${end.now.toISOString()},
      problem = ${end.problem ? JSON.stringify(end.problem) : null}::jsonb
    where country = ${country} and id = ${id} and status = any (${[...from]}::text[])`.execute(tx);
}

/** Asks a running batch to stop after the rows in hand; a waiting one is cancelled at once, and an ended one is left. */
export async function requestCancel(tx: Tx, country: string, id: string, now: Date): Promise<void> {
  await sql`update imports_import set cancel_requested = true where country = ${country} and id = ${id}
    and status in ('waiting', 'running')`.execute(tx);
  await endEarly(tx, country, id, ["waiting"], { status: "cancelled", now });
}

/** Marks a batch as undone. */
export async function markUndone(
  tx: Tx,
  country: string,
  id: string,
  result: UndoResult,
  by: string | null,
  now: Date,
): Promise<void> {
  await sql`update imports_import set status = 'undone', undone_at = ${now.toISOString()}, undone_by = ${by},
      undo_result = ${JSON.stringify(result)}::jsonb where country = ${country} and id = ${id}`.execute(tx);
}

/** How long a running batch may be silent before it counts as interrupted. */
const silenceMs = 60_000;

/** The state of a batch as it is now: a running one that has been silent for a minute was interrupted. */
export function statusNow(entry: Pick<StoredImport, "status" | "heartbeatAt">, now: Date): ImportStatus {
  if (entry.status !== "running") return entry.status;
  return now.getTime() - new Date(entry.heartbeatAt).getTime() > silenceMs ? "interrupted" : "running";
}

/** One batch, locked for change when `lock` is set. */
export async function findImport(tx: Tx, country: string, id: string, lock = false): Promise<StoredImport | null> {
  const { rows } = await sql<ImportRow>`select ${columns} from imports_import
    where country = ${country} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0] ? fromRow(rows[0]) : null;
}

/** One batch by its id alone. */
export async function findImportById(tx: Tx, id: string): Promise<StoredImport | null> {
  const { rows } = await sql<ImportRow>`select ${columns} from imports_import where id = ${id}`.execute(tx);
  return rows[0] ? fromRow(rows[0]) : null;
}

/** The batches of a country, newest first, before a moment. */
export async function listImports(
  tx: Tx,
  country: string,
  { limit, before, dryRuns }: { limit: number; before?: string | undefined; dryRuns: boolean },
): Promise<StoredImport[]> {
  const { rows } = await sql<ImportRow>`select ${columns} from imports_import where country = ${country}
      and (${before ?? null}::timestamptz is null or started_at < ${before ?? null}::timestamptz)
      and (${dryRuns} or not dry_run)
    order by started_at desc, id desc limit ${limit}`.execute(tx);
  return rows.map(fromRow);
}

/** Digests of the files of batches, by batch. */
export async function filesOfImports(
  tx: Tx,
  country: string,
  ids: readonly string[],
): Promise<Map<string, { files: ImportedFile[]; startedAt: string }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; files: ImportedFile[]; started_at: string }>`select id, files, started_at
    from imports_import where country = ${country} and id = any (${[...ids]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, files, started_at }) => [id, { files, startedAt: started_at }]));
}

/** What the last import that was not undone said about records: the state that it left, by record id. */
export async function lastImportedStates(
  tx: Tx,
  country: string,
  ids: readonly string[],
): Promise<Map<string, RecordValues>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{
    record_id: string;
    snapshot: RecordValues;
  }>`select distinct on (record_id) record_id, snapshot
    from record_revision where country = ${country} and record_id = any (${[...ids]}::uuid[])
      and import_id is not null and action in ('imported', 'restored')
      and not exists (select from imports_import i where i.id = import_id and i.status = 'undone')
    order by record_id, revision desc`.execute(tx);
  return new Map(rows.map(({ record_id, snapshot }) => [record_id, snapshot]));
}

/** Saved profiles of a country. */
export async function listProfiles(tx: Tx, country: string): Promise<Profile[]> {
  const { rows } = await sql<{
    body: Profile;
  }>`select body from imports_profile where country = ${country} order by id`.execute(tx);
  return rows.map(({ body }) => body);
}

/** Saves a profile under its id. */
export async function saveProfile(
  tx: Tx,
  country: string,
  profile: Profile,
  by: string | null,
  now: Date,
): Promise<void> {
  await sql`insert into imports_profile (country, id, body, changed_at, changed_by)
    values (${country}, ${profile.id}, ${JSON.stringify(profile)}::jsonb, ${now.toISOString()}, ${by})
    on conflict (country, id) do update set body = excluded.body, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(
    tx,
  );
}

/** Removes a saved profile; imports made with it keep their own copy. @returns whether there was one */
export async function removeProfile(tx: Tx, country: string, id: string): Promise<boolean> {
  const { rows } =
    await sql`delete from imports_profile where country = ${country} and id = ${id} returning id`.execute(tx);
  return rows.length > 0;
}
