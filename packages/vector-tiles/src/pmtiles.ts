import type { TileAddress } from "./world.ts";

/** One tile of an archive: its address and its bytes, already compressed when the archive says so. */
export interface ArchiveTile extends TileAddress {
  readonly data: Uint8Array;
}

/** What a PMTiles archive says about itself. */
export interface ArchiveOptions {
  /** Compresses with gzip (RFC 1952), for example `gzipSync` of `node:zlib`. Used for directories, metadata and tiles. */
  readonly gzip: (bytes: Uint8Array) => Uint8Array;
  /** The metadata object, for example `{ name, attribution, vector_layers }`. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** West, south, east and north in degrees. Default: the whole web-mercator square. */
  readonly bounds?: readonly [number, number, number, number];
  /** Longitude and latitude in degrees and zoom to open the map at. Default: the middle of the bounds, lowest zoom. */
  readonly center?: readonly [number, number, number];
  /** Whether the tiles are to be compressed. `false` when their bytes are already gzip. Default true. */
  readonly compressTiles?: boolean;
}

interface Entry {
  id: number;
  offset: number;
  length: number;
  run: number;
}

const HEADER_BYTES = 127;
/** The format wants header and root directory within the first 16 KiB, so that one request reads both. */
const ROOT_BYTES = 16384 - HEADER_BYTES;
const GZIP = 2;
const VECTOR_TILE = 1;

/**
 * Writes one PMTiles version 3 archive of vector tiles: clustered, every distinct tile stored once, equal neighbours
 * folded into runs, leaf directories when the root would outgrow 16 KiB. Format: PMTiles specification, version 3.
 * @param tiles the tiles, in any order, each address once; empty ones are left out, as a missing tile is an empty one
 * @returns the bytes of the archive
 * @throws RangeError when an address is given twice or is not a tile
 */
export function writePmtiles(tiles: Iterable<ArchiveTile>, options: ArchiveOptions): Uint8Array {
  const sorted: { id: number; z: number; data: Uint8Array }[] = [];
  for (const tile of tiles) {
    if (tile.data.length > 0) sorted.push({ id: tileId(tile), z: tile.z, data: tile.data });
  }
  sorted.sort((a, b) => a.id - b.id);
  const { entries, contents, bytes } = storeTiles(sorted, options);
  const metadata = options.gzip(new TextEncoder().encode(JSON.stringify(options.metadata)));
  const { root, leaves } = buildDirectories(entries, options.gzip);

  const zooms = sorted.map((tile) => tile.z);
  const minZoom = zooms.length === 0 ? 0 : (zooms[0] as number);
  const maxZoom = zooms.length === 0 ? 0 : (zooms[zooms.length - 1] as number);
  const metadataAt = HEADER_BYTES + root.length;
  const leavesAt = metadataAt + metadata.length;
  const dataAt = leavesAt + leaves.length;
  const archive = new Uint8Array(dataAt + bytes);
  const view = new DataView(archive.buffer);
  archive.set(new TextEncoder().encode("PMTiles"), 0);
  archive[7] = 3;
  const numbers = [
    HEADER_BYTES,
    root.length,
    metadataAt,
    metadata.length,
    leavesAt,
    leaves.length,
    dataAt,
    bytes,
    sorted.length,
    entries.length,
    contents.length,
  ];
  for (const [index, value] of numbers.entries()) view.setBigUint64(8 + 8 * index, BigInt(value), true);
  archive[96] = 1; // clustered: tile data is in the order of the directory
  archive[97] = GZIP;
  archive[98] = GZIP;
  archive[99] = VECTOR_TILE;
  archive[100] = minZoom;
  archive[101] = maxZoom;
  const [west, south, east, north] = options.bounds ?? [-180, -85.0511287, 180, 85.0511287];
  const [longitude, latitude, zoom] = options.center ?? [(west + east) / 2, (south + north) / 2, minZoom];
  for (const [index, degrees] of [west, south, east, north].entries()) {
    view.setInt32(102 + 4 * index, Math.round(degrees * 1e7), true);
  }
  archive[118] = zoom;
  view.setInt32(119, Math.round(longitude * 1e7), true);
  view.setInt32(123, Math.round(latitude * 1e7), true);

  archive.set(root, HEADER_BYTES);
  archive.set(metadata, metadataAt);
  archive.set(leaves, leavesAt);
  let at = dataAt;
  for (const content of contents) {
    archive.set(content, at);
    at += content.length;
  }
  return archive;
}

function storeTiles(
  sorted: readonly { id: number; data: Uint8Array }[],
  options: ArchiveOptions,
): { entries: Entry[]; contents: Uint8Array[]; bytes: number } {
  const entries: Entry[] = [];
  const contents: Uint8Array[] = [];
  const seen = new Map<number, { source: Uint8Array; offset: number; length: number }[]>();
  let bytes = 0;
  let previous: number | undefined;
  for (const { id, data } of sorted) {
    if (id === previous) throw new RangeError(`The tile with identifier ${id} is given twice`);
    previous = id;
    const bucket = seen.get(hash(data)) ?? [];
    let stored = bucket.find(({ source }) => equal(source, data));
    if (stored === undefined) {
      const content = options.compressTiles === false ? data : options.gzip(data);
      stored = { source: data, offset: bytes, length: content.length };
      bucket.push(stored);
      seen.set(hash(data), bucket);
      contents.push(content);
      bytes += content.length;
    }
    const last = entries[entries.length - 1];
    if (last !== undefined && last.offset === stored.offset && last.id + last.run === id) last.run++;
    else entries.push({ id, offset: stored.offset, length: stored.length, run: 1 });
  }
  return { entries, contents, bytes };
}

function buildDirectories(
  entries: readonly Entry[],
  gzip: ArchiveOptions["gzip"],
): { root: Uint8Array; leaves: Uint8Array } {
  const flat = gzip(encodeDirectory(entries));
  if (flat.length <= ROOT_BYTES) return { root: flat, leaves: new Uint8Array(0) };
  for (let size = 4096; ; size *= 2) {
    const rootEntries: Entry[] = [];
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for (let start = 0; start < entries.length; start += size) {
      const part = gzip(encodeDirectory(entries.slice(start, start + size)));
      rootEntries.push({ id: (entries[start] as Entry).id, offset: bytes, length: part.length, run: 0 });
      parts.push(part);
      bytes += part.length;
    }
    const root = gzip(encodeDirectory(rootEntries));
    if (root.length <= ROOT_BYTES) return { root, leaves: concatenate(parts, bytes) };
  }
}

/** Columns of varints: identifiers as differences, run lengths, lengths, and offsets where 0 means "right after". */
function encodeDirectory(entries: readonly Entry[]): Uint8Array {
  const out: number[] = [];
  pushVarint(out, entries.length);
  let previous = 0;
  for (const { id } of entries) {
    pushVarint(out, id - previous);
    previous = id;
  }
  for (const { run } of entries) pushVarint(out, run);
  for (const { length } of entries) pushVarint(out, length);
  let expected = -1;
  for (const { offset, length } of entries) {
    pushVarint(out, offset === expected ? 0 : offset + 1);
    expected = offset + length;
  }
  return Uint8Array.from(out);
}

function pushVarint(out: number[], value: number): void {
  let rest = value;
  while (rest > 0x7f) {
    out.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  out.push(rest);
}

/**
 * The number of a tile in a PMTiles archive: zooms one after the other, and within a zoom the position on the Hilbert
 * curve (PMTiles specification, version 3, §4.1).
 * @throws RangeError when the address is not a tile or the zoom is above 24
 */
export function tileId({ z, x, y }: TileAddress): number {
  const side = 2 ** z;
  if (!(Number.isInteger(z) && z >= 0 && z <= 24 && x >= 0 && y >= 0 && x < side && y < side)) {
    throw new RangeError(`Not a tile address: ${z}/${x}/${y}`);
  }
  let id = (4 ** z - 1) / 3;
  let column = x;
  let row = y;
  for (let half = side / 2; half >= 1; half /= 2) {
    const right = (column & half) !== 0 ? 1 : 0;
    const below = (row & half) !== 0 ? 1 : 0;
    id += half * half * ((3 * right) ^ below);
    // Turn the quadrant so that the curve enters and leaves it like the first one.
    if (below === 0) {
      if (right === 1) {
        column = half - 1 - (column & (half - 1));
        row = half - 1 - (row & (half - 1));
      }
      const swap = column;
      column = row;
      row = swap;
    }
  }
  return id;
}

/** FNV-1a; equal hashes are compared byte for byte afterwards. */
function hash(bytes: Uint8Array): number {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function concatenate(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const out = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
