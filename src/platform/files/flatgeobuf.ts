import { ByteBuffer } from "flatbuffers";
import { Feature } from "flatgeobuf/lib/mjs/flat-geobuf/feature.js";
import { GeometryType } from "flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js";
import { fromFeature } from "flatgeobuf/lib/mjs/geojson/feature.js";
import { fromByteBuffer, type HeaderMeta } from "flatgeobuf/lib/mjs/header-meta.js";
import { calcTreeSize } from "flatgeobuf/lib/mjs/packedrtree.js";
import type { Geometry } from "geojson";
import { type ByteCursor, openCursor } from "./bytes.ts";
import { flattenInto } from "./fields.ts";
import { FileProblem, problem } from "./problem.ts";
import { batchSize, type CrsInfo, type FormatReader, type OpenedFile, type SourceRow } from "./types.ts";

/** Reads FlatGeobuf version 3; the spatial index is stepped over, not loaded. */
export const flatgeobufReader: FormatReader = {
  async describe(file) {
    const { cursor, header } = await openFeatures(file);
    await cursor.close();
    const name = "features";
    const geometryType = header.geometryType === GeometryType.Unknown ? "Geometry" : GeometryType[header.geometryType];
    const rowsEstimate = header.featuresCount > 0 ? header.featuresCount : null;
    return {
      layers: [{ name, rowsEstimate, geometryType: geometryType ?? null }],
      layer: name,
      crs: readCrs(header),
      warnings: [],
    };
  },

  async *rows(file) {
    const { cursor, header } = await openFeatures(file);
    try {
      let number = 0;
      let batch: SourceRow[] = [];
      let bytes = 0;
      while (cursor.has(4) || (await cursor.fill(4))) {
        number++;
        const length = cursor.peek(4).readUInt32LE(0) + 4;
        if (length > file.limits.rowBytes) throw new FileProblem("files.row-too-large", { row: number, bytes: length });
        if (!cursor.has(length) && !(await cursor.fill(length))) {
          batch.push(cutShort(number, cursor.offset));
          break;
        }
        batch.push(toRow(cursor.take(length), header, number));
        bytes += length;
        if (batch.length < batchSize && bytes < 1_000_000) continue;
        file.options.signal?.throwIfAborted();
        yield batch;
        batch = [];
        bytes = 0;
      }
      if (header.featuresCount > number) batch.push(cutShort(number + 1, cursor.offset));
      if (batch.length > 0) yield batch;
    } finally {
      await cursor.close();
    }
  },
};

function cutShort(number: number, offset: number): SourceRow {
  return { number, fields: {}, geometry: null, problem: problem("flatgeobuf.cut-short", { offset }) };
}

function toRow(bytes: Buffer, header: HeaderMeta, number: number): SourceRow {
  const row: SourceRow = { number, fields: {}, geometry: null };
  try {
    // The decoder keeps views of the bytes it is given, while the cursor reuses its buffer.
    const feature = Feature.getSizePrefixedRootAsFeature(new ByteBuffer(new Uint8Array(bytes)));
    const { properties, geometry } = feature.geometry()
      ? (fromFeature(number, feature, header) as { properties: object | null; geometry: Geometry | null })
      : { properties: propertiesOnly(feature, header, number), geometry: null };
    for (const column of header.columns ?? []) row.fields[column.name] = null;
    flattenInto(row.fields, "", withoutBinary(properties ?? {}));
    row.geometry = geometry;
  } catch {
    row.problem = problem("flatgeobuf.broken-feature", { number });
  }
  return row;
}

/** The decoder expects a geometry; a feature without one is given an empty stand-in. */
function propertiesOnly(feature: Feature, header: HeaderMeta, number: number): object | null {
  const standIn = { xyArray: () => new Float64Array(2), zArray: () => null, type: () => GeometryType.Point };
  const bare = new Proxy(feature, {
    get: (target, key) => {
      if (key === "geometry") return () => standIn;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return fromFeature(number, bare, { ...header, geometryType: GeometryType.Point }).properties;
}

function withoutBinary(properties: object): object {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !(value instanceof Uint8Array)));
}

async function openFeatures(file: OpenedFile): Promise<{ cursor: ByteCursor; header: HeaderMeta }> {
  const report = (bytesRead: number) => file.options.onProgress?.({ bytesRead, bytesTotal: file.size });
  const cursor = await openCursor(file.path, file.limits.rowBytes, report);
  try {
    if (!(await cursor.fill(12))) throw new FileProblem("flatgeobuf.damaged");
    cursor.take(8);
    const length = cursor.peek(4).readUInt32LE(0) + 4;
    if (length > 10_000_000 || !(await cursor.fill(length))) throw new FileProblem("flatgeobuf.damaged");
    const header = fromByteBuffer(new ByteBuffer(new Uint8Array(cursor.take(length))));
    if (header.indexNodeSize > 0 && header.featuresCount > 0) {
      cursor.skipTo(cursor.offset + calcTreeSize(header.featuresCount, header.indexNodeSize));
    }
    return { cursor, header };
  } catch (error) {
    await cursor.close();
    throw error instanceof FileProblem ? error : new FileProblem("flatgeobuf.damaged");
  }
}

function readCrs(header: HeaderMeta): CrsInfo | null {
  const { crs } = header;
  if (!crs || (crs.code === 0 && !crs.wkt)) return null;
  const code = crs.code ? `${crs.org ?? "EPSG"}:${crs.code}` : undefined;
  return { name: crs.name ?? code ?? "", ...(code ? { code } : {}), ...(crs.wkt ? { wkt: crs.wkt } : {}) };
}
