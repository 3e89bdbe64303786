import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { NeedKind } from "../services/model.ts";
import { type CaseView, caseViews, type causes, type closeReasons, openNeedStates } from "./model.ts";
import { activeStates } from "./model-referral.ts";
import type { Reach } from "./policy.ts";

/** By whom and when something is written. */
export interface Writing {
  accountId: string | null;
  now: Date;
  sample?: boolean;
}

/** A case as stored. */
export interface StoredCase {
  country: string;
  id: string;
  code: string;
  person: string;
  organisation: string | null;
  assignee: string | null;
  openedOn: string;
  state: "open" | "closed";
  closeReason: (typeof closeReasons)[number] | null;
  closedOn: string | null;
  version: number;
}

const columns = sql`c.country, c.id, c.code, c.person, c.organisation, c.assignee, c.opened_on as "openedOn", c.state,
  c.close_reason as "closeReason", c.closed_on as "closedOn", c.version`;

/** What `people` says of somebody, by its published view. */
export interface PersonState {
  id: string;
  code: string;
  sex: string;
  birthYear: number | null;
  unit: string | null;
  organisation: string | null;
  assignee: string | null;
  standing: string;
  erased: boolean;
  withdrawn: boolean;
}

/** A person by id, if row-level security shows it. */
export async function findPersonState(tx: Tx, country: string, id: string): Promise<PersonState | null> {
  const { rows } = await sql<PersonState>`select id, code, sex, birth_year as "birthYear", unit, organisation, assignee,
      standing, erased, withdrawn
    from people_person_state where country = ${country} and id = ${id}`.execute(tx);
  return rows[0] ?? null;
}

/** The years of birth of people, as far as row-level security shows them and they are known. */
export async function findBirthYears(
  tx: Tx,
  country: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; year: number }>`select id, birth_year as year from people_person_state
    where country = ${country} and id = any (${[...new Set(ids)]}::uuid[]) and birth_year is not null`.execute(tx);
  return new Map(rows.map(({ id, year }) => [id, year]));
}

/** One case, if row-level security shows it. */
export async function findCase(tx: Tx, country: string, id: string, lock = false): Promise<StoredCase | null> {
  const { rows } = await sql<StoredCase>`select ${columns} from assistance_case c
    where c.country = ${country} and c.id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0] ?? null;
}

/** Stores a new case. */
export async function insertCase(tx: Tx, c: StoredCase, by: Writing): Promise<void> {
  await sql`insert into assistance_case (country, id, code, person, organisation, assignee, opened_on, state, version,
      recorded_at, recorded_by, sample)
    values (${c.country}, ${c.id}, ${c.code}, ${c.person}, ${c.organisation}, ${c.assignee}, ${c.openedOn}, ${c.state},
      ${c.version}, ${by.now.toISOString()}, ${by.accountId}, ${by.sample ?? false})`.execute(tx);
}

/** Stores the next version of a case that was locked before. */
export async function updateCase(tx: Tx, c: StoredCase): Promise<void> {
  await sql`update assistance_case set assignee = ${c.assignee}, state = ${c.state}, close_reason = ${c.closeReason},
      closed_on = ${c.closedOn}, version = ${c.version}
    where country = ${c.country} and id = ${c.id}`.execute(tx);
}

/** Something that happened to a case. */
export interface CaseStep {
  version: number;
  step: "opened" | "assigned" | "closed" | "reopened";
  detail: string | null;
  reason: string | null;
  happenedOn: string;
}

/** Adds a step to the thread of a case. */
export async function insertCaseStep(
  tx: Tx,
  of: { country: string; id: string },
  s: CaseStep,
  by: Writing,
): Promise<void> {
  await sql`insert into assistance_case_step (country, case_id, version, step, detail, reason, happened_on, recorded_at,
      recorded_by, sample)
    values (${of.country}, ${of.id}, ${s.version}, ${s.step}, ${s.detail}, ${s.reason}, ${s.happenedOn},
      ${by.now.toISOString()}, ${by.accountId}, ${by.sample ?? false})`.execute(tx);
}

/** The thread of a case, oldest first. */
export async function findCaseSteps(
  tx: Tx,
  country: string,
  id: string,
): Promise<(CaseStep & { recordedBy: string | null })[]> {
  const { rows } = await sql<CaseStep & { recordedBy: string | null }>`select version, step, detail, reason,
      happened_on as "happenedOn", recorded_by as "recordedBy"
    from assistance_case_step where country = ${country} and case_id = ${id} order by version`.execute(tx);
  return rows;
}

/** What is known of the cause of a person's needs, in its newest version. */
export interface StoredCause {
  cause: (typeof causes)[number];
  since: string | null;
  version: number;
}

/** The newest word about the cause of a person's needs. */
export async function findCause(tx: Tx, country: string, person: string): Promise<StoredCause | null> {
  const { rows } = await sql<StoredCause>`select cause, since, version from assistance_cause
    where country = ${country} and person = ${person} order by version desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

/** Stores the next word about a cause. @returns false when that version is there already */
export async function insertCause(
  tx: Tx,
  of: { country: string; person: string },
  cause: StoredCause,
  by: Writing,
): Promise<boolean> {
  const { rows } = await sql`insert into assistance_cause (country, person, cause, since, version, recorded_at,
      recorded_by, sample)
    values (${of.country}, ${of.person}, ${cause.cause}, ${cause.since}, ${cause.version}, ${by.now.toISOString()},
      ${by.accountId}, ${by.sample ?? false})
    on conflict do nothing returning version`.execute(tx);
  return rows.length === 1;
}

/** The condition that a case is within reach. */
const within = (reach: Reach) =>
  reach.all ? sql`true` : sql`(c.organisation = any (${reach.organisations}::uuid[]) or c.assignee = ${reach.account})`;

const openStates = sql`${[...openNeedStates]}::text[]`;
const active = sql`${[...activeStates]}::text[]`;
const needOf = sql`n.country = c.country and n.case_id = c.id and n.state = any (${openStates})`;
/** A need for which nobody has been asked, or of whose referral the consent is gone. */
const withoutReferral = sql`not exists (select from assistance_referral_need rn
    join assistance_referral r on r.country = rn.country and r.id = rn.referral
  where rn.country = n.country and rn.need = n.id and r.state = any (${active})
    and assistance_consented(r.country, r.person, r.recipient_class))`;

/** What each saved view holds. */
function viewCondition(view: CaseView, of: { account: string | null; today: string }) {
  switch (view) {
    case "open":
      return sql`c.state = 'open'`;
    case "mine":
      return sql`c.state = 'open' and c.assignee = ${of.account}`;
    case "unassigned":
      return sql`c.state = 'open' and c.assignee is null`;
    case "unreferred":
      return sql`c.state = 'open' and exists (select from assistance_need n where ${needOf} and ${withoutReferral})`;
    case "overdue":
      return sql`c.state = 'open' and exists (select from assistance_follow_up f where f.country = c.country
        and f.case_id = c.id and f.state = 'due' and f.due_on < ${of.today}::date)`;
    case "urgent":
      return sql`c.state = 'open' and exists (select from assistance_need n where ${needOf} and n.priority = 'urgent')`;
    case "closed":
      return sql`c.state = 'closed'`;
    case "all":
      return sql`true`;
  }
}

/** A case in a list. */
export type ListedCase = StoredCase & {
  personCode: string | null;
  sex: string | null;
  birthYear: number | null;
  unit: string | null;
  erased: boolean | null;
  openNeeds: NeedKind[];
  urgent: boolean;
  unreferred: number;
  nextDueOn: string | null;
};

/** What a list of cases asks for. */
export interface CaseFilter {
  country: string;
  view: CaseView;
  reach: Reach;
  today: string;
  q?: string | undefined;
  organisation?: string | undefined;
  need?: NeedKind | undefined;
  person?: string | undefined;
}

function caseConditions(filter: CaseFilter) {
  const { q, organisation, need, person } = filter;
  return sql.join(
    [
      sql`c.country = ${filter.country}`,
      within(filter.reach),
      ...(q
        ? [
            sql`(c.code ilike ${`%${q.replace(/[\\%_]/g, "\\$&")}%`} or p.code ilike ${`%${q.replace(/[\\%_]/g, "\\$&")}%`})`,
          ]
        : []),
      ...(organisation ? [sql`c.organisation = ${organisation}`] : []),
      ...(need ? [sql`exists (select from assistance_need n where ${needOf} and n.kind = ${need})`] : []),
      ...(person
        ? [
            sql`p.standing = (select s.standing from people_person_state s where s.country = ${filter.country} and s.id = ${person})`,
          ]
        : []),
    ],
    sql` and `,
  );
}

const joined = sql`assistance_case c left join people_person_state p on p.country = c.country and p.id = c.person`;

/** Cases within reach, the newest first. */
export async function listCases(
  tx: Tx,
  filter: CaseFilter,
  page: { after?: { openedOn: string; id: string } | undefined; limit: number },
): Promise<ListedCase[]> {
  const { after } = page;
  const { rows } =
    await sql<ListedCase>`select ${columns}, p.code as "personCode", p.sex, p.birth_year as "birthYear", p.unit,
      p.erased,
      array(select distinct n.kind from assistance_need n where ${needOf} order by n.kind) as "openNeeds",
      exists (select from assistance_need n where ${needOf} and n.priority = 'urgent') as urgent,
      (select count(*) from assistance_need n where ${needOf} and ${withoutReferral})::integer as unreferred,
      (select min(f.due_on) from assistance_follow_up f where f.country = c.country and f.case_id = c.id
        and f.state = 'due') as "nextDueOn"
    from ${joined} where ${caseConditions(filter)}
      and ${viewCondition(filter.view, { account: filter.reach.account, today: filter.today })}
      ${after ? sql`and (c.opened_on, c.id) < (${after.openedOn}::date, ${after.id}::uuid)` : sql``}
    order by c.opened_on desc, c.id desc limit ${page.limit}`.execute(tx);
  return rows;
}

/** How many cases within reach each saved view holds, under the other filters of the list. */
export async function countCases(tx: Tx, filter: CaseFilter): Promise<Record<CaseView, number>> {
  const of = { account: filter.reach.account, today: filter.today };
  const counted = caseViews.map(
    (view) => sql`count(*) filter (where ${viewCondition(view, of)})::integer as ${sql.ref(view)}`,
  );
  const { rows } = await sql<Record<CaseView, number>>`select ${sql.join(counted)} from ${joined}
    where ${caseConditions(filter)}`.execute(tx);
  return rows[0] as Record<CaseView, number>;
}

/** The open case of a person in an organisation's hands, by code; null when there is none. */
export async function findOpenCaseOf(
  tx: Tx,
  country: string,
  standing: string,
  organisation: string | null,
): Promise<string | null> {
  const { rows } = await sql<{ code: string }>`select c.code from assistance_case c
      join people_person_state p on p.country = c.country and p.id = c.person
    where c.country = ${country} and p.standing = ${standing} and c.state = 'open'
      and c.organisation is not distinct from ${organisation}::uuid`.execute(tx);
  return rows[0]?.code ?? null;
}

/**
 * The first accident in which a person, or any record that stands for the same one, was hurt: by the casualties that are
 * linked. Null when none is known.
 */
export async function findFirstAccident(tx: Tx, country: string, person: string): Promise<string | null> {
  const { rows } = await sql<{ on: string | null }>`select min(a.occurred_on) as on
    from people_person_state p
      join people_person_state o on o.country = p.country and o.standing = p.standing
      join accidents_of_person a on a.country = o.country and a.person = o.id
    where p.country = ${country} and p.id = ${person}`.execute(tx);
  return rows[0]?.on ?? null;
}

/** Who may be given cases of a country, as far as the caller may know: colleagues, for who works for an organisation. */
export async function findCarers(tx: Tx, country: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from assistance_carers(${country})
    order by name, id`.execute(tx);
  return rows;
}

/** Whether there is an account, by the view that shows names to those who have one. */
export async function accountExists(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select id from access_person where id = ${id}`.execute(tx);
  return rows.length === 1;
}

/** Consents to be referred that are in force for a person now. */
export async function findReferralConsents(
  tx: Tx,
  country: string,
  person: string,
): Promise<{ recipientClass: string; validUntil: string | null; consent: string }[]> {
  const { rows } = await sql<{ recipientClass: string; validUntil: string | null; consent: string }>`
    select recipient_class as "recipientClass", valid_until as "validUntil", consent
    from data_protection_consent_in_force
    where country = ${country} and person = ${person} and purpose = 'referral' order by recipient_class`.execute(tx);
  return rows;
}
