import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { RecordItem } from "../../../platform/ui/records/section.ts";
import type { rights } from "../contract.ts";

type Right = keyof typeof rights;

/** What a project of donors came to, for its page. */
export const ProjectPanel = later<{ record: RecordItem }>(() =>
  import("./ProjectPanel.tsx").then((m) => m.ProjectPanel),
);

/** The pages of reports. */
export const pages: readonly PageEntry[] = [
  {
    path: "/reports",
    labelKey: "reporting.title",
    icon: "file",
    group: "data",
    right: "reports.read" satisfies Right,
    nav: true,
    Page: later(() => import("./ReportPage.tsx").then((m) => m.ReportPage)),
  },
  {
    path: "/reports/records",
    labelKey: "reporting.records.title",
    icon: "file",
    group: "data",
    right: "reports.read" satisfies Right,
    nav: false,
    Page: later(() => import("./RecordsPage.tsx").then((m) => m.RecordsPage)),
  },
  {
    path: "/reports/new",
    labelKey: "reporting.builder.title",
    icon: "add",
    group: "data",
    right: "reports.write" satisfies Right,
    nav: false,
    Page: later(() => import("./NewReportPage.tsx").then((m) => m.NewReportPage)),
  },
  {
    path: "/reports/completion",
    labelKey: "reporting.completion.title",
    icon: "check",
    group: "data",
    right: "reports.read" satisfies Right,
    nav: true,
    Page: later(() => import("./CompletionPage.tsx").then((m) => m.CompletionPage)),
  },
  {
    path: "/reports/editions/$country/$id",
    labelKey: "reporting.edition.title",
    icon: "file",
    group: "data",
    right: "reports.public" satisfies Right,
    nav: false,
    Page: later(() => import("./EditionPage.tsx").then((m) => m.EditionPage)),
  },
  {
    path: "/figures",
    labelKey: "reporting.public.title",
    icon: "overview",
    group: "data",
    right: "reports.public" satisfies Right,
    nav: true,
    Page: later(() => import("./PublicPage.tsx").then((m) => m.PublicPage)),
  },
];
