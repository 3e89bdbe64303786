import { lazy } from "react";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { RecordSection } from "../../../platform/ui/records/section.ts";
import { routes, visit, visitRoutes } from "../contract.ts";
import { codeLists } from "../model.ts";
import { resultTones } from "./tones.ts";

/** Inspection visits: list and page. */
export const visits: RecordSection = {
  type: visit,
  routes: visitRoutes,
  path: "/quality/visits",
  icon: "inspection",
  group: "tasks",
  codeLists,
  tones: { result: resultTones },
  countBy: "result",
};

/** The record types that quality offers. */
export const sections: readonly RecordSection[] = [visits];

/** The path of a visit's sheet: its answers and what it found wrong. */
export const sheetPath = (visit: { country: string; id: string }) => `/quality/visit/${visit.country}/${visit.id}`;

/** The other pages of quality. */
export const pages: readonly PageEntry[] = [
  {
    path: "/quality/nonconformities",
    labelKey: "quality.nonconformities.title",
    icon: "warning",
    group: "tasks",
    right: routes.nonconformities.right,
    nav: true,
    waits: [
      { kind: "nonconformities-open", search: { state: "open" } },
      { kind: "nonconformities-corrected", search: { state: "corrected" } },
    ],
    Page: lazy(() => import("./NonconformitiesPage.tsx").then((m) => ({ default: m.NonconformitiesPage }))),
  },
  {
    path: "/quality/sampling",
    labelKey: "quality.sampling.title",
    icon: "sample",
    group: "tasks",
    right: routes.nonconformities.right,
    nav: true,
    Page: lazy(() => import("./SamplingPage.tsx").then((m) => ({ default: m.SamplingPage }))),
  },
  {
    path: "/quality/visits/new",
    labelKey: "quality.new-visit.title",
    icon: "add",
    group: "tasks",
    right: routes.report.right,
    nav: false,
    Page: lazy(() => import("./NewVisitPage.tsx").then((m) => ({ default: m.NewVisitPage }))),
  },
  {
    path: "/quality/visit/$country/$id",
    labelKey: "record.quality.visit",
    icon: "inspection",
    group: "tasks",
    right: routes.sheet.right,
    nav: false,
    Page: lazy(() => import("./VisitSheetPage.tsx").then((m) => ({ default: m.VisitSheetPage }))),
  },
];
