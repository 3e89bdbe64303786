import { existsSync, readFileSync } from "node:fs";

/** Milliseconds of processor that this process has used so far, all its threads together. */
export function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of processor that another process has used, to ten of them; null where the system does not tell. */
export function cpuOf(pid: number): number | null {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return null;
  // After the name in brackets: the state and ten other fields, then time in the program and in the system.
  const fields = readFileSync(path, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

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
