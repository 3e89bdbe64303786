import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { rights } from "../contract.ts";

/** Only the names of rights: the contract itself is loaded with a page. */
type Right = keyof typeof rights;

/** The page of code lists. */
export const pages: readonly PageEntry[] = [
  {
    path: "/codes",
    labelKey: "codes.title",
    icon: "columns",
    group: "reference",
    right: "codes.read" satisfies Right,
    nav: true,
    Page: later(() => import("./CodesPage.tsx").then((m) => m.CodesPage)),
  },
];
