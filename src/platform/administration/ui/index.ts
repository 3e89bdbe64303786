import { lazy } from "react";
import type { PageEntry } from "../../ui/page-entry.ts";
import { routes } from "../contract.ts";

export { loadWordings } from "./wordings.ts";

/** The pages of administration. */
export const pages: readonly PageEntry[] = [
  {
    path: "/administration/jobs",
    labelKey: "jobs.title",
    icon: "auto",
    group: "data",
    right: "jobs.read",
    nav: true,
    Page: lazy(() => import("./JobsPage.tsx").then((m) => ({ default: m.JobsPage }))),
  },
  {
    path: "/administration/audit",
    labelKey: "audit.title",
    icon: "history",
    group: "administration",
    right: routes.auditEvents.right,
    nav: true,
    Page: lazy(() => import("./AuditPage.tsx").then((m) => ({ default: m.AuditPage }))),
  },
  {
    path: "/administration/settings",
    labelKey: "settings.title",
    icon: "settings",
    group: "administration",
    right: routes.settings.right,
    nav: true,
    Page: lazy(() => import("./SettingsPage.tsx").then((m) => ({ default: m.SettingsPage }))),
  },
  {
    path: "/administration/translations",
    labelKey: "translations.title",
    icon: "language",
    group: "administration",
    right: routes.reviewTranslations.right,
    nav: true,
    Page: lazy(() => import("./TranslationsPage.tsx").then((m) => ({ default: m.TranslationsPage }))),
  },
];
