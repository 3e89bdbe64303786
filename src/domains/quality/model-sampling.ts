/**
 * The chance that a sample finds nothing although items are left, so that bad land is accepted: (1 − f·q)^K.
 * @param residual K, how many items are left
 * @param fraction f, the share of the area that is searched again, 0..1
 * @param detection q, the chance of finding an item that lies in the sample, 0..1
 * @throws RangeError for a share outside 0..1 or a negative number of items
 */
export function acceptProbability(residual: number, fraction: number, detection: number): number {
  share(fraction);
  share(detection);
  if (!(residual >= 0)) throw new RangeError("A number of items is not negative");
  return (1 - fraction * detection) ** residual;
}

/**
 * The share of the area to be searched again so that land with K items left is accepted with a chance of at most β:
 * f = (1 − β^(1/K)) / q.
 * @param risk β, the consumer's risk, between 0 and 1
 * @returns the share; null when even searching everything again does not reach it, because the search misses too much
 */
export function fractionNeeded(residual: number, risk: number, detection: number): number | null {
  share(detection);
  if (!(risk > 0 && risk < 1)) throw new RangeError("A risk lies between 0 and 1");
  if (!(residual > 0)) throw new RangeError("There must be an item to be missed");
  const fraction = (1 - risk ** (1 / residual)) / detection;
  return fraction <= 1 ? fraction : null;
}

/**
 * The chance that none of n boxes drawn without putting back, out of N of which D are bad, is bad: C(N−D, n) / C(N, n).
 * Multiplied out as ratios, so that large lots do not overflow.
 * @throws RangeError unless 0 ≤ n ≤ N and 0 ≤ D ≤ N, whole numbers
 */
export function lotAcceptProbability(boxes: number, drawn: number, bad: number): number {
  for (const count of [boxes, drawn, bad])
    if (!Number.isSafeInteger(count) || count < 0 || count > boxes) throw new RangeError("Counts of a lot do not fit");
  if (drawn > boxes - bad) return 0;
  let chance = 1;
  for (let i = 0; i < bad; i++) chance *= (boxes - drawn - i) / (boxes - i);
  return chance;
}

/** The fewest boxes to draw so that a lot with D bad ones passes with a chance of at most β. */
export function boxesNeeded(boxes: number, bad: number, risk: number): number {
  if (!(risk > 0 && risk < 1)) throw new RangeError("A risk lies between 0 and 1");
  if (bad < 1) throw new RangeError("There must be a bad box to be missed");
  let low = 0;
  let high = boxes;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lotAcceptProbability(boxes, middle, bad) <= risk) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * How many items are left after clearance and control, on average, and the chance of at least one: λ = Λ₀(1−q_c)(1−f·q)
 * and 1 − e^−λ.
 * @param before Λ₀, the items that were there
 * @param clearance q_c, the share that clearance finds
 */
export function residual(
  before: number,
  clearance: number,
  fraction: number,
  detection: number,
): { expected: number; chanceOfAny: number } {
  for (const each of [clearance, fraction, detection]) share(each);
  const expected = before * (1 - clearance) * (1 - fraction * detection);
  return { expected, chanceOfAny: -Math.expm1(-expected) };
}

/**
 * What a sample without a find rules out: with more items left than this, the chance of finding none would have been
 * below β. The answer is the largest number of items that cannot be ruled out: ⌊ln β / ln(1 − f·q)⌋.
 * @returns null when the sample rules out nothing, because nothing was searched or nothing would have been found
 */
export function notRuledOut(fraction: number, detection: number, risk: number): number | null {
  share(fraction);
  share(detection);
  if (!(risk > 0 && risk < 1)) throw new RangeError("A risk lies between 0 and 1");
  const found = fraction * detection;
  if (found <= 0) return null;
  if (found >= 1) return 0;
  return Math.floor(Math.log(risk) / Math.log1p(-found) + 1e-9);
}

function share(value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError("A share lies between 0 and 1");
}
