import { beforeAll, describe, expect, it } from "vitest";
import { ledgerTable } from "../../src/domains/ledger/index.ts";
import { releasedIn } from "../../src/domains/ledger/model.ts";
import { findEntries } from "../../src/domains/ledger/store.ts";
import { describeEachDatabase } from "../../src/platform/database/testing.ts";
import { programClaims, type Tx } from "../../src/platform/database/types.ts";
import {
  dayIn,
  fromKm2,
  makeProvinces,
  printedKm2,
  type Step,
  type Story,
  shares,
  tell,
} from "./stories.test-helper.ts";
import { thailand as published } from "./thailand.test-helper.ts";

/** The printed totals. */
const totals = { areas2014: 328, km2014: "474.26", areas2015: 314, km2015: "450.74" };

const country = "THA";
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/**
 * The areas of a province: those that stay, those that close in 2015, those found in it. A province with more land and no more areas got
 * it by better boundaries; one with less land and as many areas released parts of them.
 */
function storiesOf([province, before, kmBefore, after, kmAfter]: (typeof published)[number]): Story[] {
  const [start, end] = [fromKm2(kmBefore), fromKm2(kmAfter)];
  const gone = Math.max(0, before - after);
  const found = Math.max(0, after - before);
  const stay = before - gone;
  // Areas that close get a hundredth of the land each, or all that the next year has not.
  const closing = gone === 0 ? 0 : stay === 0 ? start : end < start ? start - end : Math.round((start * gone) / 100);
  const on = (n: number) => dayIn(2015, n, before + found + 1);
  const make = (squareMetres: number, n: number, steps: readonly Step[] = []): Story => ({
    ...{ province, on: `20${String(4 + (n % 11)).padStart(2, "0")}-03-01`, squareMetres, areaClass: "sha", steps },
    contamination: ["ap-mine"],
  });
  const closed = (gone === 0 ? [] : shares(closing, gone)).map((squareMetres, n) =>
    make(squareMetres, n, [{ on: on(n), outcome: "cancelled", squareMetres }]),
  );
  const grown = found === 0 ? end - (start - closing) : 0;
  const change = stay === 0 ? [] : shares(grown, stay);
  const kept = (stay === 0 ? [] : shares(start - closing, stay)).map((squareMetres, n) => {
    const by = change[n] ?? 0;
    const outcome = by > 0 ? "boundary-increase" : "cancelled";
    return make(squareMetres, n, by === 0 ? [] : [{ on: on(gone + n), outcome, squareMetres: Math.abs(by) }]);
  });
  const fresh = (found === 0 ? [] : shares(end - start, found)).map((squareMetres, n) => ({
    ...make(squareMetres, n),
    on: on(before + n),
  }));
  return [...closed, ...kept, ...fresh];
}

/** How many areas have open land in a province at the end of a day, counted from the entries behind the figure. */
async function openAreas(tx: Tx, province: string, to: string): Promise<number> {
  const account = ["suspected", "confirmed"];
  const { items, total } = await findEntries(tx, {
    country,
    province: [province],
    account,
    to,
    limit: 5000,
    offset: 0,
  });
  expect(items).toHaveLength(total);
  const open = new Map<string | null, number>();
  for (const { area, squareMetres } of items) open.set(area, (open.get(area) ?? 0) + Number(squareMetres));
  return [...open.values()].filter((squareMetres) => squareMetres > 0).length;
}

describe("the published table itself", () => {
  it("adds up to its totals", () => {
    expect(sum(published.map(([, areas]) => areas))).toBe(totals.areas2014);
    expect(sum(published.map(([, , , areas]) => areas))).toBe(totals.areas2015);
    expect(printedKm2(sum(published.map(([, , km2]) => fromKm2(km2))))).toBe(totals.km2014);
    expect(printedKm2(sum(published.map(([, , , , km2]) => fromKm2(km2))))).toBe(totals.km2015);
  });
});

describeEachDatabase("Thailand's mined land by province", (context) => {
  const units = new Map<string, string>();
  beforeAll(async () => {
    await context.db.transaction(programClaims, async (tx) => {
      const made = await makeProvinces(
        tx,
        country,
        published.map(([province]) => province),
      );
      for (const [name, id] of made) units.set(name, id);
      await tell(tx, country, published.flatMap(storiesOf), made);
    });
  });

  it.each([
    ["2014-12-31", 1, 2, totals.areas2014, totals.km2014],
    ["2015-12-31", 3, 4, totals.areas2015, totals.km2015],
  ] as const)("as at %s", async (to, areas, km2, allAreas, allKm2) => {
    await context.db.transaction(programClaims, async (tx) => {
      const { rows, total } = await ledgerTable(tx, { country, to }, "province");
      const closing = new Map(rows.map(({ key, movement }) => [key, movement.closing]));
      let counted = 0;
      for (const row of published) {
        const province = units.get(row[0]) as string;
        expect([row[0], printedKm2(closing.get(province) ?? 0)]).toEqual([row[0], row[km2].toFixed(2)]);
        const open = await openAreas(tx, province, to);
        expect([row[0], open]).toEqual([row[0], row[areas]]);
        counted += open;
      }
      expect(counted).toBe(allAreas);
      expect(printedKm2(total.closing)).toBe(allKm2);
      expect(sum([...closing.values()])).toBe(total.closing);
    });
  });

  it("2015 leads from one to the other: opening + found + boundaries − released = closing, in every province", async () => {
    await context.db.transaction(programClaims, async (tx) => {
      const { rows, total } = await ledgerTable(tx, { country, from: "2015-01-01", to: "2015-12-31" }, "province");
      for (const { movement: m } of [...rows, { movement: total }])
        expect(m.opening + m.identified + m.boundaryIncrease - releasedIn(m)).toBe(m.closing);
      expect([printedKm2(total.opening), printedKm2(total.closing)]).toEqual([totals.km2014, totals.km2015]);
      expect(total.identified).toBe(fromKm2(35.49) - fromKm2(28.97));
    });
  });

  it("as known before the reports of December 2015 were approved, the year still looked worse than it was", async () => {
    await context.db.transaction(programClaims, async (tx) => {
      const to = "2015-12-31";
      const known = await ledgerTable(tx, { country, to, knownOn: to }, "none");
      const late = await findEntries(tx, {
        ...{ country, from: "2015-12-02", to, account: ["cancelled"], limit: 5000, offset: 0 },
      });
      const added = await findEntries(tx, {
        ...{ country, from: "2015-12-02", to, account: ["identified", "boundary-increase"], limit: 5000, offset: 0 },
      });
      expect(late.total).toBeGreaterThan(0);
      expect(known.total.closing).toBe(fromKm2(450.74) + late.squareMetres + added.squareMetres);
    });
  });
});
