import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../database/testing.ts";
import { programClaims } from "../database/types.ts";
import { type EventInput, recordEvent, recordRevisions } from "../events/index.ts";
import { sealAll } from "../events/testing.ts";
import { createLog } from "../http/log.ts";
import { createJobs, type Jobs } from "../jobs/index.ts";
import { systemClock } from "../kernel/clock.ts";
import { eventsOfRecords, findEvents } from "./audit-store.ts";
import type { AuditEvent } from "./contract-audit.ts";
import { createAdministration } from "./index.ts";
import { type Send, serveAs } from "./testing.ts";

describeEachDatabase("audit log", (context) => {
  let jobs: Jobs;
  let administrator: Send;
  let manager: Send;
  let regional: Send;
  let analyst: Send;
  const record = randomUUID();
  const person = randomUUID();

  const happen = (event: Partial<EventInput> & { type: string }) =>
    context.db.transaction(programClaims, (tx) => recordEvent(tx, { accountId: null, now: new Date(), ...event }));
  const list = async (send: Send, query = "") => {
    const answer = await send("GET", `/api/audit/events?${query}`);
    expect(answer.status).toBe(200);
    return answer.body as { items: AuditEvent[]; next: string | null };
  };
  const types = (items: AuditEvent[]) => items.map(({ type }) => type);

  beforeAll(async () => {
    jobs = createJobs({ database: context.db, clock: systemClock, log: createLog("silent") });
    const serve = serveAs(context.db, [
      createAdministration({ database: context.db, jobs, definitions: [] }),
      jobs.implementation,
    ]);
    administrator = serve("ada", ["administrator", null]);
    manager = serve("minh", ["information-manager", "KHM"]);
    regional = serve("rea", ["information-manager", null]);
    analyst = serve("ann", ["regional-analyst", null]);
    await jobs.start();
    await sql`insert into auth_user (id, name, email, email_verified) values
      ('ada', 'Ada', 'ada@example.org', true), (${person}, 'Bo', 'bo@example.org', true)`.execute(context.db.owner);
    await happen({
      type: "land.area.created",
      country: "KHM",
      subject: { type: "land.area", id: record },
      payload: { code: "LA-1", boxes: [[1, 2, 3, 4]], revision: 1 },
    });
    await happen({ type: "access.granted", accountId: "ada", subject: { type: "access.account", id: person } });
    await happen({
      type: "land.area.corrected",
      country: "KHM",
      accountId: "ada",
      subject: { type: "land.area", id: record },
      now: new Date("2020-02-03T23:59:59Z"),
    });
    await happen({ type: "landmark.placed", country: "LAO" });
  });
  afterAll(() => jobs.stop());

  it("shows the newest first, with who did it and to what, and nothing that only machines read", async () => {
    const { items } = await list(administrator);
    expect(types(items)).toEqual(["landmark.placed", "land.area.corrected", "access.granted", "land.area.created"]);
    expect(items[1]?.account).toEqual({ id: "ada", name: "Ada" });
    expect(items[2]?.subject).toEqual({ type: "access.account", id: person, code: null, name: "Bo" });
    expect(items[3]).toMatchObject({
      subject: { type: "land.area", id: record, code: "LA-1", name: null },
      account: null,
      position: null,
      details: { revision: 1 },
    });
    expect(Object.keys(items[3]?.details ?? {})).toEqual(["revision"]);
  });

  it("pages without losing or repeating an event", async () => {
    const seen: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const page: { items: AuditEvent[]; next: string | null } = await list(
        administrator,
        `limit=1${next === "" ? "" : `&cursor=${next}`}`,
      );
      seen.push(...types(page.items));
      next = page.next;
    }
    expect(seen).toEqual(["landmark.placed", "land.area.corrected", "access.granted", "land.area.created"]);
    expect((await administrator("GET", "/api/audit/events?cursor=x")).body).toMatchObject({ code: "audit.bad-cursor" });
  });

  it("narrows by type, area, country, account, record and day", async () => {
    const found = async (query: string) => types((await list(administrator, query)).items);
    expect(await found("type=access.granted")).toEqual(["access.granted"]);
    expect(await found("type=land.")).toEqual(["land.area.corrected", "land.area.created"]);
    expect(await found("country=LAO")).toEqual(["landmark.placed"]);
    expect(await found("account=ada")).toEqual(["land.area.corrected", "access.granted"]);
    expect(await found(`subject=${record}`)).toEqual(["land.area.corrected", "land.area.created"]);
    expect(await found("subject=no-such-code")).toEqual([]);
    expect(await found("from=2020-02-03&to=2020-02-03")).toEqual(["land.area.corrected"]);
    expect(await found("to=2020-02-02")).toEqual([]);
  });

  it("finds what happened to one record among many of an import", async () => {
    await context.rollback(async (tx) => {
      const imported = { type: "places.unit", country: "KHM", accountId: null, now: new Date() };
      const records = ["A", "B"].map((name) => ({ name, id: randomUUID() }));
      await recordRevisions(
        tx,
        { ...imported, type: "places.unit.imported" },
        records.map(({ id }) => ({
          country: "KHM",
          recordType: "places.unit",
          recordId: id,
          revision: 1,
          action: "imported" as const,
          reason: null,
          recordedAt: new Date().toISOString(),
          snapshot: {},
          sensitivity: 0,
          organisation: null,
          sample: false,
        })),
      );
      await recordEvent(tx, {
        ...imported,
        type: "places.unit.corrected",
        subject: { type: "places.unit", id: records[1]?.id ?? "" },
      });
      const found = async (id: string) => {
        const events = await findEvents(tx, { subjects: { ids: [id], events: await eventsOfRecords(tx, [id]) } }, 10);
        return events.map(({ type }) => type);
      };
      expect(await found(records[0]?.id ?? "")).toEqual(["places.unit.imported"]);
      expect(await found(records[1]?.id ?? "")).toEqual(["places.unit.corrected", "places.unit.imported"]);
      expect(await found(randomUUID())).toEqual([]);
    });
  });

  it("shows each auditor the countries that are theirs and opens to nobody else", async () => {
    expect(types((await list(manager)).items)).toEqual(["land.area.corrected", "land.area.created"]);
    expect(types((await list(regional)).items)).toEqual([
      "landmark.placed",
      "land.area.corrected",
      "land.area.created",
    ]);
    expect((await analyst("GET", "/api/audit/events")).status).toBe(403);
    expect((await analyst("POST", "/api/audit/verify")).status).toBe(403);
  });

  it("offers every type and person to choose from", async () => {
    const { body } = await administrator("GET", "/api/audit/choices");
    expect(body).toEqual({
      types: ["access.granted", "land.area.corrected", "land.area.created", "landmark.placed"],
      accounts: [
        { id: "ada", name: "Ada" },
        { id: person, name: "Bo" },
      ],
    });
  });

  it("tells how far the chain reaches", async () => {
    expect((await administrator("GET", "/api/audit/state")).body).toEqual({
      sealed: 0,
      unsealed: 4,
      head: "0".repeat(64),
      last: null,
      running: null,
    });
    await sealAll(context.db);
    const { body } = await administrator("GET", "/api/audit/state");
    expect(body).toMatchObject({ sealed: 4, unsealed: 0 });
    expect(body.head).not.toBe("0".repeat(64));
    expect((await list(administrator, "limit=1")).items[0]?.position).toBe(4);
  });

  async function verify(): Promise<Record<string, unknown>> {
    const { status, body } = await administrator("POST", "/api/audit/verify");
    expect(status).toBe(200);
    for (let wait = 0; wait < 100; wait++) {
      const job = await administrator("GET", `/api/jobs/${body.job}`);
      if (!["waiting", "running"].includes(job.body.state as string)) {
        expect(job.body.state).toBe("done");
        return (await administrator("GET", "/api/audit/state")).body;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("The check of the chain did not end");
  }

  it("checks the whole chain as a job and keeps what it found", async () => {
    const state = await verify();
    expect(state.last).toMatchObject({ by: "Ada", sealed: 4, problems: [], problemCount: 0, head: state.head });
    expect(types((await list(administrator, "type=audit.")).items)).toContain("audit.verified");
    await expect(
      context.db.transaction(programClaims, (tx) => sql`update audit_verification set head = 'x'`.execute(tx)),
    ).rejects.toThrow();
  });

  it("finds an event that somebody altered behind the program's back", async () => {
    await sealAll(context.db);
    await sql`alter table event disable trigger append_only`.execute(context.db.owner);
    await sql`update event set country = 'VNM' where type = 'landmark.placed'`.execute(context.db.owner);
    await sql`alter table event enable trigger append_only`.execute(context.db.owner);
    const { last } = await verify();
    expect(last).toMatchObject({ problemCount: 1, problems: [{ kind: "event-altered", position: 4 }] });
  });
});
