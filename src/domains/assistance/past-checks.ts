import { dateChecks } from "../../platform/records/checks.ts";
import type { Finding } from "../../platform/records/definition.ts";
import type { PointSpan } from "../services/index.ts";
import { currencies, validOn } from "../services/model.ts";
import { wrong } from "./cases.ts";
import { type NeedState, needSteps, needsReason } from "./model.ts";
import { needsConsent, needsWord, nextStates } from "./model-referral.ts";
import type { PastCase, PastNeed, PastReferral } from "./past.ts";

/** What cases of the past are held against. */
export interface PastKnowledge {
  now: Date;
  /** Years of birth by person. */
  born: ReadonlyMap<string, number>;
  /** Providers and days of points by id. */
  points: ReadonlyMap<string, PointSpan>;
}

type Provided = { point: string | null; organisation: string | null };

/** A day that cannot be: in the future, before anybody counted, or before the person was born. */
function dayFindings(day: string, field: string, birthYear: number | undefined, now: Date): Finding[] {
  const born = birthYear !== undefined && Number(day.slice(0, 4)) < birthYear;
  return [
    ...dateChecks({ [field]: day }, now, [field]),
    ...(born ? [wrong("before-birth", field, { birthYear: birthYear as number })] : []),
  ];
}

/** A provider that is not there, is another's, or was closed on the day. */
function providerFindings(
  { point, organisation }: Provided,
  on: string,
  field: string,
  points: PastKnowledge["points"],
) {
  if (point === null) return organisation === null ? [wrong("provider-missing", field)] : [];
  const span = points.get(point);
  if (!span) return [wrong("point-unknown", field)];
  return [
    ...(validOn(span, on) ? [] : [wrong("point-closed", field)]),
    ...(organisation !== null && organisation !== span.organisation ? [wrong("provider-differs", field)] : []),
  ];
}

function needFindings({ identifiedOn, steps }: PastNeed, birthYear: number | undefined, now: Date): Finding[] {
  const findings = dayFindings(identifiedOn, "needs", birthYear, now);
  let state: NeedState = "open";
  for (const step of steps) {
    if (!needSteps[state].includes(step.state)) findings.push(wrong("step-impossible", "needs", { state }));
    if (needsReason(state, step.state) && !step.reason) findings.push(wrong("reason-missing", "needs", { state }));
    if (step.on < identifiedOn) findings.push(wrong("before-need", "needs", { identifiedOn }));
    findings.push(...dateChecks({ needs: step.on }, now, ["needs"]));
    state = step.state;
  }
  return findings;
}

function serviceFindings(
  service: PastCase["services"][number],
  of: PastCase,
  birthYear: number | undefined,
  { now, points }: PastKnowledge,
): Finding[] {
  const { givenOn, cost, currency, needs } = service;
  const since = of.cause?.since ?? null;
  return [
    ...dayFindings(givenOn, "services", birthYear, now),
    ...(since !== null && givenOn < since ? [wrong("service-before-cause", "services", { givenOn, since })] : []),
    ...providerFindings(service, givenOn, "services", points),
    ...(currency !== null && !currencies.some((code) => code === currency)
      ? [wrong("no-such-code", "services", { code: currency })]
      : []),
    ...(cost !== null && currency === null ? [wrong("currency-missing", "services")] : []),
    ...(cost === null && currency !== null ? [wrong("cost-missing", "services")] : []),
    ...(needs.some((need) => of.needs.every(({ id }) => id !== need)) ? [wrong("need-unknown", "services")] : []),
    ...(service.referral !== null && of.referrals.every(({ id }) => id !== service.referral)
      ? [wrong("referral-unknown", "services")]
      : []),
  ];
}

function referralFindings(referral: PastReferral, of: PastCase, { points, now }: PastKnowledge): Finding[] {
  const drafted = referral.steps[0]?.at.slice(0, 10) ?? of.openedOn;
  const findings = [
    ...providerFindings(referral, drafted, "referrals", points),
    ...(referral.needs.some((need) => of.needs.every(({ id }) => id !== need))
      ? [wrong("need-unknown", "referrals")]
      : []),
  ];
  referral.steps.forEach(({ state, side, at, reason }, n) => {
    const before = referral.steps[n - 1];
    if (before === undefined ? state !== "draft" : !nextStates(before.state, side).includes(state))
      findings.push(wrong("step-impossible", "referrals", { state: before?.state ?? state }));
    if (before !== undefined && at < before.at)
      findings.push(wrong("dates-out-of-order", "referrals", { first: before.at, second: at }));
    if (needsWord(state) && !reason) findings.push(wrong("reason-missing", "referrals", { state }));
    if (needsConsent(state) && referral.consent === null) findings.push(wrong("consent-missing", "referrals"));
    findings.push(...dateChecks({ referrals: at.slice(0, 10) }, now, ["referrals"]));
  });
  return findings;
}

/** What cannot have been: the rules of each single act, over what is brought. */
export function pastFindings(of: PastCase, known: PastKnowledge): Finding[] {
  const { openedOn, closedOn, cause, needs, services, referrals } = of;
  const { now } = known;
  const birthYear = known.born.get(of.person);
  return [
    ...dayFindings(openedOn, "openedOn", birthYear, now),
    ...(closedOn === null ? [] : dateChecks({ closedOn }, now, ["closedOn"])),
    ...(closedOn !== null && closedOn < openedOn ? [wrong("before-case", "closedOn", { openedOn })] : []),
    ...(cause?.since ? dayFindings(cause.since, "cause", birthYear, now) : []),
    ...needs.flatMap((need) => needFindings(need, birthYear, now)),
    ...services.flatMap((service) => serviceFindings(service, of, birthYear, known)),
    ...referrals.flatMap((referral) => referralFindings(referral, of, known)),
  ];
}
