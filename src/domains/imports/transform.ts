import type { Field } from "../../platform/contract/fields.ts";
import type { RecordValues } from "../../platform/contract/record-type.ts";
import { cleanText, matchKey, type Scalar, type SourceRow } from "../../platform/files/index.ts";
import { defineProblems, Problem } from "../../platform/kernel/problem.ts";
import type { Finding, RecordDefinition } from "../../platform/records/definition.ts";
import { type CellContext, cellFinding, mappedText, type PreparedColumn, readCell } from "./cells.ts";
import type { NameIndex } from "./names.ts";
import { type Land, readPosition } from "./position.ts";
import type { ColumnMapping, Route } from "./profile.ts";
import { totalsWord } from "./totals.ts";
import type { UnitIndex } from "./units.ts";

export const profileProblems = defineProblems("imports", {
  "unknown-record-type": 422,
  "unknown-field": 422,
  "field-not-importable": 422,
  "key-not-mapped": 422,
});

/** A part of a profile made ready for a record type. */
export interface PreparedRoute {
  route: Route;
  definition: RecordDefinition;
  columns: PreparedColumn[];
  /** Every field that rows of this kind speak for; others of a stored record are left alone. */
  managed: string[];
  /** The field by which stored records are recognised. */
  key: string | null;
}

/** What the node knows and rows are matched with. */
export interface Knowledge extends CellContext {
  country: string;
  units: UnitIndex;
  organisations: NameIndex;
  /** Codes of records by record type, for fields that point to one. */
  records: ReadonlyMap<string, ReadonlyMap<string, string>>;
  land: Land | null;
  now: Date;
}

/** A row as values of its record type. */
export interface TransformedRow {
  values: RecordValues;
  findings: Finding[];
  /** The row may not be stored. */
  refused: boolean;
}

const positionFields = ["coordinatesAsTyped", "coordinateFormat", "datum", "datumOperation"];

function fieldOf(definition: RecordDefinition, mapping: ColumnMapping): PreparedColumn {
  const [name = "", language = null] = mapping.field.split(".") as [string, string | undefined];
  const field: Field | undefined = definition.type.fields[name];
  const params = { field: mapping.field, recordType: definition.type.name };
  if (!field || (language !== null) !== (field.kind === "names"))
    throw new Problem(profileProblems["unknown-field"], params);
  if (field.derived || field.kind === "geometry") throw new Problem(profileProblems["field-not-importable"], params);
  const values = mapping.values
    ? new Map(Object.entries(mapping.values).map(([text, value]) => [matchKey(text), value]))
    : null;
  return { mapping, name, field, language, values };
}

/**
 * Joins a part of a profile with its record type.
 * @throws Problem `imports.unknown-record-type`, `imports.unknown-field`, `imports.field-not-importable`, `imports.key-not-mapped`
 */
export function prepareRoute(route: Route, definitions: readonly RecordDefinition[]): PreparedRoute {
  const definition = definitions.find(({ type }) => type.name === route.recordType);
  if (!definition) throw new Problem(profileProblems["unknown-record-type"], { recordType: route.recordType });
  const columns = route.columns.map((mapping) => fieldOf(definition, mapping));
  if (route.key && !columns.some(({ name }) => name === route.key))
    throw new Problem(profileProblems["key-not-mapped"], { field: route.key });
  const { fields, geometryField } = definition.type;
  const managed = new Set(columns.map(({ name }) => name));
  for (const name of [...managed]) {
    if (fields[`${name}Precision`]) managed.add(`${name}Precision`);
    if (fields[name]?.kind === "unit" && fields[`${name}AsWritten`]) managed.add(`${name}AsWritten`);
  }
  if (route.position && geometryField) {
    for (const name of [geometryField, ...positionFields]) if (fields[name]) managed.add(name);
  }
  return { route, definition, columns, managed: [...managed], key: route.key };
}

/** The value of the key of a row, or null when the cell is empty; for finding stored records before rows are read. */
export function keyOf(prepared: PreparedRoute, fields: Readonly<Record<string, Scalar>>): string | null {
  const column = prepared.columns.find(({ name }) => name === prepared.key);
  if (!column) return null;
  const text = mappedText(column.mapping, fields);
  if (text === null) return null;
  const mapped = column.values?.get(matchKey(text));
  return mapped === undefined || mapped === null ? text : String(mapped);
}

/** The texts of a unit from the larger to the smaller, as they stand in the row. */
function unitTexts(mapping: ColumnMapping, fields: Readonly<Record<string, Scalar>>): string[] {
  if (!mapping.columns) {
    const text = mappedText(mapping, fields);
    return text === null ? [] : [text];
  }
  return mapping.columns
    .map((name) => fields[name])
    .filter((cell) => cell !== null && cell !== undefined)
    .map((cell) => cleanText(String(cell)))
    .filter((cell) => cell !== "");
}

/** Names of units as people read them, for findings. */
const labelOf = (names: Readonly<Record<string, string>>, code: string) =>
  `${names.en ?? Object.values(names)[0] ?? ""} (${code})`.trim();

function matchUnit(
  column: PreparedColumn,
  row: SourceRow,
  values: RecordValues,
  definition: RecordDefinition,
  knowledge: Knowledge,
  findings: Finding[],
): void {
  const { name, mapping } = column;
  const texts = unitTexts(mapping, row.fields).map((text) => {
    const mapped = column.values?.get(matchKey(text));
    return mapped === undefined || mapped === null ? text : String(mapped);
  });
  if (texts.length === 0) return;
  const asWritten = `${name}AsWritten`;
  if (definition.type.fields[asWritten]) values[asWritten] = texts.join(", ").slice(0, 500);
  const found = unitOf(texts, name, values, definition, knowledge, findings);
  if (found) values[name] = found;
}

/** The unit that texts from the larger to the smaller name; what is in doubt is in `findings`. */
function unitOf(
  texts: readonly string[],
  name: string,
  values: RecordValues,
  definition: RecordDefinition,
  knowledge: Knowledge,
  findings: Finding[],
): string | undefined {
  const { dateField } = definition.type;
  const own = definition.type.name === "places.unit";
  // Before any unit is loaded, one remark for the whole import says so.
  if (knowledge.units.size === 0 && !own) return undefined;
  // A parent of a unit shares its validity; a record's unit is the one that existed on its date.
  const on = dateField && !own ? ((values[dateField] as string | undefined) ?? null) : null;
  const match = knowledge.units.match(texts, on, own ? Number(values.level ?? 0) - 1 : undefined);
  if (match.found) return match.found.id;
  if (match.reason === "ambiguous") {
    const candidates = match.candidates
      .slice(0, 5)
      .map(({ names, code }) => labelOf(names, code))
      .join("; ");
    findings.push(
      cellFinding("unit-ambiguous", "warning", name, match.text, { candidates, count: match.candidates.length }),
    );
    return undefined;
  }
  const [nearest] = match.suggestions;
  findings.push({
    ...cellFinding(nearest ? "unit-spelt-otherwise" : "unit-unknown", "warning", name, match.text, {
      nearest: nearest ? labelOf(nearest.names, nearest.code) : null,
    }),
    // Of several units one suggestion would push the others out.
    ...(nearest && definition.type.fields[name]?.kind === "unit"
      ? { suggestion: { values: { [name]: nearest.id }, reason: "nearest-unit" } }
      : {}),
  });
  return undefined;
}

/** Several units that stand in one cell, each found by itself. */
function matchUnits(
  { name, mapping, values: mapped }: PreparedColumn,
  row: SourceRow,
  values: RecordValues,
  definition: RecordDefinition,
  knowledge: Knowledge,
  findings: Finding[],
): void {
  const parts = (mappedText(mapping, row.fields) ?? "")
    .split(mapping.separator ?? /[;|/\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const found = parts.flatMap((part) => {
    const text = String(mapped?.get(matchKey(part)) ?? part);
    return unitOf([text], name, values, definition, knowledge, findings) ?? [];
  });
  if (found.length > 0) values[name] = [...new Set(found)];
}

function matchOrganisation(
  column: PreparedColumn,
  text: string,
  knowledge: Knowledge,
  findings: Finding[],
): string | undefined {
  const { name, field } = column;
  const match = knowledge.organisations.match(text);
  if (match.id !== null) return match.id;
  const [nearest] = match.suggestions;
  findings.push({
    ...cellFinding("organisation-unknown", field.required ? "error" : "warning", name, text, {
      nearest: nearest?.label ?? null,
    }),
    ...(nearest ? { suggestion: { values: { [name]: nearest.id }, reason: "nearest-organisation" } } : {}),
  });
  return undefined;
}

/** Fills one field from its column; what could not be read is in `findings`. */
function fill(
  column: PreparedColumn,
  row: SourceRow,
  values: RecordValues,
  prepared: PreparedRoute,
  knowledge: Knowledge,
  findings: Finding[],
): void {
  const { name, field, language, mapping } = column;
  if (field.kind === "unit") {
    matchUnit(column, row, values, prepared.definition, knowledge, findings);
    return;
  }
  if (field.kind === "units") {
    matchUnits(column, row, values, prepared.definition, knowledge, findings);
    return;
  }
  const text = mappedText(mapping, row.fields);
  if (text === null) return;
  const cell = readCell(column, text, knowledge);
  findings.push(...cell.findings);
  if (cell.value === undefined) return;
  if (language !== null) {
    values[name] = { ...(values[name] as Record<string, string> | undefined), [language]: cell.value };
  } else if (field.kind === "organisation") {
    const id = matchOrganisation(column, String(cell.value), knowledge, findings);
    if (id) values[name] = id;
  } else if (field.kind === "record") {
    const id = knowledge.records.get(field.of as string)?.get(matchKey(String(cell.value)));
    if (id) values[name] = id;
    else
      findings.push(
        cellFinding("record-unknown", field.required ? "error" : "warning", name, text, { of: field.of as string }),
      );
  } else if (field.kind === "country") {
    if (cell.value !== knowledge.country)
      findings.push(cellFinding("other-country", "error", name, text, { country: knowledge.country }));
  } else {
    // Where each code has a column of its own, as "lost an arm: yes", all of them make the field.
    values[name] =
      field.kind === "codes" && Array.isArray(values[name])
        ? [...new Set([...(values[name] as unknown[]), ...(cell.value as unknown[])])]
        : cell.value;
    const precision = `${name}Precision`;
    if (cell.precision && prepared.definition.type.fields[precision]) values[precision] = cell.precision;
  }
}

/**
 * Turns a row of a source into the values of a record, with everything that was noticed. Nothing is guessed and nothing
 * is dropped without a finding. Pure: the node's knowledge and the clock are arguments.
 */
export function transformRow(row: SourceRow, prepared: PreparedRoute, knowledge: Knowledge): TransformedRow {
  const { definition, route, columns } = prepared;
  const findings: Finding[] = [];
  if (row.problem) {
    const { code, params } = row.problem;
    return { values: {}, findings: [{ check: code, severity: "error", field: null, params }], refused: true };
  }
  const sum = row.geometry ? null : totalsWord(row.fields);
  if (sum !== null) {
    const finding: Finding = { check: "totals-row", severity: "error", field: null, params: { text: sum } };
    return { values: {}, findings: [finding], refused: true };
  }
  for (const { code, params } of row.warnings ?? [])
    findings.push({ check: code, severity: "warning", field: null, params });
  const values: RecordValues = {};
  // Dates come first: they decide which of two units of one name is meant. Units come last, after the level.
  const order = (column: PreparedColumn) =>
    column.field.kind === "date" ? 0 : ["unit", "units"].includes(column.field.kind) ? 2 : 1;
  for (const column of [...columns].sort((a, b) => order(a) - order(b)))
    fill(column, row, values, prepared, knowledge, findings);

  let refused = findings.some(({ severity }) => severity === "error");
  const geometryField = definition.type.geometryField;
  if (route.position && geometryField) {
    const allowed = definition.type.fields[geometryField]?.geometries ?? [];
    // The border of a unit is better than the generalised one of the country, and may hold islands that it lacks.
    const border = definition.type.name === "places.unit" && row.geometry !== null && row.geometry.type !== "Point";
    const position = readPosition(row, route.position, allowed, border ? null : knowledge.land);
    for (const [name, value] of Object.entries(position.values)) {
      const target = name === "geometry" ? geometryField : name;
      if (definition.type.fields[target]) values[target] = value;
    }
    findings.push(...position.findings);
    refused ||= position.refused;
  }
  for (const [name, field] of Object.entries(definition.type.fields)) {
    if (!field.required || field.derived || name === "country" || values[name] !== undefined) continue;
    if (name === "code" && prepared.key !== "code") continue;
    if (findings.some((finding) => finding.field === name && finding.severity === "error")) continue;
    findings.push({ check: "required", severity: "error", field: name, params: {} });
    refused = true;
  }
  const judged = definition.check(values, knowledge.now);
  refused ||= judged.some(({ severity }) => severity === "error");
  return { values, findings: [...findings, ...judged], refused };
}
