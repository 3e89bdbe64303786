import type { Region } from "@santi/land-geometry";
import type { TaskGround } from "./link-store.ts";
import type { NationalRules } from "./model.ts";
import type { ReportFinding } from "./state.ts";
import type { StoredReport } from "./store.ts";

/** What checks must know beside the report. */
export interface CheckContext {
  now: Date;
  rules: NationalRules;
  /** The organisation's accreditation; null when the organisation is not known. */
  accreditation: { from: string | null; to: string | null; suspended: boolean } | null;
  /** Whether an accepted quality control of the area or task is recorded. */
  controlled: boolean;
  /** Whether the area that the report names is known to whoever asks. */
  areaKnown: boolean;
  /** The task that the report names; null when it is not known. */
  task: TaskGround | null;
  /** The country's land, asked only when something of the report may lie outside; null otherwise. */
  land: Region | null;
  /** Whose work an inspection looked at; null when nothing says it. */
  inspected: string | null;
}

/** A report as checks look at it. */
export type CheckedReport = Pick<
  StoredReport,
  "type" | "organisation" | "area" | "task" | "unit" | "effectiveOn" | "startedOn" | "endedOn" | "corrects" | "body"
>;
/** What a check finds wrong with a report, or odd about it. */
export type Check = (report: CheckedReport, context: CheckContext) => ReportFinding[];

/** A finding that keeps a report from going on. */
export const error = (
  check: string,
  field: string | null,
  params: ReportFinding["params"] = {},
  part: string | null = null,
): ReportFinding => ({ check, severity: "error", part, field, params });
/** A finding that a reviewer must know. */
export const warning = (
  check: string,
  field: string | null,
  params: ReportFinding["params"] = {},
  part: string | null = null,
): ReportFinding => ({ check, severity: "warning", part, field, params });
