import type { Tx } from "../../platform/database/types.ts";
import {
  type Reason,
  type ReportFacts,
  type ScreeningLimits,
  screeningLimits,
  screenReports,
} from "../quality/index.ts";
import type { Part } from "./contract-body.ts";
import { type Areal, metresOf } from "./ground.ts";
import type { methods } from "./model.ts";
import { findScreened, type ScreenedReport } from "./screening-store.ts";

/** The most reports that are looked at together. */
const most = 3000;

/** Methods of release as the rates of work name them. */
const workMethods: Readonly<Record<(typeof methods)[number], string>> = {
  manual: "manual",
  mechanical: "mechanical",
  animal: "animal-detection",
  "battle-area": "instrument-search",
  "cmr-survey": "instrument-search",
  visual: "visual-search",
  eod: "other",
};

/** Where several methods were at work the fastest decides, so that nobody is asked for what a machine did. */
function fastest(used: readonly (typeof methods)[number][], limits: ScreeningLimits): string | null {
  const rates = limits.squareMetresPerDeminerDay;
  const named = used.map((method) => workMethods[method]);
  return named.reduce<string | null>(
    (best, method) => (best === null || (rates[method] ?? 0) > (rates[best] ?? 0) ? method : best),
    null,
  );
}

const worked = (part: Part): part is Part & { geometry: Areal } =>
  part.geometry !== null && part.geometry.coordinates.length > 0;

/**
 * A field report as plain facts for screening. Ground that was searched counts as processed; where none is stated, the
 * ground that was cleared is the least that was searched.
 */
export function screeningFacts(report: ScreenedReport, limits: ScreeningLimits): ReportFacts {
  const { body } = report;
  const day = report.effectiveOn ?? "";
  const stated = body.processed.reduce((sum, { squareMetres }) => sum + squareMetres, 0);
  const cleared = body.parts
    .filter(worked)
    .filter(({ outcome }) => outcome === "cleared")
    .reduce((sum, { geometry }) => sum + metresOf(geometry), 0);
  const processed = stated > 0 ? stated : cleared;
  return {
    id: report.id,
    organisation: report.organisation ?? "",
    team: body.team,
    from: report.startedOn ?? report.endedOn ?? day,
    to: report.endedOn ?? day,
    method: fastest(body.processed.length > 0 ? body.processed.map(({ method }) => method) : body.methods, limits),
    polygons: body.parts.filter(worked).map(({ geometry }) => geometry),
    processedSquareMetres: processed > 0 ? processed : null,
    deminers: body.deminers,
    hours: body.hours,
    devices: body.devices.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}

/** Why reports of some days are worth a second look. */
export interface Screening {
  reasons: Reason[];
  reports: ReadonlyMap<string, ScreenedReport>;
  truncated: boolean;
}

/** Screens the reports of a country that were handed in for some days, the newest three thousand of them. */
export async function screenDays(tx: Tx, country: string, days: { from: string; to: string }): Promise<Screening> {
  const found = await findScreened(tx, country, days, most + 1);
  const reports = found.slice(0, most);
  const limits = await screeningLimits(tx, country);
  return {
    reasons: screenReports(
      reports.map((report) => screeningFacts(report, limits)),
      limits,
    ),
    reports: new Map(reports.map((report) => [report.id, report])),
    truncated: found.length > most,
  };
}

/** The day a year before another. */
export function yearBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  return date.toISOString().slice(0, 10);
}
