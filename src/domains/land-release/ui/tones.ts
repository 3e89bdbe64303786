import type { Tone } from "../../../platform/ui/StatusTag.tsx";
import type { ReportState } from "../model.ts";

/** How the states of a report look; the pattern says it again for those who do not see the colour. */
export const stateTones: Readonly<Record<ReportState, Tone>> = {
  draft: { tone: "neutral", pattern: "hollow" },
  submitted: { tone: "info", pattern: "dots" },
  verified: { tone: "info", pattern: "half" },
  returned: { tone: "warn", pattern: "stripes" },
  approved: { tone: "good", pattern: "solid" },
  withdrawn: { tone: "neutral", pattern: "stripes" },
};
