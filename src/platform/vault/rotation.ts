import type { Database } from "../database/types.ts";
import { recordEvent } from "../events/index.ts";
import type { Clock } from "../kernel/clock.ts";
import { Problem } from "../kernel/problem.ts";
import { openVault, sealedTables, type Vault } from "./index.ts";
import { currentKey, fingerprint, type KeyRing, newKey, vaultProblems, writeRing } from "./key-ring.ts";
import { countByKey, findKnownKeys, insertKnownKey, putBack, takeOthers } from "./store.ts";

/** How a node's sealed values stand. */
export interface VaultStatus {
  file: string;
  /** `none`: nothing was ever sealed. `missing`: the database was written with keys that the file has not. */
  state: "none" | "good" | "missing";
  keys: { id: string; madeAt: string | null; current: boolean; present: boolean; values: number }[];
  /** Values that do not stand under the newest key. */
  waiting: number;
}

/** Looks at the keys of a node and at how many values stand under each. @throws Problem `vault.keys-damaged` */
export async function vaultStatus(database: Database, vault: Vault): Promise<VaultStatus> {
  const ring = vault.ring();
  const known = await findKnownKeys(database.owner);
  const values: Record<string, number> = {};
  for (const table of sealedTables())
    for (const [key, n] of Object.entries(await countByKey(database.owner, table)))
      values[key] = (values[key] ?? 0) + n;
  const all = ring ? [...ring.keys, ring.tokens] : [];
  const missing = known.some(({ id, fingerprint: print }) => {
    const mine = all.find((key) => key.id === id);
    return !mine || fingerprint(mine) !== print;
  });
  const current = ring ? currentKey(ring).id : null;
  const ids = new Set([...(ring?.keys.map(({ id }) => id) ?? []), ...Object.keys(values)]);
  return {
    file: vault.file,
    state: known.length === 0 && ids.size === 0 ? "none" : missing || !ring ? "missing" : "good",
    keys: [...ids].map((id) => ({
      id,
      madeAt: ring?.keys.find((key) => key.id === id)?.madeAt ?? null,
      current: id === current,
      present: ring?.keys.some((key) => key.id === id) ?? false,
      values: values[id] ?? 0,
    })),
    waiting: Object.entries(values).reduce((sum, [id, n]) => sum + (id === current ? 0 : n), 0),
  };
}

/**
 * Seals every value anew with the newest key. When all stand under it already a new one is made first, so that a run that
 * was interrupted is continued by the next. Each batch is one transaction; requests go on meanwhile. Old keys stay in the
 * file, because older backups need them.
 * @returns how many values were sealed anew, and the key's name
 * @throws Problem `vault.keys-missing`, `vault.value-damaged`; what was sealed anew before stays so
 */
export async function rotateKeys(
  database: Database,
  vault: Vault,
  options: { clock: Clock; signal?: AbortSignal; batch?: number; progress?: (done: number, all: number) => void },
): Promise<{ key: string; values: number; finished: boolean }> {
  const { clock, signal, batch = 500, progress } = options;
  const before = await vaultStatus(database, vault);
  let ring: KeyRing | null = vault.ring();
  if (!ring || before.state !== "good") throw new Problem(vaultProblems["keys-missing"], { file: vault.file });
  if (before.waiting === 0) {
    const made = newKey(clock());
    ring = { ...ring, keys: [...ring.keys, made] };
    // The file first: a value whose key is nowhere would be lost.
    writeRing(vault.file, ring, true);
  }
  const current = currentKey(ring);
  await insertKnownKey(database.owner, {
    id: current.id,
    use: "seal",
    fingerprint: fingerprint(current),
    madeAt: current.madeAt,
  });
  const opened = openVault(ring);
  const all = before.keys.reduce((sum, { id, values }) => sum + (id === current.id ? 0 : values), 0);
  let values = 0;
  for (const table of sealedTables()) {
    for (;;) {
      if (signal?.aborted) return { key: current.id, values, finished: false };
      const count = await database.owner.transaction().execute(async (tx) => {
        const rows = await takeOthers(tx, table, current.id, batch);
        const anew = rows.map(({ key, sealed }) => {
          const place = table.place(key);
          return { key, sealed: opened.seal(place, opened.open(place, sealed)).sealed };
        });
        if (anew.length > 0) await putBack(tx, table, current.id, anew);
        return anew.length;
      });
      if (count === 0) break;
      values += count;
      progress?.(values, all);
    }
  }
  await database.owner
    .transaction()
    .execute((tx) =>
      recordEvent(tx, { type: "vault.rotated", accountId: null, now: clock(), payload: { key: current.id, values } }),
    );
  return { key: current.id, values, finished: true };
}
