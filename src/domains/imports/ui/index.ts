import { lazy } from "react";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { rights } from "../contract.ts";

/** Only the names of rights: the contract itself is loaded with a page. */
type Right = keyof typeof rights;

/** The pages of imports. */
export const pages: readonly PageEntry[] = [
  {
    path: "/imports",
    labelKey: "imports.title",
    icon: "import",
    group: "data",
    right: "imports.read" satisfies Right,
    nav: true,
    Page: lazy(() => import("./ImportsPage.tsx").then((m) => ({ default: m.ImportsPage }))),
  },
  {
    path: "/imports/new",
    labelKey: "imports.new",
    icon: "import",
    group: "data",
    right: "imports.run" satisfies Right,
    nav: false,
    Page: lazy(() => import("./NewImportPage.tsx").then((m) => ({ default: m.NewImportPage }))),
  },
  {
    path: "/imports/$id",
    labelKey: "record.import",
    icon: "import",
    group: "data",
    right: "imports.read" satisfies Right,
    nav: false,
    Page: lazy(() => import("./ImportPage.tsx").then((m) => ({ default: m.ImportPage }))),
  },
];
