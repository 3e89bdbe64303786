import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { lastVerification } from "../../platform/administration/audit-store.ts";
import { openDatabase } from "../../platform/database/open.ts";
import { embeddedCopy } from "../../platform/database/testing.ts";
import { type Database, programClaims } from "../../platform/database/types.ts";
import { sealAll } from "../../platform/events/testing.ts";
import { programVersion, rootPath } from "../../platform/kernel/root.ts";
import { aNode, emptyDatabase, santi, santiJson, type TestNode, testServer } from "./testing.ts";

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
      expect((await santi("start", "--port", "many")).err).toContain("ត្រូវការលេខច្រក");
    } finally {
      delete process.env.SANTI_LANGUAGE;
    }
  });

  it.each([
    [["unknown"]],
    [["backup"]],
    [["move"]],
    [["account", "add", "a@example.org"]],
    [["account", "add", "a@example.org", "--name", "A", "--role", "king"]],
    [["doctor", "--nothing"]],
    [["land", "ledger"]],
    [["land", "ledger", "--country", "KHM", "--by", "colour"]],
    [["land", "report", "approve", "CLR-KHM-000001"]],
    [["land", "report", "return", "CLR-KHM-000001", "--as", "a@example.org"]],
  ])("answers wrong usage with 2: %j", async (args) => {
    const { code, err } = await santi(...args);
    expect(code).toBe(2);
    expect(err).toContain("--help");
  });

  it.each([
    [["start", "--port", "many"], "from 0 to 65535"],
    [["start", "--port", "-1"], "from 0 to 65535"],
    [["start", "--port", "65536"], "from 0 to 65535"],
    [["start", "--port", ""], "from 0 to 65535"],
    [["sample", "--scale", "0"], "A number above 0"],
    [["sample", "--scale", "x"], "A number above 0"],
    [["sample", "--seed", "1.5"], "A whole number of 0 or more"],
    [["land", "ledger", "--country", "Cambodia"], "three letters"],
    [["land", "ledger", "--country", "KHM", "--as-at", "2026-02-30"], "year-month-day"],
    [["land", "task", "list", "--limit", "201"], "from 1 to 200"],
    [["land", "act", "report.get", "--with", "country"], "name=value"],
    [["imports", "inspect", "a.csv", "--header-row", "first"], "The number of a row"],
    [["imports", "profile", "a.csv", "--records", "land.area", "--id", "-a"], "no hyphen in front"],
    [["access", "travel-time", "--max", "far"], "A number of 0 or more"],
    [["access", "score", "--thresholds", "60,x"], "Times in seconds"],
    [["access", "score", "--decay", "steps:60"], "gaussian:SECONDS"],
    [["access", "score", "--decay", "sudden:60"], "gaussian:SECONDS"],
    [["access", "score", "--band", "100"], "above 0 and below 100"],
    [["access", "site", "--count", "0"], "A whole number of 1 or more"],
  ])("says what is expected instead: %j", async (args, expected) => {
    const { code, err } = await santi(...args);
    expect([code, err]).toEqual([2, expect.stringContaining(expected)]);
  });

  it("prints its version and the OpenAPI description", async () => {
    expect(await santi("--version")).toMatchObject({ code: 0, out: `${programVersion()}\n` });
    const { code, out } = await santi("openapi");
    expect([code, (JSON.parse(out) as { openapi: string }).openapi]).toEqual([0, "3.1.0"]);
  });
});

describe("commands on a node", () => {
  let node: TestNode;
  let folder: string;
  /** Another node, an embedded one. */
  let data: string;
  const before = process.env.SANTI_DATA;

  const on = (...args: string[]) => node.santi(...args);
  const jsonOn = (...args: string[]) => santiJson(...args, ...node.where);
  /** Looks into the node's database. */
  const inDatabase = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
    const opened = await node.open();
    try {
      return await work(opened.database);
    } finally {
      await opened.close();
    }
  };

  beforeAll(async () => {
    node = await aNode();
    folder = node.folder;
    data = await embeddedCopy();
    process.env.SANTI_DATA = join(folder, "moved");
  });
  afterAll(async () => {
    if (before === undefined) delete process.env.SANTI_DATA;
    else process.env.SANTI_DATA = before;
    await node.remove();
    rmSync(data, { recursive: true, force: true });
  });

  it("fill a node, look after it, back it up and restore it", { timeout: 240_000 }, async () => {
    expect((await on("migrate")).out).toMatch(/up to date|migrations applied/);
    expect((await on("account", "list")).out).toMatch(/no accounts/);
    expect(await jsonOn("sample", "--scale", "0.01")).toMatchObject({
      scale: 0.01,
      seed: 1,
      items: expect.any(Number),
    });
    expect(await on("sample")).toMatchObject({ code: 1, out: expect.stringContaining("--remove") });
    expect(await jsonOn("doctor")).toMatchObject({ healthy: true });
    const checked = await jsonOn("audit", "verify");
    expect(checked).toMatchObject({ problems: [] });
    // The audit page shows the latest check, whoever made it.
    const last = await inDatabase((db) => db.transaction(programClaims, lastVerification));
    expect(last).toMatchObject({ accountId: null, sealed: checked.sealed, head: checked.head, problems: { count: 0 } });
    // The command adds one event, that it was run, and nothing else.
    const counted = Number(checked.sealed) + Number(checked.unsealed);
    expect(await inDatabase((db) => sealAll(db))).toMatchObject({ sealed: counted + 1, problems: [] });
    const person = ["--name", "Sokha", "--role", "data-entry", "--country", "KHM"];
    expect(await jsonOn("account", "add", "Sokha@Example.org", ...person)).toMatchObject({
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
    const backup = await jsonOn("backup", file);
    expect(await on("backup", file)).toMatchObject({ code: 1, err: expect.stringContaining("exists already") });
    expect(await on("restore", file)).toMatchObject({ code: 1, err: expect.stringContaining("--replace") });
    expect(await jsonOn("restore", file, "--replace")).toEqual(backup);
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

    expect(await jsonOn("sample", "--remove")).toMatchObject({ accounts: 9, removed: expect.any(Number) });
    expect(await jsonOn("audit", "verify")).toMatchObject({ problems: [] });
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

  it.runIf(testServer)("move an embedded node to PostgreSQL, and not back", { timeout: 240_000 }, async () => {
    await santi("account", "add", "mover@example.org", "--name", "M", "--role", "donor", "--data", data);
    const { url: to, drop } = await emptyDatabase(testServer as string);
    onTestFinished(drop);
    expect(await santiJson("move", "--to", to, "--data", data)).toMatchObject({ rows: expect.any(Number) });
    expect((await santi("account", "list", "--database", to)).out).toContain("mover@example.org");
    expect(readFileSync(join(folder, "moved", "secret"), "utf8")).toBe(readFileSync(join(data, "secret"), "utf8"));
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
