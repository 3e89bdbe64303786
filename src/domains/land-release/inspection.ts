import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import type { ChangeContext } from "../../platform/records/actions.ts";
import { readAreas } from "../land/index.ts";
import { acceptanceOf, recordVisit, withdrawVisit } from "../quality/index.ts";
import { findTask } from "./link-store.ts";
import { findControl, findReport, type StoredReport } from "./store.ts";

/** Kinds of inspection as quality names them. */
const kinds = {
  "internal-assurance": "qa-internal",
  "external-assurance": "qa-external",
  "quality-control": "qc",
} as const;

const keyOf = (report: string) => `land.report:${report}`;

/** Whose work an inspection looked at: that of the report it names, of its task, or of the area's organisation. */
export async function inspectedOrganisation(
  tx: Tx,
  report: Pick<StoredReport, "country" | "area" | "task" | "body">,
): Promise<string | null> {
  const { country, area, task, body } = report;
  const inspected = body.inspection?.inspectedReport;
  const named = inspected ? (await findReport(tx, country, inspected))?.organisation : null;
  if (named) return named;
  const ofTask = task ? (await findTask(tx, country, task))?.organisation : null;
  if (ofTask) return ofTask;
  const [record] = area ? await readAreas(tx, country, [area]) : [];
  return (record?.values.organisation as string | undefined) ?? null;
}

/** An inspection report as quality records it: the visit, on the last day of the inspection. */
export function visitValues(
  report: Pick<StoredReport, "organisation" | "area" | "task" | "unit" | "effectiveOn" | "endedOn" | "body">,
  inspected: string | null,
): RecordValues | null {
  const said = report.body.inspection;
  if (!said) return null;
  return {
    visitedOn: report.endedOn ?? report.effectiveOn,
    kind: kinds[said.kind],
    result: said.result,
    organisation: inspected,
    inspectingOrganisation: report.organisation,
    task: report.task,
    area: report.area,
    report: said.inspectedReport,
    unit: report.unit,
    conditions: said.result === "accepted-with-conditions" ? report.body.reason : null,
    sampledSquareMetres: said.sampledSquareMetres,
    itemsFoundInSample: said.itemsFound,
    notes: report.body.notes,
  };
}

/**
 * Records the visit that an approved inspection report tells of, with what was found wrong, and takes back the one of the
 * report that it puts right.
 */
export async function recordInspection(tx: Tx, report: StoredReport, change: ChangeContext): Promise<void> {
  const { country, body, corrects } = report;
  if (report.type !== "quality-inspection") return;
  if (corrects) await withdrawVisit(tx, country, keyOf(corrects), change);
  const values = visitValues(report, await inspectedOrganisation(tx, report));
  if (!body.inspection || !values) return;
  const nonconformities = body.inspection.nonConformities.map(
    ({ severity, description, correctiveAction, deadline }) => ({
      ...{ severity, type: "other" as const, description, correctiveAction },
      ...(deadline ? { deadline } : {}),
    }),
  );
  await recordVisit(tx, { country, sourceKey: keyOf(report.id), values, nonconformities }, change);
}

/**
 * Whether control accepted the finished land of an area or task: the newest control visit did and nothing critical is
 * open. Where no control visit is recorded, an approved inspection report that accepted it is enough.
 */
export async function isControlled(
  tx: Tx,
  country: string,
  area: string | null,
  task: string | null,
): Promise<boolean> {
  const { visits, accepted } = await acceptanceOf(tx, country, { area: area ?? undefined, task: task ?? undefined });
  const judged = visits.some(({ kind, openCritical }) => kind === "qc" || openCritical > 0);
  return judged ? accepted : findControl(tx, country, area, task);
}
