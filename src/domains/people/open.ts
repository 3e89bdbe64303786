import type { Tx } from "../../platform/database/types.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { findRecord, type StoredRecord } from "../../platform/records/store.ts";
import type { OpenVault, Vault } from "../../platform/vault/index.ts";
import { type Acting, type Opening, openIdentity } from "../data-protection/index.ts";
import type { IdentityPart } from "../data-protection/model.ts";
import { type Identity, peopleProblems } from "./contract.ts";
import { personDefinition } from "./definitions.ts";
import { findParts, partPlace } from "./identity-store.ts";

/** A person that the caller may see. @throws Problem `common.not-found` */
export async function findPerson(tx: Tx, country: string, id: string, lock = false): Promise<StoredRecord> {
  const found = await findRecord(tx, personDefinition, country, id, lock);
  if (!found) throw new Problem(commonProblems["not-found"]);
  return found;
}

/** A person whose identity can be opened. @throws Problem `common.not-found`, `people.erased` */
export async function findIdentified(tx: Tx, country: string, id: string, lock = false): Promise<StoredRecord> {
  const found = await findPerson(tx, country, id, lock);
  if (found.values.erasedOn) throw new Problem(peopleProblems.erased);
  return found;
}

/** Reads and opens sealed parts of one person; the transaction has made the opening that covers them. */
export async function readParts(
  tx: Tx,
  vault: OpenVault,
  of: { country: string; id: string },
  parts: readonly IdentityPart[],
): Promise<Identity> {
  const found = await findParts(tx, of.country, [of.id], parts);
  return Object.fromEntries(
    found.map(({ person, part, sealed }) => [
      part,
      JSON.parse(vault.open(partPlace({ country: of.country, person, part }), sealed)),
    ]),
  ) as Identity;
}

/**
 * Opens the identity of a person for a purpose and tells what the purpose needs. The opening is on record with the answer.
 * @throws Problem `common.not-found`, `people.erased`, `people.identity-missing`, `data-protection.note-missing`,
 * `data-protection.too-many-openings`, and those of the vault
 */
export async function openPerson(
  tx: Tx,
  vault: Vault,
  of: { country: string; id: string } & Pick<Opening, "purpose" | "note" | "parts">,
  by: Acting,
): Promise<{ opening: string; parts: IdentityPart[]; identity: Identity }> {
  const { country, id, purpose, note, parts } = of;
  const record = await findIdentified(tx, country, id);
  if (record.values.identity !== "held") throw new Problem(peopleProblems["identity-missing"]);
  const opening = await openIdentity(tx, vault, { country, person: id, purpose, note, parts }, by);
  const identity = await readParts(tx, opening.vault, of, opening.parts);
  return { opening: opening.id, parts: [...opening.parts], identity };
}
