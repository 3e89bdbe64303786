import type { Tone } from "../../../platform/ui/StatusTag.tsx";

/** How far a report has come, at a glance. */
export const stateTones: Readonly<Record<string, Tone>> = {
  draft: { tone: "neutral", pattern: "hollow" },
  submitted: { tone: "info", pattern: "dots" },
  verified: { tone: "info", pattern: "half" },
  approved: { tone: "good", pattern: "solid" },
  returned: { tone: "warn", pattern: "stripes" },
  withdrawn: { tone: "neutral", pattern: "stripes" },
};

/** What became of somebody. */
export const outcomeTones: Readonly<Record<string, Tone>> = {
  killed: { tone: "bad", pattern: "solid" },
  injured: { tone: "warn", pattern: "stripes" },
  amputated: { tone: "warn", pattern: "half" },
  unknown: { tone: "neutral", pattern: "hollow" },
};
