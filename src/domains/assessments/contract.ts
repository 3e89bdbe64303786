import { z } from "zod";
import { languages } from "../../platform/contract/fields.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { alertActions, alertStates, instrumentCodes, modes } from "./model.ts";

export const rights = {
  /** Results and answers. Also needs clearance for strictly confidential facts. */
  "assessments.read": "carers",
  "assessments.write": "carers",
  /** Cut-offs of a country. */
  "assessments.manage": "managers",
} as const;

export const assessmentProblems = defineProblems("assessments", {
  "nothing-answered": 422,
  "unknown-version": 422,
  "too-young": 422,
  "before-birth": 422,
  "in-future": 422,
  erased: 409,
  withdrawn: 409,
  "step-not-allowed": 409,
  "cutoff-out-of-range": 422,
});

const country = z.string().regex(/^[A-Z]{3}$/);
const one = z.object({ country, id: z.uuid() });
const reason = z.string().trim().min(3).max(2000);
const instrument = z.enum(instrumentCodes);

const answers = z.record(
  z.string().max(40),
  z.union([z.int().min(-1000).max(1000), z.string().max(40), z.array(z.string().max(40)).max(30)]),
);

const result = z.object({
  status: z.enum(["complete", "prorated", "incomplete"]),
  missing: z.array(z.string()),
  score: z.number().nullable(),
  lowest: z.number().nullable(),
  highest: z.number().nullable(),
  band: z.string().nullable(),
  positive: z.boolean().nullable(),
  cutoff: z.number().nullable(),
  marked: z.array(z.string()),
  urgent: z.array(z.string()),
  alerts: z.array(z.string()),
  scoringVersion: z.int(),
});

const alertOutput = z.object({
  country: z.string(),
  id: z.uuid(),
  assessment: z.uuid(),
  person: z.uuid(),
  /** The person's code; no name. */
  personCode: z.string(),
  instrument,
  code: z.string(),
  state: z.enum(alertStates),
  /** Whether the account that reads this is responsible. */
  mine: z.boolean(),
  responsible: z.string().nullable(),
  raisedAt: z.string(),
  takenAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  action: z.enum(alertActions).nullable(),
  version: z.int(),
  /** Nobody took it within the country's hours. */
  overdue: z.boolean(),
  steps: z.array(z.enum(["take", "close"])),
});
export type AlertOutput = z.output<typeof alertOutput>;

const summary = z.object({
  country: z.string(),
  id: z.uuid(),
  person: z.uuid(),
  instrument,
  version: z.int(),
  language: z.enum(languages),
  mode: z.enum(modes),
  assessedOn: z.iso.date(),
  recordedAt: z.string(),
  withdrawn: z.boolean(),
  result,
  /** A screening asks whether to look closer. It is never a diagnosis, and whoever shows a result says so. */
  screening: z.literal(true),
});
export type AssessmentSummary = z.output<typeof summary>;

const whole = summary.extend({
  answers,
  assessor: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
  alerts: z.array(alertOutput),
  allowed: z.array(z.enum(["withdraw"])),
});
export type AssessmentOutput = z.output<typeof whole>;

const cutoffOutput = z.object({
  instrument,
  /** Null for every language without one of its own. */
  language: z.enum(languages).nullable(),
  /** Null for none: the screening is then neither positive nor negative. */
  cutoff: z.int().nullable(),
  reason: z.string(),
  version: z.int(),
  recordedAt: z.string(),
});
export type CutoffOutput = z.output<typeof cutoffOutput>;

const alertProblems = [
  commonProblems["not-found"],
  commonProblems["stale-revision"],
  assessmentProblems["step-not-allowed"],
] as const;

export const routes = {
  record: route({
    method: "POST",
    path: "/api/assessments/record",
    summary: "assessments.routes.record",
    right: "assessments.write",
    body: z.strictObject({
      /** Made where the form was filled in, so that what is sent twice over a bad line is kept once. */
      id: z.uuid().optional(),
      country,
      person: z.uuid(),
      instrument,
      version: z.int().min(1),
      /** The language in which the questions were asked. */
      language: z.enum(languages),
      mode: z.enum(modes).default("interview"),
      assessedOn: z.iso.date(),
      answers,
    }),
    output: whole,
    problems: [
      commonProblems["not-found"],
      commonProblems.conflict,
      assessmentProblems["nothing-answered"],
      assessmentProblems["unknown-version"],
      assessmentProblems["too-young"],
      assessmentProblems["before-birth"],
      assessmentProblems["in-future"],
      assessmentProblems.erased,
    ],
  }),
  ofPerson: route({
    method: "GET",
    path: "/api/assessments/persons/{country}/{id}",
    summary: "assessments.routes.of-person",
    right: "assessments.read",
    params: one,
    output: z.object({
      /** The newest first; withdrawn ones among them. */
      items: z.array(summary),
      person: z.object({ id: z.uuid(), code: z.string(), birthYear: z.int().nullable() }),
      allowed: z.array(z.enum(["record"])),
    }),
    problems: [commonProblems["not-found"]],
  }),
  get: route({
    method: "GET",
    path: "/api/assessments/assessments/{country}/{id}",
    summary: "assessments.routes.get",
    right: "assessments.read",
    params: one,
    output: whole,
    problems: [commonProblems["not-found"]],
  }),
  withdraw: route({
    method: "POST",
    path: "/api/assessments/assessments/{country}/{id}/withdraw",
    summary: "assessments.routes.withdraw",
    right: "assessments.write",
    params: one,
    body: z.strictObject({ reason }),
    output: whole,
    problems: [commonProblems["not-found"], assessmentProblems.withdrawn],
  }),
  alerts: route({
    method: "GET",
    path: "/api/assessments/alerts",
    summary: "assessments.routes.alerts",
    right: "assessments.read",
    query: z.object({
      country,
      state: z.enum(alertStates).optional(),
      mine: z.enum(["true"]).optional(),
    }),
    output: z.object({
      /** Those that wait longest first; at most 500. */
      items: z.array(alertOutput),
      counts: z.object({ open: z.int(), taken: z.int(), closed: z.int(), overdue: z.int() }),
    }),
  }),
  takeAlert: route({
    method: "POST",
    path: "/api/assessments/alerts/{country}/{id}/take",
    summary: "assessments.routes.take-alert",
    right: "assessments.write",
    params: one,
    body: z.strictObject({ version: z.int().min(1) }),
    output: alertOutput,
    problems: alertProblems,
  }),
  closeAlert: route({
    method: "POST",
    path: "/api/assessments/alerts/{country}/{id}/close",
    summary: "assessments.routes.close-alert",
    right: "assessments.write",
    params: one,
    body: z.strictObject({ version: z.int().min(1), action: z.enum(alertActions) }),
    output: alertOutput,
    problems: alertProblems,
  }),
  cutoffs: route({
    method: "GET",
    path: "/api/assessments/cutoffs",
    summary: "assessments.routes.cutoffs",
    right: "assessments.read",
    query: z.object({ country }),
    output: z.object({ items: z.array(cutoffOutput), allowed: z.array(z.enum(["manage"])) }),
  }),
  setCutoff: route({
    method: "POST",
    path: "/api/assessments/cutoffs",
    summary: "assessments.routes.set-cutoff",
    right: "assessments.manage",
    body: z.strictObject({
      country,
      instrument,
      language: z.enum(languages).nullable(),
      cutoff: z.int().nullable(),
      /** The newest version for this instrument and language, 0 for none. */
      version: z.int().min(0),
      reason,
    }),
    output: cutoffOutput,
    problems: [commonProblems["stale-revision"], assessmentProblems["cutoff-out-of-range"]],
  }),
};
