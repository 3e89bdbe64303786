import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { registerPeople } from "../../domains/people/index.ts";
import { programClaims } from "../../platform/database/types.ts";
import { aNode, type TestNode } from "./testing.ts";

const before = process.env.SANTI_VAULT_KEYS;
let node: TestNode;
const santi = (...args: string[]) => node.santi(...args);

beforeAll(async () => {
  node = await aNode();
  process.env.SANTI_VAULT_KEYS = join(node.folder, "keys", "vault-keys.json");
});
afterAll(async () => {
  if (before === undefined) delete process.env.SANTI_VAULT_KEYS;
  else process.env.SANTI_VAULT_KEYS = before;
  await node.remove();
});

it("keys are shown, changed, kept apart, and put back when they were lost", { timeout: 240_000 }, async () => {
  expect(await santi("vault", "status")).toMatchObject({ code: 0, out: expect.stringContaining("Nothing was sealed") });
  const { close, database, vault } = await node.open();
  await database.transaction(programClaims, (tx) =>
    registerPeople(
      tx,
      vault,
      [{ country: "KHM", values: { sex: "female" }, identity: { names: [{ full: "Sok Sopheap", kind: "official" }] } }],
      { accountId: null, now: new Date(), reason: null },
    ),
  );
  await close();
  const keys = process.env.SANTI_VAULT_KEYS as string;
  const kept = join(node.folder, "kept.json");
  expect(statSync(keys).mode & 0o777).toBe(0o600);
  expect(await santi("vault", "export-keys", kept)).toMatchObject({ code: 0 });
  expect((await santi("vault", "export-keys", kept)).code).toBe(1);
  const rotated = (await santi("vault", "rotate", "--json")).json<{ key: string }>();
  expect(rotated).toMatchObject({ values: 1, finished: true });
  expect((await santi("vault", "status")).out).toContain(rotated.key);
  expect((await santi("doctor")).out).toContain("keep a copy apart");
  // The older copy does not open what the new key sealed; the doctor says so.
  rmSync(keys);
  expect((await santi("vault", "import-keys", kept)).code).toBe(0);
  expect(existsSync(keys)).toBe(true);
  expect(await santi("vault", "status")).toMatchObject({ code: 1, out: expect.stringContaining("MISSING") });
  expect(await santi("doctor")).toMatchObject({ code: 1, out: expect.stringContaining("MISSING") });
  expect(await santi("vault", "rotate")).toMatchObject({ code: 1, err: expect.stringContaining("not there") });
});
