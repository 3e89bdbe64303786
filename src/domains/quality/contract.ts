import { z } from "zod";
import { fields, languages } from "../../platform/contract/fields.ts";
import { allowedActions, recordRoutes, references } from "../../platform/contract/record-routes.ts";
import { changeSchema, outputSchema, recordType } from "../../platform/contract/record-type.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { checklistAnswers, nonconformityStates, nonconformityTypes, severities, visitKinds } from "./model.ts";

/** An inspection visit: assurance at work in progress, or control of finished land. `organisation` is the inspected one. */
export const visit = recordType({
  name: "quality.visit",
  titleField: "code",
  dateField: "visitedOn",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 80 }),
    visitedOn: fields.date("public", { required: true, column: true, filter: true }),
    kind: fields.code("public", "visit-kind", { required: true, column: true, filter: true }),
    organisation: fields.organisation("public", { required: true, column: true, filter: true }),
    inspectingOrganisation: fields.organisation("public", { filter: true }),
    task: fields.record("public", "tasking.task", { column: true, filter: true }),
    area: fields.record("restricted", "land.area", { filter: true }),
    /** The field report that is inspected. */
    report: fields.record("public", "land.report", { filter: true }),
    unit: fields.unit("public", { filter: true }),
    result: fields.code("public", "visit-result", { required: true, column: true, filter: true }),
    conditions: fields.longText("public", { maxLength: 4000 }),
    sampledSquareMetres: fields.integer("public", { column: true, min: 0, max: 1_000_000_000 }),
    itemsFoundInSample: fields.integer("public", { column: true, min: 0, max: 100_000 }),
    notes: fields.longText("restricted"),
  },
});

export const rights = {
  "quality.read": "everyone",
  "quality.inspect": "verifiers",
  "quality.respond": "reporters",
  "quality.manage": "managers",
} as const;

export const qualityProblems = defineProblems("quality", {
  "own-inspection": 403,
  "own-closure": 403,
  "other-organisation": 403,
  "step-not-allowed": 409,
  "deadline-passed": 422,
  "unknown-item": 422,
  "accepted-with-critical": 422,
});

export const visitRoutes = recordRoutes(visit, "/api/quality/visits", {
  read: "quality.read",
  correct: "quality.inspect",
});

const country = z.string().regex(/^[A-Z]{3}$/);
const one = z.object({ country, id: z.uuid() });
const reason = z.string().trim().min(3).max(2000);
const text = z.string().trim().min(3).max(4000);

const nonconformityInput = z.strictObject({
  severity: z.enum(severities),
  type: z.enum(nonconformityTypes),
  description: text,
  correctiveAction: text.nullable().optional(),
  /** When it must be corrected; by the country's days for the severity when left out. */
  deadline: z.iso.date().optional(),
});
export type NonconformityInput = z.output<typeof nonconformityInput>;

/** Something that an inspection found wrong, and how far its correction is. */
export const nonconformityOutput = z.object({
  country: z.string(),
  id: z.uuid(),
  code: z.string(),
  visit: z.uuid(),
  visitedOn: z.iso.date(),
  task: z.uuid().nullable(),
  severity: z.enum(severities),
  type: z.enum(nonconformityTypes),
  /** Empty on one that was raised by rule: the catalogue says it. */
  description: z.string(),
  automatic: z.boolean(),
  itemsFound: z.int().nullable(),
  organisation: z.uuid(),
  correctiveAction: z.string().nullable(),
  deadline: z.iso.date(),
  state: z.enum(nonconformityStates),
  overdue: z.boolean(),
  version: z.int(),
  /** What the caller may do next. */
  steps: z.array(z.enum(["corrected", "extended", "closed", "reopened"])),
});
export type NonconformityOutput = z.output<typeof nonconformityOutput>;

const stepOutput = z.object({
  step: z.string(),
  reason: z.string(),
  deadline: z.iso.date().nullable(),
  recordedAt: z.string(),
  author: z.string().nullable(),
});

const checklistItem = z.strictObject({
  code: z
    .string()
    .min(2)
    .regex(/^[a-z0-9][a-z0-9-]{1,59}$/),
  names: z.partialRecord(z.enum(languages), z.string().trim().min(1).max(300)).optional(),
  severity: z.enum(severities),
});
const checklistOutput = z.object({ kind: z.enum(visitKinds), version: z.int(), items: z.array(checklistItem) });
export type ChecklistOutput = z.output<typeof checklistOutput>;

const answers = z.record(
  z.string().max(60),
  z.strictObject({ answer: z.enum(checklistAnswers), note: z.string().trim().max(1000).optional() }),
);
const filledChecklist = z.strictObject({ version: z.int().min(0), answers });
export type FilledChecklist = z.output<typeof filledChecklist>;

const stepOn = z.strictObject({ version: z.int().min(1), reason });

const stepProblems = [
  commonProblems["not-found"],
  commonProblems["stale-revision"],
  qualityProblems["step-not-allowed"],
] as const;

export const routes = {
  report: route({
    method: "POST",
    path: "/api/quality/visits/report",
    summary: "quality.routes.report",
    right: "quality.inspect",
    body: z.strictObject({
      country,
      values: changeSchema(visit),
      checklist: filledChecklist.optional(),
      nonconformities: z.array(nonconformityInput).max(50).default([]),
    }),
    output: z.object({ record: outputSchema(visit), references, nonconformities: z.array(z.uuid()) }),
    problems: [
      commonProblems.conflict,
      qualityProblems["own-inspection"],
      qualityProblems["unknown-item"],
      qualityProblems["accepted-with-critical"],
    ],
  }),
  sheet: route({
    method: "GET",
    path: "/api/quality/visits/{country}/{id}/sheet",
    summary: "quality.routes.sheet",
    right: "quality.read",
    params: one,
    output: z.object({
      record: outputSchema(visit),
      checklist: checklistOutput,
      /** Null while nobody has answered. */
      filled: filledChecklist.extend({ answersVersion: z.int() }).nullable(),
      nonconformities: z.array(nonconformityOutput),
      references,
      allowed: allowedActions,
    }),
    problems: [commonProblems["not-found"]],
  }),
  answer: route({
    method: "POST",
    path: "/api/quality/visits/{country}/{id}/answers",
    summary: "quality.routes.answer",
    right: "quality.inspect",
    params: one,
    /** `answersVersion` is the one that was changed, 0 for the first answers. */
    body: filledChecklist.extend({ answersVersion: z.int().min(0) }),
    output: z.object({ answersVersion: z.int() }),
    problems: [commonProblems["not-found"], commonProblems["stale-revision"], qualityProblems["unknown-item"]],
  }),
  raise: route({
    method: "POST",
    path: "/api/quality/visits/{country}/{id}/nonconformities",
    summary: "quality.routes.raise",
    right: "quality.inspect",
    params: one,
    body: nonconformityInput,
    output: nonconformityOutput,
    problems: [commonProblems["not-found"], qualityProblems["deadline-passed"], qualityProblems["own-inspection"]],
  }),
  nonconformities: route({
    method: "GET",
    path: "/api/quality/nonconformities",
    summary: "quality.routes.nonconformities",
    right: "quality.read",
    query: z.object({
      country: country.optional(),
      organisation: z.uuid().optional(),
      task: z.uuid().optional(),
      visit: z.uuid().optional(),
      severity: z.enum(severities).optional(),
      state: z.enum([...nonconformityStates, "overdue"]).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      items: z.array(nonconformityOutput),
      /** How many there are in each state, whatever state was asked for. */
      counts: z.record(z.string(), z.int()),
      next: z.string().nullable(),
      references,
    }),
  }),
  nonconformity: route({
    method: "GET",
    path: "/api/quality/nonconformities/{country}/{id}",
    summary: "quality.routes.nonconformity",
    right: "quality.read",
    params: one,
    output: z.object({ nonconformity: nonconformityOutput, thread: z.array(stepOutput), references }),
    problems: [commonProblems["not-found"]],
  }),
  corrected: route({
    method: "POST",
    path: "/api/quality/nonconformities/{country}/{id}/corrected",
    summary: "quality.routes.corrected",
    right: "quality.respond",
    params: one,
    body: stepOn,
    output: nonconformityOutput,
    problems: [...stepProblems, qualityProblems["other-organisation"]],
  }),
  verify: route({
    method: "POST",
    path: "/api/quality/nonconformities/{country}/{id}/verify",
    summary: "quality.routes.verify",
    right: "quality.inspect",
    params: one,
    /** When it is not accepted, it is open again, with a new deadline if one is given. */
    body: stepOn.extend({ accepted: z.boolean(), deadline: z.iso.date().optional() }),
    output: nonconformityOutput,
    problems: [...stepProblems, qualityProblems["own-closure"], qualityProblems["deadline-passed"]],
  }),
  extend: route({
    method: "POST",
    path: "/api/quality/nonconformities/{country}/{id}/deadline",
    summary: "quality.routes.extend",
    right: "quality.inspect",
    params: one,
    body: stepOn.extend({ deadline: z.iso.date() }),
    output: nonconformityOutput,
    problems: [...stepProblems, qualityProblems["own-closure"], qualityProblems["deadline-passed"]],
  }),
  checklists: route({
    method: "GET",
    path: "/api/quality/checklists",
    summary: "quality.routes.checklists",
    right: "quality.read",
    query: z.object({ country }),
    output: z.object({ items: z.array(checklistOutput), allowed: allowedActions }),
  }),
  saveChecklist: route({
    method: "POST",
    path: "/api/quality/checklists",
    summary: "quality.routes.save-checklist",
    right: "quality.manage",
    body: z.strictObject({
      country,
      kind: z.enum(visitKinds),
      /** The version that was changed. */
      version: z.int().min(0),
      items: z.array(checklistItem).min(1).max(100),
      reason,
    }),
    output: checklistOutput,
    problems: [commonProblems["stale-revision"]],
  }),
  acceptance: route({
    method: "GET",
    path: "/api/quality/acceptance",
    summary: "quality.routes.acceptance",
    right: "quality.read",
    query: z.object({
      country,
      area: z.uuid().optional(),
      task: z.uuid().optional(),
      report: z.uuid().optional(),
    }),
    output: z.object({
      visits: z.array(
        z.object({
          visit: z.uuid(),
          code: z.string(),
          kind: z.enum(visitKinds),
          result: z.string(),
          visitedOn: z.iso.date(),
          openCritical: z.int(),
          openMajor: z.int(),
          openMinor: z.int(),
        }),
      ),
      /** Whether the newest quality control accepted and nothing critical is open. */
      accepted: z.boolean(),
    }),
  }),
};
