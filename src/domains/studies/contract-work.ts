import { z } from "zod";
import { languages } from "../../platform/contract/fields.ts";
import { allowedActions, references } from "../../platform/contract/record-routes.ts";
import { changeSchema, outputSchema, type RecordType } from "../../platform/contract/record-type.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems } from "../../platform/kernel/problem.ts";
import { action, consultation, evidence, finding, recommendation, studiesProblems, study } from "./contract.ts";
import { outcomes, recommendationStates, sectors, stances } from "./model.ts";

const country = z
  .string()
  .min(3)
  .regex(/^[A-Z]{3}$/);
const one = z.object({ country, id: z.uuid() });
const reason = z.string().trim().min(3).max(2000);
const links = z.array(z.uuid()).max(200);

/** How many came from a sector. */
export const sectorCount = z.strictObject({
  sector: z.enum(sectors),
  women: z.int().min(0).max(100_000),
  men: z.int().min(0).max(100_000),
  sexUnknown: z.int().min(0).max(100_000),
  withDisability: z.int().min(0).max(100_000),
});

/** One wording that a recommendation had, and what was decided of it. */
export const wordingOutput = z.object({
  version: z.int(),
  state: z.enum(recommendationStates),
  wording: z.string(),
  consultation: z.uuid().nullable(),
  reason: z.string().nullable(),
  recordedAt: z.string(),
  author: z.string().nullable(),
});
export type WordingOutput = z.output<typeof wordingOutput>;

/** What a sector said of a recommendation. */
export const commentOutput = z.object({
  id: z.uuid(),
  recommendation: z.uuid(),
  consultation: z.uuid(),
  sector: z.enum(sectors),
  stance: z.enum(stances),
  comment: z.string(),
  recordedAt: z.string(),
});
export type CommentOutput = z.output<typeof commentOutput>;

/** Something that a study lacks: `item` is the record that it is about. */
export const lackOutput = z.object({
  check: z.string(),
  severity: z.enum(["error", "warning"]),
  item: z.uuid().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type LackOutput = z.output<typeof lackOutput>;

const sheet = z.object({
  record: outputSchema(study),
  evidence: z.array(outputSchema(evidence)),
  findings: z.array(z.object({ record: outputSchema(finding), evidence: links })),
  recommendations: z.array(
    z.object({
      record: outputSchema(recommendation),
      outcome: z.enum(outcomes),
      findings: links,
      /** The version of the wording in force, to be named by the next decision. */
      version: z.int(),
      wordings: z.array(wordingOutput),
      comments: z.array(commentOutput),
      actions: z.array(z.object({ record: outputSchema(action), late: z.boolean() })),
      /** The decisions that may follow. */
      decisions: z.array(z.enum(recommendationStates)),
    }),
  ),
  consultations: z.array(z.object({ record: outputSchema(consultation), participants: z.array(sectorCount) })),
  lacks: z.array(lackOutput),
  references,
  allowed: allowedActions,
});
export type Sheet = z.output<typeof sheet>;

/** Which record is changed and why; left out, a new one is made. */
const changed = z.strictObject({ id: z.uuid(), revision: z.int().min(1), reason }).optional();

const base = "/api/studies/studies/{country}/{id}";
const common = [commonProblems["not-found"], commonProblems["stale-revision"]] as const;

/** A route that makes or changes something that belongs to a study. */
function save<const Name extends string, Extra extends z.ZodRawShape>(name: Name, type: RecordType, extra: Extra) {
  return route({
    method: "POST",
    path: `${base}/${name}` as const,
    summary: `studies.routes.save-${name}`,
    right: "studies.write",
    params: one,
    body: z.strictObject({ changed, values: changeSchema(type), ...extra }),
    output: z.object({ id: z.uuid() }),
    problems: [...common, studiesProblems["not-of-this-study"], studiesProblems["not-agreed"]],
  });
}

export const workRoutes = {
  sheet: route({
    method: "GET",
    path: `${base}/sheet`,
    summary: "studies.routes.sheet",
    right: "studies.read",
    params: one,
    output: sheet,
    problems: [commonProblems["not-found"]],
  }),
  saveEvidence: save("evidence", evidence, {}),
  saveFinding: save("findings", finding, { evidence: links.default([]) }),
  /** The wording is given when a recommendation is made; later it changes by a decision. */
  saveRecommendation: save("recommendations", recommendation, {
    findings: links.default([]),
    wording: z.string().trim().min(3).max(4000).optional(),
  }),
  saveConsultation: save("consultations", consultation, {
    participants: z.array(sectorCount).max(sectors.length).default([]),
  }),
  saveAction: save("actions", action, { recommendation: z.uuid() }),
  comment: route({
    method: "POST",
    path: `${base}/comments`,
    summary: "studies.routes.comment",
    right: "studies.write",
    params: one,
    body: z.strictObject({
      recommendation: z.uuid(),
      consultation: z.uuid(),
      sector: z.enum(sectors),
      stance: z.enum(stances),
      comment: z.string().trim().min(2).max(4000),
    }),
    output: z.object({ id: z.uuid() }),
    problems: [commonProblems["not-found"], studiesProblems["not-of-this-study"]],
  }),
  decide: route({
    method: "POST",
    path: `${base}/decisions`,
    summary: "studies.routes.decide",
    right: "studies.write",
    params: one,
    body: z.strictObject({
      recommendation: z.uuid(),
      /** The version of the wording that was decided on. */
      version: z.int().min(1),
      state: z.enum(recommendationStates),
      wording: z.string().trim().min(3).max(4000).optional(),
      consultation: z.uuid().optional(),
      reason: reason.optional(),
    }),
    output: z.object({ version: z.int() }),
    problems: [
      ...common,
      studiesProblems["not-of-this-study"],
      studiesProblems["decision-not-allowed"],
      studiesProblems["wording-unchanged"],
      studiesProblems["wording-changed"],
      studiesProblems["reason-missing"],
      studiesProblems["consultation-not-held"],
    ],
  }),
  withdraw: route({
    method: "POST",
    path: `${base}/withdrawals`,
    summary: "studies.routes.withdraw",
    right: "studies.write",
    params: one,
    body: z.strictObject({
      kind: z.enum(["evidence", "finding", "recommendation", "consultation", "action"]),
      item: z.uuid(),
      revision: z.int().min(1),
      reason,
    }),
    output: z.object({ id: z.uuid() }),
    problems: [...common, studiesProblems["in-use"]],
  }),
  publish: route({
    method: "POST",
    path: `${base}/publication`,
    summary: "studies.routes.publish",
    right: "studies.publish",
    params: one,
    body: z.strictObject({ revision: z.int().min(1), published: z.boolean(), reason }),
    output: z.object({ publishedOn: z.iso.date().nullable() }),
    problems: [...common, studiesProblems["not-ready"]],
  }),
  summary: route({
    method: "GET",
    path: `${base}/summary`,
    summary: "studies.routes.summary",
    right: "studies.read",
    params: one,
    query: z.object({ language: z.enum(languages).default("en") }),
    produces: "application/pdf",
    problems: [commonProblems["not-found"]],
    rate: "heavy",
  }),
};
