import { expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { entriesOf, findEntries, insertEntries, ledgerTable } from "./index.ts";
import type { Account, Posting } from "./model.ts";

const country = "KHM";
const nothing = { province: null, unit: null, organisation: null, project: null, method: null, landClass: null };

/** Enters land of some square metres with a combination of contamination. */
async function enter(
  tx: Tx,
  contamination: string[],
  squareMetres: number,
  { effectiveOn = "2026-01-01", knownAt = "2026-02-01T00:00:00Z", province = null as string | null } = {},
): Promise<void> {
  const report = { country, id: newId(), knownAt, sample: false };
  const area = newId();
  const posting = (account: Account, amount: number): Posting => ({
    ...{ ...nothing, contamination, depthCentimetres: null, about: report.id, area, account, squareMetres: amount },
    effectiveOn,
    province,
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

  it("gives the same tables from sums of whole years as from every entry, on any two days", () =>
    context.rollback(async (tx) => {
      const provinces = [newId(), newId(), null];
      const kinds = [["ap-mine"], ["ap-mine", "cmr"], ["cmr"], []];
      for (let n = 0; n < 48; n++) {
        const year = 2019 + (n % 5);
        const effectiveOn = `${year}-0${1 + (n % 9)}-15`;
        const knownAt = `${year + (n % 7 === 0 ? 2 : 0)}-1${n % 3}-02T00:00:00Z`;
        await enter(tx, kinds[n % 4] as string[], 100 + n, {
          effectiveOn,
          knownAt,
          province: provinces[n % 3] ?? null,
        });
      }
      // Organisation "none" is everybody's here and makes the same table be read from the entries themselves.
      const entries = { organisation: ["none"] };
      for (const asked of [{ contamination: ["ap-mine"] }, { contaminationOnly: ["ap-mine", "none"] }, {}])
        for (const by of ["province", "contamination", "none"] as const)
          for (const days of [
            { to: "2021-06-30" },
            { to: "2022-12-31", knownOn: "2022-11-05" },
            { from: "2020-02-01", to: "2023-03-31", knownOn: "2024-01-01" },
          ]) {
            const filter = { country, ...asked, ...days };
            const summed = await ledgerTable(tx, filter, by);
            expect(summed.total.closing).toBeGreaterThan(0);
            expect(summed, JSON.stringify({ filter, by })).toEqual(
              await ledgerTable(tx, { ...filter, ...entries }, by),
            );
          }
    }));
});
