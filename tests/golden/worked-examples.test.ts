import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { aBox, aPart, strips } from "../../src/domains/land-release/samples.ts";
import { anOrganisation, approved, country } from "../../src/domains/land-release/workflow.test-helper.ts";
import { ledgerTable } from "../../src/domains/ledger/index.ts";
import { movementGap, releasedIn } from "../../src/domains/ledger/model.ts";
import { findDefinition } from "../../src/domains/ordnance/index.ts";
import { describeEachDatabase } from "../../src/platform/database/testing.ts";
import { programClaims, type Tx } from "../../src/platform/database/types.ts";
import { newId } from "../../src/platform/kernel/ids.ts";
import { fromKm2, printedKm2, type Story, shares, tell } from "./stories.test-helper.ts";

const year = (n: number) => ({ from: `${n}-01-01`, to: `${n}-12-31` });
const table = (tx: Tx, days: { from?: string; to: string }, of = country) =>
  ledgerTable(tx, { country: of, ...days }, "none");

/** Areas that were there before 2024 and are still whole at its end, as much land together as is asked for. */
const untouched = (squareMetres: number, parts: number, more: Partial<Story> = {}): Story[] =>
  shares(squareMetres, parts).map((each) => ({ on: "2023-05-01", squareMetres: each, areaClass: "sha", ...more }));

describeEachDatabase("balances of land release", (context) => {
  it("a year: 10.00 km² + 0.80 found + 0.10 boundary − 1.20 cancelled − 0.70 reduced − 0.50 cleared = 8.50 km²", () =>
    context.rollback(async (tx) => {
      const [grown, cancelled, reduced, cleared] = [0.1, 1.2, 0.7, 0.5].map(fromKm2) as [
        number,
        number,
        number,
        number,
      ];
      const worked = untouched(fromKm2(4), 3);
      const [first, second, third] = worked as [Story, Story, Story];
      first.steps = [
        { on: "2024-02-01", outcome: "boundary-increase", squareMetres: grown },
        { on: "2024-03-01", outcome: "cancelled", squareMetres: 300_000 },
      ];
      second.steps = shares(cancelled - 300_000, 2).map((squareMetres, n) => ({
        ...{ on: `2024-0${n + 4}-10`, outcome: "cancelled", squareMetres },
      }));
      third.steps = [
        { on: "2024-06-01", outcome: "reduced", squareMetres: 450_000, withAsset: true },
        { on: "2024-07-01", outcome: "reduced", squareMetres: reduced - 450_000, withAsset: false },
        { on: "2024-12-31", outcome: "cleared", squareMetres: cleared },
      ];
      const found = shares(fromKm2(0.8), 4).map((squareMetres, n) => ({
        ...{ on: `2024-1${n % 3}-01`, squareMetres, areaClass: "cha" as const },
      }));
      const next: Story = { on: "2025-01-01", squareMetres: 999_999, areaClass: "sha" };
      await tell(tx, country, [...worked, ...untouched(fromKm2(6), 7), ...found, next]);
      const { total } = await table(tx, year(2024));
      expect(total).toMatchObject({
        ...{
          opening: 10_000_000,
          identified: 800_000,
          boundaryIncrease: 100_000,
          boundaryDecrease: 0,
          cancelled: 1_200_000,
        },
        ...{
          reducedWithAsset: 450_000,
          reducedWithoutAsset: 250_000,
          cleared: 500_000,
          closing: 8_500_000,
          administrative: 0,
        },
      });
      expect(movementGap(total)).toBe(0);
    }));

  it("a report whose entries are out by one square metre is refused by the database", () =>
    context.rollback(async (tx) => {
      const post = (amount: number) =>
        sql`insert into ledger_entry
        (country, report, line, about, area, account, square_metres, effective_on, known_at)
        select ${country}, ${newId()}::uuid, line, ${newId()}::uuid, ${newId()}::uuid, account, amount, '2024-01-01', now()
        from (values (1, 'identified', -100000::bigint), (2, 'suspected', ${amount}::bigint)) as v(line, account, amount)`.execute(
          tx,
        );
      await post(100_000);
      await expect(post(99_999)).rejects.toMatchObject({ code: "P0409" });
    }));

  it("a task: 100,000 m² = 40,000 cancelled + 35,000 reduced + 20,000 cleared + 5,000 that remain", () =>
    context.rollback(async (tx) => {
      const { total } = await aTask(tx, 20_000);
      expect(total).toMatchObject({ identified: 100_000, boundaryIncrease: 0, cancelled: 40_000, closing: 5_000 });
      expect(total).toMatchObject({ reducedWithAsset: 35_000, cleared: 20_000 });
      expect(releasedIn(total) + total.closing).toBe(100_000);
    }));

  it("a task with 1,500 m² of fade-out beyond it: 101,500 = 100,000 + 1,500, cleared 21,500", () =>
    context.rollback(async (tx) => {
      const { total, area } = await aTask(tx, 21_500);
      expect(total).toMatchObject({ identified: 100_000, boundaryIncrease: 1_500, cleared: 21_500, closing: 5_000 });
      expect(releasedIn(total) + total.closing).toBe(100_000 + 1_500);
      expect(movementGap(total)).toBe(0);
      const { rows } = await sql<{ metres: number }>`select open_square_metres as metres from land_state
        where area = ${area}::uuid`.execute(tx);
      expect(Number(rows[0]?.metres)).toBe(5_000);
    }));

  it("direct evidence moves 0.30 km² from suspected to confirmed, and the total by nothing", () =>
    context.rollback(async (tx) => {
      const organisation = await anOrganisation(tx);
      const { whole, parts } = strips(103, 13, 103.01, [300_000, 700_000]);
      const area = newId();
      const survey = { type: "non-technical-survey", organisation } as const;
      await approved(tx, {
        ...survey,
        effectiveOn: "2024-02-01",
        body: {
          evidence: ["verbal-report"],
          parts: [{ ...aPart(1, { outcome: "identified", geometry: whole, areaClass: "sha" }), id: area }],
        },
      });
      const child = {
        ...aPart(2, { outcome: "reclassified", geometry: parts[0] ?? null, areaClass: "cha" }),
        id: newId(),
      };
      await approved(tx, {
        ...{ ...survey, area, effectiveOn: "2025-03-01" },
        body: { evidence: ["item-found"], parts: [child] },
      });
      const { total } = await table(tx, year(2025));
      expect(total).toMatchObject({ opening: 1_000_000, identified: 0, closing: 1_000_000 });
      expect([total.closingSuspected, total.closingConfirmed]).toEqual([700_000, 300_000]);
      expect(releasedIn(total)).toBe(0);
      const before = await table(tx, { to: "2024-12-31" });
      expect([before.total.closingSuspected, before.total.closingConfirmed]).toEqual([1_000_000, 0]);
    }));

  it("classes of a baseline survey: 326.7 + 346.2 = 672.9 km² (Cambodia's first 23 districts, 2010)", () =>
    context.rollback(async (tx) => {
      await tell(tx, country, [
        ...untouched(fromKm2(326.7), 60, { landClass: "A1", areaClass: "cha" }),
        ...untouched(fromKm2(346.2), 60, { landClass: "A4" }),
      ]);
      const { rows, total } = await ledgerTable(tx, { country, to: "2024-12-31" }, "landClass");
      expect(rows.map(({ key, movement }) => [key, printedKm2(movement.closing, 1)])).toEqual([
        ["A1", "326.7"],
        ["A4", "346.2"],
      ]);
      expect(printedKm2(total.closing, 1)).toBe("672.9");
      expect([total.closingConfirmed, total.closingSuspected]).toEqual([fromKm2(326.7), fromKm2(346.2)]);
    }));

  it("years to go: 1,502.08 km² of confirmed land at 75.03 km² a year are 20.0 (Lao PDR at the end of 2024)", () =>
    context.rollback(async (tx) => {
      const cleared = shares(fromKm2(75.03), 50);
      await tell(tx, "LAO", [
        ...shares(fromKm2(1502.08), 50).map((stays, n): Story => {
          const squareMetres = cleared[n] as number;
          const steps: Story["steps"] = [{ on: "2024-08-20", outcome: "cleared", squareMetres }];
          return {
            on: "2021-01-01",
            squareMetres: stays + squareMetres,
            areaClass: "cha",
            contamination: ["cmr"],
            steps,
          };
        }),
      ]);
      const { total } = await table(tx, year(2024), "LAO");
      expect([printedKm2(total.closingConfirmed), printedKm2(total.cleared)]).toEqual(["1502.08", "75.03"]);
      expect((total.closingConfirmed / total.cleared).toFixed(1)).toBe("20.0");
    }));
});

/** A task through the whole workflow: survey, cancellation, technical survey and clearance to a given area. */
async function aTask(tx: Tx, cleared: number) {
  const organisation = await anOrganisation(tx);
  const area = newId();
  // From the south: fade-out, cleared, remaining, reduced, cancelled; the area begins above the fade-out.
  const beyond = cleared - 20_000;
  const sizes = [beyond, 20_000, 5_000, 35_000, 40_000];
  const { whole, parts } = strips(103, 13, 103.003, sizes);
  const corner = (part: number, at: number) => parts[part]?.coordinates[0]?.[at]?.[1] as number;
  const original = beyond === 0 ? whole : aBox(103, corner(1, 0), 103.003, corner(4, 2));
  const worked = aBox(103, 13, 103.003, corner(1, 2));
  const common = { area, organisation };
  const part = (values: Parameters<typeof aPart>[1]) => [{ ...aPart(1, values), id: newId() }];
  await approved(tx, {
    ...{ type: "technical-survey", effectiveOn: "2026-01-10", organisation },
    body: {
      evidence: ["item-found"],
      parts: [{ ...aPart(1, { outcome: "identified", geometry: original, areaClass: "cha" }), id: area }],
    },
  });
  await approved(tx, {
    ...{ type: "cancellation", effectiveOn: "2026-02-01", ...common },
    body: { parts: part({ outcome: "cancelled", geometry: parts[4] ?? null }) },
  });
  await approved(tx, {
    ...{ type: "technical-survey", effectiveOn: "2026-03-01", ...common },
    body: {
      processed: [{ method: "mechanical", squareMetres: 12_000 }],
      parts: part({ outcome: "reduced", geometry: parts[3] ?? null, withAsset: true }),
    },
  });
  await approved(tx, {
    ...{ type: "clearance", effectiveOn: "2026-04-01", ...common },
    body: {
      processed: [{ method: "manual", squareMetres: 23_000 }],
      parts: part({ outcome: "cleared", geometry: worked, depthCentimetres: 20 }),
    },
  });
  // Metres searched are effort: none of the 35,000 processed is in any account.
  return { area, total: (await table(tx, { from: "2026-01-01", to: "2026-12-31" })).total };
}

/** Anti-personnel mines destroyed in Cambodia, and how many of them in spot tasks: "Clearing the Mines" 2019 and 2020, Mine Action Review. */
const devices = [
  { year: 2018, total: 16_019, spot: 4_301, cleared: 41.01 },
  { year: 2019, total: 8_476, spot: 4_365, cleared: 20.94 },
] as const;

describeEachDatabase("mines of areas and of spot tasks", (context) => {
  beforeAll(async () => {
    await context.db.transaction(programClaims, async (tx) => {
      const organisation = await anOrganisation(tx);
      for (const { year: of, total, spot, cleared } of devices) {
        for (const [n, quantity] of shares(total - spot, 6).entries()) {
          const squareMetres = shares(fromKm2(cleared), 6)[n] as number;
          const west = 103 + n * 0.05 + (of - 2018) * 0.5;
          const { whole } = strips(west, 13, west + 0.04, [squareMetres]);
          const area = newId();
          await approved(tx, {
            ...{ type: "technical-survey", effectiveOn: `${of}-01-1${n}`, organisation },
            body: {
              evidence: ["item-found"],
              parts: [{ ...aPart(1, { outcome: "identified", geometry: whole, areaClass: "cha" }), id: area }],
            },
          });
          await approved(tx, {
            ...{ type: "clearance", effectiveOn: `${of}-0${n + 3}-15`, organisation, area },
            body: {
              devices: [
                { category: "ap-mine", quantity },
                { category: "uxo-other", quantity: 7 },
              ],
              parts: [{ ...aPart(2, { outcome: "cleared", depthCentimetres: 20 }), id: newId() }],
            },
          });
        }
        for (const [n, quantity] of shares(spot, 5).entries())
          await approved(tx, {
            ...{ type: "spot-task", effectiveOn: `${of}-0${n + 2}-20`, organisation },
            body: {
              place: [104, 13.5 + n / 10],
              devices: [{ category: "ap-mine", quantity, point: [104, 13.5 + n / 10] }],
            },
          });
      }
    });
  });

  it.each(devices)("$year: $total mines, of which $spot in spot tasks that add no area", async (row) => {
    await context.rollback(async (tx) => {
      const { rows } = await sql<{ context: string; quantity: number }>`select context, sum(quantity) as quantity
        from ${sql.table(findDefinition.table)} where country = ${country} and category = 'ap-mine' and not withdrawn
          and extract(year from found_on) = ${row.year} group by context order by context`.execute(tx);
      const counts = Object.fromEntries(rows.map(({ context: kind, quantity }) => [kind, Number(quantity)]));
      expect(counts).toEqual({ clearance: row.total - row.spot, "spot-task": row.spot });
      const { total } = await table(tx, year(row.year));
      expect(printedKm2(total.cleared)).toBe(row.cleared.toFixed(2));
      expect(releasedIn(total)).toBe(total.cleared);
      expect(total.closing).toBe(0);
    });
  });

  it("no entry of the ledger comes from a spot task", async () => {
    await context.rollback(async (tx) => {
      const { rows } = await sql<{ posted: number; tasks: number }>`select
          (select count(*) from land_report where type = 'spot-task' and state = 'approved') as tasks,
          (select count(*) from ledger_entry e join land_report r on r.country = e.country and r.id = e.report
            where r.type = 'spot-task') as posted`.execute(tx);
      expect([Number(rows[0]?.tasks), Number(rows[0]?.posted)]).toEqual([10, 0]);
    });
  });

  it("yield: 2,000 items on 400 ha are 5 a hectare, 10,000 on 200 ha are 50 (request based, evidence based)", () =>
    context.rollback(async (tx) => {
      const organisation = await anOrganisation(tx);
      const surveys = [
        { hectares: 400, items: 2_000, perHectare: 5, project: "requests" },
        { hectares: 200, items: 10_000, perHectare: 50, project: "evidence" },
      ];
      for (const [at, { hectares, items, project }] of surveys.entries())
        for (const [n, squareMetres] of shares(hectares * 10_000, 2).entries()) {
          const west = 105 + n * 0.05 + at * 0.2;
          const { whole } = strips(west, 13, west + 0.03, [squareMetres]);
          const area = newId();
          const found = { ...aPart(1, { outcome: "identified", geometry: whole, areaClass: "cha" }), id: area };
          await approved(tx, {
            ...{ type: "technical-survey", effectiveOn: "2025-01-10", organisation },
            body: { project, evidence: ["item-found"], parts: [found] },
          });
          await approved(tx, {
            ...{ type: "clearance", effectiveOn: "2025-06-15", organisation, area },
            body: {
              project,
              devices: [{ category: "submunition", quantity: shares(items, 2)[n] as number }],
              parts: [{ ...aPart(2, { outcome: "cleared", depthCentimetres: 25 }), id: newId() }],
            },
          });
        }
      for (const { items, perHectare, project } of surveys) {
        const filter = { country, ...year(2025), project: [project] };
        const { cleared } = (await ledgerTable(tx, filter, "none")).total;
        const { rows } = await sql<{ quantity: number }>`select sum(f.quantity) as quantity from ordnance_find f
          join land_report_find l on l.country = f.country and l.find = f.id
          join land_report r on r.country = l.country and r.id = l.report
          where f.category = 'submunition' and r.body ->> 'project' = ${project}`.execute(tx);
        expect(Number(rows[0]?.quantity)).toBe(items);
        expect(Number(rows[0]?.quantity) / (cleared / 10_000)).toBe(perHectare);
      }
    }));
});
