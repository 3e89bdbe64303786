import { memoryNeeded } from "./parallel.ts";
import { TravelTimeProblem } from "./problem.ts";
import type { Grid } from "./raster/raster.ts";
import { coarserGrid } from "./raster/resample.ts";
import type { Movement } from "./travel.ts";

/** What a search over a grid needs, and what would fit. */
export interface MemoryEstimate {
  /** Bytes for the rasters that are read, the search and the result. */
  readonly needed: number;
  readonly fits: boolean;
  /** How many times as wide the cells must be for it to fit; 1 when it fits. */
  readonly factor: number;
  /** The grid with such cells. */
  readonly grid: Grid;
}

const RASTERS: Record<Movement["kind"], number> = { friction: 4, langmuir: 8, modes: 9 };

/**
 * Bytes that travel time over a grid needs in all, its rasters included, and the least coarsening under which it would
 * stay within `memory` bytes. Beyond a factor of 64 no grid is offered (`too-large`).
 */
export function estimateMemory(grid: Grid, kind: Movement["kind"], memory: number, threads?: number): MemoryEstimate {
  const bytes = (of: Grid) => memoryNeeded(of, kind, threads) + of.columns * of.rows * RASTERS[kind];
  const needed = bytes(grid);
  for (let factor = 1; factor <= 64; factor++) {
    const coarse = coarserGrid(grid, factor);
    if (bytes(coarse) <= memory) return { needed, fits: factor === 1, factor, grid: coarse };
  }
  throw new TravelTimeProblem("too-large", `${needed} bytes are needed; ${memory} are too few for any use.`, {
    needed,
    given: memory,
  });
}
