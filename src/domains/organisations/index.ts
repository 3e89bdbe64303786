import { implement } from "../../platform/http/handler.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { registerReference } from "../../platform/records/references.ts";
import { organisation, rights, routes } from "./contract.ts";

registerReference("organisation", "organisations.organisation", "organisations_name");

/** Organisations in the generic record engine. An accreditation may end in the future, so only its start is checked. */
export const organisationDefinition: RecordDefinition = {
  type: organisation,
  table: "organisations_organisation",
  searchFields: ["code", "names"],
  codePrefix: "ORG",
  defaultLevel: 0,
  derive: () => ({}),
  check: (values, now) => dateChecks(values, now, ["accreditedFrom"], [["accreditedFrom", "accreditedTo"]]),
};

/** The routes of the domain with their handlers. */
export const implementation = implement(
  routes,
  recordHandlers(organisationDefinition, { read: "organisations.read", correct: "organisations.correct" }),
);
export { rights };
