import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { rights } from "../contract.ts";

/** The path of the page of data protection. */
export const protectionPath = "/data-protection";

/** Consents, what was passed on and requests of a person; for pages about that person. */
export const ProtectionPanel = later<{ country: string; person: string }>(() =>
  import("./ProtectionPanel.tsx").then((m) => m.ProtectionPanel),
);

/** The pages of data protection. */
export const pages: readonly PageEntry[] = [
  {
    path: protectionPath,
    labelKey: "data-protection.title",
    icon: "lock",
    group: "assistance",
    right: "data-protection.consents" satisfies keyof typeof rights,
    nav: true,
    listedWith: ["data-protection.oversee" satisfies keyof typeof rights],
    waits: [{ kind: "data-requests", search: { tab: "requests" } }],
    Page: later(() => import("./ProtectionPage.tsx").then((m) => m.ProtectionPage)),
  },
];
