import { z } from "zod";
import { languages } from "../../platform/contract/fields.ts";
import { allowedActions } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { country, definitionId } from "./contract-result.ts";
import { areaUnits } from "./model.ts";
import { wording } from "./model-definition.ts";
import { intervals, issueFormats, issueStates, periodRules, stops } from "./model-schedule.ts";

export const scheduleRights = { "reports.schedule": "managers" } as const;

export const scheduleProblems = defineProblems("reporting", {
  "nowhere-to": 422,
  "no-mail": 422,
  "account-closed": 409,
  "right-gone": 409,
  "too-large-for-mail": 422,
});

/** Mails with more bytes of files than this are refused by many servers. */
export const mostMailBytes = 15_000_000;

const address = z.email().max(254);

/** What a schedule is told. */
const terms = {
  definition: definitionId,
  every: z.enum(intervals),
  /** Day of the month, so that late reports can come in first. */
  day: z.int().min(1).max(28),
  period: z.enum(periodRules),
  language: z.enum(languages),
  formats: z.array(z.enum(issueFormats)).min(1).max(issueFormats.length),
  in: z.enum(areaUnits),
  form: z.string().max(60).nullable(),
  audience: z.enum(["own", "public"]),
  /** Whether files are kept in the node's folder of reports. */
  folder: z.boolean(),
  recipients: z.array(address).max(50).meta({ sensitivity: "confidential" }),
};

const issue = z.object({
  id: z.uuid(),
  /** The day of the timetable; null for what somebody asked for at once. */
  dueOn: z.iso.date().nullable(),
  from: z.iso.date(),
  to: z.iso.date(),
  state: z.enum(issueStates),
  attempts: z.int(),
  retryAt: z.string().nullable(),
  /** The code of the problem that the last attempt met. */
  reason: z.string().nullable(),
  hash: z.string().nullable(),
  files: z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.int() })),
  /** How many recipients got it. */
  delivered: z.int(),
  enteredAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type IssueOutput = z.output<typeof issue>;

const schedule = z.object({
  country,
  id: z.uuid(),
  ...terms,
  words: wording,
  countries: z.array(country),
  paused: z.boolean(),
  stopped: z.enum(stops).nullable(),
  nextOn: z.iso.date(),
  owner: z.string().nullable(),
  last: issue.nullable(),
});
export type ScheduleOutput = z.output<typeof schedule>;

const one = z.object({ country, id: z.uuid() });
const right = "reports.schedule";

/** Reports that are issued by themselves. */
export const scheduleRoutes = {
  schedules: route({
    method: "GET",
    path: "/api/reports/schedules",
    summary: "reporting.routes.schedules",
    right,
    query: z.object({ country, definition: definitionId.optional() }),
    output: z.object({
      items: z.array(schedule),
      /** Where this node can issue to. */
      mail: z.boolean(),
      allowed: allowedActions,
    }),
  }),
  makeSchedule: route({
    method: "POST",
    path: "/api/reports/schedules",
    summary: "reporting.routes.make-schedule",
    right,
    body: z.strictObject({
      country,
      /** Further countries, for reports that set several beside each other. */
      others: z.array(country).max(19).default([]),
      ...terms,
    }),
    output: schedule,
    problems: [
      commonProblems["not-found"],
      commonProblems["invalid-input"],
      scheduleProblems["nowhere-to"],
      scheduleProblems["no-mail"],
    ],
  }),
  /** Pauses a schedule or lets it go on. Who lets one go on answers for it from then on, with their own clearance. */
  pauseSchedule: route({
    method: "POST",
    path: "/api/reports/schedules/{country}/{id}/pause",
    summary: "reporting.routes.pause-schedule",
    right,
    params: one,
    body: z.strictObject({ paused: z.boolean() }),
    output: schedule,
    problems: [commonProblems["not-found"]],
  }),
  endSchedule: route({
    method: "DELETE",
    path: "/api/reports/schedules/{country}/{id}",
    summary: "reporting.routes.end-schedule",
    right,
    params: one,
    problems: [commonProblems["not-found"]],
  }),
  issueNow: route({
    method: "POST",
    path: "/api/reports/schedules/{country}/{id}/issue",
    summary: "reporting.routes.issue-now",
    right,
    params: one,
    output: issue,
    problems: [commonProblems["not-found"], scheduleProblems["account-closed"], scheduleProblems["right-gone"]],
  }),
  issues: route({
    method: "GET",
    path: "/api/reports/schedules/{country}/{id}/issues",
    summary: "reporting.routes.issues",
    right,
    params: one,
    output: z.object({ items: z.array(issue) }),
    problems: [commonProblems["not-found"]],
  }),
};
