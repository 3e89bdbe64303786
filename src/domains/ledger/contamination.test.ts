import { expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { entriesOf, findEntries, insertEntries, ledgerTable } from "./index.ts";
import type { Account, Posting } from "./model.ts";

const country = "KHM";
const nothing = { province: null, unit: null, organisation: null, project: null, method: null, landClass: null };

/** Enters land of some square metres with a combination of contamination. */
async function enter(tx: Tx, contamination: string[], squareMetres: number): Promise<void> {
  const report = { country, id: newId(), knownAt: "2026-02-01T00:00:00Z", sample: false };
  const area = newId();
  const posting = (account: Account, amount: number): Posting => ({
    ...{ ...nothing, contamination, depthCentimetres: null, about: report.id, area, account, squareMetres: amount },
    effectiveOn: "2026-01-01",
  });
  const postings = [posting("identified", -squareMetres), posting("confirmed", squareMetres)];
  await insertEntries(tx, entriesOf(report, postings));
}

describeEachDatabase("contamination in the ledger", (context) => {
  it("opens from each row of a table to the entries of exactly that row", () =>
    context.rollback(async (tx) => {
      await enter(tx, ["ap-mine"], 100);
      await enter(tx, ["ap-mine", "av-mine"], 20);
      await enter(tx, ["av-mine"], 3);
      await enter(tx, [], 4);
      const { rows } = await ledgerTable(tx, { country, to: "2026-12-31" }, "contamination");
      expect(rows.map(({ key, movement }) => [key, movement.closing])).toEqual([
        ["ap-mine", 100],
        ["ap-mine+av-mine", 20],
        ["av-mine", 3],
        [null, 4],
      ]);
      for (const { key, movement } of rows) {
        const filter = { country, to: "2026-12-31", contaminationOnly: [key ?? "none"] };
        const entries = await findEntries(tx, { ...filter, account: ["confirmed"], limit: 10, offset: 0 });
        expect([entries.total, entries.squareMetres], key ?? "none").toEqual([1, movement.closing]);
        expect((await ledgerTable(tx, filter, "province")).total.closing).toBe(movement.closing);
      }
      const any = async (types: string[]) =>
        (await ledgerTable(tx, { country, to: "2026-12-31", contamination: types }, "none")).total.closing;
      expect([await any(["ap-mine"]), await any(["av-mine"]), await any(["ap-mine", "av-mine"])]).toEqual([
        120, 23, 123,
      ]);
    }));
});
