import { TravelTimeProblem } from "../problem.ts";
import type { Catchment } from "./catchments.ts";

/** Where to put services. */
export interface Siting {
  /** Chosen candidates in the order of choice: the first n are the choice for n services. */
  readonly chosen: readonly number[];
  /** What each adds: people covered, or people × time saved. */
  readonly gains: readonly number[];
  /** Gains computed; plain greedy computes candidates × services. */
  readonly evaluations: number;
}

/** What is in reach already: the catchments of the services that exist. */
interface Existing {
  readonly existing?: readonly Catchment[];
}

/**
 * Lazy greedy choice (Minoux 1978). A candidate's gain never grows as others are chosen, so an old gain is a bound, and
 * only candidates whose bound is the highest are computed anew. In floating point too: the terms of a gain only shrink
 * and are added in one order, and rounding is monotone. So the answer is plain greedy's, the first of equals included.
 * `first` are the gains before anything is chosen, when they are known.
 */
export function chooseLazily(
  candidates: number,
  count: number,
  gainOf: (candidate: number) => number,
  choose: (candidate: number) => void,
  first?: Float64Array,
): Siting {
  const bound = first?.slice() ?? Float64Array.from({ length: candidates }, (_, candidate) => gainOf(candidate));
  const round = new Int32Array(candidates);
  const before = (a: number, b: number) =>
    (bound[a] as number) > (bound[b] as number) || (bound[a] === bound[b] && a < b);
  const heap: number[] = [];
  const sink = (from: number) => {
    let at = from;
    const item = heap[at] as number;
    for (let child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && before(heap[child + 1] as number, heap[child] as number)) child++;
      if (!before(heap[child] as number, item)) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = item;
  };
  for (let candidate = 0; candidate < candidates; candidate++) heap.push(candidate);
  for (let at = heap.length >> 1; at >= 0 && heap.length > 0; at--) sink(at);

  let evaluations = candidates;
  const chosen: number[] = [];
  const gains: number[] = [];
  while (chosen.length < count && heap.length > 0) {
    const top = heap[0] as number;
    if (round[top] !== chosen.length) {
      bound[top] = gainOf(top);
      round[top] = chosen.length;
      evaluations++;
      sink(0);
      continue;
    }
    if (!((bound[top] as number) > 0)) break;
    chosen.push(top);
    gains.push(bound[top] as number);
    choose(top);
    const last = heap.pop() as number;
    if (heap.length > 0) {
      heap[0] = last;
      sink(0);
    }
  }
  return { chosen, gains, evaluations };
}

/** Refuses a number of services that is none (`value-invalid`). */
export function checkCount(count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new TravelTimeProblem("value-invalid", `${count} services cannot be placed.`, { count });
  }
}

const peopleIn = (population: Float32Array | Float64Array, cell: number) => {
  const people = population[cell] as number;
  return people > 0 ? people : 0;
};

/**
 * Maximal covering (Church & ReVelle 1974) by greedy choice: at most `count` candidates, each the one that brings the
 * most people within reach who were not, until nobody is added. At least 1 - 1/e of the best possible.
 */
export function siteByCoverage(
  candidates: readonly Catchment[],
  population: Float32Array | Float64Array,
  count: number,
  { existing = [] }: Existing = {},
): Siting {
  checkCount(count);
  const covered = new Uint8Array(population.length);
  const cover = ({ cells }: Catchment) => {
    for (const cell of cells) covered[cell] = 1;
  };
  existing.forEach(cover);
  const gainOf = (candidate: number) => {
    let people = 0;
    for (const cell of (candidates[candidate] as Catchment).cells) {
      if (!covered[cell]) people += peopleIn(population, cell);
    }
    return people;
  };
  return chooseLazily(candidates.length, count, gainOf, (candidate) => cover(candidates[candidate] as Catchment));
}

/**
 * p-median by greedy choice: at most `count` candidates, each the one that saves the most people × time, where people
 * travel to their nearest service and those out of all reach count `beyond` (at least every time in the catchments).
 */
export function siteByTime(
  candidates: readonly Catchment[],
  population: Float32Array | Float64Array,
  count: number,
  { existing = [], beyond }: Existing & { readonly beyond: number },
): Siting {
  checkCount(count);
  const nearest = new Float64Array(population.length).fill(beyond);
  const approach = ({ cells, times }: Catchment) => {
    cells.forEach((cell, i) => {
      nearest[cell] = Math.min(nearest[cell] as number, times[i] as number);
    });
  };
  existing.forEach(approach);
  const gainOf = (candidate: number) => {
    const { cells, times } = candidates[candidate] as Catchment;
    let saved = 0;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] as number;
      const less = (nearest[cell] as number) - (times[i] as number);
      if (less > 0) saved += peopleIn(population, cell) * less;
    }
    return saved;
  };
  return chooseLazily(candidates.length, count, gainOf, (candidate) => approach(candidates[candidate] as Catchment));
}
