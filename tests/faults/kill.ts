import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { sql } from "kysely";
import { openDatabase } from "../../src/platform/database/open.ts";
import { sealEvents, verifyChain } from "../../src/platform/events/index.ts";
import { rootPath } from "../../src/platform/kernel/root.ts";

/** Where the writer writes, and how its end is brought about. */
export interface Victim {
  kind: "embedded" | "postgres";
  /** The data directory or the database's address. */
  where: string;
  /** Ends the writing at a bad moment: kills the writer, or the server under it. */
  strike(writer: ChildProcess): Promise<void>;
}

/** What one strike left behind. */
export interface Aftermath {
  acknowledged: number;
  /** Acknowledged states that are not there any more. */
  lost: string[];
  /** Records whose history has a hole, or whose state is not that of their last revision. */
  torn: string[];
  /** What the check of the chain found. */
  chainProblems: number;
  unsealed: number;
  reopenMilliseconds: number;
}

/** Kills the writer itself, as `kill -9` and the operating system's memory guard do. */
export async function killWriter(writer: ChildProcess): Promise<void> {
  writer.kill("SIGKILL");
}

/**
 * Lets a process write, strikes after a while, opens the database again and looks at everything that was acknowledged,
 * in this run and in those before.
 * @param acknowledged last acknowledged revision by record id; is added to
 * @param wait milliseconds of writing between the first acknowledgement and the strike
 */
export async function strikeOnce(
  victim: Victim,
  run: number,
  acknowledged: Map<string, number>,
  wait: number,
): Promise<Aftermath> {
  const writer = spawn(
    process.execPath,
    ["--import", "tsx", rootPath("tests", "faults", "writer.ts"), victim.kind, victim.where, String(run)],
    { cwd: rootPath(), stdio: ["ignore", "pipe", "pipe"] },
  );
  let complaint = "";
  writer.stderr.on("data", (data: Buffer) => {
    complaint += data.toString();
  });
  const ended = once(writer, "exit");
  const lines = createInterface({ input: writer.stdout });
  const opened = new Promise<void>((resolve, reject) => {
    lines.on("line", (line) => {
      // A line that the kill cut in two was not an acknowledgement yet.
      const match = /^([0-9a-f-]{36}) (\d+)$/.exec(line);
      if (!match) return;
      resolve();
      acknowledged.set(match[1] as string, Math.max(Number(match[2]), acknowledged.get(match[1] as string) ?? 0));
    });
    writer.once("exit", () => reject(new Error(`The writer did not start: ${complaint}`)));
  });
  await opened;
  await new Promise((resolve) => setTimeout(resolve, wait));
  const drained = once(lines, "close");
  await victim.strike(writer);
  writer.kill("SIGKILL");
  await Promise.all([ended, drained]);

  const began = performance.now();
  const db = await openDatabase(victim.kind === "postgres" ? { url: victim.where } : { directory: victim.where });
  const reopenMilliseconds = performance.now() - began;
  try {
    const { rows: states } = await sql<{
      id: string;
      revision: number;
      code: string;
    }>`select id, revision, code from land_area`.execute(db.owner);
    const stored = new Map(states.map(({ id, revision }) => [id, revision]));
    const lost = [...acknowledged]
      .filter(([id, revision]) => (stored.get(id) ?? 0) < revision)
      .map(([id, revision]) => `${id} ${revision}`);
    const { rows: torn } = await sql<{ id: string }>`
      select a.id from land_area a left join record_revision r on r.country = a.country and r.record_id = a.id
      group by a.country, a.id, a.revision, a.name
      having count(r.*) <> a.revision or max(r.revision) is distinct from a.revision
        or (array_agg(r.snapshot ->> 'name' order by r.revision desc))[1] is distinct from a.name
      union select record_id from record_revision r where not exists (select from land_area a where a.id = r.record_id)`.execute(
      db.owner,
    );
    let chain = await verifyChain(db);
    for (let attempt = 0; chain.unsealed > 0 && attempt < 100; attempt++) {
      await sealEvents(db);
      chain = await verifyChain(db);
      if (chain.unsealed > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return {
      acknowledged: acknowledged.size,
      lost,
      torn: torn.map(({ id }) => id),
      chainProblems: chain.problems.length,
      unsealed: chain.unsealed,
      reopenMilliseconds,
    };
  } finally {
    await db.close();
  }
}
