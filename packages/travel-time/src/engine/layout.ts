/**
 * Where a cell lies in memory. Cells are kept in tiles of 16 × 16, so that the neighbours of a cell are mostly on the
 * same page; in rows they would be a whole row apart, which costs twice the time. Around the raster there is a margin of
 * at least two cells without value (a whole row of tiles above and below), so that no move needs a test of bounds.
 */
export interface TileLayout {
  readonly columns: number;
  readonly rows: number;
  /** Tiles from west to east and from north to south, margin included. */
  readonly across: number;
  readonly down: number;
  /** Cells in memory, margin included. */
  readonly length: number;
}

export const TILE_SIDE = 16;
const TILE_CELLS = TILE_SIDE * TILE_SIDE;
const WEST_MARGIN = 2;

/** The layout for a raster of this many columns and rows. */
export function tileLayout(columns: number, rows: number): TileLayout {
  const across = Math.ceil((columns + 2 * WEST_MARGIN) / TILE_SIDE);
  const down = Math.ceil(rows / TILE_SIDE) + 2;
  return { columns, rows, across, down, length: across * down * TILE_CELLS };
}

/** Where a row starts; rows from -16 to rows + 15 exist, those outside the raster are margin. */
export function rowStart(layout: TileLayout, row: number): number {
  const shifted = row + TILE_SIDE;
  return (shifted >> 4) * layout.across * TILE_CELLS + ((shifted & 15) << 4);
}

/** How far a column lies from the start of its row. */
export function columnOffset(column: number): number {
  const shifted = column + WEST_MARGIN;
  return ((shifted >> 4) << 8) + (shifted & 15);
}

/** The place in memory of a cell given by its row-by-row number. */
export function placeOf(layout: TileLayout, cell: number): number {
  const row = Math.floor(cell / layout.columns);
  return rowStart(layout, row) + columnOffset(cell - row * layout.columns);
}

/** The row-by-row number of the cell at a place inside the raster: `placeOf` undone. */
export function cellOf(layout: TileLayout, place: number): number {
  const tile = place >> 8;
  const row = (Math.floor(tile / layout.across) << 4) + ((place >> 4) & 15) - TILE_SIDE;
  return row * layout.columns + ((tile % layout.across) << 4) + (place & 15) - WEST_MARGIN;
}

/**
 * The number of the cell where a row of tiles begins, in a raster of so many columns whose first cell is that of the layout;
 * it lies in the margin.
 */
export function cellOffset(down: number, columns: number): number {
  return ((down << 4) - TILE_SIDE) * columns - WEST_MARGIN;
}

/** Copies a row of cells to where it lies in memory. A run of cells in one tile at a time: asking each cell for its place costs twice as long. */
function copyRow<T extends Float32Array | Uint8Array>(
  source: T,
  from: number,
  target: T,
  start: number,
  columns: number,
): void {
  for (let column = 0; column < columns; ) {
    const place = start + columnOffset(column);
    const run = Math.min(TILE_SIDE - (place & 15), columns - column);
    for (let i = 0; i < run; i++) target[place + i] = source[from + column + i] as number;
    column += run;
  }
}

/** Copies rows (row by row, `rows × columns` values) into memory from row `first` on. */
export function copyIn<T extends Float32Array | Uint8Array>(layout: TileLayout, source: T, target: T, first = 0): void {
  const { columns } = layout;
  const rows = source.length / columns;
  for (let row = 0; row < rows; row++) {
    const start = rowStart(layout, first + row);
    copyRow(source, row * columns, target, start, columns);
  }
}

/**
 * Copies the window of a raster (row by row, `columns` in a row) that begins at a cell into the whole of a layout.
 */
export function copyWindow<T extends Float32Array | Uint8Array>(
  layout: TileLayout,
  source: T,
  columns: number,
  begin: number,
  target: T,
): void {
  for (let row = 0; row < layout.rows; row++) {
    const start = rowStart(layout, row);
    const from = begin + row * columns;
    for (let column = 0; column < layout.columns; column++) {
      target[start + columnOffset(column)] = source[from + column] as number;
    }
  }
}

/** Copies what `source` holds of rows `first` up to `last` out, row by row; values from `unreached` on become NaN. */
export function copyOut(
  layout: TileLayout,
  source: Float64Array,
  target: Float64Array,
  unreached: number,
  first = 0,
  last = layout.rows,
): void {
  const { columns } = layout;
  for (let row = first; row < last; row++) {
    const start = rowStart(layout, row);
    const to = (row - first) * columns;
    for (let column = 0; column < columns; ) {
      const place = start + columnOffset(column);
      const run = Math.min(TILE_SIDE - (place & 15), columns - column);
      for (let i = 0; i < run; i++) {
        const value = source[place + i] as number;
        target[to + column + i] = value < unreached ? value : Number.NaN;
      }
      column += run;
    }
  }
}

/** How far it is in memory from each place within a tile to one and two cells away, by column and by row. */
export interface StepTables {
  readonly east: Int32Array;
  readonly east2: Int32Array;
  readonly west: Int32Array;
  readonly west2: Int32Array;
  readonly south: Int32Array;
  readonly south2: Int32Array;
  readonly north: Int32Array;
  readonly north2: Int32Array;
}

/** The steps of a layout, indexed by the column (east, west) or the row (south, north) within the tile. */
export function stepTables(layout: TileLayout): StepTables {
  const table = (cells: number, unit: number, tile: number) =>
    Int32Array.from({ length: TILE_SIDE }, (_, at) => {
      const to = at + cells;
      return (to & 15) * unit + (to >> 4) * tile - at * unit;
    });
  const row = layout.across * TILE_CELLS;
  return {
    east: table(1, 1, TILE_CELLS),
    east2: table(2, 1, TILE_CELLS),
    west: table(-1, 1, TILE_CELLS),
    west2: table(-2, 1, TILE_CELLS),
    south: table(1, TILE_SIDE, row),
    south2: table(2, TILE_SIDE, row),
    north: table(-1, TILE_SIDE, row),
    north2: table(-2, TILE_SIDE, row),
  };
}
