import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { NeedKind, ServiceCode } from "../services/model.ts";
import type { Writing } from "./case-store.ts";
import type { NeedState, Priority, serviceOutcomes } from "./model.ts";

/** A need as stored. */
export interface StoredNeed {
  country: string;
  id: string;
  caseId: string;
  kind: NeedKind;
  detail: string | null;
  priority: Priority;
  state: NeedState;
  identifiedOn: string;
  version: number;
}

const needColumns = sql`country, id, case_id as "caseId", kind, detail, priority, state, identified_on as "identifiedOn",
  version`;

/** The needs of a case, the oldest first. */
export async function findNeeds(tx: Tx, country: string, caseId: string): Promise<StoredNeed[]> {
  const { rows } = await sql<StoredNeed>`select ${needColumns} from assistance_need
    where country = ${country} and case_id = ${caseId} order by identified_on, id`.execute(tx);
  return rows;
}

/** One need of a case, locked for change. */
export async function lockNeed(tx: Tx, country: string, caseId: string, id: string): Promise<StoredNeed | null> {
  const { rows } = await sql<StoredNeed>`select ${needColumns} from assistance_need
    where country = ${country} and case_id = ${caseId} and id = ${id} for update`.execute(tx);
  return rows[0] ?? null;
}

/** Stores a new need. */
export async function insertNeed(tx: Tx, n: StoredNeed, by: Writing): Promise<void> {
  await sql`insert into assistance_need (country, id, case_id, kind, detail, priority, state, identified_on, version,
      recorded_at, recorded_by, sample)
    values (${n.country}, ${n.id}, ${n.caseId}, ${n.kind}, ${n.detail}, ${n.priority}, ${n.state}, ${n.identifiedOn},
      ${n.version}, ${by.now.toISOString()}, ${by.accountId}, ${by.sample ?? false})`.execute(tx);
}

/** Stores the next state of a need that was locked before. */
export async function updateNeed(tx: Tx, n: StoredNeed): Promise<void> {
  await sql`update assistance_need set state = ${n.state}, priority = ${n.priority}, version = ${n.version}
    where country = ${n.country} and id = ${n.id}`.execute(tx);
}

/** A change of a need. */
export interface NeedStep {
  need: string;
  version: number;
  state: NeedState;
  priority: Priority;
  reason: string | null;
  happenedOn: string;
}

/** Adds a change to the thread of a need. */
export async function insertNeedStep(
  tx: Tx,
  of: { country: string; caseId: string },
  s: NeedStep,
  by: Writing,
): Promise<void> {
  await sql`insert into assistance_need_step (country, need, version, case_id, state, priority, reason, happened_on,
      recorded_at, recorded_by, sample)
    values (${of.country}, ${s.need}, ${s.version}, ${of.caseId}, ${s.state}, ${s.priority}, ${s.reason},
      ${s.happenedOn}, ${by.now.toISOString()}, ${by.accountId}, ${by.sample ?? false})`.execute(tx);
}

/** All changes of the needs of a case, oldest first. */
export async function findNeedSteps(
  tx: Tx,
  country: string,
  caseId: string,
): Promise<(NeedStep & { recordedBy: string | null })[]> {
  const { rows } = await sql<NeedStep & { recordedBy: string | null }>`select need, version, state, priority, reason,
      happened_on as "happenedOn", recorded_by as "recordedBy"
    from assistance_need_step where country = ${country} and case_id = ${caseId} order by need, version`.execute(tx);
  return rows;
}

/** A service that was given, as stored. */
export interface StoredService {
  country: string;
  id: string;
  caseId: string;
  service: ServiceCode;
  organisation: string | null;
  point: string | null;
  referral: string | null;
  givenOn: string;
  quantity: number;
  cost: number | null;
  currency: string | null;
  outcome: (typeof serviceOutcomes)[number];
  detail: string | null;
  withdrawn: boolean;
  withdrawnReason: string | null;
  needs: string[];
}

/** Services given in a case, the oldest first, with the needs that each is meant to answer. */
export async function findServices(tx: Tx, country: string, caseId: string): Promise<StoredService[]> {
  const { rows } =
    await sql<StoredService>`select s.country, s.id, s.case_id as "caseId", s.service, s.organisation, s.point,
      s.referral, s.given_on as "givenOn", s.quantity::float8 as quantity, s.cost::float8 as cost, s.currency, s.outcome,
      s.detail, s.withdrawn, s.withdrawn_reason as "withdrawnReason",
      array(select l.need from assistance_service_need l where l.country = s.country and l.service = s.id order by l.need)
        as needs
    from assistance_service s where s.country = ${country} and s.case_id = ${caseId} order by s.given_on, s.id`.execute(
      tx,
    );
  return rows;
}

/** Stores a service with its links to needs. */
export async function insertService(tx: Tx, s: StoredService, by: Writing): Promise<void> {
  const sample = by.sample ?? false;
  await sql`insert into assistance_service (country, id, case_id, service, organisation, point, referral, given_on,
      quantity, cost, currency, outcome, detail, recorded_at, recorded_by, sample)
    values (${s.country}, ${s.id}, ${s.caseId}, ${s.service}, ${s.organisation}, ${s.point}, ${s.referral}, ${s.givenOn},
      ${s.quantity}, ${s.cost}, ${s.currency}, ${s.outcome}, ${s.detail}, ${by.now.toISOString()}, ${by.accountId},
      ${sample})`.execute(tx);
  if (s.needs.length > 0)
    await sql`insert into assistance_service_need (country, service, need, case_id, sample)
      select ${s.country}, ${s.id}::uuid, need, ${s.caseId}::uuid, ${sample}::boolean
      from unnest(${[...new Set(s.needs)]}::uuid[]) as need`.execute(tx);
}

/** Marks a service as entered wrongly. @returns false when there is none that counts */
export async function withdrawService(
  tx: Tx,
  of: { country: string; caseId: string; id: string },
  reason: string,
): Promise<boolean> {
  const { rows } = await sql`update assistance_service set withdrawn = true, withdrawn_reason = ${reason}
    where country = ${of.country} and case_id = ${of.caseId} and id = ${of.id} and not withdrawn returning id`.execute(
    tx,
  );
  return rows.length === 1;
}
