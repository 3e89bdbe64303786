import { visitDefinition } from "../quality/index.ts";
import { type Check, error, warning } from "./finding.ts";
import { type Areal, groundLeft, isEmpty, metresOf } from "./ground.ts";
import { visitValues } from "./inspection.ts";

/** The area that the report names is there. */
export const namedArea: Check = (report, { areaKnown }) =>
  report.area && !areaKnown ? [error("area-unknown", "area")] : [];

/** Square metres outside the task's polygon that are still its border measured twice. */
const tolerance = 10;

/** The task that the report names is there, was given to this organisation, and is about this ground. */
export const namedTask: Check = (report, { task }) => {
  if (!report.task) return [];
  if (!task) return [error("task-unknown", "task")];
  const { code } = task;
  const found = [];
  if (report.organisation && task.organisation && report.organisation !== task.organisation)
    found.push(warning("task-of-another", "task", { code }));
  if (report.area && task.areas.length > 0 && !task.areas.includes(report.area))
    found.push(warning("area-not-of-task", "task", { code }));
  if (task.issuedOn && report.effectiveOn && report.effectiveOn < task.issuedOn)
    found.push(warning("report-before-task", "effectiveOn", { code, date: task.issuedOn }));
  if (task.status === "cancelled") found.push(warning("task-cancelled", "task", { code }));
  const within = task.geometry;
  if (!within) return found;
  const outside = (geometry: Areal) => metresOf(groundLeft(geometry, [{ ground: within }]));
  for (const { id, geometry } of report.body.parts) {
    const squareMetres = geometry && !isEmpty(geometry) ? outside(geometry) : 0;
    if (squareMetres > tolerance) found.push(warning("outside-task", "geometry", { code, squareMetres }, id));
  }
  return found;
};

/** An inspection is what quality takes for a visit: it says whose work it looked at, and leaves time to mend. */
export const inspection: Check = (report, { inspected, now }) => {
  const said = report.body.inspection;
  const values = visitValues(report, inspected);
  if (report.type !== "quality-inspection" || !said || !values) return [];
  const found = inspected ? [] : [error("inspected-unknown", "inspection")];
  for (const { check, severity, params } of visitDefinition.check(values, now))
    if (severity === "error" && !["date-in-future", "dates-out-of-order"].includes(check))
      found.push(error(check, "inspection", params));
  const accepts = said.result === "accepted" && said.itemsFound === 0;
  if (accepts && said.nonConformities.some(({ severity }) => severity === "critical"))
    found.push(error("accepted-with-critical", "inspection"));
  const day = report.endedOn ?? report.effectiveOn;
  const late = said.nonConformities.some(({ deadline }) => deadline !== null && day !== null && deadline < day);
  return late ? [...found, error("deadline-before-visit", "inspection", { date: day })] : found;
};

/** Everything about what a report names beside its own words. */
export const linkChecks: readonly Check[] = [namedArea, namedTask, inspection];
