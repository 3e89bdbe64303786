import { z } from "zod";
import { languages } from "../../platform/contract/fields.ts";
import { route } from "../../platform/contract/route.ts";
import { commonProblems, defineProblems } from "../../platform/kernel/problem.ts";

export const rights = { "codes.read": "everyone", "codes.change": "managers" } as const;

export const codeProblems = defineProblems("codes", {
  "unknown-list": 404,
  "unknown-standard": 422,
  "code-taken": 409,
  "nothing-changed": 422,
});

const country = z.string().regex(/^[A-Z]{3}$/);
const labels = z.partialRecord(z.enum(languages), z.string().trim().min(1).max(300));

/** A national code and the standard code it stands for. Text in records always holds the standard code. */
export const variantOutput = z.object({
  id: z.uuid(),
  country: z.string(),
  list: z.string(),
  code: z.string(),
  labels,
  standard: z.string(),
  validFrom: z.iso.date().nullable(),
  validTo: z.iso.date().nullable(),
  version: z.int(),
  changedAt: z.string(),
});
export type VariantOutput = z.output<typeof variantOutput>;

export const listOutput = z.object({ list: z.string(), values: z.array(z.string()), variants: z.array(variantOutput) });

export const routes = {
  lists: route({
    method: "GET",
    path: "/api/codes",
    summary: "codes.routes.lists",
    right: "codes.read",
    query: z.object({ country }),
    output: z.object({ items: z.array(listOutput), allowed: z.array(z.string()) }),
  }),
  addVariant: route({
    method: "POST",
    path: "/api/codes/{list}/variants",
    summary: "codes.routes.add-variant",
    right: "codes.change",
    params: z.object({ list: z.string().max(80) }),
    body: z.strictObject({
      country,
      code: z.string().trim().min(1).max(80),
      labels,
      standard: z.string().min(1).max(80),
      validFrom: z.iso.date().nullable().default(null),
    }),
    output: variantOutput,
    problems: [codeProblems["unknown-list"], codeProblems["unknown-standard"], codeProblems["code-taken"]],
  }),
  /** A national code goes out of use; what it meant stays known for older files. */
  retireVariant: route({
    method: "POST",
    path: "/api/codes/variants/{country}/{id}/retire",
    summary: "codes.routes.retire-variant",
    right: "codes.change",
    params: z.object({ country, id: z.uuid() }),
    body: z.strictObject({ validTo: z.iso.date(), version: z.int().min(1) }),
    output: variantOutput,
    problems: [commonProblems["not-found"], commonProblems["stale-revision"]],
  }),
};
