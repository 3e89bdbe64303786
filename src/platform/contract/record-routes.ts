import { z } from "zod";
import { commonProblems, defineProblems } from "../kernel/problem.ts";
import { changeSchema, outputSchema, type RecordType } from "./record-type.ts";
import { route } from "./route.ts";

export const recordProblems = defineProblems("records", {
  "unknown-field": 400,
  "unknown-sort": 400,
  "unknown-filter": 400,
  "bad-cursor": 400,
  "reason-missing": 422,
  "nothing-changed": 422,
  withdrawn: 410,
  "decided-elsewhere": 409,
});

const commaList = z
  .string()
  .transform((text) => text.split(",").filter((part) => part !== ""))
  .pipe(z.array(z.string()).max(100));

/**
 * How a list is asked for. Filters on fields are sent as `filter.<field>=value,value`; a date or number field also takes
 * `filter.<field>.from` and `.to`. Only fields that the caller is cleared for can filter or sort.
 */
export const listQuery = z
  .object({
    country: z.string().optional(),
    /** Free text over the record's code and name. */
    q: z.string().trim().max(200).optional(),
    /** Field name, with a leading minus for descending. */
    sort: z.string().max(80).optional(),
    cursor: z.string().max(1000).optional(),
    /** As many as the setting `lists.rows` says when left out. */
    limit: z.coerce.number().int().min(1).max(500).optional(),
    /** west,south,east,north in degrees. */
    bbox: commaList
      .transform((parts) => parts.map(Number))
      .pipe(z.array(z.number()).length(4))
      .optional(),
    /** Also list records taken back by an undone import. */
    withdrawn: z.stringbool().default(false),
  })
  .catchall(z.string().max(2000));

export const countsQuery = listQuery.extend({
  /** One or two field names, comma-separated; a date counts by year. */
  by: commaList.pipe(z.array(z.string()).min(1).max(2)),
});

export const countRow = z.object({ keys: z.array(z.string().nullable()), count: z.int() });

export const revisionOutput = z.object({
  revision: z.int(),
  recordedAt: z.iso.datetime({ offset: true }),
  author: z.string().nullable(),
  reason: z.string().nullable(),
  /** `created`, `corrected`, `imported`, `withdrawn`, `restored`. */
  action: z.string(),
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
});

/** The code and names of every record that the answer mentions by id, so that no screen asks for them one by one. */
export const references = z.record(
  z.string(),
  z.object({ type: z.string(), country: z.string(), code: z.string(), names: z.record(z.string(), z.string()) }),
);

/** What the signed-in person may do with a record or a list; sent along, so that no screen decides rights. */
export const allowedActions = z.array(z.string());

/**
 * The routes that every record type has: list, counts, one record, its history, correction, export and map tiles.
 * @param type the record type
 * @param path e.g. `/api/accidents`
 * @param rights which right reading and correcting need
 */
export function recordRoutes<const P extends string>(
  type: RecordType,
  path: P,
  rights: { read: string; correct: string },
) {
  const record = outputSchema(type);
  const id = z.object({ country: z.string().regex(/^[A-Z]{3}$/), id: z.uuid() });
  return {
    list: route({
      method: "GET",
      path,
      summary: "routes.list",
      right: rights.read,
      query: listQuery,
      output: z.object({
        items: z.array(record),
        references,
        /** All records that match, counted after visibility. */
        total: z.int(),
        next: z.string().nullable(),
        allowed: allowedActions,
      }),
      problems: [recordProblems["unknown-filter"], recordProblems["unknown-sort"], recordProblems["bad-cursor"]],
    }),
    counts: route({
      method: "GET",
      path: `${path}/counts`,
      summary: "routes.counts",
      right: rights.read,
      query: countsQuery,
      output: z.object({ by: z.array(z.string()), rows: z.array(countRow), total: z.int(), references }),
      problems: [recordProblems["unknown-field"], recordProblems["unknown-filter"]],
    }),
    export: route({
      method: "GET",
      path: `${path}/export`,
      summary: "routes.export",
      right: rights.read,
      query: listQuery.extend({ format: z.enum(["csv", "xlsx", "geojson", "gpkg"]) }),
      produces: "application/octet-stream",
      problems: [recordProblems["unknown-filter"]],
      rate: "heavy",
      timeLimit: 300_000,
    }),
    get: route({
      method: "GET",
      path: `${path}/{country}/{id}`,
      summary: "routes.get",
      right: rights.read,
      params: id,
      output: z.object({ record, references, allowed: allowedActions }),
      problems: [commonProblems["not-found"]],
    }),
    history: route({
      method: "GET",
      path: `${path}/{country}/{id}/history`,
      summary: "routes.history",
      right: rights.read,
      params: id,
      output: z.object({ revisions: z.array(revisionOutput), references }),
      problems: [commonProblems["not-found"]],
    }),
    correct: route({
      method: "POST",
      path: `${path}/{country}/{id}/correct`,
      summary: "routes.correct",
      right: rights.correct,
      params: id,
      body: z.strictObject({
        /** The revision that the change was made on; a newer one answers `common.stale-revision`. */
        revision: z.int().min(1),
        reason: z.string().trim().min(3).max(2000),
        changes: changeSchema(type),
      }),
      output: z.object({ record, references, allowed: allowedActions }),
      problems: [
        commonProblems["not-found"],
        commonProblems["stale-revision"],
        recordProblems["nothing-changed"],
        recordProblems["decided-elsewhere"],
      ],
    }),
    create: route({
      method: "POST",
      path,
      summary: "routes.create",
      right: rights.correct,
      body: z.strictObject({ country: z.string().regex(/^[A-Z]{3}$/), values: changeSchema(type) }),
      output: z.object({ record, references, allowed: allowedActions }),
      problems: [commonProblems.conflict],
    }),
  };
}

/** The contract that every record type shares. */
export type RecordRoutes = ReturnType<typeof recordRoutes>;
