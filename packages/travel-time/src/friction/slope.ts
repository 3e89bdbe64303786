import { MODE, paceOnSlope, walkingFactor } from "../engine/modes.ts";
import { TravelTimeProblem } from "../problem.ts";
import { checkRaster, checkSameGrid, type Raster } from "../raster/raster.ts";
import type { BuiltFriction } from "./types.ts";

/**
 * Rise over run of the ground in each cell, by the weights of Horn (1981) over its eight neighbours. At the edge and
 * beside cells without height, the cell's own height stands in for what is missing. NaN where the cell has no height.
 */
export function groundSlope(elevation: Raster): Float32Array {
  checkRaster(elevation);
  const { grid, data } = elevation;
  const { columns, rows, cellWidth, cellHeight } = grid;
  const slope = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const here = data[row * columns + column] as number;
      const at = (dx: number, dy: number): number => {
        const [x, y] = [column + dx, row + dy];
        const value = x < 0 || y < 0 || x >= columns || y >= rows ? Number.NaN : (data[y * columns + x] as number);
        return Number.isNaN(value) ? here : value;
      };
      const [nw, n, ne, w, e, sw, s, se] = [
        at(-1, -1),
        at(0, -1),
        at(1, -1),
        at(-1, 0),
        at(1, 0),
        at(-1, 1),
        at(0, 1),
        at(1, 1),
      ];
      const across = (ne + 2 * e + se - (nw + 2 * w + sw)) / (8 * cellWidth);
      const along = (sw + 2 * s + se - (nw + 2 * n + ne)) / (8 * cellHeight);
      slope[row * columns + column] = Math.sqrt(across * across + along * along);
    }
  }
  return slope;
}

/**
 * Friction that holds the slope of the ground, for travel that knows no direction (`{ kind: "friction" }`): the mean of
 * going up and down the steepest way, by the formulas of `{ kind: "modes" }`. It overstates travel along a slope; where
 * the heights can be given to the search, `{ kind: "modes" }` is exact. Cells without height become impassable.
 */
export function withSlope({ friction, mode }: Pick<BuiltFriction, "friction" | "mode">, elevation: Raster): Raster {
  checkSameGrid(friction.grid, elevation.grid);
  const slope = groundSlope(elevation);
  const data = friction.data.map((pace, cell) => {
    const steep = slope[cell] as number;
    if (Number.isNaN(pace) || Number.isNaN(steep)) return Number.NaN;
    const by = mode[cell] as number;
    if (by === MODE.motorised) return pace;
    return (
      (paceOnSlope(by, pace, steep, walkingFactor(steep)) + paceOnSlope(by, pace, -steep, walkingFactor(-steep))) / 2
    );
  });
  return { grid: friction.grid, data };
}

/** Friction per cell, as `r.cost` reads it: seconds per metre times the width of a cell, which must be square. */
export function perCell({ grid, data }: Raster): Raster {
  if (Math.abs(grid.cellWidth - grid.cellHeight) > grid.cellWidth / 1000) {
    throw new TravelTimeProblem("grid-invalid", "Friction per cell needs square cells.", {
      cellWidth: grid.cellWidth,
      cellHeight: grid.cellHeight,
    });
  }
  return { grid, data: data.map((pace) => pace * grid.cellWidth) };
}
