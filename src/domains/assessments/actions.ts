import type { Language } from "../../platform/contract/fields.ts";
import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { assessmentProblems } from "./contract.ts";
import {
  type AlertAction,
  type Answers,
  type AssessmentResult,
  answerProblems,
  type Instrument,
  type InstrumentCode,
  missingAnswers,
  type modes,
  scales,
  scoreAnswers,
} from "./model.ts";
import { findInstrument } from "./model-instruments.ts";
import type { Reach } from "./policy.ts";
import {
  findAssessment,
  findCutoffs,
  findPerson,
  insertAlert,
  insertAssessment,
  insertCutoff,
  lockAlert,
  type StoredAlert,
  type StoredAssessment,
  type StoredCutoff,
  updateAlert,
  withdrawAssessment,
} from "./store.ts";

/** By whom and when, and whose people that account may deal with. */
export interface Acting {
  accountId: string | null;
  now: Date;
  reach: Reach;
  sample?: boolean;
}

/** What was asked and answered. */
export interface NewAssessment {
  id?: string | undefined;
  country: string;
  person: string;
  instrument: InstrumentCode;
  version: number;
  language: Language;
  mode: (typeof modes)[number];
  assessedOn: string;
  answers: Answers;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1))
    : value;

/** @throws Problem `common.invalid-input` naming every answer that cannot be, `assessments.nothing-answered` */
export function demandAnswers(instrument: Instrument, answers: Answers): void {
  const problems = answerProblems(instrument, answers);
  if (problems.length > 0)
    throw new Problem(
      commonProblems["invalid-input"],
      {},
      problems.map(({ item, code }) => ({ path: `answers.${item}`, code: `assessments.answer.${code}` })),
    );
  if (!Object.values(answers).some((answer) => !missingAnswers.some((missing) => missing === answer)))
    throw new Problem(assessmentProblems["nothing-answered"]);
}

/**
 * Keeps an assessment of the person that stands for the one named, and raises the alerts that its answers call for in the
 * same transaction, for whom the person is assigned to or else for the assessor. The same id with the same answers is
 * kept once, however often it is sent.
 * @throws Problem `common.not-found`, `common.conflict`, `common.invalid-input`, and those of the contract
 */
export async function recordAssessment(tx: Tx, input: NewAssessment, by: Acting): Promise<StoredAssessment> {
  const { country, answers, assessedOn } = input;
  const instrument = findInstrument(input.instrument, input.version);
  if (!instrument) throw new Problem(assessmentProblems["unknown-version"], { version: input.version });
  demandAnswers(instrument, answers);
  if (assessedOn > by.now.toISOString().slice(0, 10)) throw new Problem(assessmentProblems["in-future"]);
  const person = await findPerson(tx, country, input.person, by.reach);
  if (!person || person.withdrawn) throw new Problem(commonProblems["not-found"]);
  if (person.erased) throw new Problem(assessmentProblems.erased);
  if (person.birthYear !== null) {
    const most = Number(assessedOn.slice(0, 4)) - person.birthYear;
    if (most < 0) throw new Problem(assessmentProblems["before-birth"]);
    if (most < instrument.youngest) throw new Problem(assessmentProblems["too-young"], { age: instrument.youngest });
  }
  const made = {
    ...input,
    id: input.id ?? newId(),
    person: person.standing,
    assessor: by.accountId,
    recordedAt: by.now.toISOString(),
  };
  if (!(await insertAssessment(tx, made, by.sample ?? false))) {
    const known = await findAssessment(tx, country, made.id, by.reach);
    const repeated =
      known?.person === made.person &&
      known.instrument === made.instrument &&
      known.version === made.version &&
      known.assessedOn === assessedOn &&
      same(known.answers, answers);
    if (!repeated) throw new Problem(commonProblems.conflict);
    return known;
  }
  await tell(tx, "assessments.recorded", { country, type: "assessments.assessment", id: made.id }, by);
  for (const code of scoreAnswers(instrument, answers).alerts) {
    const alert = { country, id: newId(), assessment: made.id, person: made.person, code, raisedAt: made.recordedAt };
    await insertAlert(tx, { ...alert, responsible: person.assignee ?? by.accountId }, by.sample ?? false);
    await tell(tx, "assessments.alert-raised", { country, type: "assessments.alert", id: alert.id }, by);
  }
  return { ...made, withdrawnReason: null };
}

/** Events name the row and nothing else: which instrument, whose answers and what they said stays behind clearance. */
const tell = (tx: Tx, type: string, of: { country: string; type: string; id: string }, by: Acting) =>
  recordEvent(tx, {
    type,
    country: of.country,
    subject: { type: of.type, id: of.id },
    accountId: by.accountId,
    now: by.now,
  });

/**
 * Withdraws an assessment that was entered wrong; it stays readable and counts no more. Its alerts stay: somebody looks.
 * @throws Problem `common.not-found`, `assessments.withdrawn`
 */
export async function withdraw(
  tx: Tx,
  of: { country: string; id: string },
  reason: string,
  by: Acting,
): Promise<StoredAssessment> {
  const found = await findAssessment(tx, of.country, of.id, by.reach, true);
  if (!found) throw new Problem(commonProblems["not-found"]);
  if (found.withdrawnReason !== null) throw new Problem(assessmentProblems.withdrawn);
  await withdrawAssessment(tx, of, { reason, now: by.now, accountId: by.accountId });
  await tell(tx, "assessments.withdrawn", { ...of, type: "assessments.assessment" }, by);
  return { ...found, withdrawnReason: reason };
}

/**
 * Takes an alert, so that others know that somebody looks after it, or closes it with what was done.
 * @throws Problem `common.not-found`, `common.stale-revision`, `assessments.step-not-allowed`
 */
export async function stepAlert(
  tx: Tx,
  of: { country: string; id: string; version: number },
  step: { take: true } | { close: AlertAction },
  by: Acting,
): Promise<StoredAlert> {
  const found = await lockAlert(tx, of.country, of.id, by.reach);
  if (!found) throw new Problem(commonProblems["not-found"]);
  if (found.version !== of.version)
    throw new Problem(commonProblems["stale-revision"], { expected: of.version, found: found.version });
  const taking = "take" in step;
  if (found.state === "closed" || (taking && found.state === "taken" && found.responsible === by.accountId))
    throw new Problem(assessmentProblems["step-not-allowed"], { state: found.state });
  const now = by.now.toISOString();
  const after: StoredAlert = taking
    ? { ...found, state: "taken", responsible: by.accountId, takenAt: now, version: found.version + 1 }
    : { ...found, state: "closed", closedAt: now, action: step.close, version: found.version + 1 };
  await updateAlert(tx, after, taking ? null : by.accountId);
  await tell(
    tx,
    taking ? "assessments.alert-taken" : "assessments.alert-closed",
    { country: of.country, id: of.id, type: "assessments.alert" },
    by,
  );
  return after;
}

/** Cut-offs by which a country reads results. */
export type Cutoffs = (instrument: Instrument, language: Language) => number | null;

/** The cut-offs in force: the country's for the language, else its own for all languages, else the rule's. */
export async function cutoffsOf(tx: Tx, country: string): Promise<Cutoffs> {
  const known = new Map(
    (await findCutoffs(tx, country)).map((one) => [`${one.instrument}/${one.language}`, one.cutoff]),
  );
  return ({ code, scoring }, language) => {
    for (const key of [`${code}/${language}`, `${code}/`]) if (known.has(key)) return known.get(key) ?? null;
    return scoring.cutoff;
  };
}

/** The result of a stored assessment, worked out now. */
export function resultOf(stored: StoredAssessment, cutoffs: Cutoffs): AssessmentResult {
  const instrument = findInstrument(stored.instrument, stored.version);
  if (!instrument) throw new Problem(assessmentProblems["unknown-version"], { version: stored.version });
  return scoreAnswers(instrument, stored.answers, cutoffs(instrument, stored.language));
}

/**
 * Sets a country's cut-off for an instrument, in one language or all.
 * @throws Problem `assessments.cutoff-out-of-range` for a value that no score reaches or an instrument that has none,
 * `common.stale-revision` when somebody else set it meanwhile
 */
export async function setCutoff(
  tx: Tx,
  country: string,
  input: Omit<StoredCutoff, "recordedAt">,
  by: Acting,
): Promise<StoredCutoff> {
  const { items, scoring } = findInstrument(input.instrument) as Instrument;
  const values = items.filter(({ scored }) => scored).map(({ answers }) => scales[answers] ?? []);
  const highest =
    scoring.kind === "sum"
      ? values.reduce((sum, scale) => sum + Math.max(...scale), 0)
      : scoring.kind === "any"
        ? Math.max(...values.flat())
        : -1;
  if (highest < 0 || (input.cutoff !== null && (input.cutoff < 1 || input.cutoff > highest)))
    throw new Problem(assessmentProblems["cutoff-out-of-range"], { highest: Math.max(highest, 0) });
  const made = { ...input, version: input.version + 1, recordedAt: by.now.toISOString() };
  const newest = (await findCutoffs(tx, country)).find(
    ({ instrument, language }) => instrument === input.instrument && language === input.language,
  );
  if ((newest?.version ?? 0) !== input.version || !(await insertCutoff(tx, country, made, by.accountId)))
    throw new Problem(commonProblems["stale-revision"], { expected: input.version, found: newest?.version ?? 0 });
  await recordEvent(tx, {
    type: "assessments.cutoff-set",
    country,
    accountId: by.accountId,
    now: by.now,
    payload: { instrument: made.instrument, language: made.language, version: made.version },
  });
  return made;
}
