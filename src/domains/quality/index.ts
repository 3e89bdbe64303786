import { implement } from "../../platform/http/handler.ts";
import { rights, routes, visitRoutes } from "./contract.ts";
import { qualityHandlers, visitHandlers } from "./handlers.ts";

/** The routes of the domain with their handlers. */
export const implementations = [implement(visitRoutes, visitHandlers), implement(routes, qualityHandlers)];
export { acceptanceOf, recordVisit, type VisitReport, withdrawVisit } from "./actions.ts";
export { visitDefinition } from "./definitions.ts";
export { findNonconformitiesOf } from "./nonconformity-store.ts";
export { type PastNonconformity, type PastStep, recordPastNonconformities } from "./past.ts";
export {
  type Reason,
  type ReportFacts,
  type ScreeningLimits,
  screenReports,
  shippedLimits,
} from "./screening.ts";
export { screeningLimits, settings } from "./settings.ts";
export { findVisitsOf } from "./store.ts";
export { waiting } from "./waiting-work.ts";
export { rights };
