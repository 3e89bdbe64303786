import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../database/testing.ts";
import { oidcProviders } from "./oidc.ts";
import { type Browser, startTestNode, type TestNode, testAddress } from "./testing.ts";

interface Person {
  sub: string;
  email: string;
  email_verified: boolean;
}

/** A small OpenID provider on the loopback interface: it signs in whoever `person` is, with code, PKCE and nonce. */
function startProvider() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const codes = new Map<string, { challenge: string; nonce: string; person: Person }>();
  const state = { person: { sub: "1", email: "nobody@example.org", email_verified: true }, forge: false, issuer: "" };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", state.issuer);
    const json = (value: unknown, status = 200) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    };
    if (url.pathname === "/.well-known/openid-configuration") {
      return json({
        issuer: state.issuer,
        authorization_endpoint: `${state.issuer}/authorize`,
        token_endpoint: `${state.issuer}/token`,
        jwks_uri: `${state.issuer}/keys`,
        id_token_signing_alg_values_supported: ["RS256"],
      });
    }
    if (url.pathname === "/keys") {
      return json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256", use: "sig" }] });
    }
    if (url.pathname === "/authorize") {
      const code = randomBytes(8).toString("hex");
      const read = (name: string) => url.searchParams.get(name) ?? "";
      codes.set(code, { challenge: read("code_challenge"), nonce: read("nonce"), person: state.person });
      const back = new URL(read("redirect_uri"));
      back.searchParams.set("code", code);
      back.searchParams.set("state", read("state"));
      return response.writeHead(302, { location: back.toString() }).end();
    }
    if (url.pathname === "/token") {
      let text = "";
      for await (const chunk of request) text += chunk;
      const form = new URLSearchParams(text);
      const known = codes.get(form.get("code") ?? "");
      codes.delete(form.get("code") ?? "");
      const proof = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      const basic = Buffer.from((request.headers.authorization ?? "").replace("Basic ", ""), "base64").toString();
      const isClient = form.get("client_secret") === "client secret" || basic.includes("client");
      if (!known || proof !== known.challenge || !isClient) return json({ error: "invalid_grant" }, 400);
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: state.issuer,
        aud: "santi",
        iat: now,
        exp: now + 300,
        nonce: known.nonce,
        name: "X",
        ...known.person,
      };
      const signed = `${part({ alg: "RS256", kid: "k", typ: "JWT" })}.${part(claims)}`;
      const signature = state.forge ? randomBytes(256) : sign("sha256", Buffer.from(signed), privateKey);
      const idToken = `${signed}.${signature.toString("base64url")}`;
      return json({ access_token: "t", token_type: "Bearer", expires_in: 300, id_token: idToken });
    }
    return json({}, 404);
  });
  return {
    state,
    async listen() {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      state.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

describeEachDatabase("signing in through another service", (context) => {
  const provider = startProvider();
  let node: TestNode;
  beforeAll(async () => {
    await provider.listen();
    node = startTestNode(context.db, {
      oidc: oidcProviders({
        SANTI_OIDC_OFFICE_ISSUER: provider.state.issuer,
        SANTI_OIDC_OFFICE_CLIENT_ID: "santi",
        SANTI_OIDC_OFFICE_CLIENT_SECRET: "client secret",
        SANTI_OIDC_OFFICE_NAME: "The office",
      }),
    });
    await node.access.createAccount({ name: "Vann Rithy", email: "rithy@example.org", password: "battambang rice 3" });
  });
  afterAll(() => provider.close());

  /** Follows a sign-in to its end. */
  const travel = async (browser: Browser, from = "/land") => {
    const start = await browser.send("GET", `/api/session/oidc/office?from=${encodeURIComponent(from)}`);
    expect(start.status).toBe(302);
    const authorize = start.headers.get("location") ?? "";
    expect(authorize).toMatch(/code_challenge_method=S256/);
    const answer = await fetch(authorize, { redirect: "manual" });
    const back = new URL(answer.headers.get("location") ?? "");
    expect(back.origin + back.pathname).toBe(`${testAddress}/api/auth/callback/office`);
    return browser.send("GET", back.pathname + back.search);
  };
  const account = async (browser: Browser) =>
    ((await browser.send("GET", "/api/session")).body as { account: { email: string } | null }).account;

  it("names the services before signing in", async () => {
    expect((await node.browser().send("GET", "/api/system")).body).toMatchObject({
      signIn: { passkey: true, oidc: [{ id: "office", name: "The office" }] },
    });
  });

  it("opens the account of the verified address, returns to where one was, and notes it", async () => {
    provider.state.person = { sub: "77", email: "rithy@example.org", email_verified: true };
    const browser = node.browser();
    const end = await travel(browser);
    expect(end.status).toBe(302);
    expect(new URL(end.headers.get("location") ?? "", testAddress).pathname).toBe("/land");
    expect(await account(browser)).toMatchObject({ email: "rithy@example.org" });
    const { rows } = await sql<{ payload: unknown }>`select payload from event where type = 'access.signed-in'`.execute(
      context.db.owner,
    );
    expect(rows).toEqual([{ payload: { method: "oidc:office" } }]);
    // The second time the subject is known; an address changed at the service does not matter.
    provider.state.person = { sub: "77", email: "rithy.new@example.org", email_verified: true };
    const again = node.browser();
    await travel(again);
    expect(await account(again)).toMatchObject({ email: "rithy@example.org" });
  });

  it("makes no account, trusts no unverified address, no forged token, and no disabled account", async () => {
    const refused = async () => {
      const browser = node.browser();
      const end = await travel(browser);
      expect(new URL(end.headers.get("location") ?? "", testAddress).pathname).toBe("/sign-in");
      expect(await account(browser)).toBeNull();
    };
    provider.state.person = { sub: "5", email: "stranger@example.org", email_verified: true };
    await refused();
    await node.access.createAccount({ name: "Second", email: "second@example.org", password: "kep crab market 9" });
    provider.state.person = { sub: "6", email: "second@example.org", email_verified: false };
    await refused();
    provider.state.person = { sub: "77", email: "rithy@example.org", email_verified: true };
    provider.state.forge = true;
    await refused();
    provider.state.forge = false;
    await node.access.setDisabled("rithy@example.org", true);
    await refused();
    await node.access.setDisabled("rithy@example.org", false);
  });

  it("needs the browser that started it, and leads nowhere else", async () => {
    provider.state.person = { sub: "77", email: "rithy@example.org", email_verified: true };
    const start = await node.browser().send("GET", "/api/session/oidc/office");
    const back = new URL(
      (await fetch(start.headers.get("location") ?? "", { redirect: "manual" })).headers.get("location") ?? "",
    );
    const victim = node.browser();
    await victim.send("GET", back.pathname + back.search);
    expect(await account(victim)).toBeNull();
    const end = await travel(node.browser(), "//evil.example/x");
    expect(new URL(end.headers.get("location") ?? "", testAddress).origin).toBe(testAddress);
    expect((await node.browser().send("GET", "/api/session/oidc/other")).status).toBe(404);
    expect(
      (
        await node
          .browser()
          .send("POST", "/api/auth/sign-up/email", { email: "a@b.c", password: "x".repeat(12), name: "x" })
      ).status,
    ).toBe(404);
  });

  it("says so when the service does not answer, and tries again the next time", async () => {
    const down = startTestNode(context.db, {
      oidc: [
        {
          id: "office",
          name: "Office",
          issuer: "http://127.0.0.1:9",
          clientId: "x",
          clientSecret: "y",
          trustEmail: false,
        },
      ],
    });
    for (let i = 0; i < 2; i++) {
      const reply = await down.browser().send("GET", "/api/session/oidc/office");
      expect(reply.body).toMatchObject({ code: "access.oidc-unreachable" });
    }
  });

  it("reads its settings and names the one that is missing", () => {
    expect(() => oidcProviders({ SANTI_OIDC_A_ISSUER: "https://a.example" })).toThrowError(
      expect.objectContaining({ code: "access.oidc-setting", params: { setting: "SANTI_OIDC_A_CLIENT_ID" } }),
    );
    expect(oidcProviders({ HOME: "/x" })).toEqual([]);
  });
});
