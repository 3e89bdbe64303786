import { z } from "zod";
import { references } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems } from "../../platform/kernel/problem.ts";
import { accounts, dimensions } from "./model.ts";

/** Figures are public, as class, status and size of areas are; what stands behind one is shown by what its reader may see. */
export const rights = { "ledger.read": "open" } as const;

const country = z.string().regex(/^[A-Z]{3}$/);
const list = z
  .string()
  .transform((text) => text.split(",").filter((part) => part !== ""))
  .pipe(z.array(z.string().max(80)).max(50));

/** Which entries a table takes. Filters name values of the dimension; several mean any of them. */
export const ledgerFilter = z.object({
  country,
  /** First and last day, inclusive; without a first day the period begins with the ledger. */
  from: z.iso.date().optional(),
  to: z.iso.date(),
  /** As known on the end of this day (UTC); without it, as known now. */
  knownOn: z.iso.date().optional(),
  province: list.optional(),
  unit: list.optional(),
  organisation: list.optional(),
  /** Areas contaminated with any of these types. */
  contamination: list.optional(),
  /** Areas contaminated with exactly one of these combinations, as the keys of a table's rows: `ap-mine+av-mine`, `none`. */
  contaminationOnly: list.optional(),
  method: list.optional(),
  landClass: list.optional(),
  project: list.optional(),
});

const squareMetres = z.int();
export const movementOutput = z.object({
  opening: squareMetres,
  identified: squareMetres,
  boundaryIncrease: squareMetres,
  boundaryDecrease: squareMetres,
  administrative: squareMetres,
  cancelled: squareMetres,
  reducedWithoutAsset: squareMetres,
  reducedWithAsset: squareMetres,
  cleared: squareMetres,
  closing: squareMetres,
  closingSuspected: squareMetres,
  closingConfirmed: squareMetres,
});
export type MovementOutput = z.output<typeof movementOutput>;

const by = z.enum([...dimensions, "year", "none"]);

export const tableOutput = z.object({
  by,
  /** What the figures are: the filter as understood, the moment up to which they are known. */
  to: z.iso.date(),
  from: z.iso.date().nullable(),
  knownOn: z.iso.date().nullable(),
  rows: z.array(z.object({ key: z.string().nullable(), movement: movementOutput })),
  total: movementOutput,
  references,
});
export type TableOutput = z.output<typeof tableOutput>;

export const entryOutput = z.object({
  country: z.string(),
  report: z.uuid(),
  line: z.int(),
  about: z.uuid(),
  reportCode: z.string().nullable(),
  reportType: z.string().nullable(),
  /** Null when the reader may not see the area. */
  area: z.uuid().nullable(),
  areaCode: z.string().nullable(),
  account: z.enum(accounts),
  squareMetres,
  effectiveOn: z.iso.date(),
  knownAt: z.string(),
  unit: z.uuid().nullable(),
  organisation: z.uuid().nullable(),
  contamination: z.array(z.string()),
  method: z.string().nullable(),
  depthCentimetres: z.int().nullable(),
});
export type EntryOutput = z.output<typeof entryOutput>;

export const routes = {
  /** Movements of a period, cut by one dimension. */
  table: route({
    method: "GET",
    path: "/api/ledger/table",
    summary: "ledger.routes.table",
    right: "ledger.read",
    query: ledgerFilter.extend({ by: by.default("province") }),
    output: tableOutput,
    problems: [commonProblems["invalid-input"]],
  }),
  /** The same table as a file. */
  download: route({
    method: "GET",
    path: "/api/ledger/table/download",
    summary: "ledger.routes.download",
    right: "ledger.read",
    query: ledgerFilter.extend({ by: by.default("province"), format: z.enum(["csv", "xlsx"]) }),
    produces: "application/octet-stream",
    rate: "heavy",
  }),
  /** The entries behind a figure, newest first. */
  entries: route({
    method: "GET",
    path: "/api/ledger/entries",
    summary: "ledger.routes.entries",
    right: "ledger.read",
    query: ledgerFilter.extend({
      account: list.optional(),
      /** Only entries that became known after the end of this day (UTC): what changed in figures that stood then. */
      knownAfter: z.iso.date().optional(),
      area: z.uuid().optional(),
      report: z.uuid().optional(),
      /** Only entries of a unit or none: `province=none` as a filter is the key of a row without one. */
      limit: z.coerce.number().int().min(1).max(500).default(100),
      offset: z.coerce.number().int().min(0).max(100_000).default(0),
    }),
    output: z.object({ items: z.array(entryOutput), total: z.int(), squareMetres, references }),
  }),
  /** Everything that happened to one area, with the balance after each report. */
  statement: route({
    method: "GET",
    path: "/api/ledger/areas/{country}/{id}",
    summary: "ledger.routes.statement",
    right: "ledger.read",
    params: z.object({ country, id: z.uuid() }),
    query: z.object({ knownOn: z.iso.date().optional() }),
    output: z.object({
      lines: z.array(
        z.object({
          report: z.uuid(),
          reportCode: z.string().nullable(),
          reportType: z.string().nullable(),
          about: z.uuid(),
          effectiveOn: z.iso.date(),
          knownAt: z.string(),
          amounts: z.partialRecord(z.enum(accounts), squareMetres),
          suspected: squareMetres,
          confirmed: squareMetres,
        }),
      ),
      balance: z.partialRecord(z.enum(accounts), squareMetres),
    }),
    problems: [commonProblems["not-found"]],
  }),
};
