import { z } from "zod";
import { languages } from "../../platform/contract/fields.ts";
import { dimensions, measureOf, narrowedBy } from "./model-measures.ts";

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/)
  .min(1);

/** Words of a report: a message of the catalogue, or texts in the languages in which somebody wrote them. */
export const wording = z.union([
  z.strictObject({ key: z.string().min(1).max(120) }),
  z.strictObject({ texts: z.partialRecord(z.enum(languages), z.string().trim().min(1).max(8000)) }),
]);
export type Wording = z.output<typeof wording>;

/** Values of dimensions that a figure is narrowed to; several values of one mean any of them. */
export const where = z.partialRecord(z.enum(dimensions), z.array(z.string().min(1).max(120)).min(1).max(60));
export type Where = z.output<typeof where>;

/** What one figure counts. */
export const figure = z.strictObject({ measure: z.string().min(1).max(60), where: where.optional() });
export type Figure = z.output<typeof figure>;

const columnIds = z.array(id).min(1).max(12);
/** A column of a table: something counted, or what follows from other columns of the same row. */
export const column = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("measure"),
    id,
    measure: z.string().min(1).max(60),
    where: where.optional(),
    words: wording.optional(),
  }),
  /** The sum of other columns. */
  z.strictObject({ kind: z.literal("sum"), id, of: columnIds, words: wording }),
  /** Its part of the sum of all rows whose value is known. */
  z.strictObject({ kind: z.literal("share"), id, of: id, words: wording.optional() }),
  /** Against the year before, as a part of it. */
  z.strictObject({ kind: z.literal("change"), id, of: id, words: wording.optional() }),
  /** One column as a part of another. */
  z.strictObject({ kind: z.literal("ratio"), id, of: id, by: id, words: wording }),
  /** Numbers that the country gave by hand: targets, populations. */
  z.strictObject({ kind: z.literal("input"), id, input: id, unit: z.enum(["m2", "people", "items"]), words: wording }),
]);
export type Column = z.output<typeof column>;

export const block = z.discriminatedUnion("kind", [
  /** `section` is what stands below, by content; its letter comes from the form. */
  z.strictObject({ kind: z.literal("heading"), words: wording, section: id.optional() }),
  /** A sentence whose numbers are cells: each placeholder of the words is one of `cells`. */
  z.strictObject({ kind: z.literal("text"), words: wording, cells: z.record(z.string().min(1).max(40), figure) }),
  /** A text that the country keeps from year to year. */
  z.strictObject({ kind: z.literal("national"), id, words: wording, voluntary: z.boolean().optional() }),
  /** Numbers that the country gives by hand, one for each value of a dimension. */
  z.strictObject({ kind: z.literal("numbers"), id, words: wording, by: z.enum(dimensions) }),
  z.strictObject({
    kind: z.literal("figures"),
    items: z
      .array(figure.extend({ id, words: wording.optional() }))
      .min(1)
      .max(24),
  }),
  z.strictObject({
    kind: z.literal("table"),
    id,
    words: wording,
    by: z.enum(dimensions),
    /** Narrows every column. */
    where: where.optional(),
    columns: z.array(column).min(1).max(16),
    /** Whether the whole stands below the rows. */
    total: z.boolean(),
    /** How many years before the period the rows begin, for rows of years. */
    yearsBefore: z.int().min(0).max(60).optional(),
  }),
  /** Whom readers may ask, as the settings of the country or of the node have it. */
  z.strictObject({ kind: z.literal("contact") }),
  /** A picture of one column of a table. */
  z.strictObject({ kind: z.literal("chart"), table: id, column: id, words: wording }),
  /** The same on a map, for tables by first-level unit. */
  z.strictObject({ kind: z.literal("map"), table: id, column: id, words: wording }),
]);
export type Block = z.output<typeof block>;
export type TableBlock = Extract<Block, { kind: "table" }>;

/** A report as data. What it contains decides its hash; nothing in it says when or for whom it is made. */
export const definition = z.strictObject({
  id,
  words: wording,
  /** What the report is of: one country, or several beside each other. */
  scope: z.enum(["country", "region"]),
  /** Editions of a treaty's form: the letter under which each section stands. */
  forms: z
    .array(z.strictObject({ id, words: wording, letters: z.record(id, z.string().min(1).max(4)) }))
    .max(8)
    .optional(),
  /** Whether each national text is marked as changed, unchanged or not applicable. */
  cover: z.boolean().optional(),
  blocks: z.array(block).min(1).max(120),
});
export type Definition = z.output<typeof definition>;

/** Something in a definition that would give a wrong number; the whole definition is refused. */
export interface DefinitionFault {
  path: string;
  code:
    | "reporting.measure-unknown"
    | "reporting.measure-retired"
    | "reporting.cut-not-possible"
    | "reporting.column-unknown"
    | "reporting.map-not-possible"
    | "reporting.table-unknown"
    | "reporting.input-unknown"
    | "reporting.placeholder-unbound"
    | "reporting.number-typed"
    | "reporting.id-twice";
  params: Record<string, string>;
}

const placeholders = (text: string) => [...text.matchAll(/\{\s*([\w-]+)\s*[,}]/g)].map(([, name]) => name as string);

/** A text without its placeholders, those within others first; braces that remain open or close nothing. */
function withoutArguments(text: string): string {
  const less = text.replace(/\{[^{}]*\}/g, "");
  return less === text ? text : withoutArguments(less);
}

/**
 * What is wrong with a definition: measures that are unknown, retired or cannot be cut so; columns that name what is not
 * there; sentences with a placeholder that no cell fills, or with a number typed by hand, which could contradict the data.
 * @param message the message of a catalogue key in every language that has it
 */
export function faultsOf(of: Definition, message: (key: string) => readonly string[]): DefinitionFault[] {
  const faults: DefinitionFault[] = [];
  const demandFigure = (path: string, asked: Figure, by: readonly string[]) => {
    const measure = measureOf(asked.measure);
    if (!measure)
      return void faults.push({ path, code: "reporting.measure-unknown", params: { measure: asked.measure } });
    if (measure.retired !== undefined)
      faults.push({
        path,
        code: "reporting.measure-retired",
        params: { measure: asked.measure, instead: measure.retired },
      });
    const narrowing: readonly string[] = narrowedBy(measure);
    const wrong = [
      ...by.filter((name) => name !== "country" && !(measure.dimensions as readonly string[]).includes(name)),
      ...Object.keys(asked.where ?? {}).filter((name) => !narrowing.includes(name)),
    ];
    for (const dimension of wrong)
      faults.push({ path, code: "reporting.cut-not-possible", params: { measure: asked.measure, dimension } });
  };
  const tables = new Map(of.blocks.flatMap((each) => (each.kind === "table" ? [[each.id, each] as const] : [])));
  const inputs = new Map(of.blocks.flatMap((each) => (each.kind === "numbers" ? [[each.id, each.by] as const] : [])));
  const named = of.blocks.flatMap((each) => ("id" in each ? [each.id] : []));
  for (const twice of named.filter((each, at) => named.indexOf(each) < at))
    faults.push({ path: "blocks", code: "reporting.id-twice", params: { id: twice } });
  of.blocks.forEach((each, at) => {
    const path = `blocks.${at}`;
    if (each.kind === "figures") for (const item of each.items) demandFigure(`${path}.items.${item.id}`, item, []);
    if (each.kind === "text") {
      for (const [name, asked] of Object.entries(each.cells)) demandFigure(`${path}.cells.${name}`, asked, []);
      const texts = "key" in each.words ? message(each.words.key) : Object.values(each.words.texts);
      for (const text of texts) {
        for (const name of placeholders(text))
          if (!Object.hasOwn(each.cells, name) && !given.includes(name))
            faults.push({ path, code: "reporting.placeholder-unbound", params: { name } });
        const brace = /[{}]/.exec(withoutArguments(text));
        if (brace) faults.push({ path, code: "reporting.placeholder-unbound", params: { name: brace[0] } });
        const digits = /[\p{Nd}\p{Nl}]+/u.exec(text.replace(/\{[^{}]*\}/g, ""));
        if (digits) faults.push({ path, code: "reporting.number-typed", params: { number: digits[0] } });
      }
    }
    if (each.kind === "table") {
      const ids = each.columns.map((one) => one.id);
      for (const twice of ids.filter((one, n) => ids.indexOf(one) < n))
        faults.push({ path, code: "reporting.id-twice", params: { id: twice } });
      each.columns.forEach((one, n) => {
        const here = `${path}.columns.${n}`;
        if (one.kind === "measure")
          demandFigure(here, { measure: one.measure, where: { ...each.where, ...one.where } }, [each.by]);
        // Columns are worked out from left to right.
        const before = ids.slice(0, n);
        const wanted =
          one.kind === "sum" ? one.of : one.kind === "ratio" ? [one.of, one.by] : "of" in one ? [one.of] : [];
        for (const missing of wanted.filter((name) => !before.includes(name)))
          faults.push({ path: here, code: "reporting.column-unknown", params: { column: missing } });
        if (one.kind === "change" && each.by !== "year")
          faults.push({
            path: here,
            code: "reporting.cut-not-possible",
            params: { measure: one.id, dimension: each.by },
          });
        if (one.kind === "input" && inputs.get(one.input) !== each.by)
          faults.push({ path: here, code: "reporting.input-unknown", params: { input: one.input } });
      });
    }
    if (each.kind === "chart" || each.kind === "map") {
      const table = tables.get(each.table);
      if (!table?.columns.some((one) => one.id === each.column))
        faults.push({ path, code: "reporting.table-unknown", params: { table: each.table } });
      else if (each.kind === "map" && table.by !== "province")
        faults.push({ path, code: "reporting.map-not-possible", params: { table: each.table } });
    }
  });
  return faults;
}

/** What sentences may say beside figures. */
export const given: readonly string[] = ["country", "from", "to", "knownOn", "asOf"];
