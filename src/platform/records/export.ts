import type { Geometry } from "geojson";
import type { Field } from "../contract/fields.ts";
import { clearedFields, type RecordType, type RecordValues } from "../contract/record-type.ts";
import { sensitivityRank } from "../contract/sensitivity.ts";
import {
  type DownloadFormat,
  type FieldKind,
  fileResponse,
  intoFile,
  type Scalar,
  type WriteField,
  type WriteRow,
  writeCsv,
  writeGeoJson,
  writeGpkg,
  writeXlsx,
} from "../files/index.ts";
import type { Context } from "../http/handler.ts";
import type { RecordDefinition } from "./definition.ts";
import { presentRecord } from "./presenter.ts";
import { listRecords, type RecordQuery } from "./query.ts";
import { type Reference, referencesOf } from "./references.ts";

const kinds: Partial<Record<Field["kind"], FieldKind>> = {
  integer: "integer",
  number: "number",
  boolean: "boolean",
  date: "date",
};

/** The columns of an exported file: every cleared field under its own name, codes as codes, dates as ISO, Latin digits. */
function exportFields(type: RecordType, names: readonly string[]): WriteField[] {
  return names
    .filter((name) => name !== type.geometryField && name !== "importId")
    .map((name) => ({ name, kind: kinds[(type.fields[name] as Field).kind] ?? "text" }));
}

function cell(field: Field, value: unknown, references: Record<string, Reference>): Scalar {
  if (value === undefined || value === null) return null;
  if (field.kind === "codes") return (value as string[]).join("; ");
  if (field.kind === "names") {
    return Object.entries(value as Record<string, string>)
      .map(([language, name]) => `${language}: ${name}`)
      .join("; ");
  }
  if (field.kind === "units") return (value as string[]).map((id) => references[id]?.code ?? id).join("; ");
  if (field.kind === "unit" || field.kind === "organisation" || field.kind === "record") {
    return references[value as string]?.code ?? (value as string);
  }
  return value as Scalar;
}

/** The rows of an export, page by page, each presented at the caller's clearance in its country. */
async function* exportRows(
  context: Context,
  definition: RecordDefinition,
  query: RecordQuery,
  names: readonly string[],
): AsyncGenerator<WriteRow> {
  const { type } = definition;
  let cursor: string | undefined;
  do {
    const page = await listRecords(context.tx, definition, { ...query, cursor, limit: 500 }, context.caller.claims);
    const presented = page.records.map((record) => presentRecord(definition, record, context));
    const references = await referencesOf(context.tx, type, presented);
    for (const values of presented) {
      const fields: Record<string, Scalar> = {};
      for (const name of names) {
        if (name === type.geometryField || name === "importId") continue;
        fields[name] = cell(type.fields[name] as Field, (values as RecordValues)[name], references);
      }
      yield {
        fields,
        geometry: type.geometryField ? ((values[type.geometryField] as Geometry | undefined) ?? null) : null,
      };
    }
    cursor = page.next ?? undefined;
    context.signal.throwIfAborted();
  } while (cursor);
}

/**
 * Writes what a list shows, all pages of it, to a file in the asked format and answers with it. Only fields that the
 * caller may see in some country become columns; values withheld in a record's own country stay empty.
 */
export async function exportRecords(
  context: Context,
  definition: RecordDefinition,
  query: RecordQuery & { format: DownloadFormat },
): Promise<Response> {
  const { format, ...asked } = query;
  const { claims } = context.caller;
  const highest = Math.max(claims.baseLevel, ...Object.values(claims.countryLevels));
  const names = clearedFields(definition.type, "strictly-confidential").filter(
    (name) => sensitivityRank((definition.type.fields[name] as Field).sensitivity) <= highest,
  );
  const fields = exportFields(definition.type, names);
  const hasPlace = definition.type.geometryField !== undefined && names.includes(definition.type.geometryField);
  const rows = exportRows(context, definition, asked, names);
  const { name } = definition.type;
  const date = context.now.toISOString().slice(0, 10);
  return fileResponse(`${name}-${date}`, format, (path) => {
    const options = { fields, signal: context.signal };
    if (format === "gpkg") return writeGpkg(rows, path, { ...options, layer: name });
    const pointColumns = { longitude: "longitude", latitude: "latitude" };
    return intoFile(path, (stream) =>
      format === "xlsx"
        ? writeXlsx(rows, stream, { ...options, sheet: name.slice(0, 31) })
        : format === "geojson"
          ? writeGeoJson(rows, stream, options)
          : writeCsv(rows, stream, { ...options, ...(hasPlace ? { pointColumns } : {}) }),
    );
  });
}
