import type { RecordType } from "../../../platform/contract/record-type.ts";
import type { RecordRoutes, RecordSection } from "../../../platform/ui/records/section.ts";
import {
  activity,
  activityRoutes,
  contribution,
  contributionRoutes,
  coverage,
  coverageRoutes,
  indicator,
  indicatorRoutes,
  phase,
  phaseRoutes,
  programme,
  programmeRoutes,
  project,
  projectRoutes,
  session,
  sessionRoutes,
  use,
  useRoutes,
} from "../contract.ts";
import { codeLists } from "../model.ts";

const section = (
  type: RecordType,
  routes: RecordRoutes,
  path: string,
  icon: RecordSection["icon"],
  countBy?: string,
): RecordSection => ({
  ...{ type, routes, path: `/results/${path}`, icon, group: "results", codeLists },
  ...(countBy ? { countBy } : {}),
});

/** The record types of results: lists, pages and forms. The page of a project gets its figures where the program is composed. */
export const sections: readonly RecordSection[] = [
  section(project, projectRoutes, "projects", "file"),
  section(contribution, contributionRoutes, "contributions", "ledger", "currency"),
  section(activity, activityRoutes, "activities", "people", "kind"),
  section(session, sessionRoutes, "sessions", "people", "kind"),
  section(use, useRoutes, "uses", "area", "landUse"),
  section(coverage, coverageRoutes, "coverage", "columns", "kind"),
  section(phase, phaseRoutes, "phases", "columns"),
  section(programme, programmeRoutes, "programmes", "columns"),
  section(indicator, indicatorRoutes, "indicators", "check", "framework"),
];
