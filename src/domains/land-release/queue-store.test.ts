import { sql } from "kysely";
import { expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { enterReport, type ReportInput, returnReport, submitReport, verifyReport } from "./actions.ts";
import { bodySchema } from "./contract-body.ts";
import { countWaiting, listReports, type QueueReader, type ReportFilter } from "./queue-store.ts";

const country = "KHM";
const day = (n: number) => new Date(Date.UTC(2026, 5, n, 8));

const aSpotTask = (values: Partial<ReportInput>): ReportInput => ({
  ...{ country, type: "spot-task", organisation: null, area: null, task: null, unit: null, corrects: null },
  ...{ effectiveOn: "2026-05-30", startedOn: null, endedOn: null },
  body: bodySchema.parse({ devices: [{ category: "uxo-other", quantity: 1 }], place: [103, 13] }),
  ...values,
});

async function anOrganisation(tx: Tx): Promise<string> {
  const id = newId();
  await sql`insert into organisations_organisation (country, id, revision, code, names, type, sensitivity, recorded_at)
    values (${country}, ${id}::uuid, 1, ${`ORG-${id.slice(-6)}`}, '{"en":"An operator"}', 'national-ngo', 0, now())`.execute(
    tx,
  );
  return id;
}

const manager = (accountId: string): QueueReader => ({
  accountId,
  mayVerify: true,
  mayApprove: true,
  verifierMayApprove: false,
  now: day(20),
});

const codesOf = async (tx: Tx, filter: Partial<ReportFilter>, reader: QueueReader) => {
  const list = await listReports(tx, { country, queue: "all", limit: 50, offset: 0, ...filter }, reader);
  return { ...list, ids: list.items.map(({ id }) => id) };
};

describeEachDatabase("the queue of reports", (context) => {
  const filled = async (tx: Tx) => {
    const organisation = await anOrganisation(tx);
    const entered = (who: string, n: number) =>
      enterReport(tx, aSpotTask({ organisation }), { accountId: who, now: day(n) });
    const submitted = async (who: string, n: number) =>
      submitReport(tx, await entered(who, n), null, { accountId: who, now: day(n) });
    const draft = await entered("ann", 1);
    const fresh = await submitted("ann", 15);
    const old = await submitted("bea", 2);
    const verified = await verifyReport(tx, await submitted("ann", 3), null, { accountId: "bea", now: day(4) });
    return { draft: draft.id, fresh: fresh.id, old: old.id, verified: verified.id };
  };

  it("holds for each reader what somebody else entered and they may judge, the longest waiting first", () =>
    context.rollback(async (tx) => {
      const { draft, fresh, old, verified } = await filled(tx);
      const ann = await codesOf(tx, { queue: "todo" }, manager("ann"));
      expect(ann.ids).toEqual([old]);
      expect(ann.queues).toEqual({ todo: 1, mine: 3, all: 4 });
      expect(ann.states).toEqual({ submitted: 1 });
      const bea = await codesOf(tx, { queue: "todo" }, manager("bea"));
      // What bea verified waits for a third person, unless the country's rules say otherwise.
      expect(bea.ids).toEqual([fresh]);
      const relaxed = await codesOf(tx, { queue: "todo" }, { ...manager("bea"), verifierMayApprove: true });
      expect(relaxed.ids).toEqual([verified, fresh]);
      const nobody = await codesOf(tx, { queue: "todo" }, { ...manager("cam"), mayVerify: false, mayApprove: false });
      expect(nobody).toMatchObject({ ids: [], total: 0, queues: { todo: 0, mine: 0, all: 4 } });
      const mine = await codesOf(tx, { queue: "mine", state: ["draft"] }, manager("ann"));
      expect(mine).toMatchObject({ ids: [draft], total: 1, states: { draft: 1, submitted: 1, verified: 1 } });
    }));

  it("is counted for the overview as the lists hold it: what waits, what waits long, what came back", () =>
    context.rollback(async (tx) => {
      await filled(tx);
      const back = await submitReport(
        tx,
        await enterReport(tx, aSpotTask({ organisation: await anOrganisation(tx) }), { accountId: "ann", now: day(1) }),
        null,
        { accountId: "ann", now: day(1) },
      );
      await returnReport(tx, back, "The place is missing", { accountId: "bea", now: day(2) });
      // Of bea's two, the one of ann that she did not verify is five days old; after five days it is late.
      expect(await countWaiting(tx, country, 14, manager("bea"))).toEqual({ todo: 1, late: 0, returned: 0 });
      expect(await countWaiting(tx, country, 5, manager("bea"))).toEqual({ todo: 1, late: 1, returned: 0 });
      expect(await countWaiting(tx, country, 14, manager("ann"))).toEqual({ todo: 1, late: 1, returned: 1 });
      for (const who of ["ann", "bea", "cam"]) {
        const { todo, late, returned } = await countWaiting(tx, country, 14, manager(who));
        const lists = [
          await codesOf(tx, { queue: "todo" }, manager(who)),
          await codesOf(tx, { queue: "todo", waitingDays: 14 }, manager(who)),
          await codesOf(tx, { queue: "mine", state: ["returned"] }, manager(who)),
        ];
        expect([todo, late, returned]).toEqual(lists.map(({ total }) => total));
      }
      expect(await countWaiting(tx, "LAO", 14, manager("ann"))).toEqual({ todo: 0, late: 0, returned: 0 });
    }));

  it("is cut by how long reports wait, by unit with all inside, and sorted", () =>
    context.rollback(async (tx) => {
      const { draft, fresh, old, verified } = await filled(tx);
      const waiting = await codesOf(tx, { waitingDays: 10, sort: "waiting" }, manager("cam"));
      expect(waiting.ids).toEqual([draft, old, verified]);
      const newest = await codesOf(tx, { sort: "-waiting" }, manager("cam"));
      expect(newest.ids[0]).toBe(fresh);
      const byCode = await codesOf(tx, { sort: "-code" }, manager("cam"));
      expect(byCode.items.map(({ code }) => code)).toEqual(
        byCode.items
          .map(({ code }) => code)
          .toSorted()
          .toReversed(),
      );
      const [province, village] = [newId(), newId()];
      for (const [id, parent, level] of [
        [province, null, 1],
        [village, province, 2],
      ] as const)
        await sql`insert into places_unit (country, id, revision, code, names, level, parent, sensitivity, recorded_at)
          values (${country}, ${id}::uuid, 1, ${`U-${id.slice(-6)}`}, '{"en":"A place"}', ${level}, ${parent}::uuid, 0, now())`.execute(
          tx,
        );
      const there = await enterReport(tx, aSpotTask({ unit: village }), { accountId: "ann", now: day(5) });
      expect((await codesOf(tx, { unit: province }, manager("cam"))).ids).toEqual([there.id]);
    }));
});

describeEachDatabase("a report that is sent twice", (context) => {
  it("is entered once, with the words of the second time", () =>
    context.rollback(async (tx) => {
      const id = newId();
      const ann = { accountId: "ann", now: day(1) };
      const first = await enterReport(tx, aSpotTask({ id }), ann);
      expect(await enterReport(tx, aSpotTask({ id }), ann)).toEqual(first);
      const again = await enterReport(tx, aSpotTask({ id, effectiveOn: "2026-05-29" }), ann);
      expect(again).toMatchObject({ id, code: first.code, revision: 2, effectiveOn: "2026-05-29" });
      expect((await codesOf(tx, {}, manager("ann"))).ids).toEqual([id]);
    }));

  it("is not taken from whoever entered it, nor changed once it has gone on", () =>
    context.rollback(async (tx) => {
      const id = newId();
      const ann = { accountId: "ann", now: day(1) };
      const first = await enterReport(tx, aSpotTask({ id, organisation: await anOrganisation(tx) }), ann);
      await expect(enterReport(tx, aSpotTask({ id }), { ...ann, accountId: "bea" })).rejects.toMatchObject({
        code: "common.stale-revision",
      });
      await submitReport(tx, first, null, ann);
      await expect(enterReport(tx, aSpotTask({ id, effectiveOn: "2026-05-29" }), ann)).rejects.toMatchObject({
        code: "common.stale-revision",
      });
    }));
});
