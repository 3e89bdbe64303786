import { z } from "zod";
import { allowedActions, references } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { accounts } from "../ledger/model.ts";
import { arealGeometry, bodySchema } from "./contract-body.ts";
import { areaState, landProblems, landRoutes } from "./contract-land.ts";
import { groundProblems, groundRoutes } from "./contract-surroundings.ts";
import { reportStates, reportTypes } from "./model.ts";
import { queueSorts, queues } from "./model-queue.ts";

export const rights = {
  "land.report-read": "everyone",
  "land.report-enter": "reporters",
  "land.report-verify": "verifiers",
  "land.report-approve": "managers",
  "land.rules-change": "managers",
  "land.check": "open",
} as const;

export const reportProblems = {
  ...landProblems,
  ...groundProblems,
  ...defineProblems("land-release", {
    "not-ready": 422,
    "step-not-allowed": 409,
    "own-report": 403,
    "verifier-approves": 403,
    "corrects-unknown": 409,
    "other-organisation": 403,
  }),
};

const country = z.string().regex(/^[A-Z]{3}$/);
const id = z.object({ country, id: z.uuid() });
const date = z.iso.date().nullable().default(null);
const uuid = z.uuid().nullable().default(null);
const comment = z.string().trim().min(1).max(5000);
const commaList = z
  .string()
  .transform((text) => text.split(",").filter((part) => part !== ""))
  .pipe(z.array(z.string().max(80)).max(50));

const words = {
  organisation: uuid,
  area: uuid,
  task: uuid,
  unit: uuid,
  effectiveOn: date,
  startedOn: date,
  endedOn: date,
  body: bodySchema,
};

const summary = z.object({
  country: z.string(),
  id: z.uuid(),
  revision: z.int(),
  code: z.string(),
  type: z.enum(reportTypes),
  state: z.enum(reportStates),
  organisation: z.uuid().nullable(),
  area: z.uuid().nullable(),
  task: z.uuid().nullable(),
  unit: z.uuid().nullable(),
  effectiveOn: z.string().nullable(),
  startedOn: z.string().nullable(),
  endedOn: z.string().nullable(),
  corrects: z.uuid().nullable(),
  correctedBy: z.uuid().nullable(),
  enteredAt: z.string(),
  submittedAt: z.string().nullable(),
  verifiedAt: z.string().nullable(),
  approvedAt: z.string().nullable(),
  sample: z.boolean(),
});
export type ReportSummary = z.output<typeof summary>;

const finding = z.object({
  check: z.string(),
  severity: z.enum(["error", "warning"]),
  part: z.uuid().nullable(),
  field: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type FindingOutput = z.output<typeof finding>;

const posting = z.object({
  area: z.uuid(),
  areaCode: z.string(),
  account: z.enum(accounts),
  squareMetres: z.int(),
  effectiveOn: z.string(),
  about: z.uuid(),
});

/** What approving a report would do: the areas before and after, the entries, the products, and what is wrong. */
const difference = z.object({
  findings: z.array(finding),
  areas: z.array(z.object({ before: areaState.nullable(), after: areaState.nullable() })),
  postings: z.array(posting),
  products: z.array(
    z.object({
      area: z.uuid(),
      areaCode: z.string(),
      kind: z.string(),
      squareMetres: z.int(),
      depthCentimetres: z.int().nullable(),
      geometry: arealGeometry.nullable(),
    }),
  ),
});
export type DifferenceOutput = z.output<typeof difference>;

const threadStep = z.object({
  number: z.int(),
  action: z.string(),
  comment: z.string().nullable(),
  author: z.string().nullable(),
  at: z.string(),
});

const reportOutput = z.object({
  report: summary.extend({ body: bodySchema }),
  /** Who entered, submitted, verified and approved it, by name where known. */
  people: z.object({
    entered: z.string().nullable(),
    submitted: z.string().nullable(),
    verified: z.string().nullable(),
    approved: z.string().nullable(),
  }),
  thread: z.array(threadStep),
  allowed: allowedActions,
  references,
});
export type ReportOutput = z.output<typeof reportOutput>;

const change = [
  commonProblems["not-found"],
  commonProblems["stale-revision"],
  reportProblems["step-not-allowed"],
  reportProblems["other-organisation"],
];
const decide = (path: string, summaryKey: string, right: string, commented: "needed" | "possible") =>
  route({
    method: "POST",
    path: `/api/land/reports/{country}/{id}/${path}`,
    summary: `land-release.routes.${summaryKey}`,
    right,
    params: id,
    body: z.strictObject({
      revision: z.int().min(1),
      comment: commented === "needed" ? comment : comment.nullable().default(null),
    }),
    output: reportOutput,
    problems: [
      ...change,
      reportProblems["not-ready"],
      reportProblems["own-report"],
      reportProblems["verifier-approves"],
    ],
  });

export type { AreaStateOutput } from "./contract-land.ts";

export const routes = {
  list: route({
    method: "GET",
    path: "/api/land/reports",
    summary: "land-release.routes.list",
    right: "land.report-read",
    query: z.object({
      country: country.optional(),
      state: commaList.optional(),
      type: commaList.optional(),
      organisation: z.uuid().optional(),
      area: z.uuid().optional(),
      task: z.uuid().optional(),
      /** A unit with everything inside it; that of the report, or of its area. */
      unit: z.uuid().optional(),
      q: z.string().trim().max(100).optional(),
      /** Only reports that have been in their state for at least so many days. */
      waitingDays: z.coerce.number().int().min(1).max(3650).optional(),
      queue: z.enum(queues).default("all"),
      sort: z.enum(queueSorts).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      offset: z.coerce.number().int().min(0).max(100_000).default(0),
    }),
    output: z.object({
      items: z.array(summary),
      total: z.int(),
      /** How many of the queue there are in each state, whatever state the list shows. */
      states: z.record(z.string(), z.int()),
      /** How many there are in each queue: what waits for the caller, what the caller entered or handed in, and all. */
      queues: z.object({ todo: z.int(), mine: z.int(), all: z.int() }),
      references,
      allowed: allowedActions,
    }),
  }),
  get: route({
    method: "GET",
    path: "/api/land/reports/{country}/{id}",
    summary: "land-release.routes.get",
    right: "land.report-read",
    params: id,
    output: reportOutput,
    problems: [commonProblems["not-found"]],
  }),
  enter: route({
    method: "POST",
    path: "/api/land/reports",
    summary: "land-release.routes.enter",
    right: "land.report-enter",
    body: z.strictObject({
      country,
      /** Made by whoever enters it: the same report sent again, as after a lost answer, is not entered twice. */
      id: z.uuid().optional(),
      type: z.enum(reportTypes),
      corrects: uuid,
      ...words,
    }),
    output: reportOutput,
    problems: [
      reportProblems["corrects-unknown"],
      reportProblems["other-organisation"],
      commonProblems["stale-revision"],
    ],
    bodyLimit: 8_000_000,
  }),
  change: route({
    method: "PUT",
    path: "/api/land/reports/{country}/{id}",
    summary: "land-release.routes.change",
    right: "land.report-enter",
    params: id,
    body: z.strictObject({ revision: z.int().min(1), ...words }),
    output: reportOutput,
    problems: change,
    bodyLimit: 8_000_000,
  }),
  submit: decide("submit", "submit", "land.report-enter", "possible"),
  withdraw: decide("withdraw", "withdraw", "land.report-enter", "needed"),
  verify: decide("verify", "verify", "land.report-verify", "possible"),
  sendBack: decide("return", "return", "land.report-verify", "needed"),
  approve: decide("approve", "approve", "land.report-approve", "possible"),
  comment: route({
    method: "POST",
    path: "/api/land/reports/{country}/{id}/comments",
    summary: "land-release.routes.comment",
    right: "land.report-enter",
    params: id,
    body: z.strictObject({ comment }),
    output: reportOutput,
    problems: [commonProblems["not-found"]],
  }),
  /** What approving the report as it is stored would do. */
  difference: route({
    method: "GET",
    path: "/api/land/reports/{country}/{id}/difference",
    summary: "land-release.routes.difference",
    right: "land.report-read",
    params: id,
    output: difference,
    problems: [commonProblems["not-found"]],
  }),
  /** The same for a report that is being written: nothing is stored. */
  check: route({
    method: "POST",
    path: "/api/land/reports/check",
    summary: "land-release.routes.check",
    right: "land.report-enter",
    body: z.strictObject({ country, id: z.uuid().optional(), type: z.enum(reportTypes), corrects: uuid, ...words }),
    output: difference,
    writes: false,
    bodyLimit: 8_000_000,
  }),
  /** Areas with an outline that the ledger does not have yet. */
  opening: route({
    method: "GET",
    path: "/api/land/opening",
    summary: "land-release.routes.opening",
    right: "land.report-enter",
    query: z.object({ country }),
    output: z.object({ areas: z.int(), squareMetres: z.int(), withoutOutline: z.int() }),
  }),
  /** Drafts the report that takes those areas into the ledger. */
  open: route({
    method: "POST",
    path: "/api/land/opening",
    summary: "land-release.routes.open",
    right: "land.report-approve",
    body: z.strictObject({ country, effectiveOn: z.iso.date() }),
    output: reportOutput,
    timeLimit: 120_000,
  }),
  ...landRoutes,
  ...groundRoutes,
};
