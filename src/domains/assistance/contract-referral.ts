import { z } from "zod";
import { references } from "../../platform/contract/record-routes.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems } from "../../platform/kernel/problem.ts";
import { dataProtectionProblems } from "../data-protection/contract.ts";
import { recipientClasses } from "../data-protection/model.ts";
import { peopleProblems } from "../people/contract.ts";
import { needKinds, serviceCodes } from "../services/model.ts";
import { assistanceProblems, country, one, reason } from "./contract.ts";
import { priorities } from "./model.ts";
import { referralSides, referralStates, referredIdentity, referredParts } from "./model-referral.ts";

const version = z.int().min(1);
const services = z.array(z.enum(serviceCodes)).min(1).max(serviceCodes.length);
const lateness = z.enum(["in-time", "overdue", "escalated"]);

/** What the provider learns, copied when it is sent: later changes of the case do not follow it. */
export const sharedFacts = z.object({
  sex: z.string().optional(),
  birthYear: z.int().nullable().optional(),
  unit: z.uuid().nullable().optional(),
  needs: z.array(z.object({ kind: z.enum(needKinds), priority: z.enum(priorities) })).optional(),
  services: z.array(z.object({ service: z.enum(serviceCodes), givenOn: z.iso.date() })).optional(),
});
export type SharedFacts = z.output<typeof sharedFacts>;

const stepOutput = z.object({
  version: z.int(),
  state: z.enum(referralStates),
  reason: z.string().nullable(),
  side: z.enum(referralSides),
  recordedAt: z.string(),
  author: z.string().nullable(),
});

const clock = {
  since: z.string(),
  /** Whole days in this state. */
  days: z.int(),
  dueAt: z.string().nullable(),
  late: lateness,
};

const line = z.object({
  country: z.string(),
  id: z.uuid(),
  code: z.string(),
  caseId: z.uuid(),
  caseCode: z.string(),
  organisation: z.uuid(),
  point: z.uuid().nullable(),
  services,
  priority: z.enum(priorities),
  state: z.enum(referralStates),
  ...clock,
  /** Whether the person agrees now. Without it nothing goes on and the provider sees nothing. */
  consented: z.boolean(),
  /** The provider has said something that nobody here has looked at. */
  news: z.boolean(),
  version: z.int(),
});
export type ReferralLine = z.output<typeof line>;

export const referralOutput = line.extend({
  recipientClass: z.enum(recipientClasses),
  message: z.string().nullable(),
  parts: z.array(z.enum(referredParts)),
  needs: z.array(z.uuid()),
  shared: sharedFacts.nullable(),
  steps: z.array(stepOutput),
  /** Days between one state and the next. */
  passed: z.array(z.object({ from: z.enum(referralStates), to: z.enum(referralStates), days: z.int() })),
  next: z.array(z.enum(referralStates)),
  /** Links to the provider that still work, without their secrets. */
  links: z.array(z.object({ id: z.uuid(), expiresAt: z.string() })),
  references,
  allowed: z.array(z.string()),
});
export type ReferralOutput = z.output<typeof referralOutput>;

/** A referral as its provider sees it: what it clears, and no case. */
export const inboxOutput = z.object({
  country: z.string(),
  id: z.uuid(),
  code: z.string(),
  from: z.uuid().nullable(),
  organisation: z.uuid(),
  point: z.uuid().nullable(),
  services,
  priority: z.enum(priorities),
  message: z.string().nullable(),
  shared: sharedFacts,
  /** Parts of the identity that the person agreed to pass on; each look is on record. */
  identityParts: z.array(z.enum(referredIdentity)),
  state: z.enum(referralStates),
  ...clock,
  version: z.int(),
  steps: z.array(stepOutput.omit({ author: true })),
  next: z.array(z.enum(referralStates)),
});
export type InboxOutput = z.output<typeof inboxOutput>;

const stepBody = z.strictObject({ version, state: z.enum(referralStates), reason: reason.optional() });
const stepProblems = [
  commonProblems["not-found"],
  commonProblems["stale-revision"],
  assistanceProblems["step-not-allowed"],
  assistanceProblems["reason-missing"],
  assistanceProblems["no-consent"],
] as const;
const token = z.string().min(20).max(200);

/** What a link tells whoever holds it: less than an account, and never who somebody is. */
const linkOutput = inboxOutput
  .pick({ code: true, services: true, priority: true, message: true, shared: true, state: true, next: true })
  .extend({
    from: z.record(z.string(), z.string()).nullable(),
    provider: z.record(z.string(), z.string()),
    expiresAt: z.string(),
  });

export const referralRoutes = {
  referrals: route({
    method: "GET",
    path: "/api/assistance/referrals",
    summary: "assistance.routes.referrals",
    right: "assistance.read",
    query: z.object({
      country,
      view: z.enum(["active", "late", "news", "ended", "all"]).default("active"),
      organisation: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
    output: z.object({
      items: z.array(line),
      counts: z.object({ active: z.int(), late: z.int(), escalated: z.int(), news: z.int() }),
      references,
    }),
  }),
  createReferral: route({
    method: "POST",
    path: "/api/assistance/cases/{country}/{id}/referrals",
    summary: "assistance.routes.create-referral",
    right: "assistance.write",
    params: one,
    body: z.strictObject({
      /** The provider; that of the point when it is left out. */
      organisation: z.uuid().optional(),
      point: z.uuid().optional(),
      recipientClass: z.enum(recipientClasses),
      services,
      needs: z.array(z.uuid()).max(20).default([]),
      priority: z.enum(priorities).default("normal"),
      message: z.string().trim().min(1).max(2000).optional(),
      /** What the provider may know. */
      parts: z.array(z.enum(referredParts)).max(referredParts.length).default(["case-facts", "needs"]),
    }),
    output: referralOutput,
    problems: [commonProblems["not-found"], assistanceProblems["case-closed"], assistanceProblems["person-erased"]],
  }),
  referral: route({
    method: "GET",
    path: "/api/assistance/referrals/{country}/{id}",
    summary: "assistance.routes.referral",
    right: "assistance.read",
    params: one,
    output: referralOutput,
    problems: [commonProblems["not-found"]],
  }),
  seen: route({
    method: "POST",
    path: "/api/assistance/referrals/{country}/{id}/seen",
    summary: "assistance.routes.seen",
    right: "assistance.write",
    params: one,
    body: z.strictObject({ version }),
    output: z.object({ seen: z.int() }),
    problems: [commonProblems["not-found"]],
  }),
  stepReferral: route({
    method: "POST",
    path: "/api/assistance/referrals/{country}/{id}/step",
    summary: "assistance.routes.step-referral",
    right: "assistance.write",
    params: one,
    body: stepBody,
    output: referralOutput,
    problems: stepProblems,
  }),
  makeLink: route({
    method: "POST",
    path: "/api/assistance/referrals/{country}/{id}/link",
    summary: "assistance.routes.make-link",
    right: "assistance.write",
    params: one,
    body: z.strictObject({}),
    /** The secret is told once; it stands behind `#`, which browsers do not send. */
    output: z.object({ path: z.string(), expiresAt: z.string() }),
    problems: [commonProblems["not-found"], assistanceProblems["step-not-allowed"], assistanceProblems["no-consent"]],
  }),
  inbox: route({
    method: "GET",
    path: "/api/assistance/inbox",
    summary: "assistance.routes.inbox",
    right: "assistance.inbox",
    query: z.object({ view: z.enum(["waiting", "active", "ended"]).default("waiting") }),
    output: z.object({
      items: z.array(inboxOutput),
      counts: z.object({ waiting: z.int(), active: z.int(), ended: z.int() }),
      references,
    }),
  }),
  answer: route({
    method: "POST",
    path: "/api/assistance/inbox/{country}/{id}/step",
    summary: "assistance.routes.answer",
    right: "assistance.inbox",
    params: one,
    body: stepBody,
    output: inboxOutput,
    problems: stepProblems,
  }),
  openReferred: route({
    method: "POST",
    path: "/api/assistance/inbox/{country}/{id}/open",
    summary: "assistance.routes.open-referred",
    right: "assistance.inbox",
    params: one,
    body: z.strictObject({}),
    output: z.object({
      opening: z.uuid(),
      parts: z.array(z.string()),
      /** Shaped as in `people`: names, birth, contacts, residence, as far as cleared. */
      identity: z.record(z.string(), z.unknown()),
    }),
    problems: [
      commonProblems["not-found"],
      assistanceProblems["not-cleared"],
      assistanceProblems["no-consent"],
      peopleProblems.erased,
      peopleProblems["identity-missing"],
      dataProtectionProblems["too-many-openings"],
    ],
  }),
  lookAtReferralLink: route({
    method: "POST",
    path: "/api/assistance/links/look",
    summary: "assistance.routes.look-at-link",
    right: "open",
    body: z.strictObject({ token }),
    output: linkOutput,
    problems: [assistanceProblems["link-unusable"]],
    rate: "sign-in",
  }),
  answerByLink: route({
    method: "POST",
    path: "/api/assistance/links/answer",
    summary: "assistance.routes.answer-by-link",
    right: "open",
    body: z.strictObject({
      token,
      state: z.enum(["accepted", "declined", "no-capacity"]),
      reason: reason.optional(),
    }),
    output: z.object({ state: z.enum(referralStates) }),
    problems: [
      assistanceProblems["link-unusable"],
      assistanceProblems["step-not-allowed"],
      assistanceProblems["reason-missing"],
    ],
    rate: "sign-in",
  }),
};
