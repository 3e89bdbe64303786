import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { ledgerTable } from "../../src/domains/ledger/index.ts";
import { releasedIn } from "../../src/domains/ledger/model.ts";
import { describeEachDatabase } from "../../src/platform/database/testing.ts";
import { programClaims } from "../../src/platform/database/types.ts";
import { dayIn, fromKm2, printedKm2, type Step, type Story, shares, tell } from "./stories.test-helper.ts";

/**
 * Square kilometres cancelled by non-technical survey, reduced by technical survey and cleared, and the total as printed
 * where one is. Country profiles of Cambodia and Thailand, Mine Action, 2016 to 2018, by the Landmine and Cluster Munition
 * Monitor; for Cambodia in 2018 and 2019 "Clearing the Mines 2020" by Mine Action Review.
 */
const published = [
  ["KHM", 2015, 70.38, 30.11, 46.47, "146.96", "147"],
  ["KHM", 2016, 28.93, 14.48, 25.33, "68.74", "68.7"],
  ["KHM", 2017, 26.11, 14.52, 27.68, "68.31", null],
  ["KHM", 2018, 23.81, 8.69, 41.01, "73.51", null],
  ["KHM", 2019, 26.92, 7.5, 20.94, "55.36", null],
  ["THA", 2016, 27.72, 0.07, 0.39, "28.18", "28.19"],
  ["THA", 2017, 26.8, 3.75, 0.43, "30.98", "30.98"],
] as const;

const wanted = [
  ["cancelled", 2],
  ["reduced", 3],
  ["cleared", 4],
] as const;

/** Areas of a country and year, each with one product of every kind, most with open ground left over. */
function storiesOf(row: (typeof published)[number]): Story[] {
  const [, year] = row;
  const count = 24;
  const perKind = wanted.map(([outcome, column]) => ({ outcome, parts: shares(fromKm2(row[column]), count) }));
  return Array.from({ length: count }, (_, n): Story => {
    const steps = perKind.map(
      ({ outcome, parts }, at): Step => ({
        ...{ outcome, squareMetres: parts[n] as number, on: dayIn(year, n * 3 + at, count * 3) },
        withAsset: n % 3 > 0,
      }),
    );
    const taken = steps.reduce((all, { squareMetres }) => all + squareMetres, 0);
    const squareMetres = taken + (n % 4 === 0 ? 0 : 40_000 + n);
    return {
      on: "2011-05-02",
      squareMetres,
      areaClass: n % 2 === 0 ? "sha" : "cha",
      contamination: ["ap-mine"],
      steps,
    };
  });
}

describeEachDatabase("land release by method", (context) => {
  beforeAll(async () => {
    await context.db.transaction(programClaims, async (tx) => {
      for (const country of ["KHM", "THA"])
        await tell(tx, country, published.filter(([of]) => of === country).flatMap(storiesOf));
    });
  });

  it.each(published)(
    "%s %i: %d + %d + %d km² are %s",
    async (country, year, cancelled, reduced, cleared, total, printed) => {
      const filter = { country, from: `${year}-01-01`, to: `${year}-12-31` };
      const { total: m } = await context.db.transaction(programClaims, (tx) => ledgerTable(tx, filter, "none"));
      expect(printedKm2(m.cancelled)).toBe(cancelled.toFixed(2));
      expect(printedKm2(m.reducedWithAsset + m.reducedWithoutAsset)).toBe(reduced.toFixed(2));
      expect(printedKm2(m.cleared)).toBe(cleared.toFixed(2));
      expect([m.reducedWithAsset > 0, m.reducedWithoutAsset > 0]).toEqual([true, true]);
      // The sum of whole square metres, rounded once: not the sum of what was rounded before.
      expect(printedKm2(releasedIn(m))).toBe(total);
      const digits = printed?.split(".")[1]?.length ?? 0;
      // The profile of Thailand prints 28.19 for 2016, which its own three figures do not make.
      if (printed && year === 2016 && country === "THA") expect(printedKm2(releasedIn(m))).not.toBe(printed);
      else if (printed) expect(printedKm2(releasedIn(m), digits)).toBe(printed);
    },
  );

  it("28.19 km² for Thailand in 2016 is right when its three figures were rounded before they were printed", async () => {
    const exact = [27_723_400, 73_300, 393_400] as const;
    expect(exact.map((squareMetres) => printedKm2(squareMetres))).toEqual(["27.72", "0.07", "0.39"]);
    await context.rollback(async (tx) => {
      const [cancelled, reduced, cleared] = exact;
      const steps: Step[] = [
        { on: "2021-04-01", outcome: "cancelled", squareMetres: cancelled },
        { on: "2021-05-01", outcome: "reduced", squareMetres: reduced, withAsset: true },
        { on: "2021-06-01", outcome: "cleared", squareMetres: cleared },
      ];
      const squareMetres = cancelled + reduced + cleared;
      await tell(tx, "THA", [{ on: "2020-01-01", squareMetres, areaClass: "sha", steps }]);
      const { total } = await ledgerTable(tx, { country: "THA", from: "2021-01-01", to: "2021-12-31" }, "none");
      expect(printedKm2(releasedIn(total))).toBe("28.19");
      expect(total.closing).toBe((await ledgerTable(tx, { country: "THA", to: "2019-12-31" }, "none")).total.closing);
    });
  });

  it("every entry of a country balances, and so does each area", async () => {
    await context.rollback(async (tx) => {
      const { rows } = await sql<{ wrong: number }>`select count(*) as wrong from (
        select from ledger_entry group by country, report having sum(square_metres) <> 0
        union all select from ledger_entry group by country, area having sum(square_metres) <> 0) w`.execute(tx);
      expect(Number(rows[0]?.wrong)).toBe(0);
    });
  });
});
