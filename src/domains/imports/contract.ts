import { z } from "zod";
import { languages } from "../../platform/contract/fields.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { columnMapping, profileSchema } from "./profile.ts";

export const rights = {
  "imports.read": "editors",
  "imports.run": "editors",
  "imports.undo": "managers",
} as const;

export const importProblems = defineProblems("imports", {
  "file-gone": 410,
  "upload-too-large": 413,
  "upload-empty": 422,
  "file-unreadable": 422,
  "crs-differs": 422,
  "unknown-record-type": 422,
  "unknown-field": 422,
  "field-not-importable": 422,
  "key-not-mapped": 422,
  "profile-shipped": 409,
  "not-resumable": 409,
  "other-files": 422,
  "no-files": 422,
  "not-undoable": 409,
  "still-running": 409,
});

const country = z.string().regex(/^[A-Z]{3}$/);
const byId = z.object({ id: z.uuid() });
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const problem = z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) });

/** Largest file that is taken, in bytes: 2 GiB. */
export const uploadLimit = 2 * 1024 ** 3;

export const detectedOutput = z.object({
  format: z.string(),
  layers: z.array(
    z.object({ name: z.string(), rowsEstimate: z.number().nullable(), geometryType: z.string().nullable() }),
  ),
  layer: z.string().nullable(),
  encoding: z.string().optional(),
  delimiter: z.string().optional(),
  decimalComma: z.boolean().optional(),
  headerRow: z.number().optional(),
  titleRows: z.array(z.string()).optional(),
  fields: z.array(z.object({ name: z.string(), samples: z.array(z.string()), kind: z.string(), filled: z.number() })),
  crs: z.object({ name: z.string(), code: z.string().optional() }).nullable().optional(),
  warnings: z.array(problem),
});

export const uploadOutput = z.object({ id: z.uuid(), name: z.string(), size: z.number(), sha256: z.string() });
export type UploadOutput = z.output<typeof uploadOutput>;

export const importStatuses = ["waiting", "running", "done", "failed", "cancelled", "interrupted", "undone"] as const;

export const countsOutput = z.object({
  read: z.int(),
  stored: z.int(),
  created: z.int(),
  updated: z.int(),
  restored: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  withoutPosition: z.int(),
  findings: z.object({ error: z.int(), warning: z.int() }),
  byCheck: z.record(z.string(), z.int()),
  byType: z.record(z.string(), z.int()),
});

export const importOutput = z.object({
  id: z.uuid(),
  country: z.string(),
  dryRun: z.boolean(),
  profile: z.object({ id: z.string(), names: z.record(z.string(), z.string()), recordType: z.string() }),
  files: z.array(z.object({ name: z.string(), size: z.number(), sha256: z.string() })),
  status: z.enum(importStatuses),
  counts: countsOutput,
  problem: problem.nullable(),
  startedBy: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
  undo: z
    .object({
      withdrawn: z.int(),
      reverted: z.int(),
      left: z.array(z.object({ recordType: z.string(), id: z.string(), code: z.string().nullable() })),
      leftCount: z.int(),
    })
    .nullable(),
  /** What the caller may do with it now: `undo`, `cancel`, `resume`, `decide`. */
  allowed: z.array(z.string()),
});
export type ImportOutput = z.output<typeof importOutput>;

export const findingOutput = z.object({
  id: z.uuid(),
  file: z.string(),
  row: z.int().nullable(),
  recordType: z.string().nullable(),
  recordId: z.string().nullable(),
  check: z.string(),
  severity: z.enum(["error", "warning"]),
  field: z.string().nullable(),
  params: z.record(z.string(), z.unknown()),
  suggestion: z.object({ values: z.record(z.string(), z.unknown()), reason: z.string() }).nullable(),
  state: z.enum(["open", "applied", "dismissed"]),
  fields: z.record(z.string(), scalar).nullable(),
});
export type FindingOutput = z.output<typeof findingOutput>;

/** Which findings: some by id, or all open ones of a check. */
const which = z.union([
  z.strictObject({ ids: z.array(z.uuid()).min(1).max(500) }),
  z.strictObject({ check: z.string().min(1).max(100) }),
]);

const runBody = z.strictObject({
  country,
  /** Ids of uploaded files. */
  files: z.array(z.uuid()).min(1).max(500),
  profile: profileSchema,
});

const findingQuery = z.object({
  check: z.string().max(100).optional(),
  severity: z.enum(["error", "warning"]).optional(),
  state: z.enum(["open", "applied", "dismissed"]).optional(),
});

const profileProblems = [
  importProblems["unknown-record-type"],
  importProblems["unknown-field"],
  importProblems["field-not-importable"],
  importProblems["key-not-mapped"],
];

export const routes = {
  /** The body is the file itself; its name and country are in the address. */
  upload: route({
    method: "POST",
    path: "/api/imports/files",
    summary: "imports.routes.upload",
    right: "imports.run",
    query: z.object({ name: z.string().trim().min(1).max(255) }),
    output: uploadOutput,
    problems: [importProblems["upload-too-large"], importProblems["upload-empty"]],
    writes: false,
    bodyLimit: uploadLimit,
    timeLimit: 3_600_000,
    rate: "heavy",
  }),
  detect: route({
    method: "GET",
    path: "/api/imports/files/{id}",
    summary: "imports.routes.detect",
    right: "imports.run",
    params: byId,
    query: z.object({
      layer: z.string().max(200).optional(),
      headerRow: z.coerce.number().int().min(0).max(1000).optional(),
      encoding: z.string().max(40).optional(),
      delimiter: z.string().length(1).optional(),
    }),
    output: z.object({ file: uploadOutput, detected: detectedOutput, rows: z.array(z.record(z.string(), scalar)) }),
    problems: [importProblems["file-gone"], importProblems["file-unreadable"]],
    timeLimit: 60_000,
  }),
  removeFile: route({
    method: "DELETE",
    path: "/api/imports/files/{id}",
    summary: "imports.routes.remove-file",
    right: "imports.run",
    params: byId,
    problems: [importProblems["file-gone"]],
    writes: false,
  }),
  profiles: route({
    method: "GET",
    path: "/api/imports/profiles",
    summary: "imports.routes.profiles",
    right: "imports.read",
    query: z.object({ country }),
    output: z.object({ items: z.array(z.object({ profile: profileSchema, shipped: z.boolean() })) }),
  }),
  saveProfile: route({
    method: "PUT",
    path: "/api/imports/profiles",
    summary: "imports.routes.save-profile",
    right: "imports.run",
    body: z.strictObject({ country, profile: profileSchema }),
    output: z.object({ profile: profileSchema }),
    problems: [importProblems["profile-shipped"], ...profileProblems],
  }),
  removeProfile: route({
    method: "DELETE",
    path: "/api/imports/profiles/{country}/{profile}",
    summary: "imports.routes.remove-profile",
    right: "imports.run",
    params: z.object({ country, profile: z.string().max(60) }),
    problems: [commonProblems["not-found"], importProblems["profile-shipped"]],
  }),
  suggest: route({
    method: "GET",
    path: "/api/imports/files/{id}/mapping",
    summary: "imports.routes.suggest",
    right: "imports.run",
    params: byId,
    query: z.object({ recordType: z.string().max(100), country }),
    output: z.object({
      columns: z.array(columnMapping),
      /** May lack the datum, which people must then say. */
      position: z.record(z.string(), z.unknown()).nullable(),
      decimalComma: z.boolean().optional(),
      /** Known profiles that fit the file, best first. */
      fits: z.array(z.object({ profile: z.string(), fit: z.number() })),
    }),
    problems: [importProblems["file-gone"], importProblems["unknown-record-type"]],
  }),
  dryRun: route({
    method: "POST",
    path: "/api/imports/dry-run",
    summary: "imports.routes.dry-run",
    right: "imports.run",
    body: runBody,
    output: z.object({ id: z.uuid() }),
    problems: [importProblems["file-gone"], ...profileProblems],
    bodyLimit: 2_000_000,
  }),
  run: route({
    method: "POST",
    path: "/api/imports",
    summary: "imports.routes.run",
    right: "imports.run",
    body: runBody.extend({
      /** Left out when a batch is gone on with: it keeps the profile that it began with. */
      profile: profileSchema.optional(),
      /** An interrupted batch to go on with; the files must be the same. */
      resume: z.uuid().optional(),
    }),
    output: z.object({ id: z.uuid() }),
    problems: [
      importProblems["file-gone"],
      importProblems["not-resumable"],
      importProblems["other-files"],
      ...profileProblems,
    ],
    bodyLimit: 2_000_000,
  }),
  list: route({
    method: "GET",
    path: "/api/imports",
    summary: "imports.routes.list",
    right: "imports.read",
    query: z.object({
      country,
      limit: z.coerce.number().int().min(1).max(200).default(50),
      before: z.iso.datetime({ offset: true }).optional(),
      dryRuns: z.stringbool().default(false),
    }),
    output: z.object({ items: z.array(importOutput), allowed: z.array(z.string()) }),
  }),
  get: route({
    method: "GET",
    path: "/api/imports/{id}",
    summary: "imports.routes.get",
    right: "imports.read",
    params: byId,
    output: importOutput,
    problems: [commonProblems["not-found"]],
  }),
  /** Server-sent events: one `import` event at every change, from the first moment until the batch ends. */
  events: route({
    method: "GET",
    path: "/api/imports/{id}/events",
    summary: "imports.routes.events",
    right: "imports.read",
    params: byId,
    produces: "text/event-stream",
    problems: [commonProblems["not-found"]],
  }),
  findings: route({
    method: "GET",
    path: "/api/imports/{id}/findings",
    summary: "imports.routes.findings",
    right: "imports.read",
    params: byId,
    query: findingQuery.extend({
      after: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      items: z.array(findingOutput),
      counts: z.array(
        z.object({
          check: z.string(),
          severity: z.enum(["error", "warning"]),
          state: z.enum(["open", "applied", "dismissed"]),
          /** How many of them have a suggestion. */
          suggested: z.int(),
          count: z.int(),
        }),
      ),
      next: z.string().nullable(),
    }),
    problems: [commonProblems["not-found"]],
  }),
  findingsFile: route({
    method: "GET",
    path: "/api/imports/{id}/findings/file",
    summary: "imports.routes.findings-file",
    right: "imports.read",
    params: byId,
    query: findingQuery.extend({ format: z.enum(["csv", "xlsx"]), language: z.enum(languages).default("en") }),
    produces: "application/octet-stream",
    problems: [commonProblems["not-found"]],
    rate: "heavy",
    timeLimit: 300_000,
  }),
  apply: route({
    method: "POST",
    path: "/api/imports/{id}/findings/apply",
    summary: "imports.routes.apply",
    right: "imports.run",
    params: byId,
    body: z.strictObject({ which, reason: z.string().trim().min(3).max(2000) }),
    output: z.object({ applied: z.int(), left: z.int() }),
    problems: [commonProblems["not-found"]],
    timeLimit: 120_000,
  }),
  dismiss: route({
    method: "POST",
    path: "/api/imports/{id}/findings/dismiss",
    summary: "imports.routes.dismiss",
    right: "imports.run",
    params: byId,
    body: z.strictObject({ which }),
    output: z.object({ dismissed: z.int() }),
    problems: [commonProblems["not-found"]],
  }),
  cancel: route({
    method: "POST",
    path: "/api/imports/{id}/cancel",
    summary: "imports.routes.cancel",
    right: "imports.run",
    params: byId,
    problems: [commonProblems["not-found"]],
  }),
  undo: route({
    method: "POST",
    path: "/api/imports/{id}/undo",
    summary: "imports.routes.undo",
    right: "imports.undo",
    params: byId,
    body: z.strictObject({ reason: z.string().trim().min(3).max(2000) }),
    output: importOutput,
    problems: [commonProblems["not-found"], importProblems["not-undoable"], importProblems["still-running"]],
    timeLimit: 600_000,
    rate: "heavy",
  }),
};
