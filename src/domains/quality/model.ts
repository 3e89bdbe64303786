/** Who looks: the operator itself, a monitoring body at work in progress, or control of the finished land. */
export const visitKinds = ["qa-internal", "qa-external", "qc"] as const;
export type VisitKind = (typeof visitKinds)[number];

export const visitResults = ["accepted", "accepted-with-conditions", "rejected"] as const;
export type VisitResult = (typeof visitResults)[number];

export const severities = ["critical", "major", "minor"] as const;
export type Severity = (typeof severities)[number];

/** What is stored of a non-conformity's state; `overdue` is seen from its deadline. */
export const nonconformityStates = ["open", "corrected", "closed"] as const;
export type NonconformityState = (typeof nonconformityStates)[number];

export const nonconformityTypes = [
  "item-missed",
  "depth-not-reached",
  "marking",
  "boundary",
  "procedure",
  "medical-support",
  "equipment",
  "supervision",
  "records",
  "safety-distance",
  "accreditation",
  "other",
] as const;

export const checklistAnswers = ["yes", "no", "not-applicable", "not-checked"] as const;
export type ChecklistAnswer = (typeof checklistAnswers)[number];

/** What makes a report worth a second look. */
export const screeningRules = [
  "same-polygon",
  "copied-shape",
  "impossible-rate",
  "area-without-people",
  "repeated-figures",
  "last-digits",
  "track-outside",
] as const;
export type ScreeningRule = (typeof screeningRules)[number];

export const codeLists = {
  "visit-kind": visitKinds,
  "visit-result": visitResults,
  "nonconformity-severity": severities,
  "nonconformity-type": nonconformityTypes,
  "nonconformity-state": [...nonconformityStates, "overdue"],
  "checklist-answer": checklistAnswers,
} as const;

/** One question of a checklist. Shipped ones are labelled by the catalogue, national ones by themselves. */
export interface ChecklistItem {
  code: string;
  /** Labels by language; absent on shipped items. */
  names?: Readonly<Record<string, string>> | undefined;
  /** The severity that a "no" suggests; people decide. */
  severity: Severity;
}

const onSite: readonly ChecklistItem[] = [
  { code: "personnel-qualified", severity: "major" },
  { code: "medic-available", severity: "critical" },
  { code: "evacuation-ready", severity: "critical" },
  { code: "supervision-adequate", severity: "major" },
  { code: "equipment-suitable", severity: "major" },
  { code: "equipment-stored", severity: "minor" },
  { code: "marking-correct", severity: "major" },
  { code: "safety-distances-kept", severity: "critical" },
  { code: "follows-own-procedures", severity: "major" },
  { code: "follows-national-standard", severity: "major" },
  { code: "documentation-on-site", severity: "minor" },
];

/** The checklists that count until a country has its own, by kind of visit; version 0. */
export const shippedChecklists: Readonly<Record<VisitKind, readonly ChecklistItem[]>> = {
  "qa-internal": [
    ...onSite,
    { code: "maintenance-logs-current", severity: "minor" },
    { code: "visitor-logs-current", severity: "minor" },
  ],
  "qa-external": [
    ...onSite,
    { code: "accredited", severity: "critical" },
    { code: "training-proven", severity: "major" },
    { code: "internal-qa-current", severity: "major" },
    { code: "maintenance-logs-current", severity: "minor" },
    { code: "visitor-logs-current", severity: "minor" },
  ],
  qc: [
    { code: "boundary-as-reported", severity: "major" },
    { code: "depth-as-required", severity: "critical" },
    { code: "sample-free-of-items", severity: "critical" },
    { code: "marks-as-reported", severity: "minor" },
    { code: "documentation-complete", severity: "minor" },
  ],
};

/**
 * The result that holds for a visit: any specified item found in sampled land rejects it, whatever was ticked; one
 * survived search is proof that the process failed there.
 */
export function effectiveResult(visit: { result?: unknown; itemsFoundInSample?: unknown }): unknown {
  return typeof visit.itemsFoundInSample === "number" && visit.itemsFoundInSample > 0 ? "rejected" : visit.result;
}

/** Whether a non-conformity is late: nobody has corrected it and its deadline, `YYYY-MM-DD`, is over. */
export function isOverdue(nonconformity: { state: string; deadline: string }, today: string): boolean {
  return nonconformity.state === "open" && nonconformity.deadline < today;
}

/** The steps that a non-conformity can take from each state. */
export const nonconformitySteps = {
  open: ["corrected", "extended"],
  corrected: ["closed", "reopened"],
  closed: [],
} as const satisfies Record<NonconformityState, readonly string[]>;
export type NonconformityStep = (typeof nonconformitySteps)[NonconformityState][number];

/** The state after a step. */
export const stateAfter: Readonly<Record<NonconformityStep, NonconformityState>> = {
  corrected: "corrected",
  extended: "open",
  closed: "closed",
  reopened: "open",
};

/** Whether a step may follow in a state. */
export function mayStep(state: NonconformityState, step: NonconformityStep): boolean {
  const steps: readonly string[] = nonconformitySteps[state];
  return steps.includes(step);
}

/** Adds days to a day, `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
