import type { Tone } from "../../../platform/ui/StatusTag.tsx";
import type { TaskStatus } from "../model.ts";

/** How the status of a task looks. */
export const taskTones: Readonly<Record<TaskStatus, Tone>> = {
  planned: { tone: "neutral", pattern: "hollow" },
  issued: { tone: "info", pattern: "hollow" },
  "in-progress": { tone: "warn", pattern: "half" },
  suspended: { tone: "neutral", pattern: "dots" },
  completed: { tone: "good", pattern: "solid" },
  "handed-over": { tone: "good", pattern: "stripes" },
  cancelled: { tone: "neutral", pattern: "stripes" },
};
