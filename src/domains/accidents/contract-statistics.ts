import { z } from "zod";
import { references } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { accidentProblems } from "./contract.ts";
import { dimensions } from "./model-statistics.ts";

export { compareKeys, type Dimension } from "./model-statistics.ts";

const commaList = z
  .string()
  .max(400)
  .transform((text) => text.split(",").filter((part) => part !== ""));

const year = z.coerce.number().int().min(1900).max(2200);

/** What figures are asked for: a cut by up to three dimensions, for some countries and years, as known on a day. */
export const statisticsQuery = z.object({
  by: commaList
    .pipe(
      z
        .array(z.enum(dimensions))
        .min(1)
        .max(3)
        .refine((list) => new Set(list).size === list.length),
    )
    .default(["year"]),
  country: commaList.pipe(z.array(z.string().regex(/^[A-Z]{3}$/)).min(1)).optional(),
  from: year.optional(),
  to: year.optional(),
  /** The end of this day in UTC: what was recorded later is not counted. Now when left out. */
  knownOn: z.iso.date().optional(),
});
export type StatisticsQuery = z.output<typeof statisticsQuery>;

export const statisticsRow = z.object({
  /** One key for each dimension of `by`; null where it is added up over. */
  keys: z.array(z.string().nullable()),
  /** People. Null when hidden. */
  casualties: z.int().nullable(),
  /** Accidents in which they came to harm; several casualties of one accident count once. Null where counts are hidden. */
  accidents: z.int().nullable(),
  /** Share, 0 to 1, among the known values of the last dimension; null for the unknown and where it would tell a hidden count. */
  share: z.number().nullable(),
  /** Change against the year before, as a share of it; null without one. */
  change: z.number().nullable(),
});
export type StatisticsRow = z.output<typeof statisticsRow>;

export const statisticsOutput = z.object({
  by: z.array(z.enum(dimensions)),
  rows: z.array(statisticsRow),
  knownOn: z.string().nullable(),
  /** How people who lost a limb are counted; `differs` when the countries do not agree. */
  amputated: z.enum(["apart", "within-injured", "differs"]),
  /** What was hidden, for readers from whom small counts are hidden; null when nothing is. */
  suppression: z.object({ threshold: z.int(), hidden: z.int() }).nullable(),
  references,
});
export type StatisticsOutput = z.output<typeof statisticsOutput>;

const problems = [
  accidentProblems["not-published"],
  accidentProblems["one-country"],
  accidentProblems["too-many-cells"],
] as const;

const exportQuery = z.object({
  country: z.string().regex(/^[A-Z]{3}$/),
  from: year.optional(),
  to: year.optional(),
});

/** How records were made anonymous: what was coarsened, whose keys were taken, and what risk is left. */
export const anonymityOutput = z.object({
  /** Whether the records may leave: classes large enough and the risk below its limit. */
  reached: z.boolean(),
  records: z.int(),
  smallestClassWanted: z.int(),
  riskLimit: z.number(),
  before: z.object({ k: z.int(), globalRisk: z.number() }),
  after: z.object({ k: z.int(), globalRisk: z.number() }),
  /** For each key the level taken, 0 for as recorded, and how many levels there are. */
  keys: z.array(z.object({ key: z.string(), level: z.int(), levels: z.int() })),
  /** Records whose keys were all taken away. */
  suppressed: z.int(),
  /** Share of the information of the keys that was lost, 0 to 1. */
  loss: z.number(),
});
export type AnonymityOutput = z.output<typeof anonymityOutput>;

/** Figures of casualties, and records of them made anonymous. */
export const statisticsRoutes = {
  statistics: route({
    method: "GET",
    path: "/api/accidents/statistics",
    summary: "accidents.routes.statistics",
    right: "accidents.statistics",
    query: statisticsQuery,
    output: statisticsOutput,
    problems,
    timeLimit: 60_000,
  }),
  statisticsFile: route({
    method: "GET",
    path: "/api/accidents/statistics-file",
    summary: "accidents.routes.statistics-file",
    right: "accidents.statistics",
    query: statisticsQuery.extend({ format: z.enum(["csv", "xlsx"]).default("csv") }),
    produces: "application/octet-stream",
    problems,
    rate: "heavy",
    timeLimit: 60_000,
  }),
  anonymity: route({
    method: "GET",
    path: "/api/casualty-records/report",
    summary: "accidents.routes.anonymity",
    right: "accidents.publish",
    query: exportQuery,
    output: anonymityOutput,
    rate: "heavy",
    timeLimit: 300_000,
  }),
  records: route({
    method: "GET",
    path: "/api/casualty-records",
    summary: "accidents.routes.records",
    right: "accidents.publish",
    query: exportQuery.extend({ format: z.enum(["csv", "xlsx"]).default("csv") }),
    produces: "application/octet-stream",
    problems: [accidentProblems["not-anonymous"]],
    rate: "heavy",
    timeLimit: 300_000,
  }),
};
