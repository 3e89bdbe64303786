/** Runs some work and gives its time in milliseconds with its result. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** The middle, the 95th percentile and the largest of some times. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly slowest: number;
}

/** Percentiles of at least one time, each a time that was measured (nearest rank, rounded up). */
export function percentiles(times: readonly number[]): Percentiles {
  const sorted = times.toSorted((one, two) => one - two);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] as number;
  return { p50: at(0.5), p95: at(0.95), slowest: at(1) };
}
