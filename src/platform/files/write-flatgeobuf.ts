import type { Writable } from "node:stream";
import { ColumnType } from "flatgeobuf/lib/mjs/flat-geobuf/column-type.js";
import { GeometryType } from "flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js";
import { buildFeature } from "flatgeobuf/lib/mjs/generic/feature.js";
import { buildHeader } from "flatgeobuf/lib/mjs/generic/featurecollection.js";
import { parseGC, parseGeometry } from "flatgeobuf/lib/mjs/geojson/geometry.js";
import type { Geometry } from "geojson";
import type { FieldKind, Scalar } from "./types.ts";
import { makeByteSink, planRows, type RowSource, type WriteOptions } from "./write.ts";

const columnTypes: Record<FieldKind, ColumnType> = {
  text: ColumnType.String,
  integer: ColumnType.Double,
  number: ColumnType.Double,
  date: ColumnType.String,
  boolean: ColumnType.Bool,
  mixed: ColumnType.String,
};

/**
 * Writes rows as FlatGeobuf 3 in WGS 84, streaming: without an index and with the number of features left open, both
 * of which the format allows. Heights are written, but the header does not announce them, so that some readers leave
 * them out. The format has no features without a place, so rows without one are left out and
 * counted. Throws `files.unexpected-field`.
 */
export async function writeFlatGeobuf(
  rows: RowSource,
  stream: Writable,
  options: WriteOptions = {},
): Promise<{ rows: number; withoutPlace: number }> {
  const plan = await planRows(rows, options);
  const columns = plan.fields.map((field) => ({
    name: field.name,
    type: columnTypes[field.kind],
    title: null,
    description: null,
    width: -1,
    precision: -1,
    scale: -1,
    nullable: true,
    unique: false,
    primary_key: false,
  }));
  const header = {
    geometryType: GeometryType.Unknown,
    columns,
    envelope: null,
    featuresCount: 0,
    indexNodeSize: 0,
    crs: null,
    title: null,
    description: null,
    metadata: null,
  };
  const sink = makeByteSink(stream);
  await sink.write(Buffer.from("fgb\u0003fgb\0", "latin1"));
  await sink.write(buildHeader(header, 4326));
  let count = 0;
  let withoutPlace = 0;
  for await (const row of plan.rows) {
    if (!row.geometry) {
      withoutPlace++;
      continue;
    }
    const properties: Record<string, Scalar> = {};
    for (const field of plan.fields) properties[field.name] = toValue(row.fields[field.name], field.kind);
    const wait = sink.write(buildFeature(toParts(row.geometry), properties, header));
    if (wait) await wait;
    count++;
  }
  await sink.end();
  return { rows: count, withoutPlace };
}

function toParts(geometry: Geometry) {
  return geometry.type === "GeometryCollection" ? parseGC(geometry) : parseGeometry(geometry);
}

function toValue(value: Scalar | undefined, kind: FieldKind): Scalar {
  if (value === null || value === undefined) return null;
  const type = columnTypes[kind];
  if (type === ColumnType.String) return String(value);
  if (type === ColumnType.Double) return Number(value);
  return Boolean(value);
}
