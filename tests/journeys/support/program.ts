import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { withDatabase } from "../../../src/platform/database/testing.ts";

/** The folder of the project. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));
/** Pictures of failures and the lock of the build; git ignores it. */
export const outputFolder = join(root, "tests", "output");
const command = join(root, "dist", "cli.js");
const sampleScale = 0.05;
const staleAfterMs = 300_000;

/** The built program, answering on a port of its own. */
export interface Program {
  /** Where it answers, without a slash at the end. */
  readonly address: string;
  /** Every line the program has said, for the report of a failure. */
  readonly said: readonly string[];
  /** Ends the program and removes its data. */
  stop(): Promise<void>;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks until the answer is yes; fails with `what` after `limitMs`. */
async function until(what: string, limitMs: number, ask: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`${what} did not happen within ${limitMs / 1000} s`);
    await pause(50);
  }
}

/** Builds the program when its source is newer; of several test files that ask at once, one builds and the others wait. */
async function ensureBuilt(): Promise<void> {
  mkdirSync(outputFolder, { recursive: true });
  const lock = join(outputFolder, "building");
  await until("The turn to build", staleAfterMs, () => {
    try {
      mkdirSync(lock);
      return true;
    } catch {
      // Whoever held it was killed.
      if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > staleAfterMs) rmSync(lock, { recursive: true });
      return false;
    }
  });
  try {
    const work = 'import("./scripts/support/install.js").then((install) => install.ensureBuilt())';
    execFileSync(process.execPath, ["-e", work], {
      cwd: root,
      env: environment(),
      stdio: ["ignore", "ignore", "inherit"],
    });
  } finally {
    rmdirSync(lock);
  }
}

/** A data directory with the sample region, made once per build and copied for each program. */
function sampleCopy(): string {
  const key = readFileSync(join(root, "dist", "source-key"), "utf8").slice(0, 12);
  const cache = join(tmpdir(), "santi-journeys");
  const prepared = join(cache, `${key}-${sampleScale}`);
  if (!existsSync(prepared)) {
    mkdirSync(cache, { recursive: true });
    for (const name of readdirSync(cache)) {
      const old = join(cache, name);
      if (Date.now() - statSync(old).mtimeMs > 3_600_000) rmSync(old, { recursive: true, force: true });
    }
    const partial = mkdtempSync(join(cache, "making-"));
    runCommand("sample", "--scale", String(sampleScale), "--data", partial);
    try {
      renameSync(partial, prepared);
    } catch {
      rmSync(partial, { recursive: true, force: true }); // Another test file was faster.
    }
  }
  const directory = mkdtempSync(join(tmpdir(), "santi-journey-"));
  cpSync(prepared, directory, { recursive: true });
  return directory;
}

/** A PostgreSQL database of its own with the sample region. */
async function sampleDatabase(server: string, directory: string) {
  const name = `santi_journey_${randomBytes(6).toString("hex")}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database "${name}"`);
  const url = withDatabase(server, name);
  runCommand("sample", "--scale", String(sampleScale), "--database", url, "--data", directory);
  return {
    url,
    async drop() {
      await admin.query(`drop database if exists "${name}" with (force)`);
      await admin.end();
    },
  };
}

/** Runs a command of the built program to its end. @returns what it said @throws Error when it ends with another code than 0 */
export function runCommand(...args: string[]): string {
  return execFileSync(process.execPath, [command, ...args], {
    cwd: root,
    encoding: "utf8",
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 64 * 1024 ** 2,
  });
}

/**
 * The surroundings of a program under test: nothing of the machine's own node, English on the command line, and the mode
 * in which it is used; a build in the test runner's mode would hold the development version of every library.
 */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(SANTI_|DATABASE_URL$|PORT$|HOST$)/.test(name));
  return { ...Object.fromEntries(kept), LANG: "C.UTF-8", SANTI_LOG: "warn", NODE_ENV: "production" };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const stubborn = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await gone;
    clearTimeout(stubborn);
  }
}

/**
 * Starts the built program on a free port with a copy of the sample region.
 * @param options `postgres` is the address of a PostgreSQL server on which it gets a database of its own; the embedded
 * database is used without it
 * @throws Error with everything the program said when it does not become ready within a minute
 */
export async function startProgram(options: { postgres?: string | undefined } = {}): Promise<Program> {
  await ensureBuilt();
  const directory = options.postgres ? mkdtempSync(join(tmpdir(), "santi-journey-")) : sampleCopy();
  const database = options.postgres ? await sampleDatabase(options.postgres, directory) : null;
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const place = database ? ["--database", database.url] : ["--data", directory];
  const child = spawn(process.execPath, [command, "start", "--port", String(port), "--address", address, ...place], {
    cwd: root,
    env: { ...environment(), SANTI_DATA: directory },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data: Buffer) => said.push(...data.toString("utf8").trimEnd().split("\n")));
  const stop = async () => {
    await ended(child);
    await database?.drop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await until("Readiness of the program", 60_000, async () => {
      if (child.exitCode !== null) throw new Error("The program ended");
      const answer = await fetch(`${address}/readyz`).catch(() => null);
      return answer?.ok === true;
    });
  } catch (cause) {
    await stop();
    throw new Error(`The program did not start:\n${said.join("\n")}`, { cause });
  }
  return { address, said, stop };
}
