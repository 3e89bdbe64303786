import { TravelTimeProblem } from "../problem.ts";
import { checkRaster, type Raster } from "./raster.ts";

/** How to lay the cells out in the file. */
export interface GeoTiffOptions {
  /** "tiled" (256 × 256) reads windows fast; "striped" (16 rows) is read by everything. Default "tiled". */
  readonly layout?: "tiled" | "striped";
  /** Default "deflate". */
  readonly compression?: "deflate" | "none";
  /** Coordinates are degrees (EPSG code of a geographic system) rather than metres. Default false. */
  readonly geographic?: boolean;
}

const TILE = 256;
const STRIP_ROWS = 16;
const LARGEST = 2 ** 32 - 1;
const littleEndianHost = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** One block of cells as little-endian bytes; cells beyond the raster are NaN. */
function blockBytes(
  raster: Raster<Float32Array | Float64Array>,
  x0: number,
  y0: number,
  width: number,
  height: number,
) {
  const { grid, data } = raster;
  const size = data.BYTES_PER_ELEMENT;
  const buffer = new ArrayBuffer(width * height * size);
  const block = data instanceof Float64Array ? new Float64Array(buffer) : new Float32Array(buffer);
  block.fill(Number.NaN);
  const across = Math.min(width, grid.columns - x0);
  for (let y = 0; y < height && y0 + y < grid.rows; y++) {
    const start = (y0 + y) * grid.columns + x0;
    block.set(data.subarray(start, start + across), y * width);
  }
  const bytes = new Uint8Array(buffer);
  if (!littleEndianHost) for (let i = 0; i < bytes.length; i += size) bytes.subarray(i, i + size).reverse();
  return bytes;
}

type Kind = "short" | "long" | "double" | "text";
const KIND = { text: [2, 1], short: [3, 2], long: [4, 4], double: [12, 8] } as const;
type Entry = readonly [tag: number, kind: Kind, values: readonly number[]];

const text = (value: string) => [...value, "\0"].map((letter) => letter.charCodeAt(0));

function geoKeys(epsg: number | undefined, geographic: boolean): Entry[] {
  const keys: [number, number][] = [
    [1024, geographic ? 2 : 1],
    [1025, 1],
  ];
  if (epsg !== undefined) keys.push([geographic ? 2048 : 3072, epsg]);
  return [[34735, "short", [1, 1, 0, keys.length, ...keys.flatMap(([key, value]) => [key, 0, 1, value])]]];
}

function encodeDirectory(entries: readonly Entry[], at: number): Uint8Array<ArrayBuffer> {
  const outside = entries.map(([, kind, values]) => {
    const bytes = values.length * KIND[kind][1];
    return bytes > 4 ? bytes + (bytes % 2) : 0;
  });
  const fixed = 2 + entries.length * 12 + 4;
  const view = new DataView(new ArrayBuffer(fixed + outside.reduce((sum, bytes) => sum + bytes, 0)));
  view.setUint16(0, entries.length, true);
  let free = fixed;
  entries.forEach(([tag, kind, values], index) => {
    const [code, size] = KIND[kind];
    const entry = 2 + index * 12;
    view.setUint16(entry, tag, true);
    view.setUint16(entry + 2, code, true);
    view.setUint32(entry + 4, values.length, true);
    let position = entry + 8;
    if (outside[index]) {
      view.setUint32(entry + 8, at + free, true);
      position = free;
      free += outside[index];
    }
    for (const value of values) {
      if (kind === "short") view.setUint16(position, value, true);
      else if (kind === "long") view.setUint32(position, value, true);
      else if (kind === "double") view.setFloat64(position, value, true);
      else view.setUint8(position, value);
      position += size;
    }
  });
  return new Uint8Array(view.buffer);
}

/**
 * Writes a raster as a GeoTIFF (TIFF 6.0, GeoTIFF 1.1) of its own float type, NaN for no value. A file beyond the 4 GB
 * that TIFF can address is refused (`too-large`), with its size.
 */
export async function writeGeoTiff(
  raster: Raster<Float32Array | Float64Array>,
  options: GeoTiffOptions = {},
): Promise<Blob> {
  checkRaster(raster);
  const { grid, data } = raster;
  const { layout = "tiled", compression = "deflate", geographic = false } = options;
  const width = layout === "tiled" ? TILE : grid.columns;
  const height = layout === "tiled" ? TILE : Math.min(STRIP_ROWS, grid.rows);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const offsets: number[] = [];
  const lengths: number[] = [];
  let position = 8;
  for (let y = 0; y < grid.rows; y += height) {
    const rows = layout === "tiled" ? height : Math.min(height, grid.rows - y);
    for (let x = 0; x < grid.columns; x += width) {
      const cells = blockBytes(raster, x, y, width, rows);
      const bytes = compression === "deflate" ? await deflate(cells) : cells;
      offsets.push(position);
      lengths.push(bytes.length);
      parts.push(bytes);
      position += bytes.length;
      if (bytes.length % 2 === 1) {
        parts.push(new Uint8Array(1));
        position++;
      }
      if (position > LARGEST) {
        const bytes = data.byteLength;
        throw new TravelTimeProblem("too-large", `A TIFF file ends at 4 GB; these cells are ${bytes} bytes.`, {
          bytes,
        });
      }
    }
  }
  const blocks: Entry[] =
    layout === "tiled"
      ? [
          [322, "short", [TILE]],
          [323, "short", [TILE]],
          [324, "long", offsets],
          [325, "long", lengths],
        ]
      : [
          [273, "long", offsets],
          [278, "long", [height]],
          [279, "long", lengths],
        ];
  const entries: Entry[] = [
    [256, "long", [grid.columns]],
    [257, "long", [grid.rows]],
    [258, "short", [data.BYTES_PER_ELEMENT * 8]],
    [259, "short", [compression === "deflate" ? 8 : 1]],
    [262, "short", [1]],
    [277, "short", [1]],
    [339, "short", [3]],
    [33550, "double", [grid.cellWidth, grid.cellHeight, 0]],
    [33922, "double", [0, 0, 0, grid.west, grid.north, 0]],
    [42113, "text", text("nan")],
    ...geoKeys(grid.epsg, geographic),
    ...blocks,
  ];
  entries.sort(([a], [b]) => a - b);
  const directory = encodeDirectory(entries, position);
  const header = new DataView(new ArrayBuffer(8));
  header.setUint32(0, 0x002a4949, true);
  header.setUint32(4, position, true);
  return new Blob([header, ...parts, directory], { type: "image/tiff" });
}
