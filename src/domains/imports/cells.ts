import type { Field } from "../../platform/contract/fields.ts";
import {
  cleanText,
  looksLikeZawgyi,
  matchKey,
  normaliseDigits,
  type Problem,
  parseBoolean,
  parseDate,
  parseNumber,
  type Scalar,
} from "../../platform/files/index.ts";
import type { Finding } from "../../platform/records/definition.ts";
import type { CodeMatcher } from "./codes.ts";
import type { ColumnMapping, Profile } from "./profile.ts";

/** What a cell gave: a value (undefined when empty) and what was noticed. An error among the findings refuses the row. */
export interface CellResult {
  value: unknown;
  findings: Finding[];
  /** How exactly a date is known. */
  precision?: "day" | "month" | "year";
}

/** A mapping made ready: the field it fills and its values by comparable key. */
export interface PreparedColumn {
  mapping: ColumnMapping;
  name: string;
  field: Field;
  language: string | null;
  values: ReadonlyMap<string, string | number | boolean | null> | null;
}

const nothing: CellResult = { value: undefined, findings: [] };

/** What reading a cell needs to know beside the cell. */
export interface CellContext {
  dates: Profile["dates"];
  decimalComma: boolean | undefined;
  codes: CodeMatcher;
}

const cut = (text: string) => [...text].slice(0, 120).join("");

/** A finding about the text of one cell. */
export function cellFinding(
  check: string,
  severity: Finding["severity"],
  field: string,
  text: string,
  params: Finding["params"] = {},
): Finding {
  return { check, severity, field, params: { text: cut(text), ...params } };
}

/** The raw text of a mapped cell after the steps that the profile asks for; null when there is none. */
export function mappedText(column: ColumnMapping, fields: Readonly<Record<string, Scalar>>): string | null {
  if (column.constant !== undefined) return String(column.constant);
  const cells = (column.columns ?? [column.column as string]).map((name) => fields[name]);
  let text = cells
    .filter((cell) => cell !== null && cell !== undefined)
    .map((cell) => cleanText(String(cell)))
    .filter((cell) => cell !== "")
    .join(" ");
  if (text === "") return null;
  const { text: steps } = column;
  if (!steps) return text;
  if (steps.without) {
    const away = fields[steps.without];
    if (typeof away === "string" && away !== "") text = text.replace(cleanText(away), "").trim();
  }
  if (steps.pad !== undefined) {
    text = normaliseDigits(text);
    if (/^\d+$/.test(text))
      text = text.padStart(steps.pad === "even" ? text.length + (text.length % 2) : steps.pad, "0");
  }
  if (steps.keepFirst) text = text.slice(0, steps.keepFirst);
  if (steps.dropLast) text = text.slice(0, Math.max(0, text.length - steps.dropLast));
  if (steps.measure === "length") text = String([...text].length);
  if (steps.prefix && text !== "") text = steps.prefix + text;
  return text === "" ? null : text;
}

/** Multiplies without the dust of binary fractions: 3359.84 km² are 3,359,840,000 m². */
function scaled(value: number, factor: number): number {
  const product = value * factor;
  const whole = Math.round(product);
  return Math.abs(product - whole) <= Math.abs(product) * 1e-12 ? whole : product;
}

function notes(list: readonly Problem[], name: string, text: string): Finding[] {
  return list.map(({ code, params }) => cellFinding(code, "warning", name, text, params));
}

function readNumberCell(column: PreparedColumn, text: string, context: CellContext): CellResult {
  const { name, field, mapping } = column;
  const result = parseNumber(text, context.decimalComma === undefined ? {} : { decimalComma: context.decimalComma });
  if ("problem" in result)
    return { value: undefined, findings: [cellFinding(result.problem.code, "error", name, text)] };
  const value = mapping.factor ? scaled(result.value, mapping.factor) : result.value;
  if (field.kind === "integer" && !Number.isSafeInteger(value))
    return { value: undefined, findings: [cellFinding("not-whole", "error", name, text)] };
  const { min, max } = field;
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) {
    const params = { min: min ?? null, max: max ?? null };
    return { value: undefined, findings: [cellFinding("out-of-range", "error", name, text, params)] };
  }
  return { value, findings: [] };
}

function readCodes(column: PreparedColumn, text: string, context: CellContext): CellResult {
  const { name, field, mapping, values } = column;
  const many = field.kind === "codes";
  const parts = many
    ? text.split(mapping.separator ? new RegExp(escaped(mapping.separator)) : /[,;|/\n]/).map((part) => part.trim())
    : [text];
  const found: string[] = [];
  const findings: Finding[] = [];
  for (const part of parts) {
    if (part === "") continue;
    const mapped = many ? values?.get(matchKey(part)) : undefined;
    if (mapped === null) continue;
    const match = context.codes.match(field.list as string, mapped === undefined ? part : String(mapped));
    if (match.code !== null) {
      if (!found.includes(match.code)) found.push(match.code);
      continue;
    }
    const finding = cellFinding("unknown-code", field.required ? "error" : "warning", name, part, {
      list: field.list as string,
      nearest: match.suggestions[0] ?? null,
    });
    const [nearest] = match.suggestions;
    if (nearest) {
      finding.suggestion = { values: { [name]: many ? [...found, nearest] : nearest }, reason: "nearest-code" };
    }
    findings.push(finding);
  }
  if (found.length === 0) return { value: undefined, findings };
  return { value: many ? found : found[0], findings };
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * Reads a cell as a value of its field: numbers and dates in the scripts, calendars and separators of the region, codes
 * by code, label or national variant. Units, organisations and records are left as text for the caller to look up.
 * @param text the cell, not empty
 */
export function readCell(column: PreparedColumn, text: string, context: CellContext): CellResult {
  const { name, field } = column;
  let cell = text;
  if (column.values && field.kind !== "codes") {
    const mapped = column.values.get(matchKey(text));
    if (mapped === null) return nothing;
    if (mapped !== undefined) cell = String(mapped);
  }
  switch (field.kind) {
    case "integer":
    case "number":
      return readNumberCell(column, cell, context);
    case "boolean": {
      const result = parseBoolean(cell);
      if ("value" in result) return { value: result.value, findings: [] };
      return { value: undefined, findings: [cellFinding(result.problem.code, "error", name, text)] };
    }
    case "date": {
      const result = parseDate(cell, context.dates?.order ? { order: context.dates.order } : {});
      if ("problem" in result)
        return { value: undefined, findings: [cellFinding(result.problem.code, "error", name, text)] };
      return { value: result.date, precision: result.precision, findings: notes(result.notes, name, text) };
    }
    case "timestamp": {
      const time = Date.parse(normaliseDigits(cell));
      if (Number.isNaN(time))
        return { value: undefined, findings: [cellFinding("date.malformed", "error", name, text)] };
      return { value: new Date(time).toISOString(), findings: [] };
    }
    case "code":
    case "codes":
      return readCodes(column, cell, context);
    case "country":
      return { value: cell.toUpperCase(), findings: [] };
    case "text":
    case "long-text":
    case "names": {
      const findings: Finding[] = [];
      const limit = field.kind === "names" ? 500 : (field.maxLength ?? 20_000);
      if (cell.length > limit)
        return { value: undefined, findings: [cellFinding("too-long", "error", name, cell, { limit })] };
      if (looksLikeZawgyi(cell)) findings.push(cellFinding("zawgyi", "warning", name, cell));
      return { value: cell, findings };
    }
    default:
      return { value: cell, findings: [] };
  }
}
