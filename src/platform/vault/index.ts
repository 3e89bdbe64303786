import type { Tx } from "../database/types.ts";
import { type Clock, systemClock } from "../kernel/clock.ts";
import { Problem } from "../kernel/problem.ts";
import {
  currentKey,
  fileState,
  fingerprint,
  type KeyRing,
  newKey,
  readRing,
  type VaultKey,
  vaultProblems,
  writeRing,
} from "./key-ring.ts";
import { openText, type Place, sealedWith, sealText, tokenOf } from "./seal.ts";
import { findKnownKeys, insertKnownKey, type SealedTable } from "./store.ts";

export { diagnoseVault } from "./diagnosis.ts";
export { copyKeys, keyFile, mergeKeys, vaultProblems } from "./key-ring.ts";
export { rotateKeys, type VaultStatus, vaultStatus } from "./rotation.ts";
export type { Place } from "./seal.ts";
export type { SealedTable } from "./store.ts";

/** A sealed value and the name of its key, as a row holds them. */
export interface Sealed {
  keyId: string;
  sealed: Buffer;
}

/** The vault with its keys at hand. */
export interface OpenVault {
  seal(place: Place, text: string): Sealed;
  /** @throws Problem `vault.key-unknown`, `vault.value-damaged` */
  open(place: Place, sealed: Uint8Array): string;
  /** A word's token for a blind index of a country, as decimal digits of a bigint. */
  token(country: string, word: string): string;
}

/** Encryption of confidential columns with keys that are kept outside the database. */
export interface Vault {
  /** The file with the keys. */
  readonly file: string;
  /** The ring as the file has it, or null while there is none. @throws Problem `vault.keys-damaged` */
  ring(): KeyRing | null;
  /**
   * Opens the vault for a transaction. The first time for a node makes the keys.
   * @param use `read` in transactions that may not write
   * @throws Problem `vault.keys-missing` when the database was written with keys that the file has not,
   * `vault.keys-foreign` when the file belongs to another node
   */
  ready(tx: Tx, use?: "write" | "read"): Promise<OpenVault>;
}

const tables = new Map<string, SealedTable>();

/** Registers a table with sealed values, so that a change of keys reaches it. A domain calls this once for each. */
export function registerSealedTable(table: SealedTable): void {
  tables.set(table.table, table);
}

/** Every table that has been registered. */
export function sealedTables(): readonly SealedTable[] {
  return [...tables.values()];
}

/** What a ring does, without a look at the database. */
export function openVault(ring: KeyRing): OpenVault {
  const byId = new Map(ring.keys.map((key) => [key.id, key]));
  const current = currentKey(ring);
  return {
    seal: (place, text) => ({ keyId: current.id, sealed: sealText(current, place, text) }),
    open(place, bytes) {
      // The embedded database answers from a thread, and a Buffer arrives from there as plain bytes.
      const sealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const id = sealedWith(sealed);
      const key = byId.get(id);
      if (!key) throw new Problem(vaultProblems["key-unknown"], { key: id });
      return openText(key, place, sealed);
    },
    token: (country, word) => tokenOf(ring.tokens, country, word),
  };
}

/** Makes the vault of a node over its file of keys, which is read when it is first needed and when it has changed. */
export function createVault({ file, clock = systemClock }: { file: string; clock?: Clock }): Vault {
  let cached: { state: string; ring: KeyRing; opened: OpenVault } | null = null;
  /** Keys of which a committed row has been seen. */
  const known = new Map<string, string>();

  const load = () => {
    const state = fileState(file);
    if (state === null) return null;
    if (cached?.state !== state) {
      const ring = readRing(file);
      cached = { state, ring, opened: openVault(ring) };
    }
    return cached;
  };

  return {
    file,
    ring: () => load()?.ring ?? null,
    async ready(tx, use = "write") {
      let loaded = load();
      const wanted = (ring: KeyRing): readonly VaultKey[] => [currentKey(ring), ring.tokens];
      const isKnown = (key: VaultKey) => known.get(key.id) === fingerprint(key);
      if (loaded && wanted(loaded.ring).every(isKnown)) return loaded.opened;
      const stored = await findKnownKeys(tx);
      if (!loaded) {
        if (stored.length > 0) throw new Problem(vaultProblems["keys-missing"], { file });
        const now = clock();
        writeRing(file, { keys: [newKey(now)], tokens: newKey(now) }, false);
        loaded = load();
        if (!loaded) throw new Problem(vaultProblems["keys-missing"], { file });
      }
      const { ring, opened } = loaded;
      const all = [...ring.keys, ring.tokens];
      const own = stored.filter((key) =>
        all.some((mine) => mine.id === key.id && fingerprint(mine) === key.fingerprint),
      );
      if (stored.length > 0 && own.length === 0) throw new Problem(vaultProblems["keys-foreign"], { file });
      if (own.length < stored.length) throw new Problem(vaultProblems["keys-missing"], { file });
      for (const { id, fingerprint: print } of stored) known.set(id, print);
      if (use === "write") {
        for (const key of wanted(ring).filter((each) => !isKnown(each)))
          await insertKnownKey(tx, {
            id: key.id,
            use: key === ring.tokens ? "tokens" : "seal",
            fingerprint: fingerprint(key),
            madeAt: key.madeAt,
          });
      }
      return opened;
    },
  };
}
