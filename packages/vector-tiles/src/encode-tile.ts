import { buildCommands, commandBuffer } from "./commands.ts";
import { cutTile, type TileGrid, tileGrid } from "./cut-tile.ts";
import { type GeoJsonGeometry, readGeoJson } from "./geojson.ts";
import { LevelReader, levelScale } from "./level.ts";
import { PackedShapeReader } from "./packed-shape.ts";
import { ProtobufWriter, varintSize } from "./protobuf-writer.ts";
import { TileRings } from "./ring.ts";
import { Shape } from "./shape.ts";
import { readWkb } from "./wkb.ts";
import { checkTile, type TileAddress } from "./world.ts";

/** A property value. `null` and `undefined` leave the property out of the feature. */
export type TileValue = string | number | bigint | boolean | null | undefined;

/** One feature: WKB or EWKB bytes or a GeoJSON geometry in EPSG:4326, a packed shape (`packShape`), or a `Shape`. */
export interface TileFeature {
  /** An integer from 0 to 2^64 - 1; left out when missing, negative or fractional. */
  readonly id?: number | bigint | undefined;
  readonly geometry: Uint8Array | GeoJsonGeometry | string | Shape;
  readonly properties?: Readonly<Record<string, TileValue>>;
}

/** Many features as columns, the fast way from a database: see `splitColumn` and the README. */
export interface TileColumns {
  /** Packed shapes (`tile_shape` of `packShape`) one after the other, as text or its ASCII bytes. */
  readonly shapes?: string | Uint8Array;
  /**
   * Instead of `shapes`: one of the `tile_levels` of `packShape` of every row, that of the tile's zoom. Several times
   * faster, as only what crosses the edge of the tile has to be cut. Needs the extent of 4096.
   */
  readonly levels?: string | Uint8Array;
  readonly ids?: ArrayLike<number | bigint | undefined>;
  /** One array a property, each with one value a shape. */
  readonly properties?: Readonly<Record<string, ArrayLike<TileValue>>>;
}

/** A layer of a tile. Give `features`, `columns` or both. */
export interface TileLayer {
  readonly name: string;
  /** Tile units a side. Default 4096. */
  readonly extent?: number;
  /** How far around the tile geometry is kept, in tile units. Default 64. */
  readonly buffer?: number;
  readonly features?: Iterable<TileFeature>;
  readonly columns?: TileColumns;
}

const shape = new Shape();
const rings = new TileRings();
const layerBytes = new ProtobufWriter(1 << 16);
const tileBytes = new ProtobufWriter(1 << 16);
let tags = new Uint32Array(64);

/**
 * Encodes layers as one Mapbox Vector Tile, version 2.1. A layer without a visible feature is left out, and the bytes
 * of a tile without layers are none. Geometry is projected to web mercator, rounded, cut and made valid as `cutTile`
 * says; keys and values are stored once a layer. The call is synchronous and its working memory is reused.
 * @param tile which tile
 * @param layers the layers in drawing order; names must differ
 * @returns the uncompressed tile, owned by the caller
 * @throws RangeError when the address is not a tile, two layers have one name, a geometry cannot be read, or columns
 *   have different lengths
 */
export function encodeTile(tile: TileAddress, layers: Iterable<TileLayer>): Uint8Array {
  checkTile(tile);
  const names = new Set<string>();
  tileBytes.reset();
  for (const layer of layers) {
    if (names.has(layer.name)) throw new RangeError(`Two layers of a tile are called "${layer.name}"`);
    names.add(layer.name);
    if (encodeLayer(tile, layer)) tileBytes.bytesField(0x1a, layerBytes.view());
  }
  return tileBytes.copy();
}

function encodeLayer(tile: TileAddress, layer: TileLayer): boolean {
  const extent = layer.extent ?? 4096;
  const grid = tileGrid(tile, extent, layer.buffer ?? 64);
  layerBytes.reset();
  layerBytes.varint32(0x78);
  layerBytes.varint32(2);
  layerBytes.stringField(0x0a, layer.name);
  const start = layerBytes.length;
  const dictionary = new Dictionary();
  for (const feature of layer.features ?? []) encodeFeature(feature, grid, dictionary);
  if (layer.columns !== undefined) encodeColumns(layer.columns, tile, grid, dictionary);
  if (layerBytes.length === start) return false;
  for (const key of dictionary.keys.keys()) layerBytes.stringField(0x1a, key);
  for (const value of dictionary.values.keys()) writeValue(value);
  layerBytes.varint32(0x28);
  layerBytes.varint32(extent);
  return true;
}

/** Keys and values of a layer, each with its number, in the order they came. */
class Dictionary {
  readonly keys = new Map<string, number>();
  readonly values = new Map<string | number | bigint | boolean, number>();

  keyNumber(key: string): number {
    let number = this.keys.get(key);
    if (number === undefined) {
      number = this.keys.size;
      this.keys.set(key, number);
    }
    return number;
  }

  valueNumber(value: string | number | bigint | boolean): number {
    let number = this.values.get(value);
    if (number === undefined) {
      number = this.values.size;
      this.values.set(value, number);
    }
    return number;
  }
}

function encodeFeature(feature: TileFeature, grid: TileGrid, dictionary: Dictionary): void {
  const { geometry } = feature;
  let drawn = shape;
  if (geometry instanceof Shape) {
    drawn = geometry;
  } else if (geometry instanceof Uint8Array) {
    readWkb(geometry, shape);
  } else if (typeof geometry === "string") {
    if (!new PackedShapeReader(geometry).next(shape, grid.smallest)) return;
  } else {
    readGeoJson(geometry, shape);
  }
  if (!cutTile(drawn, grid, rings)) return;
  let tagCount = 0;
  for (const key in feature.properties) {
    const value = feature.properties[key];
    if (value === null || value === undefined) continue;
    tagCount = addTag(tagCount, dictionary.keyNumber(key), dictionary.valueNumber(value));
  }
  writeFeature(feature.id, tagCount, drawn.kind, buildCommands(rings, drawn.kind));
}

function encodeColumns(columns: TileColumns, tile: TileAddress, grid: TileGrid, dictionary: Dictionary): void {
  const { ids, levels, shapes } = columns;
  const properties = Object.entries(columns.properties ?? {}).map(([key, values]) => ({ key, values, number: -1 }));
  const write = (row: number, kind: number, commandCount: number) => {
    let tagCount = 0;
    for (let i = 0; i < properties.length; i++) {
      const column = properties[i] as (typeof properties)[number];
      const value = column.values[row];
      if (value === null || value === undefined) continue;
      if (column.number < 0) column.number = dictionary.keyNumber(column.key);
      tagCount = addTag(tagCount, column.number, dictionary.valueNumber(value));
    }
    writeFeature(ids?.[row], tagCount, kind, commandCount);
  };
  let row = 0;
  if (levels !== undefined) {
    if (grid.scale !== levelScale(tile.z)) throw new RangeError("Levels are made for an extent of 4096");
    const reader = new LevelReader(levels, tile, grid.box);
    for (; !reader.done; row++) {
      const state = reader.next(shape);
      if (state === "whole") {
        write(row, reader.kind, reader.commandCount);
      } else if (state === "crossing" && cutTile(shape, grid, rings)) {
        write(row, shape.kind, buildCommands(rings, shape.kind));
      }
    }
  } else {
    const reader = new PackedShapeReader(shapes ?? "");
    for (; !reader.done; row++) {
      if (reader.next(shape, grid.smallest) && cutTile(shape, grid, rings)) {
        write(row, shape.kind, buildCommands(rings, shape.kind));
      }
    }
  }
  for (const { key, length } of [
    ...properties.map(({ key, values }) => ({ key, length: values.length })),
    ...(ids === undefined ? [] : [{ key: "ids", length: ids.length }]),
  ]) {
    if (length !== row) throw new RangeError(`Column "${key}" has ${length} values for ${row} shapes`);
  }
}

function addTag(count: number, key: number, value: number): number {
  if (count + 2 > tags.length) {
    const grown = new Uint32Array(tags.length * 2);
    grown.set(tags);
    tags = grown;
  }
  tags[count] = key;
  tags[count + 1] = value;
  return count + 2;
}

/** Writes the feature whose geometry is in the command buffer and whose tags are in `tags` (MVT 2.1 §4.2 and §4.3). */
function writeFeature(id: number | bigint | undefined, tagCount: number, kind: number, commandCount: number): void {
  let tagSize = 0;
  for (let i = 0; i < tagCount; i++) tagSize += varintSize(tags[i] as number);
  let geometrySize = 0;
  for (let i = 0; i < commandCount; i++) geometrySize += varintSize(commandBuffer.values[i] as number);
  const hasId = id !== undefined && isId(id);
  const idSize = hasId ? 1 + idLength(id) : 0;
  const tagField = tagCount === 0 ? 0 : 1 + varintSize(tagSize) + tagSize;
  layerBytes.varint32(0x12);
  layerBytes.varint32(idSize + tagField + 2 + 1 + varintSize(geometrySize) + geometrySize);
  if (hasId) {
    layerBytes.byte(0x08);
    layerBytes.varint(id);
  }
  if (tagCount > 0) {
    layerBytes.byte(0x12);
    layerBytes.varint32(tagSize);
    layerBytes.varints32(tags, tagCount);
  }
  layerBytes.byte(0x18);
  layerBytes.byte(kind);
  layerBytes.byte(0x22);
  layerBytes.varint32(geometrySize);
  layerBytes.varints32(commandBuffer.values, commandCount);
}

function isId(id: number | bigint): boolean {
  return typeof id === "bigint" ? id >= 0n && id < 1n << 64n : Number.isSafeInteger(id) && id >= 0;
}

function idLength(id: number | bigint): number {
  if (typeof id === "number" && id <= 0xffffffff) return varintSize(id);
  return Math.ceil(BigInt(id).toString(2).length / 7);
}

/** Writes one value message: integers as uint or sint, as ST_AsMVT does, other numbers as double. */
function writeValue(value: string | number | bigint | boolean): void {
  valueBytes.reset();
  if (typeof value === "string") {
    valueBytes.stringField(0x0a, value);
  } else if (typeof value === "boolean") {
    valueBytes.byte(0x38);
    valueBytes.byte(value ? 1 : 0);
  } else if (typeof value === "number" && !Number.isSafeInteger(value)) {
    valueBytes.byte(0x19);
    valueBytes.double(value);
  } else if (value >= 0) {
    valueBytes.byte(0x28);
    valueBytes.varint(value);
  } else {
    valueBytes.byte(0x30);
    valueBytes.varint(-2n * BigInt(value) - 1n);
  }
  layerBytes.bytesField(0x22, valueBytes.view());
}

const valueBytes = new ProtobufWriter(256);

/** The character between two values of an aggregated column: ASCII unit separator. */
export const COLUMN_SEPARATOR = "\u001f";
/** The character that stands for SQL NULL in an aggregated column: ASCII record separator. */
export const COLUMN_NULL = "\u001e";

/**
 * Takes apart a column that the database sent as one text:
 * `string_agg(coalesce(column::text, E'\x1e'), E'\x1f')`.
 * @param text the aggregate; `null`, which an aggregate over no rows gives, is no values
 * @param read turns each text into the value to store, for example `Number`; called once a distinct text. Default: the text itself
 */
export function splitColumn(text: string | null, read?: (text: string) => TileValue): TileValue[] {
  if (text === null) return [];
  const values: TileValue[] = text.split(COLUMN_SEPARATOR);
  if (read === undefined) {
    for (let i = 0; i < values.length; i++) if (values[i] === COLUMN_NULL) values[i] = null;
    return values;
  }
  const known = new Map<string, TileValue>([[COLUMN_NULL, null]]);
  for (let i = 0; i < values.length; i++) {
    const raw = values[i] as string;
    let value = known.get(raw);
    if (value === undefined) {
      value = read(raw) ?? null;
      known.set(raw, value);
    }
    values[i] = value;
  }
  return values;
}
