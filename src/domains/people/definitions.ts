import type { RecordValues } from "../../platform/contract/record-type.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Finding, RecordDefinition } from "../../platform/records/definition.ts";
import { registerReference } from "../../platform/records/references.ts";
import { registerSealedTable } from "../../platform/vault/index.ts";
import { person } from "./contract.ts";
import { partPlace } from "./identity-store.ts";

registerReference("people.person", "people.person", "people_person_name");
registerSealedTable({
  table: "people_identity",
  key: ["country", "person", "part"],
  place: ({ country = "", person: id = "", part = "" }) => partPlace({ country, person: id, part }),
});

/** What cannot be true of a person. */
function personChecks(values: RecordValues, now: Date): Finding[] {
  const findings = dateChecks(values, now, ["registeredOn"]);
  const { birthYear, registeredOn } = values;
  if (typeof birthYear !== "number") return findings;
  const latest = typeof registeredOn === "string" ? Number(registeredOn.slice(0, 4)) : now.getUTCFullYear();
  if (birthYear > latest)
    findings.push({ check: "born-after-registration", severity: "error", field: "birthYear", params: { birthYear } });
  else if (latest - birthYear > 120)
    findings.push({ check: "age-above-120", severity: "warning", field: "birthYear", params: { birthYear } });
  return findings;
}

/** People without their names in the generic record engine. */
export const personDefinition: RecordDefinition = {
  type: person,
  table: "people_person",
  searchFields: ["code"],
  codePrefix: "P",
  defaultLevel: 2,
  derive: ({ identity }) => ({ identity: identity ?? "none" }),
  check: personChecks,
};
