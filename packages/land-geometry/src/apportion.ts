import { GeometryError } from "./problem.ts";

/**
 * Splits a whole number over parts in proportion to their sizes, so that the shares are whole and add up to it exactly
 * (the method of largest remainders; equal remainders go to the earlier part).
 *
 * Used wherever an area in square metres is spread over districts, years or land release steps and must still close.
 * @param total a whole number, negative for a correction
 * @param parts sizes, none negative; a part of size zero gets nothing
 * @returns one whole share for each part, each less than one away from its exact proportion
 * @throws GeometryError `area.total-not-integer`, `area.part-negative`, or `area.parts-empty` when there is something
 * to share out and no part of any size
 */
export function apportion(total: number, parts: readonly number[]): number[] {
  if (!Number.isSafeInteger(total)) throw new GeometryError("area.total-not-integer", { total });
  const wrong = parts.find((part) => !(part >= 0 && Number.isFinite(part)));
  if (wrong !== undefined) throw new GeometryError("area.part-negative", { part: wrong });
  if (total === 0) return parts.map(() => 0);
  // Dividing by the largest part first keeps the sum finite for any sizes.
  const largest = parts.reduce((most, part) => Math.max(most, part), 0);
  if (largest === 0) throw new GeometryError("area.parts-empty", { total });
  const weights = parts.map((part) => part / largest);
  const sum = weights.reduce((all, weight) => all + weight, 0);

  const size = Math.abs(total);
  const quotas = weights.map((weight) => size * (weight / sum));
  const shares = quotas.map(Math.floor);
  let left = size - shares.reduce((all, share) => all + share, 0);
  const byRemainder = quotas
    .map((quota, index) => ({ index, remainder: quota - Math.floor(quota) }))
    .filter(({ index }) => (weights[index] ?? 0) > 0)
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    shares[index] = (shares[index] ?? 0) + 1;
    left -= 1;
  }
  // Rounding in the quotas themselves can leave a unit over or short when the total is near the limit of whole numbers.
  const biggest = weights.indexOf(1);
  shares[biggest] = (shares[biggest] ?? 0) + left;
  return total < 0 ? shares.map((share) => (share === 0 ? 0 : -share)) : shares;
}
