import { fromArrayBuffer, fromBlob, fromFile, type GeoTIFFImage } from "geotiff";
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

function epsgOf(image: GeoTIFFImage): number | undefined {
  const keys = image.getGeoKeys();
  const code = keys?.ProjectedCSTypeGeoKey ?? keys?.GeographicTypeGeoKey;
  return typeof code === "number" && code !== USER_DEFINED ? code : undefined;
}

function gridOf(image: GeoTIFFImage): Grid {
  const transformation = image.fileDirectory.getValue("ModelTransformation");
  if (transformation && (transformation[1] !== 0 || transformation[4] !== 0)) {
    throw new TravelTimeProblem("file-unsupported", "The raster is rotated; warp it to a north-up grid first.");
  }
  const [x = 0, y = 0] = image.getOrigin();
  const [cellWidth = 0, down = 0] = image.getResolution();
  if (!(cellWidth > 0 && down < 0)) {
    throw new TravelTimeProblem("file-unsupported", "The raster is not north-up: rows must run from north to south.", {
      cellWidth,
      rowStep: down,
    });
  }
  // When the tie point is the middle of the first cell, the corner is half a cell up and to the left.
  const half = image.pixelIsArea() ? 0 : 0.5;
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

function openFile(source: string | ArrayBuffer | Blob) {
  if (typeof source === "string") return fromFile(source);
  if (source instanceof ArrayBuffer) return fromArrayBuffer(source);
  // Slices of a Blob are read with the browser's FileReader, which Node lacks.
  return typeof FileReader === "undefined"
    ? source.arrayBuffer().then((bytes) => fromArrayBuffer(bytes))
    : fromBlob(source);
}

/**
 * Opens a GeoTIFF (striped or tiled, any compression the `geotiff` package decodes) from a path, bytes or a Blob.
 * Refuses rotated or south-up rasters and files without a position (`file-unsupported`).
 */
export async function openGeoTiff(source: string | ArrayBuffer | Blob): Promise<RasterFile> {
  const file = await openFile(source);
  const image = await file.getImage();
  const grid = gridOf(image);
  const nodata = image.getGDALNoData() ?? undefined;

  async function cells(options: { window?: CellWindow; band?: number; signal?: AbortSignal } = {}) {
    const { band = 0 } = options;
    const part = options.window ? windowGrid(grid, options.window) : grid;
    const { firstColumn, firstRow, lastColumn, lastRow } = options.window ?? {
      firstColumn: 0,
      firstRow: 0,
      lastColumn: grid.columns,
      lastRow: grid.rows,
    };
    if (band < 0 || band >= image.getSamplesPerPixel()) {
      throw new TravelTimeProblem("file-unsupported", `The raster has no band ${band}.`, {
        band,
        bands: image.getSamplesPerPixel(),
      });
    }
    const [values] = await image.readRasters({
      window: [firstColumn, firstRow, lastColumn, lastRow],
      samples: [band],
      ...(options.signal ? { signal: options.signal } : {}),
    });
    if (!values) throw new TravelTimeProblem("file-unsupported", "The raster has no cells.");
    return { part, values };
  }

  function fill<T extends Float32Array | Float64Array>(data: T, values: ArrayLike<number>): T {
    // The text of the tag may be longer than the stored type keeps, so it is compared after the same rounding.
    const missing = values instanceof Float32Array && nodata !== undefined ? Math.fround(nodata) : nodata;
    for (let i = 0; i < data.length; i++) {
      const value = values[i] as number;
      data[i] = value === missing ? Number.NaN : value;
    }
    return data;
  }

  return {
    grid,
    nodata,
    async read(options) {
      const { part, values } = await cells(options);
      const raster = { grid: part, data: fill(new Float32Array(part.columns * part.rows), values) };
      checkRaster(raster);
      return raster;
    },
    async readDouble(options) {
      const { part, values } = await cells(options);
      const raster = { grid: part, data: fill(new Float64Array(part.columns * part.rows), values) };
      checkRaster(raster);
      return raster;
    },
  };
}
