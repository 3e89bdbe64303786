import type { Geometry } from "geojson";
import type { Field } from "../contract/fields.ts";
import type { RecordType, RecordValues } from "../contract/record-type.ts";
import type { Sensitivity } from "../contract/sensitivity.ts";
import type { Tx } from "../database/types.ts";
import { foldKhmer } from "../files/values.ts";

/** One doubtful or wrong thing about a record: which check, how bad, about which field, and a way to mend it. */
export interface Finding {
  /** Stable name of the check; the message key is `check.<name>`. */
  check: string;
  severity: "error" | "warning";
  field: string | null;
  params: Readonly<Record<string, string | number | boolean | null>>;
  /** Values that would mend it, offered to people and never applied silently. */
  suggestion?: { values: RecordValues; reason: string };
}

/** What somebody means to make of a record: its values as they would be, and the fields that their source speaks of. */
export interface ProposedChange {
  id: string;
  values: RecordValues;
  spoken: readonly string[];
}

/** Judges changes beside what is recorded of others; findings for each, in their order. */
export type JudgeBeside = (
  tx: Tx,
  country: string,
  changes: readonly ProposedChange[],
) => Promise<readonly (readonly Finding[])[]>;

/** What the generic engine must know about a record type beside its fields; made by each domain. */
export interface RecordDefinition {
  type: RecordType;
  table: string;
  /** Fields whose words a search finds. */
  searchFields: readonly string[];
  /** Prefix of codes that are made for records without one, as in `ACC-KHM-000001`. */
  codePrefix: string;
  /** The level (rank) of a new record when nobody says otherwise. */
  defaultLevel: number;
  /** Computes the derived fields from the others; pure. */
  derive(values: RecordValues): RecordValues;
  /** Judges a whole record: rules that span fields. Errors keep it from being stored. */
  check(values: RecordValues, now: Date): Finding[];
  /**
   * Begins judging what comes in files beside other records, once for a run, whose earlier rows it remembers: contradictions
   * that need more than the record itself. An error keeps a row from being stored.
   * @param run up to which level the importer may know, and whether nothing is stored
   */
  beside?(run: { level: Sensitivity; dryRun: boolean }): JudgeBeside;
  /**
   * Fields that something else decides for some records, as approved reports decide the class of an area. People and
   * imports do not change them there, and an import that brought such a record is not taken back from it.
   */
  decided?: {
    fields: readonly string[];
    /** Which of some records of a country these are. */
    of(tx: Tx, country: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
  };
}

/** The records of some whose decided fields stay as they are. */
export async function decidedOnes(
  tx: Tx,
  definition: RecordDefinition,
  country: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  return definition.decided && ids.length > 0 ? definition.decided.of(tx, country, ids) : new Set();
}

const columnNames = new Map<string, string>();

/** `areaSquareMetres` to `area_square_metres`. */
export function columnName(field: string): string {
  const known = columnNames.get(field);
  if (known !== undefined) return known;
  const name = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  columnNames.set(field, name);
  return name;
}

const storedByType = new WeakMap<RecordType, readonly [string, Field][]>();

/** The fields that a table stores itself, i.e. all but the common ones. */
export function storedFields(type: RecordType): readonly [string, Field][] {
  const known = storedByType.get(type);
  if (known) return known;
  const common = new Set(["id", "country", "revision", "recordedAt", "importId", "sample"]);
  const own = Object.entries(type.fields).filter(([name]) => !common.has(name));
  storedByType.set(type, own);
  return own;
}

/** The type of a field in `jsonb_to_recordset`; a geometry travels as hexadecimal WKB. */
export function columnType(field: Field): string {
  switch (field.kind) {
    case "integer":
      return "bigint";
    case "number":
      return "double precision";
    case "boolean":
      return "boolean";
    case "date":
      return "date";
    case "timestamp":
      return "timestamptz";
    case "codes":
      return "text[]";
    case "names":
      return "jsonb";
    case "units":
      return "uuid[]";
    case "unit":
    case "organisation":
    case "record":
      return "uuid";
    default:
      return "text";
  }
}

/**
 * Writes text so that spellings meet: compatibility form, lower case, no Latin diacritics, no invisible spaces, one
 * subscript for the two Khmer ones that look alike. Applied to what is stored for searching and to what people search
 * for; a change of it needs a migration that does the same to the `search` columns.
 */
export function searchable(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/gi, "d")
    .normalize("NFC")
    .replace(/\u200b|\u200c|\u200d|\u2060|\ufeff/g, "");
  return foldKhmer(plain).toLowerCase().replace(/\s+/g, " ").trim();
}

/** The search text of a record: its searchable fields in one line. */
export function searchText(definition: RecordDefinition, values: RecordValues): string {
  const words: string[] = [];
  for (const name of definition.searchFields) {
    const value = values[name];
    if (typeof value === "string") words.push(value);
    else if (value && typeof value === "object") words.push(...Object.values(value as Record<string, string>));
  }
  return searchable(words.join(" ")).slice(0, 1000);
}

/** Whether two field values are the same statement. Geometry is compared by its coordinates. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if ((a ?? null) === null || (b ?? null) === null) return (a ?? null) === (b ?? null);
  if (typeof a !== "object" || typeof b !== "object") return false;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  if (Array.isArray(a) || Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => sameValue(left[key], right[key]));
}

/** A geometry value of a record, or null. */
export function geometryOf(type: RecordType, values: RecordValues): Geometry | null {
  return type.geometryField ? ((values[type.geometryField] as Geometry | null | undefined) ?? null) : null;
}
