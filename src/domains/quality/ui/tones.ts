import type { Tone } from "../../../platform/ui/StatusTag.tsx";
import type { NonconformityState, Severity, VisitResult } from "../model.ts";

/** How the result of a visit looks. */
export const resultTones: Readonly<Record<VisitResult, Tone>> = {
  accepted: { tone: "good", pattern: "solid" },
  "accepted-with-conditions": { tone: "warn", pattern: "half" },
  rejected: { tone: "bad", pattern: "stripes" },
};

/** How severe a non-conformity looks. */
export const severityTones: Readonly<Record<Severity, Tone>> = {
  critical: { tone: "bad", pattern: "solid" },
  major: { tone: "warn", pattern: "half" },
  minor: { tone: "neutral", pattern: "hollow" },
};

/** How the state of a non-conformity looks. */
export const stateTones: Readonly<Record<NonconformityState | "overdue", Tone>> = {
  open: { tone: "warn", pattern: "hollow" },
  corrected: { tone: "info", pattern: "half" },
  closed: { tone: "good", pattern: "solid" },
  overdue: { tone: "bad", pattern: "stripes" },
};
