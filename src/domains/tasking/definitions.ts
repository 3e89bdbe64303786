import type { RecordValues } from "../../platform/contract/record-type.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Finding, RecordDefinition } from "../../platform/records/definition.ts";
import { registerReference } from "../../platform/records/references.ts";
import { progress, task, team } from "./contract.ts";

registerReference("tasking.task", "tasking.task", "tasking_task_name");
registerReference("tasking.team", "tasking.team", "tasking_team_name");

/** Teams in the generic record engine. A team may be planned to end in the future. */
export const teamDefinition: RecordDefinition = {
  type: team,
  table: "tasking_team",
  searchFields: ["code", "names"],
  codePrefix: "TEAM",
  defaultLevel: 1,
  derive: () => ({}),
  check: (values, now) => dateChecks(values, now, ["activeFrom"], [["activeFrom", "activeTo"]]),
};

/** Dates of a task in order. Start and deadline lie in the future by nature; only what was issued cannot. */
function taskChecks(values: RecordValues, now: Date): Finding[] {
  return [
    ...dateChecks(
      values,
      now,
      ["issuedOn"],
      [
        ["issuedOn", "deadline"],
        ["startOn", "deadline"],
      ],
    ),
    ...(values.status !== "planned" &&
    values.status !== "cancelled" &&
    values.status !== undefined &&
    !values.organisation
      ? [{ check: "task-without-organisation", severity: "error" as const, field: "organisation", params: {} }]
      : []),
  ];
}

/** Task orders in the generic record engine. A new one is planned; its status then moves by `moveTask` alone. */
export const taskDefinition: RecordDefinition = {
  type: task,
  table: "tasking_task",
  searchFields: ["code", "title"],
  codePrefix: "TASK",
  defaultLevel: 1,
  derive: (values) => ({ status: values.status ?? "planned" }),
  check: taskChecks,
};

/** A day has 24 hours, and lost hours have a reason. */
function progressChecks(values: RecordValues, now: Date): Finding[] {
  const { hours, downtimeHours, downtimeReason } = values;
  const findings = dateChecks(values, now, ["day"]);
  if (typeof hours === "number" && typeof downtimeHours === "number" && hours + downtimeHours > 24)
    findings.push({
      check: "more-than-a-day",
      severity: "error",
      field: "downtimeHours",
      params: { hours: hours + downtimeHours },
    });
  if (typeof downtimeHours === "number" && downtimeHours > 0 && !downtimeReason)
    findings.push({ check: "downtime-without-reason", severity: "error", field: "downtimeReason", params: {} });
  return findings;
}

/** Daily progress in the generic record engine. */
export const progressDefinition: RecordDefinition = {
  type: progress,
  table: "tasking_progress",
  searchFields: ["code"],
  codePrefix: "PRG",
  defaultLevel: 1,
  derive: () => ({}),
  check: progressChecks,
};
