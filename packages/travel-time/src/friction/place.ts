import { cellAt, cellCentre, type Raster } from "../raster/raster.ts";

/** A place of a service in the coordinates of the grid. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The cell a place was given, and how far its middle lies from the place (0 when the place's own cell is passable). */
export type PlacedSource =
  | { readonly cell: number; readonly moved: number; readonly refused?: undefined }
  /** Outside the raster, or nothing passable within the distance. */
  | { readonly refused: "outside" | "nothing-near" };

/**
 * Gives each place a passable cell: its own, or when that is a barrier (in the sea, on a river) the one whose middle is
 * nearest within `within` (units of the grid); of equals the first row by row. Further away it is refused.
 */
export function placeSources(friction: Raster, places: readonly Place[], within: number): PlacedSource[] {
  const { grid, data } = friction;
  const passable = (cell: number) => (data[cell] as number) < Number.POSITIVE_INFINITY;
  return places.map((place): PlacedSource => {
    const own = cellAt(grid, place.x, place.y);
    if (own < 0) return { refused: "outside" };
    if (passable(own)) return { cell: own, moved: 0 };
    const row = Math.floor(own / grid.columns);
    const column = own - row * grid.columns;
    const [wide, high] = [Math.ceil(within / grid.cellWidth), Math.ceil(within / grid.cellHeight)];
    let best = -1;
    let least = within;
    for (let y = Math.max(0, row - high); y <= Math.min(grid.rows - 1, row + high); y++) {
      for (let x = Math.max(0, column - wide); x <= Math.min(grid.columns - 1, column + wide); x++) {
        const cell = y * grid.columns + x;
        if (!passable(cell)) continue;
        const middle = cellCentre(grid, cell);
        const metres = Math.hypot(middle.x - place.x, middle.y - place.y);
        if (metres < least || (metres === least && best < 0)) {
          best = cell;
          least = metres;
        }
      }
    }
    return best < 0 ? { refused: "nothing-near" } : { cell: best, moved: least };
  });
}
