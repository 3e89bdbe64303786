import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { Queue, QueueSort } from "./model-queue.ts";
import type { StoredReport } from "./store.ts";

/** How a list of reports is asked for. */
export interface ReportFilter {
  country?: string | undefined;
  state?: readonly string[] | undefined;
  type?: readonly string[] | undefined;
  organisation?: string | undefined;
  area?: string | undefined;
  task?: string | undefined;
  /** An administrative unit with everything inside it; that of the report, or of its area. */
  unit?: string | undefined;
  q?: string | undefined;
  /** In their state for at least so many days. */
  waitingDays?: number | undefined;
  queue: Queue;
  sort?: QueueSort | undefined;
  limit: number;
  offset: number;
}

/** Who asks, so that the list knows what is theirs and what waits for them. */
export interface QueueReader {
  accountId: string | null;
  mayVerify: boolean;
  mayApprove: boolean;
  /** Whether whoever verified a report may approve it too. */
  verifierMayApprove: boolean;
  now: Date;
}

/** Since when a report has been in its state. */
const inStateSince = sql`(case state when 'submitted' then coalesce(submitted_at, entered_at)
  when 'verified' then coalesce(verified_at, entered_at) when 'approved' then coalesce(approved_at, entered_at)
  when 'returned' then coalesce(submitted_at, entered_at) else entered_at end)`;

const orders: Readonly<Record<QueueSort, RawBuilder<unknown>>> = {
  waiting: sql`${inStateSince} asc`,
  "-waiting": sql`${inStateSince} desc`,
  code: sql`code asc`,
  "-code": sql`code desc`,
  type: sql`type asc, code asc`,
  "-type": sql`type desc, code asc`,
  effectiveOn: sql`effective_on asc nulls last`,
  "-effectiveOn": sql`effective_on desc nulls last`,
  entered: sql`coalesce(submitted_at, entered_at) asc`,
  "-entered": sql`coalesce(submitted_at, entered_at) desc`,
};

/** Whether a report has been in its state for at least so many days. */
const waitingFor = (days: number, now: Date) =>
  sql`${inStateSince} <= ${new Date(now.getTime() - days * 86_400_000).toISOString()}::timestamptz`;

/** Which reports each queue holds, for one reader. */
function queuesOf(reader: QueueReader): Readonly<Record<Queue, RawBuilder<unknown>>> {
  const me = reader.accountId ?? "";
  const own = sql`(entered_by is not distinct from ${me} or submitted_by is not distinct from ${me})`;
  const judged = [
    ...(reader.mayVerify ? [sql`state = 'submitted'`] : []),
    ...(reader.mayApprove
      ? [
          reader.verifierMayApprove
            ? sql`state = 'verified'`
            : sql`(state = 'verified' and verified_by is distinct from ${me})`,
        ]
      : []),
  ];
  return {
    todo: judged.length === 0 ? sql`false` : sql`(not ${own} and (${sql.join(judged, sql` or `)}))`,
    mine: own,
    all: sql`true`,
  };
}

/**
 * Counts what waits for a reader in a country: reports to judge, those of them that have waited for `lateAfterDays` days
 * or longer, and the reader's own that came back.
 */
export async function countWaiting(
  tx: Tx,
  country: string,
  lateAfterDays: number,
  reader: QueueReader,
): Promise<{ todo: number; late: number; returned: number }> {
  const { todo, mine } = queuesOf(reader);
  const { rows } = await sql<{ todo: number; late: number; returned: number }>`select
      count(*) filter (where ${todo}) as todo,
      count(*) filter (where ${todo} and ${waitingFor(lateAfterDays, reader.now)}) as late,
      count(*) filter (where ${mine} and state = 'returned') as returned
    from land_report where country = ${country}`.execute(tx);
  const { todo: waiting = 0, late = 0, returned = 0 } = rows[0] ?? {};
  return { todo: Number(waiting), late: Number(late), returned: Number(returned) };
}

/**
 * Reports that the caller may see, without their bodies, with the number in each queue, and in each state of the queue
 * that is shown.
 */
export async function listReports(
  tx: Tx,
  filter: ReportFilter,
  reader: QueueReader,
): Promise<{
  items: Omit<StoredReport, "body" | "result">[];
  total: number;
  states: Record<string, number>;
  queues: Record<Queue, number>;
}> {
  const conditions = [sql`true`];
  if (filter.country) conditions.push(sql`country = ${filter.country}`);
  if (filter.type && filter.type.length > 0) conditions.push(sql`type = any (${[...filter.type]}::text[])`);
  if (filter.organisation) conditions.push(sql`organisation = ${filter.organisation}::uuid`);
  if (filter.area)
    conditions.push(
      sql`(area = ${filter.area}::uuid or result -> 'areas' ? ${filter.area} or body @> ${JSON.stringify({ parts: [{ area: filter.area }] })}::jsonb)`,
    );
  if (filter.task) conditions.push(sql`task = ${filter.task}::uuid`);
  if (filter.unit) {
    const inside = sql`(with recursive inside as (
      select country, id from places_name where id = ${filter.unit}::uuid
      union select u.country, u.id from places_name u join inside on u.country = inside.country and u.parent = inside.id)
      select id from inside)`;
    conditions.push(sql`(unit in ${inside} or (unit is null and exists (select from land_area_state a
      where a.country = land_report.country and a.id = land_report.area and a.unit in ${inside})))`);
  }
  if (filter.q) conditions.push(sql`search like ${`%${filter.q.toLowerCase().replace(/[%_\\]/g, "\\$&")}%`}`);
  if (filter.waitingDays) conditions.push(waitingFor(filter.waitingDays, reader.now));
  const where = sql.join(conditions, sql` and `);
  const queues = queuesOf(reader);
  const { rows: counts } = await sql<{ state: string; todo: number; mine: number; all: number }>`select state,
      count(*) filter (where ${queues.todo}) as todo, count(*) filter (where ${queues.mine}) as mine, count(*) as all
    from land_report where ${where} group by state`.execute(tx);
  const sumOf = (queue: Queue) => counts.reduce((sum, row) => sum + Number(row[queue]), 0);
  const states = Object.fromEntries(
    counts.map((row) => [row.state, Number(row[filter.queue])]).filter(([, count]) => count !== 0),
  );
  const chosen = filter.state && filter.state.length > 0 ? [...filter.state] : null;
  const inStates = chosen ? sql`state = any (${chosen}::text[])` : sql`true`;
  const order = orders[filter.sort ?? (filter.queue === "todo" ? "waiting" : "-entered")];
  const { rows } = await sql<
    Omit<StoredReport, "body" | "result">
  >`select country, id, revision, code, type, state, organisation, area,
      task, unit, effective_on as "effectiveOn", started_on as "startedOn", ended_on as "endedOn", corrects,
      corrected_by as "correctedBy", entered_by as "enteredBy", entered_at as "enteredAt", submitted_by as "submittedBy",
      submitted_at as "submittedAt", verified_by as "verifiedBy", verified_at as "verifiedAt", approved_by as "approvedBy",
      approved_at as "approvedAt", sequence, sample
    from land_report where ${where} and ${queues[filter.queue]} and ${inStates}
    order by ${order}, id limit ${filter.limit} offset ${filter.offset}`.execute(tx);
  const total = (chosen ?? Object.keys(states)).reduce((sum, state) => sum + (states[state] ?? 0), 0);
  return { items: rows, total, states, queues: { todo: sumOf("todo"), mine: sumOf("mine"), all: sumOf("all") } };
}
