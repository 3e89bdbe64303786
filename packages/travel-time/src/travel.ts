import { checkLangmuir, LANGMUIR, type LangmuirWalk } from "./engine/edges.ts";
import { type FrictionRange, frictionRange, nextAbove } from "./engine/field.ts";
import { placeOf, type TileLayout, tileLayout } from "./engine/layout.ts";
import { moveLengths } from "./engine/moves.ts";
import type { Search, Seed } from "./engine/twin.ts";
import { TravelTimeProblem } from "./problem.ts";
import { checkRaster, checkSameGrid, type Grid, isGeographic, type Raster } from "./raster/raster.ts";

/** Where travel starts: a cell (`row × columns + column`) and the time already spent there (default 0). */
export interface Source {
  readonly cell: number;
  readonly time?: number;
}

/** What a move costs. */
export type Movement =
  /** Friction alone (GRASS `r.cost`): time per cell width ("cells", the default) or per unit of the grid ("units"). */
  | { readonly kind: "friction"; readonly per?: "cells" | "units" }
  /** Walking over slopes (GRASS `r.walk`), away from the sources; seconds, with the grid and the elevation in metres. */
  | { readonly kind: "langmuir"; readonly elevation: Raster; readonly coefficients?: Partial<LangmuirWalk> }
  /** Walking, bicycling and motorised travel as AccessMod computes it, from or towards the sources. */
  | ModeMovement;

/**
 * Travel whose manner differs between cells: friction is seconds per metre on the flat, `mode` says for each cell
 * (row by row) how people move there (`MODE`); grid and elevation are in metres.
 */
export interface ModeMovement {
  readonly kind: "modes";
  readonly elevation: Raster;
  readonly mode: Uint8Array;
  readonly direction: "from" | "towards";
}

/** Which travel is asked for. */
export interface TravelOptions {
  /** Default: friction per cell. */
  readonly movement?: Movement;
  /** Allow the knight's moves (16 directions instead of 8): at most 2.8 % too long instead of 8.2 %. Default true. */
  readonly knight?: boolean;
  /** Bar moves that slip between two impassable cells which touch at a corner. Default false, as in GRASS. */
  readonly strictDiagonals?: boolean;
  /** Times above this are left out. Default: none. */
  readonly maximum?: number;
  /** Also tell how each cell is reached (`backLinks`, `nearest`). Default false. */
  readonly routes?: boolean;
  /** Bytes of memory that the compiled engine may take besides the result. Default: what it can get. */
  readonly memory?: number;
}

/** Travel time in every cell. */
export interface TravelTime {
  readonly grid: Grid;
  /** Least time from any source, row by row; NaN where no source reaches. */
  readonly time: Float64Array;
  /** Sources (by their place in the list) that stand in an impassable cell, and so reach nothing. */
  readonly stranded: readonly number[];
  /** Cells opened in the search. */
  readonly opened: number;
  /** With `routes`: the move by which each cell is reached (its number in `MOVES`), `START` or `UNREACHED`. */
  readonly backLinks?: Uint8Array;
  /** With `routes`: the source each cell is reached from, by its place in the list; -1 where none reaches. */
  readonly nearest?: Int32Array;
}

/** A checked question, in the engine's terms. */
export interface Plan {
  readonly grid: Grid;
  readonly layout: TileLayout;
  readonly movement: Movement;
  /** Lengths of the sixteen moves in the unit that friction is per. */
  readonly lengths: Float64Array;
  readonly walk: LangmuirWalk;
  readonly seeds: readonly Seed[];
  /** The place in the caller's list of each seed. */
  readonly sourceOf: readonly number[];
  readonly stranded: readonly number[];
  readonly search: Search;
  /** What times start from: the least double above the maximum. */
  readonly unreached: number;
  readonly range: FrictionRange;
}

/** Narrower buckets leave more of them empty, wider ones open more cells twice; neither changes what is found. */
function bucketWidth(movement: Movement, walk: LangmuirWalk, lengths: Float64Array, range: FrictionRange): number {
  const shortest = Math.min(lengths[0] as number, lengths[1] as number);
  if (movement.kind === "friction") return Math.max(range.least, range.mean / 64) * shortest || 1;
  // No manner of travel is more than twice as fast downhill as on the flat.
  if (movement.kind === "modes") return Math.max(range.least / 2, range.mean / 64) * shortest || 1;
  const { a, c, slopeFactor, lambda } = walk;
  const least = Math.min(a, a + c * slopeFactor) + lambda * range.least;
  return Math.max(least, (a + lambda * range.mean) / 64) * shortest;
}

function placeSources(layout: TileLayout, friction: Float32Array, sources: readonly Source[]) {
  const seeds: Seed[] = [];
  const sourceOf: number[] = [];
  const stranded: number[] = [];
  sources.forEach(({ cell, time = 0 }, source) => {
    if (!Number.isSafeInteger(cell) || cell < 0 || cell >= friction.length) {
      throw new TravelTimeProblem("source-outside", `Source ${source} is at cell ${cell}, outside the raster.`, {
        source,
        cell,
      });
    }
    if (!(time >= 0 && time < Number.POSITIVE_INFINITY)) {
      throw new TravelTimeProblem("value-invalid", `Source ${source} starts at time ${time}; it must be 0 or later.`, {
        source,
        time,
      });
    }
    if (Number.isNaN(friction[cell])) stranded.push(source);
    else {
      seeds.push({ place: placeOf(layout, cell), time });
      sourceOf.push(source);
    }
  });
  return { seeds, sourceOf, stranded };
}

/**
 * Checks a question and puts it in the engine's terms. Refusals as of `referenceTravelTime`. `known` is the range of this
 * friction when it has been found before.
 */
export function planTravel(
  friction: Raster,
  sources: readonly Source[],
  options: TravelOptions,
  known?: FrictionRange,
): Plan {
  const { movement = { kind: "friction" }, knight = true, strictDiagonals = false } = options;
  const { maximum = Number.POSITIVE_INFINITY } = options;
  checkRaster(friction);
  if (!(maximum >= 0)) {
    throw new TravelTimeProblem("value-invalid", `A maximum of ${maximum} reaches nothing.`, { maximum });
  }
  const { grid } = friction;
  const walk = { ...LANGMUIR, ...(movement.kind === "langmuir" ? movement.coefficients : {}) };
  if (movement.kind !== "friction") {
    if (isGeographic(grid.epsg)) {
      const message = `Slopes are counted in metres; this raster is in degrees (EPSG:${grid.epsg}). Warp it to a UTM zone.`;
      throw new TravelTimeProblem("grid-invalid", message, { epsg: grid.epsg ?? "" });
    }
    checkRaster(movement.elevation);
    checkSameGrid(grid, movement.elevation.grid);
  }
  if (movement.kind === "langmuir") checkLangmuir(walk);
  if (movement.kind === "modes" && movement.mode.length !== friction.data.length) {
    const [modes, cells] = [movement.mode.length, friction.data.length];
    throw new TravelTimeProblem("grids-differ", `${modes} modes do not fit ${cells} cells.`, { modes, cells });
  }
  const perCell = movement.kind === "friction" && movement.per !== "units";
  const lengths = perCell
    ? moveLengths(1, grid.cellHeight / grid.cellWidth)
    : moveLengths(grid.cellWidth, grid.cellHeight);
  const layout = tileLayout(grid.columns, grid.rows);
  const range = known ?? frictionRange(friction.data);
  return {
    grid,
    layout,
    movement,
    lengths,
    walk,
    ...placeSources(layout, friction.data, sources),
    search: {
      moves: knight ? 16 : 8,
      strict: strictDiagonals,
      bucket: bucketWidth(movement, walk, lengths, range),
    },
    unreached: nextAbove(maximum),
    range,
  };
}
