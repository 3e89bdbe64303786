import { TravelTimeProblem } from "../problem.ts";
import { projectionOf, type XY } from "./coordinates.ts";
import { checkRaster, type Grid, type Raster } from "./raster.ts";

/** The way from coordinates of one grid to those of another, both systems known; none needed when they are the same. */
function between(from: Grid, to: Grid): (x: number, y: number) => XY {
  if (from.epsg === to.epsg) return (x, y) => [x, y];
  const [source, target] = [projectionOf(from), projectionOf(to)];
  return (x, y) => target.toGrid(...source.toWgs84(x, y));
}

/**
 * A raster on another grid: the value of the nearest cell (for classes and friction), or the mean of the four nearest by
 * their distance (for heights; a missing one of them leaves the others' mean). Cells outside are NaN. Other coordinate
 * systems as `projectionOf` knows them, others are refused (`crs-unsupported`).
 */
export function resample(raster: Raster, grid: Grid, method: "nearest" | "bilinear"): Raster {
  checkRaster(raster);
  const { grid: from, data } = raster;
  const way = between(grid, from);
  const out = new Float32Array(grid.columns * grid.rows);
  checkRaster({ grid, data: out });
  const value = (column: number, row: number): number =>
    column >= 0 && row >= 0 && column < from.columns && row < from.rows
      ? (data[row * from.columns + column] as number)
      : Number.NaN;
  const mean = (u: number, v: number): number => {
    const [column, row] = [Math.floor(u - 0.5), Math.floor(v - 0.5)];
    const [right, down] = [u - 0.5 - column, v - 0.5 - row];
    let [sum, weights] = [0, 0];
    for (const [dx, dy, weight] of [
      [0, 0, (1 - right) * (1 - down)],
      [1, 0, right * (1 - down)],
      [0, 1, (1 - right) * down],
      [1, 1, right * down],
    ] as const) {
      const each = value(column + dx, row + dy);
      if (weight > 0 && !Number.isNaN(each)) {
        sum += weight * each;
        weights += weight;
      }
    }
    return weights > 0 ? sum / weights : Number.NaN;
  };
  for (let row = 0; row < grid.rows; row++) {
    const y = grid.north - (row + 0.5) * grid.cellHeight;
    for (let column = 0; column < grid.columns; column++) {
      const [px, py] = way(grid.west + (column + 0.5) * grid.cellWidth, y);
      const [u, v] = [(px - from.west) / from.cellWidth, (from.north - py) / from.cellHeight];
      const inside = u >= 0 && v >= 0 && u <= from.columns && v <= from.rows;
      out[row * grid.columns + column] = !inside
        ? Number.NaN
        : method === "bilinear"
          ? mean(u, v)
          : value(Math.min(from.columns - 1, Math.floor(u)), Math.min(from.rows - 1, Math.floor(v)));
    }
  }
  return { grid, data: out };
}

/** People on another grid, and those who live outside it. */
export interface MovedPeople {
  readonly people: Raster<Float64Array>;
  readonly outside: number;
}

/**
 * Counts of people on another grid: each cell's people are spread evenly over its ground, so nobody is lost or counted
 * twice. `people` and `outside` together are the sum of the raster, up to rounding. In one coordinate system shares of
 * ground are exact; between two, a cell is cut in `parts` × `parts` pieces (default: pieces at most half a target cell,
 * 2 to 32 a side).
 */
export function movePeople(raster: Raster | Raster<Float64Array>, grid: Grid, parts?: number): MovedPeople {
  checkRaster(raster);
  const { grid: from, data } = raster;
  const people = new Float64Array(grid.columns * grid.rows);
  checkRaster({ grid, data: people });
  let outside = 0;
  const give = (column: number, row: number, count: number) => {
    if (column >= 0 && row >= 0 && column < grid.columns && row < grid.rows) {
      const cell = row * grid.columns + column;
      people[cell] = (people[cell] as number) + count;
    } else outside += count;
  };
  const spread = from.epsg === grid.epsg ? exactly(from, grid, give) : inPieces(from, grid, give, parts);
  for (let cell = 0; cell < data.length; cell++) {
    const count = data[cell] as number;
    if (count < 0) {
      throw new TravelTimeProblem("value-invalid", `Cell ${cell} has ${count} people.`, { cell, people: count });
    }
    if (count > 0) spread(cell % from.columns, Math.floor(cell / from.columns), count);
  }
  return { people: { grid, data: people }, outside };
}

type Give = (column: number, row: number, count: number) => void;
type Spread = (column: number, row: number, count: number) => void;

function exactly(from: Grid, to: Grid, give: Give): Spread {
  const shares = (start: number, end: number): [number, number][] => {
    const list: [number, number][] = [];
    for (let cell = Math.floor(start); cell < end; cell++) {
      list.push([cell, (Math.min(end, cell + 1) - Math.max(start, cell)) / (end - start)]);
    }
    return list;
  };
  return (column, row, count) => {
    const u = (from.west + column * from.cellWidth - to.west) / to.cellWidth;
    const v = (to.north - (from.north - row * from.cellHeight)) / to.cellHeight;
    const across = shares(u, u + from.cellWidth / to.cellWidth);
    for (const [y, down] of shares(v, v + from.cellHeight / to.cellHeight)) {
      for (const [x, share] of across) give(x, y, count * share * down);
    }
  };
}

function inPieces(from: Grid, to: Grid, give: Give, parts: number | undefined): Spread {
  const way = between(from, to);
  const at = (column: number, row: number) =>
    way(from.west + column * from.cellWidth, from.north - row * from.cellHeight);
  const [left, right] = [at(from.columns / 2, from.rows / 2), at(from.columns / 2 + 1, from.rows / 2)];
  const width = Math.hypot(right[0] - left[0], right[1] - left[1]);
  const pieces = parts ?? Math.min(32, Math.max(2, Math.ceil((2 * width) / to.cellWidth)));
  return (column, row, count) => {
    for (let down = 0; down < pieces; down++) {
      for (let across = 0; across < pieces; across++) {
        const [x, y] = at(column + (across + 0.5) / pieces, row + (down + 0.5) / pieces);
        give(
          Math.floor((x - to.west) / to.cellWidth),
          Math.floor((to.north - y) / to.cellHeight),
          count / (pieces * pieces),
        );
      }
    }
  };
}

/** A grid of the same ground in cells `factor` times as wide; the last row and column may reach beyond it. */
export function coarserGrid(grid: Grid, factor: number): Grid {
  if (!(Number.isSafeInteger(factor) && factor >= 1)) {
    throw new TravelTimeProblem("value-invalid", `Cells cannot be ${factor} times as wide.`, { factor });
  }
  return {
    ...grid,
    columns: Math.ceil(grid.columns / factor),
    rows: Math.ceil(grid.rows / factor),
    cellWidth: grid.cellWidth * factor,
    cellHeight: grid.cellHeight * factor,
  };
}
