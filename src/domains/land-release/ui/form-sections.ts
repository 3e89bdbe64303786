import type { Outcome, ReportType } from "../model.ts";
import { typeRules } from "../model.ts";

/** Blocks of the form of a report, in the order in which they are filled in. */
export const sections = [
  "work",
  "evidence",
  "parts",
  "devices",
  "inspection",
  "handover",
  "residual",
  "monitoring",
  "reason",
  "notes",
] as const;
export type Section = (typeof sections)[number];

const fieldWork: readonly ReportType[] = [
  "non-technical-survey",
  "technical-survey",
  "clearance",
  "spot-task",
  "progress",
  "completion",
];

const extras: Readonly<Partial<Record<ReportType, readonly Section[]>>> = {
  "non-technical-survey": ["evidence", "devices"],
  "technical-survey": ["evidence", "devices"],
  clearance: ["devices"],
  "spot-task": ["devices"],
  progress: ["devices", "residual", "reason"],
  completion: ["devices", "residual"],
  handover: ["handover", "residual"],
  "quality-inspection": ["inspection"],
  "post-clearance-monitoring": ["monitoring"],
  cancellation: ["evidence", "reason"],
  "re-survey": ["evidence", "reason"],
};

/** Blocks of a progress report that are asked for only when work stops. */
const ofSuspension: readonly Section[] = ["residual", "reason"];

/**
 * The blocks that a type of report needs, in order. What others hold stays in the report and is not shown.
 * @param suspends whether the report says that work stops: then it says why, and whether the land is marked
 * @param voids whether the report takes another one back: then it says why, and nothing else
 */
export function sectionsOf(type: ReportType, suspends = true, voids = false): readonly Section[] {
  if (voids) return ["reason", "notes"];
  const wanted = new Set<Section>(["notes", ...(extras[type] ?? [])]);
  if (fieldWork.includes(type)) wanted.add("work");
  if (typeRules[type].outcomes.length > 0) wanted.add("parts");
  return sections.filter(
    (section) => wanted.has(section) && (suspends || type !== "progress" || !ofSuspension.includes(section)),
  );
}

/** Fields of the block about the work done that a type asks for. */
export type WorkField =
  | "callout"
  | "methods"
  | "assets"
  | "processed"
  | "effort"
  | "place"
  | "suspends"
  | "beneficiaries"
  | "qualityLog";

const workFields: Readonly<Partial<Record<ReportType, readonly WorkField[]>>> = {
  "non-technical-survey": ["place", "beneficiaries"],
  "technical-survey": ["methods", "assets", "processed", "effort", "qualityLog"],
  clearance: ["methods", "assets", "processed", "effort", "qualityLog"],
  "spot-task": ["callout", "methods", "processed", "place", "effort", "beneficiaries"],
  progress: ["methods", "assets", "processed", "effort", "suspends"],
  completion: ["methods", "beneficiaries", "qualityLog"],
};

/** The fields about the work done that a type of report shows. */
export function workFieldsOf(type: ReportType): readonly WorkField[] {
  return workFields[type] ?? [];
}

/** What a piece of ground needs besides its outcome. */
export interface PartNeeds {
  /** Whether a polygon must be there, may be there, or the whole of what is open is meant without one. */
  polygon: "required" | "or-whole" | "optional";
  fields: readonly (
    | "area"
    | "areaClass"
    | "code"
    | "name"
    | "contamination"
    | "landClass"
    | "depthCentimetres"
    | "method"
    | "withAsset"
    | "administrativeReason"
  )[];
}

const aNewArea = ["areaClass", "name", "code", "contamination", "landClass"] as const;

/** What each outcome asks for; a part of another area than the report's names it. */
export const partNeeds: Readonly<Record<Outcome, PartNeeds>> = {
  identified: { polygon: "optional", fields: [...aNewArea, "area"] },
  "missed-item": { polygon: "required", fields: aNewArea },
  reclassified: { polygon: "or-whole", fields: ["area", "areaClass", "name", "code", "contamination", "landClass"] },
  cancelled: { polygon: "or-whole", fields: ["area"] },
  reduced: { polygon: "or-whole", fields: ["area", "withAsset", "method"] },
  cleared: { polygon: "or-whole", fields: ["area", "depthCentimetres", "method"] },
  "boundary-increase": { polygon: "required", fields: ["area"] },
  "boundary-decrease": { polygon: "required", fields: ["area"] },
  administrative: { polygon: "or-whole", fields: ["area", "administrativeReason"] },
};
