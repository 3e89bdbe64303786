import type { AreaClass, AreaStatus } from "../land/model.ts";

/** Kinds of field report (IMAS 05.10 minimum data, IMSMA activity types; names as the standards have them). */
export const reportTypes = [
  "non-technical-survey",
  "technical-survey",
  "clearance",
  "spot-task",
  "progress",
  "completion",
  "cancellation",
  "handover",
  "re-survey",
  "quality-inspection",
  "post-clearance-monitoring",
  "opening-balance",
] as const;
export type ReportType = (typeof reportTypes)[number];

export const reportStates = ["draft", "submitted", "verified", "approved", "returned", "withdrawn"] as const;
export type ReportState = (typeof reportStates)[number];

/** What a report says about a piece of ground. */
export const outcomes = [
  "identified",
  "reclassified",
  "cancelled",
  "reduced",
  "cleared",
  "boundary-increase",
  "boundary-decrease",
  "administrative",
  "missed-item",
] as const;
export type Outcome = (typeof outcomes)[number];

export const methods = ["manual", "mechanical", "animal", "battle-area", "cmr-survey", "visual", "eod"] as const;

/** How much a country tells anybody who asks about a plot, least first. */
export const publishedLevels = ["nothing", "released", "released-and-open"] as const;
export type PublishedLevel = (typeof publishedLevels)[number];

export const codeLists = {
  "report-type": reportTypes,
  "report-state": reportStates,
  outcome: outcomes,
  "release-method": methods,
  "direct-evidence": [
    "detonation",
    "accident-known-place",
    "reliable-record",
    "sign-or-fence",
    "visual-observation",
    "item-found",
    "not-specified",
  ],
  "indirect-evidence": [
    "old-survey",
    "former-combat-zone",
    "accident-unknown-place",
    "unreliable-record",
    "land-not-used",
    "verbal-report",
    "not-specified",
  ],
  "administrative-reason": ["duplicate", "data-error", "outside-country", "other"],
  "callout-source": ["community", "authority", "security-forces", "operator", "company", "other"],
  "inspection-kind": ["internal-assurance", "external-assurance", "quality-control"],
  "inspection-result": ["accepted", "accepted-with-conditions", "rejected"],
  "non-conformity-severity": ["critical", "major", "minor"],
  "land-use": ["agriculture", "housing", "infrastructure", "community", "pasture", "forest", "not-used", "other"],
} as const;

/** What a type of report may say and must say. National rules may narrow it; they never widen what no standard knows. */
export interface TypeRule {
  outcomes: readonly Outcome[];
  /** Whether it is about one area that exists. */
  area: "required" | "optional" | "none";
  /** Fields of the body that must be filled when it is submitted. */
  required: readonly string[];
  /** What happens to the area's status when it is approved; see `transitions`. */
  event?: StatusEvent;
}

export const statusEvents = ["work-started", "work-suspended", "work-resumed", "completed", "handed-over"] as const;
export type StatusEvent = (typeof statusEvents)[number];

const boundary = ["boundary-increase", "boundary-decrease"] as const;

export const typeRules: Readonly<Record<ReportType, TypeRule>> = {
  "non-technical-survey": {
    outcomes: ["identified", "reclassified", "cancelled", ...boundary, "missed-item"],
    area: "optional",
    required: ["organisation"],
  },
  "technical-survey": {
    outcomes: ["identified", "reclassified", "reduced", ...boundary],
    area: "optional",
    required: ["organisation", "methods"],
  },
  clearance: {
    outcomes: ["cleared", "reduced"],
    area: "required",
    required: ["organisation", "methods"],
    event: "work-started",
  },
  "spot-task": { outcomes: [], area: "optional", required: ["organisation", "devices"] },
  progress: { outcomes: [], area: "required", required: ["organisation"], event: "work-started" },
  completion: { outcomes: ["cleared", "reduced"], area: "required", required: ["organisation"], event: "completed" },
  cancellation: { outcomes: ["cancelled"], area: "required", required: ["organisation", "reason"] },
  handover: { outcomes: [], area: "required", required: ["handover"], event: "handed-over" },
  "re-survey": {
    outcomes: ["reclassified", "cancelled", ...boundary, "administrative"],
    area: "required",
    required: ["reason"],
  },
  "quality-inspection": { outcomes: [], area: "optional", required: ["inspection"] },
  "post-clearance-monitoring": { outcomes: [], area: "required", required: ["monitoring"] },
  "opening-balance": { outcomes: ["identified"], area: "none", required: [] },
};

/** A change of class or status that a report may bring. `null` stands for any, or for no change. */
export interface Transition {
  event: StatusEvent;
  class: AreaClass | null;
  status: readonly AreaStatus[];
  toClass: AreaClass | null;
  toStatus: AreaStatus;
}

/**
 * What a country lays down about land release, as versioned data. The defaults follow IMAS 07.11 as far as it says
 * anything; the rest is common practice and each country's to change.
 */
export interface NationalRules {
  transitions: readonly Transition[];
  /** Evidence that makes a suspected and a confirmed area, by code of the two evidence lists. */
  confirms: readonly string[];
  suspects: readonly string[];
  /** Land classes of the country, e.g. of a baseline survey, and what they map to. */
  landClasses: readonly { code: string; label: string; class: AreaClass | null; antipersonnel: boolean }[];
  /** Cleared land needs an accepted quality control: refuse, warn, or do not ask. */
  clearedNeedsControl: "refuse" | "warn" | "no";
  /** An organisation's accreditation must be valid on the date of information. */
  accreditation: "refuse" | "warn" | "no";
  /** Who verified may also approve. Nobody ever approves what they entered. */
  verifierMayApprove: boolean;
  /** Depth of clearance that is offered when nothing is written, in centimetres; never filled in by itself. */
  usualDepthCentimetres: number | null;
  /** Ground beyond the area that clearance may add, as a share of the area, before a warning. */
  fadeOutWarnShare: number;
}

export const defaultRules: NationalRules = {
  transitions: [
    { event: "work-started", class: null, status: ["open", "suspended"], toClass: null, toStatus: "worked-on" },
    { event: "work-suspended", class: null, status: ["open", "worked-on"], toClass: null, toStatus: "suspended" },
    { event: "work-resumed", class: null, status: ["suspended"], toClass: null, toStatus: "worked-on" },
    { event: "completed", class: null, status: ["open", "worked-on", "suspended"], toClass: null, toStatus: "closed" },
    { event: "handed-over", class: null, status: ["closed"], toClass: null, toStatus: "released" },
  ],
  confirms: [
    "detonation",
    "accident-known-place",
    "reliable-record",
    "sign-or-fence",
    "visual-observation",
    "item-found",
  ],
  suspects: [
    "old-survey",
    "former-combat-zone",
    "accident-unknown-place",
    "unreliable-record",
    "land-not-used",
    "verbal-report",
  ],
  landClasses: [],
  clearedNeedsControl: "warn",
  accreditation: "warn",
  verifierMayApprove: false,
  usualDepthCentimetres: null,
  fadeOutWarnShare: 0.1,
};

/** The class that evidence allows under a country's rules, or null when none was named. */
export function classOfEvidence(rules: NationalRules, evidence: readonly string[]): AreaClass | null {
  if (evidence.some((code) => rules.confirms.includes(code))) return "cha";
  if (evidence.some((code) => rules.suspects.includes(code))) return "sha";
  return null;
}

export type WorkflowStep = "submit" | "verify" | "approve" | "return" | "withdraw" | "edit";

/** Which steps each state allows. Rights and the ban on approving one's own are checked beside this. */
export const steps: Readonly<Record<ReportState, readonly WorkflowStep[]>> = {
  draft: ["edit", "submit", "withdraw"],
  returned: ["edit", "submit", "withdraw"],
  submitted: ["verify", "return"],
  verified: ["approve", "return"],
  approved: [],
  withdrawn: [],
};
