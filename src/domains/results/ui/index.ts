import type { RecordType } from "../../../platform/contract/record-type.ts";
import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { RecordItem, RecordRoutes, RecordSection } from "../../../platform/ui/records/section.ts";
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
  type rights,
  session,
  sessionRoutes,
  use,
  useRoutes,
} from "../contract.ts";
import { codeLists } from "../model.ts";

type Right = keyof typeof rights;

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

const ProjectPanels = later<{ record: RecordItem }>(() => import("./ProjectPanels.tsx").then((m) => m.ProjectPanels));

/** The record types of results: lists, pages and forms. The page of a project tells what it came to. */
export const sections: readonly RecordSection[] = [
  { ...section(project, projectRoutes, "projects", "file"), Panels: ProjectPanels },
  section(contribution, contributionRoutes, "contributions", "ledger", "currency"),
  section(activity, activityRoutes, "activities", "people", "kind"),
  section(session, sessionRoutes, "sessions", "people", "kind"),
  section(use, useRoutes, "uses", "area", "landUse"),
  section(coverage, coverageRoutes, "coverage", "columns", "kind"),
  section(phase, phaseRoutes, "phases", "columns"),
  section(programme, programmeRoutes, "programmes", "columns"),
  section(indicator, indicatorRoutes, "indicators", "check", "framework"),
];

/** Where a record of a section is entered. */
export const newPath = ({ path }: Pick<RecordSection, "path">) => `${path}/new`;

const NewResultPage = later(() => import("./NewResultPage.tsx").then((m) => m.NewResultPage));

/** Where results are found, and where each of their records is entered. */
export const pages: readonly PageEntry[] = [
  {
    path: "/results",
    labelKey: "results.start.title",
    icon: "overview",
    group: "results",
    right: "results.read" satisfies Right,
    nav: true,
    Page: later(() => import("./StartPage.tsx").then((m) => m.StartPage)),
  },
  ...sections.map(
    (each): PageEntry => ({
      path: newPath(each),
      labelKey: `record.${each.type.name}`,
      icon: "add",
      group: "results",
      right: "results.write" satisfies Right,
      nav: false,
      Page: NewResultPage,
    }),
  ),
];
