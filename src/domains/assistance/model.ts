import type { NeedKind } from "../services/model.ts";
import { referralSides, referralStates, referredParts } from "./model-referral.ts";

/** Why somebody needs help, as far as it is known. An attribute of the person and no condition of anything. */
export const causes = [
  "explosive-ordnance",
  "other-conflict",
  "road-traffic",
  "work-accident",
  "illness",
  "since-birth",
  "family-of-victim",
  "other",
  "unknown",
] as const;
export const caseStates = ["open", "closed"] as const;
export const closeReasons = [
  "needs-met",
  "moved-away",
  "no-contact",
  "own-wish",
  "died",
  "taken-over",
  "other",
] as const;
export const needStates = ["open", "in-progress", "met", "unmet", "withdrawn"] as const;
export type NeedState = (typeof needStates)[number];
/** States in which somebody still waits for an answer. */
export const openNeedStates: readonly NeedState[] = ["open", "in-progress", "unmet"];
export const priorities = ["urgent", "high", "normal", "low"] as const;
export type Priority = (typeof priorities)[number];
export const serviceOutcomes = ["given", "improved", "unchanged", "worse", "not-finished", "not-known"] as const;
export const goalStates = ["open", "reached", "given-up"] as const;
export const followUpKinds = ["visit", "call", "check-device", "appointment", "other"] as const;
export const followUpStates = ["due", "done", "cancelled"] as const;
/** Saved views of the list of cases. */
export const caseViews = ["open", "mine", "unassigned", "unreferred", "overdue", "urgent", "closed", "all"] as const;
export type CaseView = (typeof caseViews)[number];

/**
 * Which states of a need may follow on another. Nothing but a person's word moves one: a service given never does. A met
 * need may open again, because devices wear out and pain comes back.
 */
export const needSteps: Readonly<Record<NeedState, readonly NeedState[]>> = {
  open: ["in-progress", "met", "unmet", "withdrawn"],
  "in-progress": ["open", "met", "unmet", "withdrawn"],
  met: ["open"],
  unmet: ["open", "in-progress", "met", "withdrawn"],
  withdrawn: ["open"],
};

/** Steps of a need whose reason must be said. */
export const needsReason = (from: NeedState, to: NeedState): boolean =>
  to === "unmet" || to === "withdrawn" || from === "met" || from === "withdrawn";

/** Whether somebody with these needs still waits. */
export const hasOpenNeed = (needs: readonly { state: NeedState; kind: NeedKind }[]): boolean =>
  needs.some(({ state }) => openNeedStates.includes(state));

/** How late something due is, in days; 0 when it is not. */
export function daysLate(dueOn: string, today: string): number {
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(dueOn)) / 86_400_000));
}

/** The code lists of this area, for labels and forms. Those of needs and services belong to the directory. */
export const codeLists: Readonly<Record<string, readonly string[]>> = {
  cause: causes,
  "case-state": caseStates,
  "case-close-reason": closeReasons,
  "need-state": needStates,
  priority: priorities,
  "service-outcome": serviceOutcomes,
  "goal-state": goalStates,
  "follow-up-kind": followUpKinds,
  "follow-up-state": followUpStates,
  "case-view": caseViews,
  "referral-state": referralStates,
  "referral-side": referralSides,
  "referred-part": referredParts,
};
