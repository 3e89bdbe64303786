import type { Tone } from "../../../platform/ui/StatusTag.tsx";
import type { RunState } from "../model.ts";

/** How the states of runs look as tags. */
export const runTones: Readonly<Record<RunState, Tone>> = {
  waiting: { tone: "neutral", pattern: "hollow" },
  running: { tone: "info", pattern: "half" },
  done: { tone: "good", pattern: "solid" },
  failed: { tone: "bad", pattern: "stripes" },
  cancelled: { tone: "neutral", pattern: "dots" },
};
