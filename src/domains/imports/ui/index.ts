import { lazy } from "react";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import { routes } from "../contract.ts";

/** The pages of imports. */
export const pages: readonly PageEntry[] = [
  {
    path: "/imports",
    labelKey: "imports.title",
    icon: "import",
    group: "data",
    right: routes.list.right,
    nav: true,
    Page: lazy(() => import("./ImportsPage.tsx").then((m) => ({ default: m.ImportsPage }))),
  },
  {
    path: "/imports/new",
    labelKey: "imports.new",
    icon: "import",
    group: "data",
    right: routes.run.right,
    nav: false,
    Page: lazy(() => import("./NewImportPage.tsx").then((m) => ({ default: m.NewImportPage }))),
  },
  {
    path: "/imports/$id",
    labelKey: "record.import",
    icon: "import",
    group: "data",
    right: routes.get.right,
    nav: false,
    Page: lazy(() => import("./ImportPage.tsx").then((m) => ({ default: m.ImportPage }))),
  },
];
