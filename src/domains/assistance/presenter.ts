import type { Context } from "../../platform/http/handler.ts";
import { personNames, referencesById } from "../../platform/records/references.ts";
import {
  findCaseSteps,
  findCause,
  findPersonState,
  findReferralConsents,
  type ListedCase,
  type PersonState,
  type StoredCase,
} from "./case-store.ts";
import type { CaseLine, CaseOutput } from "./contract-case.ts";
import type { InboxOutput, ReferralLine, ReferralOutput, SharedFacts } from "./contract-referral.ts";
import type { ReceivedReferral } from "./inbox-store.ts";
import { findLinks } from "./inbox-store.ts";
import { daysLate, needSteps } from "./model.ts";
import { type Clocks, clockOf, daysBetween, needsConsent, nextStates } from "./model-referral.ts";
import { findNeedSteps, findNeeds, findServices } from "./need-store.ts";
import { findFollowUps, findGoals, type StoredFollowUp } from "./plan-store.ts";
import { mayCare } from "./policy.ts";
import { findReferralSteps, findReferralsOf, findReferredNeeds, type StoredReferral } from "./referral-store.ts";
import { clearedIdentity } from "./referrals.ts";

const today = ({ now }: Context) => now.toISOString().slice(0, 10);
const present = <T>(list: readonly (T | null | undefined)[]): T[] =>
  list.filter((item) => item !== null && item !== undefined);

function personOf(person: PersonState) {
  const { id, code, sex, birthYear, unit, erased } = person;
  return { id, code, sex, birthYear, unit, erased };
}

/** A case in a list. */
export function presentLine(found: ListedCase, names: ReadonlyMap<string, string>): CaseLine {
  const {
    person,
    personCode,
    sex,
    birthYear,
    unit,
    erased,
    closeReason: _,
    closedOn: __,
    version: ___,
    ...line
  } = found;
  return {
    ...line,
    person:
      personCode === null || sex === null
        ? null
        : { id: person, code: personCode, sex, birthYear, unit, erased: erased ?? false },
    assigneeName: names.get(found.assignee ?? "") ?? null,
  };
}

/** A follow-up with how late it is. */
export function presentFollowUp(found: StoredFollowUp, names: ReadonlyMap<string, string>, on: string) {
  const { country: _, ...followUp } = found;
  return {
    ...followUp,
    assigneeName: names.get(found.assignee ?? "") ?? null,
    daysLate: found.state === "due" ? daysLate(found.dueOn, on) : 0,
  };
}

/** A case with everything about it. Free words about somebody whose identity was erased are no longer shown. */
export async function presentCase(context: Context, found: StoredCase): Promise<CaseOutput> {
  const { tx, caller } = context;
  const { country, id } = found;
  const person = await findPersonState(tx, country, found.person);
  const erased = person?.erased ?? false;
  const words = <T extends string | null>(text: T) => (erased ? null : text);
  const steps = await findCaseSteps(tx, country, id);
  const needs = await findNeeds(tx, country, id);
  const needStepsFound = await findNeedSteps(tx, country, id);
  const services = await findServices(tx, country, id);
  const goals = await findGoals(tx, country, id);
  const followUps = await findFollowUps(tx, country, id);
  const referrals = await findReferralsOf(tx, country, id);
  const cause = await findCause(tx, country, found.person);
  const consents = await findReferralConsents(tx, country, found.person);
  const names = await personNames(tx, [
    found.assignee,
    ...steps.flatMap(({ recordedBy, step, detail }) => [recordedBy, step === "assigned" ? detail : null]),
    ...needStepsFound.map(({ recordedBy }) => recordedBy),
    ...followUps.map(({ assignee }) => assignee),
  ]);
  const writes = mayCare(caller, "assistance.write", country);
  const open = found.state === "open";
  const { person: _, ...own } = found;
  return {
    ...own,
    person: person && personOf(person),
    cause,
    assigneeName: names.get(found.assignee ?? "") ?? null,
    steps: steps.map(({ step, detail, reason, happenedOn, recordedBy }) => ({
      step,
      detail: step === "assigned" ? (names.get(detail ?? "") ?? null) : detail,
      reason: words(reason),
      happenedOn,
      author: names.get(recordedBy ?? "") ?? null,
    })),
    needs: needs.map(({ country: _, caseId: __, ...need }) => ({
      ...need,
      detail: words(need.detail),
      steps: needStepsFound
        .filter((step) => step.need === need.id)
        .map(({ need: _, recordedBy, ...step }) => ({
          ...step,
          reason: words(step.reason),
          author: names.get(recordedBy ?? "") ?? null,
        })),
      next: open && writes ? [...needSteps[need.state]] : [],
    })),
    services: services.map(({ country: _, caseId: __, ...service }) => ({ ...service, detail: words(service.detail) })),
    goals: goals.map(({ country: _, caseId: __, ...goal }) => ({
      ...goal,
      goal: words(goal.goal) ?? "",
      reason: words(goal.reason),
    })),
    followUps: followUps.map((followUp) =>
      presentFollowUp(
        { ...followUp, detail: words(followUp.detail), outcome: words(followUp.outcome) },
        names,
        today(context),
      ),
    ),
    referrals: referrals.map(({ id, code, organisation, services, state, stateSince }) => ({
      id,
      code,
      organisation,
      services,
      state,
      since: stateSince,
    })),
    consents: consents.map(({ recipientClass, validUntil }) => ({ recipientClass, validUntil })),
    references: await referencesById(tx, {
      organisation: present([
        found.organisation,
        ...services.map(({ organisation }) => organisation),
        ...referrals.map(({ organisation }) => organisation),
      ]),
      unit: present([person?.unit]),
      "services.point": present([...services.map(({ point }) => point)]),
    }),
    allowed: writes ? (open ? (erased ? ["close"] : ["write", "close"]) : erased ? [] : ["reopen"]) : [],
  };
}

/** A referral in a list of the referring side. */
export function presentReferralLine(
  context: Context,
  found: StoredReferral & { caseCode: string },
  clocks: Clocks,
): ReferralLine {
  const { country, id, code, caseId, caseCode, organisation, point, services, priority, state, version } = found;
  return {
    country,
    id,
    code,
    caseId,
    caseCode,
    organisation,
    point,
    services,
    priority,
    state,
    since: found.stateSince,
    ...clockOf(state, new Date(found.stateSince), context.now, clocks),
    consented: found.consented,
    news: version > found.seenVersion,
    version,
  };
}

/** Only what is shared, without what the store keeps beside it. */
function sharedOnly(shared: SharedFacts): SharedFacts {
  const { sex, birthYear, unit, needs, services } = shared;
  return {
    ...(sex === undefined ? {} : { sex, birthYear: birthYear ?? null, unit: unit ?? null }),
    ...(needs ? { needs } : {}),
    ...(services ? { services } : {}),
  };
}

/** A referral as the referring side sees it. */
export async function presentReferral(
  context: Context,
  found: StoredReferral,
  of: StoredCase,
  clocks: Clocks,
): Promise<ReferralOutput> {
  const { tx, caller, now } = context;
  const { country, id } = found;
  const steps = await findReferralSteps(tx, country, id);
  const names = await personNames(
    tx,
    steps.map(({ recordedBy }) => recordedBy),
  );
  const erased = (await findPersonState(tx, country, found.person))?.erased ?? false;
  const writes = mayCare(caller, "assistance.write", country);
  return {
    ...presentReferralLine(context, { ...found, caseCode: of.code }, clocks),
    recipientClass: found.recipientClass,
    message: erased ? null : found.message,
    parts: found.parts,
    needs: await findReferredNeeds(tx, country, id),
    shared: found.shared && sharedOnly(found.shared),
    steps: steps.map(({ recordedBy, ...step }) => ({
      ...step,
      reason: erased ? null : step.reason,
      author: names.get(recordedBy ?? "") ?? null,
    })),
    passed: daysBetween(steps),
    // Without a consent only an end is possible; what would be refused is not offered.
    next: writes ? nextStates(found.state, "referrer").filter((state) => found.consented || !needsConsent(state)) : [],
    links: await findLinks(tx, country, id, now),
    references: await referencesById(tx, {
      organisation: present([found.organisation, of.organisation]),
      unit: present([found.shared?.unit]),
      "services.point": present([found.point]),
    }),
    allowed: writes ? (found.state === "sent" && found.consented ? ["step", "link"] : ["step"]) : [],
  };
}

/** A referral as its provider sees it. */
export async function presentReceived(context: Context, found: ReceivedReferral, clocks: Clocks): Promise<InboxOutput> {
  const { country, id, code, from, organisation, point, services, priority, message, state, version } = found;
  const steps = await findReferralSteps(context.tx, country, id);
  return {
    country,
    id,
    code,
    from,
    organisation,
    point,
    services,
    priority,
    message,
    shared: sharedOnly(found.shared),
    identityParts: clearedIdentity(found),
    state,
    since: found.stateSince,
    ...clockOf(state, new Date(found.stateSince), context.now, clocks),
    version,
    // What was weighed before it was sent is not the provider's business.
    steps: steps
      .filter((step) => step.state !== "draft" && step.state !== "consent-recorded")
      .map(({ recordedBy: _, ...step }) => step),
    next: nextStates(state, "provider"),
  };
}

/** What a link tells: as an inbox does, with names instead of ids. */
export { sharedOnly };
