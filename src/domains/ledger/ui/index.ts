import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { rights } from "../contract.ts";

/** The pages of the land ledger. */
export const pages: readonly PageEntry[] = [
  {
    path: "/land/ledger",
    labelKey: "ledger.title",
    icon: "columns",
    group: "work",
    right: "ledger.read" satisfies keyof typeof rights,
    nav: true,
    Page: later(() => import("./LedgerPage.tsx").then((m) => m.LedgerPage)),
  },
];
