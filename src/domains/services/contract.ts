import { z } from "zod";
import { fields } from "../../platform/contract/fields.ts";
import { positionFields } from "../../platform/contract/position.ts";
import { recordRoutes, references } from "../../platform/contract/record-routes.ts";
import { outputSchema, recordType } from "../../platform/contract/record-type.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems } from "../../platform/kernel/problem.ts";
import { accessibilityFeatures, currencies, needKinds, serviceCodes, serviceCosts, serviceLanguages } from "./model.ts";

const cadre = () => fields.integer("restricted", { min: 0, max: 10_000 });

/**
 * A place where a provider gives services. When the provider changes, the point ends and another begins, so that what was
 * referred to whom stays true. Contacts are those of work, never of people at home.
 */
export const point = recordType({
  name: "services.point",
  titleField: "code",
  dateField: "validFrom",
  geometryField: "geometry",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 80 }),
    names: fields.names("public", { required: true, column: true }),
    organisation: fields.organisation("public", { required: true, column: true, filter: true }),
    unit: fields.unit("public", { column: true, filter: true }),
    /** Keeps the whole entry from everybody without the restricted level: its name alone would tell where it is. */
    sensitiveLocation: fields.boolean("public", { filter: true }),
    ...positionFields("public", ["Point"]),
    address: fields.text("public", { maxLength: 300 }),
    hours: fields.text("public", { maxLength: 300 }),
    phone: fields.text("public", { maxLength: 100 }),
    email: fields.text("public", { maxLength: 200 }),
    howToRefer: fields.text("public", { maxLength: 500 }),
    languages: fields.codes("public", "service-language", { filter: true }),
    accessibility: fields.codes("public", "accessibility-feature", { filter: true }),
    cost: fields.code("public", "service-cost", { column: true, filter: true }),
    eligibility: fields.longText("public", { maxLength: 2000 }),
    capacityPerMonth: fields.integer("public", { min: 0, max: 1_000_000 }),
    waitingDays: fields.integer("public", { column: true, min: 0, max: 3650 }),
    staffProsthetistsOrthotists: cadre(),
    staffPhysiotherapists: cadre(),
    staffOccupationalTherapists: cadre(),
    staffMentalHealth: cadre(),
    staffSocialWorkers: cadre(),
    staffPeerSupporters: cadre(),
    /** Where its clients come from, if the provider declares it. */
    catchmentUnits: fields.units("public"),
    catchment: fields.text("public", { maxLength: 500 }),
    validFrom: fields.date("public", { required: true, filter: true }),
    validUntil: fields.date("public", { filter: true }),
    verifiedOn: fields.date("public", { column: true, filter: true }),
    verifiedBy: fields.text("restricted", { maxLength: 200 }),
    notes: fields.longText("restricted"),
  },
});

/** One service that a point offers, from when to when. */
export const offer = recordType({
  name: "services.offer",
  titleField: "code",
  dateField: "validFrom",
  fields: {
    code: fields.text("public", { required: true, column: true, maxLength: 80 }),
    point: fields.record("public", "services.point", { required: true, column: true, filter: true }),
    service: fields.code("public", "service", { required: true, column: true, filter: true }),
    capacityPerMonth: fields.integer("public", { column: true, min: 0, max: 1_000_000 }),
    waitingDays: fields.integer("public", { column: true, min: 0, max: 3650 }),
    cost: fields.code("public", "service-cost", { column: true, filter: true }),
    price: fields.number("public", { min: 0, max: 1_000_000_000 }),
    currency: fields.code("public", "currency"),
    validFrom: fields.date("public", { required: true, column: true, filter: true }),
    validUntil: fields.date("public", { column: true, filter: true }),
    notes: fields.longText("restricted"),
  },
});

export const rights = {
  /** The directory is for everybody. Sensitive points are for those who are cleared. */
  "services.read": "open",
  "services.write": "victim-assistance",
} as const;

export const pointRoutes = recordRoutes(point, "/api/services/points", {
  read: "services.read",
  correct: "services.write",
});
export const offerRoutes = recordRoutes(offer, "/api/services/offers", {
  read: "services.read",
  correct: "services.write",
});

const country = z.string().regex(/^[A-Z]{3}$/);
const listOf = <const V extends readonly [string, ...string[]]>(values: V) =>
  z
    .string()
    .max(500)
    .transform((text) => text.split(",").filter((part) => part !== ""))
    .pipe(z.array(z.enum(values)).max(values.length));

const offered = z.object({
  id: z.uuid(),
  service: z.enum(serviceCodes),
  capacityPerMonth: z.int().nullable(),
  waitingDays: z.int().nullable(),
  cost: z.enum(serviceCosts).nullable(),
  price: z.number().nullable(),
  currency: z.enum(currencies).nullable(),
});

/** A point as the directory shows it to everybody who may see it. */
export const directoryEntry = z.object({
  country: z.string(),
  id: z.uuid(),
  code: z.string(),
  names: z.record(z.string(), z.string()),
  organisation: z.uuid(),
  unit: z.uuid().nullable(),
  longitude: z.number().nullable(),
  latitude: z.number().nullable(),
  address: z.string().nullable(),
  hours: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  languages: z.array(z.string()),
  accessibility: z.array(z.string()),
  cost: z.string().nullable(),
  eligibility: z.string().nullable(),
  waitingDays: z.int().nullable(),
  /** The units that it says it is for; none says nothing. */
  catchmentUnits: z.array(z.uuid()),
  catchment: z.string().nullable(),
  verifiedOn: z.iso.date().nullable(),
  /** Not verified for longer than the country's months. */
  stale: z.boolean(),
  sensitive: z.boolean(),
  /** From the place that was asked about, in whole metres as the crow flies. */
  distanceMetres: z.int().nullable(),
  offers: z.array(offered),
});
export type DirectoryEntry = z.output<typeof directoryEntry>;

export const directoryQuery = z.object({
  country: country.optional(),
  need: z.enum(needKinds).optional(),
  /** Any of these. */
  services: listOf(serviceCodes).optional(),
  /** Any of these. */
  languages: listOf(serviceLanguages).optional(),
  /** All of these. */
  accessibility: listOf(accessibilityFeatures).optional(),
  /** A province, district or village: what is there or below it, or says that it serves it. */
  unit: z.uuid().optional(),
  longitude: z.coerce.number().min(-180).max(180).optional(),
  latitude: z.coerce.number().min(-90).max(90).optional(),
  /** Greatest distance, in kilometres. */
  within: z.coerce.number().min(1).max(1000).optional(),
  q: z.string().trim().max(200).optional(),
  /** The day on which it must be valid; today when left out. */
  on: z.iso.date().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type DirectoryQuery = z.output<typeof directoryQuery>;

export const routes = {
  directory: route({
    method: "GET",
    path: "/api/services/directory",
    summary: "services.routes.directory",
    right: "services.read",
    query: directoryQuery,
    output: z.object({
      items: z.array(directoryEntry),
      /** All that match, of which `items` are the nearest. */
      total: z.int(),
      on: z.iso.date(),
      references,
    }),
  }),
  entry: route({
    method: "GET",
    path: "/api/services/directory/{country}/{id}",
    summary: "services.routes.entry",
    right: "services.read",
    params: z.object({ country, id: z.uuid() }),
    output: z.object({
      entry: directoryEntry,
      record: outputSchema(point),
      references,
      allowed: z.array(z.string()),
    }),
    problems: [commonProblems["not-found"]],
  }),
};
