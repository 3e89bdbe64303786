import { type Implementation, implement } from "../../platform/http/handler.ts";
import { casualtyRoutes, reportRoutes, rights, routes } from "./contract.ts";
import { statisticsRoutes } from "./contract-statistics.ts";
import { accidentHandlers, casualtyHandlers, reportHandlers } from "./handlers.ts";
import { statisticsHandlers } from "./statistics-handlers.ts";

export { accidentDefinition, casualtyDefinition } from "./definitions.ts";
export { settings } from "./settings.ts";
export { waiting } from "./waiting-work.ts";
export { rights };

/** The routes of the domain with their handlers. */
export const implementations: readonly Implementation[] = [
  implement(routes, accidentHandlers),
  implement(reportRoutes, reportHandlers),
  implement(casualtyRoutes, casualtyHandlers),
  implement(statisticsRoutes, statisticsHandlers),
];
