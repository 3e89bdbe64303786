import type { RecordValues } from "../../platform/contract/record-type.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Finding } from "../../platform/records/definition.ts";

/** More than this many casualties in one accident is worth a second look. */
const manyCasualties = 50;

/** An accident with an implausible number of casualties. */
export function unlikelyCasualties(values: RecordValues): Finding[] {
  return ["killed", "injured", "amputated", "outcomeUnknown"].flatMap((field) => {
    const count = values[field];
    return typeof count === "number" && count > manyCasualties
      ? [{ check: "unlikely-count", severity: "warning" as const, field, params: { count } }]
      : [];
  });
}

/** All checks of an accident as a whole. */
export function checkAccident(values: RecordValues, now: Date): Finding[] {
  return [...dateChecks(values, now, ["occurredOn"]), ...unlikelyCasualties(values)];
}
