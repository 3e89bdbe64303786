import { createHmac } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../database/testing.ts";
import { type Browser, signIn, startTestNode, type TestNode } from "./testing.ts";

const password = "mekong giant catfish";

/** The six digits of an authenticator (RFC 6238: SHA-1, 30 seconds), some steps away from now. */
function totp(uri: string, steps = 0): string {
  const base32 = new URL(uri).searchParams.get("secret") ?? "";
  const bits = [...base32].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  const key = Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac("sha1", key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

describeEachDatabase("second factor", (context) => {
  let node: TestNode;
  let accounts = 0;
  beforeAll(() => {
    node = startTestNode(context.db);
  });

  const enrolled = async () => {
    const email = `factor${++accounts}@example.org`;
    await node.access.createAccount({ name: "Keo Chan", email, password });
    const browser = node.browser();
    await signIn(browser, email, password);
    const started = await browser.send("POST", "/api/session/two-factor/start", { password });
    expect(started.status).toBe(200);
    const { uri, backupCodes } = started.body as { uri: string; backupCodes: string[] };
    return { email, browser, uri, backupCodes };
  };
  const on = async (browser: Browser) =>
    ((await browser.send("GET", "/api/session/two-factor")).body as { on: boolean }).on;

  it("asks for a code only after a right one was shown, and takes each code once", async () => {
    const { email, browser, uri } = await enrolled();
    expect(await on(browser)).toBe(false);
    expect((await signIn(node.browser(), email, password)).status).toBe(200);
    const wrong = totp(uri, 500);
    expect((await browser.send("POST", "/api/session/two-factor/confirm", { code: wrong })).body).toMatchObject({
      code: "access.bad-code",
    });
    const first = totp(uri);
    const confirmed = await browser.send("POST", "/api/session/two-factor/confirm", { code: first });
    expect(confirmed).toMatchObject({ status: 200, body: { done: true } });
    expect(await on(browser)).toBe(true);

    expect((await signIn(node.browser(), email, password)).body).toMatchObject({ code: "access.code-needed" });
    expect((await signIn(node.browser(), email, "not the password")).body).toMatchObject({
      code: "access.bad-credentials",
    });
    // The code that confirmed the factor is spent, though its half minute is not over.
    expect((await signIn(node.browser(), email, password, first)).body).toMatchObject({ code: "access.bad-code" });
    const next = totp(uri, 1);
    const other = node.browser();
    expect((await signIn(other, email, password, `${next.slice(0, 3)} ${next.slice(3)}`)).status).toBe(200);
    expect((await other.send("GET", "/api/session")).body).toMatchObject({ account: { email } });
    expect((await signIn(node.browser(), email, password, next)).body).toMatchObject({ code: "access.bad-code" });
  });

  it("gives no session while the code is missing, and locks who guesses codes", async () => {
    const { email, browser, uri } = await enrolled();
    await browser.send("POST", "/api/session/two-factor/confirm", { code: totp(uri) });
    const half = node.browser();
    const reply = await signIn(half, email, password);
    expect(reply.cookies).toEqual([]);
    for (let guess = 0; guess < 4; guess++) {
      // Leaving the code out in between must not wipe the count.
      expect((await signIn(half, email, password)).body).toMatchObject({ code: "access.code-needed" });
      expect((await signIn(half, email, password, totp(uri, 1000 + guess))).body).toMatchObject({
        code: "access.bad-code",
      });
    }
    expect((await signIn(half, email, password, totp(uri, 1))).status).toBe(423);
  });

  it("takes each backup code once, and none of the old ones after new ones were made", async () => {
    const { email, browser, uri, backupCodes } = await enrolled();
    await browser.send("POST", "/api/session/two-factor/confirm", { code: totp(uri) });
    const [first = "", second = "", third = ""] = backupCodes;
    expect((await signIn(node.browser(), email, password, first)).status).toBe(200);
    expect((await signIn(node.browser(), email, password, first)).body).toMatchObject({ code: "access.bad-code" });
    expect((await signIn(node.browser(), email, password, second)).status).toBe(200);
    const made = await browser.send("POST", "/api/session/two-factor/backup-codes", { password });
    const fresh = (made.body as { backupCodes: string[] }).backupCodes;
    expect(fresh).toHaveLength(10);
    expect((await signIn(node.browser(), email, password, third)).status).toBe(401);
    expect((await signIn(node.browser(), email, password, fresh[0])).status).toBe(200);
  });

  it("is taken off with the password only", async () => {
    const { email, browser, uri } = await enrolled();
    await browser.send("POST", "/api/session/two-factor/confirm", { code: totp(uri) });
    expect((await browser.send("POST", "/api/session/two-factor/start", { password })).body).toMatchObject({
      code: "access.two-factor-on",
    });
    expect((await browser.send("POST", "/api/session/two-factor/disable", { password: "x" })).status).toBe(403);
    expect((await browser.send("POST", "/api/session/two-factor/disable", { password })).status).toBe(200);
    expect((await browser.send("GET", "/api/session")).body).toMatchObject({ account: { email } });
    expect((await signIn(node.browser(), email, password)).status).toBe(200);
  });

  it("is taken off by an administrator's reset link that says so, and by no other", async () => {
    const { email, browser, uri } = await enrolled();
    await browser.send("POST", "/api/session/two-factor/confirm", { code: totp(uri) });
    const accept = async (link: string, next: string) =>
      node.browser().send("POST", "/api/session/link/accept", { token: new URL(link).hash.slice(1), password: next });
    const plain = await node.access.resetLink(email);
    expect((await accept(plain.link, "stung treng 2031")).status).toBe(200);
    expect((await signIn(node.browser(), email, "stung treng 2031")).body).toMatchObject({
      code: "access.code-needed",
    });
    const lost = await node.access.resetLink(email, { removeTwoFactor: true });
    expect((await accept(lost.link, "koh kong 2032 river")).status).toBe(200);
    expect((await signIn(node.browser(), email, "koh kong 2032 river")).status).toBe(200);
  });
});
