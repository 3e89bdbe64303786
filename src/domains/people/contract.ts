import { z } from "zod";
import { fields } from "../../platform/contract/fields.ts";
import { recordRoutes, references } from "../../platform/contract/record-routes.ts";
import { changeSchema, outputSchema, recordType } from "../../platform/contract/record-type.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";
import { dataProtectionProblems } from "../data-protection/contract.ts";
import { chosenPurposes, identityParts } from "../data-protection/model.ts";
import { birthPrecisions, contactKinds, documentKinds, nameKinds, photographTypes } from "./model.ts";

/** A person as everybody works with it who need not know who it is: a code and what statistics and services need. */
export const person = recordType({
  name: "people.person",
  titleField: "code",
  dateField: "registeredOn",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 80 }),
    registeredOn: fields.date("public", { required: true, column: true, filter: true }),
    sex: fields.code("confidential", "sex", { required: true, column: true, filter: true }),
    birthYear: fields.integer("confidential", { column: true, filter: true, min: 1850, max: 2200 }),
    /** Where the person lives, as coarse as services need it. The exact place is part of the identity. */
    unit: fields.unit("confidential", { column: true, filter: true }),
    /** Whose person it is: only its people, and whom it is assigned to, see it. */
    organisation: fields.organisation("confidential", { column: true, filter: true }),
    /** The account that cares for the person. */
    assignee: fields.text("confidential", { derived: true, filter: true }),
    identity: fields.code("confidential", "identity-state", { derived: true, column: true, filter: true }),
    mergedInto: fields.record("confidential", "people.person", { derived: true }),
    erasedOn: fields.date("confidential", { derived: true }),
  },
});

export const rights = {
  /** People by code. */
  "people.read": "victim-assistance",
  "people.write": "victim-assistance",
  /** Who they are. Also needs clearance for strictly confidential facts, and a purpose each time. */
  "people.identity": "victim-assistance",
} as const;

export const peopleProblems = defineProblems("people", {
  "identity-missing": 404,
  erased: 409,
  merged: 409,
  "merge-chain": 409,
  "not-merged": 409,
  "no-granted-request": 409,
  "unknown-account": 422,
  "name-missing": 422,
  "photograph-unusable": 422,
  "photograph-too-large": 422,
});

const country = z.string().regex(/^[A-Z]{3}$/);
const one = z.object({ country, id: z.uuid() });
const reason = z.string().trim().min(3).max(2000);
const note = z.string().trim().min(3).max(2000);
const text = (max: number) => z.string().trim().min(1).max(max);

const nameInput = z.strictObject({
  /** The whole name as it is written, in any script. */
  full: text(200),
  given: text(100).optional(),
  family: text(100).optional(),
  /** In Latin letters, as the person or a document spells it. */
  latin: text(200).optional(),
  kind: z.enum(nameKinds).default("official"),
});

/** Letters of base64 of the largest photograph that is looked at; what is kept of it is held against `largestPhotograph`. */
const longestPhotograph = 600_000;

/** The parts of an identity. A part that is left out is not known; in a change, null removes it. */
const partSchemas = {
  names: z.array(nameInput).min(1).max(10),
  birth: z.strictObject({
    date: z.iso.date().optional(),
    year: z.int().min(1850).max(2200).optional(),
    precision: z.enum(birthPrecisions),
    place: text(300).optional(),
  }),
  contacts: z
    .array(
      z.strictObject({
        kind: z.enum(contactKinds),
        value: text(200),
        /** Whether it is safe to reach the person in this way. */
        safe: z.boolean(),
        remark: text(500).optional(),
      }),
    )
    .min(1)
    .max(10),
  documents: z
    .array(z.strictObject({ kind: z.enum(documentKinds), number: text(100), issuer: text(200).optional() }))
    .min(1)
    .max(10),
  household: z.strictObject({
    head: text(200).optional(),
    members: z.int().min(1).max(99).optional(),
    remark: text(1000).optional(),
  }),
  residence: z.strictObject({
    address: text(500).optional(),
    longitude: z.number().min(-180).max(180).optional(),
    latitude: z.number().min(-90).max(90).optional(),
    directions: text(1000).optional(),
  }),
  /** A face, as a file that says nothing beside it; its bytes in base64. */
  photograph: z.strictObject({ mediaType: z.enum(photographTypes), data: z.base64().min(1).max(longestPhotograph) }),
};
const identitySchema = z.strictObject(partSchemas).partial();
export type Identity = z.output<typeof identitySchema>;

const identityChanges = z.strictObject(
  Object.fromEntries(
    Object.entries(partSchemas).map(([part, schema]) => [part, schema.nullable().optional()]),
  ) as unknown as { [Part in keyof typeof partSchemas]: z.ZodOptional<z.ZodNullable<(typeof partSchemas)[Part]>> },
);
export type IdentityChanges = z.output<typeof identityChanges>;

const output = z.object({ record: outputSchema(person), references, allowed: z.array(z.string()) });

/** Somebody whom a search met: what one needs to tell people apart, and nothing else of the identity. */
const hit = z.object({
  id: z.uuid(),
  code: z.string(),
  sex: z.string(),
  birthYear: z.int().nullable(),
  unit: z.uuid().nullable(),
  organisation: z.uuid().nullable(),
  name: z.string(),
  latin: z.string().nullable(),
  /** How near the name is, 0 to 1. */
  similarity: z.number(),
  /** Whether sex or year of birth differ from what was asked for. */
  differs: z.array(z.enum(["sex", "birthYear"])),
});
export type Hit = z.output<typeof hit>;

export const personRoutes = recordRoutes(person, "/api/people/persons", {
  read: "people.read",
  correct: "people.write",
});

const openingProblems = [
  commonProblems["not-found"],
  peopleProblems.erased,
  dataProtectionProblems["too-many-openings"],
  dataProtectionProblems["note-missing"],
] as const;

export const routes = {
  search: route({
    method: "POST",
    path: "/api/people/search",
    summary: "people.routes.search",
    right: "people.identity",
    body: z.strictObject({
      country,
      name: z.string().trim().min(2).max(200),
      sex: z.string().max(40).optional(),
      birthYear: z.int().min(1850).max(2200).optional(),
      note: note.optional(),
    }),
    output: z.object({ hits: z.array(hit), more: z.boolean(), references }),
    problems: [dataProtectionProblems["too-many-openings"]],
    rate: "heavy",
  }),
  register: route({
    method: "POST",
    path: "/api/people/register",
    summary: "people.routes.register",
    right: "people.identity",
    body: z.strictObject({
      country,
      values: changeSchema(person),
      identity: identitySchema,
      /** Set after the possible duplicates were looked at: enter the person all the same. */
      distinct: z.boolean().default(false),
    }),
    /** Either the person, or those that it may be. */
    output: z.object({
      record: outputSchema(person).nullable(),
      possible: z.array(hit),
      references,
      allowed: z.array(z.string()),
    }),
    problems: [
      commonProblems.conflict,
      peopleProblems["name-missing"],
      peopleProblems["photograph-unusable"],
      peopleProblems["photograph-too-large"],
      dataProtectionProblems["too-many-openings"],
    ],
    rate: "heavy",
  }),
  open: route({
    method: "POST",
    path: "/api/people/persons/{country}/{id}/open",
    summary: "people.routes.open",
    right: "people.identity",
    params: one,
    body: z.strictObject({
      purpose: z.enum(chosenPurposes as [(typeof chosenPurposes)[number], ...(typeof chosenPurposes)[number][]]),
      note: note.optional(),
      /** Fewer parts than the purpose opens. */
      parts: z.array(z.enum(identityParts)).min(1).max(identityParts.length).optional(),
    }),
    output: z.object({
      opening: z.uuid(),
      /** The parts that were opened, whether or not they hold something. */
      parts: z.array(z.enum(identityParts)),
      identity: identitySchema,
    }),
    problems: [...openingProblems, peopleProblems["identity-missing"]],
  }),
  changeIdentity: route({
    method: "POST",
    path: "/api/people/persons/{country}/{id}/identity",
    summary: "people.routes.change-identity",
    right: "people.identity",
    params: one,
    body: z.strictObject({ revision: z.int().min(1), changes: identityChanges, reason }),
    output,
    problems: [
      ...openingProblems,
      commonProblems["stale-revision"],
      peopleProblems["name-missing"],
      peopleProblems["photograph-unusable"],
      peopleProblems["photograph-too-large"],
    ],
  }),
  assign: route({
    method: "POST",
    path: "/api/people/persons/{country}/{id}/assign",
    summary: "people.routes.assign",
    right: "people.write",
    params: one,
    body: z.strictObject({ revision: z.int().min(1), account: z.string().min(1).max(200).nullable(), reason }),
    output,
    problems: [
      commonProblems["not-found"],
      commonProblems["stale-revision"],
      peopleProblems["unknown-account"],
      peopleProblems.merged,
    ],
  }),
  merge: route({
    method: "POST",
    path: "/api/people/persons/{country}/{id}/merge",
    summary: "people.routes.merge",
    right: "people.identity",
    params: one,
    body: z.strictObject({
      revision: z.int().min(1),
      /** The person that stands for both from now on. */
      into: z.uuid(),
      reason,
    }),
    output,
    problems: [
      commonProblems["not-found"],
      commonProblems["stale-revision"],
      peopleProblems.merged,
      peopleProblems["merge-chain"],
      peopleProblems.erased,
    ],
  }),
  unmerge: route({
    method: "POST",
    path: "/api/people/persons/{country}/{id}/unmerge",
    summary: "people.routes.unmerge",
    right: "people.identity",
    params: one,
    body: z.strictObject({ revision: z.int().min(1), reason }),
    output,
    problems: [commonProblems["not-found"], commonProblems["stale-revision"], peopleProblems["not-merged"]],
  }),
  merged: route({
    method: "GET",
    path: "/api/people/persons/{country}/{id}/merged",
    summary: "people.routes.merged",
    right: "people.read",
    params: one,
    output: z.object({
      /** The person that stands for it, when it was merged. */
      into: z.object({ id: z.uuid(), code: z.string() }).nullable(),
      from: z.array(z.object({ id: z.uuid(), code: z.string(), revision: z.int() })),
    }),
    problems: [commonProblems["not-found"]],
  }),
  erase: route({
    method: "POST",
    path: "/api/people/persons/{country}/{id}/erase",
    summary: "people.routes.erase",
    right: "people.identity",
    params: one,
    body: z.strictObject({
      revision: z.int().min(1),
      /** The granted request that is fulfilled. */
      request: z.uuid(),
      reason,
    }),
    output,
    problems: [
      ...openingProblems,
      commonProblems["stale-revision"],
      peopleProblems["no-granted-request"],
      dataProtectionProblems["step-not-allowed"],
    ],
  }),
};
