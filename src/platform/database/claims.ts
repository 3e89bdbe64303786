import { type Kysely, sql } from "kysely";
import type { Claims, Schema, TransactionOptions, Tx } from "./types.ts";

/**
 * Runs work in a transaction as the role `santi_app` with claims that row-level security reads. Role and settings are
 * local to the transaction: the embedded database has one session, and PostgreSQL's pool reuses its own.
 */
export function claimsTransaction<T>(
  owner: Kysely<Schema>,
  claims: Claims,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
  mark: (work: () => Promise<T>) => Promise<T> = (run) => run(),
): Promise<T> {
  const levels = (level: number) =>
    `{${Object.entries(claims.countryLevels)
      .filter(([, l]) => l >= level)
      .map(([country]) => country)
      .join(",")}}`;
  const builder = owner.transaction();
  return (options.readOnly ? builder.setAccessMode("read only") : builder).execute(async (tx) => {
    await sql`select
      set_config('santi.account', ${claims.accountId ?? ""}, true),
      set_config('santi.base_level', ${String(claims.baseLevel)}, true),
      set_config('santi.countries_1', ${levels(1)}, true),
      set_config('santi.countries_2', ${levels(2)}, true),
      set_config('santi.countries_3', ${levels(3)}, true),
      set_config('santi.organisations', ${`{${claims.organisations.join(",")}}`}, true),
      set_config('santi.writes', ${`{${claims.writes.join(",")}}`}, true),
      set_config('santi.administers', ${claims.administers ? "t" : "f"}, true),
      set_config('statement_timeout', ${String(options.statementTimeout ?? 60_000)}, true),
      set_config('role', 'santi_app', true)`.execute(tx);
    return mark(() => work(tx));
  });
}
