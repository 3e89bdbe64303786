import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../database/testing.ts";
import { signIn, startTestNode, type TestNode, testAddress } from "./testing.ts";

const password = "tonle sap at dusk";

/** CBOR (RFC 8949) of what an authenticator sends: integers, byte and text strings, maps. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (major: number, n: number) =>
    n < 24
      ? Buffer.from([(major << 5) | n])
      : n < 256
        ? Buffer.from([(major << 5) | 24, n])
        : Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const members = [...value].map(([key, item]) => Buffer.concat([cbor(key), cbor(item as never)]));
  return Buffer.concat([head(5, value.size), ...members]);
}

const sha256 = (data: Buffer | string) => createHash("sha256").update(data).digest();

/** An authenticator in software: one ES256 key pair, self-made credentials without attestation. */
function authenticator() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const id = randomBytes(32);
  let counter = 0;
  const data = (flags: number, rest = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(++counter);
    return Buffer.concat([sha256(new URL(testAddress).hostname), Buffer.from([flags]), count, rest]);
  };
  const client = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const common = {
    id: id.toString("base64url"),
    rawId: id.toString("base64url"),
    type: "public-key",
    clientExtensionResults: {},
  };
  return {
    create(challenge: string, { verified = true, origin = testAddress } = {}) {
      const key = new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, "base64url")],
        [-3, Buffer.from(y, "base64url")],
      ]);
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cbor(key)]);
      const authData = data(verified ? 0x45 : 0x41, attested);
      const object = new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", authData],
      ]);
      return {
        ...common,
        response: {
          clientDataJSON: client("webauthn.create", challenge, origin).toString("base64url"),
          attestationObject: cbor(object).toString("base64url"),
          transports: ["internal"],
        },
      };
    },
    get(challenge: string, { verified = true, origin = testAddress } = {}) {
      const clientData = client("webauthn.get", challenge, origin);
      const authData = data(verified ? 0x05 : 0x01);
      const signature = sign("sha256", Buffer.concat([authData, sha256(clientData)]), privateKey);
      return {
        ...common,
        response: {
          clientDataJSON: clientData.toString("base64url"),
          authenticatorData: authData.toString("base64url"),
          signature: signature.toString("base64url"),
        },
      };
    },
  };
}

describeEachDatabase("passkeys", (context) => {
  let node: TestNode;
  let accounts = 0;
  beforeAll(() => {
    node = startTestNode(context.db);
  });

  const challengeOf = (body: unknown) => (body as { challenge: string }).challenge;
  const registered = async () => {
    const email = `passkey${++accounts}@example.org`;
    await node.access.createAccount({ name: "Nith Bopha", email, password });
    const browser = node.browser();
    await signIn(browser, email, password);
    const device = authenticator();
    const options = await browser.send("POST", "/api/session/passkeys/options");
    expect(options.body).toMatchObject({
      rp: { id: "localhost" },
      authenticatorSelection: { userVerification: "required", residentKey: "required" },
    });
    const added = await browser.send("POST", "/api/session/passkeys", {
      name: "My phone",
      credential: device.create(challengeOf(options.body)),
    });
    return { email, browser, device, added };
  };
  const signInWith = async (
    device: ReturnType<typeof authenticator>,
    how: { verified?: boolean; origin?: string } = {},
  ) => {
    const browser = node.browser();
    const options = await browser.send("POST", "/api/session/passkey/options");
    expect(options.body).toMatchObject({ userVerification: "required" });
    const credential = device.get(challengeOf(options.body), how);
    const reply = await browser.send("POST", "/api/session/passkey", { credential });
    return { browser, reply, credential };
  };

  it("are registered in a session and then sign in by themselves", async () => {
    const { email, browser, device, added } = await registered();
    expect(added).toMatchObject({ status: 200, body: { name: "My phone" } });
    expect((await browser.send("GET", "/api/session/passkeys")).body).toMatchObject({ items: [{ name: "My phone" }] });
    const { browser: other, reply } = await signInWith(device);
    expect(reply).toMatchObject({ status: 200, body: { account: { email } } });
    expect((await other.send("GET", "/api/session")).body).toMatchObject({ account: { email } });
  });

  it("refuse a challenge used before, another site's page, and a device that did not check its holder", async () => {
    const { device } = await registered();
    const { browser, reply, credential } = await signInWith(device);
    expect(reply.status).toBe(200);
    expect((await browser.send("POST", "/api/session/passkey", { credential })).body).toMatchObject({
      code: "access.bad-passkey",
    });
    expect((await signInWith(device, { origin: "https://evil.example" })).reply.status).toBe(401);
    expect((await signInWith(device, { verified: false })).reply.status).toBe(401);
    expect((await signInWith(authenticator())).reply.status).toBe(401);
  });

  it("are not registered by a device that did not check its holder", async () => {
    const { browser } = await registered();
    const options = await browser.send("POST", "/api/session/passkeys/options");
    const credential = authenticator().create(challengeOf(options.body), { verified: false });
    const reply = await browser.send("POST", "/api/session/passkeys", { name: "x", credential });
    expect(reply.body).toMatchObject({ code: "access.bad-passkey" });
    expect((await browser.send("GET", "/api/session/passkeys")).body).toMatchObject({ items: [{ name: "My phone" }] });
  });

  it("stop working when removed or when the account is disabled", async () => {
    const { email, browser, device, added } = await registered();
    await node.access.setDisabled(email, true);
    expect((await signInWith(device)).reply.status).toBe(401);
    await node.access.setDisabled(email, false);
    await signIn(browser, email, password);
    const { id } = added.body as { id: string };
    const stranger = (await registered()).browser;
    expect((await stranger.send("DELETE", `/api/session/passkeys/${id}`)).status).toBe(404);
    expect((await browser.send("DELETE", `/api/session/passkeys/${id}`)).status).toBe(200);
    expect((await signInWith(device)).reply.status).toBe(401);
  });
});
