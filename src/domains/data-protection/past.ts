import { insertRows } from "../../platform/database/insert-rows.ts";
import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { findWording, type StoredConsent, type StoredDisclosure } from "./consent-store.ts";
import { dataProtectionProblems } from "./contract.ts";
import type { Acting } from "./openings.ts";

/** What left in the past, and by which referral, share or export. */
export type PastDisclosure = StoredDisclosure & { referenceType: string | null; referenceId: string | null };

/**
 * Stores decisions of the past about consent, in one pass for many people: what another register or the sample region
 * brings. Those of children and guardians are entered one by one.
 * @param consents of one country, for people whose records are there
 * @throws Problem `data-protection.no-wording` when a version was never in that language
 */
export async function recordPastConsents(
  tx: Tx,
  country: string,
  consents: readonly StoredConsent[],
  by: Acting,
): Promise<void> {
  if (consents.length === 0) return;
  const asked = new Map(consents.map((one) => [`${one.purpose} ${one.wordingVersion} ${one.language}`, one]));
  for (const { purpose, wordingVersion, language } of asked.values())
    if (!(await findWording(tx, country, purpose, wordingVersion))?.texts[language])
      throw new Problem(dataProtectionProblems["no-wording"]);
  await insertRows(
    tx,
    "data_protection_consent",
    consents.map((c) => ({
      country,
      id: c.id,
      person: c.person,
      purpose: c.purpose,
      recipient_class: c.recipientClass,
      decision: c.decision,
      wording_version: c.wordingVersion,
      language: c.language,
      decided_on: c.decidedOn,
      valid_until: c.validUntil,
      decided_by: c.decidedBy,
      method: c.method,
      recorded_at: c.recordedAt,
      recorded_by: c.recordedBy,
      withdrawn_at: c.withdrawnOn === null ? null : `${c.withdrawnOn}T10:00:00.000Z`,
      withdrawn_on: c.withdrawnOn,
      withdrawn_by: c.withdrawnOn === null ? null : c.recordedBy,
      sample: by.sample ?? false,
    })),
  );
  const given = consents.filter(({ decision }) => decision === "given").length;
  await recordEvent(tx, {
    type: "data-protection.consent-given",
    country,
    accountId: by.accountId,
    now: by.now,
    payload: { past: given },
  });
}

/** Stores what left in the past about people of one country, whoever let it out, in one pass. */
export async function recordPastDisclosures(
  tx: Tx,
  country: string,
  disclosures: readonly PastDisclosure[],
  by: Acting,
): Promise<void> {
  if (disclosures.length === 0) return;
  await insertRows(
    tx,
    "data_protection_disclosure",
    disclosures.map((d) => ({
      country,
      id: d.id,
      person: d.person,
      purpose: d.purpose,
      recipient_class: d.recipientClass,
      recipient: d.recipient,
      ground: d.ground,
      parts: d.parts,
      reference_type: d.referenceType,
      reference_id: d.referenceId,
      disclosed_at: d.disclosedAt,
      disclosed_by: d.disclosedBy,
      sample: by.sample ?? false,
    })),
  );
  await recordEvent(tx, {
    type: "data-protection.disclosed",
    country,
    accountId: by.accountId,
    now: by.now,
    payload: { past: disclosures.length },
  });
}
