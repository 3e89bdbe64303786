import type { RecordType, RecordValues } from "../../platform/contract/record-type.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Finding, RecordDefinition } from "../../platform/records/definition.ts";
import { registerReference } from "../../platform/records/references.ts";
import { action, consultation, evidence, finding, recommendation, study } from "./contract.ts";
import { askedKinds, breakdowns, fewestShown } from "./model.ts";

registerReference("studies.study", "studies.study", "studies_study_name");

const error = (check: string, field: string, params: Finding["params"] = {}): Finding => ({
  check,
  severity: "error",
  field,
  params,
});

const webAddress = (values: RecordValues): Finding[] =>
  typeof values.url === "string" && !/^https?:\/\/\S+$/.test(values.url) ? [error("address-malformed", "url")] : [];

/** People by sex, age and disability add up to all people, where somebody counted them so. */
function countChecks(values: RecordValues): Finding[] {
  const { participants } = values;
  const findings: Finding[] = [];
  for (const parts of Object.values(breakdowns)) {
    const given = parts.map((name) => values[name]).filter((value) => typeof value === "number");
    const sum = given.reduce((total, value) => total + value, 0);
    const [first] = parts;
    if (given.length === 0) continue;
    if (typeof participants !== "number") findings.push(error("participants-missing", "participants"));
    // A part that nobody counted may hold the rest; more than everybody can never be.
    else if (sum > participants || (given.length === parts.length && sum !== participants))
      findings.push(error("people-do-not-add-up", first, { sum, total: participants }));
  }
  return findings;
}

/** What a piece of evidence must say to be one. */
function evidenceChecks(values: RecordValues, now: Date): Finding[] {
  const { kind, participants, screenedPositive, citation, analysis } = values;
  const findings = [
    ...dateChecks(values, now, ["fromOn", "toOn"], [["fromOn", "toOn"]]),
    ...countChecks(values),
    ...webAddress(values),
  ];
  if (typeof kind === "string" && askedKinds.includes(kind) && typeof participants !== "number")
    findings.push(error("participants-missing", "participants"));
  if (kind === "literature" && !citation) findings.push(error("citation-missing", "citation"));
  if (analysis && kind !== "analysis") findings.push(error("analysis-of-other-kind", "analysis"));
  if (typeof screenedPositive === "number") {
    if (typeof participants !== "number" || screenedPositive > participants)
      findings.push(error("more-than-asked", "screenedPositive", { total: Number(participants ?? 0) }));
    else if (screenedPositive > 0 && screenedPositive < fewestShown)
      findings.push(error("too-few-to-tell", "screenedPositive", { fewest: fewestShown }));
  }
  return findings.filter(
    ({ check, field }, i) => findings.findIndex((f) => f.check === check && f.field === field) === i,
  );
}

/** Somebody is addressed, and what costs something says in which currency. */
function recommendationChecks(values: RecordValues): Finding[] {
  return [
    ...(values.addressee || values.sector ? [] : [error("addressee-missing", "addressee")]),
    ...(typeof values.cost === "number" && !values.currency ? [error("currency-not-said", "currency")] : []),
  ];
}

/** A day that is yet to come is planned. How many came is known only of a consultation that was held. */
function consultationChecks(values: RecordValues, now: Date): Finding[] {
  const { status, heldOn, participants } = values;
  const tomorrow = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  const findings: Finding[] = [];
  if (status === "held" && typeof heldOn === "string" && heldOn > tomorrow)
    findings.push(error("consultation-yet-to-come", "status", { date: heldOn }));
  if (status !== "held" && typeof participants === "number")
    findings.push(error("participants-before-held", "participants"));
  if (status === "held" && typeof participants === "number") {
    const [women, men, unknown] = ["women", "men", "sexUnknown"].map((name) => Number(values[name] ?? 0));
    const sum = (women ?? 0) + (men ?? 0) + (unknown ?? 0);
    if (sum !== participants)
      findings.push(error("people-do-not-add-up", "participants", { sum, total: participants }));
    if (Number(values.withDisability ?? 0) > participants)
      findings.push(error("more-than-asked", "withDisability", { total: participants }));
  }
  return findings;
}

/** Somebody owns an action, and what is done says when. */
function actionChecks(values: RecordValues, now: Date): Finding[] {
  const { owner, ownerAsWritten, status, doneOn, linkedKind, linkedTitle } = values;
  return [
    ...dateChecks(values, now, ["doneOn"]),
    ...webAddress(values),
    ...(owner || ownerAsWritten ? [] : [error("action-without-owner", "owner")]),
    ...(status === "done" && !doneOn ? [error("done-without-date", "doneOn")] : []),
    ...(status !== "done" && doneOn ? [error("date-but-not-done", "status")] : []),
    ...(linkedKind && !linkedTitle ? [error("linked-without-title", "linkedTitle")] : []),
    ...(linkedTitle && !linkedKind ? [error("linked-without-kind", "linkedKind")] : []),
  ];
}

function define(
  type: RecordType,
  codePrefix: string,
  searchFields: readonly string[],
  check: RecordDefinition["check"],
): RecordDefinition {
  return {
    type,
    table: type.name.replace(".", "_"),
    searchFields,
    codePrefix,
    defaultLevel: 1,
    derive: () => ({}),
    check,
  };
}

/** Studies in the generic record engine. A new one is restricted; publishing makes it public. */
export const studyDefinition = define(study, "STU", ["code", "names", "programme"], (values, now) =>
  dateChecks(values, now, ["startedOn"], [["startedOn", "endedOn"]]),
);
/** What findings rest on. */
export const evidenceDefinition = define(evidence, "EVI", ["code", "title"], evidenceChecks);
/** What was found. */
export const findingDefinition = define(finding, "FND", ["code"], () => []);
/** What should be done. */
export const recommendationDefinition = define(recommendation, "REC", ["code"], recommendationChecks);
/** Where it was talked about. */
export const consultationDefinition = define(consultation, "CON", ["code", "title"], consultationChecks);
/** What is done about it. */
export const actionDefinition = define(action, "ACT", ["code"], actionChecks);
