import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { anOrganisation } from "../quality/samples.ts";
import type { CaseLine, CaseOutput } from "./contract-case.ts";
import type { InboxOutput, ReferralLine, ReferralOutput } from "./contract-referral.ts";
import { type CareServer, careServer, officer, officerOf, providerOf } from "./testing.ts";

type Inbox = { items: InboxOutput[]; counts: Record<string, number> };

describeEachDatabase("referrals", (context) => {
  let server: CareServer;
  let [centre, clinic, other] = ["", "", ""];
  beforeAll(async () => {
    server = careServer(context.db);
    centre = await anOrganisation(context.db, "Centre that refers");
    clinic = await anOrganisation(context.db, "Clinic that is asked");
    other = await anOrganisation(context.db, "Another clinic");
  });
  afterAll(() => server.stop());
  const draft = (id: string, more: object = {}, as = officer) =>
    server.send2<ReferralOutput>(
      `/api/assistance/cases/KHM/${id}/referrals`,
      { organisation: clinic, recipientClass: "rehabilitation-services", services: ["physiotherapy"], ...more },
      as,
    );
  const step = (of: { id: string; version: number }, state: string, reason?: string, as = officer) =>
    server.send2<ReferralOutput>(
      `/api/assistance/referrals/KHM/${of.id}/step`,
      { version: of.version, state, ...(reason ? { reason } : {}) },
      as,
    );
  const inbox = async (view = "waiting", organisation = clinic) =>
    (await server.read<Inbox>(`/api/assistance/inbox?view=${view}`, providerOf(organisation))).body;
  const answer = (of: { id: string; version: number }, state: string, reason?: string, as = providerOf(clinic)) =>
    server.send2<InboxOutput>(
      `/api/assistance/inbox/KHM/${of.id}/step`,
      { version: of.version, state, ...(reason ? { reason } : {}) },
      as,
    );
  /** A case whose referral was sent. */
  async function sent(more: object = {}, values: object = {}) {
    const person = await server.aPerson(values);
    const of = await server.aCase({ person });
    const consent = await server.consent(person);
    const made = await draft(of.id, more);
    expect(made.body).toMatchObject({ state: "consent-recorded", version: 2 });
    const out = await step(made.body, "sent");
    expect(out).toMatchObject({ status: 200, body: { state: "sent", consented: true } });
    return { of, person, consent, referral: out.body };
  }

  it("stay a draft without consent, and leave no disclosure behind", async () => {
    const of = await server.aCase();
    const made = await draft(of.id);
    expect(made.body).toMatchObject({ state: "draft", consented: false, version: 1 });
    expect(await step(made.body, "sent")).toMatchObject({ status: 409, body: { code: "assistance.no-consent" } });
    expect(await step(made.body, "consent-recorded")).toMatchObject({
      status: 409,
      body: { code: "assistance.no-consent" },
    });
    // Consent to another class of recipients is none.
    await server.consent(of.person, "donor");
    expect((await step(made.body, "consent-recorded")).body.code).toBe("assistance.no-consent");
    await server.consent(of.person);
    expect(await step(made.body, "sent")).toMatchObject({ status: 409, body: { code: "assistance.step-not-allowed" } });
    const noted = await step(made.body, "consent-recorded");
    expect(noted.body).toMatchObject({ state: "consent-recorded", version: 2 });
    type Sheet = { disclosures: unknown[] };
    const before = await server.read<Sheet>(`/api/data-protection/persons/KHM/${of.person}`);
    expect(before.body.disclosures).toEqual([]);
    expect((await inbox()).items.map(({ id }) => id)).not.toContain(made.body.id);
    await step(noted.body, "sent");
    const after = await server.read<Sheet>(`/api/data-protection/persons/KHM/${of.person}`);
    expect(after.body.disclosures).toMatchObject([{ recipient: clinic, ground: "consent" }]);
  });

  it("show a provider what they clear and nothing of case, person or remarks before sending", async () => {
    const person = await server.aPerson({ birthYear: 1979 });
    const of = await server.aCase({ person });
    await server.send2(`/api/assistance/cases/KHM/${of.id}/needs`, {
      kind: "rehabilitation",
      priority: "high",
      detail: "Secret detail",
      identifiedOn: server.today(),
    });
    await server.consent(person);
    const made = await draft(of.id, {
      parts: ["case-facts", "needs"],
      message: "Please see her soon",
      priority: "urgent",
    });
    await step(made.body, "sent");
    const [found] = (await inbox()).items.filter(({ id }) => id === made.body.id);
    expect(found).toMatchObject({
      message: "Please see her soon",
      shared: { sex: "female", birthYear: 1979, needs: [{ kind: "rehabilitation", priority: "high" }] },
      identityParts: [],
      steps: [{ state: "sent" }],
      next: ["accepted", "declined", "no-capacity"],
    });
    expect(JSON.stringify(found)).not.toMatch(new RegExp(`${of.id}|${of.code}|${person}|Secret`));
    expect((await inbox("waiting", other)).items.map(({ id }) => id)).not.toContain(made.body.id);
    const bare = (await sent({ parts: [] })).referral;
    expect((await inbox()).items.find(({ id }) => id === bare.id)?.shared).toEqual({});
  });

  it("go from the provider's answer to the end, with news and days for who referred", async () => {
    const { referral } = await sent();
    const no = await answer(referral, "declined");
    expect(no).toMatchObject({ status: 422, body: { code: "assistance.reason-missing" } });
    expect(await answer(referral, "accepted", undefined, providerOf(other))).toMatchObject({ status: 404 });
    expect(await answer(referral, "completed")).toMatchObject({ status: 409 });
    const taken = await answer(referral, "accepted", "On Monday at eight");
    expect(taken.body).toMatchObject({ state: "accepted", version: 4 });
    type Lines = { items: ReferralLine[]; counts: Record<string, number> };
    const news = await server.read<Lines>("/api/assistance/referrals?country=KHM&view=news");
    expect(news.body.items.map(({ id }) => id)).toContain(referral.id);
    await server.send2(`/api/assistance/referrals/KHM/${referral.id}/seen`, { version: 4 });
    const none = await server.read<Lines>("/api/assistance/referrals?country=KHM&view=news");
    expect(none.body.items.map(({ id }) => id)).not.toContain(referral.id);
    const begun = await answer(taken.body, "in-service");
    const done = await answer(begun.body, "completed", "Walks with a stick");
    expect(done.body).toMatchObject({ state: "completed", next: [] });
    const { body } = await server.read<ReferralOutput>(`/api/assistance/referrals/KHM/${referral.id}`);
    expect(body.steps.map(({ state, side }) => `${state} ${side}`)).toEqual([
      "draft referrer",
      "consent-recorded referrer",
      "sent referrer",
      "accepted provider",
      "in-service provider",
      "completed provider",
    ]);
    expect(body.steps.at(-1)?.reason).toBe("Walks with a stick");
    expect(body.passed).toHaveLength(5);
  });

  it("stop at once when the person withdraws, for the provider, for links and for the referrer", async () => {
    const { referral, consent } = await sent();
    const taken = await answer(referral, "accepted");
    const second = await sent();
    const link = await server.send2<{ path: string }>(`/api/assistance/referrals/KHM/${second.referral.id}/link`, {});
    await server.withdraw(second.consent);
    await server.withdraw(consent);
    expect((await inbox("active")).items.map(({ id }) => id)).not.toContain(referral.id);
    expect(await answer(taken.body, "in-service")).toMatchObject({ status: 404 });
    const token = link.body.path.split("#")[1];
    expect(await server.send2("/api/assistance/links/look", { token })).toMatchObject({ status: 410 });
    const { body } = await server.read<ReferralOutput>(`/api/assistance/referrals/KHM/${referral.id}`);
    expect(body.consented).toBe(false);
    expect(await step(body, "in-service")).toMatchObject({ status: 409, body: { code: "assistance.no-consent" } });
    expect((await step(body, "dropped", "She withdrew")).body.state).toBe("dropped");
    // Not even a statement that forgets to ask finds it: the database itself does not show it.
    const claims = {
      accountId: "provider",
      baseLevel: 0,
      countryLevels: { KHM: 0 },
      organisations: [clinic],
      writes: ["KHM"],
      administers: false,
    };
    await context.rollback(async (tx) => {
      const rows = await tx.selectFrom("assistance_referral").select("id").execute();
      expect(rows.map(({ id }) => id)).not.toContain(second.referral.id);
      expect(await tx.selectFrom("assistance_case").select("id").execute()).toEqual([]);
      expect(await tx.selectFrom("people_person").select("id").execute()).toEqual([]);
    }, claims);
  });

  it("are answered once by a link without an account, which expires and never tells who somebody is", async () => {
    const { referral, of, person } = await sent({ message: "Can you take her?" });
    const make = () =>
      server.send2<{ path: string; expiresAt: string }>(`/api/assistance/referrals/KHM/${referral.id}/link`, {});
    const first = (await make()).body.path.split("#")[1];
    const { path, expiresAt } = (await make()).body;
    const token = path.split("#")[1];
    const as = undefined;
    const look = async (secret = token) => server.post("/api/assistance/links/look", { token: secret }, as);
    expect((await look(first)).status).toBe(410);
    expect((await look("x".repeat(43))).status).toBe(410);
    const seen = await look();
    expect(seen).toMatchObject({
      status: 200,
      body: { message: "Can you take her?", provider: { en: "Clinic that is asked" }, expiresAt },
    });
    expect(JSON.stringify(seen.body)).not.toMatch(new RegExp(`${of.id}|${person}|${referral.id}`));
    const stored = await context.db.transaction(programClaims, (tx) =>
      tx.selectFrom("assistance_referral_link").selectAll().execute(),
    );
    expect(JSON.stringify(stored)).not.toContain(token);
    const say = (state: string, reason?: string) =>
      server.post("/api/assistance/links/answer", { token, state, ...(reason ? { reason } : {}) }, as);
    expect((await say("no-capacity")).status).toBe(422);
    expect((await say("no-capacity", "Full until March")).status).toBe(200);
    expect((await say("accepted")).status).toBe(410);
    const { body } = await server.read<ReferralOutput>(`/api/assistance/referrals/KHM/${referral.id}`);
    expect(body).toMatchObject({ state: "no-capacity", news: true, next: [] });
    expect(body.steps.at(-1)).toMatchObject({ side: "link", reason: "Full until March", author: null });
  });

  it("open an identity only by consent, once accepted, and each look is on record", async () => {
    const registered = await server.send2<{ record: { id: string } }>("/api/people/register", {
      country: "KHM",
      values: { sex: "female" },
      identity: {
        names: [{ full: "សុខ ចាន់ណា" }],
        documents: [{ kind: "passport", number: "N1234567" }],
        contacts: [{ kind: "phone", value: "012 000 111", safe: true }],
      },
      distinct: true,
    });
    const person = registered.body.record.id;
    const of = await server.aCase({ person });
    await server.consent(person);
    const open = (id: string, as = providerOf(clinic)) =>
      server.send2<{ identity: object; parts: string[] }>(`/api/assistance/inbox/KHM/${id}/open`, {}, as);
    const plain = (await draft(of.id)).body;
    await step(plain, "sent");
    const referral = (await draft(of.id, { parts: ["case-facts", "names", "contacts"] })).body;
    const out = await step(referral, "sent");
    expect(JSON.stringify((await inbox()).items)).not.toMatch(/ចាន់ណា|012 000|N1234567/);
    expect((await open(referral.id)).body.code).toBe("assistance.not-cleared");
    await answer(out.body, "accepted");
    await answer({ ...plain, version: 3 }, "accepted");
    expect((await open(plain.id)).body.code).toBe("assistance.not-cleared");
    expect((await open(referral.id, providerOf(other))).status).toBe(404);
    const opened = await open(referral.id);
    expect(opened.body.parts).toEqual(["names", "contacts"]);
    expect(Object.keys(opened.body.identity).sort()).toEqual(["contacts", "names"]);
    const log = await context.db.transaction(programClaims, (tx) =>
      tx.selectFrom("data_protection_opening").selectAll().where("person", "=", person).execute(),
    );
    expect(log).toMatchObject([{ purpose: "referral", parts: ["names", "contacts"] }]);
    expect(log[0]?.account_id).toContain("service-provider");
  });

  it("list who has an open need and no active referral, and who waits past the time", async () => {
    const person = await server.aPerson({ organisation: centre });
    const of = await server.aCase({ person });
    const as = officerOf(centre);
    const need = await server.send2<CaseOutput>(`/api/assistance/cases/KHM/${of.id}/needs`, {
      kind: "psychosocial",
      identifiedOn: server.today(),
    });
    type Cases = { items: CaseLine[]; counts: Record<string, number> };
    const alone = async () =>
      (await server.read<Cases>("/api/assistance/cases?country=KHM&view=unreferred", as)).body.items.map(
        ({ id, unreferred }) => [id, unreferred],
      );
    expect(await alone()).toEqual([[of.id, 1]]);
    const consent = await server.consent(person);
    const needs = [need.body.needs[0]?.id];
    const made = await draft(of.id, { services: ["counselling"], needs }, as);
    expect(await alone(), "a draft helps nobody").toEqual([[of.id, 1]]);
    await step(made.body, "sent", undefined, as);
    expect(await alone()).toEqual([]);
    await server.withdraw(consent);
    expect(await alone(), "nor does one that the person stopped").toEqual([[of.id, 1]]);
    type Lines = { items: ReferralLine[]; counts: Record<string, number> };
    const late = async () => (await server.read<Lines>("/api/assistance/referrals?country=KHM&view=late", as)).body;
    expect((await late()).items).toEqual([]);
    server.now.value = new Date(Date.now() + 8 * 86_400_000);
    expect(await late()).toMatchObject({ items: [{ id: made.body.id, late: "overdue" }], counts: { escalated: 0 } });
    server.now.value = new Date(Date.now() + 15 * 86_400_000);
    expect(await late()).toMatchObject({ items: [{ late: "escalated", days: 15 }], counts: { late: 1, escalated: 1 } });
    const closing = await server.send2(
      `/api/assistance/cases/KHM/${of.id}/close`,
      { version: 1, why: "other", on: server.today(), reason: "Try to close" },
      as,
    );
    expect(closing).toMatchObject({ status: 409, body: { code: "assistance.referral-open" } });
  });
});
