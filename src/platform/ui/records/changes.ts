import type { RecordType, RecordValues } from "../../contract/record-type.ts";
import { canonicalJson, type Json } from "../../kernel/canonical-json.ts";

/** The fields that people may correct and that this reader can see, in the type's order. */
export function editableFields(type: RecordType, record: RecordValues): string[] {
  const withheld = new Set((record.withheld as string[] | undefined) ?? []);
  return Object.entries(type.fields)
    .filter(([name, field]) => !field.derived && name !== "country" && !withheld.has(name))
    .map(([name]) => name);
}

/** Whether two values of a field are the same; nothing and null are. */
export function sameValue(a: unknown, b: unknown): boolean {
  return canonicalJson((a ?? null) as Json) === canonicalJson((b ?? null) as Json);
}

/** What was typed over a record: only the fields whose value differs from the record's. */
export function changesOf(record: RecordValues, typed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(typed).filter(([name, value]) => !sameValue(record[name], value)));
}

/** One field in which somebody else's change meets what was typed. */
export interface Clash {
  field: string;
  /** As it was when the form was opened. */
  base: unknown;
  /** As it is now. */
  theirs: unknown;
  /** As typed. */
  mine: unknown;
}

/**
 * The fields that somebody else changed between two revisions of a record, beside what was typed.
 * Fields that only they changed are listed too, with `mine` equal to `base`, so that nothing is overwritten unseen.
 */
export function clashes(
  type: RecordType,
  base: RecordValues,
  theirs: RecordValues,
  typed: Readonly<Record<string, unknown>>,
): Clash[] {
  return editableFields(type, theirs)
    .filter((field) => !sameValue(base[field], theirs[field]))
    .map((field) => ({
      field,
      base: base[field] ?? null,
      theirs: theirs[field] ?? null,
      mine: field in typed ? typed[field] : (base[field] ?? null),
    }));
}
