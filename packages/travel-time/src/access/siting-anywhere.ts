import type { Raster } from "../raster/raster.ts";
import { type Catchment, type CatchmentOptions, catchmentSearch } from "./catchments.ts";
import { checkCount, chooseLazily, type Siting, type Spending } from "./siting.ts";

/** How far a choice among all cells has come. */
export interface SitingProgress {
  readonly evaluations: number;
  readonly candidates: number;
}

/** How to choose among all cells. */
export interface AnywhereOptions extends CatchmentOptions, Spending {
  /** Catchments of the services that exist. */
  readonly existing?: readonly Catchment[];
  /** What each candidate gains before any is chosen, when it is known already. */
  readonly gains?: Float64Array;
  /** Told about every thousand evaluations; what it throws ends the search. */
  readonly onProgress?: (progress: SitingProgress) => void;
}

/** The cells in which somebody lives and somebody can move. */
export function populatedCells(friction: Raster, population: Float32Array | Float64Array): Int32Array {
  const cells: number[] = [];
  for (let cell = 0; cell < population.length; cell++) {
    if ((population[cell] as number) > 0 && !Number.isNaN(friction.data[cell])) cells.push(cell);
  }
  return Int32Array.from(cells);
}

/**
 * `siteByCoverage` for more candidates than memory holds catchments of, such as every populated cell: each catchment is
 * searched when its gain is asked for, and forgotten. `chosen` are places in the list `candidates`. The answer is plain
 * greedy's; the time is that of one search for each evaluation.
 */
export function siteAnywhere(
  friction: Raster,
  candidates: Int32Array,
  population: Float32Array | Float64Array,
  count: number,
  options: AnywhereOptions,
): Siting {
  checkCount(count);
  const search = catchmentSearch(friction, options);
  // People who are not covered yet: what is covered no longer counts.
  const left = Float64Array.from(population, (people) => (people > 0 ? people : 0));
  for (const { cells } of options.existing ?? []) for (const cell of cells) left[cell] = 0;
  let evaluations = 0;
  const gainOf = (candidate: number) => {
    let people = 0;
    search.blocks({ cell: candidates[candidate] as number }, (cells) => {
      for (let i = 0; i < cells.length; i++) people += left[cells[i] as number] as number;
    });
    evaluations++;
    if (evaluations % 1000 === 0) options.onProgress?.({ evaluations, candidates: candidates.length });
    return people;
  };
  const choose = (candidate: number) => {
    search.blocks({ cell: candidates[candidate] as number }, (cells) => {
      for (const cell of cells) left[cell] = 0;
    });
  };
  return chooseLazily(candidates.length, count, gainOf, choose, options.gains, options);
}
