import type { rights as jobRights } from "../../jobs/contract.ts";
import { later } from "../../ui/later.tsx";
import type { PageEntry } from "../../ui/page-entry.ts";
import type { rights } from "../contract.ts";

export { loadWordings } from "./wordings.ts";

/** Only the names of rights: the contract itself is loaded with a page. */
type Right = keyof (typeof rights & typeof jobRights);

/** Where the list of jobs stands; which rights start jobs is known to whoever composes the areas. */
export const jobsPath = "/administration/jobs";

/** The pages of administration. */
export const pages: readonly PageEntry[] = [
  {
    path: jobsPath,
    labelKey: "jobs.title",
    icon: "jobs",
    group: "data",
    right: "jobs.read" satisfies Right,
    nav: true,
    Page: later(() => import("./JobsPage.tsx").then((m) => m.JobsPage)),
  },
  {
    path: "/administration/audit",
    labelKey: "audit.title",
    icon: "history",
    group: "administration",
    right: "audit.read" satisfies Right,
    nav: true,
    Page: later(() => import("./AuditPage.tsx").then((m) => m.AuditPage)),
  },
  {
    path: "/administration/settings",
    labelKey: "settings.title",
    icon: "settings",
    group: "administration",
    right: "settings.change" satisfies Right,
    nav: true,
    Page: later(() => import("./SettingsPage.tsx").then((m) => m.SettingsPage)),
  },
  {
    path: "/administration/translations",
    labelKey: "translations.title",
    icon: "language",
    group: "administration",
    right: "translations.review" satisfies Right,
    nav: true,
    Page: later(() => import("./TranslationsPage.tsx").then((m) => m.TranslationsPage)),
  },
];
