import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { StoredRecord } from "../../platform/records/store.ts";
import type { CasualtyFact, KnownPerson } from "./checks.ts";
import type { StepName } from "./model.ts";

/** A step of an accident's report. */
export interface AccidentStep {
  position: number;
  step: StepName;
  comment: string | null;
  accountId: string | null;
  at: string;
}

/** The steps of a report, the first first. */
export async function findSteps(tx: Tx, country: string, accident: string): Promise<AccidentStep[]> {
  const { rows } = await sql<AccidentStep>`select position, step, comment, account_id as "accountId", recorded_at as at
    from accidents_step where country = ${country} and accident = ${accident}::uuid order by position`.execute(tx);
  return rows;
}

/** Adds a step to the thread of an accident, with the accident's own level and organisation. */
export async function addStep(tx: Tx, of: StoredRecord, step: Omit<AccidentStep, "position">): Promise<void> {
  const organisation = (of.values.organisation as string | undefined) ?? null;
  await sql`insert into accidents_step (country, accident, position, step, comment, account_id, recorded_at, sensitivity, organisation, sample)
    select ${of.country}, ${of.id}::uuid, coalesce(max(position), 0) + 1, ${step.step}, ${step.comment}, ${step.accountId},
      ${step.at}::timestamptz, ${of.sensitivity}::smallint, ${organisation}::uuid, ${of.sample}
    from accidents_step where country = ${of.country} and accident = ${of.id}::uuid`.execute(tx);
}

/** How many reports wait for somebody to verify or approve them who had no hand in what they say. */
export async function countToJudge(
  tx: Tx,
  country: string,
  judge: { accountId: string | null; mayVerify: boolean; mayApprove: boolean; verifierMayApprove: boolean },
): Promise<number> {
  const { accountId, mayVerify, mayApprove } = judge;
  const mine = (steps: readonly StepName[]) => sql`exists (select from accidents_step s where s.country = a.country
    and s.accident = a.id and s.account_id = ${accountId} and s.step = any (${[...steps]}::text[]))`;
  const own = mine(["entered", "changed", "submitted"]);
  const verified = judge.verifierMayApprove ? sql`false` : mine(["verified"]);
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from accidents_accident a
    where a.country = ${country} and not a.withdrawn and not ${own}
      and ((a.state = 'submitted' and ${mayVerify}) or (a.state = 'verified' and ${mayApprove} and not ${verified}))`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}

/** The first state of a record, for those whose report was never judged here. */
export async function findFirstRevision(tx: Tx, country: string, id: string) {
  const { rows } = await sql<{ accountId: string | null; at: string }>`
    select account_id as "accountId", recorded_at as at from record_revision
    where country = ${country} and record_id = ${id}::uuid and revision = 1`.execute(tx);
  return rows[0] ?? null;
}

/** The ids of the casualties of an accident, in the order of their codes. */
export async function findCasualtyIds(tx: Tx, country: string, accident: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from accidents_casualty
    where country = ${country} and accident = ${accident}::uuid and not withdrawn order by code`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Every code that casualties of an accident have or had, so that none is given twice. */
export async function findCasualtyCodes(tx: Tx, country: string, accident: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`select code from accidents_casualty
    where country = ${country} and accident = ${accident}::uuid`.execute(tx);
  return rows.map(({ code }) => code);
}

const fact = sql`c.id, c.accident, a.occurred_on as "occurredOn", c.outcome, c.died_on as "diedOn", c.sex, c.person`;

/** Casualty records of one person, or of any record that a merge made the same person, in every accident. */
export async function findCasualtiesOfPerson(tx: Tx, country: string, person: string): Promise<CasualtyFact[]> {
  const { rows } = await sql<CasualtyFact>`select ${fact} from accidents_casualty c
    join accidents_accident a on a.country = c.country and a.id = c.accident
    where c.country = ${country} and not c.withdrawn and not a.withdrawn and c.person in (
      select o.id from people_person_state p join people_person_state o on o.country = p.country and o.standing = p.standing
      where p.country = ${country} and p.id = ${person}::uuid)`.execute(tx);
  return rows;
}

/** What contradictions are looked for in a person's record; null when it is not there or not for the caller. */
export async function findPerson(tx: Tx, country: string, id: string): Promise<KnownPerson | null> {
  const { rows } = await sql<KnownPerson>`select id, sex, birth_year as "birthYear" from people_person_state
    where country = ${country} and id = ${id}::uuid`.execute(tx);
  return rows[0] ?? null;
}

/** What of an accident its casualties are held against. */
export interface AccidentFact {
  id: string;
  occurredOn: string | null;
  state: string;
  killed: number | null;
  injured: number | null;
  amputated: number | null;
  outcomeUnknown: number | null;
}

/** The accidents of these ids that stand. */
export async function findAccidentFacts(tx: Tx, country: string, ids: readonly string[]): Promise<AccidentFact[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<AccidentFact>`select id, occurred_on as "occurredOn", coalesce(state, 'approved') as state,
      killed, injured, amputated, outcome_unknown as "outcomeUnknown"
    from accidents_accident where country = ${country} and id = any (${[...ids]}::uuid[]) and not withdrawn`.execute(
    tx,
  );
  return rows;
}

/** The casualties of these accidents that stand. */
export async function findCasualtyFacts(
  tx: Tx,
  country: string,
  accidents: readonly string[],
): Promise<CasualtyFact[]> {
  if (accidents.length === 0) return [];
  const { rows } = await sql<CasualtyFact>`select ${fact} from accidents_casualty c
    join accidents_accident a on a.country = c.country and a.id = c.accident
    where c.country = ${country} and c.accident = any (${[...accidents]}::uuid[]) and not c.withdrawn`.execute(tx);
  return rows;
}

/** A person with the record that stands for them after merges. */
export interface PersonFact extends KnownPerson {
  standing: string;
}

/** As `findPerson`, for several. */
export async function findPersons(tx: Tx, country: string, ids: readonly string[]): Promise<PersonFact[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<PersonFact>`select id, sex, birth_year as "birthYear", standing from people_person_state
    where country = ${country} and id = any (${[...ids]}::uuid[])`.execute(tx);
  return rows;
}

/** As `findCasualtiesOfPerson`, for several by the records that stand for them. */
export async function findCasualtiesOfPersons(
  tx: Tx,
  country: string,
  standings: readonly string[],
): Promise<(CasualtyFact & { standing: string })[]> {
  if (standings.length === 0) return [];
  const { rows } = await sql<CasualtyFact & { standing: string }>`select ${fact}, p.standing from people_person_state p
    join accidents_casualty c on c.country = p.country and c.person = p.id
    join accidents_accident a on a.country = c.country and a.id = c.accident
    where p.country = ${country} and p.standing = any (${[...standings]}::uuid[]) and not c.withdrawn and not a.withdrawn`.execute(
    tx,
  );
  return rows;
}
