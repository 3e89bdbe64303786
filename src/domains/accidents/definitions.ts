import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { registerReference } from "../../platform/records/references.ts";
import { accidentsBeside, casualtiesBeside } from "./beside.ts";
import { checkAccident, checkCasualty } from "./checks.ts";
import { accident, casualty } from "./contract.ts";
import { ageGroupOf } from "./model.ts";

registerReference("accidents.accident", "accidents.accident", "accidents_accident_name");
registerReference("ordnance.find", "ordnance.find", "ordnance_find_name");

/** What is left of a position that was not safe to record: that it is the unit's. */
const unitOnly: RecordValues = {
  geometry: null,
  coordinatesAsTyped: null,
  coordinateFormat: null,
  datum: null,
  datumOperation: null,
  accuracyMetres: null,
  fixedBy: "unit-centroid",
};

/** Accidents in the generic record engine. What comes without a state, as imports do, counts as approved. */
export const accidentDefinition: RecordDefinition = {
  type: accident,
  table: "accidents_accident",
  searchFields: ["code", "unitAsWritten"],
  codePrefix: "ACC",
  defaultLevel: 1,
  derive: ({ state, safeToRecord }) => ({ state: state ?? "approved", ...(safeToRecord === false ? unitOnly : {}) }),
  check: checkAccident,
  beside: accidentsBeside,
};

/** Casualties in the generic record engine. */
export const casualtyDefinition: RecordDefinition = {
  type: casualty,
  table: "accidents_casualty",
  searchFields: ["code"],
  codePrefix: "VA",
  defaultLevel: 1,
  derive: ({ age, ageGroup, diedOn, outcome }) => ({
    ageGroup: ageGroupOf(typeof age === "number" ? age : null) ?? ageGroup ?? null,
    outcome: diedOn ? "killed" : outcome,
  }),
  check: checkCasualty,
  beside: casualtiesBeside,
};
