import { z } from "zod";
import { fields } from "../../platform/contract/fields.ts";
import { positionFields } from "../../platform/contract/position.ts";
import { allowedActions, recordRoutes, references } from "../../platform/contract/record-routes.ts";
import { outputSchema, recordType } from "../../platform/contract/record-type.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { accidentStates, stepNames, workflowSteps } from "./model.ts";

const count = { min: 0, max: 10_000 };

/**
 * An accident with explosive ordnance, and the report about it. One accident may have many casualties; the counts here
 * are what the report states, the casualties themselves are records of their own.
 */
export const accident = recordType({
  name: "accidents.accident",
  titleField: "code",
  dateField: "occurredOn",
  geometryField: "geometry",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 80 }),
    /** How far the report has come; only what is approved counts. */
    state: fields.code("public", "accident-state", { derived: true, column: true, filter: true }),
    occurredOn: fields.date("public", { column: true, filter: true }),
    occurredOnPrecision: fields.code("public", "date-precision"),
    accidentClass: fields.code("public", "accident-class", { filter: true }),
    device: fields.code("public", "ordnance-category", { column: true, filter: true }),
    deviceModel: fields.text("public", { maxLength: 200 }),
    cause: fields.code("public", "accident-cause", { filter: true }),
    activity: fields.code("public", "accident-activity", { column: true, filter: true }),
    areaMarked: fields.boolean("public"),
    areaCleared: fields.boolean("public"),
    areaType: fields.code("public", "area-type"),
    killed: fields.integer("restricted", { ...count, column: true }),
    injured: fields.integer("restricted", { ...count, column: true }),
    amputated: fields.integer("restricted", count),
    outcomeUnknown: fields.integer("restricted", count),
    /** False when a point would put somebody at risk; then only the unit is kept. */
    safeToRecord: fields.boolean("restricted"),
    unit: fields.unit("public", { column: true, filter: true }),
    unitAsWritten: fields.text("public"),
    area: fields.record("restricted", "land.area"),
    find: fields.record("restricted", "ordnance.find"),
    ...positionFields("restricted", ["Point"]),
    organisation: fields.organisation("public", { filter: true }),
    description: fields.longText("confidential"),
    informant: fields.text("strictly-confidential"),
    source: fields.text("restricted"),
  },
});

/** Somebody killed or hurt in an accident. Who it is stands apart, sealed, behind `person`. */
export const casualty = recordType({
  name: "accidents.casualty",
  titleField: "code",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 90 }),
    accident: fields.record("public", "accidents.accident", { required: true, column: true, filter: true }),
    outcome: fields.code("restricted", "casualty-outcome", { required: true, column: true, filter: true }),
    /** A later death moves the outcome to killed, as a revision with its reason. */
    diedOn: fields.date("confidential"),
    status: fields.code("restricted", "casualty-status", { column: true, filter: true }),
    sex: fields.code("restricted", "sex", { column: true, filter: true }),
    /** Whole years on the day of the accident. */
    age: fields.integer("confidential", { column: true, min: 0, max: 120 }),
    /** Follows from the age; entered where only this much is known. */
    ageGroup: fields.code("restricted", "casualty-age-group", { column: true, filter: true }),
    /** The band or words of the source, e.g. "10-14". */
    ageAsRecorded: fields.text("confidential", { maxLength: 80 }),
    /** Where it differs from the accident's. */
    activity: fields.code("restricted", "accident-activity", { filter: true }),
    doing: fields.text("confidential"),
    knewDanger: fields.boolean("confidential"),
    hadRiskEducation: fields.boolean("confidential"),
    touchedItem: fields.boolean("confidential"),
    bodyRegions: fields.codes("confidential", "body-region"),
    impairments: fields.codes("confidential", "impairment"),
    person: fields.record("strictly-confidential", "people.person"),
    /** That of the accident's report. */
    organisation: fields.organisation("public", { derived: true }),
    note: fields.longText("confidential"),
    source: fields.text("restricted"),
  },
});

export const rights = {
  "accidents.read": "everyone",
  /** Figures of casualties; small counts are hidden from who is not cleared for restricted facts. */
  "accidents.statistics": "open",
  "accidents.enter": "reporters",
  "accidents.correct": "editors",
  "accidents.verify": "verifiers",
  "accidents.approve": "managers",
  /** Says which person a casualty is. */
  "accidents.link": "victim-assistance",
  /** Takes records of casualties out of the system, made anonymous. */
  "accidents.publish": "managers",
} as const;

export const accidentProblems = defineProblems("accidents", {
  "step-not-allowed": 409,
  "own-report": 403,
  "verifier-approves": 403,
  "other-organisation": 403,
  "not-ready": 422,
  "not-published": 422,
  "one-country": 422,
  "too-many-cells": 422,
  "not-anonymous": 422,
});

/** The routes of accidents as records; entering is a report's beginning. */
export const routes = recordRoutes(accident, "/api/accidents", {
  read: "accidents.read",
  correct: "accidents.enter",
});

const recordsOfCasualties = recordRoutes(casualty, "/api/casualties", {
  read: "accidents.read",
  correct: "accidents.enter",
});

const one = z.object({ country: z.string().regex(/^[A-Z]{3}$/), id: z.uuid() });
const words = z.string().trim().min(3).max(2000);
const casualtyOutput = z.object({ record: outputSchema(casualty), references, allowed: allowedActions });
const casualtyStepProblems = [
  commonProblems["not-found"],
  commonProblems["stale-revision"],
  accidentProblems["step-not-allowed"],
] as const;

/** The routes of casualties: as records, and what only casualties have. */
export const casualtyRoutes = {
  ...recordsOfCasualties,
  withdraw: route({
    method: "POST",
    path: "/api/casualties/{country}/{id}/withdraw",
    summary: "accidents.routes.withdraw-casualty",
    right: "accidents.enter",
    params: one,
    body: z.strictObject({ revision: z.int().min(1), reason: words }),
    output: casualtyOutput,
    problems: casualtyStepProblems,
  }),
  link: route({
    method: "POST",
    path: "/api/casualties/{country}/{id}/person",
    summary: "accidents.routes.link",
    right: "accidents.link",
    params: one,
    body: z.strictObject({ revision: z.int().min(1), reason: words, person: z.uuid().nullable() }),
    output: casualtyOutput,
    problems: casualtyStepProblems,
  }),
};

const finding = z.object({
  check: z.string(),
  severity: z.enum(["error", "warning"]),
  field: z.string().nullable(),
  /** The casualty that it is about; null for the accident itself. */
  casualty: z.uuid().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

const reportOutput = z.object({
  revision: z.int(),
  state: z.enum(accidentStates),
  thread: z.array(
    z.object({
      position: z.int(),
      step: z.enum(stepNames),
      comment: z.string().nullable(),
      at: z.iso.datetime({ offset: true }),
      author: z.string().nullable(),
    }),
  ),
  casualties: z.array(outputSchema(casualty)),
  findings: z.array(finding),
  /** What the caller may do next. */
  allowed: z.array(z.enum([...workflowSteps, "edit"])),
  references,
});
export type AccidentReport = z.output<typeof reportOutput>;

const stepProblems = [
  ...casualtyStepProblems,
  accidentProblems["own-report"],
  accidentProblems["verifier-approves"],
  accidentProblems["not-ready"],
] as const;

function step<const Name extends string>(
  name: Name,
  right: keyof typeof rights,
  comment: z.ZodType<string | undefined, string | undefined>,
) {
  return route({
    method: "POST",
    path: `/api/accidents/{country}/{id}/${name}` as const,
    summary: `accidents.routes.${name}`,
    right,
    params: one,
    body: z.strictObject({ revision: z.int().min(1), comment }),
    output: reportOutput,
    problems: stepProblems,
  });
}

/** The way of an accident's report from draft to approved. */
export const reportRoutes = {
  report: route({
    method: "GET",
    path: "/api/accidents/{country}/{id}/report",
    summary: "accidents.routes.report",
    right: "accidents.read",
    params: one,
    output: reportOutput,
    problems: [commonProblems["not-found"]],
  }),
  submit: step("submit", "accidents.enter", words.optional()),
  verify: step("verify", "accidents.verify", words.optional()),
  approve: step("approve", "accidents.approve", words.optional()),
  return: step("return", "accidents.verify", words),
  withdraw: step("withdraw", "accidents.enter", words),
};
