import type { Database } from "../database/types.ts";
import { type Implementation, implement } from "../http/handler.ts";
import type { Jobs } from "../jobs/index.ts";
import { type Clock, systemClock } from "../kernel/clock.ts";
import type { RecordDefinition } from "../records/definition.ts";
import { auditHandlers, verifyWork } from "./audit.ts";
import { routes } from "./contract.ts";
import { verifyJob } from "./contract-audit.ts";
import { joinSettings, type Setting } from "./setting.ts";
import { coreSettings } from "./settings.ts";
import { settingHandlers } from "./settings-handlers.ts";
import { readShippedMessages, type ShippedMessages } from "./shipped-messages.ts";
import { translationHandlers } from "./translations.ts";

export { verifyAudit } from "./audit.ts";
export { rights, routes } from "./contract.ts";
export { type Setting, type SettingKind, type SettingValue, setting } from "./setting.ts";
export {
  levelSetting,
  listRows,
  nodeContact,
  nodeLanguage,
  nodeName,
  readSetting,
} from "./settings.ts";

/** What the administration of a node is made of. */
export interface AdministrationOptions {
  database: Database;
  /** The runner to which the check of the chain is given; before its `start`. */
  jobs: Pick<Jobs, "define" | "enter">;
  /** Every record type: the log finds records by code, and each has a setting for the level of new records. */
  definitions: readonly RecordDefinition[];
  /** Settings that domains declare. */
  settings?: readonly Setting[];
  messages?: ShippedMessages;
  clock?: Clock;
}

/**
 * The routes of audit log, settings and wordings with their handlers.
 * @throws Error when two settings have one name
 */
export function createAdministration(options: AdministrationOptions): Implementation {
  const { database, jobs, definitions, clock = systemClock } = options;
  jobs.define(verifyJob, verifyWork(database, clock));
  return implement(routes, {
    ...auditHandlers(jobs, definitions),
    ...settingHandlers(joinSettings([coreSettings(definitions), options.settings ?? []])),
    ...translationHandlers(options.messages ?? readShippedMessages()),
  });
}
