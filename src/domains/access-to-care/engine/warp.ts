import { type Grid, projectionOf } from "@santi/travel-time";
import { boundsOf } from "./ground.ts";

/** Cells between two places where the projection is computed; between them it is taken as straight. */
const STEP = 16;

const mercator = (latitude: number) => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
const latitudeOf = (y: number) => (Math.atan(Math.exp(y)) * 360) / Math.PI - 90;

/** For each pixel of an image on the projection of web maps, the cell of a grid that it shows. */
export interface Warp {
  columns: number;
  rows: number;
  /** West, south, east, north in degrees. */
  bounds: [number, number, number, number];
  /** Cell of each pixel, rows from the north; -1 outside the grid. */
  cell: Int32Array;
}

/** Lays a grid out on the projection of web maps, with about as many pixels as the grid has cells, at most `widest`. */
export function warpOf(grid: Grid, widest = 900): Warp {
  const bounds = boundsOf(grid);
  const [west, south, east, north] = bounds;
  const columns = Math.min(widest, grid.columns);
  const [top, bottom] = [mercator(north), mercator(south)];
  const rows = Math.max(1, Math.round((columns * (top - bottom)) / (((east - west) * Math.PI) / 180)));
  const { toGrid } = projectionOf(grid);
  const [across, down] = [Math.ceil(columns / STEP) + 1, Math.ceil(rows / STEP) + 1];
  const us = new Float64Array(across * down);
  const vs = new Float64Array(across * down);
  for (let j = 0; j < down; j++) {
    const latitude = latitudeOf(top - ((top - bottom) * (j * STEP)) / rows);
    for (let i = 0; i < across; i++) {
      const [x, y] = toGrid(west + ((east - west) * (i * STEP)) / columns, latitude);
      us[j * across + i] = (x - grid.west) / grid.cellWidth;
      vs[j * across + i] = (grid.north - y) / grid.cellHeight;
    }
  }
  const between = (values: Float64Array, i: number, j: number, s: number, t: number) => {
    const at = j * across + i;
    const upper = (values[at] as number) * (1 - s) + (values[at + 1] as number) * s;
    const lower = (values[at + across] as number) * (1 - s) + (values[at + across + 1] as number) * s;
    return upper * (1 - t) + lower * t;
  };
  const cell = new Int32Array(columns * rows).fill(-1);
  for (let y = 0; y < rows; y++) {
    const j = Math.floor((y + 0.5) / STEP);
    const t = (y + 0.5) / STEP - j;
    for (let x = 0; x < columns; x++) {
      const i = Math.floor((x + 0.5) / STEP);
      const s = (x + 0.5) / STEP - i;
      const column = Math.floor(between(us, i, j, s, t));
      const row = Math.floor(between(vs, i, j, s, t));
      if (column >= 0 && row >= 0 && column < grid.columns && row < grid.rows)
        cell[y * columns + x] = row * grid.columns + column;
    }
  }
  return { columns, rows, bounds, cell };
}
