import { z } from "zod";
import { languages } from "../../platform/contract/fields.ts";
import { allowedActions, references } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { areaClasses, areaStatuses } from "../land/model.ts";
import { arealGeometry } from "./contract-body.ts";
import { historyRoute } from "./contract-history.ts";
import { publishedLevels, statusEvents } from "./model.ts";

export const landProblems = defineProblems("land-release", {
  "rules-changed": 409,
  "rules-backdated": 422,
  "plot-unsound": 422,
  "plot-outside": 422,
});

const country = z.string().regex(/^[A-Z]{3}$/);
const id = z.object({ country, id: z.uuid() });

export const areaState = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string().nullable(),
  areaClass: z.enum(areaClasses),
  status: z.enum(areaStatuses),
  openSquareMetres: z.int(),
  closedOn: z.string().nullable(),
  closureReason: z.string().nullable(),
  contamination: z.array(z.string()),
  perimeter: arealGeometry.nullable(),
  ground: arealGeometry.nullable(),
});
export type AreaStateOutput = z.output<typeof areaState>;

const rulesBody = z.strictObject({
  transitions: z
    .array(
      z.strictObject({
        event: z.enum(statusEvents),
        class: z.enum(areaClasses).nullable(),
        status: z.array(z.enum(areaStatuses)).min(1),
        toClass: z.enum(areaClasses).nullable(),
        toStatus: z.enum(areaStatuses),
      }),
    )
    .max(50),
  confirms: z.array(z.string().max(80)).max(30),
  suspects: z.array(z.string().max(80)).max(30),
  landClasses: z
    .array(
      z.strictObject({
        code: z.string().trim().min(1).max(40),
        label: z.string().trim().min(1).max(200),
        class: z.enum(areaClasses).nullable(),
        antipersonnel: z.boolean(),
      }),
    )
    .max(60),
  clearedNeedsControl: z.enum(["refuse", "warn", "no"]),
  accreditation: z.enum(["refuse", "warn", "no"]),
  verifierMayApprove: z.boolean(),
  usualDepthCentimetres: z.int().min(1).max(500).nullable(),
  fadeOutWarnShare: z.number().min(0).max(1),
});

export type RulesBody = z.output<typeof rulesBody>;

const rulesOutput = z.object({
  /** The newest version, in force already or from a later day; 0 while the country has laid down none. */
  version: z.int(),
  /** What is in force now. */
  rules: rulesBody,
  /** Every version that the country has laid down, newest first. */
  versions: z.array(
    z.object({
      version: z.int(),
      rules: rulesBody,
      /** From when it is in force, and when it was stored. */
      from: z.string(),
      changedAt: z.string(),
      reason: z.string().nullable(),
    }),
  ),
  allowed: allowedActions,
});
export type RulesOutput = z.output<typeof rulesOutput>;

/** Routes about land rather than about a report: areas, plots, the past, national rules. */
export const landRoutes = {
  /** An area as approved reports made it, with its products and reports. */
  area: route({
    method: "GET",
    path: "/api/land/areas/{country}/{id}/state",
    summary: "land-release.routes.area",
    right: "land.report-read",
    params: id,
    output: z.object({
      state: areaState.nullable(),
      parent: z.uuid().nullable(),
      products: z.array(
        z.object({
          id: z.uuid(),
          report: z.uuid(),
          reportCode: z.string().nullable(),
          kind: z.string(),
          squareMetres: z.int(),
          depthCentimetres: z.int().nullable(),
          method: z.string().nullable(),
          effectiveOn: z.string(),
          geometry: arealGeometry.nullable(),
        }),
      ),
      references,
    }),
    problems: [commonProblems["not-found"]],
  }),
  /** What is known about a plot of land: areas and released ground that it touches. */
  plot: route({
    method: "POST",
    path: "/api/land/plot",
    summary: "land-release.routes.plot",
    right: "land.check",
    body: z.strictObject({ country, geometry: arealGeometry }),
    output: z.object({
      squareMetres: z.int(),
      asOf: z.string(),
      areas: z.array(
        z.object({
          country: z.string(),
          id: z.uuid().nullable(),
          code: z.string(),
          areaClass: z.enum(areaClasses),
          status: z.enum(areaStatuses),
          squareMetres: z.int(),
          effectiveOn: z.string().nullable(),
        }),
      ),
      released: z.array(
        z.object({
          kind: z.string(),
          squareMetres: z.int(),
          depthCentimetres: z.int().nullable(),
          effectiveOn: z.string(),
          /** The report that released it and its area, for whoever may open them. */
          report: z.uuid().nullable(),
          reportCode: z.string().nullable(),
          area: z.uuid().nullable(),
          areaCode: z.string().nullable(),
        }),
      ),
      /** What the country tells anybody; null for callers who may see places themselves. */
      published: z
        .object({
          level: z.enum(publishedLevels),
          /** Open areas in cells of a hundredth of a degree (about a kilometre) around the plot, and their newest date. */
          open: z.object({ areas: z.int(), newest: z.string().nullable() }).nullable(),
          /** Whom to ask, as the node names it. */
          contact: z.partialRecord(z.enum(languages), z.string()).nullable(),
        })
        .nullable(),
      /** Whether the caller sees everything that is stored about the place. */
      complete: z.boolean(),
    }),
    problems: [landProblems["plot-unsound"], landProblems["plot-outside"]],
    writes: false,
    rate: "heavy",
  }),
  history: historyRoute,
  rules: route({
    method: "GET",
    path: "/api/land/rules/{country}",
    summary: "land-release.routes.rules",
    right: "land.report-read",
    params: z.object({ country }),
    output: rulesOutput,
  }),
  putRules: route({
    method: "PUT",
    path: "/api/land/rules/{country}",
    summary: "land-release.routes.put-rules",
    right: "land.rules-change",
    params: z.object({ country }),
    body: z.strictObject({
      /** The version that was changed. */
      version: z.int().min(0),
      rules: rulesBody,
      /** The day from which the new version holds; from now on when left out. Never a day of the past. */
      validFrom: z.iso.date().nullable().default(null),
      reason: z.string().trim().min(3).max(2000),
    }),
    output: rulesOutput,
    problems: [landProblems["rules-changed"], landProblems["rules-backdated"]],
  }),
};
