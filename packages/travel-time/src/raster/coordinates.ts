import proj4, { type Converter } from "proj4";
import { TravelTimeProblem } from "../problem.ts";
import type { Grid } from "./raster.ts";

/** A position: x and y, or longitude and latitude in degrees. */
export type XY = readonly [number, number];

/** Ways between longitude and latitude on WGS 84 and the coordinates of a grid. */
export interface Projection {
  readonly toGrid: (lon: number, lat: number) => XY;
  readonly toWgs84: (x: number, y: number) => XY;
}

const WGS84 = "+proj=longlat +datum=WGS84 +no_defs";
const converters = new Map<number, Converter>();

/** The PROJ text of the systems that need no datum shift from WGS 84: its UTM zones and web Mercator. */
function definitionOf(epsg: number): string | undefined {
  const [family, zone] = [Math.floor(epsg / 100), epsg % 100];
  if ((family === 326 || family === 327) && zone >= 1 && zone <= 60) {
    return `+proj=utm +zone=${zone}${family === 327 ? " +south" : ""} +datum=WGS84 +units=m +no_defs`;
  }
  return epsg === 3857
    ? "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs"
    : undefined;
}

/**
 * How coordinates of a grid relate to longitude and latitude on WGS 84. Known are WGS 84 itself (4326), its UTM zones
 * (32601–32660, 32701–32760) and web Mercator (3857): the systems in which no datum shift is left to chance. Refuses
 * others, and grids that name none (`crs-unsupported`).
 */
export function projectionOf({ epsg }: Pick<Grid, "epsg">): Projection {
  if (epsg === 4326) return { toGrid: (lon, lat) => [lon, lat], toWgs84: (x, y) => [x, y] };
  const definition = epsg === undefined ? undefined : definitionOf(epsg);
  if (epsg === undefined || !definition) {
    throw new TravelTimeProblem(
      "crs-unsupported",
      epsg === undefined
        ? "The raster does not say in which coordinate system it is."
        : `The raster is in EPSG:${epsg}; warp it to a UTM zone of WGS 84 first.`,
      { epsg: epsg ?? "" },
    );
  }
  const converter = converters.get(epsg) ?? proj4(WGS84, definition);
  converters.set(epsg, converter);
  const pair = ([x = Number.NaN, y = Number.NaN]: readonly number[]): XY => [x, y];
  return {
    toGrid: (lon, lat) => pair(converter.forward([lon, lat])),
    toWgs84: (x, y) => pair(converter.inverse([x, y])),
  };
}

/** The four corners of a grid as longitude and latitude: north-west, north-east, south-east, south-west. */
export function cornersOf(grid: Grid): readonly [XY, XY, XY, XY] {
  const { toWgs84 } = projectionOf(grid);
  const east = grid.west + grid.columns * grid.cellWidth;
  const south = grid.north - grid.rows * grid.cellHeight;
  return [toWgs84(grid.west, grid.north), toWgs84(east, grid.north), toWgs84(east, south), toWgs84(grid.west, south)];
}

/**
 * A grid of square cells of `cell` metres in the UTM zone of its middle that covers all of `grid`, its edges on whole
 * cells. What a raster in degrees is resampled to before travel over it is computed.
 */
export function metricGrid(grid: Grid, cell: number): Grid {
  if (!(cell > 0)) throw new TravelTimeProblem("value-invalid", `A cell of ${cell} m has no size.`, { cell });
  const { toWgs84 } = projectionOf(grid);
  const at = (u: number, v: number) =>
    toWgs84(grid.west + u * grid.columns * grid.cellWidth, grid.north - v * grid.rows * grid.cellHeight);
  const [lon, lat] = at(0.5, 0.5);
  const zone = Math.min(60, Math.max(1, Math.floor((lon + 180) / 6) + 1));
  const epsg = (lat < 0 ? 32700 : 32600) + zone;
  const { toGrid } = projectionOf({ epsg });
  // Edges bend in the other projection: sixteen points on each are enough for less than a cell of error.
  const edge = Array.from({ length: 17 }, (_, i) => i / 16).flatMap((t) => [at(t, 0), at(t, 1), at(0, t), at(1, t)]);
  const points = edge.map(([x, y]) => toGrid(x, y));
  const west = Math.floor(Math.min(...points.map(([x]) => x)) / cell) * cell;
  const east = Math.ceil(Math.max(...points.map(([x]) => x)) / cell) * cell;
  const south = Math.floor(Math.min(...points.map(([, y]) => y)) / cell) * cell;
  const north = Math.ceil(Math.max(...points.map(([, y]) => y)) / cell) * cell;
  const [columns, rows] = [Math.round((east - west) / cell), Math.round((north - south) / cell)];
  return { columns, rows, west, north, cellWidth: cell, cellHeight: cell, epsg };
}
