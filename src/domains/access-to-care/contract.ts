import { z } from "zod";
import { allowedActions, references } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { needKinds, serviceCodes } from "../services/model.ts";
import {
  accessGroups,
  demands,
  layerNames,
  minutesPerBin,
  runStates,
  scoreMethods,
  seasons,
  sitingKinds,
  sitingSearches,
  thresholdRange,
  travelModes,
} from "./model.ts";

export const rights = {
  /** Reads analyses, their results as far as cleared for, and the explorer. */
  "access-to-care.read": "everyone",
  /** Describes analyses, runs them, brings in ground. */
  "access-to-care.run": "victim-assistance",
} as const;

export const accessToCareProblems = defineProblems("access-to-care", {
  "no-terrain": 422,
  "terrain-not-ready": 409,
  "terrain-in-use": 409,
  "layer-unreadable": 422,
  "not-finished": 409,
  "too-large": 422,
  "needs-not-yours": 403,
  "nothing-to-compute": 422,
  interrupted: 503,
});

const country = z
  .string()
  .min(3)
  .regex(/^[A-Z]{3}$/);
const one = z.object({ country, id: z.uuid() });
const minutes = z.int().min(thresholdRange.min).max(thresholdRange.max).multipleOf(minutesPerBin);
const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);

export const proposal = z.strictObject({
  longitude,
  latitude,
  capacityPerMonth: z.int().min(0).max(1_000_000).nullish(),
});

const amount = z.number().positive().max(1e12).nullable();

/** Speed on flat ground in km/h by season, and how people move there; null: not passable in that season. */
export const speedRule = z.strictObject({
  mode: z.enum(travelModes),
  dry: z.number().positive().max(200).nullable(),
  rainy: z.number().positive().max(200).nullable(),
});
const speedsByClass = z.record(z.string(), speedRule);
export const speedTable = z.strictObject({
  landCover: speedsByClass,
  roads: speedsByClass,
  rivers: speedsByClass,
  crossings: speedsByClass,
});

/** Everything an analysis is asked for; what is left out has the default that the method text names. */
export const parameters = z.strictObject({
  services: z.array(z.enum(serviceCodes)).min(1).max(serviceCodes.length),
  /** Minutes within which somebody counts as reached; `threshold` is the one by which gaps are ranked. */
  threshold: minutes.default(120),
  thresholds: z.array(minutes).min(1).max(6).default([60, 120, 240]),
  mode: z.enum(travelModes).default("walking"),
  season: z.enum(seasons).default("dry"),
  /** Whether open hazardous areas are closed to travel; the difference is worked out too. */
  hazards: z.boolean().default(false),
  demand: z.enum(demands).default("population"),
  /** Which open needs count, where demand is needs. */
  needs: z.array(z.enum(needKinds)).max(needKinds.length).default([]),
  /** Other speeds than the table of the mode. */
  speeds: speedTable.nullable().default(null),
  /** Speeds lower and higher by so many per cent give the band of uncertainty; 0 for none. */
  uncertainty: z.int().min(0).max(60).default(20),
  /** Which floating catchment score. */
  method: z.enum(scoreMethods).default("two-step"),
  /** How many further services to propose. */
  siting: z.int().min(0).max(20).default(3),
  sitingSearch: z.enum(sitingSearches).default("quick"),
  sitingKind: z.enum(sitingKinds).default("new"),
  /** What a new site costs, and one where there is a site already; any currency, the same in both and in the budget. */
  costNew: amount.default(null),
  costUpgrade: amount.default(null),
  /** What may be spent in all; null for no limit. */
  budget: amount.default(null),
  /** Every so many cells become one; for ground that memory would not hold. */
  coarsen: z.int().min(1).max(64).default(1),
  /** Metres over which a service that stands on a barrier is moved to the nearest passable cell. */
  snapMetres: z.int().min(0).max(20_000).default(1000),
  proposals: z.array(proposal).max(20).default([]),
});
export type Parameters = z.output<typeof parameters>;

/** Something the reader should know; the sentence is `access-to-care.finding.<code>`. */
export const finding = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Finding = z.output<typeof finding>;

export const gridOutput = z.object({
  columns: z.int(),
  rows: z.int(),
  west: z.number(),
  north: z.number(),
  cellWidth: z.number(),
  cellHeight: z.number(),
  epsg: z.int().optional(),
});

const layerOutput = z.object({
  layer: z.enum(layerNames),
  fileName: z.string(),
  sha256: z.string(),
  size: z.int(),
  recordedAt: z.string(),
});

export const terrainOutput = z.object({
  country: z.string(),
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(["files", "sample"]),
  source: z.string().nullable(),
  grid: gridOutput.nullable(),
  bounds: z.array(z.number()).nullable(),
  ready: z.boolean(),
  layers: z.array(layerOutput),
  findings: z.array(finding),
  /** What computing on it takes, and the factor by which it would have to be coarser; null before there is a grid. */
  memory: z.object({ megabytes: z.int(), limit: z.int(), coarsen: z.int() }).nullable(),
  recordedAt: z.string(),
});
export type TerrainOutput = z.output<typeof terrainOutput>;

/** One thing that went into a run: what, as of when, and the hash of its bytes. */
export const inputOutput = z.object({
  name: z.string(),
  version: z.string(),
  sha256: z.string(),
  size: z.int(),
  records: z.int().nullable(),
});

const band = z.object({ low: z.number(), high: z.number() });

export const unitResult = z.object({
  unit: z.uuid().nullable(),
  level: z.int(),
  population: z.number(),
  /** People within each of the thresholds, in their order. */
  within: z.array(z.number()),
  outside: z.number(),
  /** Of those who live there, from 0 to 1; null where nobody does. */
  share: z.number().nullable(),
  /** Mean enhanced two-step score of its people: places in a month for each thousand people. */
  score: z.number(),
  /** With open hazardous areas closed to travel, less without: people who are outside because of them. */
  contamination: z.number().nullable(),
  band: band.nullable(),
  /** People who would still be outside with all proposed services; null where none are proposed. */
  after: z.number().nullable().default(null),
});
export type UnitResult = z.output<typeof unitResult>;

export const groupResult = unitResult
  .pick({ unit: true, population: true, outside: true, share: true, score: true })
  .extend({ group: z.enum(accessGroups) });
export type GroupResult = z.output<typeof groupResult>;

export const results = z.object({
  grid: gridOutput,
  bounds: z.array(z.number()),
  thresholds: z.array(z.int()),
  threshold: z.int(),
  total: unitResult.omit({ unit: true, level: true }),
  /** Of the first two levels below the country; ranked by people outside. */
  units: z.array(unitResult),
  services: z.array(
    z.object({
      point: z.uuid().nullable(),
      code: z.string(),
      longitude,
      latitude,
      state: z.enum(["used", "snapped", "outside", "barrier"]),
      snappedMetres: z.int().nullable(),
      /** People whom it is the nearest to within the threshold. */
      nearest: z.number(),
    }),
  ),
  siting: z.array(
    z.object({
      longitude,
      latitude,
      unit: z.uuid().nullable(),
      people: z.number(),
      /** The site that there is, where services would be added to it. */
      point: z.uuid().nullable().default(null),
      code: z.string().nullable().default(null),
      cost: z.number().nullable().default(null),
    }),
  ),
  /** The same figures for groups of people, of all ground (`unit` null) and of its first-level units. */
  groups: z.array(groupResult).default([]),
  findings: z.array(finding),
  /** Files of the run by name with their hashes. */
  files: z.record(z.string(), z.string()),
});
export type Results = z.output<typeof results>;

export const runOutput = z.object({
  country: z.string(),
  id: z.uuid(),
  analysis: z.uuid(),
  version: z.int(),
  repeats: z.uuid().nullable(),
  state: z.enum(runStates),
  job: z.uuid().nullable(),
  parameters,
  inputs: z.array(inputOutput),
  results: results.nullable(),
  resultsSha256: z.string().nullable(),
  problem: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
  recordedAt: z.string(),
  recordedBy: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type RunOutput = z.output<typeof runOutput>;

const runLine = runOutput.omit({ parameters: true, inputs: true, results: true });

export const analysisOutput = z.object({
  country: z.string(),
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  terrain: z.uuid(),
  terrainName: z.string(),
  parameters,
  version: z.int(),
  recordedAt: z.string(),
  recordedBy: z.string().nullable(),
  runs: z.array(runLine),
});
export type AnalysisOutput = z.output<typeof analysisOutput>;

const analysisBody = z.strictObject({ name: z.string().trim().min(3).max(200), terrain: z.uuid(), parameters });
const fileFormats = ["csv", "geojson", "gpkg", "tif", "json"] as const;

export const routes = {
  terrains: route({
    method: "GET",
    path: "/api/access-to-care/terrains",
    summary: "access-to-care.routes.terrains",
    right: "access-to-care.read",
    query: z.object({ country: country.optional() }),
    output: z.object({ items: z.array(terrainOutput), allowed: allowedActions }),
  }),
  createTerrain: route({
    method: "POST",
    path: "/api/access-to-care/terrains",
    summary: "access-to-care.routes.create-terrain",
    right: "access-to-care.run",
    body: z.strictObject({
      country,
      name: z.string().trim().min(3).max(200),
      source: z.string().trim().max(500).nullish(),
    }),
    output: terrainOutput,
  }),
  /** The body is the file: a GeoTIFF for rasters, GeoJSON for lines and points. */
  uploadLayer: route({
    method: "PUT",
    path: "/api/access-to-care/terrains/{country}/{id}/layers/{layer}",
    summary: "access-to-care.routes.upload-layer",
    right: "access-to-care.run",
    params: one.extend({ layer: z.enum(layerNames) }),
    query: z.object({
      name: z.string().trim().min(1).max(200).default("file"),
      resample: z.stringbool().default(false),
    }),
    output: terrainOutput,
    problems: [
      commonProblems["not-found"],
      commonProblems["too-large"],
      accessToCareProblems["terrain-in-use"],
      accessToCareProblems["layer-unreadable"],
    ],
    timeLimit: 600_000,
    rate: "heavy",
  }),
  analyses: route({
    method: "GET",
    path: "/api/access-to-care/analyses",
    summary: "access-to-care.routes.analyses",
    right: "access-to-care.read",
    query: z.object({ country: country.optional() }),
    output: z.object({ items: z.array(analysisOutput), allowed: allowedActions }),
  }),
  analysis: route({
    method: "GET",
    path: "/api/access-to-care/analyses/{country}/{id}",
    summary: "access-to-care.routes.analysis",
    right: "access-to-care.read",
    params: one,
    output: analysisOutput.extend({ allowed: allowedActions }),
    problems: [commonProblems["not-found"]],
  }),
  createAnalysis: route({
    method: "POST",
    path: "/api/access-to-care/analyses",
    summary: "access-to-care.routes.create-analysis",
    right: "access-to-care.run",
    body: analysisBody.extend({ country }),
    output: analysisOutput,
    problems: [accessToCareProblems["no-terrain"]],
  }),
  changeAnalysis: route({
    method: "PUT",
    path: "/api/access-to-care/analyses/{country}/{id}",
    summary: "access-to-care.routes.change-analysis",
    right: "access-to-care.run",
    params: one,
    body: analysisBody.extend({ version: z.int().min(1) }),
    output: analysisOutput,
    problems: [commonProblems["not-found"], commonProblems["stale-revision"], accessToCareProblems["no-terrain"]],
  }),
  /** Freezes the inputs as they are now and begins a job; with `repeat`, the frozen inputs of an earlier run. */
  run: route({
    method: "POST",
    path: "/api/access-to-care/analyses/{country}/{id}/runs",
    summary: "access-to-care.routes.run",
    right: "access-to-care.run",
    params: one,
    body: z.strictObject({ repeat: z.uuid().optional() }),
    output: runOutput,
    problems: [
      commonProblems["not-found"],
      accessToCareProblems["terrain-not-ready"],
      accessToCareProblems["too-large"],
      accessToCareProblems["needs-not-yours"],
      accessToCareProblems["not-finished"],
    ],
    timeLimit: 120_000,
    rate: "heavy",
  }),
  getRun: route({
    method: "GET",
    path: "/api/access-to-care/runs/{country}/{id}",
    summary: "access-to-care.routes.get-run",
    right: "access-to-care.read",
    params: one,
    output: z.object({ run: runOutput, references, method: z.array(z.string()), allowed: allowedActions }),
    query: z.object({ language: z.string().min(2).max(5).default("en") }),
    problems: [commonProblems["not-found"]],
  }),
  download: route({
    method: "GET",
    path: "/api/access-to-care/runs/{country}/{id}/download",
    summary: "access-to-care.routes.download",
    right: "access-to-care.read",
    params: one,
    query: z.object({ format: z.enum(fileFormats), hazards: z.stringbool().default(false) }),
    produces: "application/octet-stream",
    problems: [commonProblems["not-found"], accessToCareProblems["not-finished"]],
  }),
  report: route({
    method: "GET",
    path: "/api/access-to-care/runs/{country}/{id}/report",
    summary: "access-to-care.routes.report",
    right: "access-to-care.read",
    params: one,
    query: z.object({ language: z.string().min(2).max(5).default("en") }),
    produces: "application/pdf",
    problems: [commonProblems["not-found"], accessToCareProblems["not-finished"]],
    timeLimit: 60_000,
    rate: "heavy",
  }),
};
