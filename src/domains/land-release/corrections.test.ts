import { sql } from "kysely";
import { expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { createAreas } from "../land/index.ts";
import { enterReport } from "./actions.ts";
import { computeReport } from "./compute.ts";
import type { Areal } from "./ground.ts";
import { defaultRules } from "./model.ts";
import { aPart, strips } from "./samples.ts";
import { findStates } from "./state-store.ts";
import { insertRules } from "./store.ts";
import { verifyLedger } from "./verify.ts";
import {
  aMinefield,
  anOrganisation,
  approved,
  aReportInput,
  country,
  day,
  field,
  tableOf,
  type Wanted,
} from "./workflow.test-helper.ts";

const [lowest, second, third] = field.strips;

describeEachDatabase("what was approved", (context) => {
  it("is put right by a new report, and stays as known before", () =>
    context.rollback(async (tx) => {
      const { area, organisation } = await aMinefield(tx, day(1));
      const cancel = (geometry: Areal) => ({
        parts: [{ ...aPart(2, { outcome: "cancelled", geometry }), id: newId() }],
      });
      const wrong = await approved(
        tx,
        { type: "cancellation", effectiveOn: "2026-02-01", area, organisation, body: cancel(lowest) },
        day(3),
      );
      await approved(
        tx,
        {
          type: "clearance",
          effectiveOn: "2026-03-01",
          area,
          organisation,
          body: {
            parts: [{ ...aPart(3, { outcome: "cleared", geometry: third, depthCentimetres: 20 }), id: newId() }],
          },
        },
        day(5),
      );
      await approved(
        tx,
        {
          type: "cancellation",
          effectiveOn: "2026-02-01",
          area,
          organisation,
          corrects: wrong.id,
          body: cancel(second),
        },
        day(10),
      );
      expect((await tableOf(tx, "2026-12-31")).total).toMatchObject({
        cancelled: 35_000,
        cleared: 20_000,
        closing: 45_000,
      });
      expect((await tableOf(tx, "2026-12-31", "2026-06-09")).total).toMatchObject({
        cancelled: 40_000,
        cleared: 20_000,
        closing: 40_000,
      });
      expect((await tableOf(tx, "2026-12-31", "2026-06-03")).total).toMatchObject({
        cancelled: 40_000,
        cleared: 0,
        closing: 60_000,
      });
      const [state] = await findStates(tx, country, [area], false);
      expect(state?.openSquareMetres).toBe(45_000);
      const { rows } = await sql`select sum(square_metres) as sum from ledger_entry`.execute(tx);
      expect(rows).toEqual([{ sum: 0 }]);
      const again = enterReport(
        tx,
        aReportInput({ type: "cancellation", effectiveOn: "2026-02-01", area, corrects: wrong.id }),
        { accountId: "one", now: day(11) },
      );
      await expect(again).rejects.toMatchObject({ code: "land-release.corrects-unknown" });
    }));

  it("is the same whether a late report comes late or in its turn", () =>
    context.rollback(async (tx) => {
      const steps = (area: string, organisation: string): Wanted[] => [
        {
          type: "cancellation",
          effectiveOn: "2026-02-01",
          area,
          organisation,
          body: { parts: [{ ...aPart(2, { outcome: "cancelled", geometry: lowest }), id: newId() }] },
        },
        {
          type: "technical-survey",
          effectiveOn: "2026-03-01",
          area,
          organisation,
          body: { parts: [{ ...aPart(3, { outcome: "reduced", geometry: second, withAsset: true }), id: newId() }] },
        },
      ];
      const far = strips(105, 13, 105.003, [40_000, 35_000, 20_000, 5_000]);
      const one = await aMinefield(tx);
      for (const step of steps(one.area, one.organisation)) await approved(tx, step);
      const inTurn = (await tableOf(tx, "2026-02-15")).total;
      const other = newId();
      await approved(tx, {
        type: "non-technical-survey",
        effectiveOn: "2026-01-10",
        organisation: one.organisation,
        body: {
          evidence: ["item-found"],
          parts: [{ ...aPart(1, { outcome: "identified", geometry: far.whole, areaClass: "cha" }), id: other }],
        },
      });
      const late = steps(other, one.organisation).map(
        (step, i) =>
          ({ ...step, body: { parts: [{ ...(step.body?.parts?.[0] as object), geometry: far.parts[i] }] } }) as Wanted,
      );
      for (const step of late.reverse()) await approved(tx, step);
      const both = (await tableOf(tx, "2026-02-15")).total;
      expect(both.closing).toBe(2 * inTurn.closing);
      expect(both.cancelled).toBe(2 * inTurn.cancelled);
      expect((await tableOf(tx, "2026-12-31")).total).toMatchObject({
        cancelled: 80_000,
        reducedWithAsset: 70_000,
        closing: 50_000,
      });
    }));

  it("is changed by nobody, not even by the program's own SQL", async () => {
    await context.rollback(async (tx) => {
      const { report } = await aMinefield(tx);
      await expect(
        sql`update land_report set effective_on = '2020-01-01' where id = ${report.id}::uuid`.execute(tx),
      ).rejects.toThrow(/final/);
    });
    await context.rollback(async (tx) => {
      await aMinefield(tx);
      await expect(sql`update ledger_entry set square_metres = 1`.execute(tx)).rejects.toThrow();
    });
    await context.rollback(async (tx) => {
      const { area } = await aMinefield(tx);
      const one =
        sql`insert into ledger_entry (country, report, line, about, area, account, square_metres, effective_on, known_at)
        values (${country}, ${newId()}::uuid, 1, ${newId()}::uuid, ${area}::uuid, 'cleared', 5, '2026-01-01', now())`.execute(
          tx,
        );
      await expect(one).rejects.toThrow(/do not balance/);
    });
  });

  it("refuses products of one area that overlap, at the end of the transaction", () =>
    expect(
      context.rollback(async (tx) => {
        const { area, report } = await aMinefield(tx);
        for (const n of [1, 2])
          await sql`insert into land_product (country, id, report, area, kind, geometry, square_metres, effective_on)
            select ${country}, ${newId()}::uuid, ${report.id}::uuid, ${area}::uuid, 'cancelled', ground, ${n}, '2026-02-01' from land_state where area = ${area}::uuid`.execute(
            tx,
          );
        await sql`set constraints all immediate`.execute(tx);
      }),
    ).rejects.toThrow(/overlap/));

  it("is told before it happens: areas before and after, entries, products", () =>
    context.rollback(async (tx) => {
      const { area, organisation } = await aMinefield(tx);
      const entered = await enterReport(
        tx,
        aReportInput({
          type: "clearance",
          effectiveOn: "2026-03-01",
          area,
          organisation,
          body: {
            parts: [{ ...aPart(3, { outcome: "cleared", geometry: third, depthCentimetres: 20 }), id: newId() }],
          },
        }),
        { accountId: "one", now: day(2) },
      );
      const told = await computeReport(tx, entered, { now: day(2) });
      expect(told.postings.map(({ account, squareMetres }) => [account, squareMetres])).toEqual([
        ["confirmed", -20_000],
        ["cleared", 20_000],
      ]);
      expect(told.before.get(area)?.openSquareMetres).toBe(100_000);
      expect(told.after.get(area)?.openSquareMetres).toBe(80_000);
      expect(told.findings.map(({ check }) => check)).toEqual(["control-missing"]);
    }));

  it("is taken back altogether, and may be put in again", () =>
    context.rollback(async (tx) => {
      const { area, organisation, report: survey } = await aMinefield(tx, day(1));
      const about = { organisation, area };
      const cleared = {
        devices: [{ category: "ap-mine" as const, quantity: 3, point: [103.001, 13.0001] }],
        parts: [{ ...aPart(3, { outcome: "cleared", depthCentimetres: 20 }), id: newId() }],
      };
      const completion = { ...about, type: "completion" as const, effectiveOn: "2026-03-01" };
      const first = await approved(tx, { ...completion, body: cleared }, day(2));
      const back = { voids: true, methods: [], reason: "Entered for the wrong area" };
      const second = await approved(tx, { ...completion, corrects: first.id, body: back }, day(3));
      expect((await tableOf(tx, "2026-12-31")).total).toMatchObject({ cleared: 0, closingConfirmed: 100_000 });
      const { rows } =
        await sql`select status, area_square_metres as m from land_area where id = ${area}::uuid`.execute(tx);
      expect(rows).toEqual([{ status: "open", m: 100_000 }]);
      const { rows: finds } =
        await sql`select 1 from ordnance_find where area = ${area}::uuid and not withdrawn`.execute(tx);
      expect(finds).toEqual([]);
      const again = { ...cleared, parts: cleared.parts.map((part) => ({ ...part, id: newId() })) };
      const third = await approved(tx, { ...completion, corrects: second.id, body: again }, day(4));
      expect((await tableOf(tx, "2026-12-31")).total).toMatchObject({ cleared: 100_000, closing: 0 });
      expect((await verifyLedger(tx, country)).differences).toEqual([]);
      // The survey carries a report, so that it cannot go alone; afterwards nothing of the area is left.
      const surveyed = { ...about, area: null, type: "non-technical-survey" as const, effectiveOn: "2026-01-10" };
      await expect(approved(tx, { ...surveyed, corrects: survey.id, body: back }, day(5))).rejects.toMatchObject({
        code: "land-release.not-ready",
      });
      await approved(tx, { ...completion, corrects: third.id, body: back }, day(6));
      await approved(tx, { ...surveyed, corrects: survey.id, body: back }, day(7));
      expect((await tableOf(tx, "2026-12-31")).total).toMatchObject({ identified: 0, closing: 0 });
      expect((await verifyLedger(tx, country)).differences).toEqual([]);
    }));
});

describeEachDatabase("folding anew", (context) => {
  const nothingDiffers = async (tx: Tx) => expect((await verifyLedger(tx, country)).differences).toEqual([]);
  const cancels = (geometry: Areal) => ({ parts: [{ ...aPart(2, { outcome: "cancelled", geometry }), id: newId() }] });

  it("leaves a correction in the place of the report that it put right, however often", () =>
    context.rollback(async (tx) => {
      const { area, organisation } = await aMinefield(tx);
      const common = { area, organisation };
      const cancel = { type: "cancellation" as const, effectiveOn: "2026-02-01", ...common, body: cancels(lowest) };
      const first = await approved(tx, cancel);
      // Of the same day and later: it takes only what the first left.
      const geometry = strips(103, 13, 103.003, [75_000]).whole;
      await approved(tx, {
        ...{ type: "technical-survey", effectiveOn: "2026-02-01", ...common },
        body: { parts: [{ ...aPart(3, { outcome: "reduced", geometry, withAsset: true }), id: newId() }] },
      });
      const second = await approved(tx, { ...cancel, body: cancels(lowest), corrects: first.id }, day(2));
      await approved(tx, { ...cancel, body: cancels(lowest), corrects: second.id }, day(3));
      await approved(tx, { ...cancel, effectiveOn: "2026-01-20", body: cancels(third) }, day(4));
      expect((await tableOf(tx, "2026-12-31")).total).toMatchObject({
        ...{ cancelled: 60_000, reducedWithAsset: 35_000, closing: 5_000 },
      });
      await nothingDiffers(tx);
    }));

  it("starts an area that was surveyed without a polygon from what was known of it then", () =>
    context.rollback(async (tx) => {
      const organisation = await anOrganisation(tx);
      const area = newId();
      const values = { areaClass: "sha", status: "suspended", geometry: field.whole, contamination: ["cmr"] };
      await createAreas(tx, [{ country, id: area, values }], {
        ...{ accountId: "someone", now: day(1), reason: null, sample: false },
      });
      const common = { area, organisation };
      await approved(tx, {
        ...{ type: "non-technical-survey", effectiveOn: "2026-01-10", organisation },
        body: { evidence: ["verbal-report"], parts: [{ ...aPart(1, { outcome: "identified", area }), id: newId() }] },
      });
      await approved(tx, { type: "cancellation", effectiveOn: "2026-02-01", ...common, body: cancels(lowest) });
      const beside = strips(103.003, 13, 103.004, [10_000]).whole;
      await approved(tx, {
        ...{ type: "re-survey", effectiveOn: "2026-03-01", ...common },
        body: { parts: [{ ...aPart(4, { outcome: "boundary-increase", geometry: beside }), id: newId() }] },
      });
      await nothingDiffers(tx);
      await approved(tx, { type: "cancellation", effectiveOn: "2026-01-20", ...common, body: cancels(second) }, day(4));
      expect((await tableOf(tx, "2026-12-31")).total).toMatchObject({
        ...{ identified: 100_000, boundaryIncrease: 10_000, cancelled: 75_000, closing: 35_000 },
      });
      const [state] = await findStates(tx, country, [area], false);
      expect(state).toMatchObject({ areaClass: "sha", status: "suspended", openSquareMetres: 35_000 });
      await nothingDiffers(tx);
    }));

  it("gives back to an area what a report took from it that was about another one", () =>
    context.rollback(async (tx) => {
      const { area, organisation } = await aMinefield(tx);
      const far = strips(105, 13, 105.003, [40_000, 10_000]);
      const other = newId();
      const identified = aPart(1, { outcome: "identified", geometry: far.whole, areaClass: "cha" });
      await approved(tx, {
        ...{ type: "non-technical-survey", effectiveOn: "2026-01-10", organisation },
        body: { evidence: ["item-found"], parts: [{ ...identified, id: other }] },
      });
      const cancel = { type: "cancellation" as const, effectiveOn: "2026-02-01", organisation };
      const wrong = await approved(tx, { ...cancel, area, body: cancels(lowest) });
      const right = { ...cancel, area: other, corrects: wrong.id, body: cancels(far.parts[0] as Areal) };
      await approved(tx, right, day(4));
      const states = await findStates(tx, country, [area, other], false);
      expect(new Map(states.map(({ area: id, openSquareMetres }) => [id, openSquareMetres]))).toEqual(
        new Map([
          [area, 100_000],
          [other, 10_000],
        ]),
      );
      await nothingDiffers(tx);
    }));

  it("strikes off an area that the corrected report no longer knows, once", () =>
    context.rollback(async (tx) => {
      const organisation = await anOrganisation(tx);
      const [one, two] = [newId(), newId()];
      const survey = (ids: string[]): Wanted => ({
        ...{ type: "non-technical-survey", effectiveOn: "2026-01-10", organisation },
        body: {
          evidence: ["item-found"],
          parts: ids.map((id, i) => ({
            ...aPart(1, { outcome: "identified", geometry: field.strips[i] as Areal, areaClass: "cha" }),
            id,
          })),
        },
      });
      const first = await approved(tx, survey([one, two]));
      const again = await approved(tx, { ...survey([one]), corrects: first.id }, day(2));
      const struck = () =>
        sql`select a.revision, a.status, a.closure_reason, a.closed_on, s.open_square_metres, s.status as state,
          s.ground is null as empty from land_area a join land_state s using (country) where a.id = ${two}::uuid and s.area = a.id`
          .execute(tx)
          .then(({ rows }) => rows);
      const off = {
        ...{ revision: 2, status: "closed", closure_reason: "administrative", closed_on: "2026-01-10" },
        ...{ open_square_metres: 0, state: "closed", empty: true },
      };
      expect(await struck()).toEqual([off]);
      await nothingDiffers(tx);
      await approved(tx, { ...survey([one]), effectiveOn: "2026-01-12", corrects: again.id }, day(3));
      expect(await struck()).toEqual([off]);
      expect((await tableOf(tx, "2026-12-31")).total).toMatchObject({ identified: 40_000, closing: 40_000 });
      await nothingDiffers(tx);
    }));

  it("judges each report by the rules that were in force when it was approved", () =>
    context.rollback(async (tx) => {
      const { area, organisation } = await aMinefield(tx);
      const common = { area, organisation };
      await approved(tx, { type: "progress", effectiveOn: "2026-02-01", ...common });
      const strict = { ...defaultRules, transitions: [] };
      await insertRules(tx, country, 1, strict, { accountId: "manager", now: day(3) });
      await approved(tx, { type: "cancellation", effectiveOn: "2026-01-20", ...common, body: cancels(lowest) }, day(4));
      const [state] = await findStates(tx, country, [area], false);
      expect(state).toMatchObject({ status: "worked-on", openSquareMetres: 60_000 });
      await nothingDiffers(tx);
    }));
});
