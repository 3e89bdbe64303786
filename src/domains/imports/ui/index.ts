import { later } from "../../../platform/ui/later.tsx";
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
    Page: later(() => import("./ImportsPage.tsx").then((m) => m.ImportsPage)),
  },
  {
    path: "/imports/new",
    labelKey: "imports.new",
    icon: "import",
    group: "data",
    right: "imports.run" satisfies Right,
    nav: false,
    Page: later(() => import("./NewImportPage.tsx").then((m) => m.NewImportPage)),
  },
  {
    path: "/imports/$id",
    labelKey: "record.import",
    icon: "import",
    group: "data",
    right: "imports.read" satisfies Right,
    nav: false,
    Page: later(() => import("./ImportPage.tsx").then((m) => m.ImportPage)),
  },
];
