import { currencies } from "../services/model.ts";

/** What a finding may rest on. */
export const evidenceKinds = [
  "interviews",
  "focus-groups",
  "assessments",
  "service-mapping",
  "analysis",
  "literature",
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** Kinds of evidence for which people were asked, so that it says how many. */
export const askedKinds: readonly string[] = ["interviews", "focus-groups", "assessments"];

/** How far the wording of a recommendation is. */
export const recommendationStates = ["proposed", "agreed", "amended", "dropped"] as const;
export type RecommendationState = (typeof recommendationStates)[number];

/** What became of a recommendation, in the order in which the board shows it: what is late comes first. */
export const outcomes = ["overdue", "in-action", "agreed", "proposed", "done", "in-policy", "dropped"] as const;
export type Outcome = (typeof outcomes)[number];

export const actionStatuses = ["planned", "under-way", "done", "cancelled"] as const;
export type ActionStatus = (typeof actionStatuses)[number];

export const consultationStatuses = ["planned", "held", "cancelled"] as const;
export const terms = ["short", "medium", "long"] as const;
export const stances = ["supports", "wants-change", "objects", "asks"] as const;

/** Who is spoken to, and on whose behalf people come to a consultation. */
export const sectors = [
  "survivors-organisations",
  "health",
  "social-affairs",
  "mine-action",
  "education",
  "labour",
  "finance",
  "local-government",
  "service-providers",
  "civil-society",
  "development-partners",
  "academia",
  "private",
  "other",
] as const;

export const codeLists = {
  "evidence-kind": evidenceKinds,
  "recommendation-state": recommendationStates,
  "recommendation-outcome": outcomes,
  "action-status": actionStatuses,
  "consultation-status": consultationStatuses,
  "study-term": terms,
  "study-priority": ["high", "medium", "low"],
  "study-sector": sectors,
  "study-population": ["survivors", "persons-with-disabilities", "survivors-and-others", "families", "providers"],
  "study-theme": [
    "availability",
    "distance",
    "transport",
    "cost",
    "quality",
    "workforce",
    "accessibility",
    "assistive-products",
    "mental-health",
    "information",
    "referral",
    "stigma",
    "livelihood",
    "coordination",
    "financing",
    "data",
    "other",
  ],
  "linked-kind": ["policy", "law", "programme", "project", "budget", "guideline"],
  "comment-stance": stances,
  currency: currencies,
} as const satisfies Readonly<Record<string, readonly string[]>>;

const steps: Readonly<Record<RecommendationState, readonly RecommendationState[]>> = {
  proposed: ["proposed", "agreed", "amended", "dropped"],
  agreed: ["proposed", "amended", "dropped"],
  amended: ["proposed", "agreed", "amended", "dropped"],
  dropped: ["proposed"],
};

/** The decisions that may follow on a state of a recommendation; `proposed` again opens it anew with another wording. */
export function decisionsAfter(state: RecommendationState): readonly RecommendationState[] {
  return steps[state];
}

/** What counts of an action for what became of its recommendation. Dates as `YYYY-MM-DD`. */
export interface ActionState {
  status: string;
  dueOn: string | null;
  linkedKind: string | null;
}

/** Whether an action is late: it is neither done nor cancelled and its day has passed. */
export function isLate(action: Pick<ActionState, "status" | "dueOn">, today: string): boolean {
  return (
    action.dueOn !== null && action.dueOn < today && (action.status === "planned" || action.status === "under-way")
  );
}

/**
 * What became of a recommendation: one late action makes it overdue; it is done when all its actions are, and has
 * reached policy when one of these is linked to a policy, law, programme, project, budget or guideline.
 * @param today `YYYY-MM-DD`
 */
export function outcomeOf(state: string, actions: readonly ActionState[], today: string): Outcome {
  if (state === "dropped") return "dropped";
  if (state === "proposed") return "proposed";
  const counted = actions.filter(({ status }) => status !== "cancelled");
  if (counted.length === 0) return "agreed";
  if (counted.some((action) => isLate(action, today))) return "overdue";
  if (counted.some(({ status }) => status !== "done")) return "in-action";
  return counted.some(({ linkedKind }) => linkedKind !== null) ? "in-policy" : "done";
}

/** People of one sector at a consultation. */
export interface SectorCount {
  sector: string;
  women: number;
  men: number;
  sexUnknown: number;
  withDisability: number;
}

/** People at a consultation over all sectors; `total` is women, men and those whose sex is not known. */
export function totalOf(counts: readonly Omit<SectorCount, "sector">[]) {
  const sum = { women: 0, men: 0, sexUnknown: 0, withDisability: 0 };
  for (const count of counts)
    for (const name of ["women", "men", "sexUnknown", "withDisability"] as const) sum[name] += count[name];
  return { ...sum, total: sum.women + sum.men + sum.sexUnknown };
}

/** The parts into which the people of a piece of evidence are counted, each of which adds up to all of them. */
export const breakdowns = {
  sex: ["women", "men", "sexUnknown"],
  age: ["children", "adults", "older", "ageUnknown"],
  disability: ["withDisability", "withoutDisability", "disabilityUnknown"],
} as const;

/** Fewer people than this with one result could be recognised. */
export const fewestShown = 5;
