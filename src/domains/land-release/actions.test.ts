import { sql } from "kysely";
import { expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { correctRecord } from "../../platform/records/actions.ts";
import { areaDefinition } from "../land/index.ts";
import { ledgerTable } from "../ledger/index.ts";
import { approveReport, enterReport, type ReportInput, returnReport, submitReport, verifyReport } from "./actions.ts";
import { computeReport } from "./compute.ts";
import { bodySchema, type ReportBodyInput } from "./contract-body.ts";
import type { Areal } from "./ground.ts";
import { aPart, strips } from "./samples.ts";
import { findStates } from "./state-store.ts";
import { findReport, type StoredReport } from "./store.ts";

const country = "KHM";
const day = (n: number) => new Date(Date.UTC(2026, 5, n, 8));

interface Wanted extends Partial<Omit<ReportInput, "body">> {
  type: ReportInput["type"];
  effectiveOn: string;
  body?: ReportBodyInput;
}

const input = ({ body, ...values }: Wanted): ReportInput => ({
  ...{
    country,
    organisation: null,
    area: null,
    task: null,
    unit: null,
    startedOn: null,
    endedOn: null,
    corrects: null,
  },
  ...values,
  body: bodySchema.parse({ methods: ["manual"], reason: "as surveyed", ...body }),
});

/** An organisation, so that reports that need one have it. */
async function anOrganisation(tx: Tx): Promise<string> {
  const id = newId();
  await sql`insert into organisations_organisation (country, id, revision, code, names, type, sensitivity, recorded_at)
    values (${country}, ${id}::uuid, 1, ${`ORG-${id.slice(-6)}`}, '{"en":"An operator"}', 'national-ngo', 0, now())`.execute(
    tx,
  );
  return id;
}

/** Takes a report through all steps, each by another person. */
async function approved(tx: Tx, wanted: Wanted, now = day(1)): Promise<StoredReport> {
  const entered = await enterReport(tx, input(wanted), { accountId: "operator", now });
  const submitted = await submitReport(tx, entered, null, { accountId: "operator", now });
  const verified = await verifyReport(tx, submitted, null, { accountId: "quality", now });
  return approveReport(tx, verified, null, { accountId: "manager", now });
}

const { whole, parts } = strips(103, 13, 103.003, [40_000, 35_000, 20_000, 5_000]);
const [lowest, second, third] = parts as [Areal, Areal, Areal];

async function aMinefield(tx: Tx, now = day(1)) {
  const organisation = await anOrganisation(tx);
  const part = aPart(1, { outcome: "identified", geometry: whole, areaClass: "cha", contamination: ["ap-mine"] });
  const area = newId();
  const report = await approved(
    tx,
    {
      type: "non-technical-survey",
      effectiveOn: "2026-01-10",
      organisation,
      body: { evidence: ["item-found"], parts: [{ ...part, id: area }] },
    },
    now,
  );
  return { organisation, area, report };
}

const table = (tx: Tx, to: string, knownOn?: string) => ledgerTable(tx, { country, to, knownOn }, "none");

describeEachDatabase("a field report", (context) => {
  it("goes from draft to approved through three people, and posts what it says", () =>
    context.rollback(async (tx) => {
      const { area, organisation, report } = await aMinefield(tx);
      expect(report).toMatchObject({
        state: "approved",
        enteredBy: "operator",
        verifiedBy: "quality",
        approvedBy: "manager",
      });
      await approved(tx, {
        type: "cancellation",
        effectiveOn: "2026-02-01",
        area,
        organisation,
        body: { parts: [{ ...aPart(2, { outcome: "cancelled", geometry: lowest }), id: newId() }] },
      });
      await approved(tx, {
        type: "clearance",
        effectiveOn: "2026-03-01",
        area,
        organisation,
        body: {
          devices: [{ category: "ap-mine", quantity: 3, point: [103.001, 13.0001] }],
          parts: [{ ...aPart(3, { outcome: "cleared", geometry: third, depthCentimetres: 20 }), id: newId() }],
        },
      });
      expect((await table(tx, "2026-12-31")).total).toMatchObject({
        identified: 100_000,
        cancelled: 40_000,
        cleared: 20_000,
        closing: 40_000,
        closingConfirmed: 40_000,
      });
      expect((await table(tx, "2026-02-15")).total).toMatchObject({ cancelled: 40_000, cleared: 0, closing: 60_000 });
      const { rows } =
        await sql`select status, area_class, area_square_metres from land_area where id = ${area}::uuid`.execute(tx);
      expect(rows).toEqual([{ status: "worked-on", area_class: "cha", area_square_metres: 40_000 }]);
      const { rows: finds } = await sql`select quantity, context from ordnance_find where area = ${area}::uuid`.execute(
        tx,
      );
      expect(finds).toEqual([{ quantity: 3, context: "clearance" }]);
    }));

  it("is not verified or approved by whoever wrote it, nor approved by whoever verified it", () =>
    context.rollback(async (tx) => {
      const organisation = await anOrganisation(tx);
      const now = day(1);
      const entered = await enterReport(
        tx,
        input({
          type: "non-technical-survey",
          effectiveOn: "2026-01-10",
          organisation,
          body: {
            evidence: ["item-found"],
            parts: [{ ...aPart(1, { outcome: "identified", geometry: whole, areaClass: "cha" }), id: newId() }],
          },
        }),
        { accountId: "one", now },
      );
      const submitted = await submitReport(tx, entered, null, { accountId: "one", now });
      await expect(verifyReport(tx, submitted, null, { accountId: "one", now })).rejects.toMatchObject({
        code: "land-release.own-report",
      });
      const verified = await verifyReport(tx, submitted, null, { accountId: "two", now });
      await expect(approveReport(tx, verified, null, { accountId: "one", now })).rejects.toMatchObject({
        code: "land-release.own-report",
      });
      await expect(approveReport(tx, verified, null, { accountId: "two", now })).rejects.toMatchObject({
        code: "land-release.verifier-approves",
      });
      expect((await approveReport(tx, verified, null, { accountId: "three", now })).state).toBe("approved");
    }));

  it("is returned with reasons, mended and handed in again, with its thread", () =>
    context.rollback(async (tx) => {
      const { area, organisation } = await aMinefield(tx);
      const now = day(2);
      const entered = await enterReport(
        tx,
        input({
          type: "cancellation",
          effectiveOn: "2026-02-01",
          area,
          organisation,
          body: { parts: [{ ...aPart(2, { outcome: "cancelled" }), id: newId() }] },
        }),
        { accountId: "one", now },
      );
      const submitted = await submitReport(tx, entered, null, { accountId: "one", now });
      const returned = await returnReport(tx, submitted, "The north corner is missing", { accountId: "two", now });
      const again = await submitReport(tx, returned, "Measured again", { accountId: "one", now });
      expect(again.state).toBe("submitted");
      const { rows } =
        await sql`select action, comment from land_report_step where report = ${entered.id}::uuid order by number`.execute(
          tx,
        );
      expect(rows).toEqual([
        { action: "entered", comment: null },
        { action: "submitted", comment: null },
        { action: "returned", comment: "The north corner is missing" },
        { action: "submitted", comment: "Measured again" },
      ]);
    }));

  it("tells the second of two people that the first was faster", () =>
    context.rollback(async (tx) => {
      const { area, organisation } = await aMinefield(tx);
      const now = day(2);
      const entered = await enterReport(
        tx,
        input({
          type: "cancellation",
          effectiveOn: "2026-02-01",
          area,
          organisation,
          body: { parts: [{ ...aPart(2, { outcome: "cancelled" }), id: newId() }] },
        }),
        { accountId: "one", now },
      );
      const submitted = await submitReport(tx, entered, null, { accountId: "one", now });
      await verifyReport(tx, submitted, null, { accountId: "two", now });
      await expect(returnReport(tx, submitted, "No", { accountId: "three", now })).rejects.toMatchObject({
        code: "common.stale-revision",
      });
    }));

  it("names everything that keeps it from being handed in", () =>
    context.rollback(async (tx) => {
      const now = day(2);
      const entered = await enterReport(
        tx,
        input({
          type: "clearance",
          effectiveOn: "2027-02-01",
          body: { methods: [], parts: [{ ...aPart(2, { outcome: "cancelled" }), id: newId() }] },
        }),
        { accountId: "one", now },
      );
      const refusal = await submitReport(tx, entered, null, { accountId: "one", now }).catch((problem) => problem);
      expect(refusal.code).toBe("land-release.not-ready");
      expect(refusal.fields.map(({ code }: { code: string }) => code).sort()).toEqual([
        "check.area-unknown",
        "check.date-in-future",
        "check.field-missing",
        "check.field-missing",
        "check.field-missing",
        "check.outcome-not-of-type",
      ]);
      expect((await findReport(tx, country, entered.id))?.state).toBe("draft");
    }));
});

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
      expect((await table(tx, "2026-12-31")).total).toMatchObject({
        cancelled: 35_000,
        cleared: 20_000,
        closing: 45_000,
      });
      expect((await table(tx, "2026-12-31", "2026-06-09")).total).toMatchObject({
        cancelled: 40_000,
        cleared: 20_000,
        closing: 40_000,
      });
      expect((await table(tx, "2026-12-31", "2026-06-03")).total).toMatchObject({
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
        input({ type: "cancellation", effectiveOn: "2026-02-01", area, corrects: wrong.id }),
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
      const inTurn = (await table(tx, "2026-02-15")).total;
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
      const both = (await table(tx, "2026-02-15")).total;
      expect(both.closing).toBe(2 * inTurn.closing);
      expect(both.cancelled).toBe(2 * inTurn.cancelled);
      expect((await table(tx, "2026-12-31")).total).toMatchObject({
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
        input({
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
});

describeEachDatabase("an area that reports carry", (context) => {
  it("is not corrected past them, only beside them", () =>
    context.rollback(async (tx) => {
      const { area } = await aMinefield(tx);
      const change = { accountId: "someone", now: day(2), reason: "As I remember it" };
      const correct = (changes: Record<string, unknown>, revision: number) =>
        correctRecord(tx, areaDefinition, { country, id: area, revision }, changes, change);
      await expect(correct({ status: "released", closedOn: "2026-05-01" }, 1)).rejects.toMatchObject({
        code: "records.decided-elsewhere",
      });
      expect((await correct({ notes: "Behind the school" }, 1)).values.notes).toBe("Behind the school");
    }));
});
