import { sql } from "kysely";
import { expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { correctRecord } from "../../platform/records/actions.ts";
import { areaDefinition } from "../land/index.ts";
import { approveReport, changeReport, enterReport, returnReport, submitReport, verifyReport } from "./actions.ts";
import { computeReport } from "./compute.ts";
import { aPart } from "./samples.ts";
import { findReport } from "./store.ts";
import {
  aMinefield,
  anOrganisation,
  approved,
  aReportInput,
  country,
  day,
  field,
  tableOf,
} from "./workflow.test-helper.ts";

const [lowest, , third] = field.strips;

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
      expect((await tableOf(tx, "2026-12-31")).total).toMatchObject({
        identified: 100_000,
        cancelled: 40_000,
        cleared: 20_000,
        closing: 40_000,
        closingConfirmed: 40_000,
      });
      expect((await tableOf(tx, "2026-02-15")).total).toMatchObject({ cancelled: 40_000, cleared: 0, closing: 60_000 });
      const { rows } =
        await sql`select status, area_class, area_square_metres from land_area where id = ${area}::uuid`.execute(tx);
      expect(rows).toEqual([{ status: "worked-on", area_class: "cha", area_square_metres: 40_000 }]);
      const { rows: finds } = await sql`select quantity, context from ordnance_find where area = ${area}::uuid`.execute(
        tx,
      );
      expect(finds).toEqual([{ quantity: 3, context: "clearance" }]);
    }));

  it("can be looked at before it has a day", () =>
    context.rollback(async (tx) => {
      const part = { ...aPart(1, { outcome: "identified", geometry: field.whole }), id: newId() };
      const begun = aReportInput({ type: "non-technical-survey", effectiveOn: "2026-01-10", body: { parts: [part] } });
      const entered = await enterReport(tx, { ...begun, effectiveOn: null }, { accountId: "one", now: day(1) });
      const { findings } = await computeReport(tx, entered, { now: day(1) });
      expect(findings.map(({ check, field: at }) => `${check} ${at}`)).toContain("field-missing effectiveOn");
    }));

  it("is not verified or approved by whoever wrote it, nor approved by whoever verified it", () =>
    context.rollback(async (tx) => {
      const organisation = await anOrganisation(tx);
      const now = day(1);
      const entered = await enterReport(
        tx,
        aReportInput({
          type: "non-technical-survey",
          effectiveOn: "2026-01-10",
          organisation,
          body: {
            evidence: ["item-found"],
            parts: [{ ...aPart(1, { outcome: "identified", geometry: field.whole, areaClass: "cha" }), id: newId() }],
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
        aReportInput({
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
        aReportInput({
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

  it("is not entered about an organisation, area or unit that the country does not have", () =>
    context.rollback(async (tx) => {
      const { area, organisation } = await aMinefield(tx);
      const words = { type: "clearance" as const, effectiveOn: "2026-02-01", organisation, area };
      const actor = { accountId: "one", now: day(2) };
      const unknown = aReportInput({ ...words, organisation: newId(), area: newId(), unit: newId() });
      const refusal = await enterReport(tx, unknown, actor).catch((problem) => problem);
      expect(refusal).toMatchObject({ code: "common.invalid-input" });
      expect(refusal.fields.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`)).toEqual([
        "organisation check.operator-unknown",
        "area check.area-unknown",
        "unit check.report-unit-unknown",
      ]);
      const entered = await enterReport(tx, aReportInput(words), actor);
      const moved = { ...aReportInput({ ...words, area: newId() }) };
      await expect(changeReport(tx, entered, moved, actor)).rejects.toMatchObject({ code: "common.invalid-input" });
    }));

  it("names everything that keeps it from being handed in", () =>
    context.rollback(async (tx) => {
      const now = day(2);
      const entered = await enterReport(
        tx,
        aReportInput({
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
