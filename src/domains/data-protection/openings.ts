import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { type OpenVault, registerSealedTable, type Vault } from "../../platform/vault/index.ts";
import { dataProtectionProblems } from "./contract.ts";
import { explainedPurposes, type IdentityPart, type OpeningPurpose, partsFor } from "./model.ts";
import {
  concludeOpening,
  countOpenings,
  deleteNotes,
  findNotes,
  insertNote,
  insertOpening,
  type NoteKind,
  notePlace,
} from "./opening-store.ts";
import { openingsAllowed } from "./settings.ts";

registerSealedTable({
  table: "data_protection_note",
  key: ["country", "id", "kind"],
  place: ({ country = "", id = "", kind = "" }) => notePlace({ country, id, kind }),
});

/** By whom and when. */
export interface Acting {
  accountId: string | null;
  now: Date;
  sample?: boolean;
}

/** What an identity is opened for. */
export interface Opening {
  country: string;
  /** Null for a search by name. */
  person: string | null;
  purpose: OpeningPurpose;
  note?: string | undefined;
  /** Fewer parts than the purpose opens. */
  parts?: readonly IdentityPart[] | undefined;
}

/**
 * Writes down that an identity is opened, or a search made, before anything is read; the database lets this transaction
 * read exactly these parts of exactly this person. When the transaction fails, neither the row nor the answer leaves it.
 * @returns the opening's id and its parts
 * @throws Problem `data-protection.note-missing` for a purpose that must be explained, `data-protection.too-many-openings`
 */
export async function openIdentity(
  tx: Tx,
  vault: Vault,
  opening: Opening,
  by: Acting,
): Promise<{ id: string; parts: readonly IdentityPart[]; vault: OpenVault }> {
  const { country, person, purpose, note } = opening;
  const allowed = partsFor[purpose];
  const parts = opening.parts ? allowed.filter((part) => opening.parts?.includes(part)) : allowed;
  if (parts.length === 0)
    throw new Problem(commonProblems["invalid-input"], {}, [{ path: "parts", code: "field.invalid-value" }]);
  if (explainedPurposes.includes(purpose) && !note) throw new Problem(dataProtectionProblems["note-missing"]);
  if (by.accountId !== null) {
    const limit = await openingsAllowed(tx, country);
    const made = await countOpenings(tx, by.accountId, new Date(by.now.getTime() - 3_600_000));
    if (made >= limit) throw new Problem(dataProtectionProblems["too-many-openings"], { limit, seconds: 600 });
  }
  const opened = await vault.ready(tx);
  const id = newId();
  await insertOpening(tx, { country, id, person, purpose, parts }, by);
  if (note) await keepNote(tx, opened, { country, id, kind: "opening", person }, note, by.now);
  await recordEvent(tx, {
    type: person === null ? "data-protection.searched" : "data-protection.opened",
    country,
    subject: person === null ? null : { type: "people.person", id: person },
    accountId: by.accountId,
    now: by.now,
    payload: { opening: id, purpose, parts },
  });
  return { id, parts, vault: opened };
}

/** Adds to a search what came of it: how many it met, and whom it showed by name. In the transaction of the search only. */
export function concludeSearch(
  tx: Tx,
  opening: { country: string; id: string },
  hits: number,
  shown: readonly string[],
): Promise<void> {
  return concludeOpening(tx, opening, hits, shown);
}

/** Seals a remark and keeps it beside what it is about. */
export async function keepNote(
  tx: Tx,
  vault: OpenVault,
  of: { country: string; id: string; kind: NoteKind; person: string | null },
  text: string,
  now: Date,
): Promise<void> {
  await insertNote(tx, { ...of, ...vault.seal(notePlace(of), text) }, now);
}

/** The remarks about some ids, by `<id> <kind>`. The keys are not needed when there is none. */
export async function readNotes(
  tx: Tx,
  vault: Vault,
  country: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const found = await findNotes(tx, country, ids);
  if (found.length === 0) return new Map();
  const opened = await vault.ready(tx, "read");
  return new Map(found.map((note) => [`${note.id} ${note.kind}`, opened.open(notePlace(note), note.sealed)]));
}

/** Removes every remark about a person, in the transaction that erases the identity. */
export function forgetNotes(tx: Tx, country: string, person: string): Promise<void> {
  return deleteNotes(tx, country, person);
}
