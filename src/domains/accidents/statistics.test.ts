import { protects } from "@santi/safe-statistics";
import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { grant, testServer } from "../../platform/http/testing.ts";
import { reviseRecords } from "../../platform/records/actions.ts";
import { findByKeys } from "../../platform/records/store.ts";
import { aUnit } from "../../platform/records/testing.ts";
import type { AnonymityOutput, StatisticsOutput } from "./contract-statistics.ts";
import { casualtyDefinition } from "./definitions.ts";
import { implementations, rights } from "./index.ts";
import { type Dimension, published } from "./model-statistics.ts";
import { anAccident } from "./samples.ts";

const now = new Date("2026-11-23T05:00:00Z");
const manager = [grant("information-manager", "KHM")];
const analyst = [grant("regional-analyst")];
const donor = [grant("donor")];

describeEachDatabase("figures of casualties", (context) => {
  const server = () => testServer(context.db, implementations, { rights, clock: () => now });
  const ask = async (query: string, as?: typeof manager) =>
    (await server().get(`/api/accidents/statistics?${query}`, as)) as {
      status: number;
      body: StatisticsOutput & { code: string };
    };
  const cells = async (query: string, as: typeof manager | undefined = manager) =>
    Object.fromEntries(
      (await ask(query, as)).body.rows.map(({ keys, casualties }) => [
        keys.map((key) => key ?? "total").join(" "),
        casualties,
      ]),
    );
  let province: string;
  let lao: { id: string; casualties: string[] };
  beforeAll(async () => {
    province = await aUnit(context.db, "KHM", "KH-1", 1);
    const village = await aUnit(context.db, "KHM", "KH-1-1", 2, province);
    const man = { sex: "male", status: "civilian", age: 30 };
    await anAccident(context.db, {
      values: { occurredOn: "2024-03-01", unit: village, activity: "farming" },
      casualties: [
        { count: 12, values: { ...man, outcome: "killed" } },
        { count: 3, values: { outcome: "injured", sex: "female", age: 9, status: "military" } },
        { count: 9, values: { ...man, outcome: "unknown", activity: "travelling" } },
      ],
    });
    await anAccident(context.db, {
      values: { occurredOn: "2025-03-01", device: "uxo-other" },
      casualties: [{ count: 6, values: { outcome: "amputated", sex: "male", ageGroup: "child" } }],
    });
    await anAccident(context.db, { values: { occurredOn: "2025-04-01" } });
    const draft = { occurredOn: "2025-05-01", state: "draft" };
    await anAccident(context.db, { values: draft, casualties: [{ count: 40, values: { outcome: "killed" } }] });
    lao = await anAccident(context.db, {
      country: "LAO",
      values: { occurredOn: "2024-01-01" },
      casualties: [{ count: 2, values: { outcome: "injured" } }],
    });
  });

  it("count people and accidents apart, and only what was approved", async () => {
    const { rows } = (await ask("country=KHM&by=year", manager)).body;
    expect(rows).toEqual([
      { keys: ["2024"], casualties: 24, accidents: 1, share: null, change: null },
      { keys: ["2025"], casualties: 6, accidents: 1, share: null, change: -0.75 },
      { keys: [null], casualties: 30, accidents: 2, share: null, change: null },
    ]);
  });

  it("give shares among the known, by bands of the age at the accident, by activity and by first-level unit", async () => {
    const { rows, references } = (await ask("country=KHM&by=year,status", manager)).body;
    const share = (...keys: (string | null)[]) => rows.find((row) => row.keys.join() === keys.join())?.share;
    expect([share("2024", "civilian"), share("2024", "military")]).toEqual([21 / 24, 3 / 24]);
    expect([share("2025", "unknown"), share("2025", null)]).toEqual([null, null]);
    expect(references).toEqual({});
    expect(await cells("country=KHM&by=ageBand")).toEqual({ "5-12": 3, "30-44": 21, child: 6, total: 30 });
    expect(await cells("country=KHM&by=sexAge")).toEqual({ man: 21, boy: 6, girl: 3, total: 30 });
    expect(await cells("country=KHM&by=activity")).toEqual({ farming: 15, travelling: 9, unknown: 6, total: 30 });
    expect(await cells("country=KHM&by=deviceGroup")).toEqual({ "ap-mine": 24, erw: 6, total: 30 });
    expect(await cells("country=KHM&by=unit")).toEqual({ [province]: 24, unknown: 6, total: 30 });
    expect(await cells("country=KHM&by=outcome&from=2025")).toEqual({ amputated: 6, total: 6 });
  });

  it("add those who lost a limb to the injured where the country counts so, and never the other way", async () => {
    const put = (value: string) =>
      sql`insert into setting (country, name, value) values ('KHM', 'accidents.amputated', ${JSON.stringify(value)}::jsonb)
        on conflict (country, name) do update set value = excluded.value`.execute(context.db.owner);
    await put("within-injured");
    expect(await cells("country=KHM&by=outcome")).toEqual({ killed: 12, injured: 9, unknown: 9, total: 30 });
    expect((await ask("by=country", analyst)).body.amputated).toBe("differs");
    await put("apart");
    expect(await cells("country=KHM&by=outcome")).toMatchObject({ injured: 3, amputated: 6 });
  });

  it("are as they were known on a day, whatever was recorded later", async () => {
    const before = await cells("country=LAO&by=outcome", analyst);
    const later = { accountId: null, now: new Date("2026-03-01T00:00:00Z"), reason: "Found again" };
    await context.db.transaction(programClaims, async (tx) => {
      const [first, second] = await findByKeys(tx, casualtyDefinition, "LAO", "id", lao.casualties);
      if (!first || !second) throw new Error("The casualties are missing");
      await reviseRecords(
        tx,
        casualtyDefinition,
        [{ record: first, values: { ...first.values, diedOn: "2024-02-01" } }],
        later,
      );
      await reviseRecords(tx, casualtyDefinition, [{ record: second, withdrawn: true }], later, "withdrawn");
    });
    expect(before).toEqual({ injured: 2, total: 2 });
    expect(await cells("country=LAO&by=outcome", analyst)).toEqual({ killed: 1, total: 1 });
    expect(await cells("country=LAO&by=outcome&knownOn=2026-03-01", analyst)).toEqual({ killed: 1, total: 1 });
    expect(await cells("country=LAO&by=outcome&knownOn=2026-02-28", analyst)).toEqual(before);
    expect(await cells("country=LAO&by=outcome&knownOn=2025-12-31", analyst)).toEqual({ total: 0 });
  });

  it("hide small counts, and what would give them away, from the public and from who is not cleared", async () => {
    for (const reader of [undefined, donor]) {
      const { body } = await ask("country=KHM&by=year,outcome", reader);
      const shown = Object.fromEntries(body.rows.map(({ keys, casualties }) => [keys.join(" "), casualties]));
      expect(shown["2024 injured"]).toBeNull();
      expect([shown["2024 killed"], shown["2024 unknown"]]).toContain(null);
      expect(body.suppression).toMatchObject({ threshold: 5 });
      expect(body.rows.every(({ accidents }) => accidents === null)).toBe(true);
      expect(body.rows.filter(({ keys }) => keys[0] === "2024").every(({ share }) => share === null)).toBe(true);
    }
  });

  it("hide so that nothing follows from all that the public can read, taken together", async () => {
    const tables: { dimensions: { name: string; values: string[] }[] }[] = [];
    const places = new Map<string, { place: Record<string, string>; count: number | null }>();
    const years = Object.keys(await cells("country=KHM&by=year")).filter((key) => key !== "total");
    for (const by of published) {
      const exact = (await ask(`country=KHM&by=${by.join()}`, manager)).body.rows;
      const values = (at: number) => [...new Set(exact.flatMap(({ keys }) => keys[at] ?? []))];
      const dimensions = by.map((name, i) => ({ name, values: name === "year" ? years : values(i) }));
      tables.push({ dimensions });
      const rows = (await ask(`country=KHM&by=${by.join()}`)).body.rows;
      const told = new Map(rows.map(({ keys, casualties }) => [JSON.stringify(keys), casualties]));
      const all = dimensions.reduce<(string | null)[][]>(
        (found, { values: each }) => found.flatMap((keys) => [...each, null].map((key) => [...keys, key])),
        [[]],
      );
      for (const keys of all) {
        const place = Object.fromEntries(by.flatMap((name, i) => (keys[i] ? [[name, keys[i] as string]] : [])));
        const key = JSON.stringify(Object.entries(place).sort());
        const count = told.has(JSON.stringify(keys)) ? (told.get(JSON.stringify(keys)) as number | null) : 0;
        if (places.has(key)) expect(places.get(key)?.count, key).toBe(count);
        places.set(key, { place, count });
      }
    }
    expect([...places.values()].some(({ count }) => count === null)).toBe(true);
    expect(protects(tables, [...places.values()], 5)).toEqual({ safe: true, derivable: [], small: [] });
  });

  it("refuse the public what could be set against the published tables", async () => {
    for (const query of [
      "country=KHM&by=outcome,sex",
      "country=KHM&by=ageBand",
      "country=KHM&by=year&knownOn=2026-01-01",
    ])
      expect((await ask(query)).body.code, query).toBe("accidents.not-published");
    expect((await ask("by=year")).body.code).toBe("accidents.one-country");
    expect((await ask("country=KHM,LAO&by=year", manager)).body.code).toBe("accidents.one-country");
    expect((await ask("country=LAO&by=year", manager)).body.suppression).not.toBeNull();
    expect((await ask("by=country", analyst)).body.suppression).toBeNull();
  });

  it("come as a file with the same numbers, for the public with the same gaps", async () => {
    const file = async (as?: typeof manager) =>
      (
        await server().send("GET", "/api/accidents/statistics-file?country=KHM&by=year,outcome", as ? { as } : {})
      ).text();
    expect((await file(manager)).split("\r\n").slice(0, 2)).toEqual([
      expect.stringContaining("year,outcome,casualties,accidents,share,change"),
      "2024,killed,12,1,0.8,",
    ]);
    expect(await file()).toMatch(/^2024,injured,,,,/m);
    const xlsx = await server().send("GET", "/api/accidents/statistics-file?country=KHM&format=xlsx", { as: manager });
    expect(new Uint8Array(await xlsx.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([80, 75]));
  });

  it("leave as records only when nobody stands out", async () => {
    const report = (await server().get("/api/casualty-records/report?country=KHM", manager)).body as AnonymityOutput;
    expect(report).toMatchObject({ records: 30, reached: false, smallestClassWanted: 5, before: { k: 3 } });
    const refused = await server().send("GET", "/api/casualty-records?country=KHM", { as: manager });
    expect(refused.status).toBe(422);
    for (const year of [2021, 2022])
      await anAccident(context.db, {
        values: { occurredOn: `${year}-01-01` },
        casualties: [{ count: 150, values: { outcome: "injured", sex: "male", age: 40, status: "civilian" } }],
      });
    const after = (await server().get("/api/casualty-records/report?country=KHM", manager)).body as AnonymityOutput;
    expect(after.reached).toBe(true);
    expect(after.after.k).toBeGreaterThanOrEqual(5);
    expect(after.after.globalRisk).toBeLessThan(0.03);
    const file = await (await server().send("GET", "/api/casualty-records?country=KHM", { as: manager })).text();
    const lines = file.trim().split("\r\n").slice(1);
    expect(lines).toHaveLength(330);
    const classes = new Map<string, number>();
    for (const line of lines) classes.set(line, (classes.get(line) ?? 0) + 1);
    expect(Math.min(...classes.values())).toBeGreaterThanOrEqual(5);
    expect((await server().send("GET", "/api/casualty-records?country=LAO", { as: manager })).status).toBe(403);
  });

  it("know the tables that they publish", () => {
    const all: readonly Dimension[] = published.flat();
    expect(all).not.toContain("ageBand");
    expect(published.every(([first]) => first === "year")).toBe(true);
  });
});
