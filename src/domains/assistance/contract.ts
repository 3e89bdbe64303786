import { z } from "zod";
import { references } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { needKinds, serviceCodes } from "../services/model.ts";
import {
  caseStates,
  caseViews,
  causes,
  closeReasons,
  followUpKinds,
  followUpStates,
  goalStates,
  needStates,
  priorities,
  serviceOutcomes,
} from "./model.ts";
import { referralStates } from "./model-referral.ts";

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

/** What everybody who works with a case sees of the person: nothing that says who it is. */
export const personFacts = z.object({
  id: z.uuid(),
  code: z.string(),
  sex: z.string(),
  birthYear: z.int().nullable(),
  unit: z.uuid().nullable(),
  erased: z.boolean(),
});

const caseLine = z.object({
  country: z.string(),
  id: z.uuid(),
  code: z.string(),
  /** Null when the person itself is out of the caller's reach. */
  person: personFacts.nullable(),
  organisation: z.uuid().nullable(),
  assignee: z.string().nullable(),
  assigneeName: z.string().nullable(),
  openedOn: day,
  state: z.enum(caseStates),
  /** Kinds of needs that are not met. */
  openNeeds: z.array(z.enum(needKinds)),
  urgent: z.boolean(),
  /** Open needs for which nobody has been asked. */
  unreferred: z.int(),
  nextDueOn: day.nullable(),
});
export type CaseLine = z.output<typeof caseLine>;

export const needOutput = z.object({
  id: z.uuid(),
  kind: z.enum(needKinds),
  detail: z.string().nullable(),
  priority: z.enum(priorities),
  state: z.enum(needStates),
  identifiedOn: day,
  version: z.int(),
  steps: z.array(
    z.object({
      version: z.int(),
      state: z.enum(needStates),
      priority: z.enum(priorities),
      reason: z.string().nullable(),
      happenedOn: day,
      author: z.string().nullable(),
    }),
  ),
  /** States that may follow. */
  next: z.array(z.enum(needStates)),
});

export const serviceOutput = z.object({
  id: z.uuid(),
  service: z.enum(serviceCodes),
  organisation: z.uuid().nullable(),
  point: z.uuid().nullable(),
  referral: z.uuid().nullable(),
  givenOn: day,
  quantity: z.number(),
  cost: z.number().nullable(),
  currency: z.string().nullable(),
  outcome: z.enum(serviceOutcomes),
  detail: z.string().nullable(),
  needs: z.array(z.uuid()),
  withdrawn: z.boolean(),
  withdrawnReason: z.string().nullable(),
});

export const goalOutput = z.object({
  id: z.uuid(),
  need: z.uuid().nullable(),
  goal: z.string(),
  targetOn: day,
  state: z.enum(goalStates),
  endedOn: day.nullable(),
  reason: z.string().nullable(),
  version: z.int(),
});

export const followUpOutput = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  kind: z.enum(followUpKinds),
  dueOn: day,
  assignee: z.string().nullable(),
  assigneeName: z.string().nullable(),
  detail: z.string().nullable(),
  state: z.enum(followUpStates),
  endedOn: day.nullable(),
  outcome: z.string().nullable(),
  daysLate: z.int(),
  version: z.int(),
});

const referralLine = z.object({
  id: z.uuid(),
  code: z.string(),
  organisation: z.uuid(),
  services: z.array(z.enum(serviceCodes)),
  state: z.enum(referralStates),
  since: z.string(),
});

/** One case with everything about it. */
export const caseOutput = z.object({
  country: z.string(),
  id: z.uuid(),
  code: z.string(),
  person: personFacts.nullable(),
  cause: z.object({ cause: z.enum(causes), since: day.nullable(), version: z.int() }).nullable(),
  organisation: z.uuid().nullable(),
  assignee: z.string().nullable(),
  assigneeName: z.string().nullable(),
  openedOn: day,
  state: z.enum(caseStates),
  closeReason: z.enum(closeReasons).nullable(),
  closedOn: day.nullable(),
  version: z.int(),
  steps: z.array(
    z.object({
      step: z.string(),
      detail: z.string().nullable(),
      reason: z.string().nullable(),
      happenedOn: day,
      author: z.string().nullable(),
    }),
  ),
  needs: z.array(needOutput),
  services: z.array(serviceOutput),
  goals: z.array(goalOutput),
  followUps: z.array(followUpOutput),
  referrals: z.array(referralLine),
  /** Classes of recipients to whom the person agrees to be referred, now. */
  consents: z.array(z.object({ recipientClass: z.string(), validUntil: day.nullable() })),
  references,
  allowed: z.array(z.string()),
});
export type CaseOutput = z.output<typeof caseOutput>;

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
