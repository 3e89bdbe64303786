import { lazy } from "react";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import { routes } from "../contract.ts";

/** The page of code lists. */
export const pages: readonly PageEntry[] = [
  {
    path: "/codes",
    labelKey: "codes.title",
    icon: "columns",
    group: "reference",
    right: routes.lists.right,
    nav: true,
    Page: lazy(() => import("./CodesPage.tsx").then((m) => ({ default: m.CodesPage }))),
  },
];
