import { z } from "zod";
import { languages } from "../../platform/contract/fields.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import {
  consentDeciders,
  consentDecisions,
  consentMethods,
  consentPurposes,
  disclosedParts,
  disclosureGrounds,
  identityParts,
  openingPurposes,
  recipientClasses,
  requestAskers,
  requestKinds,
  requestStates,
} from "./model.ts";

export const rights = {
  /** Consents, what was passed on and requests, beside the case. */
  "data-protection.consents": "victim-assistance",
  /** Who opened what, wordings, decisions on requests: the data-protection officer. */
  "data-protection.oversee": "managers",
} as const;

export const dataProtectionProblems = defineProblems("data-protection", {
  "too-many-openings": 429,
  "note-missing": 422,
  "no-wording": 422,
  "no-consent": 409,
  "guardian-missing": 422,
  "not-in-force": 409,
  "step-not-allowed": 409,
  "own-decision": 403,
  "person-erased": 409,
});

const country = z.string().regex(/^[A-Z]{3}$/);
const one = z.object({ country, id: z.uuid() });
const note = z.string().trim().min(3).max(2000);
const names = z.record(z.string(), z.string());
const persons = z.record(z.string(), z.object({ code: z.string() }));
const page = { cursor: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };

/** One look at an identity or one search, as its log tells it. */
export const openingOutput = z.object({
  country: z.string(),
  id: z.uuid(),
  openedAt: z.string(),
  account: z.string().nullable(),
  author: z.string().nullable(),
  /** Null for a search by name. */
  person: z.uuid().nullable(),
  purpose: z.enum(openingPurposes),
  parts: z.array(z.enum(identityParts)),
  note: z.string().nullable(),
  hits: z.int().nullable(),
  shown: z.array(z.uuid()),
});
export type OpeningOutput = z.output<typeof openingOutput>;

export const wordingOutput = z.object({
  purpose: z.enum(consentPurposes),
  version: z.int(),
  texts: z.partialRecord(z.enum(languages), z.string()),
  recordedAt: z.string(),
});

export const consentOutput = z.object({
  country: z.string(),
  id: z.uuid(),
  person: z.uuid(),
  purpose: z.enum(consentPurposes),
  recipientClass: z.enum(recipientClasses),
  decision: z.enum(consentDecisions),
  wordingVersion: z.int(),
  language: z.enum(languages),
  decidedOn: z.iso.date(),
  validUntil: z.iso.date().nullable(),
  decidedBy: z.enum(consentDeciders),
  method: z.enum(consentMethods),
  recordedAt: z.string(),
  author: z.string().nullable(),
  withdrawnOn: z.iso.date().nullable(),
  inForce: z.boolean(),
});
export type ConsentOutput = z.output<typeof consentOutput>;

export const disclosureOutput = z.object({
  country: z.string(),
  id: z.uuid(),
  person: z.uuid(),
  purpose: z.enum(consentPurposes),
  recipientClass: z.enum(recipientClasses),
  recipient: z.uuid().nullable(),
  ground: z.enum(disclosureGrounds),
  parts: z.array(z.enum(disclosedParts)),
  disclosedAt: z.string(),
  author: z.string().nullable(),
});
export type DisclosureOutput = z.output<typeof disclosureOutput>;

export const requestOutput = z.object({
  country: z.string(),
  id: z.uuid(),
  person: z.uuid(),
  kind: z.enum(requestKinds),
  askedBy: z.enum(requestAskers),
  receivedOn: z.iso.date(),
  dueOn: z.iso.date(),
  overdue: z.boolean(),
  state: z.enum(requestStates),
  version: z.int(),
  note: z.string().nullable(),
  decisionNote: z.string().nullable(),
  author: z.string().nullable(),
  decidedAt: z.string().nullable(),
  doneAt: z.string().nullable(),
  steps: z.array(z.enum(["granted", "refused", "done"])),
});
export type RequestOutput = z.output<typeof requestOutput>;

const references = z.record(z.string(), z.object({ type: z.string(), country: z.string(), code: z.string(), names }));

const consentInput = z.strictObject({
  country,
  person: z.uuid(),
  purpose: z.enum(consentPurposes),
  recipientClasses: z.array(z.enum(recipientClasses)).min(1).max(recipientClasses.length),
  decision: z.enum(consentDecisions),
  wordingVersion: z.int().min(1),
  language: z.enum(languages),
  decidedOn: z.iso.date(),
  validUntil: z.iso.date().nullable().optional(),
  decidedBy: z.enum(consentDeciders),
  /** Who decides for a child, and how they are related; kept sealed. */
  guardian: z
    .strictObject({ name: z.string().trim().min(1).max(200), relation: z.string().trim().min(1).max(100) })
    .optional(),
  method: z.enum(consentMethods),
});
export type ConsentInput = z.output<typeof consentInput>;

const disclosureInput = z.strictObject({
  country,
  person: z.uuid(),
  purpose: z.enum(consentPurposes),
  recipientClass: z.enum(recipientClasses),
  recipient: z.uuid().nullable().optional(),
  ground: z.enum(disclosureGrounds),
  parts: z.array(z.enum(disclosedParts)).min(1).max(disclosedParts.length),
});
export type DisclosureInput = z.output<typeof disclosureInput>;

export const routes = {
  openings: route({
    method: "GET",
    path: "/api/data-protection/openings",
    summary: "data-protection.routes.openings",
    right: "data-protection.oversee",
    query: z.object({
      country,
      /** Openings of this person and searches that showed it. */
      person: z.uuid().optional(),
      account: z.string().max(100).optional(),
      purpose: z.enum(openingPurposes).optional(),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      ...page,
    }),
    output: z.object({ items: z.array(openingOutput), next: z.string().nullable(), persons }),
  }),
  wordings: route({
    method: "GET",
    path: "/api/data-protection/wordings",
    summary: "data-protection.routes.wordings",
    right: "data-protection.consents",
    query: z.object({ country }),
    output: z.object({ items: z.array(wordingOutput), allowed: z.array(z.string()) }),
  }),
  saveWording: route({
    method: "POST",
    path: "/api/data-protection/wordings",
    summary: "data-protection.routes.save-wording",
    right: "data-protection.oversee",
    body: z.strictObject({
      country,
      purpose: z.enum(consentPurposes),
      /** The version that was changed, 0 for the first. */
      version: z.int().min(0),
      texts: z.strictObject(
        Object.fromEntries(languages.map((language) => [language, z.string().trim().min(10).max(8000).optional()])),
      ),
      reason: note,
    }),
    output: wordingOutput,
    problems: [commonProblems["stale-revision"]],
  }),
  person: route({
    method: "GET",
    path: "/api/data-protection/persons/{country}/{id}",
    summary: "data-protection.routes.person",
    right: "data-protection.consents",
    params: one,
    output: z.object({
      consents: z.array(consentOutput),
      disclosures: z.array(disclosureOutput),
      requests: z.array(requestOutput),
      references,
      child: z.boolean(),
      allowed: z.array(z.string()),
    }),
    problems: [commonProblems["not-found"]],
  }),
  recordConsent: route({
    method: "POST",
    path: "/api/data-protection/consents",
    summary: "data-protection.routes.record-consent",
    right: "data-protection.consents",
    body: consentInput,
    output: z.object({ consents: z.array(consentOutput) }),
    problems: [
      commonProblems["not-found"],
      dataProtectionProblems["no-wording"],
      dataProtectionProblems["guardian-missing"],
      dataProtectionProblems["person-erased"],
    ],
  }),
  withdraw: route({
    method: "POST",
    path: "/api/data-protection/consents/{country}/{id}/withdraw",
    summary: "data-protection.routes.withdraw",
    right: "data-protection.consents",
    params: one,
    body: z.strictObject({ withdrawnOn: z.iso.date(), note: note.optional() }),
    /** What had been passed on by this consent: it cannot be taken back, and the person is told. */
    output: z.object({ consent: consentOutput, disclosed: z.array(disclosureOutput), references }),
    problems: [commonProblems["not-found"], dataProtectionProblems["not-in-force"]],
  }),
  disclosures: route({
    method: "GET",
    path: "/api/data-protection/disclosures",
    summary: "data-protection.routes.disclosures",
    right: "data-protection.oversee",
    query: z.object({ country, recipientClass: z.enum(recipientClasses).optional(), ...page }),
    output: z.object({ items: z.array(disclosureOutput), next: z.string().nullable(), persons, references }),
  }),
  recordDisclosure: route({
    method: "POST",
    path: "/api/data-protection/disclosures",
    summary: "data-protection.routes.record-disclosure",
    right: "data-protection.consents",
    body: disclosureInput,
    output: disclosureOutput,
    problems: [
      commonProblems["not-found"],
      dataProtectionProblems["no-consent"],
      dataProtectionProblems["person-erased"],
    ],
  }),
  requests: route({
    method: "GET",
    path: "/api/data-protection/requests",
    summary: "data-protection.routes.requests",
    right: "data-protection.consents",
    query: z.object({ country, state: z.enum([...requestStates, "overdue"]).optional(), ...page }),
    output: z.object({
      items: z.array(requestOutput),
      counts: z.record(z.string(), z.int()),
      next: z.string().nullable(),
      persons,
    }),
  }),
  enterRequest: route({
    method: "POST",
    path: "/api/data-protection/requests",
    summary: "data-protection.routes.enter-request",
    right: "data-protection.consents",
    body: z.strictObject({
      country,
      person: z.uuid(),
      kind: z.enum(requestKinds),
      askedBy: z.enum(requestAskers),
      receivedOn: z.iso.date(),
      note: note.optional(),
    }),
    output: requestOutput,
    problems: [commonProblems["not-found"], dataProtectionProblems["person-erased"]],
  }),
  decideRequest: route({
    method: "POST",
    path: "/api/data-protection/requests/{country}/{id}/decide",
    summary: "data-protection.routes.decide-request",
    right: "data-protection.oversee",
    params: one,
    body: z.strictObject({ version: z.int().min(1), granted: z.boolean(), note }),
    output: requestOutput,
    problems: [
      commonProblems["not-found"],
      commonProblems["stale-revision"],
      dataProtectionProblems["step-not-allowed"],
      dataProtectionProblems["own-decision"],
    ],
  }),
  finishRequest: route({
    method: "POST",
    path: "/api/data-protection/requests/{country}/{id}/finish",
    summary: "data-protection.routes.finish-request",
    right: "data-protection.consents",
    params: one,
    body: z.strictObject({ version: z.int().min(1) }),
    output: requestOutput,
    problems: [
      commonProblems["not-found"],
      commonProblems["stale-revision"],
      dataProtectionProblems["step-not-allowed"],
    ],
  }),
};
