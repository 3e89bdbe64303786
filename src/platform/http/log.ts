import { pino } from "pino";

/** One line of JSON a happening. Never values of records, names, addresses of people, or query strings. */
export interface Log {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** The program's log on standard error; `SANTI_LOG` sets the level (silent, error, warn, info). */
export function createLog(level = process.env.SANTI_LOG ?? "info"): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** What may be said of an error: its kind and place in the code, not its message, which may quote values. */
export function errorFields(cause: unknown): Record<string, unknown> {
  const error = cause as Error & { code?: unknown; constraint?: unknown };
  return {
    kind: error?.name ?? typeof cause,
    code: error?.code,
    constraint: error?.constraint,
    at: error?.stack
      ?.split("\n")
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 6)
      .map((line) => line.trim()),
  };
}
