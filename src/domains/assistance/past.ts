import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { takeNumbers } from "../../platform/records/store.ts";
import { recordPastDisclosures } from "../data-protection/index.ts";
import type { RecipientClass } from "../data-protection/model.ts";
import { findPointSpans } from "../services/index.ts";
import type { ServiceCode } from "../services/model.ts";
import { findBirthYears, type StoredCase, type StoredCause, type Writing } from "./case-store.ts";
import { refuse } from "./cases.ts";
import { type NeedState, openNeedStates, type Priority } from "./model.ts";
import type { ReferralSide, ReferralState, ReferredPart } from "./model-referral.ts";
import type { StoredNeed, StoredService } from "./need-store.ts";
import { type PastKnowledge, pastFindings } from "./past-checks.ts";
import { insertPastRows } from "./past-store.ts";
import type { StoredFollowUp, StoredGoal } from "./plan-store.ts";
import type { SharedPerson } from "./referred-facts.ts";
import { disclosed, sharedFrom } from "./referred-facts.ts";

type Own<T> = Omit<T, "country" | "caseId" | "version">;

/** A need of the past with how it went on. */
export type PastNeed = Omit<Own<StoredNeed>, "state"> & {
  steps: readonly { state: NeedState; on: string; reason: string | null }[];
};

/** A referral of the past with how it went. */
export interface PastReferral {
  id: string;
  organisation: string;
  point: string | null;
  recipientClass: RecipientClass;
  services: ServiceCode[];
  needs: string[];
  priority: Priority;
  message: string | null;
  parts: ReferredPart[];
  /** The consent on which it rests; null while nobody agreed. */
  consent: string | null;
  /** From the draft on, oldest first. */
  steps: readonly { state: ReferralState; at: string; reason: string | null; side: ReferralSide }[];
  /** Whether the referring side has looked at the last word. */
  seen: boolean;
}

/** A case of the past with everything about it. */
export interface PastCase extends Omit<StoredCase, "code" | "state" | "version" | "country"> {
  closeNote: string | null;
  recordedAt: string;
  recordedBy: string | null;
  /** What of the person goes with a referral. */
  facts: SharedPerson;
  cause: Omit<StoredCause, "version"> | null;
  needs: readonly PastNeed[];
  services: readonly Omit<StoredService, "country" | "caseId">[];
  goals: readonly Own<StoredGoal>[];
  followUps: readonly Own<StoredFollowUp>[];
  referrals: readonly PastReferral[];
}

/**
 * Stores cases of the past, each with its needs, services, plan and referrals, in one pass: what another register or the
 * sample region brings. The same rules hold as for single acts; what referrals passed on is written down as disclosed.
 * @param cases of one country, for people, points and consents that are there
 * @throws Problem `common.invalid-input` for steps, dates and consents that cannot have been
 */
export async function recordPastCases(
  tx: Tx,
  country: string,
  cases: readonly PastCase[],
  by: Writing,
): Promise<{ id: string; code: string }[]> {
  if (cases.length === 0) return [];
  const points = cases.flatMap(({ services, referrals }) =>
    [...services, ...referrals].flatMap(({ point }) => point ?? []),
  );
  const known: PastKnowledge = {
    now: by.now,
    born: await findBirthYears(
      tx,
      country,
      cases.map(({ person }) => person),
    ),
    points: await findPointSpans(tx, country, points),
  };
  refuse(cases.flatMap((of) => pastFindings(of, known)));
  const sample = by.sample ?? false;
  const firstCase = await takeNumbers(tx, country, "assistance.case", cases.length);
  const referralCount = cases.reduce((sum, { referrals }) => sum + referrals.length, 0);
  let nextReferral = referralCount > 0 ? await takeNumbers(tx, country, "assistance.referral", referralCount) : 0;
  const numbered = (prefix: string, n: number) => `${prefix}-${country}-${String(n).padStart(6, "0")}`;
  const rows = cases.map((of, n) =>
    insertable(of, numbered("C", firstCase + n), () => numbered("R", nextReferral++), { country, sample }),
  );
  await insertPastRows(tx, rows);
  await recordPastDisclosures(
    tx,
    country,
    cases.flatMap((of) =>
      of.referrals.flatMap((referral) => {
        const sent = referral.steps.find(({ state }) => state === "sent");
        if (!sent) return [];
        return [
          {
            country,
            id: newId(),
            person: of.person,
            purpose: "referral" as const,
            recipientClass: referral.recipientClass,
            recipient: referral.organisation,
            ground: "consent" as const,
            parts: disclosed(referral.parts),
            disclosedAt: sent.at,
            disclosedBy: of.recordedBy,
            referenceType: "assistance.referral",
            referenceId: referral.id,
          },
        ];
      }),
    ),
    by,
  );
  await recordEvent(tx, {
    type: "assistance.case-opened",
    country,
    accountId: by.accountId,
    now: by.now,
    payload: { past: cases.length },
  });
  return cases.map(({ id }, n) => ({ id, code: numbered("C", firstCase + n) }));
}

type Row = Record<string, unknown>;

/** One case as rows by table. */
function insertable(
  of: PastCase,
  code: string,
  referralCode: () => string,
  { country, sample }: { country: string; sample: boolean },
): Readonly<Record<string, Row[]>> {
  const { id, person, recordedAt, recordedBy } = of;
  const written = { recorded_at: recordedAt, recorded_by: recordedBy, sample };
  const below = { country, case_id: id, ...written };
  const opened = { country, case_id: id, version: 1, step: "opened", happened_on: of.openedOn, ...written };
  const closed =
    of.closedOn === null
      ? []
      : [
          {
            ...opened,
            version: 2,
            step: "closed",
            detail: of.closeReason,
            reason: of.closeNote,
            happened_on: of.closedOn,
            recorded_at: `${of.closedOn}T09:00:00.000Z`,
          },
        ];
  const openNeeds = of.needs.filter(({ steps }) => openNeedStates.includes(steps.at(-1)?.state ?? "open"));
  const referrals = of.referrals.map((referral) => {
    const last = referral.steps.at(-1);
    const sent = referral.steps.find(({ state }) => state === "sent");
    const about = of.needs.filter((need) => referral.needs.includes(need.id));
    const version = referral.steps.length;
    return {
      ...below,
      id: referral.id,
      code: referralCode(),
      person,
      organisation: referral.organisation,
      point: referral.point,
      recipient_class: referral.recipientClass,
      services: referral.services,
      priority: referral.priority,
      message: referral.message,
      parts: referral.parts,
      shared: sent
        ? sharedFrom(referral.parts, of.organisation, of.facts, {
            needs: about.length > 0 ? about : openNeeds,
            services: of.services,
          })
        : null,
      state: last?.state,
      state_since: last?.at,
      consent: referral.consent,
      sent_at: sent?.at ?? null,
      seen_version: referral.seen ? version : version - 1,
      version,
      recorded_at: referral.steps[0]?.at,
    };
  });
  return {
    assistance_case: [
      {
        country,
        id,
        code,
        person,
        organisation: of.organisation,
        assignee: of.assignee,
        opened_on: of.openedOn,
        state: of.closedOn === null ? "open" : "closed",
        close_reason: of.closeReason,
        closed_on: of.closedOn,
        version: 1 + closed.length,
        ...written,
      },
    ],
    assistance_case_step: [opened, ...closed],
    assistance_cause: of.cause ? [{ country, person, ...of.cause, version: 1, ...written }] : [],
    assistance_need: of.needs.map((need) => ({
      ...below,
      id: need.id,
      kind: need.kind,
      detail: need.detail,
      priority: need.priority,
      state: need.steps.at(-1)?.state ?? "open",
      identified_on: need.identifiedOn,
      version: 1 + need.steps.length,
    })),
    assistance_need_step: of.needs.flatMap((need) =>
      [{ state: "open", on: need.identifiedOn, reason: null }, ...need.steps].map((step, n) => ({
        ...below,
        need: need.id,
        version: n + 1,
        state: step.state,
        priority: need.priority,
        reason: step.reason,
        happened_on: step.on,
      })),
    ),
    assistance_service: of.services.map((service) => ({
      ...below,
      id: service.id,
      service: service.service,
      organisation: service.organisation,
      point: service.point,
      referral: service.referral,
      given_on: service.givenOn,
      quantity: service.quantity,
      cost: service.cost,
      currency: service.currency,
      outcome: service.outcome,
      detail: service.detail,
      withdrawn: service.withdrawn,
      withdrawn_reason: service.withdrawnReason,
    })),
    assistance_service_need: of.services.flatMap(({ id: service, needs }) =>
      needs.map((need) => ({ country, service, need, case_id: id, sample })),
    ),
    assistance_goal: of.goals.map(({ targetOn, endedOn, ...goal }) => ({
      ...below,
      ...goal,
      target_on: targetOn,
      ended_on: endedOn,
      version: endedOn === null ? 1 : 2,
    })),
    assistance_follow_up: of.followUps.map(({ dueOn, endedOn, ...followUp }) => ({
      ...below,
      ...followUp,
      due_on: dueOn,
      ended_on: endedOn,
      version: endedOn === null ? 1 : 2,
    })),
    assistance_referral: referrals,
    assistance_referral_need: of.referrals.flatMap(({ id: referral, needs }) =>
      needs.map((need) => ({ country, referral, need, case_id: id, sample })),
    ),
    assistance_referral_step: of.referrals.flatMap((referral) =>
      referral.steps.map((step, n) => ({
        country,
        referral: referral.id,
        version: n + 1,
        state: step.state,
        reason: step.reason,
        by_side: step.side,
        recorded_at: step.at,
        recorded_by: step.side === "referrer" ? recordedBy : null,
        sample,
      })),
    ),
  };
}
