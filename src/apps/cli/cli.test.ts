import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lastVerification } from "../../platform/administration/audit-store.ts";
import { openDatabase } from "../../platform/database/open.ts";
import { embeddedCopy, withDatabase } from "../../platform/database/testing.ts";
import { type Database, programClaims } from "../../platform/database/types.ts";
import { sealAll } from "../../platform/events/testing.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { programVersion, rootPath } from "../../platform/kernel/root.ts";
import { runProgram } from "./program.ts";

/** Runs a command in this process. */
async function santi(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const code = await runProgram(args, {
    stdout: {
      write: (text) => {
        out += text;
      },
    },
    stderr: {
      write: (text) => {
        err += text;
      },
    },
  });
  return { code, out, err };
}

const commands = [
  [],
  ["start"],
  ["import"],
  ["imports"],
  ["imports", "inspect"],
  ["imports", "profile"],
  ["imports", "profiles"],
  ["imports", "list"],
  ["imports", "findings"],
  ["imports", "undo"],
  ["backup"],
  ["restore"],
  ["move"],
  ["doctor"],
  ["audit"],
  ["audit", "verify"],
  ["sample"],
  ["migrate"],
  ["openapi"],
  ["account"],
  ["account", "list"],
  ["account", "add"],
  ["account", "grant"],
  ["account", "reset-link"],
  ["account", "disable"],
  ["account", "enable"],
  ["vault"],
  ["vault", "status"],
  ["vault", "rotate"],
  ["vault", "export-keys"],
  ["vault", "import-keys"],
  ["reports"],
  ["reports", "schedule"],
  ["reports", "schedule", "list"],
  ["reports", "schedule", "run"],
  ["land"],
  ["land", "report"],
  ["land", "report", "list"],
  ["land", "report", "show"],
  ["land", "report", "submit"],
  ["land", "report", "verify"],
  ["land", "report", "approve"],
  ["land", "report", "return"],
  ["land", "act"],
  ["land", "preview"],
  ["land", "ledger"],
  ["land", "area"],
  ["land", "check-plot"],
  ["land", "verify"],
  ["land", "history"],
  ["land", "task"],
  ["land", "task", "list"],
  ["access"],
  ["access", "friction"],
  ["access", "travel-time"],
  ["access", "score"],
  ["access", "site"],
];

describe("the command line", () => {
  it.each(commands.map((command) => [command.join(" "), command] as const))(
    "explains santi %s",
    async (name, command) => {
      const { code, out, err } = await santi(...command, "--help");
      expect([code, err]).toEqual([0, ""]);
      expect(out).toContain(`santi ${name}`.trim());
      // A key that no catalogue knows would be shown as it is.
      expect(out).not.toMatch(/\bcli\.[a-z]/);
    },
  );

  it("lists above every command that there is", async () => {
    const { out } = await santi("--help");
    const listed = [...out.slice(out.indexOf("Commands:")).matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name);
    expect([...new Set(listed)].sort()).toEqual(
      [...new Set(commands.flatMap(([name]) => (name ? [name] : [])).concat("help"))].sort(),
    );
  });

  it("speaks Khmer", async () => {
    process.env.SANTI_LANGUAGE = "km";
    try {
      expect((await santi("--help")).out).toContain("សន្តិ");
      const { code, err } = await santi("backup", join(tmpdir(), "x"), "--data", rootPath("package.json"));
      expect([code, err]).toEqual([1, expect.stringContaining("មិនមែនជាថត")]);
    } finally {
      delete process.env.SANTI_LANGUAGE;
    }
  });

  it.each([
    [["unknown"]],
    [["start", "--port", "many"]],
    [["start", "--port", "-1"]],
    [["sample", "--scale", "0"]],
    [["sample", "--scale", "x"]],
    [["backup"]],
    [["move"]],
    [["account", "add", "a@example.org"]],
    [["account", "add", "a@example.org", "--name", "A", "--role", "king"]],
    [["doctor", "--nothing"]],
    [["land", "ledger"]],
    [["land", "ledger", "--country", "KHM", "--as-at", "2026-02-30"]],
    [["land", "ledger", "--country", "KHM", "--by", "colour"]],
    [["land", "report", "approve", "CLR-KHM-000001"]],
    [["land", "report", "return", "CLR-KHM-000001", "--as", "a@example.org"]],
  ])("answers wrong usage with 2: %j", async (args) => {
    const { code, err } = await santi(...args);
    expect(code).toBe(2);
    expect(err).toContain("--help");
  });

  it("prints its version and the OpenAPI description", async () => {
    expect(await santi("--version")).toMatchObject({ code: 0, out: `${programVersion()}\n` });
    const { code, out } = await santi("openapi");
    expect([code, (JSON.parse(out) as { openapi: string }).openapi]).toEqual([0, "3.1.0"]);
  });
});

const server = process.env.SANTI_TEST_DATABASE_URL;

describe("commands on a node", () => {
  let folder: string;
  /** An embedded node. */
  let data: string;
  /** Where most commands are tried: on PostgreSQL where there is one, because it opens at once. */
  let where: string[];
  const databases: string[] = [];
  const before = process.env.SANTI_DATA;

  const json = async (...args: string[]) => {
    const { code, out, err } = await santi(...args, "--json");
    expect([code, err], args.join(" ")).toEqual([0, ""]);
    return JSON.parse(out) as Record<string, unknown>;
  };
  /** Looks into the node's database. */
  const inDatabase = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
    const db = await openDatabase(server ? { url: where[1] as string } : { directory: data });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  };
  /** An empty database on the server. */
  const aDatabase = async () => {
    const admin = await openDatabase({ url: server as string });
    const name = `santi_cli_${newId().replaceAll("-", "")}`;
    await admin.executeSql(`create database ${name}`);
    await admin.close();
    databases.push(name);
    return withDatabase(server as string, name);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "santi-cli-"));
    data = await embeddedCopy();
    process.env.SANTI_DATA = join(folder, "state");
    where = server ? ["--database", await aDatabase()] : ["--data", data];
  });
  afterAll(async () => {
    if (before === undefined) delete process.env.SANTI_DATA;
    else process.env.SANTI_DATA = before;
    if (server) {
      const admin = await openDatabase({ url: server });
      for (const name of databases) await admin.executeSql(`drop database if exists ${name} with (force)`);
      await admin.close();
    }
    rmSync(folder, { recursive: true, force: true });
    rmSync(data, { recursive: true, force: true });
  });

  it("fill a node, look after it, back it up and restore it", { timeout: 240_000 }, async () => {
    const on = (...args: string[]) => santi(...args, ...where);
    expect((await on("migrate")).out).toMatch(/up to date|migrations applied/);
    expect((await on("account", "list")).out).toMatch(/no accounts/);
    expect(await json("sample", "--scale", "0.01", ...where)).toMatchObject({
      scale: 0.01,
      seed: 1,
      items: expect.any(Number),
    });
    expect(await on("sample")).toMatchObject({ code: 1, out: expect.stringContaining("--remove") });
    expect(await json("doctor", ...where)).toMatchObject({ healthy: true });
    const checked = await json("audit", "verify", ...where);
    expect(checked).toMatchObject({ problems: [] });
    // The audit page shows the latest check, whoever made it.
    const last = await inDatabase((db) => db.transaction(programClaims, lastVerification));
    expect(last).toMatchObject({ accountId: null, sealed: checked.sealed, head: checked.head, problems: { count: 0 } });
    // The command adds one event, that it was run, and nothing else.
    const counted = Number(checked.sealed) + Number(checked.unsealed);
    expect(await inDatabase((db) => sealAll(db))).toMatchObject({ sealed: counted + 1, problems: [] });
    const person = ["--name", "Sokha", "--role", "data-entry", "--country", "KHM"];
    expect(await json("account", "add", "Sokha@Example.org", ...person, ...where)).toMatchObject({
      invitation: { link: expect.stringContaining("http") },
    });
    expect(await on("account", "grant", "sokha@example.org", "--role", "donor")).toMatchObject({ code: 0 });
    expect(await on("account", "disable", "sokha@example.org")).toMatchObject({ code: 0 });
    expect(await on("account", "disable", "nobody@example.org")).toMatchObject({
      code: 1,
      err: expect.stringContaining("no such record"),
    });
    expect((await on("account", "list")).out).toMatch(/sokha@example\.org +disabled/);

    const file = join(folder, "node.santi");
    const backup = await json("backup", file, ...where);
    expect(await on("backup", file)).toMatchObject({ code: 1, err: expect.stringContaining("exists already") });
    expect(await on("restore", file)).toMatchObject({ code: 1, err: expect.stringContaining("--replace") });
    expect(await json("restore", file, "--replace", ...where)).toEqual(backup);
    expect(await on("restore", join(folder, "none"), "--replace")).toMatchObject({
      code: 1,
      err: expect.stringContaining("There is no file"),
    });
    const damaged = join(folder, "damaged.santi");
    copyFileSync(file, damaged);
    writeFileSync(damaged, "nothing", { flag: "r+" });
    expect(await on("restore", damaged, "--replace")).toMatchObject({
      code: 1,
      err: expect.stringContaining("damaged"),
    });

    expect(await json("sample", "--remove", ...where)).toMatchObject({ accounts: 9, removed: expect.any(Number) });
    expect(await json("audit", "verify", ...where)).toMatchObject({ problems: [] });
  });

  it("import a file, say what was doubtful in sentences, errors even after many warnings, and repeat it", {
    timeout: 120_000,
  }, async () => {
    const profile = join(folder, "profile.json");
    const columns = ["code", "occurredOn", "killed", "cause"].map((field) => ({ field, column: field }));
    const names = { en: "By hand" };
    writeFileSync(profile, JSON.stringify({ id: "by-hand", names, recordType: "accidents.accident", columns }));
    const file = join(folder, "accidents.csv");
    const warned = Array.from({ length: 230 }, (_, i) => `W-${i},2024-05-01,1,steped-on`);
    writeFileSync(file, ["code,occurredOn,killed,cause", ...warned, "E-1,2024-13-45,1,", ""].join("\n"));
    const args = ["import", file, "--profile", profile, "--country", "KHM", ...where];
    const first = await santi(...args);
    expect([first.code, first.err]).toEqual([1, ""]);
    expect(first.out).toMatch(/231 rows read in .* s: 230 stored, 0 unchanged, 1 refused\./);
    expect(first.out).toMatch(/^ +230 {2}[A-Z][^{}]*$/m);
    expect(first.out).toMatch(/accidents\.csv:232 [^{}\n]*2024-13-45/);
    expect(first.out).not.toMatch(/\{|check\.|check-title\./);
    const again = await santi(...args, "--json");
    expect(JSON.parse(again.out)).toMatchObject({
      read: 231,
      stored: 0,
      unchanged: 230,
      refused: 1,
      findings: { error: 1 },
      byCheck: { "date.impossible": 1 },
    });
  });

  it("look at a file, make a profile of it, keep what was doubtful and take the batch back", {
    timeout: 120_000,
  }, async () => {
    const file = join(folder, "หมู่บ้าน.csv");
    const rows = [
      "ทะเบียนอุบัติเหตุ;;;",
      "accident_id;วันที่;Latitude;Longitude",
      "ก-1;๑๓/๑/๒๕๖๗;13,7;102,5",
      "ก-2;31/02/2567;13,8;102,6",
      "",
    ];
    writeFileSync(file, rows.join("\n"));
    const looked = await json("imports", "inspect", file);
    expect(looked).toMatchObject({ format: "csv", delimiter: ";", headerRow: 2, decimalComma: true });
    expect((await santi("imports", "inspect", file)).out).toMatch(/row 2, one row of titles above/);

    const make = ["imports", "profile", file, "--records", "accidents.accident", "--country", "THA", "--dates", "dmy"];
    expect(await santi(...make)).toMatchObject({ code: 1, err: expect.stringContaining("--datum") });
    const out = join(folder, "made.json");
    expect(await santi(...make, "--datum", "wgs-84", "--id", "made", "--out", out, "--save", ...where)).toMatchObject({
      code: 0,
    });
    expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({
      id: "made",
      decimalComma: true,
      position: { datum: "wgs-84" },
    });
    expect(await santi(...make, "--datum", "wgs-84", "--out", out)).toMatchObject({
      code: 1,
      err: expect.stringContaining("already"),
    });
    expect(await json("imports", "profiles", "--country", "THA", ...where)).toContainEqual(
      expect.objectContaining({ id: "made", saved: true }),
    );

    const findings = join(folder, "findings.csv");
    const run = ["import", file, "--profile", "made", "--country", "THA", ...where];
    const wrong = await santi(...run, "--findings", join(folder, "findings.pdf"));
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining(".xlsx") });
    const dry = await santi(...run, "--dry-run", "--findings", findings);
    expect([dry.code, dry.err]).toEqual([1, ""]);
    expect(readFileSync(findings, "utf8")).toContain("31/02/2567");
    const done = JSON.parse((await santi(...run, "--json")).out) as {
      importId: string;
      stored: number;
      refused: number;
    };
    expect(done).toMatchObject({ stored: 1, refused: 1 });

    const listed = (await json("imports", "list", "--country", "THA", ...where)) as unknown as object[];
    expect(listed).toEqual([expect.objectContaining({ id: done.importId, status: "done", dryRun: false })]);
    const book = join(folder, "findings.xlsx");
    expect(await santi("imports", "findings", done.importId, book, ...where)).toMatchObject({ code: 0 });
    expect(readFileSync(book).toString("latin1", 0, 2)).toBe("PK");
    const undo = ["imports", "undo", done.importId, ...where];
    expect(await santi(...undo)).toMatchObject({ code: 2 });
    expect(await json(...undo, "--reason", "read with the wrong profile")).toMatchObject({
      withdrawn: 1,
      reverted: 0,
      leftCount: 0,
    });
    expect(await santi(...undo, "--reason", "again")).toMatchObject({ code: 1 });
    expect(await santi("imports", "undo", "nonsense", "--reason", "again", ...where)).toMatchObject({ code: 1 });
  });

  it("say who holds a node and what to do, each of them", { timeout: 120_000 }, async () => {
    const db = await openDatabase({ directory: data });
    try {
      for (const args of [
        ["start", "--port", "0"],
        ["backup", join(folder, "b")],
        ["restore", join(folder, "node.santi")],
        ["doctor"],
        ["audit", "verify"],
        ["sample"],
        ["migrate"],
        ["account", "list"],
        ["import", "x.csv", "--profile", "cambodia-ncdd-csv"],
      ]) {
        const { code, err } = await santi(...args, "--data", data);
        expect(code, args.join(" ")).toBe(1);
        expect(err, args.join(" ")).toContain(`process ${process.pid} `);
        expect(err).toContain("--data");
      }
    } finally {
      await db.close();
    }
  });

  it.runIf(server)("move an embedded node to PostgreSQL, and not back", { timeout: 240_000 }, async () => {
    await santi("account", "add", "mover@example.org", "--name", "M", "--role", "donor", "--data", data);
    rmSync(join(folder, "state"), { recursive: true, force: true });
    const to = await aDatabase();
    expect(await json("move", "--to", to, "--data", data)).toMatchObject({ rows: expect.any(Number) });
    expect((await santi("account", "list", "--database", to)).out).toContain("mover@example.org");
    expect(readFileSync(join(folder, "state", "secret"), "utf8")).toBe(readFileSync(join(data, "secret"), "utf8"));
    expect(await santi("move", "--to", to, "--database", to)).toMatchObject({
      code: 1,
      err: expect.stringContaining("--data"),
    });
    expect(await santi("doctor", "--database", "postgres://nobody:word@127.0.0.1:1/none")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/nobody:.+@127\.0\.0\.1:1.*ECONNREFUSED/),
    });
  });

  it("end the process with their exit code", { timeout: 120_000 }, () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ["--import", "tsx", rootPath("src/apps/cli/main.ts"), ...args], {
        cwd: rootPath(),
        encoding: "utf8",
      }).status;
    expect(run("--version")).toBe(0);
    expect(run("nonsense")).toBe(2);
    expect(run("start", "--port", "0", "--data", rootPath("package.json"))).toBe(1);
  });
});
