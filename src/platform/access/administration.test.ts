import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../database/testing.ts";
import type { AccountInfo } from "./contract-administration.ts";
import type { GrantInput } from "./index.ts";
import { type Browser, signIn, startTestNode, type TestNode } from "./testing.ts";

const password = "angkor stone 88";
const everywhere: GrantInput = { role: "administrator", country: null, organisation: null };
const inLaos: GrantInput = { role: "administrator", country: "LAO", organisation: null };

describeEachDatabase("administering accounts", (context) => {
  let node: TestNode;
  let accounts = 0;
  let root: Browser;
  beforeAll(async () => {
    node = startTestNode(context.db);
    root = (await person(everywhere)).browser;
  });

  const person = async (...grants: GrantInput[]) => {
    const email = `admin${++accounts}@example.org`;
    const { id } = await node.access.createAccount({ name: `Person ${accounts}`, email, password, grants });
    const browser = node.browser();
    await signIn(browser, email, password);
    return { id, email, browser };
  };
  const tokenOf = (link: unknown) => new URL(String(link)).hash.slice(1);
  const listed = async (browser: Browser) =>
    ((await browser.send("GET", "/api/accounts")).body as { items: AccountInfo[] }).items;

  it("is closed to everybody else", async () => {
    const { browser } = await person({ role: "information-manager", country: null, organisation: null });
    expect((await browser.send("GET", "/api/accounts")).status).toBe(403);
    expect((await node.browser().send("GET", "/api/accounts")).status).toBe(401);
  });

  it("invites by a link that works once and for a week", async () => {
    const grants = [{ role: "operator", country: "KHM", organisation: null }];
    const invite = { name: "Chea Sophal", email: "Sophal@example.org", language: "km", grants };
    const invited = await root.send("POST", "/api/accounts", invite);
    expect(invited.status).toBe(200);
    const { link, account } = invited.body as { link: string; account: AccountInfo };
    expect(account).toMatchObject({ state: "waiting", email: "sophal@example.org", grants: [{ role: "operator" }] });
    expect(link).toMatch(/^http:\/\/localhost:4711\/invitation#.{43}$/);
    expect((await root.send("POST", "/api/accounts", invite)).body).toMatchObject({ code: "access.email-taken" });

    const guest = node.browser();
    const token = tokenOf(link);
    expect((await guest.send("POST", "/api/session/link", { token })).body).toMatchObject({
      purpose: "invitation",
      name: "Chea Sophal",
    });
    const weak = await guest.send("POST", "/api/session/link/accept", { token, password: "sophal2024!" });
    expect(weak.body).toMatchObject({ fields: [{ path: "password", code: "access.password-too-personal" }] });
    const accept = { token, password: "bokor mountain fog", name: "Chea Sophal Ny" };
    const replies = await Promise.all([1, 2].map(() => guest.send("POST", "/api/session/link/accept", accept)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect((await signIn(guest, "sophal@example.org", accept.password)).body).toMatchObject({
      account: { name: "Chea Sophal Ny", language: "km" },
    });
    expect((await guest.send("POST", "/api/session/link", { token })).status).toBe(410);

    const { link: late } = (await root.send("POST", "/api/accounts", { ...invite, email: "late@example.org" }))
      .body as {
      link: string;
    };
    const slow = startTestNode(context.db);
    slow.pass(7 * 86_400 + 1);
    expect((await slow.browser().send("POST", "/api/session/link", { token: tokenOf(late) })).status).toBe(410);
    const { rows } = await sql<{ text: string }>`select access_link::text as text from access_link`.execute(
      context.db.owner,
    );
    expect(rows.some(({ text }) => text.includes(tokenOf(late)))).toBe(false);
  });

  it.each([
    ["none", {}],
    ["an empty one", { token: "" }],
    ["half of one", { token: "abc" }],
    ["one much too long", { token: "a".repeat(5000) }],
    ["a number", { token: 7 }],
    ["nothing", { token: null }],
  ])("answers a link with %s in place of the secret like one that works no longer", async (_name, body) => {
    const gone = { status: 410, body: { code: "access.link-unusable" } };
    expect(await node.browser().send("POST", "/api/session/link", body)).toMatchObject(gone);
    const accept = { ...body, password: "bokor mountain fog" };
    expect(await node.browser().send("POST", "/api/session/link/accept", accept)).toMatchObject(gone);
  });

  it("hands over a link for a new password, which ends sessions and locks; the one before stops working", async () => {
    const { id, email, browser } = await person();
    for (let i = 0; i < 4; i++) await signIn(node.browser(), email, "wrong wrong");
    expect((await signIn(node.browser(), email, password)).status).toBe(423);
    const first = await root.send("POST", `/api/accounts/${id}/link`, {});
    const second = await root.send("POST", `/api/accounts/${id}/link`, {});
    const use = (reply: { body: unknown }) =>
      node.browser().send("POST", "/api/session/link/accept", {
        token: tokenOf((reply.body as { link: string }).link),
        password: "preah vihear steps",
      });
    expect((await use(first)).status).toBe(410);
    expect((await use(second)).status).toBe(200);
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ account: null });
    expect((await signIn(node.browser(), email, "preah vihear steps")).status).toBe(200);
  });

  it("puts grants in force at the next request, and takes them back", async () => {
    const { id, browser } = await person();
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ rights: ["things.open"], clearances: {} });
    const grant = { role: "information-manager", country: "VNM", organisation: null };
    const granted = await root.send("POST", `/api/accounts/${id}/grants`, grant);
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({
      rights: ["things.correct", "things.open", "things.read"],
      clearances: { VNM: "confidential" },
    });
    expect((await root.send("POST", `/api/accounts/${id}/grants`, grant)).status).toBe(409);
    const { account } = granted.body as { account: AccountInfo };
    await root.send("DELETE", `/api/accounts/${id}/grants/${account.grants[0]?.id}`);
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ rights: ["things.open"] });
    const { rows } = await sql<{
      type: string;
    }>`select type from event where subject_id = ${id}::uuid and country = 'VNM'
      order by seq`.execute(context.db.owner);
    expect(rows.map(({ type }) => type)).toEqual(["access.granted", "access.revoked"]);
  });

  it("lets an administrator of one country rule that country only", async () => {
    const { browser: laos } = await person(inLaos);
    const own = await person({ role: "operator", country: "LAO", organisation: null });
    const both = await person(
      { role: "operator", country: "LAO", organisation: null },
      { role: "donor", country: "KHM", organisation: null },
    );
    const far = await person({ role: "operator", country: "KHM", organisation: null });
    const boss = await person(everywhere);
    const seen = (await listed(laos)).map(({ id }) => id);
    expect(seen).toContain(own.id);
    expect(seen).toContain(both.id);
    expect(seen).not.toContain(far.id);
    expect(seen).not.toContain(boss.id);
    const statusOf = async (path: string, body?: unknown) =>
      (await laos.send("POST", `/api/accounts/${path}`, body)).status;
    expect(await statusOf(`${own.id}/link`, {})).toBe(200);
    expect(await statusOf(`${both.id}/link`, {})).toBe(403);
    expect(await statusOf(`${boss.id}/link`, {})).toBe(404);
    expect(await statusOf(`${both.id}/disable`)).toBe(403);
    expect(await statusOf(`${own.id}/grants`, { role: "donor", country: "LAO", organisation: null })).toBe(200);
    expect(await statusOf(`${own.id}/grants`, { role: "donor", country: "KHM", organisation: null })).toBe(403);
    expect(await statusOf(`${own.id}/grants`, everywhere)).toBe(403);
    const invite = { name: "X", email: "x@example.org", grants: [everywhere] };
    expect((await laos.send("POST", "/api/accounts", invite)).status).toBe(403);
  });

  it("never leaves the node without an administrator", async () => {
    const all = (await listed(root)).filter(({ grants }) =>
      grants.some(({ role, country }) => role === "administrator" && !country),
    );
    const me = ((await root.send("GET", "/api/session")).body as { account: { id: string } }).account.id;
    for (const { id } of all.filter(({ id }) => id !== me)) {
      expect((await root.send("POST", `/api/accounts/${id}/disable`)).status).toBe(200);
    }
    expect((await root.send("POST", `/api/accounts/${me}/disable`)).body).toMatchObject({
      code: "access.not-own-account",
    });
    const grant = all.find(({ id }) => id === me)?.grants[0]?.id;
    expect((await root.send("DELETE", `/api/accounts/${me}/grants/${grant}`)).body).toMatchObject({
      code: "access.last-administrator",
    });
    await expect(node.access.setDisabled("admin1@example.org", true)).rejects.toMatchObject({
      code: "access.last-administrator",
    });
  });

  it("makes one sample account a role with a password of the node, and removes them with all they have", async () => {
    const made = await node.access.createSampleAccounts({ country: "KHM" });
    expect(made).toHaveLength(9);
    expect(await node.access.createSampleAccounts({ country: "KHM" })).toEqual(made);
    expect(node.access.sampleAccounts("KHM")).toEqual(made);
    const manager = made.find(({ role }) => role === "information-manager");
    const browser = node.browser();
    expect((await signIn(browser, "information.manager@sample.santi", manager?.password ?? "")).body).toMatchObject({
      roles: [{ role: "information-manager", country: "KHM" }],
    });
    expect(await node.access.removeSampleAccounts()).toBe(9);
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ account: null });
    expect((await node.access.listAccounts()).filter(({ sample }) => sample)).toEqual([]);
    const other = startTestNode(context.db, { secret: "another secret that is long enough to be taken" });
    expect(other.access.sampleAccounts("KHM")[0]?.password).not.toBe(manager?.password);
  });
});
