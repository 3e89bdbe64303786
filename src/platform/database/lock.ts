import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { defineProblems, Problem } from "../kernel/problem.ts";

export const databaseProblems = defineProblems("database", {
  locked: 409,
  "locked-elsewhere": 409,
  "newer-than-program": 409,
  "migration-altered": 409,
  "not-empty": 409,
  "not-embedded": 409,
  "backup-older": 409,
  "backup-damaged": 422,
  unreachable: 503,
  "postgis-missing": 503,
  "version-too-old": 503,
});

interface Holder {
  pid: number;
  /** When the process started, in the words of the operating system, so that a reused process id is recognised. */
  processStart: string;
  host: string;
  since: string;
}

/** When a process started, or null when there is none. The text is only compared, never shown. */
export function processStart(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ESRCH") return null;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command name stands in parentheses and may hold spaces; field 22 counts from after it.
    const state = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state[0] === "Z") return null;
    return `${state[19]}@${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}`;
  } catch {
    try {
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || null;
    } catch {
      return "unknown";
    }
  }
}

function readHolder(file: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(file, "utf8")) as Partial<Holder> | null;
    return typeof holder?.pid === "number" && typeof holder.processStart === "string" ? (holder as Holder) : null;
  } catch {
    return null;
  }
}

/** Tells who holds a data directory, when a living process does. */
export function lockHolder(directory: string): Holder | null {
  const holder = readHolder(join(directory, "santi.lock"));
  if (!holder || holder.host !== hostname()) return holder;
  return processStart(holder.pid) === holder.processStart ? holder : null;
}

/** Puts the file there with its content at once, so that nobody ever reads half of it. @returns false when there is one */
function createWhole(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(draft, text, { flag: "wx", mode: 0o600 });
    linkSync(draft, file);
    return true;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    // Some file systems have no hard links; there the file is made in place.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw cause;
    try {
      writeFileSync(file, text, { flag: "wx", mode: 0o600 });
      return true;
    } catch (second) {
      if ((second as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw second;
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Removes the file of a dead process. Only one process at a time may judge and remove, else the second would remove the
 * lock that the first has taken meanwhile.
 */
function removeStale(directory: string): void {
  const turn = join(directory, "santi.lock.takeover");
  try {
    mkdirSync(turn);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    // A take-over lasts microseconds; one that is older belongs to a process that was killed in it.
    const { mtimeMs } = statSync(turn, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > 10_000) rmSync(turn, { recursive: true, force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    return;
  }
  try {
    if (lockHolder(directory) === null) rmSync(join(directory, "santi.lock"), { force: true });
  } finally {
    rmdirSync(turn);
  }
}

/**
 * Takes a data directory for this process. PGlite does not notice a second opener and loses rows, so the directory
 * carries a file with process id and start time. A file left by a dead process is taken over.
 * @returns releases the directory
 * @throws Problem `database.locked` naming the holder
 */
export function takeLock(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "santi.lock");
  const mine: Holder = {
    pid: process.pid,
    processStart: processStart(process.pid) ?? "unknown",
    host: hostname(),
    since: new Date().toISOString(),
  };
  for (let attempt = 0; !createWhole(file, JSON.stringify(mine)); attempt++) {
    const holder = lockHolder(directory);
    if (holder || attempt > 50) {
      throw new Problem(databaseProblems[holder && holder.host !== mine.host ? "locked-elsewhere" : "locked"], {
        directory,
        pid: holder?.pid ?? 0,
        since: holder?.since ?? "",
        host: holder?.host ?? "",
      });
    }
    removeStale(directory);
  }
  const release = () => {
    const holder = readHolder(file);
    if (holder?.pid === mine.pid && holder.processStart === mine.processStart && holder.since === mine.since) {
      try {
        unlinkSync(file);
      } catch {
        // Already gone: nothing holds the directory any more.
      }
    }
  };
  process.once("exit", release);
  return () => {
    process.off("exit", release);
    release();
  };
}
