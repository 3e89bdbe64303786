import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate, readMigrations } from "../database/migrate.ts";
import { openDatabase } from "../database/open.ts";
import { describeEachDatabase, withDatabase } from "../database/testing.ts";
import { type Database, programClaims } from "../database/types.ts";
import { recordEvent, recordRevisions, verifyChain } from "../events/index.ts";
import { sealAll } from "../events/testing.ts";
import { newId } from "../kernel/ids.ts";
import { restoreBackup, writeBackup } from "./backup.ts";
import { diagnose } from "./doctor.ts";
import { listTables, RowsDigest, readLines } from "./tables.ts";

const now = new Date("2026-05-06T07:08:09.010Z");

/** Digest of every table of a node. */
async function contents(db: Database): Promise<Record<string, string>> {
  return db.owner.transaction().execute(async (tx) => {
    const found: Record<string, string> = {};
    for (const table of await listTables(tx)) {
      const digest = new RowsDigest();
      for await (const lines of readLines(tx, table)) for (const line of lines) digest.add(line);
      found[table.name] = `${digest.count} ${digest.value()}`;
    }
    return found;
  });
}

/** Fills a node with awkward values: every script, quotes, null, numbers at the edge, geometry, bytes, times before 1970. */
async function fill(db: Database): Promise<void> {
  const [parent, child, organisation, area] = Array.from({ length: 4 }, newId) as [string, string, string, string];
  await db.transaction(programClaims, async (tx) => {
    await sql`insert into places_country (country, names, boundary) values ('KHM', '{"km":"កម្ពុជា"}',
      ST_GeomFromText('MULTIPOLYGON(((102 10,107 10,107 15,102 10)))', 4326))`.execute(tx);
    // A child before its parent: the order of rows in a backup is not that of the units.
    await sql`insert into places_unit (country, id, revision, code, names, level, parent, sensitivity, recorded_at)
      values ('KHM', ${child}, 1, '0101', '{"my":"ရွာ","en":"a \\"quoted\\" name"}', 2, ${parent}, 0, '1969-12-31 23:59:59.999+00'),
        ('KHM', ${parent}, 1, '01', '{"th":"จังหวัด"}', 1, null, 0, now())`.execute(tx);
    await sql`insert into organisations_organisation (country, id, revision, code, names, type, activities, sensitivity, recorded_at)
      values ('KHM', ${organisation}, 1, ${'O\'\\n\n\t{1},"2"'}, '{}', 'operator', array['a,b', null, '"'], 0, now())`.execute(
      tx,
    );
    await sql`insert into land_area (country, id, revision, code, area_class, status, organisation, geometry, accuracy_metres,
        area_square_metres, identified_on, sensitivity, recorded_at)
      values ('KHM', ${area}, 1, 'A1', 'sha', 'open', ${organisation}, ST_SetSRID(ST_MakePoint(0.1 + 0.2, 1e-300), 4326), 1.7976931348623157e308,
        9007199254740991, '0044-03-15', 1, now())`.execute(tx);
    for (let i = 0; i < 1100; i++)
      await recordEvent(tx, {
        type: "test.happened",
        country: "KHM",
        accountId: null,
        now,
        payload: { i, text: "ភាសា" },
      });
    await recordRevisions(tx, { type: "land.area.created", country: "KHM", accountId: null, now }, [
      {
        country: "KHM",
        recordType: "land.area",
        recordId: area,
        revision: 1,
        action: "created",
        reason: null,
        recordedAt: now.toISOString(),
        snapshot: { code: "A1", n: 1e21, list: [null, 0.1] },
        sensitivity: 1,
        organisation,
        sample: false,
      },
    ]);
  });
  await db.owner
    .insertInto("auth_user")
    .values({ id: "u1", name: "Sokha", email: "sokha@example.org", email_verified: true } as never)
    .execute();
}

describeEachDatabase("backup and restore", (context) => {
  let folder: string;
  let file: string;
  let original: Record<string, string>;
  let made = 0;

  /** An empty database of either kind, to restore into. */
  async function target(kind: "embedded" | "postgres"): Promise<{ db: Database; drop: () => Promise<void> }> {
    if (kind === "embedded") {
      const directory = join(folder, `target-${made++}`);
      const db = await openDatabase({ directory, begin: "bare" });
      return { db, drop: () => db.close() };
    }
    const server = process.env.SANTI_TEST_DATABASE_URL as string;
    const admin = await openDatabase({ url: server });
    const name = `santi_restore_${newId().replaceAll("-", "")}`;
    await admin.executeSql(`create database ${name}`);
    const db = await openDatabase({ url: withDatabase(server, name) });
    return {
      db,
      async drop() {
        await db.close();
        await admin.executeSql(`drop database ${name} with (force)`);
        await admin.close();
      },
    };
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "santi-backup-"));
    file = join(folder, "node.santi");
    await fill(context.db);
    await sealAll(context.db);
    await writeBackup(context.db, file, { secret: "the key", now });
    original = await contents(context.db);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("writes one file that only its owner reads, and never over another", async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split("\n");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      format: "santi-backup-1",
      migration: readMigrations().at(-1)?.number,
      secret: "the key",
    });
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ complete: true });
    await expect(writeBackup(context.db, file, { secret: null, now })).rejects.toMatchObject({
      code: "database.not-empty",
    });
    await expect(writeBackup(context.db, join(folder, "none", "x"), { secret: null, now })).rejects.toMatchObject({
      code: "ENOENT",
    });
  });

  const kinds = process.env.SANTI_TEST_DATABASE_URL ? (["embedded", "postgres"] as const) : (["embedded"] as const);
  it.each(kinds)("restores into %s every row as it was, with a chain that verifies and goes on", async (kind) => {
    const { db, drop } = await target(kind);
    try {
      const seen: string[] = [];
      const report = await restoreBackup(db, file, { onProgress: (table) => seen.push(table) });
      expect(report.secret).toBe("the key");
      expect(report.tables.find(({ table }) => table === "event")?.rows).toBe(1101);
      expect(seen).toContain("event");
      expect(await contents(db)).toEqual(original);
      const before = await verifyChain(context.db);
      expect(await verifyChain(db)).toEqual(before);
      await db.transaction(programClaims, (tx) => recordEvent(tx, { type: "test.after", accountId: null, now }));
      expect(await sealAll(db)).toMatchObject({ sealed: before.sealed + 1, problems: [] });
      // And back again, to the same rows.
      const second = join(folder, `second-${kind}.santi`);
      await writeBackup(db, second, { secret: null, now });
      const again = await target("embedded");
      await restoreBackup(again.db, second);
      expect(await contents(again.db)).toEqual(await contents(db));
      await again.drop();
    } finally {
      await drop();
    }
  });

  it("refuses a node that holds something, unless it is to be replaced", async () => {
    await expect(restoreBackup(context.db, file)).rejects.toMatchObject({ code: "database.not-empty" });
    await context.db.transaction(programClaims, (tx) => recordEvent(tx, { type: "test.later", accountId: null, now }));
    expect(await contents(context.db)).not.toEqual(original);
    await restoreBackup(context.db, file, { replace: true });
    expect(await contents(context.db)).toEqual(original);
    expect((await verifyChain(context.db)).problems).toEqual([]);
  });

  describe("refuses a damaged file and changes nothing:", () => {
    const text = () => gunzipSync(readFileSync(file)).toString();
    const bytes = () => readFileSync(file);
    it.each<[string, () => Buffer, string]>([
      ["cut off in the middle", () => bytes().subarray(0, bytes().length >> 1), "database.backup-damaged"],
      [
        "one byte turned",
        () => {
          const b = bytes();
          b[b.length >> 1] = (b[b.length >> 1] as number) ^ 0xff;
          return b;
        },
        "database.backup-damaged",
      ],
      ["not a backup", () => Buffer.from("hello"), "database.backup-damaged"],
      ["empty", () => Buffer.alloc(0), "database.backup-damaged"],
      ["another format", () => gzipSync('{"format":"other"}\n'), "database.backup-damaged"],
      [
        "the last line missing",
        () => gzipSync(text().trimEnd().split("\n").slice(0, -1).join("\n") + "\n"),
        "database.backup-damaged",
      ],
      [
        "a row missing",
        () => gzipSync(text().replace(/\n\[[^\n]*test\.happened[^\n]*\n/, "\n")),
        "database.backup-damaged",
      ],
      [
        "a value changed",
        () => gzipSync(text().replace("sokha@example.org", "other@example.org")),
        "database.backup-damaged",
      ],
      ["a row that is no JSON", () => gzipSync(text().replace(/\n\["KHM"/, "\n[KHM")), "database.backup-damaged"],
      [
        "a column that is not known",
        () => gzipSync(text().replace('"email_verified"', '"email_believed"')),
        "database.backup-damaged",
      ],
      [
        "made by a newer program",
        () => gzipSync(text().replace(/"migration":\d+/, '"migration":9999')),
        "database.newer-than-program",
      ],
      [
        "older than the node",
        () => gzipSync(text().replace(/"migration":\d+/, '"migration":1')),
        "database.backup-older",
      ],
    ])("%s", async (name, damage, code) => {
      const damaged = join(folder, `${name.replaceAll(" ", "-")}.santi`);
      writeFileSync(damaged, damage());
      const before = await contents(context.db);
      await expect(restoreBackup(context.db, damaged, { replace: true })).rejects.toMatchObject({ code });
      expect(await contents(context.db)).toEqual(before);
    });

    it("that is not there", () =>
      expect(restoreBackup(context.db, join(folder, "none"), { replace: true })).rejects.toMatchObject({
        code: "ENOENT",
      }));
  });

  it("the doctor finds a good node good, and says what is not", async () => {
    const found = await diagnose(context.db, null);
    expect(found.filter(({ state }) => state !== "good")).toEqual([]);
    expect(found.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "program",
        "node",
        "database",
        "postgis",
        "proj",
        "spatial-index",
        "migrations",
        "chain",
      ]),
    );
    await context.db.executeSql("alter function geometry_overlaps(geometry, geometry) not leakproof");
    expect((await diagnose(context.db, null)).filter(({ state }) => state !== "good")).toMatchObject([
      { name: "spatial-index", state: "warning", params: { used: "no" } },
    ]);
    const { command } = (await diagnose(context.db, null)).find(({ name }) => name === "spatial-index")?.params ?? {};
    await context.db.executeSql(String(command));
    expect((await diagnose(context.db, null)).filter(({ state }) => state !== "good")).toEqual([]);
    await context.db.owner.transaction().execute(async (tx) => {
      await sql`alter table event disable trigger append_only`.execute(tx);
      await sql`update event set payload = '{}' where seq = 3`.execute(tx);
      await sql`alter table event enable trigger append_only`.execute(tx);
      await sql`update migration set checksum = 'x' where number = 2`.execute(tx);
    });
    const bad = (await diagnose(context.db, null)).filter(({ state }) => state === "bad");
    expect(bad.map(({ name }) => name)).toEqual(["migrations", "chain"]);
  });
});

describe("the doctor of a folder", () => {
  it("looks at the lock and the disk, and at a database without migrations", async () => {
    const directory = mkdtempSync(join(tmpdir(), "santi-doctor-"));
    const db = await openDatabase({ directory, begin: "bare" });
    const found = new Map((await diagnose(db, directory)).map((diagnosis) => [diagnosis.name, diagnosis]));
    expect(found.get("lock")).toMatchObject({ state: "good", params: { pid: process.pid } });
    expect(found.get("disk")?.params.free).toBeGreaterThan(0);
    expect(found.get("migrations")).toMatchObject({ state: "warning", params: { applied: 0 } });
    expect(found.has("chain")).toBe(false);
    await migrate(db);
    expect((await diagnose(db, directory)).find(({ name }) => name === "migrations")).toMatchObject({ state: "good" });
    await db.close();
    rmSync(directory, { recursive: true });
  });
});
