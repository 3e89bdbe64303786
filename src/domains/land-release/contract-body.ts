import { z } from "zod";
import { areaClasses } from "../land/model.ts";
import { ordnanceCategories, codeLists as ordnanceCodes } from "../ordnance/model.ts";
import { codeLists, methods, outcomes } from "./model.ts";

const text = (max: number) => z.string().trim().min(1).max(max);
const squareMetres = z.int().min(0).max(1e12);
const count = z.int().min(0).max(10_000_000);
const code = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values);
/** Longitude and latitude, with a height at most. */
const position = z
  .array(z.number())
  .min(2)
  .max(4)
  .refine(([lon = 0, lat = 0]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90, {
    params: { word: "impossible-position" },
  });

/** A polygon in WGS 84. Whether it is sound is judged by the checks, which can say how to mend it. */
export const arealGeometry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Polygon"), coordinates: z.array(z.array(position).max(20_000)).max(200) }),
  z.object({
    type: z.literal("MultiPolygon"),
    coordinates: z.array(z.array(z.array(position).max(20_000)).max(200)).max(500),
  }),
]);

const typed = z.string().max(2000).optional();
const leg = z.looseObject({ bearing: typed, distance: typed });
const reading = z.looseObject({ datum: z.string().max(80).nullable() });
const namedPoint = z.looseObject({
  text: z.string().max(2000),
  reading: reading.optional(),
  fixedBy: typed,
  accuracyMetres: z.number().optional(),
});

/**
 * A survey as the editor keeps it: whatever it says more is kept, but what is worked out again from it for reviewers and
 * for papers must be of its kind. It may be only begun.
 */
const survey = z.looseObject({
  method: z.enum(["bearing-distance", "coordinates", "gps-track", "file", "drawn"]),
  points: z.array(leg.extend({ kind: z.enum(["turning", "intermediate"]).optional(), coordinate: typed })).max(20_000),
  reading: reading.optional(),
  referencePoint: namedPoint.optional(),
  benchmark: namedPoint.optional(),
  start: namedPoint.optional(),
  referenceToBenchmark: leg.optional(),
  benchmarkToStart: leg.optional(),
  closingLeg: leg.optional(),
  north: z.enum(["true", "grid", "magnetic"]).optional(),
  declinationDegrees: z.number().nullable().optional(),
  declinationDate: z.string().max(40).nullable().optional(),
  distanceUnit: z.enum(["metre", "foot", "yard"]).optional(),
  adjust: z.boolean().optional(),
  snapMetres: z.number().optional(),
  track: z
    .looseObject({ points: z.array(z.looseObject({ lon: z.number(), lat: z.number() })).max(200_000) })
    .optional(),
  file: z.looseObject({ geometry: arealGeometry }).optional(),
});

/** One piece of ground and what the report says about it. */
export const partSchema = z.strictObject({
  id: z.uuid(),
  outcome: z.enum(outcomes),
  /** The area that it changes; the report's own unless said. */
  area: z.uuid().nullable().default(null),
  /** Without a geometry the whole of what is open. */
  geometry: arealGeometry.nullable().default(null),
  /** The polygon as it was surveyed: every value as typed. Kept beside the geometry that was computed from it. */
  survey: z
    .record(z.string(), z.unknown())
    .refine((value) => survey.safeParse(value).success)
    .nullable()
    .default(null),
  areaClass: z.enum(areaClasses).nullable().default(null),
  code: text(80).nullable().default(null),
  name: text(500).nullable().default(null),
  contamination: z.array(text(80)).max(20).default([]),
  landClass: text(80).nullable().default(null),
  depthCentimetres: z.int().min(0).max(2000).nullable().default(null),
  method: z.enum(methods).nullable().default(null),
  /** Whether ground was reduced with a technical asset on it. */
  withAsset: z.boolean().nullable().default(null),
  administrativeReason: code(codeLists["administrative-reason"]).nullable().default(null),
});
export type Part = z.output<typeof partSchema>;

const peopleCounts = z.strictObject({
  women: count.default(0),
  men: count.default(0),
  girls: count.default(0),
  boys: count.default(0),
  /** Of the total, people with disabilities. */
  withDisabilities: count.default(0),
});

export const deviceSchema = z.strictObject({
  category: code(ordnanceCategories),
  model: text(200).nullable().default(null),
  quantity: z.int().min(1).max(1_000_000),
  point: position.nullable().default(null),
  depthCentimetres: z.number().min(0).max(5000).nullable().default(null),
  condition: code(ordnanceCodes["ordnance-condition"]).nullable().default(null),
  disposal: code(ordnanceCodes["disposal-method"]).nullable().default(null),
});
export type Device = z.output<typeof deviceSchema>;

/** What a report says, whatever its type; which parts must be filled follows from the type when it is submitted. */
export const bodySchema = z.strictObject({
  team: text(200).nullable().default(null),
  methods: z.array(z.enum(methods)).max(10).default([]),
  assets: z.array(text(200)).max(50).default([]),
  evidence: z.array(text(80)).max(30).default([]),
  project: text(200).nullable().default(null),
  parts: z.array(partSchema).max(500).default([]),
  devices: z.array(deviceSchema).max(2000).default([]),
  /** Ground searched or prepared: effort, not released land. */
  processed: z
    .array(z.strictObject({ method: z.enum(methods), squareMetres }))
    .max(20)
    .default([]),
  deminers: count.nullable().default(null),
  hours: z.number().min(0).max(1_000_000).nullable().default(null),
  /** Where the activity was: the reference point of every activity. */
  place: position.nullable().default(null),
  suspends: z.boolean().default(false),
  /** Only of a report that puts another one right: nothing of that one holds, so that this one says nothing in its place. */
  voids: z.boolean().default(false),
  beneficiaries: z.strictObject({ direct: peopleCounts, indirect: peopleCounts }).nullable().default(null),
  inspection: z
    .strictObject({
      kind: code(codeLists["inspection-kind"]),
      result: code(codeLists["inspection-result"]),
      sampledSquareMetres: squareMetres.nullable().default(null),
      itemsFound: count.default(0),
      inspectedReport: z.uuid().nullable().default(null),
      nonConformities: z
        .array(
          z.strictObject({
            severity: code(codeLists["non-conformity-severity"]),
            description: text(2000),
            correctiveAction: text(2000).nullable().default(null),
            deadline: z.iso.date().nullable().default(null),
          }),
        )
        .max(100)
        .default([]),
    })
    .nullable()
    .default(null),
  handover: z
    .strictObject({
      receivedBy: text(300),
      attended: peopleCounts,
      intendedUse: code(codeLists["land-use"]).nullable().default(null),
      /** Which wording of liability was signed. */
      liabilityText: text(300).nullable().default(null),
    })
    .nullable()
    .default(null),
  monitoring: z
    .strictObject({
      use: code(codeLists["land-use"]),
      asPlanned: z.boolean(),
      disputes: z.boolean().default(false),
      itemsFoundSince: count.default(0),
      users: peopleCounts,
    })
    .nullable()
    .default(null),
  /** How a spot task came about: who asked for it and when. */
  callout: z
    .strictObject({
      requestedBy: code(codeLists["callout-source"]).nullable().default(null),
      requestedOn: z.iso.date().nullable().default(null),
    })
    .nullable()
    .default(null),
  /** What stays behind on the land: what may not be done there, and whether ground that was not worked is marked. */
  residual: z
    .strictObject({
      restrictions: z.array(text(500)).max(20).default([]),
      marked: z.boolean().nullable().default(null),
      statement: text(2000).nullable().default(null),
    })
    .nullable()
    .default(null),
  /** Where the operator keeps its own quality log of the work. */
  qualityLog: text(300).nullable().default(null),
  reason: text(2000).nullable().default(null),
  notes: text(20_000).nullable().default(null),
});
export type ReportBody = z.output<typeof bodySchema>;
/** A report's words as people send them: everything that is not said may be left out. */
export type ReportBodyInput = z.input<typeof bodySchema>;
