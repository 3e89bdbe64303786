import { languages } from "../../platform/contract/fields.ts";
import { type Implementation, implement } from "../../platform/http/handler.ts";
import { readCatalogue } from "../../platform/i18n/node.ts";
import type { Messages } from "../../platform/i18n/translator.ts";
import { rootPath } from "../../platform/kernel/root.ts";
import { rights as reportRights, routes } from "./contract.ts";
import { scheduleRights, scheduleRoutes } from "./contract-schedules.ts";
import type { Translators } from "./files.ts";
import { reportingHandlers } from "./handlers.ts";
import { defineIssueJob, type ScheduleSetup, scheduleHandlers } from "./schedules.ts";

export { type IssuingSetup, issueDue } from "./issuing.ts";
export { allSchedules } from "./schedule-store.ts";
export { settings } from "./settings.ts";

/** Rights of reports and of their schedules. */
export const rights = { ...reportRights, ...scheduleRights };

let catalogues: readonly Messages[] | undefined;

/** A message of the catalogues as it is written, in every language that has it. */
export function messagesOf(key: string): readonly string[] {
  catalogues ??= languages.map((language) => readCatalogue(language, rootPath("src")));
  return catalogues.flatMap((messages) => messages[key] ?? []);
}

/** The routes of reports with their handlers. @param translators the words of each language */
export function createReporting(translators: Translators): Implementation {
  return implement(routes, reportingHandlers(translators, messagesOf));
}

/** The routes of schedules with their handlers; declares the job of issues and its timetable. */
export function createReportSchedules(setup: Omit<ScheduleSetup, "message">): Implementation {
  const whole: ScheduleSetup = { ...setup, message: messagesOf };
  defineIssueJob(whole);
  return implement(scheduleRoutes, scheduleHandlers(whole));
}
