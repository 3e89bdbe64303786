import { seededRandom } from "../../platform/kernel/random.ts";
import type { Indicator, Prepared } from "./model-priority.ts";
import { rankPrepared } from "./model-priority.ts";

/** A weight at which the first rank changes hands. */
export interface Turn {
  /** The weight at which another option draws level; beyond it, that one leads. */
  weight: number;
  /** How much that differs from the weight in force. */
  by: number;
  /** The option that takes the lead. */
  leader: string;
}

/** How firmly the first rank stands against one weight. */
export interface WeightTolerance {
  indicator: Indicator;
  weight: number;
  /** Null when no heavier weight changes the first rank. */
  heavier: Turn | null;
  /** Null when even leaving the criterion out changes nothing. */
  lighter: Turn | null;
}

/** A difference smaller than this is rounding of the machine, not of the data. */
const level = 1e-12;

/**
 * By how much each weight alone, the others as they are, must change until the first rank changes hands. With weights
 * w and parts p, the lead of a over b is Σ w·(p_a − p_b), linear in each weight, so the turning point is where that is
 * zero; dividing by the sum of weights does not move it.
 * @param weights the weights in force, in the order of the set
 */
export function weightTolerances(prepared: Prepared, weights?: readonly number[]): WeightTolerance[] {
  const { criteria } = prepared.set;
  const used = criteria.map(({ weight }, at) => Math.max(0, weights?.[at] ?? weight));
  const first = rankPrepared(prepared, used)[0];
  const at = first ? prepared.ids.indexOf(first.id) : -1;
  const lead = prepared.parts[at] ?? [];
  return criteria.map(({ indicator }, column) => {
    const weight = used[column] as number;
    let heavier: Turn | null = null;
    let lighter: Turn | null = null;
    prepared.parts.forEach((row, other) => {
      if (other === at) return;
      const gap = used.reduce((sum, each, k) => sum + each * ((lead[k] ?? 0) - (row[k] ?? 0)), 0);
      const slope = (lead[column] ?? 0) - (row[column] ?? 0);
      if (Math.abs(slope) < level) return;
      const by = -Math.max(0, gap) / slope;
      const turn: Turn = { weight: weight + by, by, leader: prepared.ids[other] as string };
      // A rival that is better in this criterion gains by more weight, one that is worse by less.
      if (slope < 0) {
        if (heavier === null || by < (heavier as Turn).by) heavier = turn;
      } else if (turn.weight >= -level && (lighter === null || by > (lighter as Turn).by)) {
        lighter = { ...turn, weight: Math.max(0, turn.weight) };
      }
    });
    return { indicator, weight, heavier, lighter };
  });
}

/**
 * In what share of random sets of weights each option comes first. Weights are drawn evenly over all sets that add up
 * to one (normalised exponential draws); options level at the top share the draw.
 * @param draws how many sets; the standard error of a share s is √(s·(1−s)/draws)
 * @returns the share of every option that came first at least once, largest first; the shares add up to 1
 */
export function firstRankShares(
  prepared: Prepared,
  { seed, draws }: { seed: number; draws: number },
): { id: string; share: number }[] {
  const random = seededRandom(seed);
  const { criteria } = prepared.set;
  const wins = new Map<number, number>();
  if (prepared.ids.length === 0 || criteria.length === 0 || draws < 1) return [];
  const rivals = undominated(prepared);
  for (let draw = 0; draw < draws; draw++) {
    const weights = criteria.map(() => -Math.log(1 - random()));
    let best = Number.NEGATIVE_INFINITY;
    let leaders: number[] = [];
    for (const at of rivals) {
      const row = prepared.parts[at] as readonly number[];
      let score = 0;
      for (let k = 0; k < weights.length; k++) score += (row[k] as number) * (weights[k] as number);
      if (score > best + level) {
        best = score;
        leaders = [at];
      } else if (score >= best - level) leaders.push(at);
    }
    for (const at of leaders) wins.set(at, (wins.get(at) ?? 0) + 1 / leaders.length);
  }
  return [...wins]
    .map(([at, count]) => ({ id: prepared.ids[at] as string, share: count / draws }))
    .sort((a, b) => b.share - a.share);
}

/** The options that some weights could put first: no other is at least as good everywhere and better somewhere. */
function undominated(prepared: Prepared): number[] {
  // Good ones first, so that most of the others meet their better at once.
  const order = prepared.ids.map((_, at) => at);
  const total = prepared.parts.map((row) => row.reduce((sum, part) => sum + part, 0));
  order.sort((a, b) => (total[b] as number) - (total[a] as number));
  const kept: number[] = [];
  for (const at of order) {
    const row = prepared.parts[at] as readonly number[];
    const beaten = kept.some((other) => {
      const rival = prepared.parts[other] as readonly number[];
      return row.every((part, k) => (rival[k] as number) >= part) && row.some((part, k) => (rival[k] as number) > part);
    });
    if (!beaten) kept.push(at);
  }
  return kept.sort((a, b) => a - b);
}
