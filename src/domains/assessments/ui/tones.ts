import type { Tone } from "../../../platform/ui/StatusTag.tsx";
import type { AlertState, AssessmentResult } from "../model.ts";

/** How the state of an alert looks. */
export const alertTones: Readonly<Record<AlertState | "overdue", Tone>> = {
  open: { tone: "bad", pattern: "solid" },
  overdue: { tone: "bad", pattern: "stripes" },
  taken: { tone: "warn", pattern: "half" },
  closed: { tone: "neutral", pattern: "hollow" },
};

/** How a result looks: whether to look closer. */
export function resultTone({
  positive,
  urgent,
  alerts,
}: Pick<AssessmentResult, "positive" | "urgent"> & { alerts: readonly string[] }): Tone {
  if (alerts.length > 0) return { tone: "bad", pattern: "solid" };
  if (positive === true || urgent.length > 0) return { tone: "warn", pattern: "half" };
  return { tone: "neutral" };
}
