import type { RecordValues } from "../contract/record-type.ts";
import type { Finding } from "./definition.ts";

/**
 * Checks that hold for the dates of any record: not in the future (by the clock given, with a day for time zones), not
 * before 1900, and in order.
 * @param order pairs of fields of which the first may not be after the second
 */
export function dateChecks(
  values: RecordValues,
  now: Date,
  fields: readonly string[],
  order: readonly (readonly [string, string])[] = [],
): Finding[] {
  const findings: Finding[] = [];
  const tomorrow = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  for (const field of fields) {
    const date = values[field];
    if (typeof date !== "string") continue;
    if (date > tomorrow) findings.push({ check: "date-in-future", severity: "error", field, params: { date } });
    else if (date < "1900-01-01")
      findings.push({ check: "date-too-early", severity: "error", field, params: { date } });
  }
  for (const [first, second] of order) {
    const [a, b] = [values[first], values[second]];
    if (typeof a === "string" && typeof b === "string" && a > b) {
      findings.push({ check: "dates-out-of-order", severity: "error", field: second, params: { first: a, second: b } });
    }
  }
  return findings;
}
