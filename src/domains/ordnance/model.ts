/**
 * Categories of explosive ordnance, kept so that every treaty report can be drawn from them: improvised mines are
 * separable, and mines are not explosive remnants of war.
 */
export const ordnanceCategories = [
  "ap-mine",
  "ap-mine-improvised",
  "av-mine",
  "av-mine-improvised",
  "submunition",
  "cluster-munition-container",
  "uxo-other",
  "axo",
  "ied-other",
  "booby-trap",
  "small-arms-ammunition",
  "fuze",
  "stored-ammunition",
  "unknown",
] as const;
export type OrdnanceCategory = (typeof ordnanceCategories)[number];

/** Groups in which treaties and reports add ordnance up. */
export const ordnanceGroups: Readonly<Record<OrdnanceCategory, "ap-mine" | "av-mine" | "cmr" | "erw" | "other">> = {
  "ap-mine": "ap-mine",
  "ap-mine-improvised": "ap-mine",
  "av-mine": "av-mine",
  "av-mine-improvised": "av-mine",
  submunition: "cmr",
  "cluster-munition-container": "cmr",
  "uxo-other": "erw",
  axo: "erw",
  "ied-other": "other",
  "booby-trap": "other",
  "small-arms-ammunition": "erw",
  fuze: "erw",
  "stored-ammunition": "other",
  unknown: "other",
};

export const codeLists = {
  "ordnance-category": ordnanceCategories,
  "ordnance-condition": ["armed", "unarmed", "fuzed", "unfuzed", "damaged", "functioned", "unknown"],
  "disposal-method": [
    "detonated-in-place",
    "removed-and-destroyed",
    "burned",
    "neutralised",
    "handed-over",
    "left-in-place",
    "unknown",
  ],
  "find-context": [
    "clearance",
    "battle-area-clearance",
    "technical-survey",
    "non-technical-survey",
    "spot-task",
    "community-report",
    "unknown",
  ],
  "event-type": [
    "military-clearance",
    "seizure",
    "ordnance-found",
    "production-site",
    "stockpile",
    "suspected-area",
    "demolition",
    "other",
  ],
  "area-type": ["rural", "urban", "unknown"],
} as const;
