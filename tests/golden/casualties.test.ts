import { kAnonymity } from "@santi/safe-statistics";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { casualtyDefinition, implementations, rights } from "../../src/domains/accidents/index.ts";
import { anAccident, manyCasualties } from "../../src/domains/accidents/samples.ts";
import { describeEachDatabase } from "../../src/platform/database/testing.ts";
import { programClaims } from "../../src/platform/database/types.ts";
import { grant, testServer } from "../../src/platform/http/testing.ts";
import { reviseRecords } from "../../src/platform/records/actions.ts";
import { findByKeys } from "../../src/platform/records/store.ts";

interface Row {
  keys: (string | null)[];
  casualties: number | null;
  accidents: number | null;
  share: number | null;
  change: number | null;
}

/** A published split of one total: counts by the words of a dimension. */
type Split = Readonly<Record<string, number>>;

/**
 * People who fit several splits of one total at once: everybody stands in a row, and each split cuts the row.
 * @returns groups with one value of each split
 */
function people(splits: Readonly<Record<string, Split>>): { count: number; of: Record<string, string> }[] {
  const ends = Object.entries(splits).map(([name, split]) => {
    let end = 0;
    const parts = Object.entries(split).map(([key, count]) => {
      end += count;
      return { key, end };
    });
    return { name, parts };
  });
  const cuts = [...new Set(ends.flatMap(({ parts }) => parts.map((part) => part.end)))].sort((a, b) => a - b);
  return cuts.map((cut, i) => ({
    count: cut - (cuts[i - 1] ?? 0),
    of: Object.fromEntries(ends.map(({ name, parts }) => [name, parts.find((part) => part.end >= cut)?.key ?? ""])),
  }));
}

const facts: Readonly<Record<string, Record<string, string>>> = {
  man: { sex: "male", ageGroup: "adult" },
  woman: { sex: "female", ageGroup: "adult" },
  boy: { sex: "male", ageGroup: "child" },
  girl: { sex: "female", ageGroup: "child" },
};

/** Outcomes of years as the Landmine Monitor published them: killed, injured, survival not known, and the sum. */
const monitor = [
  { year: 2007, killed: 1401, injured: 3939, unknown: 86, total: 5426 },
  { year: 2012, killed: 1066, injured: 2552, unknown: 10, total: 3628 },
  { year: 2017, killed: 2793, injured: 4431, unknown: 15, total: 7239 },
  { year: 2018, killed: 3059, injured: 3837, unknown: 1, total: 6897 },
] as const;

describeEachDatabase("published figures of casualties, from a row for each person", (context) => {
  const server = () =>
    testServer(context.db, implementations, { rights, clock: () => new Date("2026-11-23T05:00:00Z") });
  const analyst = [grant("regional-analyst")];
  const rows = async (query: string) => {
    const { status, body } = await server().get(`/api/accidents/statistics?${query}`, analyst);
    expect(status, JSON.stringify(body)).toBe(200);
    return (body as { rows: Row[] }).rows;
  };
  const counts = async (query: string) =>
    Object.fromEntries(
      (await rows(query)).map(({ keys, casualties }) => [keys.map((key) => key ?? "all").join(" "), casualties]),
    );

  it("add up to the world's totals: killed, injured and unknown", async () => {
    for (const { year, killed, injured, unknown } of monitor)
      await manyCasualties(
        context.db,
        "WLD",
        Object.entries({ killed, injured, unknown }).map(([outcome, count]) => ({
          ...{ count, occurredOn: `${year}-06-15`, values: { outcome } },
        })),
      );
    await manyCasualties(context.db, "WLD", [
      { count: 4474, occurredOn: "2011-06-15", values: { outcome: "unknown" } },
    ]);
    const found = await counts("country=WLD&by=year,outcome");
    for (const { year, killed, injured, unknown, total } of monitor) {
      expect(found, String(year)).toMatchObject({
        [`${year} killed`]: killed,
        [`${year} injured`]: injured,
        [`${year} unknown`]: unknown,
        [`${year} all`]: total,
      });
    }
    const byYear = await rows("country=WLD&by=year");
    const change = byYear.find(({ keys }) => keys[0] === "2012")?.change ?? 0;
    expect(Math.round(change * 100)).toBe(-19);
    await manyCasualties(
      context.db,
      "DEC",
      Object.entries({ killed: 17_867, injured: 51_711, unknown: 3998 }).map(([outcome, count]) => ({
        ...{ count, occurredOn: "2004-01-01", values: { outcome } },
      })),
    );
    expect(await counts("country=DEC&by=outcome&from=1999&to=2008")).toEqual({
      ...{ killed: 17_867, injured: 51_711, unknown: 3998, all: 73_576 },
    });
  });

  it("were 8,605 for 2016 when first published, and 9,437 a year later", async () => {
    const year = (recordedAt: string, killed: number, injured: number, unknown: number) =>
      anAccident(context.db, {
        country: "TWO",
        recordedAt,
        values: { occurredOn: "2016-06-15" },
        casualties: Object.entries({ killed, injured, unknown }).map(([outcome, count]) => ({
          count,
          values: { outcome },
        })),
      });
    await year("2017-10-01T00:00:00Z", 2089, 6491, 25);
    await year("2018-10-01T00:00:00Z", 2472 - 2089, 6937 - 6491, 28 - 25);
    expect(await counts("country=TWO&by=outcome&knownOn=2017-12-31")).toEqual({
      ...{ killed: 2089, injured: 6491, unknown: 25, all: 8605 },
    });
    expect(await counts("country=TWO&by=outcome")).toEqual({ killed: 2472, injured: 6937, unknown: 28, all: 9437 });
  });

  it("fell from 134 to 117 in Laos for 2009, and from 310 to 304 for 2008, when records were looked at again", async () => {
    for (const [year, first, revised] of [
      [2008, 310, 304],
      [2009, 134, 117],
    ] as const) {
      const { casualties } = await anAccident(context.db, {
        country: "LAO",
        recordedAt: "2010-03-01T00:00:00Z",
        values: { occurredOn: `${year}-05-01` },
        casualties: [{ count: first, values: { outcome: "injured" } }],
      });
      await context.db.transaction(programClaims, async (tx) => {
        const gone = await findByKeys(tx, casualtyDefinition, "LAO", "id", casualties.slice(revised));
        const change = {
          accountId: null,
          now: new Date("2011-03-01T00:00:00Z"),
          reason: "Not an accident with ordnance",
        };
        const withdrawn = gone.map((record) => ({ record, withdrawn: true }));
        await reviseRecords(tx, casualtyDefinition, withdrawn, change, "withdrawn");
      });
    }
    const asKnown = async (query: string) => counts(`country=LAO&by=year&from=2008&to=2009${query}`);
    expect(await asKnown("&knownOn=2010-12-31")).toEqual({ "2008": 310, "2009": 134, all: 444 });
    expect(await asKnown("")).toEqual({ "2008": 304, "2009": 117, all: 421 });
  });

  it("come to Cambodia's 64,887 of May 2020 three ways: by outcome, by cause, and by men, women, boys and girls", async () => {
    const outcome = { killed: 19_786, injured: 36_043, amputated: 9058 };
    const device = { "ap-mine": 51_111, "uxo-other": 13_776 };
    const sexAge = { man: 52_568, boy: 6076, woman: 4789, girl: 1391, unknown: 63 };
    await manyCasualties(
      context.db,
      "CAM",
      people({ outcome, device, sexAge }).map(({ count, of }) => ({
        count,
        occurredOn: "2000-01-01",
        accident: { device: of.device },
        values: { outcome: of.outcome ?? "", ...facts[of.sexAge ?? ""] },
      })),
    );
    expect(await counts("country=CAM&by=outcome")).toEqual({ ...outcome, all: 64_887 });
    expect(await counts("country=CAM&by=deviceGroup")).toEqual({ "ap-mine": 51_111, erw: 13_776, all: 64_887 });
    expect(await counts("country=CAM&by=sexAge")).toEqual({ ...sexAge, all: 64_887 });
    const percents = async (by: string) =>
      Object.fromEntries(
        (await rows(`country=CAM&by=${by}`)).flatMap(({ keys: [key], share }) =>
          key && share !== null ? [[key, Math.round(share * 100)]] : [],
        ),
      );
    // Published with 31 and 55, and 8 for women: its own counts give these.
    expect(await percents("outcome")).toEqual({ killed: 30, injured: 56, amputated: 14 });
    expect(await percents("deviceGroup")).toEqual({ "ap-mine": 79, erw: 21 });
    expect(await percents("sexAge")).toEqual({ man: 81, boy: 9, woman: 7, girl: 2 });
  });

  it("keep amputated apart from injured, as Cambodia's 32 of 2023 do, and never infer it from a wound", async () => {
    const outcomes = Object.entries({ killed: 4, injured: 18, amputated: 10 }).flatMap(([outcome, count]) =>
      Array.from({ length: count }, () => outcome),
    );
    // 29 accidents: the first three hurt two people each.
    for (let i = 0; i < 29; i++)
      await anAccident(context.db, {
        country: "KHM",
        values: { occurredOn: "2023-02-01" },
        casualties: [outcomes[i], ...(i < 3 ? [outcomes[29 + i]] : [])].map((outcome) => ({
          count: 1,
          values: { outcome: outcome ?? "", ...(outcome === "injured" ? { doing: "Lost the left foot" } : {}) },
        })),
      });
    const [{ accidents, casualties } = { accidents: 0, casualties: 0 }] = await rows("country=KHM&by=year");
    expect([accidents, casualties]).toEqual([29, 32]);
    expect(await counts("country=KHM&by=outcome")).toEqual({ killed: 4, injured: 18, amputated: 10, all: 32 });
    await sql`insert into setting (country, name, value) values ('KHM', 'accidents.amputated', '"within-injured"')`.execute(
      context.db.owner,
    );
    expect(await counts("country=KHM&by=outcome")).toEqual({ killed: 4, injured: 28, all: 32 });
  });

  it("give Cambodia's 111 of 2013 by device and status, and Laos' 41 of 2017 in 19 incidents", async () => {
    const device = { "ap-mine": 24, "av-mine": 24, submunition: 3, "uxo-other": 60 };
    const status = { civilian: 89, deminer: 12, security: 10 };
    const outcome = { killed: 22, injured: 89 };
    await manyCasualties(
      context.db,
      "KHB",
      people({ device, status, outcome }).map(({ count, of }) => ({
        ...{ count, occurredOn: "2013-01-01", accident: { device: of.device } },
        values: { outcome: of.outcome ?? "", status: of.status ?? "" },
      })),
    );
    expect(await counts("country=KHB&by=device")).toEqual({ ...device, all: 111 });
    expect(await counts("country=KHB&by=status")).toEqual({ ...status, all: 111 });
    const incidents = people({ outcome: { killed: 4, injured: 37 }, sexAge: { man: 14, woman: 9, boy: 9, girl: 9 } });
    await manyCasualties(
      context.db,
      "LAB",
      incidents.map(({ count, of }) => ({
        ...{ count, occurredOn: "2017-01-01", values: { outcome: of.outcome ?? "", ...facts[of.sexAge ?? ""] } },
      })),
    );
    expect(await counts("country=LAB&by=sexAge")).toEqual({ man: 14, woman: 9, boy: 9, girl: 9, all: 41 });
  });

  it("take the share of civilians among the known: 71 %, not 35.5 %", async () => {
    await manyCasualties(
      context.db,
      "CIV",
      Object.entries({ civilian: 71, military: 29, unknown: 100 }).map(([status, count]) => ({
        ...{ count, occurredOn: "2020-01-01", values: { outcome: "injured", status } },
      })),
    );
    const found = await rows("country=CIV&by=status");
    expect(found.find(({ keys }) => keys[0] === "civilian")?.share).toBe(0.71);
    expect(found.find(({ keys }) => keys[0] === "unknown")?.share).toBeNull();
  });

  it("show 12 of 24, and neither 3 nor 9, to the public", async () => {
    await manyCasualties(
      context.db,
      "SUP",
      Object.entries({ killed: 12, injured: 3, unknown: 9 }).map(([outcome, count]) => ({
        ...{ count, occurredOn: "2020-01-01", values: { outcome } },
      })),
    );
    const { body } = await server().get("/api/accidents/statistics?country=SUP&by=year,outcome");
    const shown = (body as { rows: Row[] }).rows
      .filter(({ keys }) => keys[0] === "2020")
      .map(({ keys, casualties }) => [keys[1], casualties]);
    expect(Object.fromEntries(shown)).toEqual({ killed: 12, injured: null, unknown: null, null: 24 });
  });

  it("are not fit to publish as records when classes are 3, 2, 1, 1, 1: k = 1, risk 62.5 %", () => {
    const facts8 = ["a", "a", "a", "b", "b", "c", "d", "e"].map((key) => ({ key }));
    expect(kAnonymity(facts8, ["key"])).toMatchObject({ k: 1, globalRisk: 0.625, classSizes: [3, 2, 1, 1, 1] });
  });
});
