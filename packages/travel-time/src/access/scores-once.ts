import type { Source } from "../travel.ts";
import type { CatchmentSearch } from "./catchments.ts";

/** What one service adds to the scores: by cell in reach, and its own figures. */
export interface ServiceShare {
  readonly cells: Int32Array;
  /** What each of the cells gains: ratio × weight. */
  readonly adds: Float64Array;
  readonly ratio: number;
  readonly demand: number;
}

/**
 * The share of one service in two-step scores, in one search: its ratio needs its own catchment only. `population` is
 * people by cell, NaN nobody.
 */
export function serviceShare(
  search: CatchmentSearch,
  source: Source,
  population: Float32Array | Float64Array,
  supply: number,
  weightOf: (time: number) => number,
): ServiceShare {
  const cells: number[] = [];
  const weights: number[] = [];
  let demand = 0;
  search.visit(source, (cell, time) => {
    const weight = weightOf(time);
    if (weight === 0) return;
    cells.push(cell);
    weights.push(weight);
    const people = population[cell] as number;
    if (people > 0) demand += people * weight;
  });
  const ratio = demand > 0 ? supply / demand : 0;
  const adds = Float64Array.from(weights);
  for (let i = 0; i < adds.length; i++) adds[i] = (adds[i] as number) * ratio;
  return { cells: Int32Array.from(cells), adds, ratio, demand };
}
