import { TravelTimeProblem } from "../problem.ts";
import type { Catchment } from "./catchments.ts";

/** How willingness to travel falls with time; weights lie between 0 and 1. */
export type Decay =
  /** 1 in the whole catchment. */
  | { readonly kind: "none" }
  /** `weights[i]` up to and including `until[i]` (ascending), 0 beyond the last. */
  | { readonly kind: "steps"; readonly until: readonly number[]; readonly weights: readonly number[] }
  /** exp(-t² / (2 bandwidth²)). */
  | { readonly kind: "gaussian"; readonly bandwidth: number }
  /** exp(-t / scale). */
  | { readonly kind: "exponential"; readonly scale: number }
  /** From 1 at 0 down to 0 at `end`. */
  | { readonly kind: "linear"; readonly end: number };

/** Which floating catchment method; with steps or another decay the two-step one is the enhanced (E2SFCA). */
export type AccessMethod = "two-step" | "three-step";

/** Access to services. */
export interface AccessScores {
  /** By cell: supply within reach for each person; 0 where no service reaches. */
  readonly score: Float64Array;
  /** By service: supply for each (weighted) person in its catchment; 0 when nobody is. */
  readonly ratio: Float64Array;
  /** By service: the weighted people in its catchment. */
  readonly demand: Float64Array;
}

const refuse = (message: string, details: Record<string, number | string> = {}) => {
  throw new TravelTimeProblem("value-invalid", message, details);
};

/** The weight of a travel time under a decay. Refuses decays that make no sense (`value-invalid`). */
export function decayWeights(decay: Decay): (time: number) => number {
  switch (decay.kind) {
    case "none":
      return () => 1;
    case "steps": {
      const { until, weights } = decay;
      const ascending = until.every((end, i) => end >= 0 && (i === 0 || end > (until[i - 1] as number)));
      if (until.length !== weights.length || until.length === 0 || !ascending) {
        refuse("Steps need ascending times and a weight for each.", { until: until.join(), weights: weights.join() });
      }
      if (!weights.every((weight) => weight >= 0 && weight <= 1)) refuse("Weights lie between 0 and 1.");
      return (time) => {
        for (let i = 0; i < until.length; i++) if (time <= (until[i] as number)) return weights[i] as number;
        return 0;
      };
    }
    case "gaussian": {
      const { bandwidth } = decay;
      if (!(bandwidth > 0)) refuse(`A bandwidth of ${bandwidth} has no width.`, { bandwidth });
      return (time) => Math.exp(-(time * time) / (2 * bandwidth * bandwidth));
    }
    case "exponential": {
      const { scale } = decay;
      if (!(scale > 0)) refuse(`A scale of ${scale} has no width.`, { scale });
      return (time) => Math.exp(-time / scale);
    }
    case "linear": {
      const { end } = decay;
      if (!(end > 0)) refuse(`A decay that ends at ${end} never starts.`, { end });
      return (time) => Math.max(0, 1 - time / end);
    }
  }
}

/** Refuses amounts below 0 or without end (`value-invalid`). */
export function checkAmounts(name: string, amounts: ArrayLike<number>): void {
  for (let i = 0; i < amounts.length; i++) {
    const amount = amounts[i] as number;
    if (amount < 0 || amount === Number.POSITIVE_INFINITY) refuse(`${name} ${i} is ${amount}.`, { index: i, amount });
  }
}

/**
 * Floating catchment scores for each cell.
 *
 * Two-step (Luo & Wang 2003; enhanced: Luo & Qi 2009): a service's ratio is its supply over the people in its catchment,
 * each with the weight of their travel time; a cell's score is the sum of the ratios of the services in its reach, with
 * the same weights. Three-step (Wan, Zou & Sternberg 2012) first splits the people of a cell over the services in reach
 * in proportion to their weights, so that competing services do not each count all of them.
 *
 * `population` is people by cell (NaN counts as nobody), `supply` one number for each catchment. Refuses negative or
 * infinite amounts and lists that do not fit (`value-invalid`).
 */
export function accessScores(
  catchments: readonly Catchment[],
  population: Float32Array | Float64Array,
  supply: readonly number[],
  { method = "two-step", decay = { kind: "none" } }: { method?: AccessMethod; decay?: Decay } = {},
): AccessScores {
  if (supply.length !== catchments.length) refuse(`${supply.length} supplies for ${catchments.length} catchments.`);
  checkAmounts("Supply", supply);
  checkAmounts("Population", population);
  const weightOf = decayWeights(decay);
  const weights = catchments.map(({ times }) => times.map(weightOf));
  const share = method === "three-step" ? selection(catchments, weights, population.length) : undefined;

  const demand = new Float64Array(catchments.length);
  const ratio = new Float64Array(catchments.length);
  catchments.forEach(({ cells }, service) => {
    const weight = weights[service] as Float64Array;
    let people = 0;
    for (let i = 0; i < cells.length; i++) {
      const count = population[cells[i] as number] as number;
      if (count > 0) people += count * pull(weight[i] as number, share?.[cells[i] as number]);
    }
    demand[service] = people;
    ratio[service] = people > 0 ? (supply[service] as number) / people : 0;
  });
  const score = new Float64Array(population.length);
  catchments.forEach(({ cells }, service) => {
    const weight = weights[service] as Float64Array;
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] as number;
      score[cell] = (score[cell] as number) + (ratio[service] as number) * pull(weight[i] as number, share?.[cell]);
    }
  });
  return { score, ratio, demand };
}

/** A weight, times the share of a cell's people that choose the service when `total` is the sum of the cell's weights. */
const pull = (weight: number, total: number | undefined): number =>
  total === undefined ? weight : total > 0 ? (weight * weight) / total : 0;

function selection(catchments: readonly Catchment[], weights: readonly Float64Array[], cells: number): Float64Array {
  const total = new Float64Array(cells);
  catchments.forEach((catchment, service) => {
    const weight = weights[service] as Float64Array;
    catchment.cells.forEach((cell, i) => {
      total[cell] = (total[cell] as number) + (weight[i] as number);
    });
  });
  return total;
}
