import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { grant } from "../../platform/http/testing.ts";
import { officer, overseer, type PeopleServer, peopleServer } from "../people/testing.ts";
import type { ConsentOutput, DisclosureOutput, OpeningOutput, RequestOutput } from "./contract.ts";
import { hasConsent, recordDisclosure } from "./index.ts";

interface Answer {
  status: number;
  body: {
    code: string;
    version: number;
    id: string;
    items: OpeningOutput[];
    next: string | null;
    consents: ConsentOutput[];
    consent: ConsentOutput;
    disclosures: DisclosureOutput[];
    disclosed: DisclosureOutput[];
    requests: RequestOutput[];
    counts: Record<string, number>;
    persons: Record<string, { code: string }>;
    child: boolean;
    steps: string[];
    opening: string;
  };
}

describeEachDatabase("data protection", (context) => {
  let server: PeopleServer;
  const post = async (path: string, body: object, as = officer) => (await server.post(path, body, as)) as Answer;
  const get = async (path: string, as = officer) => (await server.get(path, as)) as Answer;
  const wording = (version: number, texts: object, as = overseer) =>
    post(
      "/api/data-protection/wordings",
      { country: "KHM", purpose: "referral", version, texts, reason: "National form 3" },
      as,
    );
  const consent = (person: string, more: object = {}) =>
    post("/api/data-protection/consents", {
      country: "KHM",
      person,
      purpose: "referral",
      recipientClasses: ["health-services", "rehabilitation-services"],
      decision: "given",
      wordingVersion: 1,
      language: "km",
      decidedOn: "2026-11-20",
      decidedBy: "person",
      method: "thumbprint",
      ...more,
    });
  const disclose = (person: string, more: object = {}) =>
    post("/api/data-protection/disclosures", {
      country: "KHM",
      person,
      purpose: "referral",
      recipientClass: "health-services",
      ground: "consent",
      parts: ["names", "needs"],
      ...more,
    });
  const withdraw = (id: string, withdrawnOn = "2026-11-22") =>
    post(`/api/data-protection/consents/KHM/${id}/withdraw`, { withdrawnOn, note: "Changed her mind" });
  const inForce = async (person: string) => {
    const { rows } = await context.db.executeSql(
      "select recipient_class from data_protection_consent_in_force where person = $1 order by 1",
      [person],
    );
    return rows.map(({ recipient_class }) => recipient_class);
  };

  beforeAll(async () => {
    server = peopleServer(context.db);
    await wording(0, { km: "តើយើងអាចប្រាប់គ្លីនិកអំពីអ្នកបានទេ?", en: "May we tell a clinic about you?" });
  });
  afterAll(() => server.stop());

  it("keeps wordings in versions that nobody alters, and takes consent only for one that there was in the language", async () => {
    const { id } = await server.aPerson({ name: "Wording Person" });
    expect((await wording(0, { en: "Another one altogether" })).body.code).toBe("common.stale-revision");
    expect((await wording(1, { en: "A new one altogether" }, officer)).status).toBe(403);
    expect((await wording(1, { en: "A new one altogether" })).body.version).toBe(2);
    expect((await consent(id, { wordingVersion: 2, language: "km" })).body.code).toBe("data-protection.no-wording");
    expect((await consent(id, { wordingVersion: 3, language: "en" })).body.code).toBe("data-protection.no-wording");
    expect((await consent(id, { purpose: "research" })).body.code).toBe("data-protection.no-wording");
    expect((await consent(id)).body.consents.map(({ inForce: now }) => now)).toEqual([true, true]);
    await expect(context.db.executeSql("update data_protection_wording set texts = '{}'")).rejects.toThrow(
      "append-only",
    );
    await expect(context.db.executeSql("update data_protection_consent set purpose = 'research'")).rejects.toThrow(
      "append-only",
    );
  });

  it("asks a guardian for a child, and refuses days that cannot be", async () => {
    const child = await server.aPerson({ name: "Small Person", birthYear: 2012 });
    expect((await consent(child.id)).body.code).toBe("data-protection.guardian-missing");
    expect((await consent(child.id, { decidedBy: "guardian" })).body.code).toBe("data-protection.guardian-missing");
    const guardian = { name: "Aunt", relation: "aunt" };
    expect((await consent(child.id, { decidedBy: "guardian", guardian })).status).toBe(200);
    expect((await get(`/api/data-protection/persons/KHM/${child.id}`)).body.child).toBe(true);
    // Who turns 18 this year decides alone.
    const grown = await server.aPerson({ name: "Grown Person", birthYear: 2008 });
    expect((await consent(grown.id)).status).toBe(200);
    expect((await consent(grown.id, { decidedOn: "2026-12-24" })).status).toBe(422);
    expect((await consent(grown.id, { validUntil: "2026-11-19" })).status).toBe(422);
  });

  it("stops what a withdrawn consent allowed at once, lists what had left, and leaves other recipients alone", async () => {
    const { id } = await server.aPerson({ name: "Consenting Person" });
    expect((await disclose(id)).body.code).toBe("data-protection.no-consent");
    const { consents } = (await consent(id)).body;
    expect((await disclose(id)).status).toBe(200);
    expect((await disclose(id, { recipientClass: "donor" })).body.code).toBe("data-protection.no-consent");
    expect((await disclose(id, { recipientClass: "donor", ground: "law" })).status).toBe(200);
    expect(await inForce(id)).toEqual(["health-services", "rehabilitation-services"]);
    const health = consents.find(({ recipientClass }) => recipientClass === "health-services");
    expect((await withdraw(health?.id ?? "", "2027-01-01")).status).toBe(422);
    const { body } = await withdraw(health?.id ?? "");
    expect(body.consent).toMatchObject({ inForce: false, withdrawnOn: "2026-11-22" });
    expect(body.disclosed).toMatchObject([
      { recipientClass: "health-services", parts: ["names", "needs"], ground: "consent" },
    ]);
    expect(await inForce(id)).toEqual(["rehabilitation-services"]);
    expect((await disclose(id)).body.code).toBe("data-protection.no-consent");
    expect((await withdraw(health?.id ?? "")).body.code).toBe("data-protection.not-in-force");
    // A new consent after it counts again, a refusal ends it.
    await consent(id, { decidedOn: "2026-11-23", recipientClasses: ["health-services"] });
    expect(await inForce(id)).toEqual(["health-services", "rehabilitation-services"]);
    await consent(id, { decidedOn: "2026-11-23", recipientClasses: ["health-services"], decision: "refused" });
    expect(await inForce(id)).toEqual(["rehabilitation-services"]);
    // One that was entered late and is older than the refusal changes nothing.
    await consent(id, { decidedOn: "2026-11-01", recipientClasses: ["health-services"] });
    expect(await inForce(id)).toEqual(["rehabilitation-services"]);
    const page = (await get(`/api/data-protection/persons/KHM/${id}`)).body;
    expect(page.disclosures.map(({ ground }) => ground).sort()).toEqual(["consent", "law"]);
    expect(page.consents.filter(({ inForce: now }) => now)).toHaveLength(1);
  });

  it("counts the latest decision over all records of one person, and nothing of an erased one", async () => {
    const one = await server.aPerson({ name: "Twice One" });
    const two = await server.aPerson({ name: "Twice Two" });
    await consent(one.id);
    await consent(two.id, { decidedOn: "2026-11-21", decision: "refused", recipientClasses: ["health-services"] });
    const merge = { revision: 1, into: one.id, reason: "One card" };
    await post(`/api/people/persons/KHM/${two.id}/merge`, merge);
    for (const { id } of [one, two]) expect(await inForce(id)).toEqual(["rehabilitation-services"]);
    // What is entered for the record that went under is entered for the one that stands.
    await consent(two.id, { decidedOn: "2026-11-22", recipientClasses: ["donor"] });
    expect(await inForce(one.id)).toEqual(["donor", "rehabilitation-services"]);
    await post(`/api/people/persons/KHM/${two.id}/unmerge`, { revision: 2, reason: "Two cards" });
    expect(await inForce(two.id)).toEqual([]);
    expect(await inForce(one.id)).toEqual(["donor", "health-services", "rehabilitation-services"]);
    const asked = { country: "KHM", person: one.id, kind: "erasure", askedBy: "person", receivedOn: "2026-11-22" };
    const request = (await post("/api/data-protection/requests", asked)).body;
    await post(
      `/api/data-protection/requests/KHM/${request.id}/decide`,
      { version: 1, granted: true, note: "Yes" },
      overseer,
    );
    const erase = { revision: 1, request: request.id, reason: "Granted" };
    expect((await post(`/api/people/persons/KHM/${one.id}/erase`, erase)).status).toBe(200);
    expect(await inForce(one.id)).toEqual([]);
    expect((await disclose(one.id, { ground: "law" })).body.code).toBe("data-protection.person-erased");
  });

  it("serves other domains in their own transactions", async () => {
    const { id } = await server.aPerson({ name: "Served Person" });
    await consent(id);
    const of = { country: "KHM", person: id, purpose: "referral" as const, recipientClass: "health-services" as const };
    const by = { accountId: null, now: new Date("2026-11-23T06:00:00Z") };
    await context.rollback(async (tx) => {
      expect(await hasConsent(tx, of)).toBe(true);
      expect(await hasConsent(tx, { ...of, recipientClass: "public" })).toBe(false);
      const reference = { type: "referrals.referral", id };
      const made = await recordDisclosure(tx, { ...of, ground: "consent", parts: ["needs"] }, by, reference);
      const { rows } = await sql<{ type: string }>`select reference_type as type from data_protection_disclosure
        where id = ${made.id}`.execute(tx);
      expect(rows).toEqual([{ type: "referrals.referral" }]);
    });
    // Who does not see the person has no consent of it either.
    await context.rollback(async (tx) => expect(await hasConsent(tx, of)).toBe(false), {
      ...programClaims,
      accountId: "a",
      baseLevel: 0,
      countryLevels: { LAO: 3 },
      administers: false,
      writes: ["LAO"],
    });
  });

  it("shows every opening and search to the officer in charge, with why and whom they showed, and to nobody else", async () => {
    const person = await server.aPerson({ name: "Opened Person" });
    await post(`/api/people/persons/KHM/${person.id}/open`, { purpose: "urgent-help", note: "Ambulance needs her" });
    await post("/api/people/search", { country: "KHM", name: "Person Opened" });
    await post(`/api/people/persons/KHM/${person.id}/open`, { purpose: "contact" }, overseer);
    const path = `/api/data-protection/openings?country=KHM&person=${person.id}`;
    const { items, persons } = (await get(path, overseer)).body;
    expect(items).toMatchObject([
      { purpose: "find-person", person: null, hits: 1, shown: [person.id], note: null },
      {
        purpose: "urgent-help",
        person: person.id,
        note: "Ambulance needs her",
        parts: ["names", "contacts", "residence", "household"],
      },
    ]);
    expect(persons).toEqual({ [person.id]: { code: person.code } });
    expect((await get(path)).status).toBe(403);
    expect((await get("/api/data-protection/openings?country=LAO", overseer)).status).toBe(403);
    const first = (await get("/api/data-protection/openings?country=KHM&limit=1", overseer)).body;
    const second = (await get(`/api/data-protection/openings?country=KHM&limit=1&cursor=${first.next}`, overseer)).body;
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
    expect((await get("/api/data-protection/openings?country=KHM&cursor=x", overseer)).body.code).toBe(
      "records.bad-cursor",
    );
    expect(
      (await get("/api/data-protection/openings?country=KHM&purpose=urgent-help", overseer)).body.items,
    ).toHaveLength(1);
  });

  it("refuses an account more openings within an hour than its country allows", async () => {
    const curious = [grant("victim-assistance-officer", "KHM"), grant("donor", "LAO")];
    await context.db.executeSql(
      `insert into setting (country, name, value) values ('KHM', 'data-protection.openings-per-hour', '3')`,
    );
    const search = () => post("/api/people/search", { country: "KHM", name: "Whoever" }, curious);
    for (let i = 0; i < 3; i++) expect((await search()).status).toBe(200);
    expect((await search()).body.code).toBe("data-protection.too-many-openings");
    await context.db.executeSql("delete from setting where name = 'data-protection.openings-per-hour'");
    expect((await search()).status).toBe(200);
  });

  it("has requests decided by another than who entered them, within the country's days", async () => {
    const { id } = await server.aPerson({ name: "Asking Person" });
    const ask = (kind: string, as = officer) =>
      post(
        "/api/data-protection/requests",
        { country: "KHM", person: id, kind, askedBy: "person", receivedOn: "2026-10-01", note: "By letter" },
        as,
      );
    const decide = (request: string, version: number, as = overseer) =>
      post(`/api/data-protection/requests/KHM/${request}/decide`, { version, granted: true, note: "In order" }, as);
    const finish = (request: string, version: number) =>
      post(`/api/data-protection/requests/KHM/${request}/finish`, { version });
    const request = (await ask("access")).body as unknown as RequestOutput;
    expect(request).toMatchObject({ dueOn: "2026-10-31", overdue: true, state: "open", note: "By letter", steps: [] });
    const own = (await ask("access", overseer)).body;
    expect((await decide(own.id, 1)).body.code).toBe("data-protection.own-decision");
    expect((await decide(request.id, 1, officer)).status).toBe(403);
    expect((await finish(request.id, 1)).body.code).toBe("data-protection.step-not-allowed");
    expect((await decide(request.id, 1)).body).toMatchObject({ state: "granted", decisionNote: "In order" });
    expect((await decide(request.id, 1)).body.code).toBe("common.stale-revision");
    expect((await finish(request.id, 2)).body).toMatchObject({ state: "done", overdue: false });
    const counts = (await get("/api/data-protection/requests?country=KHM&state=overdue")).body;
    expect(counts.counts).toMatchObject({ overdue: 1 });
    expect(counts.items.map((item) => item.id)).toEqual([own.id]);
    // An erasure is fulfilled by erasing, not by a tick.
    const erasure = (await ask("erasure")).body;
    await decide(erasure.id, 1);
    expect((await finish(erasure.id, 2)).body.code).toBe("data-protection.step-not-allowed");
    const erase = (of: string) =>
      post(`/api/people/persons/KHM/${id}/erase`, { revision: 1, request: of, reason: "On request" });
    expect((await erase(request.id)).body.code).toBe("data-protection.step-not-allowed");
    expect((await erase(erasure.id)).status).toBe(200);
    const requests = (await get(`/api/data-protection/persons/KHM/${id}`)).body.requests;
    expect(requests.find((each) => each.id === erasure.id)).toMatchObject({ state: "done", note: null });
  });
});
