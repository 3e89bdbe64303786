/** How many requests a caller may send: a bucket of `burst` that fills by `perMinute`. */
export interface RateLimit {
  burst: number;
  perMinute: number;
}

/** Limits by the class that a route declares. */
export const defaultLimits: Readonly<Record<"normal" | "sign-in" | "heavy", RateLimit>> = {
  normal: { burst: 300, perMinute: 1200 },
  "sign-in": { burst: 20, perMinute: 20 },
  heavy: { burst: 20, perMinute: 30 },
};

/**
 * Counts requests per key in this process.
 * @returns asks for one request: 0 when it may pass, else the seconds to wait
 */
export function createRateLimiter(
  limits: Readonly<Record<string, RateLimit>> = defaultLimits,
): (kind: string, key: string, now: number) => number {
  const buckets = new Map<string, { tokens: number; at: number }>();
  let swept = 0;
  return (kind, key, now) => {
    const limit = limits[kind] ?? (limits.normal as RateLimit);
    const perMillisecond = limit.perMinute / 60_000;
    if (now - swept > 60_000) {
      swept = now;
      for (const [name, bucket] of buckets) if (now - bucket.at > 600_000) buckets.delete(name);
    }
    const name = `${kind} ${key}`;
    const bucket = buckets.get(name) ?? { tokens: limit.burst, at: now };
    bucket.tokens = Math.min(limit.burst, bucket.tokens + (now - bucket.at) * perMillisecond);
    bucket.at = now;
    buckets.set(name, bucket);
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perMillisecond / 1000);
    bucket.tokens -= 1;
    return 0;
  };
}
