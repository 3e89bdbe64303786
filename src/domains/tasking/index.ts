import { implement } from "../../platform/http/handler.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { progressRoutes, rights, routes, taskRoutes, teamRoutes } from "./contract.ts";
import { priorityRoutes } from "./contract-priority.ts";
import { teamDefinition } from "./definitions.ts";
import { progressHandlers, taskHandlers, taskingHandlers } from "./handlers.ts";
import { priorityHandlers } from "./priority-handlers.ts";

/** The routes of the domain with their handlers. */
export const implementations = [
  implement(teamRoutes, recordHandlers(teamDefinition, { read: "tasking.read", correct: "tasking.manage" })),
  implement(taskRoutes, taskHandlers),
  implement(progressRoutes, progressHandlers),
  implement(routes, taskingHandlers),
  implement(priorityRoutes, priorityHandlers),
];
export { moveTask } from "./actions.ts";
export { progressDefinition, taskDefinition, teamDefinition } from "./definitions.ts";
export { settings } from "./settings.ts";
export { rights };
