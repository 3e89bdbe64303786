import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { type ChangeContext, createRecords, findingsProblem, reviseRecords } from "../../platform/records/actions.ts";
import type { Finding } from "../../platform/records/definition.ts";
import type { StoredRecord } from "../../platform/records/store.ts";
import type { OpenVault, Vault } from "../../platform/vault/index.ts";
import { openIdentity } from "../data-protection/index.ts";
import { type IdentityPart, identityParts } from "../data-protection/model.ts";
import { type Identity, type IdentityChanges, peopleProblems, person } from "./contract.ts";
import { personDefinition } from "./definitions.ts";
import { deleteParts, insertParts, insertTokens, partPlace, putTokens } from "./identity-store.ts";
import { heldParts, spellings, yearOfBirth } from "./model.ts";
import { findIdentified, readParts } from "./open.ts";
import { withCleanPhotograph } from "./photograph.ts";
import { tokensOf } from "./search.ts";

/** What an identity cannot say, by itself and beside the facts that are open. Findings name fields, never values of names. */
function identityFindings(identity: Identity, values: RecordValues, now: Date): Finding[] {
  const findings: Finding[] = [];
  const error = (check: string, field: string) => findings.push({ check, severity: "error", field, params: {} });
  const { birth, residence } = identity;
  if (birth) {
    const tomorrow = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
    if (birth.date && birth.date > tomorrow) error("birth-in-future", "identity.birth.date");
    if (birth.date && birth.year !== undefined && Number(birth.date.slice(0, 4)) !== birth.year)
      error("birth-year-differs", "identity.birth.year");
    if (birth.precision === "day" && !birth.date) error("birth-date-missing", "identity.birth.date");
    if (!birth.date && birth.year === undefined) error("birth-year-missing", "identity.birth.year");
    const year = yearOfBirth(identity);
    if (year !== null && typeof values.birthYear === "number" && year !== values.birthYear)
      error("birth-year-differs", "birthYear");
  }
  if (residence && (residence.longitude === undefined) !== (residence.latitude === undefined))
    error("position-incomplete", "identity.residence.longitude");
  return findings;
}

function refuse(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw findingsProblem(errors);
}

/** Required fields of a person that nobody filled; the code is made when it is missing. */
function missingFields(values: RecordValues): Finding[] {
  return Object.entries(person.fields)
    .filter(([name, field]) => field.required && !field.derived && !["country", "code"].includes(name))
    .filter(([name]) => (values[name] ?? null) === null)
    .map(([field]) => ({ check: "required", severity: "error" as const, field, params: {} }));
}

const sealParts = (vault: OpenVault, country: string, id: string, identity: Identity, parts: readonly IdentityPart[]) =>
  parts.map((part) => ({
    person: id,
    part,
    ...vault.seal(partPlace({ country, person: id, part }), JSON.stringify(identity[part])),
  }));

/** A person as somebody enters it. */
export interface NewPerson {
  country: string;
  values: RecordValues;
  identity: Identity;
  id?: string;
}

/**
 * Enters people, each with an identity or without, in the caller's transaction: the facts that are open as a record, the
 * identity sealed and apart, tokens of its names for searching. The year of birth, and today as the day of
 * registration, are filled in when they are missing.
 * @throws Problem `common.invalid-input`, `people.name-missing` for an identity without a name, and those of the vault
 */
export async function registerPeople(
  tx: Tx,
  vault: Vault,
  people: readonly NewPerson[],
  change: ChangeContext,
): Promise<StoredRecord[]> {
  const sample = change.sample ?? false;
  const prepared = people.map((entered) => {
    const held = heldParts(entered.identity);
    if (held.length > 0 && !held.includes("names")) throw new Problem(peopleProblems["name-missing"]);
    const values: RecordValues = {
      registeredOn: change.now.toISOString().slice(0, 10),
      ...entered.values,
      birthYear: entered.values.birthYear ?? yearOfBirth(entered.identity),
      identity: held.length > 0 ? "held" : "none",
    };
    refuse([
      ...missingFields(values),
      ...personDefinition.check(values, change.now),
      ...identityFindings(entered.identity, values, change.now),
    ]);
    const identity = withCleanPhotograph(entered.identity);
    return { ...entered, identity, id: entered.id ?? newId(), values, held };
  });
  const records = await createRecords(tx, personDefinition, prepared, change);
  const held = prepared.filter((each) => each.held.length > 0);
  if (held.length === 0) return records;
  const opened = await vault.ready(tx);
  for (const country of new Set(held.map((each) => each.country))) {
    const here = held.filter((each) => each.country === country);
    const parts = here.flatMap(({ id, identity, held: of }) => sealParts(opened, country, id, identity, of));
    await insertParts(tx, country, parts, { now: change.now, sample });
    const tokens = here.map(({ id, identity }) => ({
      person: id,
      tokens: tokensOf(opened, country, spellings(identity.names ?? [])),
    }));
    await insertTokens(tx, country, tokens, sample);
  }
  return records;
}

/**
 * Changes parts of an identity, in an opening of its own. What was there before is gone; which parts changed is on record.
 * @param changes parts to replace; null removes one
 * @throws Problem `common.not-found`, `common.stale-revision`, `people.erased`, `people.name-missing`,
 * `common.invalid-input`, `data-protection.too-many-openings`, and those of the vault
 */
export async function changeIdentity(
  tx: Tx,
  vault: Vault,
  of: { country: string; id: string; revision: number },
  changes: IdentityChanges,
  change: ChangeContext & { reason: string },
): Promise<StoredRecord> {
  const { country, id } = of;
  const record = await findIdentified(tx, country, id, true);
  if (record.withdrawn) throw new Problem(peopleProblems.merged);
  if (record.revision !== of.revision)
    throw new Problem(commonProblems["stale-revision"], { expected: of.revision, found: record.revision });
  const touched = identityParts.filter((part) => changes[part] !== undefined);
  if (touched.length === 0)
    throw new Problem(commonProblems["invalid-input"], {}, [{ path: "changes", code: "field.too-small" }]);
  const opening = await openIdentity(tx, vault, { country, person: id, purpose: "correct-record" }, change);
  const before = await readParts(tx, opening.vault, of, identityParts);
  const after = Object.fromEntries(
    Object.entries({ ...before, ...withCleanPhotograph(changes) }).filter(
      ([, value]) => value !== null && value !== undefined,
    ),
  ) as Identity;
  const held = heldParts(after);
  if (held.length > 0 && !held.includes("names")) throw new Problem(peopleProblems["name-missing"]);
  const year = touched.includes("birth") ? yearOfBirth(after) : null;
  const values: RecordValues = {
    ...record.values,
    ...(year === null ? {} : { birthYear: year }),
    identity: held.length > 0 ? "held" : "none",
  };
  refuse([...personDefinition.check(values, change.now), ...identityFindings(after, values, change.now)]);
  await deleteParts(tx, country, id, touched);
  const anew = touched.filter((part) => held.includes(part));
  const stored = { now: change.now, sample: record.sample };
  await insertParts(tx, country, sealParts(opening.vault, country, id, after, anew), stored);
  if (touched.includes("names")) {
    const tokens = tokensOf(opening.vault, country, spellings(after.names ?? []));
    await putTokens(tx, country, id, tokens, record.sample);
  }
  await recordEvent(tx, {
    type: "people.identity-changed",
    country,
    subject: { type: person.name, id },
    accountId: change.accountId,
    now: change.now,
    payload: { parts: touched, opening: opening.id },
  });
  const [revised] = await reviseRecords(tx, personDefinition, [{ record, values }], change);
  return revised as StoredRecord;
}
