import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { RecipientClass } from "../data-protection/model.ts";
import type { ServiceCode } from "../services/model.ts";
import type { Writing } from "./case-store.ts";
import type { SharedFacts } from "./contract-referral.ts";
import type { Priority } from "./model.ts";
import {
  activeStates,
  type Clocks,
  clockedStates,
  type ReferralSide,
  type ReferralState,
  type ReferredPart,
} from "./model-referral.ts";
import type { Reach } from "./policy.ts";

/** What is shared, and whose case it is: the provider's own transaction cannot ask. */
export type StoredShared = SharedFacts & { from: string | null };

/** A referral as stored. */
export interface StoredReferral {
  country: string;
  id: string;
  code: string;
  caseId: string;
  person: string;
  organisation: string;
  point: string | null;
  recipientClass: RecipientClass;
  services: ServiceCode[];
  priority: Priority;
  message: string | null;
  parts: ReferredPart[];
  shared: StoredShared | null;
  state: ReferralState;
  stateSince: string;
  seenVersion: number;
  version: number;
  /** Whether the person agrees now. */
  consented: boolean;
}

const columns = sql`r.country, r.id, r.code, r.case_id as "caseId", r.person, r.organisation, r.point,
  r.recipient_class as "recipientClass", r.services, r.priority, r.message, r.parts, r.shared, r.state,
  r.state_since as "stateSince", r.seen_version as "seenVersion", r.version,
  assistance_consented(r.country, r.person, r.recipient_class) as consented`;

/** One referral, if row-level security shows it. */
export async function findReferral(tx: Tx, country: string, id: string, lock = false): Promise<StoredReferral | null> {
  const { rows } = await sql<StoredReferral>`select ${columns} from assistance_referral r
    where r.country = ${country} and r.id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

/** The referrals of a case, the oldest first. */
export async function findReferralsOf(tx: Tx, country: string, caseId: string): Promise<StoredReferral[]> {
  const { rows } = await sql<StoredReferral>`select ${columns} from assistance_referral r
    where r.country = ${country} and r.case_id = ${caseId} order by r.recorded_at, r.id`.execute(tx);
  return rows;
}

/** Stores a new referral with the needs that it is for. */
export async function insertReferral(
  tx: Tx,
  r: Omit<StoredReferral, "consented">,
  needs: readonly string[],
  by: Writing,
): Promise<void> {
  const sample = by.sample ?? false;
  await sql`insert into assistance_referral (country, id, code, case_id, person, organisation, point, recipient_class,
      services, priority, message, parts, state, state_since, seen_version, version, recorded_at, recorded_by, sample)
    values (${r.country}, ${r.id}, ${r.code}, ${r.caseId}, ${r.person}, ${r.organisation}, ${r.point},
      ${r.recipientClass}, ${[...r.services]}::text[], ${r.priority}, ${r.message}, ${[...r.parts]}::text[], ${r.state},
      ${r.stateSince}, ${r.seenVersion}, ${r.version}, ${by.now.toISOString()}, ${by.accountId}, ${sample})`.execute(
    tx,
  );
  if (needs.length > 0)
    await sql`insert into assistance_referral_need (country, referral, need, case_id, sample)
      select ${r.country}, ${r.id}::uuid, need, ${r.caseId}::uuid, ${sample}::boolean
      from unnest(${[...new Set(needs)]}::uuid[]) as need`.execute(tx);
}

/** The needs that a referral is for. */
export async function findReferredNeeds(tx: Tx, country: string, referral: string): Promise<string[]> {
  const { rows } = await sql<{ need: string }>`select need from assistance_referral_need
    where country = ${country} and referral = ${referral} order by need`.execute(tx);
  return rows.map(({ need }) => need);
}

/** A step to be stored: the state reached, and whether it needs that the person agrees at this moment. */
export interface StateChange {
  country: string;
  id: string;
  /** The version on which the step was decided. */
  version: number;
  state: ReferralState;
  needsConsent: boolean;
  /** Whether the referring side takes it, which has then seen everything. */
  seen: boolean;
}

/**
 * Brings a referral into its next state. Whether the person agrees is read in the same statement.
 * @returns false when there is no consent in force, or another change came between
 */
export async function updateState(tx: Tx, change: StateChange, by: Writing): Promise<boolean> {
  const next = change.version + 1;
  const { rows } = await sql`update assistance_referral r set state = ${change.state},
      state_since = case when r.state = ${change.state} then r.state_since else ${by.now.toISOString()}::timestamptz end,
      version = ${next}, seen_version = ${change.seen ? sql`${next}` : sql`r.seen_version`}
    where r.country = ${change.country} and r.id = ${change.id} and r.version = ${change.version}
      ${change.needsConsent ? sql`and assistance_consented(r.country, r.person, r.recipient_class)` : sql``}
    returning r.id`.execute(tx);
  return rows.length === 1;
}

/**
 * Notes the consent that is in force for a referral, or sends it with what the provider may know. Reads the published view
 * in the same statement.
 * @returns the consent on which it rests; null when none is in force, or another change came between
 */
export async function updateConsented(
  tx: Tx,
  change: Pick<StateChange, "country" | "id" | "version"> & { state: "consent-recorded" | "sent" },
  shared: StoredShared | null,
  by: Writing,
): Promise<string | null> {
  const now = by.now.toISOString();
  const sent = shared ? sql`, sent_at = ${now}, shared = ${JSON.stringify(shared)}::jsonb` : sql``;
  const { rows } = await sql<{ consent: string }>`update assistance_referral r
    set state = ${change.state}, state_since = ${now}, version = ${change.version + 1},
      seen_version = ${change.version + 1}, consent = v.consent ${sent}
    from data_protection_consent_in_force v
    where v.country = r.country and v.person = r.person and v.purpose = 'referral'
      and v.recipient_class = r.recipient_class
      and r.country = ${change.country} and r.id = ${change.id} and r.version = ${change.version}
    returning v.consent`.execute(tx);
  return rows[0]?.consent ?? null;
}

/** Notes that the referring side has looked at a version. */
export async function markSeen(tx: Tx, country: string, id: string, version: number): Promise<void> {
  await sql`update assistance_referral set seen_version = least(version, greatest(seen_version, ${version}::integer))
    where country = ${country} and id = ${id}`.execute(tx);
}

/** A step of a referral. */
export interface ReferralStep {
  version: number;
  state: ReferralState;
  reason: string | null;
  side: ReferralSide;
  recordedAt: string;
  recordedBy: string | null;
}

/** Adds a step to the thread of a referral. */
export async function insertReferralStep(
  tx: Tx,
  of: { country: string; id: string },
  s: Omit<ReferralStep, "recordedAt" | "recordedBy">,
  by: Writing,
): Promise<void> {
  await sql`insert into assistance_referral_step (country, referral, version, state, reason, by_side, recorded_at,
      recorded_by, sample)
    values (${of.country}, ${of.id}, ${s.version}, ${s.state}, ${s.reason}, ${s.side}, ${by.now.toISOString()},
      ${by.accountId}, ${by.sample ?? false})`.execute(tx);
}

/** The thread of a referral, oldest first. */
export async function findReferralSteps(tx: Tx, country: string, id: string): Promise<ReferralStep[]> {
  const { rows } = await sql<ReferralStep>`select version, state, reason, by_side as side, recorded_at as "recordedAt",
      recorded_by as "recordedBy"
    from assistance_referral_step where country = ${country} and referral = ${id} order by version`.execute(tx);
  return rows;
}

/** Referrals whose state has lasted longer than allowed, by so many days more. */
const late = (clocks: Clocks, now: Date, moreDays: number) =>
  sql`(${sql.join(
    clockedStates.map((state) => {
      const cut = new Date(now.getTime() - (clocks.days[state] + moreDays) * 86_400_000).toISOString();
      return sql`(r.state = ${state} and r.state_since < ${cut}::timestamptz)`;
    }),
    sql` or `,
  )})`;

const active = sql`r.state = any (${[...activeStates, "draft", "consent-recorded"]}::text[])`;

/** What a list of referrals asks for. */
export interface ReferralFilter {
  country: string;
  reach: Reach;
  view: "active" | "late" | "news" | "ended" | "all";
  organisation?: string | undefined;
  clocks: Clocks;
  now: Date;
}

/** The referrals of cases within reach that a filter is about, whatever their view. */
const within = ({ country, reach, organisation }: Omit<ReferralFilter, "view">) =>
  sql`assistance_referral r join assistance_case c on c.country = r.country and c.id = r.case_id
    where r.country = ${country}
      and ${reach.all ? sql`true` : sql`(c.organisation = any (${reach.organisations}::uuid[]) or c.assignee = ${reach.account})`}
      ${organisation ? sql`and r.organisation = ${organisation}` : sql``}`;

const isNew = sql`r.version > r.seen_version`;

/** How many referrals of cases within reach each view holds, and how many of the late ones wait too long even for that. */
export interface ReferralCounts {
  active: number;
  late: number;
  escalated: number;
  news: number;
}

/** Counts the referrals of cases within reach by view. */
export async function countReferrals(tx: Tx, filter: Omit<ReferralFilter, "view">): Promise<ReferralCounts> {
  const { clocks, now } = filter;
  const { rows } = await sql<ReferralCounts>`select
      (count(*) filter (where ${active}))::integer as active,
      (count(*) filter (where ${late(clocks, now, 0)}))::integer as late,
      (count(*) filter (where ${late(clocks, now, clocks.escalationDays)}))::integer as escalated,
      (count(*) filter (where ${isNew}))::integer as news
    from ${within(filter)}`.execute(tx);
  return rows[0] ?? { active: 0, late: 0, escalated: 0, news: 0 };
}

/** Referrals of cases within reach in a view, the longest waiting first. */
export async function listReferrals(
  tx: Tx,
  filter: ReferralFilter,
  limit: number,
): Promise<(StoredReferral & { caseCode: string })[]> {
  const conditions = {
    active,
    late: late(filter.clocks, filter.now, 0),
    news: isNew,
    ended: sql`not (${active})`,
    all: sql`true`,
  };
  const { rows } = await sql<StoredReferral & { caseCode: string }>`select ${columns}, c.code as "caseCode"
    from ${within(filter)} and ${conditions[filter.view]} order by r.state_since, r.id limit ${limit}`.execute(tx);
  return rows;
}
