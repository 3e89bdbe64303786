import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../scripts/support/postgres.js";
import { type Aftermath, killWriter, strikeOnce, type Victim } from "../tests/faults/kill.ts";

/**
 * Claim: a process that is killed at any moment loses nothing that it acknowledged, on both databases; the event chain
 * verifies and the next start works. PostgreSQL keeps this too when the server itself is stopped at once.
 * The embedded database does not wait for the disk: this shows killed processes, not power cuts.
 */
const kills = Number(process.argv[2] ?? 20);
let failures = 0;

async function strikeRepeatedly(name: string, victim: Victim, times: number): Promise<void> {
  const acknowledged = new Map<string, number>();
  const aftermaths: Aftermath[] = [];
  for (let run = 0; run < times; run++) {
    const aftermath = await strikeOnce(victim, run, acknowledged, 100 + Math.random() * 2000);
    aftermaths.push(aftermath);
    const { lost, torn, chainProblems, unsealed } = aftermath;
    if (lost.length + torn.length + chainProblems + unsealed > 0) {
      failures++;
      console.log(`     strike ${run + 1}: ${JSON.stringify({ lost, torn, chainProblems, unsealed })}`);
    }
  }
  const slowest = Math.max(...aftermaths.map(({ reopenMilliseconds }) => reopenMilliseconds));
  console.log(
    `${failures === 0 ? "ok  " : "MISS"} ${name}: ${times} strikes, ${acknowledged.size} acknowledged records, ` +
      `${aftermaths.reduce((sum, { lost }) => sum + lost.length, 0)} lost, slowest reopening ${Math.round(slowest)} ms`,
  );
}

const directory = mkdtempSync(join(tmpdir(), "santi-faults-"));
await strikeRepeatedly("embedded, writer killed", { kind: "embedded", where: directory, strike: killWriter }, kills);
rmSync(directory, { recursive: true, force: true });

const server = await startPostgres({ settings: ["fsync=on", "max_connections=50"] });
try {
  await strikeRepeatedly(
    "PostgreSQL, writer killed",
    { kind: "postgres", where: server.url, strike: killWriter },
    kills,
  );
} finally {
  server.stop();
}

const fallible = await startPostgres({ settings: ["fsync=on", "max_connections=50"] });
try {
  const strike = async () => {
    // As after a power cut, the server recovers from its log at the next start.
    fallible.run("pg_ctl", ["-D", fallible.data, "-m", "immediate", "stop"]);
    fallible.restart();
  };
  await strikeRepeatedly(
    "PostgreSQL, server stopped at once",
    { kind: "postgres", where: fallible.url, strike },
    Math.max(1, Math.round(kills / 5)),
  );
} finally {
  fallible.stop();
}
process.exit(failures > 0 ? 1 : 0);
