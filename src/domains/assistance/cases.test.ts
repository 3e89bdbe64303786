import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { grant } from "../../platform/http/testing.ts";
import { anOrganisation } from "../quality/samples.ts";
import type { CaseLine, CaseOutput } from "./contract-case.ts";
import { type CareServer, careServer, officer, officerOf, overseer, providerOf } from "./testing.ts";

type Cases = { items: CaseLine[]; counts: Record<string, number>; next: string | null };

describeEachDatabase("cases", (context) => {
  let server: CareServer;
  let [centre, other] = ["", ""];
  beforeAll(async () => {
    server = careServer(context.db);
    centre = await anOrganisation(context.db, "Centre");
    other = await anOrganisation(context.db, "Other centre");
  });
  afterAll(() => server.stop());
  const on = (id: string, what: string, body: object, as = officer) =>
    server.send2<CaseOutput>(`/api/assistance/cases/KHM/${id}/${what}`, body, as);
  const list = async (query = "", as = officer) => server.read<Cases>(`/api/assistance/cases?country=KHM${query}`, as);
  const paths = (answer: { body: { fields?: { path: string; code: string }[] } }) =>
    answer.body.fields?.map(({ path, code }) => `${path} ${code}`);

  it("are opened once for a person in an organisation's hands, with no cause asked for", async () => {
    const person = await server.aPerson({ organisation: centre });
    const { id, code } = await server.aCase({ person });
    expect(code).toMatch(/^C-KHM-\d{6}$/);
    const again = await server.send2("/api/assistance/cases", { country: "KHM", person, openedOn: server.today() });
    expect(again).toMatchObject({ status: 409, body: { code: "assistance.case-open" } });
    const { body } = await server.read<CaseOutput>(`/api/assistance/cases/KHM/${id}`);
    expect(body).toMatchObject({
      state: "open",
      organisation: centre,
      cause: null,
      needs: [],
      allowed: ["write", "close"],
    });
    expect(body.steps.map(({ step }) => step)).toEqual(["opened"]);
  });

  it("keep a need apart from the services given for it: no service changes it, and one service may serve many", async () => {
    const { id } = await server.aCase();
    await on(id, "needs", { kind: "rehabilitation", identifiedOn: server.today(-20) });
    const two = await on(id, "needs", {
      kind: "assistive-product",
      priority: "urgent",
      identifiedOn: server.today(-20),
    });
    const needs = two.body.needs.map((need) => need.id);
    const given = await on(id, "services", {
      service: "prosthesis-new",
      organisation: centre,
      givenOn: server.today(-3),
      cost: 480,
      currency: "USD",
      outcome: "improved",
      needs,
    });
    expect(given.body.services).toMatchObject([{ needs: [...needs].sort(), cost: 480, currency: "USD", quantity: 1 }]);
    expect(given.body.needs.map(({ state }) => state)).toEqual(["open", "open"]);
    const without = await on(id, "services", { service: "grant", organisation: other, givenOn: server.today(-1) });
    expect(without.body.services.map((service) => service.needs.length)).toEqual([2, 0]);
    const met = await on(id, `needs/${needs[0]}`, {
      version: 1,
      state: "met",
      on: server.today(),
      reason: "Walks well",
    });
    expect(met.body.needs.find((need) => need.id === needs[0])).toMatchObject({
      state: "met",
      version: 2,
      steps: [{ state: "open" }, { state: "met", reason: "Walks well" }],
    });
    const stale = await on(id, `needs/${needs[0]}`, { version: 1, state: "open", on: server.today(), reason: "Again" });
    expect(stale).toMatchObject({ status: 409, body: { code: "common.stale-revision" } });
    const silent = await on(id, `needs/${needs[1]}`, { version: 1, state: "unmet", on: server.today() });
    expect(silent).toMatchObject({ status: 422, body: { code: "assistance.reason-missing" } });
    const odd = await on(id, `needs/${needs[0]}`, { version: 2, state: "unmet", on: server.today(), reason: "Never" });
    expect(odd).toMatchObject({ status: 409, body: { code: "assistance.step-not-allowed" } });
    const service = given.body.services[0]?.id ?? "";
    const taken = await on(id, `services/${service}/withdraw`, { reason: "Another person's" });
    expect(taken.body.services[0]).toMatchObject({ withdrawn: true, withdrawnReason: "Another person's" });
  });

  it("refuse what cannot be, with the path of each field and nothing half stored", async () => {
    const person = await server.aPerson({ birthYear: 1990 });
    const { id } = await server.aCase({ person });
    const cause = await on(id, "cause", { version: 0, cause: "explosive-ordnance", since: server.today(-100) });
    expect(cause.body.cause).toMatchObject({ cause: "explosive-ordnance", since: server.today(-100), version: 1 });
    const point = await server.send2<{ record: { id: string } }>("/api/services/points", {
      country: "KHM",
      values: { names: { en: "Closed" }, organisation: centre, validFrom: "2010-01-01", validUntil: "2020-01-01" },
    });
    const bad = await on(id, "services", {
      service: "physiotherapy",
      organisation: other,
      point: point.body.record.id,
      givenOn: server.today(-200),
      cost: 5,
      currency: "XXX",
      needs: ["01999999-0000-7000-8000-000000000000"],
    });
    expect(bad.status).toBe(422);
    expect(paths(bad)?.sort()).toEqual([
      "currency check.no-such-code",
      "givenOn check.point-closed",
      "givenOn check.service-before-cause",
      "needs check.need-unknown",
      "organisation check.provider-differs",
    ]);
    const unborn = await on(id, "services", { service: "grant", organisation: other, givenOn: "1980-01-01" });
    expect(paths(unborn)).toContain("givenOn check.before-birth");
    expect(
      paths(await on(id, "services", { service: "grant", organisation: other, givenOn: server.today(40) })),
    ).toEqual(["givenOn check.date-in-future"]);
    expect(paths(await on(id, "services", { service: "grant", givenOn: server.today() }))).toEqual([
      "organisation check.provider-missing",
    ]);
    expect(
      paths(await on(id, "services", { service: "grant", organisation: other, givenOn: server.today(), cost: 3 })),
    ).toEqual(["currency check.currency-missing"]);
    expect(paths(await on(id, "follow-ups", { kind: "visit", dueOn: server.today(-5) }))).toEqual([
      "dueOn check.follow-up-past",
    ]);
    expect(paths(await on(id, "goals", { goal: "Walk to the market", targetOn: server.today(-5) }))).toEqual([
      "targetOn check.goal-past",
    ]);
    const after = await server.read<CaseOutput>(`/api/assistance/cases/KHM/${id}`);
    expect(after.body).toMatchObject({ services: [], followUps: [], goals: [] });
  });

  it("take no need of an erased person, and show no words about it", async () => {
    const person = await server.aPerson();
    const { id } = await server.aCase({ person });
    await on(id, "needs", { kind: "medical", detail: "Lives near the old mill", identifiedOn: server.today() });
    await context.db.transaction(
      { accountId: null, baseLevel: 3, countryLevels: {}, organisations: [], writes: ["*"], administers: true },
      (tx) =>
        tx
          .updateTable("people_person")
          .set({ identity: "erased", erased_on: server.today() })
          .where("id", "=", person)
          .execute(),
    );
    const refused = await on(id, "needs", { kind: "rights", identifiedOn: server.today() });
    expect(refused).toMatchObject({ status: 409, body: { code: "assistance.person-erased" } });
    const { body } = await server.read<CaseOutput>(`/api/assistance/cases/KHM/${id}`);
    expect(body).toMatchObject({
      allowed: ["close"],
      person: { erased: true },
      needs: [{ kind: "medical", detail: null }],
    });
    expect(JSON.stringify(body)).not.toContain("old mill");
  });

  it("are closed with a reason, keep still then, and open again", async () => {
    const { id } = await server.aCase();
    await on(id, "needs", { kind: "economic", identifiedOn: server.today() });
    const early = await on(id, "close", { version: 1, why: "needs-met", on: server.today(-60), reason: "All done" });
    expect(paths(early)).toEqual(["on check.before-case"]);
    const closed = await on(id, "close", {
      version: 1,
      why: "moved-away",
      on: server.today(),
      reason: "To the capital",
    });
    expect(closed.body).toMatchObject({ state: "closed", closeReason: "moved-away", allowed: ["reopen"] });
    expect(await on(id, "needs", { kind: "rights", identifiedOn: server.today() })).toMatchObject({
      status: 409,
      body: { code: "assistance.case-closed" },
    });
    const open = await on(id, "reopen", { version: 2, on: server.today(), reason: "Came back" });
    expect(open.body).toMatchObject({ state: "open", closeReason: null, version: 3 });
    expect(open.body.steps.map(({ step }) => step)).toEqual(["opened", "closed", "reopened"]);
  });

  it("have a plan, and follow-ups that are listed when they are due or overdue", async () => {
    const { id, code } = await server.aCase();
    const goal = await on(id, "goals", { goal: "Back to school", targetOn: server.today(90) });
    const reached = await on(id, `goals/${goal.body.goals[0]?.id}`, {
      version: 1,
      state: "reached",
      on: server.today(),
    });
    expect(reached.body.goals).toMatchObject([{ state: "reached", version: 2 }]);
    const due = await on(id, "follow-ups", { kind: "call", dueOn: server.today(3) });
    expect(due.body.followUps).toMatchObject([{ state: "due", daysLate: 0 }]);
    type Due = { items: { caseCode: string; daysLate: number }[]; overdue: number };
    const now = await server.read<Due>("/api/assistance/follow-ups?country=KHM");
    expect(now.body.items.map((item) => item.caseCode)).toContain(code);
    server.now.value = new Date(Date.now() + 10 * 86_400_000);
    const late = await server.read<Due>("/api/assistance/follow-ups?country=KHM");
    expect(late.body.items.find((item) => item.caseCode === code)?.daysLate).toBe(7);
    expect((await list("&view=overdue")).body.items.map((item) => item.code)).toEqual([code]);
    const [followUp] = due.body.followUps;
    const done = await on(id, `follow-ups/${followUp?.id}`, { version: 1, state: "done", on: server.today() });
    expect(done.body.followUps).toMatchObject([{ state: "done", daysLate: 0 }]);
    expect((await list("&view=overdue")).body.counts.overdue).toBe(0);
  });

  it("are counted by saved views, and paged without repeating or leaving out", async () => {
    for (const _ of [1, 2, 3]) await server.aCase({}, officerOf(centre));
    const own = officerOf(centre);
    const all = (await list("&view=all", own)).body;
    const seen: string[] = [];
    let cursor: string | null = "";
    do {
      const page: Cases = (await list(`&view=all&limit=2${cursor ? `&cursor=${cursor}` : ""}`, own)).body;
      seen.push(...page.items.map((item) => item.code));
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(all.items.map((item) => item.code));
    expect(all.counts.all).toBe(seen.length);
    expect(new Set(seen).size).toBe(seen.length);
    expect((await list(`&view=all&q=${seen[0]}`, own)).body.items).toHaveLength(1);
  });

  it("are forbidden to who is not cleared, and unknown to who is out of reach", async () => {
    const { id } = await server.aCase({ person: await server.aPerson({ organisation: centre }) });
    const path = `/api/assistance/cases/KHM/${id}`;
    const read = async (as: Parameters<typeof list>[1]) => (await server.read(path, as)).status;
    expect(await read(officer)).toBe(200);
    expect(await read(officerOf(centre))).toBe(200);
    expect(await read(officerOf(other))).toBe(404);
    expect(await read([grant("victim-assistance-officer", "LAO")])).toBe(403);
    expect(await read(overseer)).toBe(403);
    expect(await read(providerOf(centre))).toBe(403);
    expect(await read([grant("operator", "KHM", centre)])).toBe(403);
    // A grant of another kind in the organisation opens nothing, even beside one that is cleared.
    expect(await read([...officerOf(other), grant("operator", "KHM", centre)])).toBe(404);
    expect((await server.get(path)).status).toBe(401);
  });

  it("are never seen by a caller outside reach, by whatever route", async () => {
    const organisations = [centre, other, null];
    const made: { id: string; code: string; organisation: string | null }[] = [];
    for (const organisation of organisations) {
      const person = await server.aPerson(organisation ? { organisation } : {});
      const { id, code } = await server.aCase({ person, ...(organisation ? { organisation } : {}) });
      await on(id, "needs", { kind: "psychosocial", identifiedOn: server.today() });
      await on(id, "follow-ups", { kind: "visit", dueOn: server.today(1) });
      made.push({ id, code, organisation });
    }
    const role = fc.constantFrom(
      "victim-assistance-officer" as const,
      "information-manager" as const,
      "service-provider" as const,
      "operator" as const,
      "donor" as const,
      "administrator" as const,
    );
    const one = fc.record({
      role,
      country: fc.constantFrom("KHM", "LAO", null),
      organisation: fc.constantFrom(centre, other, null),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 3 }), async (grants) => {
        const caring = grants.filter((each) => each.role === "victim-assistance-officer" && each.country !== "LAO");
        for (const { id, code, organisation } of made) {
          const reached = caring.some((each) => each.organisation === null || each.organisation === organisation);
          const answers = [
            await server.read(`/api/assistance/cases/KHM/${id}`, grants),
            await server.read(`/api/assistance/cases?country=KHM&view=all&q=${code}`, grants),
            await server.read("/api/assistance/follow-ups?country=KHM&mine=false", grants),
            await server.read("/api/assistance/inbox", grants),
          ];
          const shown = answers.some(({ body }) => JSON.stringify(body).includes(id));
          if (!reached) expect(shown, JSON.stringify(grants)).toBe(false);
          const write = await on(id, "goals", { goal: "Sleep at night", targetOn: server.today(9) }, grants);
          if (!reached) expect([403, 404]).toContain(write.status);
        }
      }),
      { numRuns: 25 },
    );
  });
});
