import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { accidentDefinition, casualtyDefinition } from "../accidents/index.ts";
import { anOrganisation } from "../quality/samples.ts";
import type { CaseOutput } from "./contract-case.ts";
import { type CareServer, careServer, officer, overseer } from "./testing.ts";

const secret = "Lives behind the pagoda";

describeEachDatabase("what is written about a person's case", (context) => {
  let server: CareServer;
  let centre = "";
  beforeAll(async () => {
    server = careServer(context.db);
    centre = await anOrganisation(context.db, "Centre");
  });
  afterAll(() => server.stop());
  const on = (id: string, what: string, body: object) =>
    server.send2<CaseOutput>(`/api/assistance/cases/KHM/${id}/${what}`, body);
  const one = async (query: ReturnType<typeof sql<{ n: number }>>) =>
    Number((await query.execute(context.db.owner)).rows[0]?.n);

  it("loses every word of staff when the identity is erased, in any table, and keeps every fact", async () => {
    const { id, person } = await server.aCase({ reason: secret });
    const needed = await on(id, "needs", { kind: "medical", detail: secret, identifiedOn: server.today(-20) });
    const need = needed.body.needs[0];
    await on(id, `needs/${need?.id}`, { version: 1, state: "unmet", on: server.today(-10), reason: secret });
    const given = await on(id, "services", {
      ...{ service: "surgery", organisation: centre, givenOn: server.today(-5), detail: secret, needs: [need?.id] },
    });
    await on(id, `services/${given.body.services[0]?.id}/withdraw`, { reason: secret });
    await on(id, "goals", { goal: secret, targetOn: server.today(40) });
    await on(id, "follow-ups", { kind: "visit", dueOn: server.today(4), detail: secret });
    await server.consent(person);
    const referred = await on(id, "referrals", {
      ...{ organisation: centre, recipientClass: "rehabilitation-services", services: ["orthosis"], message: secret },
    });
    const { id: referral, version } = referred.body as unknown as { id: string; version: number };
    await server.send2(`/api/assistance/referrals/KHM/${referral}/step`, { version, state: "dropped", reason: secret });
    const tables = ["case_step", "need", "need_step", "service", "goal", "follow_up", "referral", "referral_step"];
    const holding = async () => {
      const found = await Promise.all(
        tables.map((name) =>
          one(sql`select count(*) as n from ${sql.table(`assistance_${name}`)} t where t::text like ${`%${secret}%`}`),
        ),
      );
      return tables.filter((_, at) => (found[at] ?? 0) > 0);
    };
    expect(await holding()).toEqual(tables);

    const asked = await server.send2<{ id: string; version: number }>("/api/data-protection/requests", {
      country: "KHM",
      person,
      kind: "erasure",
      askedBy: "person",
      receivedOn: server.today(),
    });
    const { id: request, version: asking } = asked.body;
    const decided = await server.send2(
      `/api/data-protection/requests/KHM/${request}/decide`,
      { version: asking, granted: true, note: "In order" },
      overseer,
    );
    expect(decided.status).toBe(200);
    const erased = await server.send2(`/api/people/persons/KHM/${person}/erase`, {
      ...{ revision: 1, request, reason: "As asked" },
    });
    expect(erased.status).toBe(200);
    expect(await holding()).toEqual([]);
    expect(await one(sql`select count(*) as n from assistance_need_step where case_id = ${id}`)).toBe(2);
    const { body } = await server.read<CaseOutput>(`/api/assistance/cases/KHM/${id}`);
    expect(body.needs[0]).toMatchObject({ kind: "medical", state: "unmet", detail: null });
    expect(body.services[0]).toMatchObject({ service: "surgery", withdrawn: true });
    // Nobody else takes words away.
    await expect(
      context.db.owner.transaction().execute((tx) => sql`update assistance_need_step set reason = 'x'`.execute(tx)),
    ).rejects.toThrow("append-only");
  });

  it("takes no service from before the accident in which the person was hurt, whoever entered the casualty", async () => {
    const { id, person } = await server.aCase();
    await context.db.transaction(programClaims, async (tx) => {
      const change = { accountId: null, now: server.now.value, reason: null };
      const accident = { country: "KHM", values: { occurredOn: server.today(-20), device: "ap-mine" } };
      const [made] = await createRecords(tx, accidentDefinition, [accident], change);
      const values = { accident: made?.id ?? "", code: "ACC-VA-01", outcome: "injured", person };
      await createRecords(tx, casualtyDefinition, [{ country: "KHM", values }], change);
    });
    const service = (givenOn: string) => on(id, "services", { service: "surgery", organisation: centre, givenOn });
    const early = await service(server.today(-25));
    expect(early.status).toBe(422);
    expect(early.body.fields).toMatchObject([{ path: "givenOn", code: "check.service-before-cause" }]);
    expect((await service(server.today(-20))).status).toBe(200);
    // Who needs help since birth had it before any accident.
    await on(id, "cause", { version: 0, cause: "since-birth", since: null });
    expect((await service(server.today(-25))).status).toBe(200);
    const back = await on(id, "cause", { version: 1, cause: "explosive-ordnance", since: null });
    expect(back.body.fields).toMatchObject([{ path: "cause", code: "check.service-before-cause" }]);
  });

  it("is invented where its person is, so that the sample goes as a whole", async () => {
    const person = await server.aPerson();
    await sql`update people_person set sample = true where id = ${person}`.execute(context.db.owner);
    const { id } = await server.aCase({ person });
    await on(id, "needs", { kind: "rights", identifiedOn: server.today(-2) });
    await server.consent(person);
    for (const [table, column, value] of [
      ["assistance_case", "id", id],
      ["assistance_case_step", "case_id", id],
      ["assistance_need_step", "case_id", id],
      ["data_protection_consent", "person", person],
    ] as const)
      expect(
        await one(
          sql`select count(*) as n from ${sql.table(table)} where ${sql.ref(column)} = ${value} and not sample`,
        ),
        table,
      ).toBe(0);
  });

  it("is given to carers only; whoever is not cleared for cases is told of nobody", async () => {
    const answer = await server.read<{ items: unknown[] }>("/api/assistance/carers?country=KHM", officer);
    expect(answer).toMatchObject({ status: 200, body: { items: [] } });
    expect((await server.read("/api/assistance/carers?country=KHM", overseer)).status).toBe(403);
  });
});
