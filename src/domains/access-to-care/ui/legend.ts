/** The minutes at which the colours of the map change: half the threshold, the threshold, twice the threshold. */
export function legendMinutes(threshold: number): number[] {
  return [threshold / 2, threshold, threshold * 2];
}
