import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** The folder of the newest installed PostgreSQL (15 or later) that has PostGIS, or null. */
export function findPostgres() {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return null;
  const versions = readdirSync(root)
    .map(Number)
    .filter((version) => version >= 15 && existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`))
    .sort((a, b) => b - a);
  return versions.length > 0 ? `${root}/${versions[0]}/bin` : null;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a PostgreSQL of its own in a temporary directory; its data are thrown away.
 * @param {{ settings?: string[] }} [options] more `name=value` server settings
 * @returns a server with its address, its folders, `run` for its programs, `restart` after it was stopped, and `stop`
 */
export async function startPostgres({ settings = [] } = {}) {
  const bin = findPostgres();
  if (!bin)
    throw new Error("PostgreSQL 15 or later with PostGIS is not installed: apt-get install postgresql-15-postgis-3");
  const directory = mkdtempSync(join(tmpdir(), "santi-postgres-"));
  // PostgreSQL refuses to run as root.
  const asRoot = userInfo().uid === 0;
  if (asRoot) {
    const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" })));
    chownSync(directory, uid, gid);
  }
  const run = (command, args) => {
    const result = asRoot
      ? spawnSync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", `${bin}/${command}`, ...args], {
          encoding: "utf8",
          cwd: directory,
        })
      : spawnSync(`${bin}/${command}`, args, { encoding: "utf8", cwd: directory });
    if (result.status !== 0) throw new Error(`${command} failed: ${result.stderr || result.stdout || result.error}`);
  };
  const port = await freePort();
  const data = join(directory, "data");
  run("initdb", ["-D", data, "-A", "trust", "-U", "santi", "-E", "UTF8", "--no-locale"]);
  const options = [
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${directory}`,
    `port=${port}`,
    "jit=off",
    ...settings,
  ];
  const restart = () =>
    run("pg_ctl", [
      "-D",
      data,
      "-w",
      "-l",
      join(directory, "log"),
      "-o",
      options.map((option) => `-c ${option}`).join(" "),
      "start",
    ]);
  restart();
  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    try {
      run("pg_ctl", ["-D", data, "-m", "immediate", "stop"]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  };
  process.once("exit", stop);
  return { url: `postgres://santi@127.0.0.1:${port}/postgres`, bin, directory, port, data, run, restart, stop };
}
