import type { RecordValues } from "../../platform/contract/record-type.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Finding } from "../../platform/records/definition.ts";
import { ageGroupOf } from "./model.ts";

/** More than this many casualties in one accident is worth a second look. */
const manyCasualties = 50;

const found = (
  severity: Finding["severity"],
  check: string,
  field: string | null,
  params: Finding["params"] = {},
): Finding => ({ check, severity, field, params });

/** An accident with an implausible number of casualties. */
export function unlikelyCasualties(values: RecordValues): Finding[] {
  return ["killed", "injured", "amputated", "outcomeUnknown"].flatMap((field) => {
    const count = values[field];
    return typeof count === "number" && count > manyCasualties
      ? [found("warning", "unlikely-count", field, { count })]
      : [];
  });
}

/** All checks of an accident as a whole. */
export function checkAccident(values: RecordValues, now: Date): Finding[] {
  return [...dateChecks(values, now, ["occurredOn"]), ...unlikelyCasualties(values)];
}

/** An accident whose point was not to be recorded must at least say in which unit it was. */
export function unitMissing(values: RecordValues): Finding[] {
  return values.safeToRecord === false && !values.unit ? [found("error", "unit-missing", "unit")] : [];
}

/** What a casualty says by itself: dates, and an age group that its age contradicts. */
export function checkCasualty(values: RecordValues, now: Date): Finding[] {
  const findings = dateChecks(values, now, ["diedOn"]);
  const { age, ageGroup, outcome, diedOn } = values;
  const group = typeof age === "number" ? ageGroupOf(age) : null;
  if (group !== null && ageGroup && ageGroup !== "unknown" && ageGroup !== group)
    findings.push(found("error", "age-group-differs", "ageGroup", { age: age as number }));
  if (outcome && outcome !== "killed" && diedOn) findings.push(found("warning", "died-counts-as-killed", "outcome"));
  return findings;
}

/** What is known of the person behind a casualty that can contradict it. */
export interface KnownPerson {
  id: string;
  sex: string;
  birthYear: number | null;
}

/** A casualty as others are compared with it. */
export interface CasualtyFact {
  id: string;
  accident: string;
  occurredOn: string | null;
  outcome: string;
  diedOn: string | null;
  sex: string | null;
  person: string | null;
}

const known = (value: unknown): value is string => typeof value === "string" && value !== "" && value !== "unknown";

/** A death that came before the accident that is said to have caused it. */
export function diedBefore(values: RecordValues, occurredOn: string | null): Finding[] {
  const { diedOn } = values;
  return typeof diedOn === "string" && occurredOn !== null && diedOn < occurredOn
    ? [found("error", "died-before-accident", "diedOn")]
    : [];
}

/** A person born after the accident, or at another age than the casualty's; a year either way depends on the birthday. */
export function bornAfter(values: RecordValues, occurredOn: string | null, person: KnownPerson | null): Finding[] {
  if (!person || person.birthYear === null || occurredOn === null) return [];
  const oldest = Number(occurredOn.slice(0, 4)) - person.birthYear;
  if (oldest < 0) return [found("error", "accident-before-birth", "person")];
  const { age } = values;
  return typeof age === "number" && (age > oldest + 1 || age < oldest - 2)
    ? [found("warning", "age-not-of-birth", "age", { age })]
    : [];
}

/** A sex that differs from what the person's record, or another casualty of the same person, says. */
export function twoSexes(values: RecordValues, person: KnownPerson | null, others: readonly CasualtyFact[]): Finding[] {
  const { sex } = values;
  if (!known(sex)) return [];
  const differs = (other: string | null | undefined) => known(other) && other !== sex;
  return differs(person?.sex) || others.some((other) => differs(other.sex)) ? [found("error", "two-sexes", "sex")] : [];
}

/**
 * The same person twice in one accident, or in an accident after an earlier one killed them.
 * @param others other casualty records of the same person
 */
export function samePerson(
  of: { accident: string; occurredOn: string | null },
  others: readonly CasualtyFact[],
): Finding[] {
  const findings: Finding[] = [];
  if (others.some(({ accident }) => accident === of.accident)) findings.push(found("error", "person-twice", "person"));
  const { occurredOn } = of;
  const dead = others.some(
    (other) =>
      other.accident !== of.accident &&
      occurredOn !== null &&
      (other.diedOn ?? (other.outcome === "killed" ? other.occurredOn : null) ?? occurredOn) < occurredOn,
  );
  if (dead) findings.push(found("error", "accident-after-death", "person"));
  return findings;
}

const statedFields = {
  killed: "killed",
  injured: "injured",
  amputated: "amputated",
  unknown: "outcomeUnknown",
} as const;

/**
 * Where the counts that an accident states and its casualty records do not agree, in either direction. Statistics follow
 * the records; the stated counts are what the report said.
 */
export function statedAndRecorded(values: RecordValues, casualties: readonly { outcome: string }[]): Finding[] {
  return Object.entries(statedFields).flatMap(([outcome, field]) => {
    const stated = values[field];
    const recorded = casualties.filter((casualty) => casualty.outcome === outcome).length;
    if (typeof stated !== "number" || stated === recorded) return [];
    return [
      found("warning", recorded > stated ? "more-than-stated" : "fewer-than-stated", field, { stated, recorded }),
    ];
  });
}

/** Of `statedAndRecorded`, what one more casualty of an outcome tells: that there are more of it than the report states. */
export function moreThanStated(
  values: RecordValues,
  casualties: readonly { outcome: string }[],
  outcome: string,
): Finding[] {
  const field = statedFields[outcome as keyof typeof statedFields];
  return statedAndRecorded(values, casualties).flatMap((finding) =>
    finding.check === "more-than-stated" && finding.field === field ? [{ ...finding, field: "outcome" }] : [],
  );
}
