import type { Grid } from "@santi/travel-time";
import type { Random } from "../random.ts";

/** A place in the coordinates of the grid, metres. */
export type Spot = readonly [x: number, y: number];

/** The middle of a cell. */
export function middleOf(grid: Grid, cell: number): Spot {
  const row = Math.floor(cell / grid.columns);
  const column = cell - row * grid.columns;
  return [grid.west + (column + 0.5) * grid.cellWidth, grid.north - (row + 0.5) * grid.cellHeight];
}

/**
 * Bends a line of cells as ground bends it: every spot is pushed a little by chance, then becomes the mean of itself and
 * its neighbours up to `reach` on each side. Both ends stay where they are.
 */
export function bend(spots: readonly Spot[], reach: number, push: number, random: Random): Spot[] {
  const pushed = spots.map(
    ([x, y], i): Spot =>
      i === 0 || i === spots.length - 1 ? [x, y] : [x + random.between(-push, push), y + random.between(-push, push)],
  );
  return pushed.map((spot, i): Spot => {
    const near = Math.min(reach, i, pushed.length - 1 - i);
    if (near === 0) return spot;
    let [x, y] = [0, 0];
    for (let k = i - near; k <= i + near; k++) {
      x += (pushed[k] as Spot)[0];
      y += (pushed[k] as Spot)[1];
    }
    return [x / (2 * near + 1), y / (2 * near + 1)];
  });
}
