import type { RecordValues } from "../../platform/contract/record-type.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Finding, RecordDefinition } from "../../platform/records/definition.ts";
import { registerReference } from "../../platform/records/references.ts";
import { visit } from "./contract.ts";
import { effectiveResult } from "./model.ts";

registerReference("quality.visit", "quality.visit", "quality_visit_name");

const error = (check: string, field: string): Finding => ({ check, severity: "error", field, params: {} });

/** What a visit must say to be understood later. */
function visitChecks(values: RecordValues, now: Date): Finding[] {
  const findings = dateChecks(values, now, ["visitedOn"]);
  const { kind, organisation, inspectingOrganisation, result, conditions, sampledSquareMetres, itemsFoundInSample } =
    values;
  if (kind !== "qa-internal" && organisation !== undefined && organisation === inspectingOrganisation)
    findings.push(error("inspects-itself", "inspectingOrganisation"));
  if (result === "accepted-with-conditions" && !conditions) findings.push(error("conditions-missing", "conditions"));
  if (typeof itemsFoundInSample === "number" && itemsFoundInSample > 0 && !sampledSquareMetres)
    findings.push(error("sample-missing", "sampledSquareMetres"));
  return findings;
}

/** Inspection visits in the generic record engine. An item in sampled land rejects, whatever was ticked. */
export const visitDefinition: RecordDefinition = {
  type: visit,
  table: "quality_visit",
  searchFields: ["code"],
  codePrefix: "QV",
  defaultLevel: 1,
  derive: (values) => ({ result: effectiveResult(values) }),
  check: visitChecks,
};
