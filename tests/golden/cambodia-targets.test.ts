import { beforeAll, expect, it } from "vitest";
import { ledgerTable } from "../../src/domains/ledger/index.ts";
import { releasedIn } from "../../src/domains/ledger/model.ts";
import { describeEachDatabase } from "../../src/platform/database/testing.ts";
import { programClaims } from "../../src/platform/database/types.ts";
import { dayIn, type Step, type Story, shares, tell } from "./stories.test-helper.ts";

/**
 * Table "Annual clearance targets and achievements (2010 to 2018)" of the Kingdom of Cambodia's request of 2019 for an
 * extension of its deadline under Article 5 of the Anti-Personnel Mine Ban Convention; square metres. For 2010 one figure
 * stands for anti-vehicle mines and other explosive remnants together; for 2015 it is what anti-personnel mines leave of the
 * total. Of 2016 to 2018 only the total of all nine years is used.
 */
const published = [
  { year: 2010, target: 39_400_173, total: 79_961_756, percent: 203, ap: 49_394_551, apPercent: 125, both: 30_567_205 },
  {
    year: 2011,
    target: 40_188_176,
    total: 39_492_062,
    percent: 98,
    ap: 33_001_925,
    apPercent: 82,
    av: 3_339_770,
    erw: 3_150_367,
  },
  {
    year: 2012,
    target: 40_991_940,
    total: 42_023_355,
    percent: 103,
    ap: 32_225_361,
    apPercent: 79,
    av: 6_648_910,
    erw: 3_149_084,
  },
  {
    year: 2013,
    target: 41_811_778,
    total: 49_403_722,
    percent: 118,
    ap: 43_442_472,
    apPercent: 104,
    av: 4_983_086,
    erw: 978_164,
  },
  {
    year: 2014,
    target: 42_648_014,
    total: 104_313_842,
    percent: 245,
    ap: 88_344_919,
    apPercent: 207,
    av: 6_779_617,
    erw: 9_189_306,
  },
  {
    year: 2015,
    target: 43_500_974,
    total: 146_051_269,
    percent: 336,
    ap: 125_178_877,
    apPercent: 288,
    both: 20_872_392,
  },
] as const;
const allYears = { target: 470_048_519, total: 577_171_932, percent: 123 };

const country = "KHM";
const outcomes = ["cleared", "reduced", "cancelled"] as const;

/** Areas of one kind of contamination, each released in several reports of the year and left with some open ground. */
function storiesOf(year: number, squareMetres: number, contamination: readonly string[]): Story[] {
  const perArea = shares(squareMetres, Math.max(3, Math.ceil(squareMetres / 4_000_000)));
  return perArea.map((released, i): Story => {
    const steps = shares(released, 3).map(
      (part, j): Step => ({
        on: dayIn(year, i * 3 + j, perArea.length * 3),
        outcome: outcomes[(i + j) % 3] as (typeof outcomes)[number],
        squareMetres: part,
        withAsset: j % 2 === 0,
      }),
    );
    return { on: "2009-06-30", squareMetres: released + 12_345 + i, areaClass: "cha", contamination, steps };
  });
}

const stories = published.flatMap((row) => [
  ...storiesOf(row.year, row.ap, ["ap-mine"]),
  ...("both" in row
    ? storiesOf(row.year, row.both, ["av-mine", "erw-other"])
    : [...storiesOf(row.year, row.av, ["av-mine"]), ...storiesOf(row.year, row.erw, ["erw-other"])]),
]);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const untold = allYears.total - sum(published.map(({ total }) => total));
stories.push(...[2016, 2017, 2018].flatMap((year, i) => storiesOf(year, shares(untold, 3)[i] as number, ["ap-mine"])));

const percent = (achieved: number, target: number) => Math.round((achieved / target) * 100);

describeEachDatabase("Cambodia's release targets 2010 to 2018", (context) => {
  beforeAll(async () => {
    await context.db.transaction(programClaims, (tx) => tell(tx, country, stories));
  });
  const released = async (from: string, to: string, contamination?: readonly string[]) =>
    context.db.transaction(programClaims, async (tx) =>
      releasedIn((await ledgerTable(tx, { country, from, to, contamination }, "none")).total),
    );

  it.each(published)("$year: $total m² released, $percent % of the target", async (row) => {
    const [from, to] = [`${row.year}-01-01`, `${row.year}-12-31`];
    const achieved = await released(from, to);
    expect(achieved).toBe(row.total);
    expect(percent(achieved, row.target)).toBe(row.percent);
    const ap = await released(from, to, ["ap-mine"]);
    expect(ap).toBe(row.ap);
    expect(percent(ap, row.target)).toBe(row.apPercent);
    if ("both" in row) {
      // Land with two kinds on it is in each kind's figure and once in the total: kinds must not be added up.
      expect(await released(from, to, ["av-mine"])).toBe(row.both);
      expect(await released(from, to, ["erw-other"])).toBe(row.both);
      expect(row.ap + row.both).toBe(row.total);
    } else {
      expect(await released(from, to, ["av-mine"])).toBe(row.av);
      expect(await released(from, to, ["erw-other"])).toBe(row.erw);
    }
    expect(await released(from, to, ["av-mine", "erw-other"])).toBe(row.total - row.ap);
  });

  it("all years: 577,171,932 m², 123 % of the targets; by year the same figures in one table", async () => {
    const achieved = await released("2010-01-01", "2018-12-31");
    expect(achieved).toBe(allYears.total);
    expect(percent(achieved, allYears.target)).toBe(allYears.percent);
    const filter = { country, from: "2010-01-01", to: "2018-12-31" };
    const { rows } = await context.db.transaction(programClaims, (tx) => ledgerTable(tx, filter, "year"));
    expect(rows.slice(0, 6).map(({ key, movement }) => [Number(key), releasedIn(movement)])).toEqual(
      published.map(({ year, total }) => [year, total]),
    );
    expect(sum(rows.map(({ movement }) => releasedIn(movement)))).toBe(allYears.total);
    expect(rows.slice(1).map(({ movement }) => movement.opening)).toEqual(
      rows.slice(0, -1).map(({ movement }) => movement.closing),
    );
  });

  it("the rows of a table by contamination are exclusive and close", async () => {
    const filter = { country, from: "2010-01-01", to: "2010-12-31" };
    const { rows, total } = await context.db.transaction(programClaims, (tx) =>
      ledgerTable(tx, filter, "contamination"),
    );
    const figures = Object.fromEntries(rows.map(({ key, movement }) => [key, releasedIn(movement)]));
    expect(figures).toEqual({ "ap-mine": 49_394_551, "av-mine": 0, "av-mine+erw-other": 30_567_205, "erw-other": 0 });
    expect(sum(Object.values(figures))).toBe(releasedIn(total));
    expect(sum(rows.map(({ movement }) => movement.closing))).toBe(total.closing);
  });
});
