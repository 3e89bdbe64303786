import { checkPolygon } from "@santi/land-geometry";
import { dateChecks } from "../../platform/records/checks.ts";
import { codeLists as landCodes } from "../land/model.ts";
import { type Check, type CheckContext, type CheckedReport, error, warning } from "./finding.ts";
import { linkChecks } from "./link-checks.ts";
import { classOfEvidence, codeLists, type ReportType, typeRules } from "./model.ts";
import { inCountry } from "./place-checks.ts";
import { repetitionChecks } from "./repetition-checks.ts";
import type { ReportFinding } from "./state.ts";

/** Everything that the type of the report asks for is there. */
export const whatIsMissing: Check = (report) => {
  const { required, area } = typeRules[report.type];
  const values: Record<string, unknown> = { ...report.body, organisation: report.organisation };
  const empty = (name: string) => {
    const value = values[name];
    return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  };
  // What takes another report back only says why.
  if (report.body.voids) return [...(empty("reason") ? [error("field-missing", "reason")] : []), ...dayMissing(report)];
  const missing = required.filter(empty).map((field) => error("field-missing", field));
  missing.push(...dayMissing(report));
  if (area === "required" && !report.area) missing.push(error("field-missing", "area"));
  // Land on which work stopped must say why it lies there.
  if (report.body.suspends && empty("reason") && !required.includes("reason"))
    missing.push(error("field-missing", "reason"));
  return missing;
};

const dayMissing = ({ effectiveOn }: CheckedReport) => (effectiveOn ? [] : [error("field-missing", "effectiveOn")]);

/** A report that takes another one back names it, and says nothing in its place. */
export const takingBack: Check = ({ corrects, body }) => {
  if (!body.voids) return [];
  const found = corrects ? [] : [error("voids-nothing", "voids")];
  const says =
    body.parts.length > 0 || body.devices.length > 0 || [body.inspection, body.handover, body.monitoring].some(Boolean);
  return says ? [...found, error("voids-and-says", "voids")] : found;
};

/** A type of report speaks only of what it can know: a clearance report cancels nothing. */
export const outcomesOfType: Check = (report) => {
  const allowed = typeRules[report.type].outcomes;
  return report.body.parts
    .filter(({ outcome }) => !allowed.includes(outcome))
    .map(({ id, outcome }) => error("outcome-not-of-type", "outcome", { outcome, type: report.type }, id));
};

/** A survey, clearance or cancellation report that speaks of no ground changes nothing. */
export const nothingSaid: Check = (report) => {
  const speaking: readonly ReportType[] = ["clearance", "cancellation", "re-survey", "opening-balance"];
  return speaking.includes(report.type) && report.body.parts.length === 0 && !report.body.voids
    ? [error("no-parts", "parts")]
    : [];
};

/** Dates lie in the past and in order. */
export const dates: Check = (report, { now }) =>
  dateChecks({ ...report }, now, ["effectiveOn", "startedOn", "endedOn"], [["startedOn", "endedOn"]]).map(
    (finding) => ({
      ...finding,
      part: null,
    }),
  );

/** Polygons are sound: every check that looks at one by itself. */
export const polygons: Check = (report) =>
  report.body.parts.flatMap((part) => {
    if (!part.geometry) {
      // A survey that encloses nothing yet must not pass for the whole of what is open.
      if (part.survey) return [error("polygon-unfinished", "geometry", {}, part.id)];
      const needs = ["boundary-increase", "boundary-decrease", "missed-item"].includes(part.outcome);
      return needs ? [error("geometry-missing", "geometry", {}, part.id)] : [];
    }
    return checkPolygon(part.geometry).map(
      ({ check, severity, params }): ReportFinding => ({
        check,
        severity,
        part: part.id,
        field: "geometry",
        params: Object.fromEntries(
          Object.entries(params).map(([name, value]) => [
            name,
            typeof value === "object" ? JSON.stringify(value) : (value as string | number),
          ]),
        ),
      }),
    );
  });

/** Cleared ground says to which depth. */
export const depth: Check = (report) =>
  report.body.parts
    .filter(({ outcome, depthCentimetres }) => outcome === "cleared" && depthCentimetres === null)
    .map(({ id }) => error("depth-missing", "depthCentimetres", {}, id));

/** A class rests on evidence that the country takes for it. */
export const evidence: Check = (report, { rules }) => {
  const allowed = classOfEvidence(rules, report.body.evidence);
  if (report.type === "opening-balance") return [];
  return report.body.parts
    .filter(
      ({ outcome, areaClass }) =>
        ["identified", "reclassified"].includes(outcome) && (areaClass === "cha" || areaClass === "sha"),
    )
    .filter(({ areaClass }) => allowed !== areaClass && !(areaClass === "sha" && allowed === "cha"))
    .map(({ id, areaClass }) => warning("evidence-below-class", "evidence", { class: areaClass }, id));
};

/** Evidence, contamination and land classes are of their lists: a figure under a code that no list has is lost. */
export const codes: Check = (report, { rules }) => {
  const evidence: readonly string[] = [
    ...codeLists["direct-evidence"],
    ...codeLists["indirect-evidence"],
    ...rules.confirms,
    ...rules.suspects,
  ];
  const types: readonly string[] = landCodes["contamination-type"];
  const classes = rules.landClasses.map(({ code }) => code);
  // A country that keeps no list of land classes may still have written some.
  const odd = classes.length > 0 ? error : warning;
  return [
    ...report.body.evidence
      .filter((value) => !evidence.includes(value))
      .map((value) => error("code-unknown", "evidence", { value })),
    ...report.body.parts.flatMap(({ id, contamination, landClass }) => [
      ...contamination
        .filter((value) => !types.includes(value))
        .map((value) => error("code-unknown", "contamination", { value }, id)),
      ...(landClass && !classes.includes(landClass)
        ? [odd("code-unknown", "landClass", { value: landClass }, id)]
        : []),
    ]),
  ];
};

/** Who worked was known and accredited on the day. */
export const accreditation: Check = (report, context) => {
  const { rules, accreditation: known } = context;
  if (!report.organisation) return [];
  if (!known) return [error("operator-unknown", "organisation")];
  if (rules.accreditation === "no") return [];
  const day = report.effectiveOn;
  const make = rules.accreditation === "refuse" ? error : warning;
  if (known.suspended) return [make("accreditation-suspended", "organisation")];
  if (day && known.to && day > known.to) return [make("accreditation-expired", "organisation", { date: known.to })];
  if (day && known.from && day < known.from)
    return [make("accreditation-not-yet", "organisation", { date: known.from })];
  return [];
};

/** Land counts as cleared when it was inspected and accepted. */
export const control: Check = (report, { rules, controlled }) => {
  const clears = report.body.parts.some(({ outcome }) => outcome === "cleared");
  if (!clears || controlled || rules.clearedNeedsControl === "no") return [];
  return [(rules.clearedNeedsControl === "refuse" ? error : warning)("control-missing", null)];
};

/** Two parts of a report do not say the same of the whole area. */
export const wholeTwice: Check = (report) => {
  const whole = report.body.parts.filter(({ geometry, outcome }) => geometry === null && outcome !== "identified");
  const areas = whole.map(({ area }) => area ?? report.area);
  return whole
    .filter((_part, i) => areas.indexOf(areas[i] as string) !== i)
    .map(({ id }) => error("whole-area-twice", "geometry", {}, id));
};

const all: readonly Check[] = [
  whatIsMissing,
  takingBack,
  nothingSaid,
  outcomesOfType,
  dates,
  polygons,
  inCountry,
  depth,
  codes,
  evidence,
  accreditation,
  control,
  wholeTwice,
  ...linkChecks,
  ...repetitionChecks,
];

/** Everything that can be said about a report by itself; what it does to areas is found by applying it. */
export function checkReport(report: CheckedReport, context: CheckContext): ReportFinding[] {
  return all.flatMap((check) => check(report, context));
}
