import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** Prometheus measurements of one server. */
export interface Metrics {
  registry: Registry;
  observe(method: string, route: string, status: number, seconds: number): void;
  count(name: "tiles_cached" | "tiles_made" | "rate_limited", by?: number): void;
}

/** Makes the measurements; each server has its own registry, so that several can live in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "santi_request_seconds",
    help: "Time from request to answer",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const counters = {
    tiles_cached: new Counter({
      name: "santi_tiles_cached_total",
      help: "Tiles answered from memory",
      registers: [registry],
    }),
    tiles_made: new Counter({ name: "santi_tiles_made_total", help: "Tiles encoded", registers: [registry] }),
    rate_limited: new Counter({
      name: "santi_rate_limited_total",
      help: "Requests refused by a rate limit",
      registers: [registry],
    }),
  };
  return {
    registry,
    observe: (method, route, status, seconds) => duration.labels(method, route, String(status)).observe(seconds),
    count: (name, by = 1) => counters[name].inc(by),
  };
}
