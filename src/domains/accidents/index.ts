import { implement } from "../../platform/http/handler.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { checkAccident } from "./checks.ts";
import { accident, rights, routes } from "./contract.ts";

/** Accidents in the generic record engine. */
export const accidentDefinition: RecordDefinition = {
  type: accident,
  table: "accidents_accident",
  searchFields: ["code", "unitAsWritten"],
  codePrefix: "ACC",
  defaultLevel: 1,
  derive: () => ({}),
  check: checkAccident,
};

/** The routes of the domain with their handlers. */
export const implementation = implement(
  routes,
  recordHandlers(accidentDefinition, { read: "accidents.read", correct: "accidents.correct" }),
);
export { rights };
