import { sql } from "kysely";
import { expect, it } from "vitest";
import { describeEachDatabase } from "../database/testing.ts";
import { programClaims } from "../database/types.ts";
import { newId } from "../kernel/ids.ts";
import { recordEvent, recordRevisions, sealEvents, verifyChain } from "./index.ts";
import { sealAll } from "./testing.ts";

const now = new Date("2026-01-02T03:04:05.678Z");

describeEachDatabase("event chain", (context) => {
  const record = (n: number) =>
    context.db.transaction(programClaims, async (tx) => {
      for (let i = 0; i < n; i++)
        await recordEvent(tx, { type: "test.happened", country: "KHM", accountId: null, now, payload: { i } });
    });

  it("seals events in commit order and verifies", async () => {
    await record(5);
    await sealAll(context.db);
    await record(3);
    const report = await verifyChain(context.db);
    expect(report).toMatchObject({ sealed: 5, unsealed: 3, problems: [] });
    expect(report.head).toMatch(/^[0-9a-f]{64}$/);
    await sealAll(context.db);
    expect(await sealEvents(context.db)).toBe(0);
    const { rows } = await sql<{ n: number }>`select e.payload ->> 'i' as n from event_seal s
      join event e on e.id = s.event_id order by s.position`.execute(context.db.owner);
    expect(rows.map(({ n }) => Number(n))).toEqual([0, 1, 2, 3, 4, 0, 1, 2]);
  });

  it("does not seal an event while a change that began earlier is under way", async () => {
    if (context.db.kind === "embedded") return; // One session: nothing is ever under way beside it.
    let finish = () => {};
    const waiting = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begun = () => {};
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const early = context.db.transaction(programClaims, async (tx) => {
      await recordEvent(tx, { type: "test.early", accountId: null, now });
      begun();
      await waiting;
    });
    await started;
    await context.db.transaction(programClaims, (tx) => recordEvent(tx, { type: "test.late", accountId: null, now }));
    expect(await sealEvents(context.db)).toBe(0);
    finish();
    await early;
    await sealAll(context.db);
    const { rows } = await sql<{ type: string }>`select e.type from event_seal s
      join event e on e.id = s.event_id order by s.position desc limit 2`.execute(context.db.owner);
    expect(rows.map(({ type }) => type)).toEqual(["test.late", "test.early"]);
    expect((await verifyChain(context.db)).problems).toEqual([]);
  });

  it("refuses to alter or delete an event", async () => {
    await expect(sql`update event set type = 'other'`.execute(context.db.owner)).rejects.toThrow(/append-only/);
    await expect(sql`delete from event`.execute(context.db.owner)).rejects.toThrow(/append-only/);
    await expect(
      context.db.transaction(programClaims, async (tx) => void (await sql`delete from event`.execute(tx))),
    ).rejects.toThrow(/permission denied/);
  });

  const tamper = async (statement: ReturnType<typeof sql>) => {
    await context.db.owner.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await statement.execute(tx);
    });
  };

  it("finds an altered event, a removed one, a reordering, and an altered revision", async () => {
    const recordId = newId();
    await context.db.transaction(programClaims, (tx) =>
      recordRevisions(tx, { type: "test.created", country: "KHM", accountId: null, now }, [
        {
          country: "KHM",
          recordType: "test.thing",
          recordId,
          revision: 1,
          action: "created",
          reason: null,
          recordedAt: now.toISOString(),
          snapshot: { a: 1.5 },
          sensitivity: 0,
          organisation: null,
          sample: false,
        },
      ]),
    );
    await sealAll(context.db);
    expect((await verifyChain(context.db)).problems).toEqual([]);

    await tamper(sql`update event set payload = '{"i":99}' where seq = 2`);
    expect((await verifyChain(context.db)).problems).toMatchObject([{ kind: "event-altered", position: 2 }]);
    await tamper(sql`update event set payload = '{"i":1}' where seq = 2`);
    expect((await verifyChain(context.db)).problems).toEqual([]);

    await tamper(sql`update record_revision set snapshot = '{"a":2.5}' where record_id = ${recordId}`);
    expect((await verifyChain(context.db)).problems).toMatchObject([{ kind: "revision-altered" }]);
    await tamper(sql`update record_revision set snapshot = '{"a":1.5}' where record_id = ${recordId}`);

    const ids = (
      await sql<{
        id: string;
      }>`select event_id as id from event_seal where position in (3, 4) order by position`.execute(context.db.owner)
    ).rows;
    await tamper(
      sql`update event_seal set event_id = case position when 3 then ${ids[1]?.id}::uuid else ${ids[0]?.id}::uuid end where position in (3, 4)`,
    ).catch(async () => {
      await tamper(
        sql`update event_seal set position = case position when 3 then -4 else -3 end where position in (3, 4)`,
      );
      await tamper(sql`update event_seal set position = -position where position < 0`);
    });
    expect((await verifyChain(context.db)).problems.length).toBeGreaterThanOrEqual(2);

    await tamper(sql`delete from event where seq = 5`);
    expect((await verifyChain(context.db)).problems.map(({ kind }) => kind)).toContain("event-removed");
  });
});
