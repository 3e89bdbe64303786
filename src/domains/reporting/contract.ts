import { z } from "zod";
import { languages } from "../../platform/contract/fields.ts";
import { allowedActions } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { cell, country, definitionId, entry, hash, resultOutput } from "./contract-result.ts";
import { areaUnits } from "./model.ts";
import { definition, wording } from "./model-definition.ts";
import { dimensions, type Measure, measures, units } from "./model-measures.ts";

export const rights = {
  "reports.read": "everyone",
  "reports.write": "editors",
  "reports.publish": "managers",
  "reports.public": "open",
} as const;

export const reportingProblems = defineProblems("reporting", {
  "period-not-closed": 422,
  "one-country": 422,
  "entry-incomplete": 422,
});

const list = z
  .string()
  .max(2000)
  .transform((text) => text.split(",").filter((part) => part !== ""));

/** What a report is asked for by. */
const asked = z.object({
  definition: definitionId,
  country: list.pipe(z.array(country).min(1).max(20)),
  from: z.iso.date(),
  to: z.iso.date(),
  knownOn: z.iso.date().optional(),
  in: z.enum(areaUnits).default("m2"),
  form: z.string().max(60).optional(),
  audience: z.enum(["own", "public"]).default("own"),
  /** Narrows the report to one project of donors: what is not of projects is left out. */
  project: z.uuid().optional(),
});
export type ReportAsked = z.output<typeof asked>;

const fileFormat = z.enum(["json", "csv", "xlsx", "pdf", "geojson"]);
const language = z.enum(languages).default("en");

const editionOutput = z.object({
  country: z.string(),
  id: z.uuid(),
  definition: z.string(),
  words: wording,
  number: z.int(),
  audience: z.enum(["own", "public"]),
  from: z.iso.date(),
  to: z.iso.date(),
  hash: z.string(),
  note: z.string().nullable(),
  publishedAt: z.string(),
});
export type EditionOutput = z.output<typeof editionOutput>;

const change = z.object({
  block: z.string(),
  key: z.string().nullable(),
  whole: z.boolean(),
  column: z.string(),
  before: cell,
  after: cell,
  /** Reports that became known in between, and earlier ones that were put right; null where that cannot be told. */
  approvedLater: z.int().nullable(),
  corrected: z.int().nullable(),
});
/** What differs between a report and an edition, row by row. */
const differencesOutput = z.object({
  changes: z.array(change),
  casualties: z.object({ added: z.int(), corrected: z.int(), withdrawn: z.int() }).nullable(),
});
export type DifferencesOutput = z.output<typeof differencesOutput>;

const one = z.object({ country, id: z.uuid() });
const fileQuery = z.object({ format: fileFormat.default("json"), language });

export const routes = {
  definitions: route({
    method: "GET",
    path: "/api/reports/definitions",
    summary: "reporting.routes.definitions",
    right: "reports.read",
    query: z.object({ country: country.optional() }),
    output: z.object({
      items: z.array(z.object({ definition, hash: z.string(), own: z.boolean(), shipped: z.boolean() })),
      allowed: allowedActions,
    }),
  }),
  measures: route({
    method: "GET",
    path: "/api/reports/measures",
    summary: "reporting.routes.measures",
    right: "reports.read",
    output: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          unit: z.enum(units),
          dimensions: z.array(z.enum(dimensions)),
          stock: z.boolean(),
          retired: z.string().nullable(),
        }),
      ),
    }),
  }),
  /** A report over what is known now, or was known on a day. */
  run: route({
    method: "GET",
    path: "/api/reports/run",
    summary: "reporting.routes.run",
    right: "reports.read",
    query: asked,
    output: z.object({ result: resultOutput, hash: z.string() }),
    problems: [commonProblems["not-found"], commonProblems["invalid-input"]],
    timeLimit: 60_000,
  }),
  file: route({
    method: "GET",
    path: "/api/reports/file",
    summary: "reporting.routes.file",
    right: "reports.read",
    query: asked.extend(fileQuery.shape),
    produces: "application/octet-stream",
    problems: [commonProblems["not-found"], commonProblems["invalid-input"]],
    rate: "heavy",
    timeLimit: 60_000,
  }),
  /** The records that a figure counts; together they are the figure. */
  records: route({
    method: "GET",
    path: "/api/reports/records",
    summary: "reporting.routes.records",
    right: "reports.read",
    query: z.object({
      country,
      measure: z.string().min(1).max(60),
      from: z.iso.date(),
      to: z.iso.date(),
      knownOn: z.iso.date().optional(),
      by: z.enum(dimensions).optional(),
      key: z.string().max(120).optional(),
      ...(Object.fromEntries(
        dimensions.filter((name) => name !== "country").map((name) => [name, list.optional()]),
      ) as Record<Exclude<(typeof dimensions)[number], "country">, z.ZodOptional<typeof list>>),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    }),
    output: z.object({
      items: z.array(
        z.object({
          type: z.string(),
          id: z.uuid(),
          code: z.string().nullable(),
          value: z.number(),
          on: z.iso.date().nullable(),
        }),
      ),
      total: z.int(),
      value: z.number(),
      unit: z.enum(units),
    }),
    problems: [commonProblems["not-found"], commonProblems.forbidden],
  }),
  /** What the country wrote by hand into a report: for the year, else what it wrote for the newest before. */
  entries: route({
    method: "GET",
    path: "/api/reports/entries",
    summary: "reporting.routes.entries",
    right: "reports.read",
    query: z.object({ country, definition: definitionId, year: z.coerce.number().int().min(1900).max(2200) }),
    output: z.object({
      items: z.array(entry.extend({ block: z.string(), version: z.int(), recordedAt: z.string() })),
      allowed: allowedActions,
    }),
  }),
  saveEntry: route({
    method: "POST",
    path: "/api/reports/entries",
    summary: "reporting.routes.save-entry",
    right: "reports.write",
    body: z.strictObject({
      country,
      definition: definitionId,
      block: definitionId,
      year: z.int().min(1900).max(2200),
      flag: z.enum(["changed", "unchanged", "not-applicable"]),
      texts: z.partialRecord(z.enum(languages), z.string().trim().min(1).max(20_000)).default({}),
      numbers: z.record(z.string().min(1).max(60), z.number().min(0).max(1e15)).default({}),
      /** The version that was changed, 0 for the first of the year. */
      version: z.int().min(0),
    }),
    output: z.object({ version: z.int() }),
    problems: [commonProblems["stale-revision"], commonProblems["not-found"], reportingProblems["entry-incomplete"]],
  }),
  /** Keeps a definition that somebody made; what it contains is its key. */
  saveDefinition: route({
    method: "POST",
    path: "/api/reports/definitions",
    summary: "reporting.routes.save-definition",
    right: "reports.write",
    body: z.strictObject({ country, definition, shared: z.boolean().default(false) }),
    output: z.object({ id: z.string(), hash }),
    problems: [commonProblems["invalid-input"], commonProblems.conflict],
  }),
  /** What maps of figures are drawn on; none for visitors where the country's public page has no map. */
  outlines: route({
    method: "GET",
    path: "/api/reports/outlines/{country}",
    summary: "reporting.routes.outlines",
    right: "reports.public",
    params: z.object({ country }),
    output: z.object({ items: z.array(z.object({ id: z.string(), geometry: z.unknown() })) }),
  }),
  editions: route({
    method: "GET",
    path: "/api/reports/editions",
    summary: "reporting.routes.editions",
    right: "reports.public",
    query: z.object({ country, definition: definitionId.optional() }),
    output: z.object({ items: z.array(editionOutput), allowed: allowedActions }),
  }),
  edition: route({
    method: "GET",
    path: "/api/reports/editions/{country}/{id}",
    summary: "reporting.routes.edition",
    right: "reports.public",
    params: one,
    /** `embed` are the sites that may show it within their pages. */
    output: z.object({ edition: editionOutput, result: resultOutput, embed: z.array(z.string()) }),
    problems: [commonProblems["not-found"]],
  }),
  editionFile: route({
    method: "GET",
    path: "/api/reports/editions/{country}/{id}/file",
    summary: "reporting.routes.edition-file",
    right: "reports.public",
    params: one,
    query: fileQuery,
    produces: "application/octet-stream",
    problems: [commonProblems["not-found"]],
    rate: "heavy",
    timeLimit: 60_000,
  }),
  /** A public edition as a page to stand in another site's page. */
  embed: route({
    method: "GET",
    path: "/embed/reports/{country}/{id}",
    summary: "reporting.routes.embed",
    right: "reports.public",
    params: one,
    query: z.object({ language, only: definitionId.optional() }),
    produces: "text/html",
    problems: [commonProblems["not-found"]],
  }),
  /** What is otherwise than in the edition before, or now. */
  differences: route({
    method: "GET",
    path: "/api/reports/editions/{country}/{id}/differences",
    summary: "reporting.routes.differences",
    right: "reports.read",
    params: one,
    query: z.object({ with: z.enum(["before", "now"]).default("before") }),
    output: z.object({ against: editionOutput.nullable(), differences: differencesOutput.nullable() }),
    problems: [commonProblems["not-found"]],
    timeLimit: 60_000,
  }),
  /** Freezes a report. Only a period that is over can be published. */
  publish: route({
    method: "POST",
    path: "/api/reports/editions",
    summary: "reporting.routes.publish",
    right: "reports.publish",
    body: z.strictObject({
      country,
      definition: definitionId,
      from: z.iso.date(),
      to: z.iso.date(),
      knownOn: z.iso.date().nullable().optional(),
      in: z.enum(areaUnits).default("km2"),
      form: z.string().max(60).nullable().optional(),
      audience: z.enum(["own", "public"]),
      note: z.string().trim().min(1).max(2000).nullable().optional(),
    }),
    output: editionOutput,
    problems: [commonProblems["not-found"], commonProblems["invalid-input"], reportingProblems["period-not-closed"]],
    timeLimit: 60_000,
  }),
  /** Every reason why a unit cannot be declared complete; none when it can. */
  completion: route({
    method: "GET",
    path: "/api/reports/completion",
    summary: "reporting.routes.completion",
    right: "reports.read",
    query: z.object({ country, unit: z.uuid() }),
    output: z.object({
      unit: z.object({ code: z.string(), names: z.record(z.string(), z.string()), level: z.int() }),
      asOf: z.iso.date(),
      complete: z.boolean(),
      gaps: z.array(
        z.object({
          reason: z.enum([
            "open-area",
            "suspended-area",
            "indication",
            "report-waiting",
            "control-not-accepted",
            "find-left",
          ]),
          type: z.string(),
          id: z.uuid(),
          code: z.string(),
          squareMetres: z.number().nullable(),
        }),
      ),
    }),
    problems: [commonProblems["not-found"], commonProblems.forbidden],
  }),
  /** What a country says to everybody: its newest public reports, methods, whom to ask. */
  publicPage: route({
    method: "GET",
    path: "/api/reports/public/{country}",
    summary: "reporting.routes.public-page",
    right: "reports.public",
    params: z.object({ country }),
    output: z.object({
      country: z.string(),
      methods: z.record(z.string(), z.string()),
      contact: z.record(z.string(), z.string()),
      map: z.enum(["none", "province"]),
      editions: z.array(editionOutput),
    }),
    problems: [commonProblems["not-found"]],
  }),
};

/** The measures as the route lists them. */
export const listedMeasures = (Object.entries(measures) as [string, Measure][]).map(([id, measure]) => ({
  ...{ id, unit: measure.unit, stock: measure.stock, retired: measure.retired ?? null },
  dimensions: [...measure.dimensions],
}));
