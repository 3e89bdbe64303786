import type { Geometry } from "geojson";
import { readChunks, readHead } from "./bytes.ts";
import { guessEncoding, makeDecoder } from "./encoding.ts";
import { flattenInto } from "./fields.ts";
import { makeJsonScanner, type ScannedRecord } from "./geojson-scan.ts";
import { problem } from "./problem.ts";
import { batchSize, type CrsInfo, type FormatReader, type OpenedFile, type Problem, type SourceRow } from "./types.ts";

const sampleBytes = 256 * 1024;
const geometryTypes = new Set([
  ...["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"],
]);

/** Reads GeoJSON: collections at any depth, newline-delimited features, RFC 8142 sequences, single features and
 * geometries, and plain arrays of objects (rows without a place). */
export const geojsonReader: FormatReader = {
  async describe(file) {
    const head = await readHead(file.path, sampleBytes);
    const guess = guessEncoding(head);
    const encoding = file.options.encoding ?? guess.encoding;
    const scanner = makeJsonScanner(file.limits.rowBytes);
    const warnings: Problem[] = [];
    if (!/^utf-/.test(encoding)) warnings.push(problem("encoding.not-utf8", { encoding }));
    const records = scanner.push(toUtf8(head, encoding));
    const types = new Set<string>();
    for (const record of records) {
      const geometry = toRow(record, 0).geometry;
      if (geometry) types.add(geometry.type);
    }
    const whole = head.length === file.size;
    if (whole) records.push(...scanner.end());
    const last = records[records.length - 1];
    const usedBytes = whole || !last ? head.length : last.offset;
    const perRecord = records.length > 1 ? usedBytes / (records.length - 1) : 0;
    const estimate = whole ? records.length : perRecord > 0 ? Math.round(file.size / perRecord) : null;
    const name = scanner.name() ?? "features";
    return {
      layers: [{ name, rowsEstimate: estimate, geometryType: oneType(types) }],
      layer: name,
      encoding,
      crs: readCrs(scanner.crs()),
      warnings,
    };
  },

  async *rows(file) {
    const head = await readHead(file.path, 4096);
    const encoding = file.options.encoding ?? (await fileEncoding(file, head));
    const decoder = encoding === "utf-8" ? null : makeDecoder(encoding);
    const scanner = makeJsonScanner(file.limits.rowBytes);
    let number = 0;
    let first = true;
    const convert = (records: ScannedRecord[]) => records.map((record) => toRow(record, ++number));
    for await (const chunk of readChunks(file)) {
      const bytes = decoder ? Buffer.from(decoder.write(chunk), "utf8") : first ? withoutBom(chunk) : chunk;
      first = false;
      yield* inBatches(convert(scanner.push(bytes)));
    }
    const rest = decoder?.end();
    if (rest) yield* inBatches(convert(scanner.push(Buffer.from(rest, "utf8"))));
    yield* inBatches(convert(scanner.end()));
  },
};

function* inBatches(rows: SourceRow[]): Generator<SourceRow[]> {
  for (let i = 0; i < rows.length; i += batchSize) yield rows.slice(i, i + batchSize);
}

async function fileEncoding(file: OpenedFile, head: Buffer): Promise<string> {
  const guess = guessEncoding(head);
  if (guess.encoding !== "utf-8" || guess.bom) return guess.encoding;
  return guessEncoding(await readHead(file.path, sampleBytes)).encoding;
}

function withoutBom(chunk: Buffer): Buffer {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;
}

function toUtf8(bytes: Buffer, encoding: string): Buffer {
  if (encoding === "utf-8") return withoutBom(bytes);
  return Buffer.from(makeDecoder(encoding).write(bytes), "utf8");
}

function oneType(types: Set<string>): string | null {
  if (types.size === 0) return null;
  return types.size === 1 ? ([...types][0] as string) : "Geometry";
}

function toRow(record: ScannedRecord, number: number): SourceRow {
  if (record.problem) return { number, fields: {}, geometry: null, problem: record.problem };
  const value = record.value as Record<string, unknown>;
  const row: SourceRow = { number, fields: {}, geometry: null };
  try {
    if (value.type === "Feature") {
      if (value.id !== undefined && value.id !== null) flattenInto(row.fields, "_id", value.id);
      if (isObject(value.properties)) flattenInto(row.fields, "", value.properties);
      if (value.geometry !== null && value.geometry !== undefined) setGeometry(row, value.geometry);
    } else if (typeof value.type === "string" && geometryTypes.has(value.type) && looksLikeGeometry(value)) {
      setGeometry(row, value);
    } else if (value.type === "Topology" && isObject(value.objects)) {
      row.problem = problem("geojson.topojson", { offset: record.offset });
    } else if (value.type === "FeatureCollection") {
      row.problem = problem("geojson.no-features", { offset: record.offset });
    } else flattenInto(row.fields, "", value);
  } catch {
    row.problem = problem("geojson.broken-feature", { offset: record.offset });
  }
  return row;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const looksLikeGeometry = (value: Record<string, unknown>) =>
  Array.isArray(value.coordinates) || Array.isArray(value.geometries);

/** Coordinates must be numbers, nested as deep as their type asks; otherwise the row is kept without its place. */
function setGeometry(row: SourceRow, value: unknown): void {
  if (isGeometry(value, 0)) row.geometry = value;
  else row.warnings = [problem("geometry.malformed")];
}

const depths: Record<string, number> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

function isGeometry(value: unknown, nesting: number): value is Geometry {
  if (!isObject(value) || nesting > 16) return false;
  if (value.type === "GeometryCollection") {
    return Array.isArray(value.geometries) && value.geometries.every((inner) => isGeometry(inner, nesting + 1));
  }
  const depth = depths[String(value.type)];
  return depth !== undefined && hasPositions(value.coordinates, depth);
}

function hasPositions(value: unknown, depth: number): boolean {
  if (!Array.isArray(value)) return false;
  if (depth > 0) {
    for (const inner of value) if (!hasPositions(inner, depth - 1)) return false;
    return true;
  }
  return value.length >= 2 && typeof value[0] === "number" && typeof value[1] === "number";
}

/** RFC 7946 fixes WGS 84; older files may name another system in a `crs` member, which must not be overlooked. */
function readCrs(member: unknown): CrsInfo | null {
  if (!isObject(member) || !isObject(member.properties)) return { name: "WGS 84", code: "OGC:CRS84" };
  const name = String(member.properties.name ?? "");
  const match = /(EPSG|OGC)[:/]+(?:[\d.]*[:/]+)?(\w+)$/i.exec(name);
  if (!match) return { name };
  return { name, code: `${(match[1] as string).toUpperCase()}:${match[2]}` };
}
