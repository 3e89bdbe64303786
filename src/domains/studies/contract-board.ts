import { z } from "zod";
import { languages } from "../../platform/contract/fields.ts";
import { allowedActions, references } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { outcomes, recommendationStates, sectors, terms } from "./model.ts";

const names = z.record(z.string(), z.string());

const query = z.object({
  country: z
    .string()
    .regex(/^[A-Z]{3}(,[A-Z]{3})*$/)
    .optional(),
  study: z.uuid().optional(),
  /** Studies of several countries are joined by the name of their programme. */
  programme: z.string().trim().min(1).max(200).optional(),
  term: z.enum(terms).optional(),
  sector: z.enum(sectors).optional(),
  addressee: z.uuid().optional(),
  outcome: z.enum(outcomes).optional(),
});

/** A recommendation as the board shows it: everything in it is public once its study is. */
export const boardRow = z.object({
  country: z.string(),
  id: z.uuid(),
  code: z.string(),
  wording: z.string(),
  state: z.enum(recommendationStates),
  outcome: z.enum(outcomes),
  study: z.uuid(),
  studyCode: z.string(),
  studyNames: names,
  programme: z.string().nullable(),
  published: z.boolean(),
  addressee: z.uuid().nullable(),
  sector: z.string().nullable(),
  term: z.string(),
  priority: z.string(),
  cost: z.number().nullable(),
  currency: z.string().nullable(),
  decidedOn: z.iso.date().nullable(),
  /** The nearest day on which an open action is due. */
  dueOn: z.iso.date().nullable(),
  actions: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      description: z.string(),
      owner: z.uuid().nullable(),
      ownerAsWritten: z.string().nullable(),
      dueOn: z.iso.date().nullable(),
      status: z.string(),
      doneOn: z.iso.date().nullable(),
      proof: z.string().nullable(),
      linkedKind: z.string().nullable(),
      linkedTitle: z.string().nullable(),
      url: z.string().nullable(),
      late: z.boolean(),
    }),
  ),
});
export type BoardRow = z.output<typeof boardRow>;

export const boardRoutes = {
  board: route({
    method: "GET",
    path: "/api/studies/board",
    summary: "studies.routes.board",
    right: "studies.read",
    query: query.extend({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      offset: z.coerce.number().int().min(0).max(100_000).default(0),
    }),
    output: z.object({
      items: z.array(boardRow),
      /** How many there are of each outcome, whatever outcome was asked for. */
      counts: z.record(z.string(), z.int()),
      total: z.int(),
      /** Programmes of the studies that the caller sees in these countries. */
      programmes: z.array(z.string()),
      references,
      allowed: allowedActions,
    }),
  }),
  boardFile: route({
    method: "GET",
    path: "/api/studies/board/export",
    summary: "studies.routes.board-file",
    right: "studies.read",
    query: query.extend({ format: z.enum(["csv", "xlsx"]), language: z.enum(languages).default("en") }),
    produces: "application/octet-stream",
    rate: "heavy",
  }),
};
