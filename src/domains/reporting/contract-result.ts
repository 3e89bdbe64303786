import { z } from "zod";
import { areaUnits } from "./model.ts";
import { block, definition } from "./model-definition.ts";

/** ISO 3166-1 alpha-3. */
export const country = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .min(3);
export const definitionId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/)
  .min(1);
export const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .min(64);
const missing = z.enum([
  "hidden",
  "not-published",
  "withheld",
  "whole-years-only",
  "no-earlier-year",
  "nothing-to-divide-by",
  "not-given",
  "not-added",
  "claimed-twice",
  "rate-missing",
  "currencies-differ",
  "retired",
]);
/** A figure. Areas are whole square metres, parts of a whole from 0 to 1. */
export const cell = z.object({
  value: z.number().nullable(),
  missing: missing.optional(),
  /** Of an amount of money. */
  currency: z.string().optional(),
});
export const entry = z.object({
  texts: z.record(z.string(), z.string()),
  numbers: z.record(z.string(), z.number()),
  flag: z.enum(["changed", "unchanged", "not-applicable"]),
  year: z.int(),
});
const blockOf = <K extends z.output<typeof block>["kind"]>(kind: K) =>
  block.options.find((option) => option.shape.kind.value === kind) as Extract<
    (typeof block.options)[number],
    { shape: { kind: z.ZodLiteral<K> } }
  >;
const cells = z.array(cell);
const resultBlock = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heading"), block: blockOf("heading"), letter: z.string().nullable() }),
  z.object({ kind: z.literal("text"), block: blockOf("text"), cells: z.record(z.string(), cell) }),
  z.object({ kind: z.literal("national"), block: blockOf("national"), entry: entry.nullable() }),
  z.object({ kind: z.literal("numbers"), block: blockOf("numbers"), entry: entry.nullable() }),
  z.object({
    kind: z.literal("contact"),
    block: blockOf("contact"),
    contact: z.object({ texts: z.record(z.string(), z.string()), of: z.enum(["country", "node"]) }).nullable(),
  }),
  z.object({ kind: z.literal("figures"), block: blockOf("figures"), cells }),
  z.object({ kind: z.literal("chart"), block: blockOf("chart") }),
  z.object({ kind: z.literal("map"), block: blockOf("map") }),
  z.object({
    kind: z.literal("table"),
    block: blockOf("table"),
    from: z.iso.date(),
    to: z.iso.date(),
    rows: z.array(z.object({ key: z.string().nullable(), cells })),
    total: cells.nullable(),
  }),
]);
const parameters = z.object({
  countries: z.array(country),
  from: z.iso.date(),
  to: z.iso.date(),
  knownOn: z.iso.date().nullable(),
  asOf: z.iso.date(),
  areaUnit: z.enum(areaUnits),
  form: z.string().nullable(),
  audience: z.enum(["own", "public"]),
});
/** A made report: for every cell its value or why there is none; its unit, rule and records follow from the definition in it. */
export const resultOutput = z.object({
  definition,
  definitionHash: z.string(),
  parameters,
  blocks: z.array(resultBlock),
  warnings: z.array(z.enum(["period-not-closed", "amputated-differs", "several-countries", "contact-missing"])),
  references: z.record(z.string(), z.object({ code: z.string(), names: z.record(z.string(), z.string()) })),
});
