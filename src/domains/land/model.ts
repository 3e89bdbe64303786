/** Class of a hazardous area: what the evidence says. Kept apart from its status. */
export const areaClasses = ["indication", "sha", "cha"] as const;
export type AreaClass = (typeof areaClasses)[number];

/** Status of a hazardous area: what is being done about it. */
export const areaStatuses = ["open", "worked-on", "suspended", "closed", "released"] as const;
export type AreaStatus = (typeof areaStatuses)[number];

export const codeLists = {
  "area-class": areaClasses,
  "area-status": areaStatuses,
  "contamination-type": ["ap-mine", "ap-mine-improvised", "av-mine", "cmr", "erw-other", "unknown"],
  "area-evidence": ["direct", "indirect", "none", "not-specified"],
  "closure-reason": ["cancelled", "reduced", "cleared", "duplicate", "administrative", "unknown"],
} as const;
