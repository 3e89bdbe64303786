import { parseDate } from "./dates.ts";
import type { DetectedField, FieldKind, Scalar, SourceRow } from "./types.ts";
import { cleanText, normaliseDigits, parseNumber } from "./values.ts";

/** Gives every column a name of its own: empty ones become `column_3`, repeated ones `name_2`, `name_3`. */
export function uniqueNames(names: readonly (string | null)[]): string[] {
  const used = new Set<string>();
  return names.map((raw, index) => {
    const wanted = safeKey(cleanText(raw ?? "").replace(/\s+/g, " ")) || `column_${index + 1}`;
    let name = wanted;
    for (let n = 2; used.has(name); n++) name = `${wanted}_${n}`;
    used.add(name);
    return name;
  });
}

/** Assigning to `__proto__` would change the object instead of adding a field. */
function safeKey(key: string): string {
  return key === "__proto__" ? "_proto_" : key;
}

/**
 * Writes a value read from JSON or YAML into flat fields: objects become dotted names (`name.km`), arrays JSON text.
 * Nesting deeper than eight levels is kept as JSON text.
 */
export function flattenInto(fields: Record<string, Scalar>, key: string, value: unknown, depth = 0): void {
  if (value === null || value === undefined) fields[safeKey(key)] = null;
  else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    fields[safeKey(key)] = value;
  else if (typeof value === "bigint") fields[safeKey(key)] = String(value);
  else if (value instanceof Date) fields[safeKey(key)] = value.toISOString();
  else if (Array.isArray(value) || depth >= 8) fields[safeKey(key)] = JSON.stringify(value);
  else {
    for (const [name, inner] of Object.entries(value))
      flattenInto(fields, key === "" ? name : `${key}.${name}`, inner, depth + 1);
  }
}

/** What one value is by itself; null for an empty one. Digits with a leading zero are a code, so text. */
export function kindOfValue(value: Scalar, decimalComma: boolean): Exclude<FieldKind, "mixed"> | null {
  if (value === null) return null;
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  const text = normaliseDigits(cleanText(value));
  if (text === "") return null;
  if (/^(true|false|yes|no)$/i.test(text)) return "boolean";
  if (/^[+-]?\d+$/.test(text)) return /^[+-]?0\d/.test(text) || text.length > 15 ? "text" : "integer";
  if (/^[+\-\u2212(]?[\d.,]/.test(text) && "value" in parseNumber(text, { decimalComma })) return "number";
  if (/\d/.test(text) && text.length <= 60 && /[^\d]/.test(text) && isDate(text)) return "date";
  return "text";
}

function isDate(text: string): boolean {
  const result = parseDate(text, { order: "dmy" });
  if ("date" in result) return true;
  return result.problem.code === "date.order-contradicted";
}

/** True when the values of a table use a comma for decimals, judged by those that can be read in one way only. */
export function usesDecimalComma(rows: readonly SourceRow[]): boolean {
  let comma = 0;
  let point = 0;
  for (const row of rows) {
    for (const value of Object.values(row.fields)) {
      if (typeof value !== "string") continue;
      const text = normaliseDigits(value.trim());
      if (/^[+-]?(\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})|0,\d+)$/.test(text)) comma++;
      else if (/^[+-]?(\d{1,3}(,\d{3})+\.\d+|\d+\.(\d{1,2}|\d{4,})|0\.\d+)$/.test(text)) point++;
    }
  }
  return comma > point;
}

/** Summarises the fields of sampled rows, in the order in which they first appear. */
export function describeFields(rows: readonly SourceRow[], decimalComma: boolean): DetectedField[] {
  const found = new Map<string, { samples: Set<string>; kinds: Set<FieldKind>; filled: number }>();
  let readable = 0;
  for (const row of rows) {
    if (!row.problem) readable++;
    for (const [name, value] of Object.entries(row.fields)) {
      let field = found.get(name);
      if (!field) {
        field = { samples: new Set(), kinds: new Set(), filled: 0 };
        found.set(name, field);
      }
      const kind = kindOfValue(value, decimalComma);
      if (kind === null) continue;
      field.filled++;
      field.kinds.add(kind);
      if (field.samples.size < 5) field.samples.add(String(value).slice(0, 200));
    }
  }
  return [...found].map(([name, field]) => ({
    name,
    samples: [...field.samples],
    kind: commonKind(field.kinds),
    filled: readable === 0 ? 0 : Math.min(1, field.filled / readable),
  }));
}

function commonKind(kinds: Set<FieldKind>): FieldKind {
  if (kinds.size === 0) return "text";
  if (kinds.size === 1) return [...kinds][0] as FieldKind;
  if (kinds.size === 2 && kinds.has("integer") && kinds.has("number")) return "number";
  return "mixed";
}
