/** What is known about an area that can decide its priority. `entered` ones are stated by people, the others computed. */
export const indicators = {
  "casualties-24-months": { source: "computed", kind: "count" },
  "area-hectares": { source: "computed", kind: "number" },
  "mines-present": { source: "computed", kind: "flag" },
  "uxo-present": { source: "computed", kind: "flag" },
  "blocked-cropland": { source: "entered", kind: "flag" },
  "blocked-pasture": { source: "entered", kind: "flag" },
  "blocked-irrigated-land": { source: "entered", kind: "flag" },
  "blocked-forest": { source: "entered", kind: "flag" },
  "blocked-drinking-water": { source: "entered", kind: "flag" },
  "blocked-other-water": { source: "entered", kind: "flag" },
  "blocked-housing": { source: "entered", kind: "flag" },
  "blocked-roads": { source: "entered", kind: "flag" },
  "blocked-services": { source: "entered", kind: "flag" },
  "blocked-other-infrastructure": { source: "entered", kind: "flag" },
  beneficiaries: { source: "entered", kind: "count" },
  "displaced-people-returning": { source: "entered", kind: "count" },
  "development-project": { source: "entered", kind: "flag" },
  cost: { source: "entered", kind: "number" },
} as const satisfies Record<string, { source: "computed" | "entered"; kind: "count" | "number" | "flag" }>;
export type Indicator = keyof typeof indicators;
export const indicatorNames = Object.keys(indicators) as Indicator[];

/** One criterion: what is looked at, how much it weighs, and whether more of it calls for work or speaks against it. */
export interface Criterion {
  indicator: Indicator;
  weight: number;
  direction: "benefit" | "cost";
}

/** A class of scores, from a score upwards. */
export interface ScoreClass {
  name: "high" | "medium" | "low";
  from: number;
}

/**
 * Criteria and how they make a score. `min-max`: each criterion is stretched to 0..1 over the options at hand, cost
 * turned round, and averaged by weight. `points`: weight times value, added up, so that a score means the same everywhere.
 */
export interface CriteriaSet {
  method: "min-max" | "points";
  criteria: readonly Criterion[];
  /** Highest first; empty when scores have no classes. */
  classes: readonly ScoreClass[];
}

const blockages = indicatorNames.filter((name) => name.startsWith("blocked-"));

/**
 * Sets that every node offers. `mine-impact-score` follows the Landmine Impact Survey: two kinds of contamination, ten
 * blocked kinds of access sharing ten points, and recent victims; its weights and thresholds are data that a country
 * may set. `benefit-and-cost` is a plain start for a weighted comparison.
 */
export const presets = {
  "mine-impact-score": {
    method: "points",
    criteria: [
      { indicator: "mines-present", weight: 2, direction: "benefit" },
      { indicator: "uxo-present", weight: 1, direction: "benefit" },
      ...blockages.map((indicator): Criterion => ({ indicator, weight: 1, direction: "benefit" })),
      { indicator: "casualties-24-months", weight: 2, direction: "benefit" },
    ],
    classes: [
      { name: "high", from: 11 },
      { name: "medium", from: 6 },
      { name: "low", from: 1 },
    ],
  },
  "benefit-and-cost": {
    method: "min-max",
    criteria: [
      { indicator: "casualties-24-months", weight: 0.4, direction: "benefit" },
      { indicator: "area-hectares", weight: 0.3, direction: "benefit" },
      { indicator: "beneficiaries", weight: 0.2, direction: "benefit" },
      { indicator: "cost", weight: 0.1, direction: "cost" },
    ],
    classes: [],
  },
} as const satisfies Record<string, CriteriaSet>;

/** One thing to be ranked, with what is known about it; null and absent are unknown, which is not zero. */
export interface Option {
  id: string;
  values: Readonly<Partial<Record<Indicator, number | null>>>;
}

/** Where an option stands. */
export interface Ranked {
  id: string;
  /** Unknown values count as what speaks least for work. */
  score: number;
  /** What the score would be if every unknown value spoke most for work. For points, unknown counts add nothing. */
  upTo: number;
  /** 1 for the first; equal scores share a rank. */
  rank: number;
  class: ScoreClass["name"] | null;
  /** What each criterion adds to the score, in the order of the set. */
  parts: readonly number[];
  unknown: readonly Indicator[];
  /** Score divided by cost; null when the cost is unknown or nothing. */
  valueForMoney: number | null;
}

/** Each option's part of every criterion before weights: 0..1 for `min-max`, the value itself for `points`. */
export interface Prepared {
  set: CriteriaSet;
  ids: readonly string[];
  /** Row by option, column by criterion. */
  parts: readonly (readonly number[])[];
  best: readonly (readonly number[])[];
  unknown: readonly (readonly Indicator[])[];
  costs: readonly (number | null)[];
}

const known = (value: number | null | undefined): value is number =>
  typeof value === "number" && Number.isFinite(value);

/**
 * Prepares options for scoring under any weights. In `min-max` a criterion by which the options do not differ decides
 * nothing and counts as 0 for all of them.
 */
export function prepareOptions(options: readonly Option[], set: CriteriaSet): Prepared {
  const ranges = set.criteria.map(({ indicator }) => {
    const values = options.map(({ values }) => values[indicator]).filter(known);
    // Not Math.min(...values): thousands of options would overflow the stack.
    return values.reduce<readonly [number, number]>(
      ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
  });
  const partOf = (criterion: Criterion, value: number, at: number): number => {
    const [low, high] = ranges[at] as readonly [number, number];
    if (set.method === "points") return criterion.direction === "cost" ? -value : value;
    if (high <= low) return 0;
    return criterion.direction === "cost" ? (high - value) / (high - low) : (value - low) / (high - low);
  };
  const unknownBest = (criterion: Criterion): number => {
    if (set.method === "min-max") return 1;
    return indicators[criterion.indicator].kind === "flag" && criterion.direction === "benefit" ? 1 : 0;
  };
  const parts: number[][] = [];
  const best: number[][] = [];
  const unknown: Indicator[][] = [];
  for (const { values } of options) {
    const row = set.criteria.map((criterion, at) => {
      const value = values[criterion.indicator];
      return known(value) ? partOf(criterion, value, at) : 0;
    });
    parts.push(row);
    best.push(
      set.criteria.map((criterion, at) =>
        known(values[criterion.indicator]) ? (row[at] as number) : unknownBest(criterion),
      ),
    );
    unknown.push(set.criteria.map(({ indicator }) => indicator).filter((indicator) => !known(values[indicator])));
  }
  const costs = options.map(({ values }) => (known(values.cost) && values.cost > 0 ? values.cost : null));
  return { set, ids: options.map(({ id }) => id), parts, best, unknown, costs };
}

const dot = (row: readonly number[], weights: readonly number[]): number =>
  row.reduce((sum, part, at) => sum + part * (weights[at] ?? 0), 0);

/** What weighted sums are divided by: the sum of weights in `min-max`, so that scores lie between 0 and 1. */
function divisor(set: CriteriaSet, weights: readonly number[]): number {
  if (set.method === "points") return 1;
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? sum : 1;
}

/** The class that a score falls into; null below all of them, or when there are none. */
export function classOf(score: number, classes: readonly ScoreClass[]): ScoreClass["name"] | null {
  const reached = classes.filter(({ from }) => score >= from);
  return (
    reached.reduce<ScoreClass | null>((best, each) => (best && best.from >= each.from ? best : each), null)?.name ??
    null
  );
}

/**
 * Ranks options, best first; equal scores share a rank and keep the order given.
 * @param weights other weights than the set's own, in its order; negative ones are taken as 0
 */
export function rankPrepared(prepared: Prepared, weights?: readonly number[]): Ranked[] {
  const { set } = prepared;
  const used = set.criteria.map(({ weight }, at) => Math.max(0, weights?.[at] ?? weight));
  const by = divisor(set, used);
  const scored = prepared.ids.map((id, at) => {
    const row = prepared.parts[at] as readonly number[];
    const score = dot(row, used) / by;
    const cost = prepared.costs[at] ?? null;
    return {
      id,
      score,
      upTo: dot(prepared.best[at] as readonly number[], used) / by,
      class: classOf(score, set.classes),
      parts: row.map((part, criterion) => (part * (used[criterion] ?? 0)) / by),
      unknown: prepared.unknown[at] ?? [],
      valueForMoney: cost === null ? null : score / cost,
    };
  });
  scored.sort((a, b) => b.score - a.score);
  let rank = 0;
  return scored.map((each, at) => {
    if (at === 0 || each.score < (scored[at - 1] as { score: number }).score) rank = at + 1;
    return { ...each, rank };
  });
}

/** Prepares and ranks in one step. */
export function rankOptions(options: readonly Option[], set: CriteriaSet, weights?: readonly number[]): Ranked[] {
  return rankPrepared(prepareOptions(options, set), weights);
}
