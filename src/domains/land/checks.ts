import type { RecordValues } from "../../platform/contract/record-type.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Finding } from "../../platform/records/definition.ts";

/** An area that is closed or released says when. */
export function closedWithoutDate(values: RecordValues): Finding[] {
  const closed = values.status === "closed" || values.status === "released";
  return closed && !values.closedOn
    ? [{ check: "closed-without-date", severity: "warning", field: "closedOn", params: {} }]
    : [];
}

/** The stated area differs from the surveyed one by more than a tenth. */
export function statedAreaDiffers(values: RecordValues): Finding[] {
  const { areaSquareMetres: computed, reportedSquareMetres: stated } = values as Record<string, number | undefined>;
  if (!computed || !stated || Math.abs(stated - computed) <= computed / 10) return [];
  return [
    { check: "stated-area-differs", severity: "warning", field: "reportedSquareMetres", params: { computed, stated } },
  ];
}

/** All checks of a hazardous area as a whole. */
export function checkArea(values: RecordValues, now: Date): Finding[] {
  return [
    ...dateChecks(values, now, ["identifiedOn", "closedOn"], [["identifiedOn", "closedOn"]]),
    ...closedWithoutDate(values),
    ...statedAreaDiffers(values),
  ];
}
