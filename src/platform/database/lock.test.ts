import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Problem } from "../kernel/problem.ts";
import { rootPath } from "../kernel/root.ts";
import { lockHolder, processStart, takeLock } from "./lock.ts";

let directory: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "santi-lock-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
});

/** Starts a process that tries to take the lock, says `held` or the code of the problem, and stays. */
async function contender(): Promise<{ child: ChildProcess; said: string }> {
  const program = `
    const { takeLock } = await import(${JSON.stringify(rootPath("src/platform/database/lock.ts"))});
    try { takeLock(${JSON.stringify(directory)}); console.log("held"); }
    catch (cause) { console.log(cause.code); }
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    cwd: rootPath(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [data] = (await once(child.stdout as NonNullable<ChildProcess["stdout"]>, "data")) as [Buffer];
  return { child, said: data.toString().trim() };
}

function refusal(): Problem {
  try {
    takeLock(directory)();
  } catch (cause) {
    if (cause instanceof Problem) return cause;
    throw cause;
  }
  throw new Error("The lock was given");
}

const file = () => join(directory, "santi.lock");

describe("the lock of a data directory", () => {
  it("is refused to a second process, which learns who holds it, and freed by a kill", async () => {
    const { child, said } = await contender();
    expect(said).toBe("held");
    const problem = refusal();
    expect(problem.code).toBe("database.locked");
    expect(problem.params).toMatchObject({ directory, pid: child.pid, host: hostname() });
    expect(Date.parse(String(problem.params.since))).toBeGreaterThan(Date.now() - 60_000);
    expect(lockHolder(directory)?.pid).toBe(child.pid);

    child.kill("SIGKILL");
    await once(child, "exit");
    expect(lockHolder(directory)).toBeNull();
    const release = takeLock(directory);
    expect(lockHolder(directory)?.pid).toBe(process.pid);
    release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it("is refused to the same process twice, and given again after release", () => {
    const release = takeLock(directory);
    expect(refusal().params).toMatchObject({ pid: process.pid });
    release();
    takeLock(directory)();
  });

  it("takes over from a dead process whose id another process has now", () => {
    const holder = {
      pid: process.pid,
      processStart: "1@an-earlier-boot",
      host: hostname(),
      since: "2026-01-01T00:00:00Z",
    };
    writeFileSync(file(), JSON.stringify(holder));
    const release = takeLock(directory);
    expect(JSON.parse(readFileSync(file(), "utf8"))).toMatchObject({ processStart: processStart(process.pid) });
    release();
  });

  it.each(["", "{", "null", '{"pid":"x"}'])("takes over from a file that names nobody: %j", (content) => {
    writeFileSync(file(), content);
    takeLock(directory)();
    expect(existsSync(file())).toBe(false);
  });

  it("is not taken from another machine, whose processes cannot be seen", () => {
    const holder = { pid: 1, processStart: "x", host: "elsewhere", since: "2026-01-01T00:00:00Z" };
    writeFileSync(file(), JSON.stringify(holder));
    const problem = refusal();
    expect(problem.code).toBe("database.locked-elsewhere");
    expect(problem.params).toMatchObject({ host: "elsewhere", pid: 1 });
    expect(existsSync(file())).toBe(true);
  });

  it("waits while another process takes over, and does not wait for one that was killed doing so", () => {
    writeFileSync(file(), "");
    const turn = join(directory, "santi.lock.takeover");
    mkdirSync(turn);
    expect(refusal().code).toBe("database.locked");
    const before = new Date(Date.now() - 60_000);
    utimesSync(turn, before, before);
    takeLock(directory)();
  });

  it("is given to exactly one of many processes that find a stale file at once", async () => {
    writeFileSync(file(), JSON.stringify({ pid: 2 ** 22 + 1, processStart: "x", host: hostname(), since: "" }));
    const said = (await Promise.all(Array.from({ length: 4 }, contender))).map((one) => one.said);
    expect(said.sort()).toEqual(["database.locked", "database.locked", "database.locked", "held"]);
  });
});
