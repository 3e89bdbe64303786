import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { describeEachDatabase } from "../database/testing.ts";
import { programClaims } from "../database/types.ts";
import {
  createVault,
  keyFile,
  openVault,
  type Place,
  registerSealedTable,
  rotateKeys,
  type Vault,
  vaultStatus,
} from "./index.ts";
import { newKey, writeRing } from "./key-ring.ts";

const now = new Date("2026-11-23T05:00:00Z");
const ring = () => ({ keys: [newKey(now)], tokens: newKey(now) });
const place: Place = { table: "t", column: "c", country: "KHM", id: "1" };

describe("sealed values", () => {
  it("open again where they were sealed, whatever they say", () => {
    const vault = openVault(ring());
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(vault.open(place, vault.seal(place, text).sealed)).toBe(text);
      }),
    );
  });

  it("do not open anywhere else, nor altered in any byte, nor with another ring's key", () => {
    const vault = openVault(ring());
    const { sealed } = vault.seal(place, "សុខ សុភាព");
    for (const moved of [{ table: "u" }, { column: "d" }, { country: "LAO" }, { id: "2" }])
      expect(() => vault.open({ ...place, ...moved }, sealed), JSON.stringify(moved)).toThrow("vault.value-damaged");
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] as number) ^ 1;
      expect(() => vault.open(place, altered), `byte ${at}`).toThrow(/vault\.(value-damaged|key-unknown)/);
    }
    expect(() => vault.open(place, sealed.subarray(0, 40))).toThrow("vault.value-damaged");
    expect(() => openVault(ring()).open(place, sealed)).toThrow("vault.key-unknown");
  });

  it("of one text never look alike, and do not show how long it is", () => {
    const vault = openVault(ring());
    const seals = ["Sok", "Sok", "Sok Sopheap Chanthavy"].map((name) => vault.seal(place, name).sealed);
    expect(seals[0]?.equals(seals[1] as Buffer)).toBe(false);
    expect(new Set(seals.map(({ length }) => length)).size).toBe(1);
    expect(seals.some((sealed) => sealed.includes("Sok"))).toBe(false);
  });
});

it("tokens are numbers of 64 bits, the same for one word of one country and one key only", () => {
  const keys = ring();
  const token = openVault(keys).token("KHM", "sk");
  expect(BigInt.asIntN(64, BigInt(token)).toString()).toBe(token);
  expect(openVault(keys).token("KHM", "sk")).toBe(token);
  expect(openVault(keys).token("LAO", "sk")).not.toBe(token);
  expect(openVault(ring()).token("KHM", "sk")).not.toBe(token);
});

describeEachDatabase("a node's vault", (context) => {
  let folder: string;
  let file: string;
  let vault: Vault;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "santi-vault-"));
    await context.db.executeSql(
      "create table secret (id text primary key, key_id text not null, sealed bytea not null)",
    );
    await context.db.executeSql("grant select, insert on secret to santi_app");
    registerSealedTable({ table: "secret", key: ["id"], place: ({ id = "" }) => ({ ...place, table: "secret", id }) });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    file = keyFile(undefined, mkdtempSync(join(folder, "node-")));
    vault = createVault({ file, clock: () => now });
    await context.db.executeSql("truncate secret, vault_key");
  });
  const status = () => vaultStatus(context.db, vault);
  const ready = (of = vault) => context.db.transaction(programClaims, (tx) => of.ready(tx));
  const fill = async (count: number) => {
    const opened = await ready();
    for (let i = 0; i < count; i++) {
      const { keyId, sealed } = opened.seal({ ...place, table: "secret", id: `${i}` }, `name ${i}`);
      await context.db.executeSql("insert into secret values ($1, $2, $3)", [`${i}`, keyId, sealed]);
    }
  };
  const readAll = async () => {
    const opened = await ready();
    const { rows } = await context.db.executeSql("select id, sealed from secret order by id::int");
    return rows.map(({ id, sealed }) => opened.open({ ...place, table: "secret", id: id as string }, sealed as Buffer));
  };

  it("makes its keys when they are first needed, for its owner's eyes only", async () => {
    expect(existsSync(file)).toBe(false);
    expect((await status()).state).toBe("none");
    await ready();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await status()).toMatchObject({ state: "good", waiting: 0 });
    const stored = JSON.parse(readFileSync(file, "utf8")) as { keys: { key: string }[]; tokens: { key: string } };
    const { rows } = await context.db.executeSql("select vault_key::text as row from vault_key");
    expect(rows).toHaveLength(2);
    for (const { key } of [...stored.keys, stored.tokens]) {
      expect(JSON.stringify(rows)).not.toContain(key);
      expect(JSON.stringify(rows)).not.toContain(Buffer.from(key, "base64").toString("hex").slice(0, 16));
    }
  });

  it("refuses to go on without the keys, with another node's and with a damaged file, and makes no new ones", async () => {
    await fill(1);
    const kept = readFileSync(file);
    rmSync(file);
    await expect(ready(createVault({ file }))).rejects.toThrow("vault.keys-missing");
    expect(existsSync(file)).toBe(false);
    expect((await status()).state).toBe("missing");
    writeFileSync(file, "{}");
    await expect(ready(createVault({ file }))).rejects.toThrow("vault.keys-damaged");
    writeFileSync(file, kept);
    expect(await readAll()).toEqual(["name 0"]);
    const other = createVault({ file: join(folder, "other.json") });
    await context.db.transaction(programClaims, async (tx) => {
      await expect(other.ready(tx)).rejects.toThrow("vault.keys-missing");
    });
    writeRing(join(folder, "other.json"), ring(), false);
    await expect(ready(other)).rejects.toThrow("vault.keys-foreign");
  });

  it("seals everything anew with a new key, and goes on where it was interrupted", async () => {
    await fill(25);
    const first = (await status()).keys[0]?.id;
    const controller = new AbortController();
    const half = await rotateKeys(context.db, vault, {
      clock: () => now,
      batch: 10,
      signal: controller.signal,
      progress: () => controller.abort(),
    });
    expect(half).toMatchObject({ values: 10, finished: false });
    expect(await status()).toMatchObject({ state: "good", waiting: 15 });
    expect(await readAll()).toEqual(Array.from({ length: 25 }, (_, i) => `name ${i}`));
    const rest = await rotateKeys(context.db, vault, { clock: () => now, batch: 10 });
    expect(rest).toEqual({ key: half.key, values: 15, finished: true });
    expect(rest.key).not.toBe(first);
    expect(await status()).toMatchObject({
      waiting: 0,
      keys: expect.arrayContaining([expect.objectContaining({ id: first, values: 0, present: true })]),
    });
    expect(await readAll()).toEqual(Array.from({ length: 25 }, (_, i) => `name ${i}`));
    // Another process of the node, which had read the file before, takes up the new key.
    expect((await ready()).seal(place, "x").keyId).toBe(rest.key);
  });

  it("does not keep a key as known when the transaction that entered it failed", async () => {
    await context.db
      .transaction(programClaims, async (tx) => {
        await vault.ready(tx);
        throw new Error("fails");
      })
      .catch(() => {});
    expect((await context.db.executeSql("select id from vault_key")).rows).toEqual([]);
    await ready();
    expect((await context.db.executeSql("select id from vault_key")).rows).toHaveLength(2);
  });
});
