import type { Tone } from "../../../platform/ui/StatusTag.tsx";
import type { Outcome, RecommendationState } from "../model.ts";

/** How what became of a recommendation looks. */
export const outcomeTones: Readonly<Record<Outcome, Tone>> = {
  overdue: { tone: "bad", pattern: "stripes" },
  "in-action": { tone: "warn", pattern: "half" },
  agreed: { tone: "info", pattern: "half" },
  proposed: { tone: "neutral", pattern: "hollow" },
  done: { tone: "good", pattern: "half" },
  "in-policy": { tone: "good", pattern: "solid" },
  dropped: { tone: "neutral", pattern: "stripes" },
};

/** How the state of a wording looks. */
export const stateTones: Readonly<Record<RecommendationState, Tone>> = {
  proposed: { tone: "neutral", pattern: "hollow" },
  agreed: { tone: "good", pattern: "solid" },
  amended: { tone: "good", pattern: "half" },
  dropped: { tone: "neutral", pattern: "stripes" },
};

/** How far an action is. */
export const actionTones: Readonly<Record<string, Tone>> = {
  planned: { tone: "neutral", pattern: "hollow" },
  "under-way": { tone: "warn", pattern: "half" },
  done: { tone: "good", pattern: "solid" },
  cancelled: { tone: "neutral", pattern: "stripes" },
};
