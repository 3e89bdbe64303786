import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { Problem } from "../kernel/problem.ts";
import { claimsTransaction } from "./claims.ts";
import { databaseProblems } from "./lock.ts";
import type { Database, Schema } from "./types.ts";
import { pgTypes } from "./values.ts";

/** The address of a database without its password, for messages. */
export function safeAddress(url: string): string {
  try {
    const parsed = new URL(url);
    if (parsed.password) parsed.password = "…";
    return parsed.toString();
  } catch {
    return "(address that cannot be read)";
  }
}

/**
 * Opens PostgreSQL by address.
 * @throws Problem `database.unreachable` or `database.version-too-old`
 */
export async function openPostgres(url: string, options: { connections?: number } = {}): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    types: pgTypes(pg.types as never) as never,
    application_name: "santi",
    // The planner's just-in-time compiler costs more than it saves on short spatial queries.
    options: "-c jit=off -c timezone=UTC",
  });
  // A broken idle connection is replaced at the next use; without a listener it would end the process.
  pool.on("error", () => {});
  let version: number;
  try {
    const { rows } = await pool.query("select current_setting('server_version_num')::int as version");
    version = rows[0].version as number;
  } catch (cause) {
    await pool.end();
    const { code } = cause as { code?: string };
    throw new Problem(databaseProblems.unreachable, { address: safeAddress(url), reason: code ?? "unknown" });
  }
  if (version < 150_000) {
    await pool.end();
    throw new Problem(databaseProblems["version-too-old"], {
      found: String(Math.floor(version / 10_000)),
      needed: "15",
    });
  }
  const owner = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  const listening = new Map<string, Set<(payload: string) => void>>();
  let listener: pg.Client | null = null;
  let closed = false;

  async function connectListener(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url, application_name: "santi listen" });
    await client.connect();
    client.on("notification", ({ channel, payload }) => {
      for (const listen of listening.get(channel) ?? []) listen(payload ?? "");
    });
    client.on("error", () => {
      listener = null;
      if (closed) return;
      // What was missed while the line was down is unknown: an empty payload tells listeners to forget all they hold.
      setTimeout(() => void reconnect(), 1000).unref();
    });
    for (const channel of listening.keys()) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    return client;
  }

  async function reconnect(): Promise<void> {
    if (closed || listener) return;
    try {
      listener = await connectListener();
      for (const listeners of listening.values()) for (const listen of listeners) listen("");
    } catch {
      setTimeout(() => void reconnect(), 5000).unref();
    }
  }

  return {
    kind: "postgres",
    owner,
    transaction: (claims, work, transactionOptions) => claimsTransaction(owner, claims, work, transactionOptions),
    async executeSql(text, values) {
      const result = await pool.query(text, values);
      const last = Array.isArray(result) ? result.at(-1) : result;
      return { rows: last?.rows ?? [] };
    },
    async listen(channel, listen) {
      const listeners = listening.get(channel) ?? new Set();
      const isNew = listeners.size === 0;
      listening.set(channel, listeners.add(listen));
      if (!listener) listener = await connectListener();
      else if (isNew) await listener.query(`listen ${listener.escapeIdentifier(channel)}`);
      return async () => {
        listeners.delete(listen);
      };
    },
    async close() {
      closed = true;
      await listener?.end();
      await owner.destroy();
    },
  };
}
