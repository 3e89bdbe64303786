import fc from "fast-check";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { newId } from "../kernel/ids.ts";
import { migrate, migrationState, readMigrations, splitStatements } from "./migrate.ts";
import { safeAddress } from "./postgres.ts";
import { describeEachDatabase } from "./testing.ts";
import { type Claims, programClaims, publicClaims } from "./types.ts";

describe("statements of a migration", () => {
  it("end at semicolons outside quotes, dollar quotes and comments", () => {
    const text = `
      -- a comment; with a semicolon
      create table a (b text default 'x;''y;' /* ; */, "c;d" int);
      create function f() returns text language sql as $$ select ';' $$;
      do $body$ begin perform '$$;'; end $body$;
      select $1;;
      -- the end;
    `;
    const statements = splitStatements(text);
    expect(statements.map((statement) => statement.replace(/^\s*--.*\n/gm, "").trim())).toEqual([
      `create table a (b text default 'x;''y;' /* ; */, "c;d" int)`,
      "create function f() returns text language sql as $$ select ';' $$",
      "do $body$ begin perform '$$;'; end $body$",
      "select $1",
    ]);
  });

  it("are found again whatever quoted text they hold", () => {
    const quoted = fc.oneof(
      fc.string().map((text) => `'${text.replaceAll("'", "''")}'`),
      fc.string().map((text) => `"${text.replaceAll('"', '""')}"`),
      fc.string().map((text) => `$t$${text.replaceAll("$", "")}$t$`),
      fc.string().map((text) => `/*${text.replaceAll("*", "")}*/`),
      fc.string().map((text) => `--${text.replaceAll("\n", "")}\n`),
    );
    fc.assert(
      fc.property(fc.array(fc.array(quoted, { minLength: 1 }), { minLength: 1 }), (parts) => {
        const statements = parts.map((part) => `select ${part.join(" ")} x`);
        expect(splitStatements(statements.join(";"))).toEqual(statements);
      }),
    );
  });
});

describe("the migrations of the program", () => {
  it("are numbered without gaps, and line ends do not change their checksums", () => {
    const migrations = readMigrations();
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, i) => i + 1));
    for (const { checksum } of migrations) expect(checksum).toMatch(/^[0-9a-f]{64}$/);
  });

  it("hide the password of an address", () => {
    expect(safeAddress("postgres://me:secret@host:5432/db")).not.toContain("secret");
    expect(safeAddress("no address; password=secret")).not.toContain("secret");
  });
});

const claims = (some: Partial<Claims>): Claims => ({ ...publicClaims, ...some });

describeEachDatabase("database", (context) => {
  describe("migrations", () => {
    it("are all applied once", async () => {
      expect(await migrate(context.db)).toBe(0);
      expect(await migrationState(context.db)).toEqual({
        applied: readMigrations().length,
        pending: [],
        newer: [],
        altered: [],
      });
    });

    it("refuse a database that is newer than the program and change nothing", async () => {
      const known = readMigrations().slice(0, -1);
      await expect(migrate(context.db, known)).rejects.toMatchObject({
        code: "database.newer-than-program",
        params: { known: known.length },
      });
      expect((await migrationState(context.db)).applied).toBe(known.length + 1);
    });

    it("refuse a step that was altered after it was applied", async () => {
      const altered = readMigrations().map((migration, i) => (i === 1 ? { ...migration, checksum: "0" } : migration));
      await expect(migrate(context.db, altered)).rejects.toMatchObject({
        code: "database.migration-altered",
        params: { altered: ["2 access"] },
      });
    });

    it("undo a step that fails half-way, and two starters apply a step once", async () => {
      const steps = readMigrations();
      const number = steps.length + 1;
      const broken = { number, name: "broken", checksum: "b", sql: "create table half (a int); select 1 / 0;" };
      await expect(migrate(context.db, [...steps, broken])).rejects.toThrow(/division by zero/);
      const { rows } = await sql`select to_regclass('public.half') as there`.execute(context.db.owner);
      expect(rows).toEqual([{ there: null }]);

      const good = {
        number,
        name: "good",
        checksum: "g",
        sql: "create table whole (a int); insert into whole values (1);",
      };
      const done = await Promise.all([migrate(context.db, [...steps, good]), migrate(context.db, [...steps, good])]);
      expect(done.sort()).toEqual([0, 1]);
      expect((await sql`select a from whole`.execute(context.db.owner)).rows).toEqual([{ a: 1 }]);
      await sql`drop table whole`.execute(context.db.owner);
      await sql`delete from migration where number = ${number}`.execute(context.db.owner);
    });
  });

  it("gives the same JavaScript values for every type", async () => {
    const { rows } = await sql`select 1::smallint as small, 2::integer as int, 3::bigint as big, 1.5::numeric as exact,
        2.5::double precision as real, true as yes, 'ស'::text as words, '2026-02-03'::date as day,
        '2026-02-03 04:05:06.789+07'::timestamptz as moment, '\\x0aff'::bytea as bytes, '{"a":[1,null]}'::jsonb as json,
        array['x', null] as list, null::integer as nothing, count(*) as n from (values (1), (2)) as t`.execute(
      context.db.owner,
    );
    expect(rows[0]).toEqual({
      small: 1,
      int: 2,
      big: 3,
      exact: 1.5,
      real: 2.5,
      yes: true,
      words: "ស",
      day: "2026-02-03",
      moment: "2026-02-02T21:05:06.789Z",
      bytes: Buffer.from([10, 255]),
      json: { a: [1, null] },
      list: ["x", null],
      nothing: null,
      n: 2,
    });
    await expect(sql`select 9007199254740993::bigint as big`.execute(context.db.owner)).rejects.toThrow(/does not fit/);
  });

  it("keeps transactions apart: a failure undoes all, a read-only one cannot write, claims end with it", async () => {
    const count = async () =>
      (await sql<{ n: number }>`select count(*) as n from setting`.execute(context.db.owner)).rows[0]?.n;
    const write = (name: string) => sql`insert into setting (name, value) values (${name}, '1')`;
    const before = await count();
    await expect(
      context.db.transaction(programClaims, async (tx) => {
        await write("undone").execute(tx);
        throw new Error("stop");
      }),
    ).rejects.toThrow("stop");
    await expect(
      context.db.transaction(programClaims, (tx) => write("read-only").execute(tx), { readOnly: true }),
    ).rejects.toMatchObject({ code: "25006" });
    expect(await count()).toBe(before);
    const { rows } = await sql<{ role: string; claims: string }>`
      select current_user <> 'santi_app' as owner, coalesce(current_setting('santi.writes', true), '') as claims`.execute(
      context.db.owner,
    );
    expect(rows[0]).toEqual({ owner: true, claims: "" });
  });

  it("tells listeners after the commit, and nothing of what was undone", async () => {
    const heard: string[] = [];
    const stop = await context.db.listen("test_channel", (payload) => heard.push(payload));
    const notify = (text: string, fail: boolean) =>
      context.db.transaction(programClaims, async (tx) => {
        await sql`select pg_notify('test_channel', ${text})`.execute(tx);
        if (fail) throw new Error("undone");
      });
    await notify("lost", true).catch(() => {});
    await notify("told", false);
    await expect.poll(() => heard).toEqual(["told"]);
    await stop();
  });

  it("fails instead of waiting for ever when a query leaves its transaction", async () => {
    if (context.db.kind !== "embedded") return;
    await expect(context.db.transaction(programClaims, () => sql`select 1`.execute(context.db.owner))).rejects.toThrow(
      /left its transaction/,
    );
    expect((await sql`select 1 as one`.execute(context.db.owner)).rows).toEqual([{ one: 1 }]);
  });

  describe("row-level security", () => {
    const ours = newId();
    const theirs = newId();
    const areas: [code: string, country: string, level: number, organisation: string | null][] = [
      ["K0", "KHM", 0, null],
      ["K1", "KHM", 1, null],
      ["K2", "KHM", 2, ours],
      ["K3", "KHM", 3, theirs],
      ["L1", "LAO", 1, null],
      ["L2", "LAO", 2, null],
    ];
    const insert = ([code, country, level, organisation]: (typeof areas)[number]) => sql`
      insert into land_area (country, id, revision, code, area_class, status, organisation, sensitivity, recorded_at)
      values (${country}, ${newId()}, 1, ${code}, 'sha', 'open', ${organisation}, ${level}, now())`;

    it("is prepared", async () => {
      for (const [country, id] of [
        ["KHM", ours],
        ["KHM", theirs],
      ])
        await sql`insert into organisations_organisation (country, id, revision, code, names, type, sensitivity, recorded_at)
          values (${country}, ${id}, 1, ${id}, '{}', 'operator', 0, now())`.execute(context.db.owner);
      for (const area of areas) await insert(area).execute(context.db.owner);
    });

    it.each<[string, Partial<Claims>, string[]]>([
      ["the public sees public records", {}, ["K0"]],
      ["a base level opens all countries", { baseLevel: 1 }, ["K0", "K1", "L1"]],
      ["a country's level opens that country", { countryLevels: { KHM: 2 } }, ["K0", "K1", "K2"]],
      ["levels of countries do not mix", { countryLevels: { KHM: 1, LAO: 2 } }, ["K0", "K1", "L1", "L2"]],
      ["the highest level opens everything of the country", { countryLevels: { KHM: 3 } }, ["K0", "K1", "K2", "K3"]],
      ["an organisation sees its own records", { organisations: [ours] }, ["K0", "K2"]],
      ["writing does not open reading", { writes: ["*"] }, ["K0"]],
      ["the program sees everything", programClaims, ["K0", "K1", "K2", "K3", "L1", "L2"]],
    ])("%s", async (_name, some, expected) => {
      const codes = await context.db.transaction(claims(some), async (tx) => {
        const { rows } = await sql<{ code: string }>`select code from land_area order by code`.execute(tx);
        return rows.map(({ code }) => code);
      });
      expect(codes).toEqual(expected);
    });

    it("lets nobody write outside the countries that they may write", async () => {
      const try_ = (some: Partial<Claims>, statement: ReturnType<typeof insert>) =>
        context.rollback(async (tx) => void (await statement.execute(tx)), claims(some));
      const level3: Partial<Claims> = { baseLevel: 3 };
      await expect(try_(level3, insert(["N1", "KHM", 1, null]))).rejects.toMatchObject({ code: "42501" });
      await expect(try_({ ...level3, writes: ["LAO"] }, insert(["N2", "KHM", 1, null]))).rejects.toMatchObject({
        code: "42501",
      });
      await try_({ ...level3, writes: ["KHM"] }, insert(["N3", "KHM", 1, null]));
      await try_({ ...level3, writes: ["*"] }, insert(["N4", "LAO", 1, null]));
      await expect(
        try_({ ...level3, writes: ["KHM"] }, sql`update land_area set country = 'LAO' where code = 'K0'`),
      ).rejects.toMatchObject({ code: "42501" });
      await expect(try_({ ...level3, writes: ["*"] }, sql`delete from land_area`)).rejects.toMatchObject({
        code: "42501",
      });
    });

    it("changes only what may be seen and written", async () => {
      const changed = async (some: Partial<Claims>) => {
        let codes: string[] = [];
        await context.rollback(async (tx) => {
          const { rows } = await sql<{ code: string }>`update land_area set name = 'x' returning code`.execute(tx);
          codes = rows.map(({ code }) => code).sort();
        }, claims(some));
        return codes;
      };
      expect(await changed({ baseLevel: 3 })).toEqual([]);
      expect(await changed({ baseLevel: 1, writes: ["KHM"] })).toEqual(["K0", "K1"]);
    });

    it("keeps accounts from every request and the log from those who do not administer", async () => {
      await context.db.transaction(programClaims, async (tx) => {
        await sql`insert into event (id, type, country, account_id, occurred_at, payload)
          values (${newId()}, 'test', 'KHM', 'somebody', now(), '{}')`.execute(tx);
      });
      for (const table of ["auth_user", "auth_session", "access_token", "access_link"])
        await expect(
          context.rollback(async (tx) => void (await sql`select from ${sql.table(table)}`.execute(tx)), programClaims),
        ).rejects.toMatchObject({ code: "42501" });
      const events = (some: Partial<Claims>) =>
        context.db.transaction(claims(some), async (tx) => (await sql`select id from event`.execute(tx)).rows.length);
      expect(await events({ baseLevel: 3 })).toBe(0);
      expect(await events({ writes: ["LAO"] })).toBe(0);
      expect(await events({ writes: ["KHM"] })).toBe(1);
      expect(await events({ accountId: "somebody" })).toBe(1);
      expect(await events({ administers: true })).toBe(1);
    });
  });

  it("protects every table of country records", async () => {
    const { rows } = await sql<{ name: string }>`
      select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and not c.relrowsecurity and has_table_privilege('santi_app', c.oid, 'select, insert, update, delete')
      order by 1`.execute(context.db.owner);
    // The register of countries and the counters of codes hold nothing to hide; the catalogue of projections is PostGIS's.
    expect(rows.map(({ name }) => name).filter((name) => name !== "spatial_ref_sys")).toEqual([
      "code_counter",
      "places_country",
    ]);
  });
});
