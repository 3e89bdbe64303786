import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A database server to measure against. */
export interface BenchmarkServer {
  /** Connection string of a database in which PostGIS can be created. */
  readonly url: string;
  /** Ends the server and removes its files; does nothing for a server that was there before. */
  stop(): void;
}

/**
 * Takes the server that DATABASE_URL names, or starts a PostgreSQL 15 cluster of its own in the temporary folder, as
 * the user postgres when run by root, since the server refuses to run as root.
 * @param port the TCP port on 127.0.0.1 of a cluster started here
 * @throws Error when no PostgreSQL 15 is installed or it does not start
 */
export function benchmarkServer(port: number): BenchmarkServer {
  const given = process.env.DATABASE_URL;
  if (given !== undefined && given !== "") return { url: given, stop: () => {} };
  const binaries = "/usr/lib/postgresql/15/bin";
  const folder = mkdtempSync(join(tmpdir(), "santi-benchmark-"));
  const asPostgres = process.getuid?.() === 0;
  const run = (program: string, args: readonly string[]) => {
    const command = [join(binaries, program), ...args];
    const [file, ...rest] = asPostgres ? ["runuser", "-u", "postgres", "--", ...command] : command;
    execFileSync(file as string, rest, { stdio: ["ignore", "ignore", "inherit"] });
  };
  if (asPostgres) {
    const entry = execFileSync("getent", ["passwd", "postgres"], { encoding: "utf8" }).split(":");
    chownSync(folder, Number(entry[2]), Number(entry[3]));
  }
  const data = join(folder, "data");
  run("initdb", ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"]);
  const settings = ["shared_buffers=1GB", "work_mem=256MB", "max_wal_size=4GB", "jit=off"]
    .map((s) => `-c ${s}`)
    .join(" ");
  run("pg_ctl", ["-D", data, "-w", "-l", join(folder, "log"), "-o", `-p ${port} -k ${folder} ${settings}`, "start"]);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: () => {
      run("pg_ctl", ["-D", data, "-m", "fast", "stop"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
