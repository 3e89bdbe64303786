import { fromArrayBuffer, fromBlob, fromFile, type GeoTIFF, type GeoTIFFImage } from "geotiff";
import { TravelTimeProblem } from "../problem.ts";
import { type CellWindow, checkRaster, type Grid, type Raster, windowGrid } from "./raster.ts";

/** A GeoTIFF whose header has been read; cells are read when asked for. */
export interface RasterFile {
  readonly grid: Grid;
  /** The value that stands for "no value" in the file, if it names one. */
  readonly nodata: number | undefined;
  /** Reads a window (default: all) of a band (default 0) as float32; no value is NaN. Only the blocks it touches are read. */
  read(options?: { window?: CellWindow; band?: number; signal?: AbortSignal }): Promise<Raster>;
  /** As `read`, in float64. */
  readDouble(options?: { window?: CellWindow; band?: number; signal?: AbortSignal }): Promise<Raster<Float64Array>>;
}

const USER_DEFINED = 32767;
/** Of the GeoTIFF key for what a tie point stands for. */
const PIXEL_IS_POINT = 2;
/** Its decoder drops the mask that says which cells have a value. */
const LERC = 34887;
/** The kind of image that says which cells of another one have a value. */
const MASK = 4;
/** Programs write the lowest or highest number of a type with as few digits as they like, even beyond it. */
const EXTREME = 3.4e38;

const unsupported = (message: string, details: Record<string, number | string> = {}) =>
  new TravelTimeProblem("file-unsupported", message, details);

function epsgOf(image: GeoTIFFImage): number | undefined {
  const keys = image.getGeoKeys();
  const code = keys?.ProjectedCSTypeGeoKey ?? keys?.GeographicTypeGeoKey;
  return typeof code === "number" && code !== USER_DEFINED ? code : undefined;
}

/** The corner that the file ties down (or the middle of the first cell), and the steps from cell to cell. */
function stepsOf(image: GeoTIFFImage): { x: number; y: number; right: number; down: number } {
  const tags = image.fileDirectory;
  const [scale, tie] = [tags.getValue("ModelPixelScale"), tags.getValue("ModelTiepoint")];
  if (scale && tie && tie.length >= 6) {
    const [column = 0, row = 0, , x = 0, y = 0] = tie;
    const [right = 0, up = 0] = scale;
    return { x: x - column * right, y: y + row * up, right, down: -up };
  }
  const matrix = tags.getValue("ModelTransformation");
  if (!matrix) throw unsupported("The raster does not say where it lies: it has no position and size of cells.");
  const [right = 0, skew = 0, , x = 0, tilt = 0, down = 0, , y = 0] = matrix;
  if (skew !== 0 || tilt !== 0) throw unsupported("The raster is rotated; warp it to a north-up grid first.");
  return { x, y, right, down };
}

function gridOf(image: GeoTIFFImage): Grid {
  const { x, y, right: cellWidth, down } = stepsOf(image);
  if (!(cellWidth > 0 && down < 0)) {
    throw unsupported("The raster is not north-up: rows must run from north to south, columns from west to east.", {
      cellWidth,
      rowStep: down,
    });
  }
  // When the tie point is the middle of the first cell, the corner is half a cell up and to the left.
  const half = image.getGeoKeys()?.GTRasterTypeGeoKey === PIXEL_IS_POINT ? 0.5 : 0;
  const epsg = epsgOf(image);
  return {
    columns: image.getWidth(),
    rows: image.getHeight(),
    west: x - half * cellWidth,
    north: y - half * down,
    cellWidth,
    cellHeight: -down,
    ...(epsg === undefined ? {} : { epsg }),
  };
}

async function openFile(
  source: string | ArrayBuffer | Blob,
  bytes = Number.POSITIVE_INFINITY,
): Promise<{ file: GeoTIFF; bytes: number }> {
  if (typeof source === "string") return { file: await fromFile(source), bytes };
  if (source instanceof ArrayBuffer) return { file: await fromArrayBuffer(source), bytes: source.byteLength };
  // Slices of a Blob are read with the browser's FileReader, which Node lacks.
  const file =
    typeof FileReader === "undefined" ? await fromArrayBuffer(await source.arrayBuffer()) : await fromBlob(source);
  return { file, bytes: source.size };
}

/** Refuses an image of which blocks lie beyond the end of the file: they would be read as zeros. */
async function checkWhole({ fileDirectory: tags }: GeoTIFFImage, bytes: number): Promise<void> {
  const kind = tags.hasTag("TileOffsets") ? "Tile" : "Strip";
  const offsets = await tags.loadValue(`${kind}Offsets`);
  const lengths = await tags.loadValue(`${kind}ByteCounts`);
  if (!offsets || !lengths) throw unsupported("The raster has no cells.");
  for (let block = 0; block < offsets.length; block++) {
    if (Number(offsets[block]) + Number(lengths[block] ?? 0) > bytes) {
      throw unsupported("The file is cut off: it ends before the last of its cells.", { bytes });
    }
  }
}

/** The image that masks another of the same size, when the file has one. */
async function maskOf(file: GeoTIFF, image: GeoTIFFImage): Promise<GeoTIFFImage | undefined> {
  const count = await file.getImageCount();
  for (let index = 1; index < count; index++) {
    const other = await file.getImage(index);
    const isMask = (Number(other.fileDirectory.getValue("NewSubfileType") ?? 0) & MASK) !== 0;
    if (isMask && other.getWidth() === image.getWidth() && other.getHeight() === image.getHeight()) return other;
  }
  return undefined;
}

/** A number of the file's metadata; `otherwise` when it is none. */
function numberOf(text: unknown, otherwise: number): number {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) ? value : otherwise;
}

/** The least and the greatest stored value that stand for no value; NaN when none does. */
function missingRange(values: ArrayLike<number>, nodata = Number.NaN): readonly [least: number, greatest: number] {
  if (nodata <= -EXTREME) return [Number.NEGATIVE_INFINITY, -EXTREME];
  if (nodata >= EXTREME) return [EXTREME, Number.POSITIVE_INFINITY];
  // The text of the tag may be longer than the stored type keeps, so it is compared after the same rounding.
  const missing = values instanceof Float32Array ? Math.fround(nodata) : nodata;
  return [missing, missing];
}

/**
 * Opens a GeoTIFF (striped or tiled, any compression the `geotiff` package decodes but LERC) from a path, bytes or a Blob.
 * Cells that the file's own mask leaves out have no value; a scale and an offset that it names are applied.
 * Refuses rotated or south-up rasters and files without a position; on reading, files that end too early and cells of a
 * type or compression that cannot be read (`file-unsupported`).
 * @param length bytes of the file behind a path; without it nobody tells that such a file ends too early
 */
export async function openGeoTiff(
  source: string | ArrayBuffer | Blob,
  { length }: { length?: number } = {},
): Promise<RasterFile> {
  const { file, bytes } = await openFile(source, length);
  const image = await file.getImage();
  const grid = gridOf(image);
  const nodata = image.getGDALNoData() ?? undefined;

  type Asked = { window?: CellWindow; band?: number; signal?: AbortSignal };

  async function valuesOf(of: GeoTIFFImage, window: CellWindow, band: number, signal: AbortSignal | undefined) {
    try {
      await checkWhole(of, bytes);
      const [values] = await of.readRasters({
        window: [window.firstColumn, window.firstRow, window.lastColumn, window.lastRow],
        samples: [band],
        ...(signal ? { signal } : {}),
      });
      if (!values) throw unsupported("The raster has no cells.");
      return values as ArrayLike<number>;
    } catch (cause) {
      if (cause instanceof TravelTimeProblem || signal?.aborted) throw cause;
      const said = cause instanceof Error ? cause.message : String(cause);
      throw unsupported(`Its cells cannot be read (${said}); rewrite it as float32, compressed with DEFLATE.`, {
        said,
      });
    }
  }

  async function fill<T extends Float32Array | Float64Array>(
    make: (cells: number) => T,
    { window, band = 0, signal }: Asked = {},
  ): Promise<{ grid: Grid; data: T }> {
    const part = window ? windowGrid(grid, window) : grid;
    const bands = image.getSamplesPerPixel();
    if (band < 0 || band >= bands) throw unsupported(`The raster has no band ${band}.`, { band, bands });
    if (Number(image.fileDirectory.getValue("Compression")) === LERC) {
      throw unsupported("Cells compressed with LERC are not read; rewrite the raster compressed with DEFLATE.");
    }
    const all = { firstColumn: 0, firstRow: 0, lastColumn: grid.columns, lastRow: grid.rows };
    const values = await valuesOf(image, window ?? all, band, signal);
    const mask = await maskOf(file, image);
    const shown = mask && (await valuesOf(mask, window ?? all, 0, signal));
    const stored = await image.getGDALMetadata(band);
    const [scale, offset] = [numberOf(stored?.SCALE, 1), numberOf(stored?.OFFSET, 0)];
    const [least, greatest] = missingRange(values, nodata);
    const data = make(part.columns * part.rows);
    for (let i = 0; i < data.length; i++) {
      const value = values[i] as number;
      data[i] = value >= least && value <= greatest ? Number.NaN : value * scale + offset;
    }
    if (shown) for (let i = 0; i < data.length; i++) if (shown[i] === 0) data[i] = Number.NaN;
    const raster = { grid: part, data };
    checkRaster(raster);
    return raster;
  }

  return {
    grid,
    nodata,
    read: (options) => fill((cells) => new Float32Array(cells), options),
    readDouble: (options) => fill((cells) => new Float64Array(cells), options),
  };
}
