import type { Language } from "../../platform/contract/fields.ts";
import type { Database } from "../../platform/database/types.ts";
import { type Implementation, implement } from "../../platform/http/handler.ts";
import type { Translator } from "../../platform/i18n/translator.ts";
import type { Jobs } from "../../platform/jobs/index.ts";
import type { Clock } from "../../platform/kernel/clock.ts";
import { registerReference } from "../../platform/records/references.ts";
import { rights, routes } from "./contract.ts";
import { explorerRoutes } from "./contract-explorer.ts";
import { createEngineThread } from "./engine/thread.ts";
import { explorerHandlers } from "./explorer-handlers.ts";
import { accessHandlers } from "./handlers.ts";
import { defineAnalysisJob } from "./run-job.ts";

registerReference("access-to-care.analysis", "access-to-care.analysis", "access_to_care_analysis_name");

export { type Acting, createAnalysis, enterRun } from "./actions.ts";
export { accessToCareProblems, type Parameters, parameters } from "./contract.ts";
export { performRun } from "./run-job.ts";
export { recordSampleAccess } from "./sample.ts";
export { settings } from "./settings.ts";
export { findAnalysisByCode, findRun } from "./store.ts";
export { rights };

/** What a node gives to analyses of access to care. */
export interface AccessToCareSetup {
  jobs: Pick<Jobs, "define" | "enter">;
  database: Database;
  clock: Clock;
  translator(language: Language): Translator;
}

/** The routes of the domain with their handlers; declares its job. */
export function createAccessToCare(setup: AccessToCareSetup): readonly Implementation[] {
  defineAnalysisJob(setup);
  // One thread looks at files and answers the explorer; each run has one of its own, which ends with it.
  const thread = createEngineThread();
  return [implement(routes, accessHandlers({ ...setup, thread })), implement(explorerRoutes, explorerHandlers(thread))];
}
