import { z } from "zod";
import { references } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems } from "../../platform/kernel/problem.ts";
import { serviceCodes } from "../services/model.ts";
import { accessToCareProblems, finding, proposal } from "./contract.ts";
import { accessGroups, seasons, travelModes } from "./model.ts";

const place = { longitude: z.number(), latitude: z.number() };

/** What the explorer is asked: which ground, which services, how people travel, and what might be added. */
export const exploreBody = z.strictObject({
  country: z
    .string()
    .min(3)
    .regex(/^[A-Z]{3}$/),
  terrain: z.uuid(),
  services: z.array(z.enum(serviceCodes)).min(1).max(serviceCodes.length),
  mode: z.enum(travelModes).default("walking"),
  season: z.enum(seasons).default("dry"),
  hazards: z.boolean().default(false),
  proposals: z.array(proposal).max(20).default([]),
});
export type ExploreBody = z.output<typeof exploreBody>;

/** People by minutes of travel: `bins[i]` need more than 5·i and at most 5·(i+1) minutes; the last are beyond. */
const histogram = z.array(z.number());

export const explorerOutput = z.object({
  units: z.array(z.object({ unit: z.uuid().nullable(), level: z.int(), bins: histogram })),
  total: histogram,
  /** The groups that the ground tells apart; parts of all people. */
  groups: z.array(z.object({ group: z.enum(accessGroups), bins: histogram })),
  references,
  /** Bins of time by place, one byte each, rows from the north, on the projection of web maps; base64. */
  raster: z.object({
    columns: z.int(),
    rows: z.int(),
    /** West, south, east, north in degrees. */
    bounds: z.array(z.number()),
    bins: z.string(),
  }),
  services: z.array(
    z.object({
      point: z.uuid(),
      code: z.string(),
      names: z.record(z.string(), z.string()),
      ...place,
      state: z.enum(["used", "snapped", "outside", "barrier"]),
      snappedMetres: z.int().nullable(),
    }),
  ),
  proposals: z.array(
    z.object({
      ...place,
      state: z.enum(["used", "snapped", "outside", "barrier"]),
      snappedMetres: z.int().nullable(),
    }),
  ),
  findings: z.array(finding),
  hazardousAreas: z.int().nullable(),
  /** Whether the caller may see where hazardous areas are, and so compare. */
  maySeeHazards: z.boolean(),
  milliseconds: z.int(),
});
export type ExplorerOutput = z.output<typeof explorerOutput>;

export const suggestOutput = z.object({
  places: z.array(z.object({ ...place, unit: z.uuid().nullable(), people: z.number() })),
  references,
  candidates: z.int(),
  milliseconds: z.int(),
});

export const explorerRoutes = {
  explore: route({
    method: "POST",
    path: "/api/access-to-care/explore",
    summary: "access-to-care.routes.explore",
    right: "access-to-care.read",
    body: exploreBody,
    output: explorerOutput,
    writes: false,
    problems: [
      commonProblems["not-found"],
      accessToCareProblems["terrain-not-ready"],
      accessToCareProblems["too-large"],
    ],
    timeLimit: 120_000,
  }),
  /** Where further services of this kind would bring most people within the threshold. */
  suggest: route({
    method: "POST",
    path: "/api/access-to-care/suggest",
    summary: "access-to-care.routes.suggest",
    right: "access-to-care.read",
    body: exploreBody.extend({
      threshold: z.int().min(5).max(480).multipleOf(5).default(120),
      count: z.int().min(1).max(10).default(3),
    }),
    output: suggestOutput,
    writes: false,
    problems: [
      commonProblems["not-found"],
      accessToCareProblems["terrain-not-ready"],
      accessToCareProblems["too-large"],
    ],
    timeLimit: 120_000,
    rate: "heavy",
  }),
};
