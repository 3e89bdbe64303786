import { z } from "zod";
import { references } from "../../platform/contract/record-routes.ts";
import { needKinds, serviceCodes } from "../services/model.ts";
import {
  caseStates,
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

export const caseLine = z.object({
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

export const referralLine = z.object({
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
