import { sql } from "kysely";
import { expect, it } from "vitest";
import { describeEachDatabase } from "../database/testing.ts";
import { programClaims } from "../database/types.ts";
import { newId } from "../kernel/ids.ts";
import { recordEvent, recordRevisions, sealEvents, verifyChain } from "./index.ts";

const now = new Date("2026-01-02T03:04:05.678Z");

describeEachDatabase("event chain", (context) => {
  const record = (n: number) =>
    context.db.transaction(programClaims, async (tx) => {
      for (let i = 0; i < n; i++)
        await recordEvent(tx, { type: "test.happened", country: "KHM", accountId: null, now, payload: { i } });
    });

  it("seals events in commit order and verifies", async () => {
    await record(5);
    expect(await sealEvents(context.db)).toBe(5);
    await record(3);
    const report = await verifyChain(context.db);
    expect(report).toMatchObject({ sealed: 5, unsealed: 3, problems: [] });
    expect(await sealEvents(context.db)).toBe(3);
    expect(await sealEvents(context.db)).toBe(0);
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
    await sealEvents(context.db);
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
