import { implement } from "../../platform/http/handler.ts";
import { offerRoutes, pointRoutes, rights, routes } from "./contract.ts";
import { directoryHandlers, offerHandlers, pointHandlers } from "./handlers.ts";

export { offerDefinition, pointDefinition } from "./definitions.ts";
export { settings } from "./settings.ts";
export { findPointSpan, findPointSpans, type PointSpan } from "./store.ts";
export { rights };

/** The routes of the domain with their handlers. */
export const implementations = [
  implement(routes, directoryHandlers),
  implement(pointRoutes, pointHandlers),
  implement(offerRoutes, offerHandlers),
];
