import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import type { Grant } from "../access/model.ts";
import { readMigrations, splitStatements } from "../database/migrate.ts";
import { describeEachDatabase } from "../database/testing.ts";
import { programClaims } from "../database/types.ts";
import { implement } from "../http/handler.ts";
import { grant, type TestServer, testServer } from "../http/testing.ts";
import { createRecords } from "./actions.ts";
import { recordHandlers } from "./handlers.ts";
import { aUnit, createThings, thingDefinition, thingRights, thingRoutes } from "./testing.ts";

interface List {
  items: (Record<string, unknown> & { code: string; withheld?: string[] })[];
  total: number;
  next: string | null;
  allowed: string[];
  references: Record<string, { code: string; type: string }>;
}

const manager = [grant("information-manager")];
const officer = [grant("quality-officer")];
const donor = [grant("donor")];
/** Confidential in Cambodia, public elsewhere. */
const local = [grant("data-entry", "KHM")];

describeEachDatabase("lists of records", (context) => {
  let server: TestServer;
  let province: string;
  let village: string;
  let other: string;

  const list = async (query: string, as: readonly Grant[] = manager): Promise<List> => {
    const { status, body } = await server.get(`/api/things?${query}`, as);
    if (status !== 200) throw new Error(`${status} ${(body as { code: string }).code}`);
    return body;
  };
  const codes = async (query: string, as?: readonly Grant[]) => (await list(query, as)).items.map(({ code }) => code);

  beforeAll(async () => {
    await createThings(context.db);
    const implementation = implement(
      thingRoutes,
      recordHandlers(thingDefinition, { read: "things.read", correct: "things.correct" }),
    );
    server = testServer(context.db, [implementation], { rights: thingRights });
    province = await aUnit(context.db, "KHM", "01", 1);
    const district = await aUnit(context.db, "KHM", "0101", 2, province);
    village = await aUnit(context.db, "KHM", "010101", 4, district);
    other = await aUnit(context.db, "KHM", "02", 1);
    const point = (longitude: number) => ({ type: "Point", coordinates: [longitude, 12] });
    const values = [
      {
        code: "A",
        kind: "x",
        happenedOn: "2020-01-31",
        weight: 1.5,
        size: 3,
        checked: true,
        unit: village,
        secret: "s1",
        rank: 5,
        geometry: point(103),
      },
      {
        code: "B",
        kind: "x",
        happenedOn: "2020-02-01",
        weight: 2,
        size: 3,
        checked: false,
        unit: province,
        secret: "s2",
        rank: 4,
        geometry: point(104),
      },
      {
        code: "C",
        kind: "y",
        happenedOn: "2020-12-31",
        size: 3,
        marks: ["m", "n"],
        unit: other,
        rank: 3,
        geometry: point(105),
      },
      {
        code: "D",
        kind: "y",
        happenedOn: "2021-06-15",
        weight: 2,
        marks: ["n"],
        names: { en: "Đường Đàng", km: "ភូមិថ្មី ខេត្តកណ្ដាល" },
        rank: 2,
      },
      { code: "E", kind: "z", weight: 2, size: 1, secret: "50% off_x", person: "Somebody" },
      { code: "F", kind: "z", weight: 7 },
    ];
    await context.db.transaction(programClaims, async (tx) => {
      const change = { accountId: null, now: new Date(), reason: null };
      await createRecords(
        tx,
        thingDefinition,
        values.map((v) => ({ country: "KHM", values: v })),
        change,
      );
      await createRecords(
        tx,
        thingDefinition,
        [
          {
            country: "LAO",
            values: { code: "L", kind: "x", weight: 2, secret: "s1", rank: 9, geometry: point(103.5) },
          },
          { country: "LAO", values: { code: "M", kind: "x", secret: "s1" }, sensitivity: 3 },
        ],
        change,
      );
    });
  });

  it("go through all pages in order, whatever the sort, with ties and empty values last", async () => {
    for (const sort of [
      "code",
      "-code",
      "weight",
      "-weight",
      "size",
      "-happenedOn",
      "happenedOn",
      "checked",
      "-checked",
      "kind",
      "country",
      "recordedAt",
      "rank",
    ]) {
      const whole = await codes(`sort=${sort}`);
      expect(whole).toHaveLength(7);
      const paged: string[] = [];
      let cursor: string | null = "";
      do {
        const page: List = await list(`sort=${sort}&limit=2${cursor ? `&cursor=${cursor}` : ""}`);
        expect(page.total).toBe(7);
        expect(page.items.length).toBeLessThanOrEqual(2);
        paged.push(...page.items.map(({ code }) => code));
        cursor = page.next;
      } while (cursor);
      expect(paged, sort).toEqual(whole);
    }
    expect(await codes("sort=weight")).toEqual(["A", "B", "D", "E", "L", "F", "C"]);
    expect(await codes("sort=-weight")).toEqual(["F", "B", "D", "E", "L", "A", "C"]);
  });

  it.each([
    ["country=LAO", "L"],
    ["country=LAO,KHM", "ABCDEFL"],
    ["filter.code=A,F,nothing", "AF"],
    ["filter.kind=x,z", "ABEFL"],
    ["filter.marks=n", "CD"],
    ["filter.marks=m", "C"],
    ["filter.marks=-", "ABEFL"],
    ["filter.happenedOn=2020", "ABC"],
    ["filter.happenedOn=2020-02", "B"],
    ["filter.happenedOn=2020-01-31,2021", "AD"],
    ["filter.happenedOn.from=2020-02", "BCD"],
    ["filter.happenedOn.to=2020", "ABC"],
    ["filter.happenedOn.from=2020-02&filter.happenedOn.to=2020-12-31", "BC"],
    ["filter.weight=2", "BDEL"],
    ["filter.weight.from=2&filter.weight.to=6", "BDEL"],
    ["filter.size=3,1", "ABCE"],
    ["filter.checked=true", "A"],
    ["filter.checked=-", "CDEFL"],
    ["filter.checked=-,false", "BCDEFL"],
    ["filter.secret=s1", "AL"],
    ["bbox=102,11,104.5,13", "ABL"],
    ["q=b", "B"],
    ["q=duong", "D"],
    ["q=ថ្មី", "D"],
    // The subscripts da and ta look alike; the first is what is stored, people type either.
    ["q=ខេត្តកណ្ដាល", "D"],
    ["q=ខេត្តកណ្តាល", "D"],
    ["q=%25", ""],
  ])("filter by %s", async (query, expected) => {
    const found = await list(query);
    expect(
      found.items
        .map(({ code }) => code)
        .sort()
        .join(""),
    ).toBe(expected);
    expect(found.total).toBe(expected.length);
  });

  it("filter by a unit with everything inside it", async () => {
    expect((await codes(`filter.unit=${province}`)).sort()).toEqual(["A", "B"]);
    expect(await codes(`filter.unit=${village}`)).toEqual(["A"]);
    expect((await codes(`filter.unit=${village},${other}`)).sort()).toEqual(["A", "C"]);
    expect((await codes(`filter.unit=-,${other}`)).sort()).toEqual(["C", "D", "E", "F", "L"]);
    const { references } = await list(`filter.unit=${village}`);
    expect(references[village]).toMatchObject({ code: "010101", type: "places.unit" });
  });

  it("do not show or count what the caller's level does not open, nor the withheld fields", async () => {
    expect((await list("", [grant("victim-assistance-officer", "LAO")])).items.map(({ code }) => code).sort()).toEqual([
      "L",
      "M",
    ]);
    expect((await list("", donor)).total).toBe(0);
    const [seen] = (await list("filter.code=E", officer)).items;
    expect(seen).toMatchObject({ code: "E", kind: "z" });
    expect(seen).not.toHaveProperty("secret");
    expect(seen?.withheld?.sort()).toEqual(["person", "rank", "secret"]);
    const [more] = (await list("filter.code=E", manager)).items;
    expect(more).toMatchObject({ secret: "50% off_x", withheld: ["person"] });
  });

  it("refuse to sort, filter or count by a field that is above the caller", async () => {
    const refused = async (path: string, as: readonly Grant[]) => {
      const { status, body } = await server.get(path, as);
      return { status, ...(body as object) };
    };
    for (const path of [
      "/api/things?sort=rank",
      "/api/things?filter.secret=s1",
      "/api/things?filter.rank.from=3",
      "/api/things/counts?by=secret",
    ])
      expect(await refused(path, officer), path).toMatchObject({ status: 400, code: "records.unknown-filter" });
    expect(await refused("/api/things?bbox=1,2,3,4", donor)).toMatchObject({ status: 400 });
    expect(await refused("/api/things?filter.nothing=1", manager)).toMatchObject({
      status: 400,
      params: { field: "nothing" },
    });
    expect(await refused("/api/things?filter.person=x", manager)).toMatchObject({ status: 400 });
    expect(await refused("/api/things?sort=geometry", manager)).toMatchObject({
      status: 400,
      code: "records.unknown-sort",
    });
    expect(await refused("/api/things?cursor=rubbish", manager)).toMatchObject({
      status: 400,
      code: "records.bad-cursor",
    });
    for (const wrong of [
      "filter.happenedOn=soon",
      "filter.size=many",
      "filter.unit=x",
      "filter.kind.from=a",
      "filter.checked=maybe",
      "filter.kind=,",
      "filter.happenedOn=,",
    ])
      expect(await refused(`/api/things?${wrong}`, manager), wrong).toMatchObject({ status: 400 });
    for (const wrong of ["filter.happenedOn=2020-13", "filter.importId=x"])
      expect(await refused(`/api/things?${wrong}`, manager), wrong).toMatchObject({
        status: 422,
        code: "common.invalid-input",
      });
  });

  it("limit a field that is open in one country to that country, in lists and totals", async () => {
    const mixed = [grant("quality-officer"), ...local];
    expect((await codes("", mixed)).sort()).toEqual(["A", "B", "C", "D", "E", "F", "L"]);
    const filtered = await list("filter.secret=s1", mixed);
    expect(filtered.items.map(({ code }) => code)).toEqual(["A"]);
    const sorted = await list("sort=-rank", mixed);
    expect(sorted.items.map(({ code }) => code)).toEqual(["A", "B", "C", "D", "E", "F"]);
    expect(sorted.total).toBe(6);
    expect((await list("filter.code=L", mixed)).items[0]).not.toHaveProperty("secret");
  });

  it("count by one or two fields, a date by its year, codes once each", async () => {
    const counts = async (query: string, as: readonly Grant[] = manager) =>
      (await server.get(`/api/things/counts?${query}`, as)).body as { rows: unknown[]; total: number };
    expect(await counts("by=kind")).toMatchObject({
      total: 7,
      rows: [
        { keys: ["x"], count: 3 },
        { keys: ["y"], count: 2 },
        { keys: ["z"], count: 2 },
      ],
    });
    expect((await counts("by=happenedOn,kind&country=KHM")).rows).toEqual([
      { keys: ["2020", "x"], count: 2 },
      { keys: ["2020", "y"], count: 1 },
      { keys: ["2021", "y"], count: 1 },
      { keys: [null, "z"], count: 2 },
    ]);
    expect((await counts("by=marks&filter.kind=y")).rows).toEqual([
      { keys: ["m"], count: 1 },
      { keys: ["n"], count: 2 },
    ]);
    expect((await counts("by=country")).rows).toEqual([
      { keys: ["KHM"], count: 6 },
      { keys: ["LAO"], count: 1 },
    ]);
    expect((await counts("by=kind", donor)).rows).toEqual([]);
    expect((await server.get("/api/things/counts?by=person", manager)).status).toBe(400);
  });

  it("find what was stored before the Khmer subscripts were searched for alike, once the migration has run", async () => {
    const old = (text: string) =>
      sql`update test_thing set search = ${text} where code = 'E'`.execute(context.db.owner);
    await old("e ភ្នំស្ដៅ ស្ដេច");
    expect(await codes("q=ភ្នំស្ដៅ")).toEqual([]);
    const migration = readMigrations().find(({ name }) => name === "waiting-imports")?.sql ?? "";
    for (const statement of splitStatements(migration)) await context.db.executeSql(statement);
    for (const query of ["q=ភ្នំស្ដៅ", "q=ភ្នំស្តៅ", "q=ស្តេច"]) expect(await codes(query), query).toEqual(["E"]);
    await old("e");
  });

  it("have as many rows as the country, else the node chose, unless the reader asks otherwise", async () => {
    const choose = (country: string, value: string) =>
      sql`insert into setting (country, name, value) values (${country}, 'lists.rows', ${value}::jsonb)`.execute(
        context.db.owner,
      );
    expect((await list("")).items).toHaveLength(7);
    await choose("", "3");
    await choose("KHM", "2");
    const page = await list("country=KHM");
    expect([page.items.length, page.total]).toEqual([2, 6]);
    expect((await list(`country=KHM&cursor=${page.next}`)).items).toHaveLength(2);
    expect((await list("")).items).toHaveLength(3);
    expect((await list("country=KHM,LAO")).items).toHaveLength(3);
    expect((await list("country=KHM&limit=5")).items).toHaveLength(5);
    await sql`delete from setting where name = 'lists.rows'`.execute(context.db.owner);
  });

  it("say what the caller may do", async () => {
    expect((await list("", officer)).allowed).toEqual([]);
    expect((await list("", local)).allowed).toEqual(["correct"]);
    expect((await list("country=KHM", local)).allowed).toEqual(["correct"]);
    expect((await list("country=LAO", local)).allowed).toEqual([]);
  });
});
