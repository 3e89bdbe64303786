import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import { projectionOf, type XY } from "./coordinates.ts";
import type { Grid } from "./raster.ts";

/** What coordinates of features are: longitude and latitude on WGS 84, or those of the grid. */
export type FeatureCoordinates = "wgs84" | "grid";

/** Turns positions of features into columns and rows (with fractions) of a grid. */
export function cellSpace(grid: Grid, coordinates: FeatureCoordinates): (position: Position) => XY {
  const { west, north, cellWidth, cellHeight } = grid;
  const scaled = (x: number, y: number): XY => [(x - west) / cellWidth, (north - y) / cellHeight];
  if (coordinates === "grid") return ([x = Number.NaN, y = Number.NaN]) => scaled(x, y);
  const { toGrid } = projectionOf(grid);
  return ([lon = Number.NaN, lat = Number.NaN]) => scaled(...toGrid(lon, lat));
}

/** The lines of a feature; none when it has no lines. */
export function linesOf(geometry: Geometry | null): readonly (readonly Position[])[] {
  if (geometry?.type === "LineString") return [geometry.coordinates];
  return geometry?.type === "MultiLineString" ? geometry.coordinates : [];
}

/** The polygons of a feature, each with its rings; none when it has no polygons. */
export function polygonsOf(geometry: Geometry | null): readonly (readonly (readonly Position[])[])[] {
  if (geometry?.type === "Polygon") return [geometry.coordinates];
  return geometry?.type === "MultiPolygon" ? geometry.coordinates : [];
}

/** The points of a feature; none when it has no points. */
export function pointsOf(geometry: Geometry | null): readonly Position[] {
  if (geometry?.type === "Point") return [geometry.coordinates];
  return geometry?.type === "MultiPoint" ? geometry.coordinates : [];
}

/** The part of a segment that lies in a box from 0, 0 (Liang & Barsky 1984), as shares of it; null when none does. */
function clip([x0, y0]: XY, [x1, y1]: XY, columns: number, rows: number): readonly [number, number] | null {
  let [from, to] = [0, 1];
  for (const [start, run, limit] of [
    [x0, x1 - x0, columns],
    [y0, y1 - y0, rows],
  ] as const) {
    if (run === 0) {
      if (!(start >= 0 && start <= limit)) return null;
      continue;
    }
    const [enter, leave] = run > 0 ? [-start / run, (limit - start) / run] : [(limit - start) / run, -start / run];
    from = Math.max(from, enter);
    to = Math.min(to, leave);
  }
  return from <= to ? [from, to] : null;
}

/**
 * Calls `visit` for every cell that a segment (in columns and rows) passes, in order. Each step goes to a side and never
 * over a corner (after Amanatides & Woo 1987), so that a barrier burned this way has no gap to slip through diagonally.
 */
export function burnSegment(grid: Grid, a: XY, b: XY, visit: (cell: number) => void): void {
  const { columns, rows } = grid;
  const part = clip(a, b, columns, rows);
  if (!part) return;
  const at = (t: number): XY => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
  const [u0, v0] = at(part[0]);
  const [u1, v1] = at(part[1]);
  const inside = (value: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(value)));
  let [x, y] = [inside(u0, columns), inside(v0, rows)];
  const [lastX, lastY] = [inside(u1, columns), inside(v1, rows)];
  const [du, dv] = [u1 - u0, v1 - v0];
  const [stepX, stepY] = [lastX > x ? 1 : -1, lastY > y ? 1 : -1];
  let nextX = du === 0 ? Number.POSITIVE_INFINITY : (x + (stepX > 0 ? 1 : 0) - u0) / du;
  let nextY = dv === 0 ? Number.POSITIVE_INFINITY : (y + (stepY > 0 ? 1 : 0) - v0) / dv;
  visit(y * columns + x);
  while (x !== lastX || y !== lastY) {
    if (y === lastY || (x !== lastX && nextX < nextY)) {
      x += stepX;
      nextX += Math.abs(1 / du);
    } else {
      y += stepY;
      nextY += Math.abs(1 / dv);
    }
    visit(y * columns + x);
  }
}

/**
 * Calls `visit` for every cell whose middle lies in a polygon (even-odd over its rings, in columns and rows). Polygons
 * that share a border share no cell: an edge counts the same from both sides.
 */
export function fillPolygon(grid: Grid, rings: readonly (readonly XY[])[], visit: (cell: number) => void): void {
  const { columns, rows } = grid;
  const crossings = new Map<number, number[]>();
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i++) {
      const a = ring[i] as XY;
      const b = ring[(i + 1) % ring.length] as XY;
      // Always from the north end to the south end, so that both polygons of a border compute the same bits.
      const [top, bottom] = a[1] <= b[1] ? [a, b] : [b, a];
      const first = Math.max(0, Math.ceil(top[1] - 0.5));
      const last = Math.min(rows, Math.ceil(bottom[1] - 0.5));
      for (let row = first; row < last; row++) {
        const u = top[0] + ((row + 0.5 - top[1]) / (bottom[1] - top[1])) * (bottom[0] - top[0]);
        const list = crossings.get(row);
        if (list) list.push(u);
        else crossings.set(row, [u]);
      }
    }
  }
  for (const [row, list] of crossings) {
    list.sort((one, two) => one - two);
    for (let i = 0; i + 1 < list.length; i += 2) {
      const first = Math.max(0, Math.ceil((list[i] as number) - 0.5));
      const last = Math.min(columns, Math.ceil((list[i + 1] as number) - 0.5));
      for (let column = first; column < last; column++) visit(row * columns + column);
    }
  }
}

/** Calls `visit` for the cells of a polygon: those whose middle lies in it, or all that it touches; some more than once. */
export function burnPolygon(
  grid: Grid,
  rings: readonly (readonly XY[])[],
  rule: "touched" | "centre",
  visit: (cell: number) => void,
): void {
  fillPolygon(grid, rings, visit);
  if (rule === "centre") return;
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i++) {
      burnSegment(grid, ring[i] as XY, ring[(i + 1) % ring.length] as XY, visit);
    }
  }
}

/**
 * Which polygon each cell's middle lies in, by the place of the feature in the collection; -1 in none. Where polygons
 * overlap the first counts. For sums by administrative unit. Refuses grids whose system is not known, when coordinates
 * are longitude and latitude (`crs-unsupported`).
 */
export function unitsOf(
  grid: Grid,
  features: FeatureCollection | readonly Feature[],
  coordinates: FeatureCoordinates = "wgs84",
): Int32Array {
  const toCells = cellSpace(grid, coordinates);
  const units = new Int32Array(grid.columns * grid.rows).fill(-1);
  const list = "features" in features ? features.features : features;
  list.forEach(({ geometry }, unit) => {
    for (const polygon of polygonsOf(geometry)) {
      const rings = polygon.map((ring) => ring.map(toCells));
      fillPolygon(grid, rings, (cell) => {
        if (units[cell] === -1) units[cell] = unit;
      });
    }
  });
  return units;
}
