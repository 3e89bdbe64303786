import type { Language } from "../../platform/contract/fields.ts";

/** When a question is asked: an earlier answer, or any of some, is at least a value. */
export interface Condition {
  anyOf: readonly string[];
  atLeast: number;
}

/** One question. Its words are messages: `assessments.item.<instrument>.<code>`. */
export interface Item {
  code: string;
  /** `one` value of a scale; `many` of a list of options; one `choice` of a list. */
  kind: "one" | "many" | "choice";
  /** Name of the scale or list of options in `scales` or `optionLists`. */
  answers: string;
  when?: Condition;
  /** The value that counts when the question is not asked. */
  otherwise?: number;
  /** Whether the question is part of the score. */
  scored: boolean;
}

/** A range of scores with a name: `assessments.band.<instrument>.<code>`. */
export interface Band {
  code: string;
  from: number;
  to: number;
}

/** Something that somebody must be told of at once, whatever the score. */
export interface AlertRule {
  code: "self-harm";
  item: string;
  atLeast: number;
}

/**
 * How answers become a result. A rule never changes: another way of counting is another version.
 * `sum`: the sum of all scored items. `any`: whether one of them reaches the cut-off. `mean`: the mean, rescaled to 0 to
 * 100. `needs`: which of them say that something is needed.
 */
export interface ScoringRule {
  version: number;
  kind: "sum" | "any" | "mean" | "needs";
  bands: readonly Band[];
  /** From here on the screening is positive; null where there is no agreed value. A country may set its own. */
  cutoff: number | null;
  /** How many items may be missing, their mean standing for them; 0 where the rule does not allow it. */
  mostMissing: number;
  /** Value of an item from which it says that something is needed, and urgently; for `needs`. */
  need?: { some: number; urgent: number };
  alerts: readonly AlertRule[];
  /** Where the rule comes from: message `assessments.citation.<name>`. */
  citations: readonly string[];
}

/**
 * An instrument as data. A version never changes, so that answers can be read for ever; other wording or other questions
 * are another version.
 */
export interface Instrument {
  code: InstrumentCode;
  version: number;
  group: "functioning" | "mental-health" | "needs" | "quality-of-life";
  items: readonly Item[];
  scoring: ScoringRule;
  /** Nobody below this age is asked. */
  youngest: number;
  /** Languages in which the words here are the instrument's own; in all others they are a working translation. */
  established: readonly Language[];
}

export const instrumentCodes = [
  "wg-ss",
  "phq-9",
  "phq-2",
  "gad-7",
  "k6",
  "k10",
  "rehabilitation-need",
  "socio-economic-need",
  "daily-life",
] as const;
export type InstrumentCode = (typeof instrumentCodes)[number];

/** Values that an item of kind `one` may have; their words are `assessments.scale.<scale>.<value>`. */
export const scales: Readonly<Record<string, readonly number[]>> = {
  difficulty: [1, 2, 3, 4],
  "days-of-two-weeks": [0, 1, 2, 3],
  hardship: [0, 1, 2, 3],
  "time-from-0": [0, 1, 2, 3, 4],
  "time-from-1": [1, 2, 3, 4, 5],
  need: [0, 1, 2],
  satisfaction: [1, 2, 3, 4, 5],
};

/** Options of items of kinds `many` and `choice`; their words are `assessments.option.<list>.<option>`. */
export const optionLists: Readonly<Record<string, readonly string[]>> = {
  product: [
    "prosthesis-upper",
    "prosthesis-lower",
    "orthosis",
    "wheelchair",
    "walking-aid",
    "hearing-aid",
    "glasses",
    "self-care-aid",
    "other",
    "none",
  ],
  "product-state": ["works", "needs-repair", "does-not-fit", "unusable"],
  "living-place": ["own", "rented", "with-others", "shelter", "none"],
  barrier: [
    "distance",
    "transport-cost",
    "treatment-cost",
    "no-companion",
    "lost-income",
    "not-accessible",
    "no-information",
    "fear",
    "none",
  ],
};

/** An answer that is none, and said so. Neither is ever counted. */
export const missingAnswers = ["refused", "unknown"] as const;

/** A value of the scale, a chosen option, chosen options, or why there is none. An item without an entry was not answered. */
export type Answer = number | string | readonly string[];
export type Answers = Readonly<Record<string, Answer>>;

/** What is wrong with an answer. */
export interface AnswerProblem {
  item: string;
  code: "unknown-item" | "out-of-range" | "not-asked";
}

/** What the answers say, worked out each time it is read. Screening, never a diagnosis. */
export interface AssessmentResult {
  status: "complete" | "prorated" | "incomplete";
  /** Scored items without an answer that counts. */
  missing: string[];
  /** Null while incomplete, and for rules that count nothing. */
  score: number | null;
  lowest: number | null;
  highest: number | null;
  band: string | null;
  /** Null when it cannot be said: incomplete, or no cut-off. */
  positive: boolean | null;
  cutoff: number | null;
  /** Items that reach the cut-off of an `any` rule, or say that something is needed. */
  marked: string[];
  urgent: string[];
  alerts: AlertRule["code"][];
  scoringVersion: number;
}

const isMissing = (answer: Answer | undefined) =>
  answer === undefined || missingAnswers.some((missing) => missing === answer);

/** The number that an item was answered with, or null. */
function numberOf(answers: Answers, code: string): number | null {
  const answer = answers[code];
  return typeof answer === "number" ? answer : null;
}

/** Whether a question is asked, given the answers before it. */
export function isAsked(item: Item, answers: Answers): boolean {
  const { when } = item;
  return !when || when.anyOf.some((code) => (numberOf(answers, code) ?? Number.NEGATIVE_INFINITY) >= when.atLeast);
}

function fits(item: Item, answer: Answer): boolean {
  if (isMissing(answer)) return true;
  if (item.kind === "one") return typeof answer === "number" && (scales[item.answers] ?? []).includes(answer);
  const options = optionLists[item.answers] ?? [];
  if (item.kind === "choice") return typeof answer === "string" && options.includes(answer);
  return (
    Array.isArray(answer) &&
    answer.length > 0 &&
    new Set(answer).size === answer.length &&
    answer.every((option: string) => options.includes(option)) &&
    // Nothing of all this, and something of it, cannot both be.
    (!answer.includes("none") || answer.length === 1)
  );
}

/** What is wrong with answers to an instrument: items it has not, values outside the scale, answers to what was not asked. */
export function answerProblems(instrument: Instrument, answers: Answers): AnswerProblem[] {
  const items = new Map(instrument.items.map((item) => [item.code, item]));
  return Object.entries(answers).flatMap(([code, answer]): AnswerProblem[] => {
    const item = items.get(code);
    if (!item) return [{ item: code, code: "unknown-item" }];
    if (!fits(item, answer)) return [{ item: code, code: "out-of-range" }];
    return isAsked(item, answers) ? [] : [{ item: code, code: "not-asked" }];
  });
}

/** The lowest and highest score that a rule can give. */
function rangeOf({ items, scoring }: Instrument): [number, number] | null {
  if (scoring.kind === "mean") return [0, 100];
  if (scoring.kind !== "sum") return null;
  const scored = items.filter((item) => item.scored).map(({ answers }) => scales[answers] ?? [0]);
  return [
    scored.reduce((sum, values) => sum + Math.min(...values), 0),
    scored.reduce((sum, values) => sum + Math.max(...values), 0),
  ];
}

/** To one decimal, half up. */
const toTenth = (value: number) => Math.round(value * 10 + 1e-9) / 10;

function sumOf(instrument: Instrument, values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  const missing = values.length - known.length;
  if (missing > instrument.scoring.mostMissing || known.length === 0) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  if (instrument.scoring.kind === "sum") return missing === 0 ? mean * known.length : toTenth(mean * values.length);
  const scale = scales[instrument.items.find(({ scored }) => scored)?.answers ?? ""] ?? [0, 1];
  const [low, high] = [Math.min(...scale), Math.max(...scale)];
  return toTenth(((mean - low) / (high - low)) * 100);
}

/**
 * The result of answers by the instrument's rule. Missing answers are never counted as nothing: the result is then
 * incomplete, or, where the rule allows it, prorated and says so. An `any` rule is sure as soon as one answer
 * reaches the cut-off. Alerts do not wait for the other answers.
 * @param cutoff a country's own cut-off; the rule's when left out
 */
export function scoreAnswers(
  instrument: Instrument,
  answers: Answers,
  cutoff: number | null = instrument.scoring.cutoff,
): AssessmentResult {
  const { scoring } = instrument;
  const scored = instrument.items.filter((item) => item.scored);
  // What a skipped question counts follows from the answer that skipped it, so that has to be there.
  const skipped = (item: Item) => item.when?.anyOf.every((code) => numberOf(answers, code) !== null) === true;
  const values = scored.map((item) => {
    if (isAsked(item, answers)) return numberOf(answers, item.code);
    return skipped(item) ? (item.otherwise ?? null) : null;
  });
  const missing = scored.filter((_, at) => values[at] === null).map(({ code }) => code);
  const reaching = (least: number) =>
    scored.filter((_, at) => (values[at] ?? Number.NEGATIVE_INFINITY) >= least).map(({ code }) => code);
  const [lowest, highest] = rangeOf(instrument) ?? [null, null];
  const alerts = scoring.alerts
    .filter(({ item, atLeast }) => (numberOf(answers, item) ?? Number.NEGATIVE_INFINITY) >= atLeast)
    .map(({ code }) => code);
  const base = {
    missing,
    lowest,
    highest,
    cutoff,
    alerts,
    scoringVersion: scoring.version,
    score: null,
    band: null,
    urgent: [],
  };
  if (scoring.kind === "any") {
    const marked = cutoff === null ? [] : reaching(cutoff);
    const status = missing.length === 0 ? "complete" : "incomplete";
    const positive = marked.length > 0 ? true : status === "complete" && cutoff !== null ? false : null;
    return { ...base, status, positive, marked };
  }
  if (scoring.kind === "needs") {
    const { some, urgent } = scoring.need ?? { some: 1, urgent: 2 };
    return {
      ...base,
      status: missing.length === 0 ? "complete" : "incomplete",
      positive: null,
      marked: reaching(some),
      urgent: reaching(urgent),
    };
  }
  const score = sumOf(instrument, values);
  if (score === null) return { ...base, status: "incomplete", positive: null, marked: [] };
  return {
    ...base,
    status: missing.length === 0 ? "complete" : "prorated",
    score,
    band: scoring.bands.find(({ to }) => score < to + 1)?.code ?? null,
    positive: cutoff === null ? null : score >= cutoff,
    marked: [],
  };
}

/** What was done about a safety alert. */
export const alertActions = [
  "spoke-with-person",
  "stayed-with-person",
  "referred",
  "emergency",
  "handed-over",
  "mistaken",
] as const;
export type AlertAction = (typeof alertActions)[number];

/** An alert waits until somebody takes it, and stays taken until it is closed. */
export const alertStates = ["open", "taken", "closed"] as const;
export type AlertState = (typeof alertStates)[number];

/** How the questions were asked. */
export const modes = ["interview", "self", "proxy", "phone"] as const;
