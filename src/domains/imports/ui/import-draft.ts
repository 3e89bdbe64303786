import type { Field, Language } from "../../../platform/contract/fields.ts";
import type { RecordType } from "../../../platform/contract/record-type.ts";
import type { UploadOutput } from "../contract.ts";
import type { ColumnMapping, PositionMapping, Profile, ProfileInput } from "../profile.ts";

/** The steps of a new import, in their order. */
export const importSteps = ["files", "reading", "mapping", "check", "import"] as const;
export type ImportStep = (typeof importSteps)[number];

/** How a file is read, where detection is not to decide. */
export interface Reading {
  layer?: string;
  headerRow?: number;
  encoding?: string;
  delimiter?: string;
}

/** A mapping that somebody makes: which column goes where, and what its values mean. */
export interface OwnMapping {
  recordType: string;
  /** The field of each column; columns without one are not imported. */
  fieldOf: Record<string, string>;
  /** Values for every row, by field. */
  constants: Record<string, string>;
  /** What cells mean, by field and then by the text of the cell; `nothing` leaves the field empty. */
  values: Record<string, Record<string, string>>;
  /** Parts of an adapted profile that the page does not show, by field. */
  kept: Record<string, Omit<ColumnMapping, "column" | "columns" | "constant">>;
  position: Partial<PositionMapping> | null;
  dateOrder: "" | "dmy" | "mdy" | "ymd";
  decimalComma: boolean;
  /** Field by which records are recognised; empty for the content of the row. */
  key: string;
  name: string;
}

/** Everything chosen so far for a new import; kept in the browser until the import begins. */
export interface ImportDraft {
  step: ImportStep;
  country: string;
  files: UploadOutput[];
  reading: Reading;
  /** Id of a known profile; empty for the own mapping, null while nothing is chosen. */
  profile: string | null;
  own: OwnMapping | null;
  /** What the rows are, while the own mapping is only suggested. */
  recordType: string;
  /** Values of code fields that a check did not know, by field. */
  unknownValues: Record<string, string[]>;
  /** The last check and what it was made with; stale once anything else is chosen. */
  check: { id: string; of: string } | null;
}

/** The value that stands for "leave the field empty". */
export const nothing = "\u2205";

/** A new import in which nothing is chosen. */
export function emptyDraft(country: string): ImportDraft {
  return {
    step: "files",
    country,
    files: [],
    reading: {},
    profile: null,
    own: null,
    recordType: "",
    unknownValues: {},
    check: null,
  };
}

/** A mapping of nothing to a record type. */
export function emptyMapping(recordType: string, name: string): OwnMapping {
  return {
    recordType,
    fieldOf: {},
    constants: {},
    values: {},
    kept: {},
    position: null,
    dateOrder: "",
    decimalComma: false,
    key: "",
    name,
  };
}

/**
 * A mapping that begins with what is known, from a suggestion or from a saved profile without kinds of rows.
 * @param available columns of the file; others are left out
 */
export function mappingFrom(
  start: OwnMapping,
  source: {
    columns: readonly ColumnMapping[];
    position?: Partial<PositionMapping> | null | undefined;
    decimalComma?: boolean | undefined;
    key?: string | null | undefined;
    dates?: { order?: "dmy" | "mdy" | "ymd" | undefined } | undefined;
  },
  available: ReadonlySet<string>,
): OwnMapping {
  const mapping: OwnMapping = {
    ...start,
    fieldOf: {},
    constants: {},
    values: {},
    kept: {},
    position: source.position ?? null,
    decimalComma: source.decimalComma ?? false,
    key: source.key ?? (source.columns.some(({ field }) => field === "code") ? "code" : ""),
    dateOrder: source.dates?.order ?? "",
  };
  for (const { field, column, columns, constant, values, ...rest } of source.columns) {
    for (const name of columns ?? (column === undefined ? [] : [column]))
      if (available.has(name)) mapping.fieldOf[name] = field;
    if (constant !== undefined) mapping.constants[field] = String(constant);
    if (values)
      mapping.values[field] = Object.fromEntries(
        Object.entries(values).map(([text, value]) => [text, value === null ? nothing : String(value)]),
      );
    mapping.kept[field] = { field, ...rest };
  }
  return mapping;
}

function typed(field: Field | undefined, value: string): string | number | boolean {
  if (field?.kind === "boolean") return value === "true";
  if ((field?.kind === "integer" || field?.kind === "number") && value.trim() !== "" && Number.isFinite(Number(value)))
    return Number(value);
  return value;
}

/** The columns of the position, which fill no field. */
export function positionColumns(position: Partial<PositionMapping> | null): Set<string> {
  const { column, first, second, datumColumn, zoneColumn } = position ?? {};
  return new Set([column, first, second, datumColumn, zoneColumn].filter((name) => name !== undefined));
}

/** A field that a column can fill; of names, one language. */
export interface TargetField {
  name: string;
  field: Field;
  language: Language | null;
}

/** The fields that files can fill: those that people can, names by language, and neither the shape nor the country. */
export function targetFields(type: RecordType, languages: readonly Language[]): TargetField[] {
  return Object.entries(type.fields).flatMap(([name, field]): TargetField[] => {
    if (field.derived || field.kind === "geometry" || field.kind === "country") return [];
    if (field.kind !== "names") return [{ name, field, language: null }];
    return languages.map((language) => ({ name: `${name}.${language}`, field, language }));
  });
}

/** The field of a target such as `names.km`. */
export function fieldOfTarget(type: RecordType, target: string): Field | undefined {
  return type.fields[target.split(".")[0] ?? ""];
}

/** An id for a profile from its name: Latin letters and digits; the record type's when nothing of the name is left. */
export function profileId(name: string, recordType: string): string {
  const plain = (text: string) =>
    text
      .normalize("NFD")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 50)
      .replace(/-+$/, "");
  const own = plain(name.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d"));
  return own.length >= 3 ? own : `own-${plain(recordType)}`;
}

/**
 * The profile that a mapping stands for. Several columns of one field are read in the order of the file.
 * @param order the columns of the file in their order
 * @param language of the name that was given
 * @param fallbackName what it is called while nobody named it
 */
export function profileOf(
  own: OwnMapping,
  type: RecordType,
  order: readonly string[],
  language: Language,
  reading: Reading,
  fallbackName = own.recordType,
): ProfileInput {
  const taken = positionColumns(own.position);
  const byField = new Map<string, string[]>();
  for (const column of order) {
    const field = own.fieldOf[column];
    if (!field || taken.has(column)) continue;
    byField.set(field, [...(byField.get(field) ?? []), column]);
  }
  const columns: ProfileInput["columns"] = [];
  for (const [field, names] of byField) {
    const definition = fieldOfTarget(type, field);
    const values = Object.entries(own.values[field] ?? {}).filter(([, value]) => value !== "");
    columns.push({
      ...own.kept[field],
      field,
      ...(names.length === 1 ? { column: names[0] } : { columns: names.slice(0, 6) }),
      ...(values.length > 0
        ? {
            values: Object.fromEntries(
              values.map(([text, value]) => [text, value === nothing ? null : typed(definition, value)]),
            ),
          }
        : {}),
    });
  }
  for (const [field, value] of Object.entries(own.constants)) {
    if (value === "" || byField.has(field)) continue;
    columns.push({ field, constant: typed(fieldOfTarget(type, field), value) });
  }
  const { position } = own;
  return {
    id: profileId(own.name, own.recordType),
    names: { [language]: own.name.trim() || fallbackName.slice(0, 200) },
    recordType: own.recordType,
    key: own.key === "" ? null : own.key,
    columns,
    ...(position?.kind ? { position: position as ProfileInput["position"] } : {}),
    ...(own.dateOrder === "" ? {} : { dates: { order: own.dateOrder } }),
    ...(own.decimalComma ? { decimalComma: true } : {}),
    ...(Object.keys(reading).length > 0 ? { reading } : {}),
  };
}

/** What keeps a mapping from being used, as ends of `imports.page.lack.*` keys. */
export function mappingLacks(own: OwnMapping, order: readonly string[]): string[] {
  const lacks: string[] = [];
  const taken = positionColumns(own.position);
  const mapped = order.filter((column) => own.fieldOf[column] && !taken.has(column));
  if (mapped.length === 0) lacks.push("columns");
  const key = own.key;
  if (key !== "" && !mapped.some((column) => own.fieldOf[column] === key) && !own.constants[key]) lacks.push("key");
  const { position } = own;
  if (position) {
    if (position.kind === "columns" && !position.column && !(position.first && position.second)) lacks.push("position");
    if (!position.datum && !position.datumColumn) lacks.push("datum");
    if (position.format === "tm3" && position.centralMeridian === undefined) lacks.push("meridian");
  }
  return lacks;
}

/** A known profile as it is sent, with what was chosen about the reading laid over it. */
export function withReading(profile: Profile, reading: Reading): Profile {
  if (Object.keys(reading).length === 0) return profile;
  return { ...profile, reading: { ...profile.reading, ...reading } };
}

/** What a check was made with: it says nothing about anything else. */
export function fingerprint(draft: Pick<ImportDraft, "country" | "files">, profile: unknown): string {
  return JSON.stringify([draft.country, draft.files.map(({ sha256 }) => sha256), profile]);
}
