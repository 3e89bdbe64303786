import { AsyncLocalStorage } from "node:async_hooks";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from "kysely";
import { rootPath } from "../kernel/root.ts";
import { claimsTransaction } from "./claims.ts";
import { EmbeddedError, type EmbeddedReply, type EmbeddedRequest, type EmbeddedStart } from "./embedded-protocol.ts";
import { layBareDatabase, type Prepared, preparedDatabase } from "./first-database.ts";
import { takeLock } from "./lock.ts";
import type { Database, Schema } from "./types.ts";

type Rows = { rows: Record<string, unknown>[]; affected: number };
type WithoutId<T> = T extends { id: number } ? Omit<T, "id"> : never;

/** Starts the thread; from source it needs the TypeScript loader, which Node 20 does not hand down to threads. */
function startWorker(start: EmbeddedStart): Worker {
  const options = { workerData: start };
  if (!import.meta.url.endsWith(".ts")) return new Worker(new URL("./embedded-worker.js", import.meta.url), options);
  const url = JSON.stringify(new URL("./embedded-worker.ts", import.meta.url).href);
  const tsx = JSON.stringify(pathToFileURL(rootPath("node_modules", "tsx", "dist", "esm", "api", "index.mjs")).href);
  const loader = `import(${tsx}).then((tsx) => { tsx.register(); return import(${url}); });`;
  return new Worker(loader, { ...options, eval: true });
}

/** Gives binary values back the form that `pg` gives them. */
function withBuffers(reply: Rows & { bytes?: string[] }): Rows {
  for (const name of reply.bytes ?? []) {
    for (const row of reply.rows) {
      const value = row[name];
      if (value instanceof Uint8Array) row[name] = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    }
  }
  return reply;
}

/** Speaks with the thread that holds PGlite, so that a slow query never blocks the event loop. */
class EmbeddedThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (rows: Rows) => void; reject: (error: Error) => void }>();
  readonly #listeners = new Map<string, Set<(payload: string) => void>>();
  #lastId = 0;
  #failure: Error | null = null;

  constructor(start: EmbeddedStart) {
    this.#worker = startWorker(start);
    this.#worker.on("message", (reply: EmbeddedReply) => {
      if ("channel" in reply) {
        for (const listener of this.#listeners.get(reply.channel) ?? []) listener(reply.payload);
        return;
      }
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if (reply.ok) waiting?.resolve(withBuffers(reply));
      else waiting?.reject(new EmbeddedError(reply.error));
    });
    const fail = (error: Error) => {
      this.#failure = error;
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    };
    this.#worker.on("error", fail);
    this.#worker.on("exit", (code) => fail(new Error(`The embedded database stopped (${code})`)));
  }

  ask(request: WithoutId<EmbeddedRequest>): Promise<Rows> {
    if (this.#failure) return Promise.reject(this.#failure);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...request, id });
    });
  }

  /** Waits until the database answers; a thread that cannot open it is ended, so that the process can end too. */
  async open(): Promise<void> {
    try {
      await this.ask({ op: "open" });
    } catch (cause) {
      await this.#worker.terminate();
      throw cause;
    }
  }

  async listen(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>> {
    const listeners = this.#listeners.get(channel) ?? new Set();
    if (listeners.size === 0) await this.ask({ op: "listen", channel });
    this.#listeners.set(channel, listeners.add(listener));
    return async () => {
      listeners.delete(listener);
    };
  }

  async close(): Promise<void> {
    await this.ask({ op: "close" });
    await this.#worker.terminate();
  }
}

const insideTransaction = new AsyncLocalStorage<{ open: boolean }>();

/** Marks the work of a transaction, so that a query on the outer handle inside it fails instead of waiting for ever. */
export function markTransaction<T>(work: () => Promise<T>): Promise<T> {
  const state = { open: true };
  return insideTransaction.run(state, work).finally(() => {
    // What the work left running (a stream being read) may use the database again.
    state.open = false;
  });
}

/** Kysely's driver for the one session of PGlite: connections are handed out one at a time, in order. */
class EmbeddedDriver implements Driver {
  readonly #connection: DatabaseConnection;
  #turn: Promise<void> = Promise.resolve();
  readonly #release: (() => void)[] = [];

  constructor(thread: EmbeddedThread) {
    this.#connection = {
      async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        const { rows, affected } = await thread.ask({ op: "query", sql: query.sql, values: [...query.parameters] });
        return { rows: rows as R[], numAffectedRows: BigInt(affected) };
      },
      // biome-ignore lint/correctness/useYield: PGlite cannot stream; Kysely's interface wants the method.
      async *streamQuery() {
        throw new Error("The embedded database cannot stream a query");
      },
    };
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    if (insideTransaction.getStore()?.open)
      throw new Error("A query left its transaction: pass `tx` on instead of using the database handle");
    const before = this.#turn;
    let done: () => void = () => {};
    this.#turn = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    this.#release.push(done);
    return this.#connection;
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const level = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : "";
    const mode = settings.accessMode ? ` ${settings.accessMode}` : "";
    await connection.executeQuery(CompiledQuery.raw(`begin${level}${mode}`));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  async releaseConnection(): Promise<void> {
    this.#release.shift()?.();
  }

  async destroy(): Promise<void> {}
}

/** What a new embedded database begins with. */
export type Beginning = Prepared | "bare";

/**
 * Opens the embedded database in a data directory (made when missing), or in memory when `dataDirectory` is null.
 * @param begin what a new one holds; only what the build prepared can be had, else it has no tables
 * @throws Problem `database.locked` when another process holds the directory
 */
export async function openEmbedded(dataDirectory: string | null, begin: Beginning = "tables"): Promise<Database> {
  const release = dataDirectory === null ? () => {} : takeLock(dataDirectory);
  try {
    const directory = dataDirectory === null ? null : join(dataDirectory, "db");
    let copyFrom: string | null = null;
    if (directory !== null && !existsSync(directory)) {
      copyFrom = begin === "bare" ? null : (preparedDatabase(begin) ?? preparedDatabase("tables"));
      if (copyFrom === null) await layBareDatabase(directory);
    }
    const thread = new EmbeddedThread({ directory, copyFrom });
    await thread.open();
    const driver = new EmbeddedDriver(thread);
    const owner = new Kysely<Schema>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => driver,
        createIntrospector: (db) => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    });
    return {
      kind: "embedded",
      owner,
      transaction: (claims, work, options) => claimsTransaction(owner, claims, work, options, markTransaction),
      async executeSql(text, values) {
        const connection = await driver.acquireConnection();
        try {
          // Without values the text may hold several statements, as the job queue's schema does.
          const result =
            values && values.length > 0
              ? ((await connection.executeQuery(CompiledQuery.raw(text, values))) as {
                  rows: Record<string, unknown>[];
                })
              : await thread.ask({ op: "exec", sql: text });
          return { rows: [...result.rows] };
        } finally {
          await driver.releaseConnection();
        }
      },
      listen: (channel, listener) => thread.listen(channel, listener),
      async close() {
        const connection = await driver.acquireConnection();
        void connection;
        await thread.close();
        release();
      },
    };
  } catch (cause) {
    release();
    throw cause;
  }
}
