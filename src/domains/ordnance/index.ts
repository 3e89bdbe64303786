import { implement } from "../../platform/http/handler.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { event, eventRoutes, find, findRoutes, rights } from "./contract.ts";

/** Finds of explosive items in the generic record engine. */
export const findDefinition: RecordDefinition = {
  type: find,
  table: "ordnance_find",
  searchFields: ["code", "model"],
  codePrefix: "FND",
  defaultLevel: 1,
  derive: () => ({}),
  check: (values, now) => dateChecks(values, now, ["foundOn", "disposedOn"], [["foundOn", "disposedOn"]]),
};

/** Other events with explosive ordnance in the generic record engine. */
export const eventDefinition: RecordDefinition = {
  type: event,
  table: "ordnance_event",
  searchFields: ["code", "unitAsWritten"],
  codePrefix: "EVT",
  defaultLevel: 1,
  derive: () => ({}),
  check: (values, now) => dateChecks(values, now, ["occurredOn"]),
};

const needed = { read: "ordnance.read", correct: "ordnance.correct" };

/** The routes of the domain with their handlers. */
export const implementations = [
  implement(findRoutes, recordHandlers(findDefinition, needed)),
  implement(eventRoutes, recordHandlers(eventDefinition, needed)),
];
export { rights };
