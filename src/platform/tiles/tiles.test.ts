import { gunzipSync } from "node:zlib";
import { VectorTile } from "@mapbox/vector-tile";
import { sql } from "kysely";
import { PbfReader } from "pbf";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Grant } from "../access/model.ts";
import { describeEachDatabase } from "../database/testing.ts";
import { type Database, programClaims } from "../database/types.ts";
import { recordEvent } from "../events/index.ts";
import { createMetrics, type Metrics } from "../http/metrics.ts";
import { grant, type TestServer, testServer } from "../http/testing.ts";
import { createRecords, reviseRecords } from "../records/actions.ts";
import { findByKeys } from "../records/store.ts";
import { createThings, thingDefinition, thingRights } from "../records/testing.ts";
import { TileCache } from "./cache.ts";
import { createTiles, type TileLayerDefinition } from "./index.ts";

const layer: TileLayerDefinition = {
  definition: thingDefinition,
  right: "things.read",
  properties: [
    { name: "code", field: "code" },
    { name: "kind", field: "kind" },
    { name: "year", field: "happenedOn", year: true },
  ],
};

const analyst = [grant("regional-analyst")];
const change = { accountId: null, now: new Date("2026-05-06T07:08:09Z"), reason: null };
const at = (longitude: number, latitude: number) => ({ type: "Point", coordinates: [longitude, latitude] });

async function counted(metrics: Metrics): Promise<{ made: number; cached: number }> {
  const value = async (name: string) => (await metrics.registry.getSingleMetric(name)?.get())?.values[0]?.value ?? 0;
  return { made: await value("santi_tiles_made_total"), cached: await value("santi_tiles_cached_total") };
}

describe("tiles of a record type", () => {
  it("may not carry a field that is not public", () => {
    const properties = [{ name: "secret", field: "secret" }];
    expect(() => createTiles([{ ...layer, properties }], createMetrics())).toThrow(/may not carry test.thing.secret/);
    expect(() => createTiles([{ ...layer, properties: [{ name: "x", field: "x" }] }], createMetrics())).toThrow();
  });
});

describe("the memory of tiles", () => {
  const tile = { z: 4, x: 12, y: 7 };
  const bytes = (size: number) => new Uint8Array(size);

  it("keeps to its limit and forgets first what was used longest ago", () => {
    const cache = new TileCache(1000);
    cache.advance("a", 1, []);
    for (const key of ["1", "2", "3", "4"]) cache.put("a", 1, key, tile, bytes(240));
    cache.get("a", "1");
    cache.put("a", 1, "5", tile, bytes(240));
    expect(["1", "2", "3", "4", "5"].filter((key) => cache.get("a", key))).toEqual(["1", "3", "4", "5"]);
    cache.put("a", 1, "big", tile, bytes(251));
    expect(cache.get("a", "big")).toBeUndefined();
  });

  it("forgets what a change touches, everything when the change may be anywhere or the version goes back", () => {
    const cache = new TileCache();
    const fill = (version: number) => {
      cache.put("a", version, "here", tile, bytes(1));
      cache.put("a", version, "there", { z: 4, x: 1, y: 1 }, bytes(1));
    };
    const kept = () => ["here", "there"].filter((key) => cache.get("a", key));
    cache.advance("a", 1, []);
    fill(1);
    cache.advance("a", 2, [[100, 10, 101, 11]]);
    expect(kept()).toEqual(["there"]);
    fill(2);
    cache.advance("a", 3, []);
    expect(kept()).toEqual(["here", "there"]);
    cache.put("a", 2, "late", tile, bytes(1));
    expect(cache.get("a", "late")).toBeUndefined();
    cache.advance("a", 4, null);
    expect(kept()).toEqual([]);
    fill(4);
    cache.advance("a", 2, []);
    expect(kept()).toEqual([]);
  });
});

describeEachDatabase("tiles", (context) => {
  let server: TestServer;

  const tile = async (path: string, as: readonly Grant[] | null = analyst, headers = {}) =>
    server.send("GET", `/tiles/test.thing/${path}`, { ...(as ? { as } : {}), headers });
  const features = async (path: string, as?: readonly Grant[]) => {
    const response = await tile(path, as);
    if (response.status === 204) return [];
    expect(response.status).toBe(200);
    expect(response.headers.get("content-encoding")).toBe("gzip");
    const data = gunzipSync(Buffer.from(await response.arrayBuffer()));
    const things = new VectorTile(new PbfReader(data)).layers["test.thing"];
    return Array.from(
      { length: things?.length ?? 0 },
      (_, i) => things?.feature(i).properties as Record<string, unknown>,
    );
  };
  const codes = async (path: string, as?: readonly Grant[]) =>
    (await features(path, as)).map(({ code }) => code).sort();
  const add = (code: string, country: string, geometry: object, sensitivity = 1, db: Database = context.db) =>
    db.transaction(programClaims, (tx) =>
      createRecords(
        tx,
        thingDefinition,
        [{ country, sensitivity, values: { code, kind: "x", happenedOn: "2020-02-02", geometry } }],
        change,
      ),
    );
  const fresh = (cache?: TileCache) => {
    const metrics = createMetrics();
    server = testServer(context.db, [createTiles([layer], metrics, cache)], { rights: thingRights, metrics });
  };
  /** Waits until no transaction of any database of the server is under way, so that tiles are kept. */
  const quiet = () =>
    expect
      .poll(
        async () =>
          (
            await sql<{
              quiet: boolean;
            }>`select pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot()) as quiet`.execute(
              context.db.owner,
            )
          ).rows[0]?.quiet,
        { timeout: 10_000, interval: 20 },
      )
      .toBe(true);

  beforeAll(async () => {
    await createThings(context.db);
    await add("K", "KHM", at(104.9, 11.5));
    await add("C", "KHM", at(104.8, 11.6), 2);
    await add("L", "LAO", at(102.6, 17.9));
    await add("S", "LAO", at(102.7, 17.8), 3);
  });
  beforeEach(() => fresh());

  it("show what the caller may see and nothing else", async () => {
    expect(await codes("0/0/0.mvt")).toEqual(["K", "L"]);
    expect(await codes("0/0/0.mvt", [grant("information-manager", "KHM")])).toEqual(["C", "K"]);
    expect(await codes("0/0/0.mvt", [grant("victim-assistance-officer")])).toEqual(["C", "K", "L", "S"]);
    expect(await codes("0/0/0.mvt", [grant("donor")])).toEqual([]);
    expect((await tile("0/0/0.mvt", null)).status).toBe(401);
    expect((await features("0/0/0.mvt", analyst))[0]).toEqual({ code: "K", kind: "x", year: "2020" });
    // The order of requests does not matter: what is kept for one caller is not given to another.
    expect(await codes("0/0/0.mvt")).toEqual(["K", "L"]);
  });

  it("show what lies in the tile and passes the filters of the list", async () => {
    expect(await codes("8/202/119.mvt")).toEqual(["K"]);
    expect(await codes("16/0/0.mvt")).toEqual([]);
    expect(await codes("0/0/0.mvt?country=LAO")).toEqual(["L"]);
    expect(await codes("0/0/0.mvt?filter.happenedOn=2019")).toEqual([]);
    expect((await tile("0/0/0.mvt?filter.nothing=1")).status).toBe(400);
    for (const path of ["1/2/0.mvt", "17/0/0.mvt", "0/0/0.png", "0/-1/0.mvt"])
      expect([404, 422], path).toContain((await tile(path)).status);
    expect((await server.send("GET", "/tiles/nothing/0/0/0.mvt", { as: analyst })).status).toBe(404);
  });

  it("answer 304 to who has the tile already, and carry no cache of others", async () => {
    const first = await tile("0/0/0.mvt");
    const etag = first.headers.get("etag") ?? "";
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect(first.headers.get("vary")).toContain("cookie");
    expect((await tile("0/0/0.mvt", analyst, { "if-none-match": etag })).status).toBe(304);
    expect((await tile("0/0/0.mvt", [grant("victim-assistance-officer")], { "if-none-match": etag })).status).toBe(200);
  });

  it("come from memory until something inside them changes", async () => {
    await quiet();
    await codes("8/202/119.mvt");
    await codes("8/200/115.mvt");
    await quiet();
    await codes("8/202/119.mvt");
    expect(await counted(server.metrics)).toEqual({ made: 2, cached: 1 });
    await add("N", "KHM", at(104.85, 11.55));
    await quiet();
    expect(await codes("8/202/119.mvt")).toEqual(["K", "N"]);
    expect(await codes("8/200/115.mvt")).toEqual(["L"]);
    expect(await counted(server.metrics)).toEqual({ made: 3, cached: 2 });

    const moved = await context.db.transaction(programClaims, (tx) =>
      findByKeys(tx, thingDefinition, "KHM", "code", ["N"]),
    );
    await context.db.transaction(programClaims, (tx) =>
      reviseRecords(
        tx,
        thingDefinition,
        moved.map((record) => ({ record, values: { ...record.values, geometry: at(102.6, 17.9) } })),
        change,
      ),
    );
    await quiet();
    expect(await codes("8/202/119.mvt")).toEqual(["K"]);
    expect(await codes("8/200/115.mvt")).toEqual(["L", "N"]);
    await context.db.transaction(programClaims, (tx) =>
      recordEvent(tx, { type: "sample.removed", accountId: null, now: change.now }),
    );
    await quiet();
    await codes("8/202/119.mvt");
    expect((await counted(server.metrics)).made).toBe(6);
  });

  it("are right although a change with a lower number is committed after one with a higher", async () => {
    if (context.db.kind === "embedded") return; // One session: changes come one after the other.
    await quiet();
    expect(await codes("8/202/119.mvt")).toEqual(["K"]);
    let finish = () => {};
    const waiting = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let entered = () => {};
    const began = new Promise<void>((resolve) => {
      entered = resolve;
    });
    const slow = context.db.transaction(programClaims, async (tx) => {
      await createRecords(
        tx,
        thingDefinition,
        [{ country: "KHM", values: { code: "SLOW", kind: "x", geometry: at(104.9, 11.5) } }],
        change,
      );
      entered();
      await waiting;
    });
    await began;
    await add("FAST", "LAO", at(102.6, 17.9));
    expect(await codes("8/202/119.mvt")).toEqual(["K"]);
    expect(await codes("8/200/115.mvt")).toContain("FAST");
    finish();
    await slow;
    expect(await codes("8/202/119.mvt")).toEqual(["K", "SLOW"]);
    await quiet();
    expect(await codes("8/202/119.mvt")).toEqual(["K", "SLOW"]);
    expect(await codes("8/202/119.mvt")).toEqual(["K", "SLOW"]);
  });
});
