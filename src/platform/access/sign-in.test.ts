import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../database/testing.ts";
import { signIn, startTestNode, type TestNode, testAddress } from "./testing.ts";

const password = "kampot pepper 47";

describeEachDatabase("signing in", (context) => {
  let node: TestNode;
  let accounts = 0;

  beforeAll(() => {
    node = startTestNode(context.db);
  });

  const anAccount = async (role: "information-manager" | "operator" = "information-manager") => {
    const email = `person${++accounts}@example.org`;
    const { id } = await node.access.createAccount({
      name: "Sok Dara",
      email,
      password,
      grants: [{ role, country: "KHM", organisation: null }],
    });
    return { id, email };
  };
  const events = async (accountId: string) => {
    const { rows } = await sql<{ type: string; payload: Record<string, unknown> }>`select type, payload from event
      where subject_id = ${accountId}::uuid order by seq`.execute(context.db.owner);
    return rows;
  };

  it("gives a session with the rights of the account's grants, and takes it away at sign-out", async () => {
    const { id, email } = await anAccount();
    const browser = node.browser();
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ account: null, rights: ["things.open"] });

    const reply = await signIn(browser, email.toUpperCase(), password);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      account: { id, email, name: "Sok Dara" },
      roles: [{ role: "information-manager", country: "KHM", organisation: null }],
      rights: ["things.correct", "things.open", "things.read"],
      clearance: "public",
      clearances: { KHM: "confidential" },
    });
    expect(reply.cookies).toHaveLength(1);
    expect(reply.cookies[0]).toMatch(/^santi\.session_token=.+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ account: { id } });

    const before = new Map(browser.cookies);
    await browser.send("POST", "/api/session/sign-out");
    expect(browser.cookies.size).toBe(0);
    for (const [name, value] of before) browser.cookies.set(name, value);
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ account: null });
    expect((await events(id)).map(({ type }) => type)).toEqual([
      "access.account-created",
      "access.granted",
      "access.signed-in",
      "access.signed-out",
    ]);
  });

  it("answers an unknown address like a wrong password, and hashes a password for both", async () => {
    const { email } = await anAccount();
    const timed = async (address: string) => {
      const started = performance.now();
      const reply = await signIn(node.browser(), address, "not the password");
      return { reply, ms: performance.now() - started };
    };
    await timed("warm.up@example.org");
    const wrong = await timed(email);
    const unknown = await timed("nobody@example.org");
    const strip = ({ instance: _, ...body }: Record<string, unknown>) => body;
    expect(wrong.reply.status).toBe(401);
    expect(strip(wrong.reply.body as never)).toEqual(strip(unknown.reply.body as never));
    expect(wrong.reply.body).toMatchObject({ code: "access.bad-credentials" });
    expect(wrong.reply.cookies).toEqual([]);
    // Verifying and hashing cost the same; without the second the answer would come many times faster.
    expect(unknown.ms).toBeGreaterThan(wrong.ms / 4);
  });

  it("slows down after three wrong passwords, locks after ten, and opens again by itself", async () => {
    const { id, email } = await anAccount();
    const wrong = () => signIn(node.browser(), email, "not the password");
    for (let i = 0; i < 3; i++) expect((await wrong()).status).toBe(401);
    expect((await wrong()).body).toMatchObject({ code: "access.bad-credentials" });
    const locked = await signIn(node.browser(), email, password);
    expect(locked.status).toBe(423);
    expect(locked.body).toMatchObject({ code: "access.locked", params: { seconds: 2 } });
    for (let failure = 5; failure <= 10; failure++) {
      node.pass(200);
      expect((await wrong()).status).toBe(401);
    }
    node.pass(800);
    expect(await signIn(node.browser(), email, password)).toMatchObject({ status: 423 });
    expect((await events(id)).filter(({ type }) => type === "access.locked")).toEqual([
      { type: "access.locked", payload: { seconds: 900 } },
    ]);
    node.pass(101);
    expect((await signIn(node.browser(), email, password)).status).toBe(200);
    expect((await wrong()).status).toBe(401);
    expect((await signIn(node.browser(), email, password)).status).toBe(200);
  });

  it("counts attempts sent at once, so that no more than four are judged", async () => {
    const { email } = await anAccount();
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => signIn(node.browser(), email, "not the password")),
    );
    expect(replies.filter(({ status }) => status === 401).length).toBe(4);
    expect(replies.filter(({ status }) => status === 423).length).toBe(8);
  });

  it("locks a network address that tries many accounts", async () => {
    const browser = node.browser();
    const send = (address: string, n: number) =>
      browser.send(
        "POST",
        "/api/session/sign-in",
        { email: `stranger${n}@example.org`, password: "guess guess" },
        { "x-test-address": address },
      );
    await sql`insert into access_attempt (subject, failures, last_failed_at)
      select 'x', 0, now()`.execute(context.db.owner);
    for (let n = 0; n < 51; n++) expect((await send("203.0.113.9", n)).status).toBe(401);
    expect((await send("203.0.113.9", 51)).status).toBe(423);
    expect((await send("203.0.113.10", 52)).status).toBe(401);
  }, 60_000);

  it("ends a session that is idle for twelve hours, and every session after fourteen days", async () => {
    const { email } = await anAccount();
    const browser = node.browser();
    await signIn(browser, email, password);
    const idle = node.browser();
    for (const [name, value] of browser.cookies) idle.cookies.set(name, value);
    for (let hour = 0; hour < 20; hour++) {
      node.pass(3500);
      await browser.send("GET", "/api/session");
    }
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ account: { email } });
    node.pass(12 * 3600 + 1);
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ account: null });

    await signIn(browser, email, password);
    for (let half = 0; half < 29; half++) {
      node.pass(11.9 * 3600);
      await browser.send("GET", "/api/session");
    }
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ account: null });
  });

  it("replaces a session's token every hour; the old one works for a minute", async () => {
    const { email } = await anAccount();
    const fresh = startTestNode(context.db);
    const browser = fresh.browser();
    await signIn(browser, email, password);
    const late = fresh.browser();
    for (const [name, value] of browser.cookies) late.cookies.set(name, value);
    fresh.pass(3601);
    expect((await browser.send("GET", "/api/session")).cookies).toHaveLength(1);
    expect((await late.send("GET", "/api/session")).body).toMatchObject({ account: { email } });
    expect(late.cookies).not.toEqual(browser.cookies);
    fresh.pass(61);
    expect((await late.send("GET", "/api/session")).body).toMatchObject({ account: null });
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ account: { email } });
  });

  it("takes no cookie whose signature is not ours", async () => {
    const { email } = await anAccount();
    const browser = node.browser();
    await signIn(browser, email, password);
    const [[name, value]] = [...browser.cookies] as [[string, string]];
    browser.cookies.set(name, value.replace(/.{4}$/, "AAA%3D"));
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ account: null });
  });

  it("refuses a disabled account every way in, and ends what it had open", async () => {
    const { email } = await anAccount();
    const browser = node.browser();
    await signIn(browser, email, password);
    const made = await browser.send("POST", "/api/session/tokens", {
      name: "script",
      scopes: ["things.read"],
      days: 1,
    });
    const { secret } = made.body as { secret: string };
    const bearer = { authorization: `Bearer ${secret}` };
    expect((await node.browser().send("GET", "/api/session", undefined, bearer)).body).toMatchObject({
      account: { email },
    });

    await node.access.setDisabled(email, true);
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ account: null });
    expect((await node.browser().send("GET", "/api/session", undefined, bearer)).status).toBe(401);
    expect((await signIn(node.browser(), email, password)).body).toMatchObject({ code: "access.bad-credentials" });
    await node.access.setDisabled(email, false);
    expect((await signIn(node.browser(), email, password)).status).toBe(200);
  });

  it("lets a token do what its scopes name, and nothing to the account", async () => {
    const { email } = await anAccount();
    const browser = node.browser();
    await signIn(browser, email, password);
    const refused = await browser.send("POST", "/api/session/tokens", {
      name: "x",
      scopes: ["access.administer"],
      days: 1,
    });
    expect(refused.body).toMatchObject({ code: "access.scope-not-held", params: { scopes: ["access.administer"] } });

    const made = await browser.send("POST", "/api/session/tokens", {
      name: "script",
      scopes: ["things.read"],
      days: 2,
    });
    const { secret, token } = made.body as { secret: string; token: { id: string } };
    expect(secret).toMatch(/^santi_.{43}$/);
    const bearer = { authorization: `Bearer ${secret}` };
    const program = node.browser();
    expect((await program.send("GET", "/api/session", undefined, bearer)).body).toMatchObject({
      rights: ["things.open", "things.read"],
    });
    expect((await program.send("GET", "/api/session/tokens", undefined, bearer)).body).toMatchObject({
      code: "access.session-needed",
    });
    const { rows } = await sql<{ text: string }>`select access_token::text as text from access_token`.execute(
      context.db.owner,
    );
    expect(rows.some(({ text }) => text.includes(secret.slice(12)))).toBe(false);

    node.pass(2 * 86_400);
    expect((await program.send("GET", "/api/session", undefined, bearer)).status).toBe(401);
    await signIn(browser, email, password);
    expect((await browser.send("DELETE", `/api/session/tokens/${token.id}`)).status).toBe(200);
    expect((await browser.send("GET", "/api/session/tokens")).body).toEqual({ items: [] });
  });

  it("refuses changes that another site's page sends", async () => {
    const { email } = await anAccount();
    const browser = node.browser();
    await signIn(browser, email, password);
    const profile = { name: "Other" };
    const evil = { origin: "https://evil.example" };
    expect((await browser.send("PATCH", "/api/session/profile", profile, evil)).status).toBe(403);
    expect((await browser.send("PATCH", "/api/session/profile", profile, { origin: "null" })).status).toBe(403);
    expect((await browser.send("PATCH", "/api/session/profile", profile, { origin: testAddress })).status).toBe(200);
  });

  it("changes the password, ends the other sessions, and counts wrong ones as failed sign-ins", async () => {
    const { id, email } = await anAccount();
    const [browser, other] = [node.browser(), node.browser()];
    await signIn(browser, email, password);
    await signIn(other, email, password);
    const change = (current: string, next: string) => browser.send("POST", "/api/session/password", { current, next });
    expect((await change("not the password", "siem reap 1992")).body).toMatchObject({ code: "access.wrong-password" });
    expect((await change(password, "password123")).body).toMatchObject({
      code: "common.invalid-input",
      fields: [{ path: "next", code: "access.password-too-common" }],
    });
    expect((await change(password, "siem reap 1992")).status).toBe(200);
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ account: { email } });
    expect((await other.send("GET", "/api/session")).body).toMatchObject({ account: null });
    expect((await signIn(node.browser(), email, password)).status).toBe(401);
    expect((await signIn(node.browser(), email, "siem reap 1992")).status).toBe(200);
    expect(await events(id)).toContainEqual({ type: "access.password-changed", payload: { sessionsEnded: 1 } });
  });

  it("lists the account's own sessions and ends one of them", async () => {
    const { email } = await anAccount();
    const [browser, other] = [node.browser(), node.browser()];
    await signIn(other, email, password);
    await signIn(browser, email, password);
    const { items } = (await browser.send("GET", "/api/session/sessions")).body as {
      items: { id: string; current: boolean }[];
    };
    expect(items.map(({ current }) => current).sort()).toEqual([false, true]);
    const foreign = node.browser();
    await signIn(foreign, (await anAccount()).email, password);
    const id = items.find(({ current }) => !current)?.id;
    expect((await foreign.send("DELETE", `/api/session/sessions/${id}`)).status).toBe(404);
    expect((await browser.send("DELETE", `/api/session/sessions/${id}`)).status).toBe(200);
    expect((await other.send("GET", "/api/session")).body).toMatchObject({ account: null });
  });

  it("keeps the account tables out of reach of requests", async () => {
    for (const table of ["auth_user", "auth_account", "auth_session", "access_token", "access_link", "access_grant"]) {
      await expect(
        context.db.transaction(
          { accountId: "x", baseLevel: 3, countryLevels: {}, organisations: [], writes: ["*"], administers: true },
          (tx) => sql`select * from ${sql.table(table)}`.execute(tx),
        ),
      ).rejects.toThrow(/permission denied/);
    }
  });

  it("writes nobody's name, address or password into events", async () => {
    const { rows } = await sql<{ text: string }>`select event::text as text from event`.execute(context.db.owner);
    const all = rows.map(({ text }) => text).join("\n");
    expect(all).not.toMatch(/example\.org|Dara|kampot|siem reap/i);
  });
});
