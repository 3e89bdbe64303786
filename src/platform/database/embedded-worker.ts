import { cpSync, renameSync, rmSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { fuzzystrmatch } from "@electric-sql/pglite/contrib/fuzzystrmatch";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { pgcrypto } from "@electric-sql/pglite/contrib/pgcrypto";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import { postgis } from "@electric-sql/pglite-postgis";
import type { EmbeddedReply, EmbeddedRequest, EmbeddedStart } from "./embedded-protocol.ts";
import { valueParsers } from "./values.ts";

const port = parentPort;
if (!port) throw new Error("embedded-worker runs only as a worker thread");

const { directory, copyFrom } = workerData as EmbeddedStart;
if (directory !== null && copyFrom !== null) {
  // Under its name the directory is whole, whenever the program is stopped.
  const partial = `${directory}.unpacking`;
  rmSync(partial, { recursive: true, force: true });
  cpSync(copyFrom, partial, { recursive: true });
  renameSync(partial, directory);
}

const ready = PGlite.create({
  ...(directory === null ? {} : { dataDir: directory }),
  extensions: { postgis, pg_trgm, unaccent, btree_gist, fuzzystrmatch, pgcrypto },
  parsers: valueParsers,
});

const byteaType = 17;

const reply = (message: EmbeddedReply) => port.postMessage(message);

async function answer(request: EmbeddedRequest): Promise<void> {
  try {
    const db = await ready;
    switch (request.op) {
      case "open":
        await db.waitReady;
        return reply({ id: request.id, ok: true, rows: [], affected: 0 });
      case "query": {
        const result = await db.query<Record<string, unknown>>(request.sql, request.values);
        const bytes = result.fields.filter(({ dataTypeID }) => dataTypeID === byteaType).map(({ name }) => name);
        return reply({ id: request.id, ok: true, rows: result.rows, affected: result.affectedRows ?? 0, bytes });
      }
      case "exec": {
        const results = await db.exec(request.sql);
        const last = results.at(-1);
        return reply({
          id: request.id,
          ok: true,
          rows: (last?.rows ?? []) as Record<string, unknown>[],
          affected: last?.affectedRows ?? 0,
        });
      }
      case "listen":
        await db.listen(request.channel, (payload) => reply({ id: -1, channel: request.channel, payload }));
        return reply({ id: request.id, ok: true, rows: [], affected: 0 });
      case "close":
        await db.close();
        return reply({ id: request.id, ok: true, rows: [], affected: 0 });
    }
  } catch (cause) {
    const error = cause as Error & Record<string, unknown>;
    reply({
      id: request.id,
      ok: false,
      error: {
        message: error.message,
        code: error.code as string | undefined,
        detail: error.detail as string | undefined,
        hint: error.hint as string | undefined,
        table: error.table as string | undefined,
        column: error.column as string | undefined,
        constraint: error.constraint as string | undefined,
        severity: error.severity as string | undefined,
      },
    });
  }
}

// One session: requests are answered strictly in the order in which they come.
let queue: Promise<void> = Promise.resolve();
port.on("message", (request: EmbeddedRequest) => {
  queue = queue.then(() => answer(request));
});
