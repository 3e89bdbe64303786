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

/** What candidates cost, and how much may be spent: each choice is the one that gains most for its cost. */
export interface Spending {
  /** By candidate, above 0. Default 1 each. */
  readonly costs?: ArrayLike<number>;
  /** Default: no limit. Candidates that what is left does not pay are passed over. */
  readonly budget?: number;
}

/**
 * Lazy greedy choice (Minoux 1978). A candidate's gain never grows as others are chosen, so an old gain is a bound, and
 * only candidates whose bound is the highest are computed anew. In floating point too: the terms of a gain only shrink
 * and are added in one order, and rounding is monotone. So the answer is plain greedy's, the first of equals included.
 * `first` are the gains before anything is chosen, when they are known. With costs, what counts is gain for cost
 * (Khuller, Moss & Naor 1999); dividing by a constant is monotone too.
 */
export function chooseLazily(
  candidates: number,
  count: number,
  gainOf: (candidate: number) => number,
  choose: (candidate: number) => void,
  first?: Float64Array,
  { costs, budget = Number.POSITIVE_INFINITY }: Spending = {},
): Siting {
  checkSpending(candidates, { ...(costs ? { costs } : {}), budget });
  const bound = first?.slice() ?? Float64Array.from({ length: candidates }, (_, candidate) => gainOf(candidate));
  const round = new Int32Array(candidates);
  const costOf = (candidate: number) => (costs ? (costs[candidate] as number) : 1);
  const worth = bound.map((gain, candidate) => gain / costOf(candidate));
  let left = budget;
  const before = (a: number, b: number) =>
    (worth[a] as number) > (worth[b] as number) || (worth[a] === worth[b] && a < b);
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
  const dropTop = () => {
    const last = heap.pop() as number;
    if (heap.length > 0) {
      heap[0] = last;
      sink(0);
    }
  };
  while (chosen.length < count && heap.length > 0) {
    const top = heap[0] as number;
    if (costOf(top) > left) {
      dropTop();
      continue;
    }
    if (round[top] !== chosen.length) {
      bound[top] = gainOf(top);
      worth[top] = (bound[top] as number) / costOf(top);
      round[top] = chosen.length;
      evaluations++;
      sink(0);
      continue;
    }
    if (!((bound[top] as number) > 0)) break;
    chosen.push(top);
    gains.push(bound[top] as number);
    choose(top);
    left -= costOf(top);
    dropTop();
  }
  return { chosen, gains, evaluations };
}

/** Refuses a number of services that is none (`value-invalid`). */
export function checkCount(count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new TravelTimeProblem("value-invalid", `${count} services cannot be placed.`, { count });
  }
}

/** Refuses costs that are none, or not one for each candidate, and budgets below 0 (`value-invalid`). */
export function checkSpending(candidates: number, { costs, budget = 0 }: Spending): void {
  const refuse = (message: string, details: Record<string, number>) => {
    throw new TravelTimeProblem("value-invalid", message, details);
  };
  if (!(budget >= 0)) refuse(`A budget of ${budget} pays nothing.`, { budget });
  if (!costs) return;
  if (costs.length !== candidates) refuse(`${costs.length} costs for ${candidates} candidates.`, { candidates });
  for (let i = 0; i < costs.length; i++) {
    const cost = costs[i] as number;
    if (!(cost > 0 && cost < Number.POSITIVE_INFINITY)) refuse(`Candidate ${i} costs ${cost}.`, { candidate: i, cost });
  }
}

const peopleIn = (population: Float32Array | Float64Array, cell: number) => {
  const people = population[cell] as number;
  return people > 0 ? people : 0;
};

/**
 * Maximal covering (Church & ReVelle 1974) by greedy choice: at most `count` candidates, each the one that brings the
 * most people within reach who were not, until nobody is added. At least 1 - 1/e of the best possible. With costs and a
 * budget each choice is the one that brings most for its cost.
 */
export function siteByCoverage(
  candidates: readonly Catchment[],
  population: Float32Array | Float64Array,
  count: number,
  { existing = [], ...spending }: Existing & Spending = {},
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
  const choose = (candidate: number) => cover(candidates[candidate] as Catchment);
  return chooseLazily(candidates.length, count, gainOf, choose, undefined, spending);
}

/**
 * p-median by greedy choice: at most `count` candidates, each the one that saves the most people × time, where people
 * travel to their nearest service and those out of all reach count `beyond` (at least every time in the catchments).
 */
export function siteByTime(
  candidates: readonly Catchment[],
  population: Float32Array | Float64Array,
  count: number,
  { existing = [], beyond, ...spending }: Existing & Spending & { readonly beyond: number },
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
  const choose = (candidate: number) => approach(candidates[candidate] as Catchment);
  return chooseLazily(candidates.length, count, gainOf, choose, undefined, spending);
}
