import { sql } from "kysely";
import type { Language } from "../../platform/contract/fields.ts";
import type { Tx } from "../../platform/database/types.ts";
import type {
  ConsentPurpose,
  consentDeciders,
  consentDecisions,
  consentMethods,
  DisclosedPart,
  disclosureGrounds,
  RecipientClass,
} from "./model.ts";
import type { TimeCursor } from "./opening-store.ts";

/** One version of what people are asked. */
export interface StoredWording {
  purpose: ConsentPurpose;
  version: number;
  texts: Partial<Record<Language, string>>;
  recordedAt: string;
}

/** The newest wording of each purpose in a country. */
export async function findWordings(tx: Tx, country: string): Promise<StoredWording[]> {
  const { rows } = await sql<StoredWording>`select distinct on (purpose) purpose, version, texts,
      recorded_at as "recordedAt"
    from data_protection_wording where country = ${country} order by purpose, version desc`.execute(tx);
  return rows;
}

/** One version of a wording. */
export async function findWording(
  tx: Tx,
  country: string,
  purpose: ConsentPurpose,
  version: number,
): Promise<StoredWording | null> {
  const { rows } = await sql<StoredWording>`select purpose, version, texts, recorded_at as "recordedAt"
    from data_protection_wording where country = ${country} and purpose = ${purpose} and version = ${version}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** Stores the next version of a wording. @returns false when that version is there already */
export async function insertWording(
  tx: Tx,
  country: string,
  wording: Omit<StoredWording, "recordedAt">,
  change: { reason: string; now: Date; accountId: string | null; sample: boolean },
): Promise<boolean> {
  const { rows } = await sql`insert into data_protection_wording
      (country, purpose, version, texts, reason, recorded_at, recorded_by, sample)
    values (${country}, ${wording.purpose}, ${wording.version}, ${JSON.stringify(wording.texts)}::jsonb, ${change.reason},
      ${change.now.toISOString()}, ${change.accountId}, ${change.sample})
    on conflict do nothing returning version`.execute(tx);
  return rows.length === 1;
}

/** A consent or refusal as stored. */
export interface StoredConsent {
  country: string;
  id: string;
  person: string;
  purpose: ConsentPurpose;
  recipientClass: RecipientClass;
  decision: (typeof consentDecisions)[number];
  wordingVersion: number;
  language: Language;
  decidedOn: string;
  validUntil: string | null;
  decidedBy: (typeof consentDeciders)[number];
  method: (typeof consentMethods)[number];
  recordedAt: string;
  recordedBy: string | null;
  withdrawnOn: string | null;
}

const consentColumns = sql`c.country, c.id, c.person, c.purpose, c.recipient_class as "recipientClass", c.decision,
  c.wording_version as "wordingVersion", c.language, c.decided_on as "decidedOn", c.valid_until as "validUntil",
  c.decided_by as "decidedBy", c.method, c.recorded_at as "recordedAt", c.recorded_by as "recordedBy",
  c.withdrawn_on as "withdrawnOn"`;

/** Stores a decision about consent. */
export async function insertConsent(tx: Tx, c: StoredConsent, sample: boolean): Promise<void> {
  await sql`insert into data_protection_consent (country, id, person, purpose, recipient_class, decision, wording_version,
      language, decided_on, valid_until, decided_by, method, recorded_at, recorded_by, sample)
    values (${c.country}, ${c.id}, ${c.person}, ${c.purpose}, ${c.recipientClass}, ${c.decision}, ${c.wordingVersion},
      ${c.language}, ${c.decidedOn}, ${c.validUntil}, ${c.decidedBy}, ${c.method}, ${c.recordedAt}, ${c.recordedBy},
      ${sample})`.execute(tx);
}

/** What somebody decided, under whatever record it was entered, newest first. */
export async function findConsents(tx: Tx, country: string, standing: string): Promise<StoredConsent[]> {
  const { rows } = await sql<StoredConsent>`select ${consentColumns}
    from people_person_state p join data_protection_consent c on c.country = p.country and c.person = p.id
    where p.country = ${country} and p.standing = ${standing}
    order by c.decided_on desc, c.recorded_at desc, c.id desc`.execute(tx);
  return rows;
}

/** One decision, locked for change. */
export async function lockConsent(tx: Tx, country: string, id: string): Promise<StoredConsent | null> {
  const { rows } = await sql<StoredConsent>`select ${consentColumns} from data_protection_consent c
    where c.country = ${country} and c.id = ${id} for update`.execute(tx);
  return rows[0] ?? null;
}

/** Marks consents as withdrawn: the one, and earlier ones for the same purpose and class that were never withdrawn. */
export async function withdrawConsents(
  tx: Tx,
  of: { country: string; standing: string; purpose: ConsentPurpose; recipientClass: RecipientClass },
  change: { on: string; now: Date; accountId: string | null },
): Promise<void> {
  await sql`update data_protection_consent c
    set withdrawn_at = ${change.now.toISOString()}, withdrawn_on = ${change.on}, withdrawn_by = ${change.accountId}
    from people_person_state p
    where p.country = c.country and p.id = c.person and p.country = ${of.country} and p.standing = ${of.standing}
      and c.purpose = ${of.purpose} and c.recipient_class = ${of.recipientClass} and c.decision = 'given'
      and c.withdrawn_at is null`.execute(tx);
}

/** The consents of a person that are in force, by the published view. */
export async function findInForce(
  tx: Tx,
  country: string,
  person: string,
): Promise<{ consent: string; purpose: ConsentPurpose; recipientClass: RecipientClass }[]> {
  const { rows } = await sql<{ consent: string; purpose: ConsentPurpose; recipientClass: RecipientClass }>`
    select consent, purpose, recipient_class as "recipientClass" from data_protection_consent_in_force
    where country = ${country} and person = ${person}`.execute(tx);
  return rows;
}

/** A disclosure as stored. */
export interface StoredDisclosure {
  country: string;
  id: string;
  person: string;
  purpose: ConsentPurpose;
  recipientClass: RecipientClass;
  recipient: string | null;
  ground: (typeof disclosureGrounds)[number];
  parts: DisclosedPart[];
  disclosedAt: string;
  disclosedBy: string | null;
}

const disclosureColumns = sql`d.country, d.id, d.person, d.purpose, d.recipient_class as "recipientClass", d.recipient,
  d.ground, d.parts, d.disclosed_at as "disclosedAt", d.disclosed_by as "disclosedBy"`;

/** Stores that something left. */
export async function insertDisclosure(
  tx: Tx,
  d: StoredDisclosure,
  of: { referenceType: string | null; referenceId: string | null; sample: boolean },
): Promise<void> {
  await sql`insert into data_protection_disclosure (country, id, person, purpose, recipient_class, recipient, ground, parts,
      reference_type, reference_id, disclosed_at, disclosed_by, sample)
    values (${d.country}, ${d.id}, ${d.person}, ${d.purpose}, ${d.recipientClass}, ${d.recipient}, ${d.ground},
      ${[...d.parts]}::text[], ${of.referenceType}, ${of.referenceId}, ${d.disclosedAt}, ${d.disclosedBy},
      ${of.sample})`.execute(tx);
}

/** What was passed on about somebody, newest first; for one purpose and class of recipients when they are given. */
export async function findDisclosures(
  tx: Tx,
  country: string,
  standing: string,
  of: { purpose?: ConsentPurpose; recipientClass?: RecipientClass } = {},
): Promise<StoredDisclosure[]> {
  const purpose = of.purpose ? sql`and d.purpose = ${of.purpose}` : sql``;
  const recipients = of.recipientClass ? sql`and d.recipient_class = ${of.recipientClass}` : sql``;
  const { rows } = await sql<StoredDisclosure>`select ${disclosureColumns}
    from people_person_state p join data_protection_disclosure d on d.country = p.country and d.person = p.id
    where p.country = ${country} and p.standing = ${standing} ${purpose} ${recipients}
    order by d.disclosed_at desc, d.id desc limit 500`.execute(tx);
  return rows;
}

/** What was passed on in a country, newest first. */
export async function listDisclosures(
  tx: Tx,
  filter: { country: string; recipientClass?: RecipientClass | undefined },
  page: { after?: TimeCursor | undefined; limit: number },
): Promise<StoredDisclosure[]> {
  const { after } = page;
  const { rows } = await sql<StoredDisclosure>`select ${disclosureColumns} from data_protection_disclosure d
    where d.country = ${filter.country}
      ${filter.recipientClass ? sql`and d.recipient_class = ${filter.recipientClass}` : sql``}
      ${after ? sql`and (d.disclosed_at, d.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by d.disclosed_at desc, d.id desc limit ${page.limit}`.execute(tx);
  return rows;
}
