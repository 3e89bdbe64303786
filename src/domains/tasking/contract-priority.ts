import { z } from "zod";
import { languages } from "../../platform/contract/fields.ts";
import { allowedActions, references } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { reason, taskingProblems } from "./contract.ts";
import { type Indicator, indicatorNames } from "./model-priority.ts";

export const priorityProblems = defineProblems("tasking.priority", {
  "unknown-criteria": 404,
  "preset-fixed": 409,
  "not-entered": 422,
  withheld: 403,
});

const country = z.string().regex(/^[A-Z]{3}$/);
const indicator = z.enum(indicatorNames as [Indicator, ...Indicator[]]);
const criteriaCode = z
  .string()
  .min(2)
  .regex(/^[a-z0-9][a-z0-9-]{1,59}$/);

/** Criteria as they are stored and sent; see `CriteriaSet`. */
export const criteriaDefinition = z
  .strictObject({
    method: z.enum(["min-max", "points"]),
    criteria: z
      .array(
        z.strictObject({
          indicator,
          weight: z.number().min(0).max(1000),
          direction: z.enum(["benefit", "cost"]),
        }),
      )
      .min(1)
      .max(30),
    classes: z.array(z.strictObject({ name: z.enum(["high", "medium", "low"]), from: z.number() })).max(3),
  })
  .refine(({ criteria }) => new Set(criteria.map((each) => each.indicator)).size === criteria.length, {
    path: ["criteria"],
  });

/** A set of criteria with its name. Sets that every node offers have version 0 and no names: the catalogue has theirs. */
export const criteriaOutput = z.object({
  code: z.string(),
  version: z.int(),
  names: z.record(z.string(), z.string()),
  definition: criteriaDefinition,
  /** The set by which new tasks are scored. */
  inForce: z.boolean(),
});
export type CriteriaOutput = z.output<typeof criteriaOutput>;

const optionOutput = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string().nullable(),
  unit: z.uuid().nullable(),
  status: z.string(),
  values: z.partialRecord(indicator, z.number().nullable()),
  /** Open tasks on the area. */
  tasks: z.array(z.object({ id: z.uuid(), code: z.string() })),
});

const asked = {
  country,
  /** Code of the set; the one in force when left out. */
  criteria: criteriaCode.optional(),
  unit: z.uuid().optional(),
};

export const priorityRoutes = {
  criteria: route({
    method: "GET",
    path: "/api/tasking/criteria",
    summary: "tasking.routes.criteria",
    right: "tasking.read",
    query: z.object({ country }),
    output: z.object({ items: z.array(criteriaOutput), allowed: allowedActions }),
  }),
  saveCriteria: route({
    method: "POST",
    path: "/api/tasking/criteria",
    summary: "tasking.routes.save-criteria",
    right: "tasking.manage",
    body: z.strictObject({
      country,
      code: criteriaCode,
      /** The version that was changed, 0 for a new set. */
      version: z.int().min(0),
      names: z.partialRecord(z.enum(languages), z.string().trim().min(1).max(200)),
      definition: criteriaDefinition,
      reason,
    }),
    output: criteriaOutput,
    problems: [commonProblems["stale-revision"], priorityProblems["preset-fixed"]],
  }),
  values: route({
    method: "POST",
    path: "/api/tasking/values",
    summary: "tasking.routes.values",
    right: "tasking.manage",
    body: z.strictObject({
      country,
      area: z.uuid(),
      values: z
        .array(z.strictObject({ indicator, value: z.number().min(0).max(1e12).nullable() }))
        .min(1)
        .max(30),
      source: z.string().trim().min(3).max(500),
    }),
    output: z.object({ stored: z.int() }),
    problems: [taskingProblems["unknown-area"], priorityProblems["not-entered"]],
  }),
  priorities: route({
    method: "GET",
    path: "/api/tasking/priorities",
    summary: "tasking.routes.priorities",
    right: "tasking.read",
    query: z.object(asked),
    output: z.object({
      set: criteriaOutput,
      options: z.array(optionOutput),
      /** Areas that match; more than the options when the list was cut. */
      total: z.int(),
      /** How near an accident must be to count for an area, metres, and since which day. */
      radiusMetres: z.int(),
      since: z.iso.date(),
      references,
      allowed: allowedActions,
    }),
    problems: [priorityProblems["unknown-criteria"], priorityProblems.withheld],
    rate: "heavy",
  }),
  prioritiesFile: route({
    method: "GET",
    path: "/api/tasking/priorities/export",
    summary: "tasking.routes.priorities-file",
    right: "tasking.read",
    query: z.object({
      ...asked,
      /** Other weights than the set's, in its order, separated by commas. */
      weights: z
        .string()
        .max(500)
        .transform((text) => text.split(",").map(Number))
        .pipe(z.array(z.number().min(0)).max(30))
        .optional(),
    }),
    produces: "text/csv",
    problems: [priorityProblems["unknown-criteria"], priorityProblems.withheld],
    rate: "heavy",
  }),
};
