import { createHmac, randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { defineProblems, Problem } from "../kernel/problem.ts";

export const vaultProblems = defineProblems("vault", {
  "keys-missing": 503,
  "keys-foreign": 503,
  "keys-damaged": 503,
  "key-unknown": 503,
  "value-damaged": 500,
});

/** One key of the ring: 32 bytes under a name of eight hexadecimal digits. */
export interface VaultKey {
  id: string;
  key: Buffer;
  madeAt: string;
}

/** The keys of a node: those that seal, of which the last seals anew, and the one that makes search tokens. */
export interface KeyRing {
  keys: readonly VaultKey[];
  tokens: VaultKey;
}

const storedKey = z.object({
  id: z.string().regex(/^[0-9a-f]{8}$/),
  key: z.base64().refine((text) => Buffer.from(text, "base64").length === 32),
  madeAt: z.string(),
});
const storedRing = z.object({ format: z.literal("santi-vault-1"), keys: z.array(storedKey).min(1), tokens: storedKey });

/** Where a node's keys are: the file that `SANTI_VAULT_KEYS` names, or `vault-keys.json` in the node's folder. */
export function keyFile(given: string | undefined, directory: string): string {
  return given !== undefined && given !== "" ? given : join(directory, "vault-keys.json");
}

/** A new key with a name of its own. */
export function newKey(now: Date): VaultKey {
  return { id: randomBytes(4).toString("hex"), key: randomBytes(32), madeAt: now.toISOString() };
}

/** What may be stored of a key beside what it seals: enough to recognise it, nothing to find it by. */
export function fingerprint({ key }: Pick<VaultKey, "key">): string {
  return createHmac("sha256", key).update("santi vault fingerprint").digest("hex").slice(0, 16);
}

/** The key that seals anew. */
export function currentKey(ring: KeyRing): VaultKey {
  return ring.keys.at(-1) as VaultKey;
}

/** Tells one state of a file from another, or null when there is none. */
export function fileState(file: string): string | null {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw cause;
  }
}

/** Reads a ring, and takes the file from the eyes of others. @throws Problem `vault.keys-damaged` */
export function readRing(file: string): KeyRing {
  chmodSync(file, 0o600);
  let parsed: ReturnType<typeof storedRing.safeParse>;
  try {
    parsed = storedRing.safeParse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new Problem(vaultProblems["keys-damaged"], { file });
  }
  if (!parsed.success) throw new Problem(vaultProblems["keys-damaged"], { file });
  const opened = ({ id, key, madeAt }: z.output<typeof storedKey>) => ({ id, key: Buffer.from(key, "base64"), madeAt });
  return { keys: parsed.data.keys.map(opened), tokens: opened(parsed.data.tokens) };
}

function writeDurably(file: string, text: string): void {
  const handle = openSync(file, "wx", 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes a renamed or linked file survive a power cut, where the system lets folders be synced. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } catch (cause) {
    if (!["EINVAL", "EPERM", "EISDIR"].includes((cause as NodeJS.ErrnoException).code ?? "")) throw cause;
  } finally {
    closeSync(handle);
  }
}

/**
 * Writes a ring whole or not at all, readable by its owner only.
 * @param replace false keeps a file that another process made meanwhile
 */
export function writeRing(file: string, ring: KeyRing, replace: boolean): void {
  const stored = ({ id, key, madeAt }: VaultKey) => ({ id, key: key.toString("base64"), madeAt });
  const text = { format: "santi-vault-1", keys: ring.keys.map(stored), tokens: stored(ring.tokens) };
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${randomBytes(6).toString("hex")}.partial`;
  writeDurably(partial, `${JSON.stringify(text, null, 2)}\n`);
  try {
    if (replace) renameSync(partial, file);
    else linkSync(partial, file);
    syncFolder(dirname(file));
  } catch (cause) {
    if (replace || (cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Copies a ring into a new file, to be kept apart. @returns how many keys it has. @throws Problem `vault.keys-damaged` */
export function copyKeys(from: string, to: string): number {
  const ring = readRing(from);
  writeRing(to, ring, false);
  return ring.keys.length;
}

/**
 * Puts a kept ring back: as it is where there is none, else joined to the one that is there, whose newest key and tokens stay.
 * @returns how many keys there are now
 * @throws Problem `vault.keys-damaged`, `vault.keys-foreign` when the two make tokens with different keys
 */
export function mergeKeys(from: string, into: string): number {
  const kept = readRing(from);
  const there = fileState(into) === null ? null : readRing(into);
  if (there && !there.tokens.key.equals(kept.tokens.key))
    throw new Problem(vaultProblems["keys-foreign"], { file: from });
  const own = there?.keys ?? [];
  const keys = [...kept.keys.filter(({ id }) => own.every((key) => key.id !== id)), ...own];
  writeRing(into, { keys, tokens: kept.tokens }, there !== null);
  return keys.length;
}
