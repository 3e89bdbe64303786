import { z } from "zod";
import { references } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { needKinds, serviceCodes } from "../services/model.ts";
import { caseLine, caseOutput, followUpOutput } from "./contract-case.ts";
import { caseViews, causes, closeReasons, followUpKinds, needStates, priorities, serviceOutcomes } from "./model.ts";

export const rights = {
  /** Cases. Also needs clearance for strictly confidential facts, and a case within reach. */
  "assistance.read": "carers",
  "assistance.write": "carers",
  /** What was referred to the caller's own organisation as a provider; empty for everybody else. */
  "assistance.inbox": "providers",
} as const;

export const assistanceProblems = defineProblems("assistance", {
  "person-erased": 409,
  "case-open": 409,
  "case-closed": 409,
  "referral-open": 409,
  "step-not-allowed": 409,
  "reason-missing": 422,
  "unknown-account": 422,
  "no-consent": 409,
  "link-unusable": 410,
  "not-cleared": 403,
});

export const country = z.string().regex(/^[A-Z]{3}$/);
export const one = z.object({ country, id: z.uuid() });
export const reason = z.string().trim().min(3).max(2000);
export const detail = z.string().trim().min(1).max(2000);
const version = z.int().min(1);
const day = z.iso.date();

const serviceInput = z.strictObject({
  service: z.enum(serviceCodes),
  /** The provider; that of the point when it is left out. */
  organisation: z.uuid().optional(),
  point: z.uuid().optional(),
  referral: z.uuid().optional(),
  givenOn: day,
  quantity: z.number().positive().max(1_000_000).default(1),
  cost: z.number().min(0).max(1_000_000_000_000).optional(),
  /** ISO 4217; with a cost. */
  currency: z.string().min(3).max(3).optional(),
  outcome: z.enum(serviceOutcomes).default("given"),
  detail: detail.optional(),
  /** The needs that it is meant to answer; may be none. */
  needs: z.array(z.uuid()).max(20).default([]),
});
export type ServiceInput = z.output<typeof serviceInput>;

const onCase = [commonProblems["not-found"], assistanceProblems["case-closed"]] as const;
const stepping = [...onCase, commonProblems["stale-revision"]] as const;
const caseRoute = (summary: string) =>
  ({ right: "assistance.write", summary, output: caseOutput, params: one }) as const;

export const routes = {
  cases: route({
    method: "GET",
    path: "/api/assistance/cases",
    summary: "assistance.routes.cases",
    right: "assistance.read",
    query: z.object({
      country,
      view: z.enum(caseViews).default("open"),
      /** Code of the case or of the person. */
      q: z.string().trim().max(80).optional(),
      organisation: z.uuid().optional(),
      need: z.enum(needKinds).optional(),
      person: z.uuid().optional(),
      cursor: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      items: z.array(caseLine),
      /** How many cases each view holds. */
      counts: z.record(z.enum(caseViews), z.int()),
      next: z.string().nullable(),
      references,
      allowed: z.array(z.string()),
    }),
  }),
  openCase: route({
    method: "POST",
    path: "/api/assistance/cases",
    summary: "assistance.routes.open-case",
    right: "assistance.write",
    body: z.strictObject({
      country,
      person: z.uuid(),
      openedOn: day,
      /** Whose case it is; the organisation of the person when it is left out. */
      organisation: z.uuid().optional(),
      reason: reason.optional(),
    }),
    output: caseOutput,
    problems: [commonProblems["not-found"], assistanceProblems["person-erased"], assistanceProblems["case-open"]],
  }),
  case: route({
    method: "GET",
    path: "/api/assistance/cases/{country}/{id}",
    summary: "assistance.routes.case",
    right: "assistance.read",
    params: one,
    output: caseOutput,
    problems: [commonProblems["not-found"]],
  }),
  assign: route({
    method: "POST",
    path: "/api/assistance/cases/{country}/{id}/assign",
    ...caseRoute("assistance.routes.assign"),
    body: z.strictObject({ version, account: z.string().min(1).max(200).nullable(), reason: reason.optional() }),
    problems: [...stepping, assistanceProblems["unknown-account"]],
  }),
  close: route({
    method: "POST",
    path: "/api/assistance/cases/{country}/{id}/close",
    ...caseRoute("assistance.routes.close"),
    body: z.strictObject({ version, why: z.enum(closeReasons), on: day, reason }),
    problems: [...stepping, assistanceProblems["referral-open"]],
  }),
  reopen: route({
    method: "POST",
    path: "/api/assistance/cases/{country}/{id}/reopen",
    ...caseRoute("assistance.routes.reopen"),
    body: z.strictObject({ version, on: day, reason }),
    problems: [...stepping, assistanceProblems["person-erased"], assistanceProblems["step-not-allowed"]],
  }),
  setCause: route({
    method: "POST",
    path: "/api/assistance/cases/{country}/{id}/cause",
    ...caseRoute("assistance.routes.set-cause"),
    body: z.strictObject({
      /** 0 when nothing is known yet. */
      version: z.int().min(0),
      cause: z.enum(causes),
      /** The day of the accident, or since when. */
      since: day.nullable(),
    }),
    problems: stepping,
  }),
  addNeed: route({
    method: "POST",
    path: "/api/assistance/cases/{country}/{id}/needs",
    ...caseRoute("assistance.routes.add-need"),
    body: z.strictObject({
      kind: z.enum(needKinds),
      detail: detail.optional(),
      priority: z.enum(priorities).default("normal"),
      identifiedOn: day,
    }),
    problems: [...onCase, assistanceProblems["person-erased"]],
  }),
  stepNeed: route({
    method: "POST",
    path: "/api/assistance/cases/{country}/{id}/needs/{need}",
    ...caseRoute("assistance.routes.step-need"),
    params: one.extend({ need: z.uuid() }),
    body: z.strictObject({
      version,
      state: z.enum(needStates).optional(),
      priority: z.enum(priorities).optional(),
      on: day,
      reason: reason.optional(),
    }),
    problems: [...stepping, assistanceProblems["step-not-allowed"], assistanceProblems["reason-missing"]],
  }),
  addService: route({
    method: "POST",
    path: "/api/assistance/cases/{country}/{id}/services",
    ...caseRoute("assistance.routes.add-service"),
    body: serviceInput,
    problems: onCase,
  }),
  withdrawService: route({
    method: "POST",
    path: "/api/assistance/cases/{country}/{id}/services/{service}/withdraw",
    ...caseRoute("assistance.routes.withdraw-service"),
    params: one.extend({ service: z.uuid() }),
    body: z.strictObject({ reason }),
    problems: onCase,
  }),
  addGoal: route({
    method: "POST",
    path: "/api/assistance/cases/{country}/{id}/goals",
    ...caseRoute("assistance.routes.add-goal"),
    body: z.strictObject({ goal: z.string().trim().min(3).max(500), targetOn: day, need: z.uuid().optional() }),
    problems: onCase,
  }),
  endGoal: route({
    method: "POST",
    path: "/api/assistance/cases/{country}/{id}/goals/{goal}",
    ...caseRoute("assistance.routes.end-goal"),
    params: one.extend({ goal: z.uuid() }),
    body: z.strictObject({ version, state: z.enum(["reached", "given-up"]), on: day, reason: reason.optional() }),
    problems: [...stepping, assistanceProblems["step-not-allowed"], assistanceProblems["reason-missing"]],
  }),
  addFollowUp: route({
    method: "POST",
    path: "/api/assistance/cases/{country}/{id}/follow-ups",
    ...caseRoute("assistance.routes.add-follow-up"),
    body: z.strictObject({
      kind: z.enum(followUpKinds),
      dueOn: day,
      /** Whoever the case is assigned to, else who enters it. */
      assignee: z.string().min(1).max(200).optional(),
      detail: detail.optional(),
    }),
    problems: [...onCase, assistanceProblems["unknown-account"]],
  }),
  endFollowUp: route({
    method: "POST",
    path: "/api/assistance/cases/{country}/{id}/follow-ups/{followUp}",
    ...caseRoute("assistance.routes.end-follow-up"),
    params: one.extend({ followUp: z.uuid() }),
    body: z.strictObject({ version, state: z.enum(["done", "cancelled"]), on: day, outcome: detail.optional() }),
    problems: [...stepping, assistanceProblems["step-not-allowed"]],
  }),
  carers: route({
    method: "GET",
    path: "/api/assistance/carers",
    summary: "assistance.routes.carers",
    right: "assistance.read",
    query: z.object({ country }),
    /** Accounts that cases can be given to; for who works for an organisation, its own. */
    output: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
  }),
  followUps: route({
    method: "GET",
    path: "/api/assistance/follow-ups",
    summary: "assistance.routes.follow-ups",
    right: "assistance.read",
    query: z.object({
      country,
      /** Only the caller's own, unless told otherwise. */
      mine: z.stringbool().default(true),
      /** Due until this day; two weeks from now when left out. */
      until: day.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
    output: z.object({
      items: z.array(followUpOutput.extend({ caseCode: z.string() })),
      overdue: z.int(),
      total: z.int(),
    }),
  }),
};
