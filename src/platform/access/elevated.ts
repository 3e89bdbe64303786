import { AsyncLocalStorage } from "node:async_hooks";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
} from "kysely";
import type { Schema, Tx } from "../database/types.ts";

const current = new AsyncLocalStorage<Tx>();

/**
 * Runs work on the account tables inside a request's transaction. Those tables are closed to the role in which requests
 * run, so the owner's role is taken for the time of `work` and given back afterwards, also when it fails. Everything
 * that the account library does meanwhile happens in this transaction too.
 * @returns what `work` returns
 */
export async function elevated<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const { rows } = await sql<{ role: string }>`select current_setting('role') as role`.execute(tx);
  const before = rows[0]?.role ?? "none";
  const take = (role: string) => sql`select set_config('role', ${role}, true)`.execute(tx);
  if (before !== "none") await take("none");
  try {
    return await current.run(tx, work);
  } finally {
    // A failed transaction takes no statement any more; its rollback gives the role back.
    if (before !== "none") await take(before).catch(() => undefined);
  }
}

/** Columns of the account tables that the library wants as `Date`; elsewhere the program reads ISO texts. */
const dateColumns = new Set([
  "created_at",
  "updated_at",
  "expires_at",
  "access_token_expires_at",
  "refresh_token_expires_at",
  "last_seen_at",
  "rotated_at",
  "locked_until",
]);

function withDates<R>(result: QueryResult<R>): QueryResult<R> {
  for (const row of result.rows as Record<string, unknown>[]) {
    for (const [name, value] of Object.entries(row)) {
      if (typeof value === "string" && dateColumns.has(name)) row[name] = new Date(value);
    }
  }
  return result;
}

/** A connection that belongs to somebody else: the surrounding transaction, or one lent by the owner's pool. */
interface Lent extends DatabaseConnection {
  inTransaction: boolean;
  release(): void;
}

const noStream = (): never => {
  throw new Error("The account library does not stream");
};

function lend(owner: Kysely<Schema>): Promise<Lent> {
  return new Promise((resolve, reject) => {
    owner
      .getExecutor()
      .provideConnection(
        (connection) =>
          new Promise<void>((release) => {
            resolve({
              inTransaction: false,
              executeQuery: async <R>(query: CompiledQuery) => withDates(await connection.executeQuery<R>(query)),
              streamQuery: noStream,
              release,
            });
          }),
      )
      .catch(reject);
  });
}

class LentDriver implements Driver {
  readonly #owner: Kysely<Schema>;

  constructor(owner: Kysely<Schema>) {
    this.#owner = owner;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Lent> {
    const tx = current.getStore();
    if (!tx) return lend(this.#owner);
    return {
      inTransaction: true,
      executeQuery: async <R>(query: CompiledQuery) => withDates(await tx.executeQuery<R>(query)),
      streamQuery: noStream,
      release: () => {},
    };
  }

  async beginTransaction(connection: Lent): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(connection.inTransaction ? "savepoint access" : "begin"));
  }

  async commitTransaction(connection: Lent): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(connection.inTransaction ? "release savepoint access" : "commit"));
  }

  async rollbackTransaction(connection: Lent): Promise<void> {
    await connection.executeQuery(
      CompiledQuery.raw(connection.inTransaction ? "rollback to savepoint access" : "rollback"),
    );
  }

  async releaseConnection(connection: Lent): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {}
}

/**
 * The database as the account library sees it: statements go to the transaction that `elevated` is in, and without one
 * to the owner's connections.
 */
export function accountDatabase(owner: Kysely<Schema>): Kysely<Schema> {
  const driver = new LentDriver(owner);
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}
