import type { RecordType, RecordValues } from "../../platform/contract/record-type.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Finding, RecordDefinition } from "../../platform/records/definition.ts";
import { registerReference } from "../../platform/records/references.ts";
import { activity, contribution, coverage, indicator, phase, programme, project, session, use } from "./contract.ts";
import { coverageKinds, type PeopleCounts, peopleIn } from "./model.ts";

registerReference("results.programme", "results.programme", "results_programme_name");
registerReference("results.phase", "results.phase", "results_phase_name");
registerReference("results.project", "results.project", "results_project_name");
registerReference("results.indicator", "results.indicator", "results_indicator_state");

const error = (check: string, field: string, params: Finding["params"] = {}): Finding => ({
  ...{ check, severity: "error", field, params },
});

/** A part of some people cannot be more than all of them. */
function partCheck(values: RecordValues, part: string, all: number): Finding[] {
  const given = values[part];
  return typeof given === "number" && given > all ? [error("more-than-all-people", part, { all })] : [];
}

/** Exactly what the kind names is claimed. */
function coverageChecks(values: RecordValues): Finding[] {
  const { kind } = values;
  return coverageKinds.flatMap((name) => {
    const given = (values[name] ?? null) !== null;
    if (kind === name) return given ? [] : [error("claims-nothing", name)];
    return given ? [error("claims-something-else", name)] : [];
  });
}

/** A rate is worth what its day and its source are worth. */
function contributionChecks(values: RecordValues, now: Date): Finding[] {
  const { rate, rateOn, rateSource } = values;
  const findings = dateChecks(values, now, ["receivedOn", "rateOn"]);
  if (typeof rate !== "number") return findings;
  if (!rateOn) findings.push(error("rate-without-day", "rateOn"));
  if (!rateSource) findings.push(error("rate-without-source", "rateSource"));
  return findings;
}

const indirectly = (values: RecordValues): PeopleCounts => ({
  women: values.indirectWomen as number | null,
  girls: values.indirectGirls as number | null,
  men: values.indirectMen as number | null,
  boys: values.indirectBoys as number | null,
  unknown: values.indirectUnknown as number | null,
});

const activityChecks = (values: RecordValues, now: Date): Finding[] => [
  ...dateChecks(values, now, ["startedOn", "endedOn"], [["startedOn", "endedOn"]]),
  ...partCheck(values, "withDisability", peopleIn(values as PeopleCounts)),
  ...partCheck(values, "indirectWithDisability", peopleIn(indirectly(values))),
];

/** People are taught in sessions and reached by media: one is never told as the other. */
function sessionChecks(values: RecordValues, now: Date): Finding[] {
  const taught = peopleIn(values as PeopleCounts);
  const findings = [
    ...dateChecks(values, now, ["heldOn"]),
    ...partCheck(values, "withDisability", taught),
    ...partCheck(values, "firstTime", taught),
  ];
  if (values.kind === "mass-media" && taught > 0) findings.push(error("media-teach-nobody", "kind"));
  if (values.kind !== "mass-media" && typeof values.reach === "number" && values.reach > 0)
    findings.push(error("reach-of-session", "reach"));
  return findings;
}

/** A share has something to be a part of. */
function indicatorChecks(values: RecordValues, now: Date): Finding[] {
  const findings = dateChecks(values, now, [], [["validFrom", "validUntil"]]);
  if (values.kind === "share" && !values.denominator) findings.push(error("share-of-nothing", "denominator"));
  if (values.kind === "count" && values.denominator) findings.push(error("count-is-no-share", "denominator"));
  return findings;
}

function define(
  type: RecordType,
  codePrefix: string,
  searchFields: readonly string[],
  check: RecordDefinition["check"],
  defaultLevel = 1,
): RecordDefinition {
  return {
    ...{ type, codePrefix, searchFields, defaultLevel },
    table: type.name.replace(".", "_"),
    derive: () => ({}),
    check,
  };
}

const inOrder: RecordDefinition["check"] = (values, now) => dateChecks(values, now, [], [["startedOn", "endedOn"]]);

/** Programmes, phases and projects in the generic record engine; that they exist is public. */
export const programmeDefinition = define(programme, "PRG", ["code", "names"], inOrder, 0);
export const phaseDefinition = define(phase, "PHS", ["code", "names"], inOrder, 0);
export const projectDefinition = define(project, "PRJ", ["code", "names"], inOrder, 0);
/** What projects claim. */
export const coverageDefinition = define(coverage, "COV", ["code"], coverageChecks);
/** What donors gave. */
export const contributionDefinition = define(contribution, "CTR", ["code"], contributionChecks);
/** What was done for people. */
export const activityDefinition = define(activity, "RAC", ["code"], activityChecks);
/** What released land became. */
export const useDefinition = define(use, "USE", ["code"], (values, now) => dateChecks(values, now, ["seenOn"]));
/** What is measured; public as its wording is. */
export const indicatorDefinition = define(indicator, "IND", ["code", "names", "reference"], indicatorChecks, 0);
/** Risk education. */
export const sessionDefinition = define(session, "ERE", ["code"], sessionChecks);

/** Every record type of results, those that others point to first. */
export const definitions: readonly RecordDefinition[] = [
  programmeDefinition,
  phaseDefinition,
  projectDefinition,
  coverageDefinition,
  contributionDefinition,
  activityDefinition,
  useDefinition,
  indicatorDefinition,
  sessionDefinition,
];
