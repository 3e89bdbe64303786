import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { takeNumbers } from "../../platform/records/store.ts";
import { hasConsent, recordDisclosure } from "../data-protection/index.ts";
import type { RecipientClass } from "../data-protection/model.ts";
import { findPointSpan } from "../services/index.ts";
import { type ServiceCode, validOn } from "../services/model.ts";
import { findCase, type PersonState, type StoredCase, type Writing } from "./case-store.ts";
import { caseEvent, demandVersion, isReached, livingPerson, openedCase, refuse, wrong } from "./cases.ts";
import { assistanceProblems } from "./contract.ts";
import { spendLinks } from "./inbox-store.ts";
import { openNeedStates, type Priority } from "./model.ts";
import {
  needsConsent,
  needsWord,
  nextStates,
  type ReferralSide,
  type ReferralState,
  type ReferredPart,
  referredIdentity,
} from "./model-referral.ts";
import { findNeeds, findServices } from "./need-store.ts";
import type { Reach } from "./policy.ts";
import {
  findReferral,
  findReferredNeeds,
  insertReferral,
  insertReferralStep,
  type StoredReferral,
  type StoredShared,
  updateConsented,
  updateState,
} from "./referral-store.ts";
import { disclosed, sharedFrom } from "./referred-facts.ts";

/**
 * A referral of a case that is within reach.
 * @throws Problem `common.not-found`
 */
export async function reachReferral(
  tx: Tx,
  reach: Reach,
  country: string,
  id: string,
  lock = false,
): Promise<{ referral: StoredReferral; of: StoredCase }> {
  const referral = await findReferral(tx, country, id, lock);
  const of = referral && (await findCase(tx, country, referral.caseId));
  if (!referral || !of || !isReached(reach, of)) throw new Problem(commonProblems["not-found"]);
  return { referral, of };
}

/** A referral as somebody drafts it. */
export interface ReferralInput {
  organisation?: string | undefined;
  point?: string | undefined;
  recipientClass: RecipientClass;
  services: readonly ServiceCode[];
  needs: readonly string[];
  priority: Priority;
  message?: string | undefined;
  parts: readonly ReferredPart[];
}

/**
 * Drafts a referral. When the person already agrees to be referred to such recipients, it is noted at once.
 * @throws Problem `common.not-found`, `assistance.case-closed`, `assistance.person-erased`, `common.invalid-input`
 */
export async function createReferral(
  tx: Tx,
  reach: Reach,
  of: { country: string; id: string },
  input: ReferralInput,
  by: Writing,
): Promise<string> {
  const { country } = of;
  const found = await openedCase(tx, reach, country, of.id);
  const person = await livingPerson(tx, found);
  const span = input.point ? await findPointSpan(tx, country, input.point) : null;
  const organisation = input.organisation ?? span?.organisation ?? null;
  const today = by.now.toISOString().slice(0, 10);
  const needs = new Map((await findNeeds(tx, country, of.id)).map((need) => [need.id, need]));
  refuse([
    ...(input.point && !span ? [wrong("point-unknown", "point")] : []),
    ...(span && !validOn(span, today) ? [wrong("point-closed", "point")] : []),
    ...(span && input.organisation && span.organisation !== input.organisation
      ? [wrong("provider-differs", "organisation")]
      : []),
    ...(organisation === null ? [wrong("provider-missing", "organisation")] : []),
    ...(input.needs.some((id) => !needs.has(id)) ? [wrong("need-unknown", "needs")] : []),
  ]);
  const number = await takeNumbers(tx, country, "assistance.referral", 1);
  const id = newId();
  const referral = {
    country,
    id,
    code: `R-${country}-${String(number).padStart(6, "0")}`,
    caseId: of.id,
    person: found.person,
    organisation: organisation as string,
    point: input.point ?? null,
    recipientClass: input.recipientClass,
    services: [...new Set(input.services)],
    priority: input.priority,
    message: input.message ?? null,
    parts: [...new Set(input.parts)],
    shared: null,
    state: "draft" as const,
    stateSince: by.now.toISOString(),
    seenVersion: 1,
    version: 1,
  };
  await insertReferral(tx, referral, input.needs, by);
  await insertReferralStep(tx, referral, { version: 1, state: "draft", reason: null, side: "referrer" }, by);
  await referralEvent(tx, found, id, by);
  const agreed = { country, person: person.id, purpose: "referral", recipientClass: input.recipientClass } as const;
  if (await hasConsent(tx, agreed))
    await stepReferral(tx, reach, { country, id, version: 1 }, { state: "consent-recorded" }, by);
  return id;
}

const referralEvent = (tx: Tx, of: { country: string; id: string }, referral: string, by: Writing) =>
  caseEvent(tx, "referral-changed", of, { referral }, by);

/** @throws Problem `assistance.step-not-allowed`, `assistance.reason-missing` */
export function demandStep(
  from: ReferralState,
  to: ReferralState,
  side: ReferralSide,
  reason: string | null | undefined,
): void {
  if (!nextStates(from, side).includes(to)) throw new Problem(assistanceProblems["step-not-allowed"], { state: from });
  if (needsWord(to) && !reason) throw new Problem(assistanceProblems["reason-missing"]);
}

/** What the referral lets the provider know of the person and the case, as they are now. */
async function sharedOf(tx: Tx, referral: StoredReferral, of: StoredCase, person: PersonState): Promise<StoredShared> {
  const { country, parts } = referral;
  const referred = new Set(await findReferredNeeds(tx, country, referral.id));
  const needs = (await findNeeds(tx, country, of.id)).filter(
    ({ id, state }) => referred.has(id) || (referred.size === 0 && openNeedStates.includes(state)),
  );
  const services = await findServices(tx, country, of.id);
  return sharedFrom(parts, of.organisation, person, { needs, services });
}

/**
 * Takes a step on the referring side. Sending needs that the person agrees at that moment, which the statement itself
 * reads, and is written down as a disclosure in the same transaction. After a withdrawal only an end is possible.
 * @throws Problem `common.not-found`, `common.stale-revision`, `assistance.step-not-allowed`, `assistance.reason-missing`,
 * `assistance.no-consent`, `assistance.person-erased`
 */
export async function stepReferral(
  tx: Tx,
  reach: Reach,
  at: { country: string; id: string; version: number },
  input: { state: ReferralState; reason?: string | undefined },
  by: Writing,
): Promise<void> {
  const { country, id, version } = at;
  const { referral, of } = await reachReferral(tx, reach, country, id, true);
  demandVersion(referral, version);
  const { state, reason = null } = input;
  // Somebody who sends a draft straight away is told what is missing, not the order of steps.
  if (state === "sent" && referral.state === "draft" && !referral.consented)
    throw new Problem(assistanceProblems["no-consent"]);
  demandStep(referral.state, state, "referrer", reason);
  if (state === "consent-recorded" || state === "sent") {
    const person = await livingPerson(tx, of);
    const shared = state === "sent" ? await sharedOf(tx, referral, of, person) : null;
    if ((await updateConsented(tx, { country, id, version, state }, shared, by)) === null)
      throw new Problem(assistanceProblems["no-consent"]);
    if (state === "sent")
      await recordDisclosure(
        tx,
        {
          country,
          person: referral.person,
          purpose: "referral",
          recipientClass: referral.recipientClass,
          recipient: referral.organisation,
          ground: "consent",
          parts: disclosed(referral.parts),
        },
        by,
        { type: "assistance.referral", id },
      );
  } else {
    const change = { country, id, version, state, needsConsent: needsConsent(state), seen: true };
    if (!(await updateState(tx, change, by))) throw new Problem(assistanceProblems["no-consent"]);
  }
  await insertReferralStep(tx, at, { version: version + 1, state, reason, side: "referrer" }, by);
  if (state !== "sent" && state !== "consent-recorded") await spendLinks(tx, country, id, by.now);
  await referralEvent(tx, of, id, by);
}

/** The parts of the identity that a referral clears once the provider has taken it. */
export function clearedIdentity(referral: {
  parts: readonly ReferredPart[];
  state: ReferralState;
}): (typeof referredIdentity)[number][] {
  if (referral.state !== "accepted" && referral.state !== "in-service") return [];
  return referredIdentity.filter((part) => referral.parts.includes(part));
}
