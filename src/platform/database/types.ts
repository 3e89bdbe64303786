import type { Kysely, Transaction } from "kysely";
import type { Schema } from "./schema.generated.ts";

export type { Schema };

/** A handle inside one transaction; every read and write of the program goes through one. */
export type Tx = Transaction<Schema>;

/** Who is asking, as row-level security sees it. Levels are ranks of sensitivity, 0 to 3. */
export interface Claims {
  /** Null for the public and for the program itself. */
  accountId: string | null;
  /** Level of records that may be seen in any country. */
  baseLevel: number;
  /** Level per country, where it is higher than the base. */
  countryLevels: Readonly<Record<string, number>>;
  /** Organisations whose own records are always visible. */
  organisations: readonly string[];
  /** Countries whose records may be changed; `*` for all. */
  writes: readonly string[];
  /** May read the audit log and account tables. */
  administers: boolean;
}

/** Sees and may change everything: command line, jobs and start-up. */
export const programClaims: Claims = {
  accountId: null,
  baseLevel: 3,
  countryLevels: {},
  organisations: [],
  writes: ["*"],
  administers: true,
};

/** Someone without an account. */
export const publicClaims: Claims = {
  accountId: null,
  baseLevel: 0,
  countryLevels: {},
  organisations: [],
  writes: [],
  administers: false,
};

export interface TransactionOptions {
  readOnly?: boolean;
  /** Longest time of one statement in milliseconds, on PostgreSQL. */
  statementTimeout?: number;
}

/** An open database: PostgreSQL by address, or PGlite in a directory. One code path above this line. */
export interface Database {
  readonly kind: "postgres" | "embedded";
  /** For migrations, libraries and health checks; not for requests, which pass through `transaction`. */
  readonly owner: Kysely<Schema>;
  /** Runs `work` in a transaction as the application's role with the given claims; rolls back when it throws. */
  transaction<T>(claims: Claims, work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Runs one SQL text as the owner, outside a transaction; used by the job queue. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  /** Calls `listener` with the payload of every notification on a channel, after commit; also from other processes. */
  listen(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
