import type { RecordRoutes } from "../../platform/contract/record-routes.ts";
import { type Implementation, implement } from "../../platform/http/handler.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import {
  activityRoutes,
  contributionRoutes,
  coverageRoutes,
  indicatorRoutes,
  phaseRoutes,
  programmeRoutes,
  projectRoutes,
  rights,
  sessionRoutes,
  useRoutes,
} from "./contract.ts";
import {
  activityDefinition,
  contributionDefinition,
  coverageDefinition,
  indicatorDefinition,
  phaseDefinition,
  programmeDefinition,
  projectDefinition,
  sessionDefinition,
  useDefinition,
} from "./definitions.ts";

const of = (routes: RecordRoutes, definition: RecordDefinition): Implementation =>
  implement(routes, recordHandlers(definition, { read: "results.read", correct: "results.write" }));

/** The routes of the domain with their handlers. */
export const implementations: readonly Implementation[] = [
  of(programmeRoutes, programmeDefinition),
  of(phaseRoutes, phaseDefinition),
  of(projectRoutes, projectDefinition),
  of(coverageRoutes, coverageDefinition),
  of(contributionRoutes, contributionDefinition),
  of(activityRoutes, activityDefinition),
  of(useRoutes, useDefinition),
  of(indicatorRoutes, indicatorDefinition),
  of(sessionRoutes, sessionDefinition),
];

export {
  activityDefinition,
  contributionDefinition,
  coverageDefinition,
  definitions,
  indicatorDefinition,
  phaseDefinition,
  programmeDefinition,
  projectDefinition,
  sessionDefinition,
  useDefinition,
} from "./definitions.ts";
export { rights };
