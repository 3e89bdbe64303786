export const codeLists = {
  "accident-class": ["civilian", "demining", "military", "unknown"],
  "accident-cause": [
    "stepped-on",
    "drove-over",
    "handled",
    "tampered",
    "struck-while-working",
    "fire",
    "detonated-nearby",
    "throwing-or-playing",
    "unknown",
    "other",
  ],
  "accident-activity": [
    "farming",
    "collecting-wood-or-food",
    "herding",
    "fishing-or-hunting",
    "collecting-scrap-metal",
    "travelling",
    "playing",
    "building-or-digging",
    "demining",
    "military",
    "domestic",
    "standing-nearby",
    "other",
    "unknown",
  ],
  "accident-state": ["draft", "submitted", "verified", "approved", "returned", "withdrawn"],
  /** Amputated is a category of its own where a country counts so: such people are then not among the injured. */
  "casualty-outcome": ["killed", "injured", "amputated", "unknown"],
  "casualty-status": ["civilian", "military", "security", "deminer", "unknown"],
  "casualty-age-group": ["child", "adult", "unknown"],
  "body-region": [
    "head-neck",
    "eyes",
    "chest",
    "back",
    "abdomen",
    "pelvis-buttocks",
    "upper-limbs",
    "hands",
    "lower-limbs-above-knee",
    "lower-limbs-below-knee",
    "feet",
    "unknown",
  ],
  impairment: [
    "eyesight",
    "hearing",
    "hand-or-finger",
    "upper-limb",
    "foot-or-toe",
    "below-knee",
    "above-knee",
    "whole-lower-limb",
    "mental-health",
    "other",
  ],
} as const;

export const accidentStates = codeLists["accident-state"];
export type AccidentState = (typeof accidentStates)[number];
export const outcomes = codeLists["casualty-outcome"];
export type Outcome = (typeof outcomes)[number];

/** What moves a report from one state to the next. */
export const workflowSteps = ["submit", "verify", "approve", "return", "withdraw"] as const;
export type WorkflowStep = (typeof workflowSteps)[number];

/** Everything that stands in the thread of a report. */
export const stepNames = ["entered", "changed", "submitted", "verified", "approved", "returned", "withdrawn"] as const;
export type StepName = (typeof stepNames)[number];

/** The steps that a state allows; an approved accident changes by corrections only, each a revision with its reason. */
export const steps: Readonly<Record<AccidentState, readonly (WorkflowStep | "edit")[]>> = {
  draft: ["edit", "submit", "withdraw"],
  submitted: ["verify", "return", "withdraw"],
  verified: ["approve", "return"],
  approved: ["edit"],
  returned: ["edit", "submit", "withdraw"],
  withdrawn: [],
};

/** Where a step leads. */
export const stateAfter: Readonly<Record<WorkflowStep, AccidentState>> = {
  submit: "submitted",
  verify: "verified",
  approve: "approved",
  return: "returned",
  withdraw: "withdrawn",
};

/** What a step is called in the thread. */
export const stepDone: Readonly<Record<WorkflowStep, StepName>> = {
  submit: "submitted",
  verify: "verified",
  approve: "approved",
  return: "returned",
  withdraw: "withdrawn",
};

/** Children are under eighteen, as casualty monitoring counts them. */
export const adultFrom = 18;

/** The age group of an age in whole years; null stays null. */
export function ageGroupOf(age: number | null): "child" | "adult" | null {
  return age === null ? null : age < adultFrom ? "child" : "adult";
}

/** The code of the n-th casualty of an accident, from 1, e.g. `KHM-2024-007-VA-01`. */
export function casualtyCode(accidentCode: string, n: number): string {
  return `${accidentCode}-VA-${String(n).padStart(2, "0")}`;
}

/** The number in a casualty's code, or 0 for a code of another pattern. */
export function casualtyNumber(accidentCode: string, code: string): number {
  const start = `${accidentCode}-VA-`;
  const rest = code.startsWith(start) ? code.slice(start.length) : "";
  return /^\d{2,6}$/.test(rest) ? Number(rest) : 0;
}

/** How many people an accident killed, injured or left in a condition that is not known. */
export interface CasualtyCounts {
  killed: number | null;
  injured: number | null;
  /** Only where the country counts amputations apart; such people are then not among the injured. */
  amputated: number | null;
  outcomeUnknown: number | null;
}

/**
 * All casualties of an accident: killed + injured + amputated + outcome unknown, as published tables add them.
 * Null when nothing at all was recorded, because unknown is not zero.
 */
export function casualties(counts: CasualtyCounts): number | null {
  const known = [counts.killed, counts.injured, counts.amputated, counts.outcomeUnknown].filter((n) => n !== null);
  return known.length === 0 ? null : known.reduce((sum, n) => sum + n, 0);
}
