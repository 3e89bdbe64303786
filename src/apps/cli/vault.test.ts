import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { registerPeople } from "../../domains/people/index.ts";
import { openDatabase } from "../../platform/database/open.ts";
import { embeddedCopy, withDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { openNode } from "../server/node.ts";
import { runProgram } from "./program.ts";

const server = process.env.SANTI_TEST_DATABASE_URL;
const before = process.env.SANTI_VAULT_KEYS;
let folder: string;
let data: string;
/** On PostgreSQL where there is one, because it opens at once. */
let url: string | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "santi-cli-vault-"));
  data = server ? folder : await embeddedCopy();
  process.env.SANTI_VAULT_KEYS = join(folder, "keys", "vault-keys.json");
  if (!server) return;
  const name = `santi_cli_${newId().replaceAll("-", "")}`;
  const admin = await openDatabase({ url: server });
  await admin.executeSql(`create database ${name}`);
  await admin.close();
  url = withDatabase(server, name);
});
afterAll(async () => {
  if (before === undefined) delete process.env.SANTI_VAULT_KEYS;
  else process.env.SANTI_VAULT_KEYS = before;
  if (server && url) {
    const admin = await openDatabase({ url: server });
    await admin.executeSql(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
    await admin.close();
  }
  for (const each of [folder, data]) rmSync(each, { recursive: true, force: true });
});

/** Runs a command on the test's node. */
async function santi(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: "", err: "" };
  const stream = (name: "out" | "err") => ({
    write(text: string) {
      said[name] += text;
    },
  });
  const code = await runProgram([...args, ...(url ? ["--database", url] : ["--data", data])], {
    stdout: stream("out"),
    stderr: stream("err"),
  });
  return { code, ...said };
}

it("keys are shown, changed, kept apart, and put back when they were lost", { timeout: 240_000 }, async () => {
  expect(await santi("vault", "status")).toMatchObject({ code: 0, out: expect.stringContaining("Nothing was sealed") });
  const node = await openNode({
    directory: data,
    ...(url ? { databaseUrl: url } : {}),
    publicAddress: "http://localhost:4711",
  });
  await node.database.transaction(programClaims, (tx) =>
    registerPeople(
      tx,
      node.vault,
      [{ country: "KHM", values: { sex: "female" }, identity: { names: [{ full: "Sok Sopheap", kind: "official" }] } }],
      { accountId: null, now: new Date(), reason: null },
    ),
  );
  await node.close();
  const keys = process.env.SANTI_VAULT_KEYS as string;
  const kept = join(folder, "kept.json");
  expect(statSync(keys).mode & 0o777).toBe(0o600);
  expect(await santi("vault", "export-keys", kept)).toMatchObject({ code: 0 });
  expect((await santi("vault", "export-keys", kept)).code).toBe(1);
  const rotated = JSON.parse((await santi("vault", "rotate", "--json")).out);
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
