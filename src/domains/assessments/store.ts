import { sql } from "kysely";
import type { Language } from "../../platform/contract/fields.ts";
import type { Tx } from "../../platform/database/types.ts";
import type { AlertAction, AlertState, Answers, InstrumentCode, modes } from "./model.ts";
import type { Reach } from "./policy.ts";

/** The person behind an assessment, without identity. `standing` stands for it after a merge. */
export interface AssessedPerson {
  standing: string;
  code: string;
  birthYear: number | null;
  assignee: string | null;
  erased: boolean;
  withdrawn: boolean;
}

/** Who is behind an id and within the caller's reach, from the published view of people. */
const within = (reach: Reach) => sql`(${reach.everybody} or s.organisation = any (${[...reach.organisations]}::uuid[])
  or s.assignee = ${reach.account})`;

/** A person that the caller may see and reach: the one that stands for it. */
export async function findPerson(tx: Tx, country: string, id: string, reach: Reach): Promise<AssessedPerson | null> {
  const { rows } =
    await sql<AssessedPerson>`select s.id as standing, s.code, s.birth_year as "birthYear", s.assignee, s.erased,
      s.withdrawn
    from people_person_state asked join people_person_state s on s.country = asked.country and s.id = asked.standing
    where asked.country = ${country} and asked.id = ${id} and ${within(reach)}`.execute(tx);
  return rows[0] ?? null;
}

/** An assessment as stored. */
export interface StoredAssessment {
  country: string;
  id: string;
  person: string;
  instrument: InstrumentCode;
  version: number;
  language: Language;
  mode: (typeof modes)[number];
  answers: Answers;
  assessedOn: string;
  assessor: string | null;
  recordedAt: string;
  withdrawnReason: string | null;
}

const columns = sql`a.country, a.id, a.person, a.instrument, a.version, a.language, a.mode, a.answers,
  a.assessed_on as "assessedOn", a.assessor, a.recorded_at as "recordedAt", a.withdrawn_reason as "withdrawnReason"`;

/** Assessments with the person that they are of, as people stand now. */
const source = sql`assessments_assessment a
  join people_person_state own on own.country = a.country and own.id = a.person
  join people_person_state s on s.country = own.country and s.id = own.standing`;

/** Stores an assessment. @returns false when the id is there already */
export async function insertAssessment(
  tx: Tx,
  made: Omit<StoredAssessment, "withdrawnReason">,
  sample: boolean,
): Promise<boolean> {
  const { rows } =
    await sql`insert into assessments_assessment (country, id, person, instrument, version, language, mode, answers,
      assessed_on, assessor, recorded_at, sample)
    values (${made.country}, ${made.id}, ${made.person}, ${made.instrument}, ${made.version}, ${made.language}, ${made.mode},
      ${JSON.stringify(made.answers)}::jsonb, ${made.assessedOn}, ${made.assessor}, ${made.recordedAt}, ${sample})
    on conflict do nothing returning id`.execute(tx);
  return rows.length === 1;
}

/** One assessment of somebody within reach. */
export async function findAssessment(
  tx: Tx,
  country: string,
  id: string,
  reach: Reach,
  lock = false,
): Promise<StoredAssessment | null> {
  const { rows } = await sql<StoredAssessment>`select ${columns} from ${source}
    where a.country = ${country} and a.id = ${id} and ${within(reach)} ${lock ? sql`for update of a` : sql``}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** All assessments of a person and of those merged into it, the newest first. */
export async function findAssessments(tx: Tx, country: string, standing: string): Promise<StoredAssessment[]> {
  const { rows } = await sql<StoredAssessment>`select ${columns} from ${source}
    where a.country = ${country} and s.id = ${standing} order by a.assessed_on desc, a.id desc limit 500`.execute(tx);
  return rows;
}

/** Marks an assessment as withdrawn. */
export async function withdrawAssessment(
  tx: Tx,
  of: { country: string; id: string },
  change: { reason: string; now: Date; accountId: string | null },
): Promise<void> {
  await sql`update assessments_assessment set withdrawn_at = ${change.now.toISOString()}, withdrawn_by = ${change.accountId},
      withdrawn_reason = ${change.reason}
    where country = ${of.country} and id = ${of.id}`.execute(tx);
}

/** An alert as stored, with what its assessment and person say. */
export interface StoredAlert {
  country: string;
  id: string;
  assessment: string;
  person: string;
  personCode: string;
  instrument: InstrumentCode;
  code: string;
  state: AlertState;
  responsible: string | null;
  raisedAt: string;
  takenAt: string | null;
  closedAt: string | null;
  action: AlertAction | null;
  version: number;
}

const alertColumns = sql`t.country, t.id, t.assessment, s.id as person, s.code as "personCode", a.instrument, t.code, t.state,
  t.responsible, t.raised_at as "raisedAt", t.taken_at as "takenAt", t.closed_at as "closedAt", t.action, t.version`;
const alertSource = sql`assessments_alert t
  join assessments_assessment a on a.country = t.country and a.id = t.assessment
  join people_person_state own on own.country = t.country and own.id = t.person
  join people_person_state s on s.country = own.country and s.id = own.standing`;

/** Raises an alert. */
export async function insertAlert(
  tx: Tx,
  made: Pick<StoredAlert, "country" | "id" | "assessment" | "person" | "code" | "responsible" | "raisedAt">,
  sample: boolean,
): Promise<void> {
  await sql`insert into assessments_alert (country, id, assessment, person, code, responsible, raised_at, sample)
    values (${made.country}, ${made.id}, ${made.assessment}, ${made.person}, ${made.code}, ${made.responsible},
      ${made.raisedAt}, ${sample})`.execute(tx);
}

/** What a list of alerts is narrowed to. */
export interface AlertFilter {
  country: string;
  state?: AlertState | undefined;
  /** The account that is responsible. */
  responsible?: string | undefined;
  assessment?: string | undefined;
}

const matching = (filter: AlertFilter, reach: Reach, withState: boolean) =>
  sql.join(
    [
      sql`t.country = ${filter.country}`,
      within(reach),
      ...(withState && filter.state ? [sql`t.state = ${filter.state}`] : []),
      ...(filter.responsible === undefined ? [] : [sql`t.responsible = ${filter.responsible}`]),
      ...(filter.assessment === undefined ? [] : [sql`t.assessment = ${filter.assessment}`]),
    ],
    sql` and `,
  );

/** Alerts about people within reach: those not closed first, then those that wait longest. */
export async function findAlerts(tx: Tx, filter: AlertFilter, reach: Reach): Promise<StoredAlert[]> {
  const { rows } = await sql<StoredAlert>`select ${alertColumns} from ${alertSource}
    where ${matching(filter, reach, true)} order by (t.state = 'closed'), t.raised_at, t.id limit 500`.execute(tx);
  return rows;
}

/** How many alerts there are in each state, and open ones raised before a moment, whatever state the filter names. */
export async function countAlerts(
  tx: Tx,
  filter: AlertFilter,
  reach: Reach,
  overdueBefore: Date,
): Promise<Record<AlertState | "overdue", number>> {
  const { rows } = await sql<Record<AlertState | "overdue", number>>`select
      count(*) filter (where t.state = 'open') as open, count(*) filter (where t.state = 'taken') as taken,
      count(*) filter (where t.state = 'closed') as closed,
      count(*) filter (where t.state = 'open' and t.raised_at < ${overdueBefore.toISOString()}) as overdue
    from ${alertSource} where ${matching(filter, reach, false)}`.execute(tx);
  return rows[0] ?? { open: 0, taken: 0, closed: 0, overdue: 0 };
}

/** One alert about somebody within reach, locked for change. */
export async function lockAlert(tx: Tx, country: string, id: string, reach: Reach): Promise<StoredAlert | null> {
  const { rows } = await sql<StoredAlert>`select ${alertColumns} from ${alertSource}
    where t.country = ${country} and t.id = ${id} and ${within(reach)} for update of t`.execute(tx);
  return rows[0] ?? null;
}

/** Writes the state of an alert after a step. */
export async function updateAlert(tx: Tx, after: StoredAlert, closedBy: string | null): Promise<void> {
  await sql`update assessments_alert set state = ${after.state}, responsible = ${after.responsible}, taken_at = ${after.takenAt},
      closed_at = ${after.closedAt}, closed_by = ${closedBy}, action = ${after.action}, version = ${after.version}
    where country = ${after.country} and id = ${after.id}`.execute(tx);
}

/** A cut-off of a country as stored; the language is empty for all that have none of their own. */
export interface StoredCutoff {
  instrument: InstrumentCode;
  language: Language | "";
  cutoff: number | null;
  reason: string;
  version: number;
  recordedAt: string;
}

/** The cut-offs in force in a country: the newest version for each instrument and language. */
export async function findCutoffs(tx: Tx, country: string): Promise<StoredCutoff[]> {
  const { rows } =
    await sql<StoredCutoff>`select distinct on (instrument, language) instrument, language, cutoff, reason, version,
      recorded_at as "recordedAt"
    from assessments_cutoff where country = ${country} order by instrument, language, version desc`.execute(tx);
  return rows;
}

/** Stores the next version of a cut-off. @returns false when that version is there already */
export async function insertCutoff(
  tx: Tx,
  country: string,
  made: StoredCutoff,
  accountId: string | null,
): Promise<boolean> {
  const { rows } =
    await sql`insert into assessments_cutoff (country, instrument, language, version, cutoff, reason, recorded_at,
      recorded_by)
    values (${country}, ${made.instrument}, ${made.language}, ${made.version}, ${made.cutoff}, ${made.reason}, ${made.recordedAt},
      ${accountId})
    on conflict do nothing returning version`.execute(tx);
  return rows.length === 1;
}
