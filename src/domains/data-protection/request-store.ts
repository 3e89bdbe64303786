import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { RequestState, requestAskers, requestKinds } from "./model.ts";

/** A request as stored. */
export interface StoredRequest {
  country: string;
  id: string;
  person: string;
  kind: (typeof requestKinds)[number];
  askedBy: (typeof requestAskers)[number];
  receivedOn: string;
  dueOn: string;
  state: RequestState;
  version: number;
  recordedBy: string | null;
  decidedAt: string | null;
  decidedBy: string | null;
  doneAt: string | null;
}

const columns = sql`r.country, r.id, r.person, r.kind, r.asked_by as "askedBy", r.received_on as "receivedOn",
  r.due_on as "dueOn", r.state, r.version, r.recorded_by as "recordedBy", r.decided_at as "decidedAt",
  r.decided_by as "decidedBy", r.done_at as "doneAt"`;

/** Stores a new request. */
export async function insertRequest(tx: Tx, r: StoredRequest, now: Date, sample: boolean): Promise<void> {
  await sql`insert into data_protection_request (country, id, person, kind, asked_by, received_on, due_on, state, version,
      recorded_at, recorded_by, sample)
    values (${r.country}, ${r.id}, ${r.person}, ${r.kind}, ${r.askedBy}, ${r.receivedOn}, ${r.dueOn}, ${r.state},
      ${r.version}, ${now.toISOString()}, ${r.recordedBy}, ${sample})`.execute(tx);
}

/** One request, locked for change. */
export async function lockRequest(tx: Tx, country: string, id: string): Promise<StoredRequest | null> {
  const { rows } = await sql<StoredRequest>`select ${columns} from data_protection_request r
    where r.country = ${country} and r.id = ${id} for update`.execute(tx);
  return rows[0] ?? null;
}

/** Moves a request on. */
export async function updateRequest(
  tx: Tx,
  of: { country: string; id: string },
  to: RequestState,
  by: { accountId: string | null; now: Date },
): Promise<void> {
  const at = by.now.toISOString();
  const set =
    to === "done"
      ? sql`done_at = ${at}, done_by = ${by.accountId}`
      : sql`decided_at = ${at}, decided_by = ${by.accountId}`;
  await sql`update data_protection_request set state = ${to}, version = version + 1, ${set}
    where country = ${of.country} and id = ${of.id}`.execute(tx);
}

/** What somebody asked for, newest first. */
export async function findRequests(tx: Tx, country: string, standing: string): Promise<StoredRequest[]> {
  const { rows } = await sql<StoredRequest>`select ${columns}
    from people_person_state p join data_protection_request r on r.country = p.country and r.person = p.id
    where p.country = ${country} and p.standing = ${standing} order by r.received_on desc, r.id desc`.execute(tx);
  return rows;
}

const matching = (state: RequestState | "overdue" | undefined, today: string) => {
  if (state === "overdue") return sql`and r.state in ('open', 'granted') and r.due_on < ${today}::date`;
  return state ? sql`and r.state = ${state}` : sql``;
};

/** Requests of a country, the nearest day first. `today` decides what is overdue. */
export async function listRequests(
  tx: Tx,
  filter: { country: string; state?: RequestState | "overdue" | undefined; today: string },
  page: { after?: { at: string; id: string } | undefined; limit: number },
): Promise<StoredRequest[]> {
  const { after } = page;
  const { rows } = await sql<StoredRequest>`select ${columns} from data_protection_request r
    where r.country = ${filter.country} ${matching(filter.state, filter.today)}
      ${after ? sql`and (r.due_on, r.id) > (${after.at}::date, ${after.id}::uuid)` : sql``}
    order by r.due_on, r.id limit ${page.limit}`.execute(tx);
  return rows;
}

/** How many requests are in each state, and overdue. */
export async function countRequests(tx: Tx, country: string, today: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ state: string; n: number; overdue: number }>`select state, count(*) as n,
      count(*) filter (where state in ('open', 'granted') and due_on < ${today}::date) as overdue
    from data_protection_request where country = ${country} group by state`.execute(tx);
  const counts: Record<string, number> = { open: 0, granted: 0, refused: 0, done: 0, overdue: 0 };
  for (const { state, n, overdue } of rows) {
    counts[state] = n;
    counts.overdue = (counts.overdue ?? 0) + overdue;
  }
  return counts;
}
