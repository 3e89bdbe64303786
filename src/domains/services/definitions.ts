import type { RecordValues } from "../../platform/contract/record-type.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Finding, RecordDefinition } from "../../platform/records/definition.ts";
import { registerReference } from "../../platform/records/references.ts";
import { offer, point } from "./contract.ts";
import { codeLists } from "./model.ts";

registerReference("services.point", "services.point", "services_point_name");

const error = (check: string, field: string, params: Finding["params"] = {}): Finding => ({
  check,
  severity: "error",
  field,
  params,
});

/** Codes that the program does not know; the labels of a country are translated before they come here. */
function codeChecks(values: RecordValues, fields: Readonly<Record<string, string>>): Finding[] {
  return Object.entries(fields).flatMap(([field, list]) => {
    const known = codeLists[list] ?? [];
    const value = values[field];
    const given = Array.isArray(value) ? value : typeof value === "string" ? [value] : [];
    return given
      .filter((code) => !known.includes(code as string))
      .map((code) => error("no-such-code", field, { code: String(code) }));
  });
}

/** What cannot be true of a point. */
function pointChecks(values: RecordValues, now: Date): Finding[] {
  const findings = [
    ...dateChecks(values, now, ["verifiedOn"], [["validFrom", "validUntil"]]),
    ...codeChecks(values, {
      languages: "service-language",
      accessibility: "accessibility-feature",
      cost: "service-cost",
    }),
  ];
  if (typeof values.email === "string" && !/^\S+@\S+\.\S+$/.test(values.email))
    findings.push(error("email-malformed", "email"));
  return findings;
}

/** What cannot be true of an offer. */
function offerChecks(values: RecordValues, now: Date): Finding[] {
  const findings = [
    ...dateChecks(values, now, [], [["validFrom", "validUntil"]]),
    ...codeChecks(values, { service: "service", cost: "service-cost", currency: "currency" }),
  ];
  if (typeof values.price === "number" && !values.currency) findings.push(error("currency-missing", "currency"));
  return findings;
}

/** Points of service in the generic record engine. */
export const pointDefinition: RecordDefinition = {
  type: point,
  table: "services_point",
  searchFields: ["code", "names"],
  codePrefix: "SP",
  defaultLevel: 0,
  derive: () => ({}),
  check: pointChecks,
};

/** What points offer, in the generic record engine. */
export const offerDefinition: RecordDefinition = {
  type: offer,
  table: "services_offer",
  searchFields: ["code"],
  codePrefix: "SO",
  defaultLevel: 0,
  derive: () => ({}),
  check: offerChecks,
};
