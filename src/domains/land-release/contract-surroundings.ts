import { z } from "zod";
import { languages } from "../../platform/contract/fields.ts";
import { references } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { areaClasses, areaStatuses } from "../land/model.ts";
import { screeningRules } from "../quality/model.ts";
import { arealGeometry } from "./contract-body.ts";
import { boundingBox } from "./contract-history.ts";
import { reportStates, reportTypes } from "./model.ts";

const country = z.string().regex(/^[A-Z]{3}$/);
const squareMetres = z.int();

/**
 * What lies around the ground of a report that is being written, as far as the caller may see it: the task's polygon, what
 * is open of its area, other open areas, and land that was given back. At most 300 of each; `truncated` when there was more.
 */
const surroundings = route({
  method: "GET",
  path: "/api/land/surroundings",
  summary: "land-release.routes.surroundings",
  right: "land.report-read",
  query: z.object({ country, bbox: boundingBox, area: z.uuid().optional(), task: z.uuid().optional() }),
  output: z.object({
    area: z
      .object({
        id: z.uuid(),
        code: z.string(),
        areaClass: z.enum(areaClasses),
        status: z.enum(areaStatuses),
        carried: z.boolean(),
        openSquareMetres: squareMetres,
        perimeter: arealGeometry.nullable(),
        /** What is open of it; null once nothing is. */
        ground: arealGeometry.nullable(),
      })
      .nullable(),
    task: z
      .object({
        id: z.uuid(),
        code: z.string(),
        status: z.string(),
        areas: z.array(z.uuid()),
        geometry: arealGeometry.nullable(),
      })
      .nullable(),
    areas: z.array(
      z.object({
        id: z.uuid(),
        code: z.string().nullable(),
        areaClass: z.enum(areaClasses),
        status: z.enum(areaStatuses),
        carried: z.boolean(),
        ground: arealGeometry,
      }),
    ),
    released: z.array(
      z.object({
        area: z.uuid(),
        areaCode: z.string().nullable(),
        kind: z.string(),
        effectiveOn: z.string(),
        squareMetres,
        depthCentimetres: z.int().nullable(),
        geometry: arealGeometry,
      }),
    ),
    truncated: z.boolean(),
  }),
  rate: "heavy",
});

/** A reason to look at reports again, never an accusation: the sentence is the message `quality.screening.<rule>`. */
const reason = z.object({
  rule: z.enum(screeningRules),
  /** The arguments of the sentence. */
  numbers: z.record(z.string(), z.number()),
  reports: z.array(
    z.object({
      country: z.string(),
      id: z.uuid(),
      code: z.string(),
      type: z.enum(reportTypes),
      state: z.enum(reportStates),
      effectiveOn: z.string().nullable(),
      organisation: z.uuid().nullable(),
    }),
  ),
  /** How many reports it is about; the list names the first fifty. */
  count: z.int(),
});
export type ScreeningReason = z.output<typeof reason>;

const screening = z.object({
  items: z.array(reason),
  total: z.int(),
  /** How many reports were looked at, and the days between which they lie. */
  looked: z.int(),
  from: z.string(),
  to: z.string(),
  /** Whether the days hold more reports than are looked at together. */
  truncated: z.boolean(),
  references,
});
export type ScreeningOutput = z.output<typeof screening>;

/** Reports that are worth a second look, by what. Without days those of the last twelve months. */
const screeningOfDays = route({
  method: "GET",
  path: "/api/land/reports/screening",
  summary: "land-release.routes.screening",
  right: "land.report-verify",
  query: z.object({
    country,
    organisation: z.uuid().optional(),
    rule: z.enum(screeningRules).optional(),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    offset: z.coerce.number().int().min(0).max(100_000).default(0),
  }),
  output: screening,
  problems: [commonProblems["invalid-input"]],
  rate: "heavy",
});

/** Why one report is worth a second look, beside those of its own organisation and its neighbours of the last year. */
const screeningOfReport = route({
  method: "GET",
  path: "/api/land/reports/{country}/{id}/screening",
  summary: "land-release.routes.report-screening",
  right: "land.report-verify",
  params: z.object({ country, id: z.uuid() }),
  output: screening,
  problems: [commonProblems["not-found"]],
  rate: "heavy",
});

export const groundProblems = defineProblems("land-release", { "no-document": 409 });

/** The paper of a completion or a handover, in a language with English beside it. */
const document = route({
  method: "GET",
  path: "/api/land/reports/{country}/{id}/document",
  summary: "land-release.routes.document",
  right: "land.report-read",
  params: z.object({ country, id: z.uuid() }),
  query: z.object({ language: z.enum(languages).default("en") }),
  produces: "application/pdf",
  problems: [commonProblems["not-found"], groundProblems["no-document"]],
  rate: "heavy",
  timeLimit: 60_000,
});

/** Routes about the ground around a report, its plausibility and its paper. */
export const groundRoutes = { surroundings, screening: screeningOfDays, reportScreening: screeningOfReport, document };
