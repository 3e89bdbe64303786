import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, unlinkSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { defineProblems, Problem } from "../kernel/problem.ts";

export const databaseProblems = defineProblems("database", {
  locked: 409,
  "newer-than-program": 409,
  "migration-altered": 409,
  "not-empty": 409,
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
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
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
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = openSync(file, "wx");
      writeSync(handle, JSON.stringify(mine));
      closeSync(handle);
      break;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
      const holder = lockHolder(directory);
      const reentrant = holder && holder.pid === mine.pid && holder.processStart === mine.processStart;
      if (holder || reentrant || attempt > 3) {
        throw new Problem(databaseProblems.locked, {
          directory,
          pid: holder?.pid ?? 0,
          since: holder?.since ?? "",
          host: holder?.host ?? "",
        });
      }
      rmSync(file, { force: true });
    }
  }
  const release = () => {
    const holder = readHolder(file);
    if (holder?.pid === mine.pid && holder.processStart === mine.processStart) {
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
