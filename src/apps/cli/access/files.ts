import { createWriteStream, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  cellCentre,
  checkSameGrid,
  type FeatureCoordinates,
  type Grid,
  isGeographic,
  openGeoTiff,
  parseFeatures,
  positionsOf,
  projectionOf,
  type Raster,
  type RasterFile,
  TravelTimeProblem,
  writeGeoTiff,
} from "@santi/travel-time";
import type { FeatureCollection } from "geojson";
import { defineProblems, Problem } from "../../../platform/kernel/problem.ts";

/** Problems with the files of `santi access`. */
export const travelFileProblems = defineProblems("travel", {
  "not-a-raster": 422,
  "not-geojson": 422,
  "not-geometry": 422,
  "not-json": 422,
  "crs-of-features": 422,
  "no-points": 422,
  "raster-crs": 422,
  "raster-grid": 422,
});

/** Opens a GeoTIFF without reading its cells. @throws Problem `travel.not-a-raster`; what the file system says */
export async function openRaster(path: string): Promise<RasterFile> {
  try {
    return await openGeoTiff(path, { length: statSync(path).size });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT" || cause instanceof TravelTimeProblem) throw cause;
    throw new Problem(travelFileProblems["not-a-raster"], { path });
  }
}

const gridWords = ({ columns, rows, cellWidth, west, north }: Grid) =>
  `${columns} × ${rows}, ${cellWidth}, ${west} ${north}`;

/**
 * Reads a raster that must lie on the grid of another, compared before a cell is read.
 * @throws Problem `travel.raster-crs`, `travel.raster-grid`, naming the file and how to bring it there; as `openRaster`
 */
export async function readOnGrid(path: string, grid: Grid): Promise<Raster> {
  const file = await openRaster(path);
  const { columns, rows, west, north, cellWidth, cellHeight, epsg } = grid;
  const box = `-te ${west} ${north - rows * cellHeight} ${west + columns * cellWidth} ${north} -ts ${columns} ${rows}`;
  const warp = `gdalwarp ${epsg === undefined ? "" : `-t_srs EPSG:${epsg} `}${box} ${path} OUT.tif`;
  const own = file.grid.epsg;
  if (own !== undefined && epsg !== undefined && own !== epsg)
    throw new Problem(travelFileProblems["raster-crs"], { path, first: String(epsg), second: String(own), warp });
  try {
    checkSameGrid(grid, file.grid);
  } catch (cause) {
    if (!(cause instanceof TravelTimeProblem)) throw cause;
    const [first, second] = [gridWords(grid), gridWords(file.grid)];
    throw new Problem(travelFileProblems["raster-grid"], { path, first, second, warp });
  }
  return file.read();
}

/** Features and what their coordinates are. */
export interface FeatureFile {
  readonly path: string;
  readonly collection: FeatureCollection;
  readonly coordinates: FeatureCoordinates;
}

/**
 * What the coordinates of a collection are: what its `crs` member says (as GeoJSON had it before RFC 7946, and QGIS still
 * writes), else longitude and latitude when all of them can be, else those of the raster.
 */
function coordinatesOf(path: string, collection: FeatureCollection, grid: Grid): FeatureCoordinates {
  const named = (collection as { crs?: { properties?: { name?: unknown } } }).crs?.properties?.name;
  if (typeof named === "string") {
    const epsg = Number(/EPSG:+(\d+)$/i.exec(named)?.[1] ?? (/CRS84/i.test(named) ? 4326 : Number.NaN));
    if (epsg === 4326) return "wgs84";
    if (epsg === grid.epsg) return "grid";
    throw new Problem(travelFileProblems["crs-of-features"], { path, named, raster: String(grid.epsg ?? "?") });
  }
  if (grid.epsg === undefined) return "grid";
  for (const { geometry } of collection.features) {
    if (!geometry || geometry.type === "GeometryCollection") continue;
    for (const [x = 0, y = 0] of positionsOf(geometry.coordinates)) {
      if (Math.abs(x) > 180 || Math.abs(y) > 90) return "grid";
    }
  }
  return "wgs84";
}

function collectionOf(path: string): FeatureCollection {
  const text = readFileSync(path, "utf8");
  try {
    return parseFeatures(text);
  } catch (cause) {
    if (!(cause instanceof TravelTimeProblem)) throw cause;
    const { feature } = cause.details;
    if (feature === undefined) throw new Problem(travelFileProblems["not-geojson"], { path });
    throw new Problem(travelFileProblems["not-geometry"], { path, feature });
  }
}

/**
 * Reads a GeoJSON file for a raster.
 * @throws Problem `travel.not-geojson`, `travel.not-geometry`, `travel.crs-of-features`
 */
export function readFeatures(path: string, grid: Grid): FeatureFile {
  const collection = collectionOf(path);
  return { path, collection, coordinates: coordinatesOf(path, collection, grid) };
}

/** The same features in the coordinates of the raster. */
export function inGrid({ collection, coordinates }: FeatureFile, grid: Grid): FeatureCollection {
  if (coordinates === "grid") return collection;
  const { toGrid } = projectionOf(grid);
  const moved = (value: unknown): unknown =>
    !Array.isArray(value)
      ? value
      : typeof value[0] === "number"
        ? [...toGrid(value[0], value[1] as number)]
        : value.map(moved);
  return {
    type: "FeatureCollection",
    features: collection.features.map((feature) => {
      const { geometry } = feature;
      if (!geometry || geometry.type === "GeometryCollection") return feature;
      return { ...feature, geometry: { ...geometry, coordinates: moved(geometry.coordinates) } as typeof geometry };
    }),
  };
}

/** Reads a JSON file. @throws Problem `travel.not-json` */
export function readJson(path: string): unknown {
  const text = readFileSync(path, "utf8");
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(travelFileProblems["not-json"], { path });
  }
}

/** A point of a file, in the coordinates of the raster. */
export interface NamedPoint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The points of a file; names come from its properties. @throws Problem `travel.no-points` */
export function pointsOf(file: FeatureFile, grid: Grid): NamedPoint[] {
  const { path } = file;
  const points = inGrid(file, grid).features.flatMap(({ geometry, properties, id }, index): NamedPoint[] => {
    const positions =
      geometry?.type === "Point" ? [geometry.coordinates] : geometry?.type === "MultiPoint" ? geometry.coordinates : [];
    const name = String(properties?.name ?? properties?.code ?? id ?? `#${index + 1}`);
    return positions.map(([x = Number.NaN, y = Number.NaN]) => ({ name, x, y, properties: properties ?? {} }));
  });
  if (points.length === 0) throw new Problem(travelFileProblems["no-points"], { path });
  return points;
}

/** Writes bytes to a file that appears when it is whole. */
export async function writeWhole(path: string, content: Blob): Promise<void> {
  const part = `${path}.part`;
  try {
    await pipeline(Readable.fromWeb(content.stream() as never), createWriteStream(part));
    renameSync(part, path);
  } catch (cause) {
    rmSync(part, { force: true });
    throw cause;
  }
}

/** Writes a raster as GeoTIFF. */
export async function writeRaster(
  path: string,
  raster: Raster<Float32Array | Float64Array>,
  compress: boolean,
): Promise<void> {
  const geographic = isGeographic(raster.grid.epsg);
  await writeWhole(path, await writeGeoTiff(raster, { compression: compress ? "deflate" : "none", geographic }));
}

/** Cells as GeoJSON points: longitude and latitude where the raster's system is known, else its own coordinates. */
export function cellFeatures(
  grid: Grid,
  cells: readonly { cell: number; properties: Record<string, unknown> }[],
): FeatureCollection {
  const toWgs84 = grid.epsg === undefined ? (x: number, y: number) => [x, y] as const : projectionOf(grid).toWgs84;
  return {
    type: "FeatureCollection",
    features: cells.map(({ cell, properties }) => {
      const { x, y } = cellCentre(grid, cell);
      return { type: "Feature", properties, geometry: { type: "Point", coordinates: [...toWgs84(x, y)] } };
    }),
  };
}
