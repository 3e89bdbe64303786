import { TravelTimeProblem } from "../problem.ts";

/** A north-up grid of equal cells; `west` and `north` are the outer corner of the first cell, in the units of the projection. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly west: number;
  readonly north: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** EPSG code of the coordinates; undefined when the file does not say. */
  readonly epsg?: number;
}

/** Cells row by row from the north-west corner. NaN is "no value". */
export interface Raster<T extends Float32Array | Float64Array = Float32Array> {
  readonly grid: Grid;
  readonly data: T;
}

/** Rows and columns to read: from the first up to, not including, the last. */
export interface CellWindow {
  readonly firstColumn: number;
  readonly firstRow: number;
  readonly lastColumn: number;
  readonly lastRow: number;
}

/** Whether an EPSG code names a system whose coordinates are degrees. */
export const isGeographic = (epsg: number | undefined): boolean => epsg !== undefined && epsg >= 4001 && epsg <= 4999;

const isCount = (value: number) => Number.isSafeInteger(value) && value > 0;

/**
 * Refuses a grid without cells, or with cells that have no size (`grid-invalid`), and data of another length than the
 * grid has cells.
 */
export function checkRaster({ grid, data }: { grid: Grid; data: ArrayLike<number> }): void {
  const { columns, rows, cellWidth, cellHeight } = grid;
  if (!isCount(columns) || !isCount(rows)) {
    throw new TravelTimeProblem("grid-invalid", `A grid needs cells; this one has ${columns} × ${rows}.`, {
      columns,
      rows,
    });
  }
  if (!(cellWidth > 0 && cellHeight > 0 && Number.isFinite(cellWidth) && Number.isFinite(cellHeight))) {
    throw new TravelTimeProblem("grid-invalid", `A cell of ${cellWidth} × ${cellHeight} has no size.`, {
      cellWidth,
      cellHeight,
    });
  }
  if (data.length !== columns * rows) {
    throw new TravelTimeProblem(
      "grid-invalid",
      `${data.length} values do not fill a grid of ${columns} × ${rows} cells.`,
      { values: data.length, columns, rows },
    );
  }
}

/** Refuses two rasters whose cells do not lie on each other to a thousandth of a cell (`grids-differ`). */
export function checkSameGrid(a: Grid, b: Grid): void {
  const near = (x: number, y: number, cell: number) => Math.abs(x - y) <= cell / 1000;
  const same =
    a.columns === b.columns &&
    a.rows === b.rows &&
    near(a.west, b.west, a.cellWidth) &&
    near(a.north, b.north, a.cellHeight) &&
    near(a.cellWidth * a.columns, b.cellWidth * b.columns, a.cellWidth) &&
    near(a.cellHeight * a.rows, b.cellHeight * b.rows, a.cellHeight);
  if (!same) {
    throw new TravelTimeProblem(
      "grids-differ",
      "The rasters do not share one grid: resample one onto the other first.",
      {
        first: `${a.columns} × ${a.rows} from ${a.west}, ${a.north}`,
        second: `${b.columns} × ${b.rows} from ${b.west}, ${b.north}`,
      },
    );
  }
}

/**
 * The index of the cell that holds a point, or -1 outside the grid. A point on the edge between cells belongs to the
 * cell east and south of it; the outer edges belong to the grid.
 */
export function cellAt(grid: Grid, x: number, y: number): number {
  const column = Math.floor((x - grid.west) / grid.cellWidth);
  const row = Math.floor((grid.north - y) / grid.cellHeight);
  const east = grid.west + grid.columns * grid.cellWidth;
  const south = grid.north - grid.rows * grid.cellHeight;
  if (!(x >= grid.west && x <= east && y <= grid.north && y >= south)) return -1;
  return Math.min(row, grid.rows - 1) * grid.columns + Math.min(column, grid.columns - 1);
}

/** The middle of a cell, in the units of the projection. */
export function cellCentre(grid: Grid, cell: number): { x: number; y: number } {
  const row = Math.floor(cell / grid.columns);
  const column = cell - row * grid.columns;
  return { x: grid.west + (column + 0.5) * grid.cellWidth, y: grid.north - (row + 0.5) * grid.cellHeight };
}

/** The grid of a part of a grid. A window beyond the grid is refused (`grid-invalid`). */
export function windowGrid(grid: Grid, window: CellWindow): Grid {
  const { firstColumn, firstRow, lastColumn, lastRow } = window;
  const inside =
    [firstColumn, firstRow, lastColumn, lastRow].every(Number.isSafeInteger) &&
    firstColumn >= 0 &&
    firstRow >= 0 &&
    lastColumn > firstColumn &&
    lastRow > firstRow &&
    lastColumn <= grid.columns &&
    lastRow <= grid.rows;
  if (!inside) {
    throw new TravelTimeProblem("grid-invalid", "The window does not lie inside the grid.", {
      window: `columns ${firstColumn}–${lastColumn}, rows ${firstRow}–${lastRow}`,
      grid: `${grid.columns} × ${grid.rows}`,
    });
  }
  return {
    ...grid,
    columns: lastColumn - firstColumn,
    rows: lastRow - firstRow,
    west: grid.west + firstColumn * grid.cellWidth,
    north: grid.north - firstRow * grid.cellHeight,
  };
}
