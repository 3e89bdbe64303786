import type { Random } from "../random.ts";
import { type Frame, frameAt, type Point } from "./frame.ts";
import { crossings, type Region } from "./region.ts";

/** Squares of a grid inside a region, each of which holds at most one area, so that areas cannot overlap. */
export interface Cells {
  /** Middles of the chosen squares, degrees. */
  centres: Point[];
  /** Side of a square, metres. */
  size: number;
}

interface Grid {
  frame: Frame;
  size: number;
  columns: number;
  rows: number;
  south: number;
  west: number;
}

function gridOver(region: Region, size: number): Grid {
  const [west, south, east, north] = region.bounds;
  const frame = frameAt([(west + east) / 2, (south + north) / 2]);
  const [perLon, perLat] = frame.metresPerDegree;
  return {
    frame,
    size,
    columns: Math.ceil(((east - west) * perLon) / size),
    rows: Math.ceil(((north - south) * perLat) / size),
    west,
    south,
  };
}

/** Marks the squares that lie inside the region, told from five parallels through each row. */
function insideSquares(region: Region, grid: Grid): Uint8Array {
  const { columns, rows, size, west, south } = grid;
  const [perLon, perLat] = grid.frame.metresPerDegree;
  const marks = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let line = 0; line <= 4; line++) {
      const at = crossings(region, south + ((row + line / 4) * size) / perLat);
      const hit = new Uint8Array(columns);
      for (let i = 0; i + 1 < at.length; i += 2) {
        const first = Math.ceil((((at[i] as number) - west) * perLon) / size + 0.02);
        const end = Math.floor((((at[i + 1] as number) - west) * perLon) / size - 0.02);
        for (let column = Math.max(0, first); column < Math.min(columns, end); column++) hit[column] = 1;
      }
      for (let column = 0; column < columns; column++) {
        if (hit[column] === 1) marks[row * columns + column] = (marks[row * columns + column] as number) + 1;
      }
    }
  }
  return marks.map((count) => (count === 5 ? 1 : 0));
}

/**
 * Chooses squares inside a region, crowded around hotspots.
 * @param count how many squares are wanted; fewer come back only when the region is too small for them
 * @param hotspots places around which contamination lies
 * @param taken places that no square, nor one beside it, may hold (they lie at most 600 m from each other)
 */
export function chooseCells(
  region: Region,
  count: number,
  hotspots: readonly Point[],
  taken: readonly Point[],
  random: Random,
): Cells {
  let size = 2500;
  for (;;) {
    const grid = gridOver(region, size);
    const free = insideSquares(region, grid);
    for (const place of taken) block(grid, free, place);
    let available = 0;
    for (const mark of free) available += mark;
    if (available >= count * 1.6 || size < 240) return { centres: rank(grid, free, count, hotspots, random), size };
    size *= 0.8;
  }
}

function block(grid: Grid, free: Uint8Array, [lon, lat]: Point): void {
  const [perLon, perLat] = grid.frame.metresPerDegree;
  const around = Math.ceil(900 / grid.size);
  const column = Math.floor(((lon - grid.west) * perLon) / grid.size);
  const row = Math.floor(((lat - grid.south) * perLat) / grid.size);
  for (let r = Math.max(0, row - around); r <= Math.min(grid.rows - 1, row + around); r++) {
    for (let c = Math.max(0, column - around); c <= Math.min(grid.columns - 1, column + around); c++) {
      free[r * grid.columns + c] = 0;
    }
  }
}

function rank(grid: Grid, free: Uint8Array, count: number, hotspots: readonly Point[], random: Random): Point[] {
  const [perLon, perLat] = grid.frame.metresPerDegree;
  const reach = 9000 ** 2;
  const found: { score: number; place: Point }[] = [];
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      if (free[row * grid.columns + column] === 0) continue;
      const lon = grid.west + ((column + 0.5) * grid.size) / perLon;
      const lat = grid.south + ((row + 0.5) * grid.size) / perLat;
      let nearest = Number.POSITIVE_INFINITY;
      for (const [x, y] of hotspots) {
        nearest = Math.min(nearest, ((lon - x) * perLon) ** 2 + ((lat - y) * perLat) ** 2);
      }
      const u = random.float();
      found.push({ score: (1 + nearest / reach) * (0.05 + u * u), place: [lon, lat] });
    }
  }
  found.sort((a, b) => a.score - b.score);
  const chosen = found.slice(0, count).map(({ place }) => place);
  for (let i = chosen.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [chosen[i], chosen[j]] = [chosen[j] as Point, chosen[i] as Point];
  }
  return chosen;
}
