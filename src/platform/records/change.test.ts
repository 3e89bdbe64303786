import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import type { Grant } from "../access/model.ts";
import { describeEachDatabase } from "../database/testing.ts";
import { programClaims } from "../database/types.ts";
import { sealAll } from "../events/testing.ts";
import type { DownloadFormat } from "../files/index.ts";
import { readRows } from "../files/index.ts";
import { implement } from "../http/handler.ts";
import { grant, type TestServer, testServer } from "../http/testing.ts";
import { createRecords, reviseRecords } from "./actions.ts";
import { recordHandlers } from "./handlers.ts";
import { findByKeys } from "./store.ts";
import { createThings, thingDefinition, thingRights, thingRoutes } from "./testing.ts";

interface One {
  record: Record<string, unknown> & { id: string; revision: number; code: string; withheld?: string[] };
  allowed: string[];
}

const manager = [grant("information-manager")];
const entry = [grant("data-entry", "KHM")];
const officer = [grant("quality-officer")];
const square = {
  type: "Polygon",
  coordinates: [
    [
      [103, 12],
      [103.01, 12],
      [103.01, 12.01],
      [103, 12.01],
      [103, 12],
    ],
  ],
};

describeEachDatabase("changes of records", (context) => {
  let server: TestServer;
  const now = new Date("2026-05-06T07:08:09.010Z");

  const create = async (values: object, as: readonly Grant[] = manager, country = "KHM") =>
    (await server.post("/api/things", { country, values }, as)) as { status: number; body: One };
  const correct = async (record: { id: string }, revision: number, changes: object, as: readonly Grant[] = manager) =>
    (await server.post(
      `/api/things/KHM/${record.id}/correct`,
      { revision, reason: "seen in the field", changes },
      as,
    )) as {
      status: number;
      body: One & { code: string; params: object; fields: object[] };
    };
  const events = async (type: string) =>
    (
      await sql<{
        payload: Record<string, unknown>;
      }>`select payload from event where type = ${type} order by seq`.execute(context.db.owner)
    ).rows;

  beforeAll(async () => {
    await createThings(context.db);
    const implementation = implement(
      thingRoutes,
      recordHandlers(thingDefinition, { read: "things.read", correct: "things.correct" }),
    );
    server = testServer(context.db, [implementation], { rights: thingRights, clock: () => now });
  });

  it("create a record with a code of its own, derived fields, a revision and one event", async () => {
    const { status, body } = await create({ kind: "x", size: 4, happenedOn: "2026-01-01", geometry: square });
    expect(status).toBe(200);
    expect(body.record).toMatchObject({
      code: "THG-KHM-000001",
      size: 4,
      double: 8,
      revision: 1,
      country: "KHM",
      sample: false,
      recordedAt: now.toISOString(),
      geometry: square,
    });
    expect(body.allowed).toEqual(["correct"]);
    expect((await create({ kind: "x" })).body.record.code).toBe("THG-KHM-000002");
    const [event] = await events("test.thing.created");
    expect(event?.payload).toMatchObject({
      code: "THG-KHM-000001",
      revision: 1,
      revisions: 1,
      boxes: [[103, 12, 103.05, 12.05]],
    });
    expect(JSON.stringify(event?.payload)).not.toContain("103.01");
  });

  it("refuse what the contract or the domain's checks refuse, with the fields named", async () => {
    const fieldsOf = async (values: object) => {
      const { status, body } = (await server.post("/api/things", { country: "KHM", values }, manager)) as {
        status: number;
        body: { fields: { path: string; code: string }[] };
      };
      return [status, ...body.fields.map(({ path, code }) => `${path} ${code}`)];
    };
    expect(await fieldsOf({ size: 1 })).toEqual([422, "kind check.required"]);
    expect(await fieldsOf({ kind: "bad", happenedOn: "2030-01-01" })).toEqual([
      422,
      "happenedOn check.date-in-future",
      "kind check.thing-bad",
    ]);
    expect(await fieldsOf({ kind: "x", size: -1 })).toEqual([422, "values.size field.too-small"]);
    expect(await fieldsOf({ kind: "x", double: 3 })).toEqual([422, "values.double field.unknown"]);
    expect(await fieldsOf({ kind: "x", happenedOn: "2026-02-30" })).toMatchObject([
      422,
      expect.stringContaining("values.happenedOn"),
    ]);
    const taken = await create({ kind: "x", code: "THG-KHM-000001" });
    expect(taken).toMatchObject({
      status: 409,
      body: { code: "common.conflict", params: { constraint: "test_thing_code" } },
    });
  });

  it("are open to those with the right in the country, and not to fields above them", async () => {
    expect((await create({ kind: "x" }, officer)).status).toBe(403);
    expect((await create({ kind: "x" }, entry, "LAO")).status).toBe(403);
    expect((await create({ kind: "x", person: "Somebody" }, entry)).body).toMatchObject({
      code: "common.forbidden",
      params: { fields: ["person"] },
    });
    const { body } = await create({ kind: "x", secret: "kept" }, entry);
    expect(body.record).toMatchObject({ secret: "kept", withheld: ["person"] });
    expect((await correct(body.record, 1, { size: 1 }, officer)).status).toBe(403);
    expect((await correct(body.record, 1, { person: "x" }, entry)).status).toBe(403);
    expect((await server.post("/api/things", { country: "KHM", values: {} })).status).toBe(401);
  });

  it("correct a record from the revision that was read, and not from an older one", async () => {
    const { record } = (await create({ kind: "x", size: 1, secret: "a" })).body;
    const second = await correct(record, 1, { size: 5, secret: null });
    expect(second.body.record).toMatchObject({ revision: 2, size: 5, double: 10 });
    expect(second.body.record).not.toHaveProperty("secret");
    expect(await correct(record, 1, { size: 6 })).toMatchObject({
      status: 409,
      body: { code: "common.stale-revision", params: { expected: 1, found: 2 } },
    });
    expect(await correct(record, 2, { size: 5 })).toMatchObject({
      status: 422,
      body: { code: "records.nothing-changed" },
    });
    expect(await correct(record, 2, { kind: "bad" })).toMatchObject({
      status: 422,
      body: { fields: [{ path: "kind", code: "check.thing-bad" }] },
    });
    expect(await correct({ id: "01999999-0000-7000-8000-000000000000" }, 1, { size: 1 })).toMatchObject({
      status: 404,
    });
    const both = await Promise.all([correct(record, 2, { size: 7 }), correct(record, 2, { size: 8 })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it("forget the coordinates that were typed when people move a place", async () => {
    const [record] = await context.db.transaction(programClaims, (tx) =>
      createRecords(
        tx,
        thingDefinition,
        [
          {
            country: "KHM",
            values: {
              code: "MOVED",
              kind: "x",
              geometry: { type: "Point", coordinates: [103, 12] },
              coordinatesAsTyped: "12 N 103 E",
              datum: "wgs84",
              fixedBy: "gps",
            },
          },
        ],
        { accountId: null, now, reason: null },
      ),
    );
    const same = await correct(record as never, 1, { fixedBy: "map" });
    expect(same.body.record).toMatchObject({ coordinatesAsTyped: "12 N 103 E", fixedBy: "map" });
    const moved = await correct(record as never, 2, { geometry: { type: "Point", coordinates: [104, 12] } });
    expect(moved.body.record).toMatchObject({ geometry: { coordinates: [104, 12] } });
    expect(moved.body.record).not.toHaveProperty("coordinatesAsTyped");
  });

  it("keep every state with its author and reason, and tell each reader only the fields open to them", async () => {
    const { record } = (await create({ kind: "x", size: 1, secret: "first", geometry: square })).body;
    await correct(record, 1, { size: 2, secret: "second" });
    const history = async (as: readonly Grant[]) =>
      (
        (await server.get(`/api/things/KHM/${record.id}/history`, as)).body as {
          revisions: {
            revision: number;
            action: string;
            reason: string | null;
            changes: { field: string; before: unknown; after: unknown }[];
          }[];
        }
      ).revisions;
    const full = await history(manager);
    expect(full.map(({ revision, action, reason }) => [revision, action, reason])).toEqual([
      [2, "corrected", "seen in the field"],
      [1, "created", null],
    ]);
    expect(full[0]?.changes).toEqual([
      { field: "size", before: 1, after: 2 },
      { field: "double", before: 2, after: 4 },
      { field: "secret", before: "first", after: "second" },
    ]);
    const limited = await history(officer);
    expect(limited.flatMap(({ changes }) => changes.map(({ field }) => field))).not.toContain("secret");
    expect(limited).toHaveLength(2);
    expect((await server.get(`/api/things/KHM/${record.id}/history`, [grant("donor")])).status).toBe(404);
  });

  it("withdraw and restore through the engine, free the code and keep the chain", async () => {
    const find = (code: string) =>
      context.db.transaction(programClaims, (tx) => findByKeys(tx, thingDefinition, "KHM", "code", [code]));
    const [record] = await context.db.transaction(programClaims, (tx) =>
      createRecords(tx, thingDefinition, [{ country: "KHM", values: { code: "GONE", kind: "x" } }], {
        accountId: null,
        now,
        reason: null,
      }),
    );
    if (!record) throw new Error("nothing was created");
    await context.db.transaction(programClaims, (tx) =>
      reviseRecords(
        tx,
        thingDefinition,
        [{ record, withdrawn: true }],
        { accountId: null, now, reason: "undone" },
        "withdrawn",
      ),
    );
    expect(await find("GONE")).toEqual([]);
    expect(await correct(record, 2, { size: 1 })).toMatchObject({ status: 410, body: { code: "records.withdrawn" } });
    expect((await server.get("/api/things?filter.code=GONE", manager)).body).toMatchObject({ total: 0 });
    expect((await server.get("/api/things?filter.code=GONE&withdrawn=true", manager)).body).toMatchObject({ total: 1 });
    expect((await create({ kind: "x", code: "GONE" })).status).toBe(200);
    await expect(
      context.db.transaction(programClaims, (tx) =>
        reviseRecords(
          tx,
          thingDefinition,
          [{ record, withdrawn: false }],
          { accountId: null, now, reason: null },
          "restored",
        ),
      ),
    ).rejects.toMatchObject({ code: "common.stale-revision" });
    expect((await sealAll(context.db)).problems).toEqual([]);
  });

  it("store many at once as one event, all or none", async () => {
    const many = (code: (i: number) => string) =>
      context.db.transaction(programClaims, (tx) =>
        createRecords(
          tx,
          thingDefinition,
          Array.from({ length: 300 }, (_, i) => ({ country: "KHM", values: { code: code(i), kind: "bulk" } })),
          { accountId: null, now, reason: null, importId: null },
          "imported",
        ),
      );
    expect(await many((i) => `BULK-${i}`)).toHaveLength(300);
    expect((await events("test.thing.imported")).at(-1)?.payload).toMatchObject({ revisions: 300, boxes: [] });
    await expect(many((i) => (i === 299 ? "BULK-0" : `MORE-${i}`))).rejects.toMatchObject({ code: "23505" });
    expect((await server.get("/api/things?filter.kind=bulk", manager)).body).toMatchObject({ total: 300 });
  });

  it.each<DownloadFormat>(["csv", "xlsx", "geojson", "gpkg"])(
    "export all pages as %s with what the caller may see",
    async (format) => {
      const folder = await mkdtemp(join(tmpdir(), "santi-export-test-"));
      try {
        const read = async (as: readonly Grant[]) => {
          const response = await server.send("GET", `/api/things/export?format=${format}&sort=code&country=KHM`, {
            as,
          });
          expect(response.status).toBe(200);
          expect(response.headers.get("content-disposition")).toBe(
            `attachment; filename="test.thing-2026-05-06.${format}"`,
          );
          const file = join(folder, `things.${format}`);
          writeFileSync(file, Buffer.from(await response.arrayBuffer()));
          const rows: Record<string, unknown>[] = [];
          for await (const row of readRows(file)) rows.push(row.fields);
          return rows;
        };
        const total = ((await server.get("/api/things?country=KHM&limit=1", manager)).body as { total: number }).total;
        const rows = await read(manager);
        expect(rows).toHaveLength(total);
        expect(total).toBeGreaterThan(300);
        const names = Object.keys(rows[0] ?? {});
        expect(names).toEqual(expect.arrayContaining(["code", "kind", "secret", "happenedOn", "id", "revision"]));
        expect(names).not.toContain("person");
        expect(rows.find(({ code }) => code === "THG-KHM-000001")).toMatchObject({
          kind: "x",
          happenedOn: expect.stringContaining("2026-01-01"),
        });
        const withheld = await read(officer);
        expect(Object.keys(withheld[0] ?? {})).not.toContain("secret");
        expect(JSON.stringify(withheld)).not.toContain("kept");
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );
});
