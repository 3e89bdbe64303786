import { auditRoutes } from "./contract-audit.ts";
import { settingRoutes } from "./contract-settings.ts";
import { translationRoutes } from "./contract-translations.ts";

/** The rights of this area. Whether an administrator has one for the whole node is decided in the policy. */
export const rights = {
  "audit.read": "auditors",
  "settings.change": "administrators",
  "translations.review": "administrators",
} as const;

export const routes = { ...auditRoutes, ...settingRoutes, ...translationRoutes };
