import type { Language } from "../../platform/contract/fields.ts";
import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { findingsProblem } from "../../platform/records/actions.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Vault } from "../../platform/vault/index.ts";
import {
  findDisclosures,
  findInForce,
  findWording,
  findWordings,
  insertConsent,
  insertDisclosure,
  insertWording,
  lockConsent,
  type StoredConsent,
  type StoredDisclosure,
  type StoredWording,
  withdrawConsents,
} from "./consent-store.ts";
import { type ConsentInput, type DisclosureInput, dataProtectionProblems } from "./contract.ts";
import { type ConsentPurpose, isChild, type RecipientClass } from "./model.ts";
import { findPerson, type PersonState } from "./opening-store.ts";
import { type Acting, keepNote } from "./openings.ts";
import { adultAgeOf } from "./settings.ts";

const subject = (id: string) => ({ type: "people.person", id });

/**
 * The person that stands for an id, if the caller may see it.
 * @throws Problem `common.not-found`, `data-protection.person-erased`
 */
export async function standingPerson(tx: Tx, country: string, id: string): Promise<PersonState> {
  const found = await findPerson(tx, country, id);
  const standing = found && found.standing !== found.id ? await findPerson(tx, country, found.standing) : found;
  if (!standing || standing.withdrawn) throw new Problem(commonProblems["not-found"]);
  if (standing.erased) throw new Problem(dataProtectionProblems["person-erased"]);
  return standing;
}

/**
 * Stores a new version of what people are asked, in each language.
 * @throws Problem `common.stale-revision`, `common.invalid-input` without a text
 */
export async function saveWording(
  tx: Tx,
  wording: { country: string; purpose: ConsentPurpose; version: number; texts: Partial<Record<Language, string>> },
  change: Acting & { reason: string },
): Promise<StoredWording> {
  const { country, purpose } = wording;
  const texts = Object.fromEntries(Object.entries(wording.texts).filter(([, text]) => text !== undefined));
  if (Object.keys(texts).length === 0)
    throw new Problem(commonProblems["invalid-input"], {}, [{ path: "texts", code: "field.too-small" }]);
  const found = (await findWordings(tx, country)).find((each) => each.purpose === purpose)?.version ?? 0;
  const version = wording.version + 1;
  if (
    found !== wording.version ||
    !(await insertWording(tx, country, { purpose, version, texts }, { ...change, sample: change.sample ?? false }))
  )
    throw new Problem(commonProblems["stale-revision"], { expected: wording.version, found });
  await recordEvent(tx, {
    type: "data-protection.wording-saved",
    country,
    accountId: change.accountId,
    now: change.now,
    payload: { purpose, version, languages: Object.keys(texts) },
  });
  return { purpose, version, texts, recordedAt: change.now.toISOString() };
}

/**
 * Records what somebody agreed to or refused: one decision for each class of recipients. For a child a guardian decides.
 * @throws Problem `common.not-found`, `data-protection.person-erased`, `data-protection.no-wording` when the version was
 * never in that language, `data-protection.guardian-missing`, `common.invalid-input` for a day in the future
 */
export async function recordConsent(tx: Tx, vault: Vault, input: ConsentInput, by: Acting): Promise<StoredConsent[]> {
  const { country, purpose, decidedOn } = input;
  const person = await standingPerson(tx, country, input.person);
  const errors = dateChecks({ decidedOn }, by.now, ["decidedOn"]);
  const validUntil = input.validUntil ?? null;
  if (validUntil !== null && validUntil < decidedOn)
    errors.push(...dateChecks({ decidedOn, validUntil }, by.now, [], [["decidedOn", "validUntil"]]));
  if (errors.length > 0) throw findingsProblem(errors);
  const wording = await findWording(tx, country, purpose, input.wordingVersion);
  if (!wording?.texts[input.language]) throw new Problem(dataProtectionProblems["no-wording"]);
  const child = isChild(person.birthYear, decidedOn, await adultAgeOf(tx, country));
  if ((child && input.decidedBy !== "guardian") || (input.decidedBy === "guardian" && !input.guardian))
    throw new Problem(dataProtectionProblems["guardian-missing"]);
  const made: StoredConsent[] = [];
  for (const recipientClass of new Set(input.recipientClasses)) {
    const consent: StoredConsent = {
      country,
      id: newId(),
      person: person.id,
      purpose,
      recipientClass,
      decision: input.decision,
      wordingVersion: input.wordingVersion,
      language: input.language,
      decidedOn,
      validUntil,
      decidedBy: input.decidedBy,
      method: input.method,
      recordedAt: by.now.toISOString(),
      recordedBy: by.accountId,
      withdrawnOn: null,
    };
    await insertConsent(tx, consent, by.sample ?? false);
    if (input.guardian && input.decidedBy === "guardian")
      await keepNote(
        tx,
        await vault.ready(tx),
        { country, id: consent.id, kind: "guardian", person: person.id },
        JSON.stringify(input.guardian),
        by.now,
      );
    made.push(consent);
  }
  await recordEvent(tx, {
    type: `data-protection.consent-${input.decision}`,
    country,
    subject: subject(person.id),
    accountId: by.accountId,
    now: by.now,
    payload: { purpose, recipients: made.map(({ recipientClass }) => recipientClass), wording: input.wordingVersion },
  });
  return made;
}

/**
 * Withdraws a consent, at once and everywhere: the published view no longer has it when the transaction ends.
 * @returns the consent, and what had been passed on for its purpose to its class of recipients
 * @throws Problem `common.not-found`, `data-protection.not-in-force`, `common.invalid-input` for a day in the future
 */
export async function withdrawConsent(
  tx: Tx,
  vault: Vault,
  of: { country: string; id: string; withdrawnOn: string; note?: string | undefined },
  by: Acting,
): Promise<{ consent: StoredConsent; disclosed: StoredDisclosure[] }> {
  const { country, id, withdrawnOn } = of;
  const consent = await lockConsent(tx, country, id);
  if (!consent) throw new Problem(commonProblems["not-found"]);
  if (consent.decision !== "given" || consent.withdrawnOn !== null)
    throw new Problem(dataProtectionProblems["not-in-force"]);
  const errors = dateChecks({ withdrawnOn }, by.now, ["withdrawnOn"]);
  if (errors.length > 0) throw findingsProblem(errors);
  const { purpose, recipientClass } = consent;
  const standing = (await findPerson(tx, country, consent.person))?.standing ?? consent.person;
  await withdrawConsents(tx, { country, standing, purpose, recipientClass }, { ...by, on: withdrawnOn });
  if (of.note)
    await keepNote(
      tx,
      await vault.ready(tx),
      { country, id, kind: "withdrawal", person: consent.person },
      of.note,
      by.now,
    );
  const disclosed = await findDisclosures(tx, country, standing, { purpose, recipientClass });
  await recordEvent(tx, {
    type: "data-protection.consent-withdrawn",
    country,
    subject: subject(consent.person),
    accountId: by.accountId,
    now: by.now,
    payload: { consent: id, purpose, recipients: [recipientClass], disclosed: disclosed.length },
  });
  return { consent: { ...consent, withdrawnOn }, disclosed };
}

/** Whether a person's consent for a purpose and a class of recipients is in force now. */
export async function hasConsent(
  tx: Tx,
  of: { country: string; person: string; purpose: ConsentPurpose; recipientClass: RecipientClass },
): Promise<boolean> {
  const found = await findInForce(tx, of.country, of.person);
  return found.some(({ purpose, recipientClass }) => purpose === of.purpose && recipientClass === of.recipientClass);
}

/**
 * Writes down that something about a person leaves, in the transaction that lets it out.
 * @param reference the referral, share or export by which it leaves
 * @throws Problem `data-protection.no-consent` when the ground is consent and none is in force, `common.not-found`,
 * `data-protection.person-erased`
 */
export async function recordDisclosure(
  tx: Tx,
  input: DisclosureInput,
  by: Acting,
  reference: { type: string; id: string } | null = null,
): Promise<StoredDisclosure> {
  const { country, purpose, recipientClass, ground } = input;
  const person = await standingPerson(tx, country, input.person);
  if (ground === "consent" && !(await hasConsent(tx, { country, person: person.id, purpose, recipientClass })))
    throw new Problem(dataProtectionProblems["no-consent"]);
  const disclosure: StoredDisclosure = {
    country,
    id: newId(),
    person: person.id,
    purpose,
    recipientClass,
    recipient: input.recipient ?? null,
    ground,
    parts: [...new Set(input.parts)],
    disclosedAt: by.now.toISOString(),
    disclosedBy: by.accountId,
  };
  await insertDisclosure(tx, disclosure, {
    referenceType: reference?.type ?? null,
    referenceId: reference?.id ?? null,
    sample: by.sample ?? false,
  });
  await recordEvent(tx, {
    type: "data-protection.disclosed",
    country,
    subject: subject(person.id),
    accountId: by.accountId,
    now: by.now,
    payload: { purpose, recipients: recipientClass, ground, parts: disclosure.parts },
  });
  return disclosure;
}
