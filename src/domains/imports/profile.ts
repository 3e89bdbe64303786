import { z } from "zod";
import { languages } from "../../platform/contract/fields.ts";

const columnName = z.string().min(1).max(300);
const fieldName = z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z]{2})?$/);

/** What happens to the text of a cell before it is read as a value. */
export const textSteps = z.strictObject({
  /** Puts zeros before digits up to this length; `even` puts one before an odd number of digits. */
  pad: z.union([z.int().min(1).max(40), z.literal("even")]).optional(),
  /** Takes this many characters off the end: the code of a parent from the code of a child. */
  dropLast: z.int().min(1).max(40).optional(),
  /** Keeps this many characters from the start. */
  keepFirst: z.int().min(1).max(40).optional(),
  /** Replaces the text by the number of its characters: the level of a unit from its code. */
  measure: z.literal("length").optional(),
  /** Text put before. */
  prefix: z.string().max(40).optional(),
  /** Takes away what another column of the row holds: the kind of a unit from its full name and its name. */
  without: columnName.optional(),
});

/**
 * Where the value of one field comes from. Exactly one of `column`, `columns` and `constant` is given; several columns
 * of a unit go from the larger unit to the smaller, of anything else they are joined by a space.
 */
export const columnMapping = z
  .strictObject({
    /** Field of the record type, `names.km` for one language of names. */
    field: fieldName,
    column: columnName.optional(),
    columns: z.array(columnName).min(2).max(6).optional(),
    constant: z.union([z.string(), z.number(), z.boolean()]).optional(),
    text: textSteps.optional(),
    /** What cells of the source mean, before codes and labels are tried; compared without case and invisible marks. */
    values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
    /** Factor from the unit of the source to that of the field, as 1000000 from km² to m². */
    factor: z.number().positive().optional(),
    /** What separates several codes in one cell; `,` `;` `|` and `/` when left out. */
    separator: z.string().min(1).max(5).optional(),
  })
  .refine(
    ({ column, columns, constant }) => [column, columns, constant].filter((part) => part !== undefined).length === 1,
    { error: "one of column, columns and constant" },
  );
export type ColumnMapping = z.output<typeof columnMapping>;

/**
 * How positions are written in the source. The datum is always said: by the profile for the whole source, or by a
 * column for each row. What is left out of `operation` is the datum's recorded default, and the record keeps its name.
 */
export const positionMapping = z
  .strictObject({
    kind: z.enum(["geometry", "columns"]),
    /** How numbers of a geometry are meant; cells are recognised by themselves. */
    format: z.enum(["degrees", "utm", "tm3"]).default("degrees"),
    datum: z.string().min(1).max(80).optional(),
    datumColumn: columnName.optional(),
    operation: z.string().max(80).optional(),
    /** One column that holds both coordinates. */
    column: columnName.optional(),
    /** Latitude or northing; longitude or easting. */
    first: columnName.optional(),
    second: columnName.optional(),
    order: z.enum(["lat-lon", "lon-lat"]).optional(),
    zone: z.int().min(1).max(60).optional(),
    zoneColumn: columnName.optional(),
    hemisphere: z.enum(["N", "S"]).default("N"),
    centralMeridian: z.number().min(100).max(112).optional(),
  })
  .refine(({ kind, column, first, second }) => kind === "geometry" || column || (first && second), {
    error: "columns of the position",
  })
  .refine(({ datum, datumColumn }) => datum || datumColumn, { error: "datum of the position" });
export type PositionMapping = z.output<typeof positionMapping>;

const layers = z.array(z.string().min(1).max(200)).max(50);

/**
 * For which rows a part of the profile applies: all columns must match, `*` being any value; `@layer` is the layer or
 * sheet of the row.
 */
const condition = z.record(columnName, z.array(z.string()).min(1).max(200));

/** A part of a profile for rows of one kind; its columns are put over those of the profile, field by field. */
export const profileRoute = z.strictObject({
  when: condition,
  recordType: z.string().optional(),
  key: fieldName.nullable().optional(),
  columns: z.array(columnMapping).max(100).optional(),
});

const texts = (longest: number) => z.partialRecord(z.enum(languages), z.string().trim().min(1).max(longest));

/** How files of one source become records; saved, shared and shipped as JSON. */
export const profileSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  names: texts(200),
  notes: texts(2000).optional(),
  /** The country that the source is about; the person who imports says it when left out. */
  country: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  recordType: z.string().min(1).max(100),
  /** Field that tells records apart; `code` when a code is mapped. Without one, a row is known by its content. */
  key: fieldName.nullable().optional(),
  columns: z.array(columnMapping).min(1).max(100),
  position: positionMapping.optional(),
  routes: z.array(profileRoute).max(30).optional(),
  dates: z.strictObject({ order: z.enum(["dmy", "mdy", "ymd"]).optional() }).optional(),
  decimalComma: z.boolean().optional(),
  /** Rows of one run that are the same in everything: different records, or one. */
  identical: z.enum(["new", "same"]).default("new"),
  /** Layers in the order in which files are read, so that parents come before children; others follow. */
  order: layers.optional(),
  /** A column of JSON lists whose members are rows of their own, after the row that holds them. */
  explode: columnName.optional(),
  /** Units of the country from before its last reform are entered and linked with the imported ones. */
  succession: z.boolean().optional(),
  /** How the files are read, where detection is not to decide. */
  reading: z
    .strictObject({
      layer: z.string().max(200).optional(),
      headerRow: z.int().min(0).max(1000).optional(),
      encoding: z.string().max(40).optional(),
      delimiter: z.string().min(1).max(1).optional(),
    })
    .optional(),
});
export type Profile = z.output<typeof profileSchema>;
export type ProfileInput = z.input<typeof profileSchema>;

/** One kind of row of a profile with everything said: what `routeOf` answers. */
export interface Route {
  recordType: string;
  key: string | null;
  columns: readonly ColumnMapping[];
  position: PositionMapping | null;
}

/** Compares a cell with the values of a condition: as text, without surrounding spaces. */
function matches(cell: unknown, values: readonly string[]): boolean {
  if (cell === null || cell === undefined) return false;
  const text = String(cell).trim();
  return values.includes(text) || (text !== "" && values.includes("*"));
}

function joined(profile: Profile, part: z.output<typeof profileRoute> | null): Route {
  const own = part?.columns ?? [];
  const overridden = new Set(own.map(({ field }) => field));
  const columns = [...profile.columns.filter(({ field }) => !overridden.has(field)), ...own];
  const mapsCode = columns.some(({ field }) => field === "code");
  const key = part?.key !== undefined ? part.key : profile.key;
  return {
    recordType: part?.recordType ?? profile.recordType,
    // A code is unique in its country, so whatever else is said, a row with a code is that record.
    key: key ?? (mapsCode ? "code" : null),
    columns,
    position: profile.position ?? null,
  };
}

/**
 * Prepares the choice of the part of a profile that a row belongs to. Without routes every row has the same; with
 * routes the first whose condition holds, and null for a row that none foresees.
 * @returns a function of the row's fields and layer
 */
export function routeChooser(
  profile: Profile,
): (fields: Readonly<Record<string, unknown>>, layer: string) => Route | null {
  if (!profile.routes || profile.routes.length === 0) {
    const only = joined(profile, null);
    return () => only;
  }
  const prepared = profile.routes.map((part) => ({ when: Object.entries(part.when), route: joined(profile, part) }));
  return (fields, layer) =>
    prepared.find(({ when }) =>
      when.every(([column, values]) => matches(column === "@layer" ? layer : fields[column], values)),
    )?.route ?? null;
}

/** All kinds of rows that a profile foresees. */
export function routesOf(profile: Profile): Route[] {
  return profile.routes?.length ? profile.routes.map((part) => joined(profile, part)) : [joined(profile, null)];
}

/** The columns of the source that a profile reads. */
export function usedColumns(profile: Profile): Set<string> {
  const used = new Set<string>();
  for (const { columns } of routesOf(profile)) {
    for (const { column, columns: several, text } of columns)
      for (const name of [column, ...(several ?? []), text?.without]) if (name) used.add(name);
  }
  const { column, first, second, datumColumn, zoneColumn } = profile.position ?? {};
  for (const name of [column, first, second, datumColumn, zoneColumn]) if (name) used.add(name);
  if (profile.explode) used.add(profile.explode);
  for (const { when } of profile.routes ?? [])
    for (const name of Object.keys(when)) if (name !== "@layer") used.add(name);
  return used;
}
