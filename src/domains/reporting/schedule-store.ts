import { sql } from "kysely";
import type { Language } from "../../platform/contract/fields.ts";
import type { Tx } from "../../platform/database/types.ts";
import type { AreaUnit } from "./model.ts";
import type { Wording } from "./model-definition.ts";
import type { Interval, IssueFormat, issueStates, PeriodRule, Stop } from "./model-schedule.ts";

/** A schedule as it is kept. */
export interface StoredSchedule {
  country: string;
  id: string;
  definition: string;
  words: Wording;
  countries: string[];
  every: Interval;
  day: number;
  period: PeriodRule;
  language: Language;
  formats: IssueFormat[];
  in: AreaUnit;
  form: string | null;
  audience: "own" | "public";
  folder: boolean;
  recipients: string[];
  paused: boolean;
  stopped: Stop | null;
  nextOn: string;
  owner: string;
}

/** A file of an issue in the folder of reports, by its name there. */
export interface IssuedFile {
  name: string;
  sha256: string;
  bytes: number;
}

/** An issue as it is kept. */
export interface StoredIssue {
  country: string;
  id: string;
  schedule: string;
  dueOn: string | null;
  from: string;
  to: string;
  state: (typeof issueStates)[number];
  attempts: number;
  retryAt: string | null;
  reason: string | null;
  hash: string | null;
  files: IssuedFile[];
  delivered: string[];
  enteredAt: string;
  finishedAt: string | null;
}

const columns = sql`s.country, s.id, s.definition, s.words, s.countries, s.every, s.day::integer as day, s.period, s.language,
  s.formats, s.area_unit as "in", s.form, s.audience, s.folder, s.recipients, s.paused, s.stopped, s.next_on::text as "nextOn", s.owner`;
const issueColumns = sql`i.country, i.id, i.schedule, i.due_on::text as "dueOn", i.period_from::text as "from",
  i.period_to::text as "to", i.state, i.attempts::integer as attempts, i.retry_at as "retryAt", i.reason, i.hash, i.files,
  i.delivered, i.entered_at as "enteredAt", i.finished_at as "finishedAt"`;

/** The schedules of a country that have not been ended, the next first. */
export async function findSchedules(
  tx: Tx,
  country: string,
  definition: string | null = null,
): Promise<StoredSchedule[]> {
  const { rows } = await sql<StoredSchedule>`select ${columns} from reporting_schedule s
    where s.country = ${country} and s.ended_at is null and (${definition}::text is null or s.definition = ${definition})
    order by s.next_on, s.id limit 500`.execute(tx);
  return rows;
}

/** Every schedule that the caller may see and that has not been ended. */
export async function allSchedules(tx: Tx): Promise<StoredSchedule[]> {
  const { rows } = await sql<StoredSchedule>`select ${columns} from reporting_schedule s
    where s.ended_at is null order by s.country, s.next_on, s.id`.execute(tx);
  return rows;
}

/** One schedule that has not been ended. */
export async function findSchedule(tx: Tx, country: string, id: string): Promise<StoredSchedule | null> {
  const { rows } = await sql<StoredSchedule>`select ${columns} from reporting_schedule s
    where s.country = ${country} and s.id = ${id}::uuid and s.ended_at is null`.execute(tx);
  return rows[0] ?? null;
}

/** Keeps a new schedule. */
export async function insertSchedule(tx: Tx, of: StoredSchedule, now: Date): Promise<void> {
  await sql`insert into reporting_schedule (country, id, definition, words, countries, every, day, period, language, formats,
      area_unit, form, audience, folder, recipients, next_on, owner, recorded_at)
    values (${of.country}, ${of.id}::uuid, ${of.definition}, ${JSON.stringify(of.words)}::jsonb, ${of.countries}::text[], ${of.every}, ${of.day},
      ${of.period}, ${of.language}, ${of.formats}::text[], ${of.in}, ${of.form}, ${of.audience}, ${of.folder},
      ${of.recipients}::text[], ${of.nextOn}::date, ${of.owner}, ${now.toISOString()})`.execute(tx);
}

/** Changes whether and when a schedule issues, and who answers for it. */
export async function updateSchedule(
  tx: Tx,
  { country, id }: Pick<StoredSchedule, "country" | "id">,
  change: Partial<Pick<StoredSchedule, "paused" | "stopped" | "nextOn" | "owner">> & { endedAt?: Date },
): Promise<void> {
  await sql`update reporting_schedule set
      paused = coalesce(${change.paused ?? null}::boolean, paused),
      stopped = ${change.stopped === undefined ? sql`stopped` : sql`${change.stopped}::text`},
      next_on = coalesce(${change.nextOn ?? null}::date, next_on),
      owner = coalesce(${change.owner ?? null}::text, owner),
      ended_at = coalesce(${change.endedAt?.toISOString() ?? null}::timestamptz, ended_at)
    where country = ${country} and id = ${id}::uuid`.execute(tx);
}

/** Schedules whose day has come, locked, so that of several processes one gets each. */
export async function lockDueSchedules(tx: Tx, today: string, limit: number): Promise<StoredSchedule[]> {
  const { rows } = await sql<StoredSchedule>`select ${columns} from reporting_schedule s
    where s.ended_at is null and not s.paused and s.stopped is null and s.next_on <= ${today}::date
    order by s.next_on, s.id limit ${limit} for update skip locked`.execute(tx);
  return rows;
}

/** Enters an issue that waits. @returns false when that day was issued already */
export async function insertIssue(
  tx: Tx,
  of: Pick<StoredIssue, "country" | "id" | "schedule" | "dueOn" | "from" | "to">,
  { now, taken }: { now: Date; taken: boolean },
): Promise<boolean> {
  const at = now.toISOString();
  const { rows } =
    await sql`insert into reporting_issue (country, id, schedule, due_on, period_from, period_to, state, entered_at,
      taken_at)
    values (${of.country}, ${of.id}::uuid, ${of.schedule}::uuid, ${of.dueOn}::date, ${of.from}::date, ${of.to}::date, 'waiting', ${at},
      ${taken ? at : null})
    on conflict do nothing returning id`.execute(tx);
  return rows.length === 1;
}

/** The issues of a schedule, newest first. */
export async function findIssues(tx: Tx, country: string, schedule: string, limit: number): Promise<StoredIssue[]> {
  const { rows } = await sql<StoredIssue>`select ${issueColumns} from reporting_issue i
    where i.country = ${country} and i.schedule = ${schedule}::uuid order by i.entered_at desc, i.id desc limit ${limit}`.execute(
    tx,
  );
  return rows;
}

/** The newest issue of each schedule of a country. */
export async function lastIssues(tx: Tx, country: string): Promise<Map<string, StoredIssue>> {
  const { rows } = await sql<StoredIssue>`select distinct on (i.schedule) ${issueColumns} from reporting_issue i
    where i.country = ${country} order by i.schedule, i.entered_at desc, i.id desc`.execute(tx);
  return new Map(rows.map((each) => [each.schedule, each]));
}

/** One issue. */
export async function findIssue(tx: Tx, country: string, id: string): Promise<StoredIssue | null> {
  const { rows } = await sql<StoredIssue>`select ${issueColumns} from reporting_issue i
    where i.country = ${country} and i.id = ${id}::uuid`.execute(tx);
  return rows[0] ?? null;
}

/** Turns a waiting issue whose time has come into a running one. @returns null when another process has it */
export async function claimIssue(tx: Tx, country: string, id: string, now: Date): Promise<StoredIssue | null> {
  const at = now.toISOString();
  const { rows } =
    await sql<StoredIssue>`update reporting_issue i set state = 'running', attempts = attempts + 1, started_at = ${at}
    where i.country = ${country} and i.id = ${id}::uuid and i.state = 'waiting' and coalesce(i.retry_at <= ${at}, true)
    returning ${issueColumns}`.execute(tx);
  return rows[0] ?? null;
}

/** Writes down how far an issue came. */
export async function updateIssue(
  tx: Tx,
  { country, id }: Pick<StoredIssue, "country" | "id">,
  change: Partial<Pick<StoredIssue, "state" | "hash" | "files" | "delivered">> & {
    reason?: string | null;
    retryAt?: Date | null;
    finishedAt?: Date;
  },
): Promise<void> {
  const { reason, retryAt, files, finishedAt } = change;
  await sql`update reporting_issue set
      state = coalesce(${change.state ?? null}::text, state),
      reason = ${reason === undefined ? sql`reason` : sql`${reason}::text`},
      retry_at = ${retryAt === undefined ? sql`retry_at` : sql`${retryAt?.toISOString() ?? null}::timestamptz`},
      taken_at = ${retryAt ? null : sql`taken_at`},
      hash = coalesce(${change.hash ?? null}::text, hash),
      files = coalesce(${files ? JSON.stringify(files) : null}::jsonb, files),
      delivered = coalesce(${change.delivered ?? null}::text[], delivered),
      finished_at = coalesce(${finishedAt?.toISOString() ?? null}::timestamptz, finished_at)
    where country = ${country} and id = ${id}::uuid`.execute(tx);
}

/**
 * Takes issues whose next attempt is due. Such as have run or were taken since before `lost` belong to a process that is gone
 * and are taken again.
 */
export async function takeIssues(tx: Tx, now: Date, lost: Date): Promise<{ country: string; id: string }[]> {
  const [at, before] = [now.toISOString(), lost.toISOString()];
  await sql`update reporting_issue set state = 'waiting', retry_at = null, taken_at = null
    where state = 'running' and started_at < ${before}`.execute(tx);
  const { rows } = await sql<{ country: string; id: string }>`update reporting_issue set taken_at = ${at}
    where state = 'waiting' and coalesce(retry_at <= ${at}, true) and coalesce(taken_at < ${before}, true)
    returning country, id`.execute(tx);
  return rows;
}
