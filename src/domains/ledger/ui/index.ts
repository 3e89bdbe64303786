import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { rights } from "../contract.ts";
import type { AreaStatementProps } from "./AreaStatement.tsx";

/** The standing account of one area, for pages about that area. */
export const AreaStatement = later<AreaStatementProps>(() =>
  import("./AreaStatement.tsx").then((m) => m.AreaStatement),
);

/** The pages of the land ledger. */
export const pages: readonly PageEntry[] = [
  {
    path: "/land/ledger",
    labelKey: "ledger.title",
    icon: "ledger",
    group: "land",
    right: "ledger.read" satisfies keyof typeof rights,
    nav: true,
    Page: later(() => import("./LedgerPage.tsx").then((m) => m.LedgerPage)),
  },
];
