import { lazy } from "react";
import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { RecordItem } from "../../../platform/ui/records/section.ts";
import type { rights } from "../contract.ts";

/** Only the names of rights: the contract itself is loaded with a page. */
type Right = keyof typeof rights;

/** What land release knows about a hazardous area, for the area's page. */
export const AreaPanels = later<{ record: RecordItem }>(() =>
  import("./area-panels/AreaPanels.tsx").then((m) => m.AreaPanels),
);

/** The pages of field reports and of the national rules. */
export const pages: readonly PageEntry[] = [
  {
    path: "/land/reports",
    labelKey: "land-reports.title",
    icon: "file",
    group: "land",
    right: "land.report-read" satisfies Right,
    nav: true,
    waits: [
      { kind: "land-reports", search: { view: "todo" } },
      { kind: "land-reports-returned", search: { view: "mine", state: "returned" } },
    ],
    Page: lazy(() => import("./ReportsPage.tsx").then((m) => ({ default: m.ReportsPage }))),
  },
  {
    path: "/land/reports/new",
    labelKey: "land-reports.title",
    icon: "file",
    group: "land",
    right: "land.report-enter" satisfies Right,
    nav: false,
    Page: lazy(() => import("./EntryPages.tsx").then((m) => ({ default: m.NewReportPage }))),
  },
  {
    path: "/land/reports/$country/$id",
    labelKey: "land-reports.title",
    icon: "file",
    group: "land",
    right: "land.report-read" satisfies Right,
    nav: false,
    Page: lazy(() => import("./ReportPage.tsx").then((m) => ({ default: m.ReportPage }))),
  },
  {
    path: "/land/reports/$country/$id/edit",
    labelKey: "land-reports.title",
    icon: "file",
    group: "land",
    right: "land.report-enter" satisfies Right,
    nav: false,
    Page: lazy(() => import("./EntryPages.tsx").then((m) => ({ default: m.EditReportPage }))),
  },
  {
    path: "/land/history",
    labelKey: "land-history.title",
    icon: "history",
    group: "land",
    right: "land.report-read" satisfies Right,
    nav: true,
    Page: later(() => import("./history/HistoryPage.tsx").then((m) => m.HistoryPage)),
  },
  {
    path: "/land/check",
    labelKey: "plot-check.title",
    icon: "search",
    group: "land",
    right: "land.check" satisfies Right,
    nav: true,
    Page: later(() => import("./plot-check/PlotCheckPage.tsx").then((m) => m.PlotCheckPage)),
  },
  {
    path: "/land/rules",
    labelKey: "land-rules.title",
    icon: "settings",
    group: "reference",
    right: "land.report-read" satisfies Right,
    nav: true,
    Page: later(() => import("./rules/RulesPage.tsx").then((m) => m.RulesPage)),
  },
];
