import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getMigrations } from "better-auth/db/migration";
import fc from "fast-check";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { describeEachDatabase } from "../database/testing.ts";
import { programClaims, publicClaims } from "../database/types.ts";
import { accountRule, waitAfter } from "./attempts.ts";
import { authOptions, authPlugins } from "./auth.ts";
import { sessionCookies } from "./cookies.ts";
import { elevated } from "./elevated.ts";
import { type Grant, roles } from "./model.ts";
import { checkOrigin } from "./origin.ts";
import { hashPassword, passwordWeakness, verifyPassword } from "./passwords.ts";
import { mayManage } from "./policy.ts";
import { nodeSecret } from "./secret.ts";

const secret = "a secret for tests, long enough to be taken";
const publicAddress = "https://node.example.org";

describeEachDatabase("account tables", (context) => {
  it("are what the account library wants", async () => {
    const settings = { database: context.db, secret, publicAddress };
    const { toBeCreated, toBeAdded } = await getMigrations({
      ...authOptions(settings),
      plugins: authPlugins(publicAddress),
    });
    expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] });
  });

  it("open only inside `elevated`, which gives the role back also after a failure", async () => {
    await context.rollback(async (tx) => {
      const role = async () => (await sql<{ role: string }>`select current_user as role`.execute(tx)).rows[0]?.role;
      expect(await role()).toBe("santi_app");
      await elevated(tx, async () => expect(await role()).not.toBe("santi_app"));
      expect(await role()).toBe("santi_app");
      const failing = elevated(tx, async () => {
        throw new Error("refused");
      });
      await expect(failing).rejects.toThrow("refused");
      expect(await role()).toBe("santi_app");
      await elevated(tx, () => elevated(tx, async () => {}));
      expect(await role()).toBe("santi_app");
    }, publicClaims);
  });

  it("show names to people with an account and to the program, to nobody else", async () => {
    await sql`insert into auth_user (id, name, email, email_verified) values ('n1', 'Name', 'n@example.org', true)`.execute(
      context.db.owner,
    );
    const names = (claims: typeof publicClaims) =>
      context.db.transaction(claims, async (tx) => (await sql`select name from access_person`.execute(tx)).rows.length);
    expect(await names(publicClaims)).toBe(0);
    expect(await names({ ...publicClaims, accountId: "n1" })).toBe(1);
    expect(await names(programClaims)).toBe(1);
  });
});

describe("passwords", () => {
  it("are kept as argon2id and told apart, however their accents are typed", async () => {
    const hash = await hashPassword("café au lait 12");
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword({ hash, password: "cafe\u0301 au lait 12" })).toBe(true);
    expect(await verifyPassword({ hash, password: "cafe au lait 12" })).toBe(false);
    expect(await verifyPassword({ hash: "not a hash", password: "x" })).toBe(false);
  });

  it.each([
    ["short", "too-short"],
    ["password123", "too-common"],
    ["P4ssw0rd!!2024", "too-common"],
    ["1234567890", "too-common"],
    ["abcdefghijkl", "too-common"],
    ["aaaaaaaaaaaa", "too-common"],
    ["phnompenh2024", "too-common"],
    ["sokha.chan99", "too-personal"],
    [`x${"long ".repeat(50)}`, "too-long"],
    ["prek toal pelicans", null],
    ["ទន្លេសាបនៅពេលល្ងាច", null],
  ])("%s is %s", (password, weakness) => {
    expect(passwordWeakness(password, ["sokha.chan@example.org", "Sokha Chan"])).toBe(weakness);
  });
});

describe("the wait after failures", () => {
  it("never falls as failures grow, and never exceeds the lock", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), (failures) => {
        const wait = waitAfter(failures, accountRule);
        expect(waitAfter(failures + 1, accountRule)).toBeGreaterThanOrEqual(wait);
        expect(wait).toBeLessThanOrEqual(accountRule.lockSeconds);
      }),
    );
    expect([3, 4, 5, 9, 10].map((failures) => waitAfter(failures, accountRule))).toEqual([0, 2, 4, 64, 900]);
  });
});

describe("managing accounts", () => {
  const grant = fc.record<Grant>({
    role: fc.constantFrom(...roles),
    country: fc.constantFrom(null, "KHM", "LAO"),
    organisation: fc.constant(null),
  });
  it("never reaches an account that holds a grant outside what the caller administers", () => {
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 4 }), fc.array(grant, { maxLength: 4 }), (held, target) => {
        if (!mayManage({ grants: held }, target)) return;
        for (const { country } of target) {
          expect(held.some((g) => g.role === "administrator" && (g.country === null || g.country === country))).toBe(
            true,
          );
        }
      }),
    );
  });
});

describe("the node's secret", () => {
  it("is made once, readable by its owner only, and never shorter than 32 characters", () => {
    const directory = mkdtempSync(join(tmpdir(), "santi-secret-"));
    const made = nodeSecret(undefined, directory);
    expect(made.length).toBeGreaterThanOrEqual(64);
    expect(nodeSecret("", directory)).toBe(made);
    expect(statSync(join(directory, "secret")).mode & 0o777).toBe(0o600);
    rmSync(directory, { recursive: true });
    expect(nodeSecret(secret, null)).toBe(secret);
    expect(() => nodeSecret("short", null)).toThrow("access.secret-too-short");
    expect(() => nodeSecret(undefined, null)).toThrow("access.secret-missing");
  });
});

describe("cookies", () => {
  it("are secure where the node is reached by https, and read back only with our signature", () => {
    const cookies = sessionCookies(secret, publicAddress);
    const now = new Date();
    const given = cookies.give("token", new Date(now.getTime() + 60_000), now);
    expect(given).toMatch(/^__Secure-santi\.session_token=.+; Max-Age=60; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    const read = (cookie: string, with_ = cookies) => with_.read({ headers: new Headers({ cookie }) });
    expect(read(`a=b; ${cookies.present("token")}; c`)).toBe("token");
    expect(read(cookies.present("token"), sessionCookies(`${secret}!`, publicAddress))).toBeNull();
    expect(read("__Secure-santi.session_token=%E0%A4%A")).toBeNull();
  });
});

describe("the origin of changes", () => {
  const passes = (method: string, headers: Record<string, string>) => {
    try {
      checkOrigin(new Request(`${publicAddress}/api/x`, { method, headers }), publicAddress);
      return true;
    } catch {
      return false;
    }
  };
  it.each([
    ["GET", { origin: "https://evil.example", cookie: "a=b" }, true],
    ["POST", { origin: publicAddress, cookie: "a=b" }, true],
    ["POST", { origin: "https://evil.example", cookie: "a=b" }, false],
    ["POST", { origin: "https://node.example.org.evil.example" }, false],
    ["POST", { origin: "null", cookie: "a=b" }, false],
    ["POST", { cookie: "a=b" }, false],
    ["POST", { authorization: "Bearer x" }, true],
    ["DELETE", { origin: "http://10.0.0.5:8080", host: "10.0.0.5:8080", cookie: "a=b" }, true],
  ])("%s with %j: %s", (method, headers, expected) => {
    expect(passes(method, headers as Record<string, string>)).toBe(expected);
  });
});
