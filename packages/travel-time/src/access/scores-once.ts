import type { Source } from "../travel.ts";
import type { CatchmentSearch } from "./catchments.ts";

/** What one service adds to the scores: by cell in reach, and its own figures. */
export interface ServiceShare {
  /** How many cells are in reach; the lists may be longer. */
  readonly count: number;
  readonly cells: Int32Array;
  /** What each of the cells gains: ratio × weight. */
  readonly adds: Float64Array;
  readonly ratio: number;
  readonly demand: number;
}

/** Lists of an earlier share, to be filled again: memory that is touched for the first time costs as much as a search. */
export type SpareLists = Pick<ServiceShare, "cells" | "adds">;

/**
 * The share of one service in two-step scores, in one search: its ratio needs its own catchment only. `population` is
 * people by cell, NaN nobody. The answer's lists are those of `spare` when they are long enough.
 */
export function serviceShare(
  search: CatchmentSearch,
  source: Source,
  population: Float32Array | Float64Array,
  supply: number,
  weightOf: (time: number) => number,
  spare: SpareLists = { cells: new Int32Array(1024), adds: new Float64Array(1024) },
): ServiceShare {
  let { cells, adds } = spare;
  let count = 0;
  let demand = 0;
  search.blocks(source, (found, times) => {
    if (count + found.length > cells.length) {
      const length = 2 * (count + found.length);
      const [more, longer] = [new Int32Array(length), new Float64Array(length)];
      more.set(cells.subarray(0, count));
      longer.set(adds.subarray(0, count));
      cells = more;
      adds = longer;
    }
    for (let i = 0; i < found.length; i++) {
      const weight = weightOf(times[i] as number);
      if (weight === 0) continue;
      const cell = found[i] as number;
      cells[count] = cell;
      adds[count++] = weight;
      const people = population[cell] as number;
      if (people > 0) demand += people * weight;
    }
  });
  const ratio = demand > 0 ? supply / demand : 0;
  for (let i = 0; i < count; i++) adds[i] = (adds[i] as number) * ratio;
  return { count, cells, adds, ratio, demand };
}
