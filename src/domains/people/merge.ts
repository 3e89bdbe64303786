import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { type ChangeContext, reviseRecords } from "../../platform/records/actions.ts";
import type { StoredRecord } from "../../platform/records/store.ts";
import type { Vault } from "../../platform/vault/index.ts";
import { finishRequest, forgetNotes, openIdentity } from "../data-protection/index.ts";
import { identityParts } from "../data-protection/model.ts";
import { peopleProblems, person } from "./contract.ts";
import { personDefinition } from "./definitions.ts";
import { accountExists, deleteParts, findMerged, putTokens } from "./identity-store.ts";
import { findIdentified, findPerson } from "./open.ts";

type Reasoned = ChangeContext & { reason: string };

function demandRevision(record: StoredRecord, revision: number): void {
  if (record.revision !== revision)
    throw new Problem(commonProblems["stale-revision"], { expected: revision, found: record.revision });
}

/**
 * Lets one record stand for another of the same person. Both stay as they are, identity and facts; lists show the one that
 * stands for both, and a search that meets either name leads to it. Can be undone.
 * @throws Problem `common.not-found`, `common.stale-revision`, `people.merged` when either was merged already,
 * `people.merge-chain` when others were merged into the first, `people.erased`
 */
export async function mergePeople(
  tx: Tx,
  of: { country: string; id: string; revision: number; into: string },
  change: Reasoned,
): Promise<StoredRecord> {
  const { country, id, into } = of;
  // Always in one order, so that two merges at once wait for each other.
  const [first, second] = id < into ? [id, into] : [into, id];
  const locked = [await findIdentified(tx, country, first, true), await findIdentified(tx, country, second, true)];
  const record = locked.find((each) => each.id === id);
  const standing = locked.find((each) => each.id === into);
  if (!record || !standing || id === into) throw new Problem(commonProblems["not-found"]);
  demandRevision(record, of.revision);
  if (record.withdrawn || standing.withdrawn) throw new Problem(peopleProblems.merged);
  const merged = await findMerged(tx, country, id);
  if (merged.length > 0) throw new Problem(peopleProblems["merge-chain"], { codes: merged.map(({ code }) => code) });
  const values = { ...record.values, mergedInto: into };
  await reviseRecords(tx, personDefinition, [{ record, values, withdrawn: true }], change, "withdrawn");
  await event(tx, "people.merged", country, id, { into }, change);
  return standing;
}

/**
 * Undoes a merge: the record stands for itself again.
 * @throws Problem `common.not-found`, `common.stale-revision`, `people.not-merged`
 */
export async function unmergePerson(
  tx: Tx,
  of: { country: string; id: string; revision: number },
  change: Reasoned,
): Promise<StoredRecord> {
  const record = await findPerson(tx, of.country, of.id, true);
  demandRevision(record, of.revision);
  if (!record.values.mergedInto) throw new Problem(peopleProblems["not-merged"]);
  const { mergedInto, ...values } = record.values;
  const [restored] = await reviseRecords(
    tx,
    personDefinition,
    [{ record, values, withdrawn: false }],
    change,
    "restored",
  );
  await event(tx, "people.unmerged", of.country, of.id, { from: mergedInto as string }, change);
  return restored as StoredRecord;
}

/**
 * Erases who a person is, when a request for it was granted: sealed parts, search tokens and remarks go, of this record and
 * of those that were merged into it. What statistics need stays, without a name.
 * @throws Problem `common.not-found`, `common.stale-revision`, `people.erased`, `people.merged`,
 * `data-protection.step-not-allowed` when the request is not a granted one for the erasure of this person
 */
export async function erasePerson(
  tx: Tx,
  vault: Vault,
  of: { country: string; id: string; revision: number; request: string },
  change: Reasoned,
): Promise<StoredRecord> {
  const { country, id } = of;
  const record = await findIdentified(tx, country, id, true);
  demandRevision(record, of.revision);
  if (record.withdrawn) throw new Problem(peopleProblems.merged);
  await finishRequest(tx, { country, id: of.request, person: id }, "erasure", change);
  const others = await findMerged(tx, country, id);
  let erased: StoredRecord = record;
  for (const each of [id, ...others.map((other) => other.id)]) {
    const found = each === id ? record : await findIdentified(tx, country, each, true);
    await openIdentity(tx, vault, { country, person: each, purpose: "erasure" }, change);
    await deleteParts(tx, country, each, identityParts);
    await putTokens(tx, country, each, [], found.sample);
    await forgetNotes(tx, country, each);
    // What others may still know the person by, besides sex, year and district.
    const { assignee: _assignee, ...kept } = found.values;
    const values = { ...kept, identity: "erased", erasedOn: change.now.toISOString().slice(0, 10) };
    const [revised] = await reviseRecords(tx, personDefinition, [{ record: found, values }], change);
    if (each === id) erased = revised as StoredRecord;
    await event(tx, "people.erased", country, each, { request: of.request }, change);
  }
  return erased;
}

/**
 * Gives a person into the care of an account, or of nobody.
 * @throws Problem `common.not-found`, `common.stale-revision`, `people.merged`, `people.unknown-account`
 */
export async function assignPerson(
  tx: Tx,
  of: { country: string; id: string; revision: number; account: string | null },
  change: Reasoned,
): Promise<StoredRecord> {
  const record = await findPerson(tx, of.country, of.id, true);
  demandRevision(record, of.revision);
  if (record.withdrawn) throw new Problem(peopleProblems.merged);
  if (of.account !== null && !(await accountExists(tx, of.account)))
    throw new Problem(peopleProblems["unknown-account"]);
  const values = { ...record.values, assignee: of.account };
  const [revised] = await reviseRecords(tx, personDefinition, [{ record, values }], change);
  return revised as StoredRecord;
}

function event(
  tx: Tx,
  type: string,
  country: string,
  id: string,
  payload: Record<string, string>,
  by: ChangeContext,
): Promise<string> {
  const subject = { type: person.name, id };
  return recordEvent(tx, { type, country, subject, accountId: by.accountId, now: by.now, payload });
}
