import { sql } from "kysely";
import { expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { approveReport, enterReport, type ReportInput, submitReport, verifyReport } from "./actions.ts";
import { bodySchema, type ReportBodyInput } from "./contract-body.ts";
import type { Areal } from "./ground.ts";
import { aPart, strips } from "./samples.ts";
import type { StoredReport } from "./store.ts";
import { verifyLedger } from "./verify.ts";

const country = "KHM";
const { whole, parts } = strips(103, 13, 103.003, [40_000, 35_000, 20_000, 5_000]);
const [lowest, second, third, last] = parts as [Areal, Areal, Areal, Areal];

async function approved(
  tx: Tx,
  wanted: Pick<ReportInput, "type"> & Partial<ReportInput> & { says: ReportBodyInput },
  now = new Date("2026-06-01T08:00:00Z"),
): Promise<StoredReport> {
  const { says, ...values } = wanted;
  const input: ReportInput = {
    ...{ country, organisation: null, area: null, task: null, unit: null, startedOn: null, endedOn: null },
    ...{ corrects: null, effectiveOn: null, ...values },
    body: bodySchema.parse({ methods: ["manual"], reason: "as surveyed", ...says }),
  };
  const entered = await enterReport(tx, input, { accountId: "operator", now });
  const submitted = await submitReport(tx, entered, null, { accountId: "operator", now });
  const verified = await verifyReport(tx, submitted, null, { accountId: "quality", now });
  return approveReport(tx, verified, null, { accountId: "manager", now });
}

/** An area with a cancellation that a later report put right, a late report, a part that became its own area. */
async function aHistory(tx: Tx): Promise<{ area: string; clearance: StoredReport }> {
  const organisation = newId();
  await sql`insert into organisations_organisation (country, id, revision, code, names, type, sensitivity, recorded_at)
    values (${country}, ${organisation}::uuid, 1, 'ORG-1', '{"en":"An operator"}', 'national-ngo', 0, now())`.execute(
    tx,
  );
  const area = newId();
  const identified = { ...aPart(1, { outcome: "identified", geometry: whole, areaClass: "sha" }), id: area };
  const common = { area, organisation };
  await approved(tx, {
    ...{ type: "non-technical-survey", effectiveOn: "2026-01-10", organisation },
    says: { evidence: ["verbal-report"], parts: [identified] },
  });
  const cancel = (geometry: Areal): ReportBodyInput => ({
    parts: [{ ...aPart(2, { outcome: "cancelled", geometry }), id: newId() }],
  });
  const wrong = await approved(tx, {
    ...{ type: "cancellation", effectiveOn: "2026-02-01", ...common },
    says: cancel(lowest),
  });
  const clearance = await approved(tx, {
    ...{ type: "clearance", effectiveOn: "2026-04-01", ...common },
    says: { parts: [{ ...aPart(3, { outcome: "cleared", geometry: third, depthCentimetres: 20 }), id: newId() }] },
  });
  await approved(tx, {
    ...{ type: "cancellation", effectiveOn: "2026-02-01", ...common, corrects: wrong.id },
    says: cancel(second),
  });
  await approved(tx, {
    ...{ type: "technical-survey", effectiveOn: "2026-03-01", ...common },
    says: {
      evidence: ["item-found"],
      parts: [{ ...aPart(4, { outcome: "reclassified", geometry: last, areaClass: "cha" }), id: newId() }],
    },
  });
  return { area, clearance };
}

describeEachDatabase("the ledger of a country", (context) => {
  it("is what its approved reports say, with corrections and late reports among them", () =>
    context.rollback(async (tx) => {
      await aHistory(tx);
      const seen: number[] = [];
      expect(await verifyLedger(tx, country, (areas) => seen.push(areas))).toEqual({
        ...{ areas: 2, reports: 5, differences: [] },
      });
      expect(seen).toEqual([2]);
      expect(await verifyLedger(tx, "VNM")).toEqual({ areas: 0, reports: 0, differences: [] });
    }));

  it("shows entries that balance and yet no report made", () =>
    context.rollback(async (tx) => {
      const { area, clearance } = await aHistory(tx);
      await sql`insert into ledger_entry (country, report, line, about, area, account, square_metres, effective_on, known_at)
        select ${country}, ${newId()}::uuid, line, ${clearance.id}::uuid, ${area}::uuid, account, amount, '2026-04-01', now()
        from (values (1, 'suspected', -7), (2, 'cleared', 7)) as v(line, account, amount)`.execute(tx);
      const { differences } = await verifyLedger(tx, country);
      expect(differences.map(({ kind, what, stored, computed }) => [kind, what, stored, computed])).toEqual(
        expect.arrayContaining([
          ["entry", "suspected", -20_007, -20_000],
          ["entry", "cleared", 20_007, 20_000],
          ["total", "suspected", 39_993, 40_000],
          ["total", "cleared", 20_007, 20_000],
        ]),
      );
      expect(differences).toHaveLength(4);
      expect(differences[0]?.reportCode).toBe(clearance.code);
    }));

  it("shows states, products and versions that were changed behind its back", () =>
    context.rollback(async (tx) => {
      const { area, clearance } = await aHistory(tx);
      await sql`update land_state set status = 'suspended', open_square_metres = open_square_metres + 1
        where area = ${area}::uuid`.execute(tx);
      await sql`update land_product set void = true where report = ${clearance.id}::uuid`.execute(tx);
      await sql`update land_version set superseded_at = now() where report = ${clearance.id}::uuid
        and superseded_at is null`.execute(tx);
      const { differences } = await verifyLedger(tx, country);
      expect(differences.map(({ kind, what, stored, computed }) => [kind, what, stored, computed])).toEqual([
        ["product", "cleared", null, 20_000],
        ["version", "2026-04-01", null, 40_000],
        ["state", "openSquareMetres", 40_001, 40_000],
        ["state", "status", "suspended", "worked-on"],
      ]);
    }));
});
