import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import type { ServiceCode } from "../services/model.ts";
import type { Writing } from "./case-store.ts";
import type { SharedFacts } from "./contract-referral.ts";
import type { Priority } from "./model.ts";
import { activeStates, type ReferralState, type ReferredPart } from "./model-referral.ts";

/** A referral as its provider may read it. The person's id stays inside the server. */
export interface ReceivedReferral {
  country: string;
  id: string;
  code: string;
  person: string;
  from: string | null;
  organisation: string;
  point: string | null;
  services: ServiceCode[];
  priority: Priority;
  message: string | null;
  parts: ReferredPart[];
  shared: SharedFacts;
  state: ReferralState;
  stateSince: string;
  version: number;
}

// Whose case it is, is copied into what is shared when it is sent: the provider's transaction sees no case.
const columns = sql`r.country, r.id, r.code, r.person, (r.shared ->> 'from')::uuid as "from", r.organisation, r.point,
  r.services, r.priority, r.message, r.parts, r.shared - 'from' as shared, r.state, r.state_since as "stateSince", r.version`;

/** What makes a referral its provider's to see: it was sent, and the person agrees now. */
const cleared = sql`r.sent_at is not null and assistance_consented(r.country, r.person, r.recipient_class)`;

const views = {
  waiting: sql`r.state = 'sent'`,
  active: sql`r.state in ('accepted', 'in-service')`,
  ended: sql`not (r.state = any (${[...activeStates]}::text[]))`,
};

/** What was referred to some organisations, the urgent and longest waiting first. */
export async function listReceived(
  tx: Tx,
  organisations: readonly string[],
  view: keyof typeof views,
): Promise<ReceivedReferral[]> {
  const { rows } = await sql<ReceivedReferral>`select ${columns} from assistance_referral r
    where r.organisation = any (${[...organisations]}::uuid[]) and ${cleared} and ${views[view]}
    order by array_position(array['urgent', 'high', 'normal', 'low'], r.priority), r.state_since, r.id limit 300`.execute(
    tx,
  );
  return rows;
}

/** How many referrals wait, are active and have ended, in a country or anywhere. */
export async function countReceived(
  tx: Tx,
  organisations: readonly string[],
  country?: string,
): Promise<{ waiting: number; active: number; ended: number }> {
  const { rows } = await sql<{ waiting: number; active: number; ended: number }>`select
      (count(*) filter (where ${views.waiting}))::integer as waiting,
      (count(*) filter (where ${views.active}))::integer as active,
      (count(*) filter (where ${views.ended}))::integer as ended
    from assistance_referral r where r.organisation = any (${[...organisations]}::uuid[]) and ${cleared}
      ${country ? sql`and r.country = ${country}` : sql``}`.execute(tx);
  return rows[0] ?? { waiting: 0, active: 0, ended: 0 };
}

/** One referral to one of some organisations. */
export async function findReceived(
  tx: Tx,
  country: string,
  id: string,
  organisations: readonly string[],
): Promise<ReceivedReferral | null> {
  const { rows } = await sql<ReceivedReferral>`select ${columns} from assistance_referral r
    where r.country = ${country} and r.id = ${id} and r.organisation = any (${[...organisations]}::uuid[])
      and ${cleared}`.execute(tx);
  return rows[0] ?? null;
}

const digestOf = (secret: string) => createHash("sha256").update(secret).digest("hex");

/** Stores a link; the database never sees its secret. */
export async function insertLink(
  tx: Tx,
  link: { country: string; id: string; referral: string; secret: string; expiresAt: string },
  by: Writing,
): Promise<void> {
  await sql`insert into assistance_referral_link (country, id, referral, digest, made_at, made_by, expires_at, sample)
    values (${link.country}, ${link.id}, ${link.referral}, ${digestOf(link.secret)}, ${by.now.toISOString()},
      ${by.accountId}, ${link.expiresAt}, ${by.sample ?? false})`.execute(tx);
}

/** Links of a referral that still work. */
export async function findLinks(
  tx: Tx,
  country: string,
  referral: string,
  now: Date,
): Promise<{ id: string; expiresAt: string }[]> {
  const { rows } = await sql<{ id: string; expiresAt: string }>`select id, expires_at as "expiresAt"
    from assistance_referral_link where country = ${country} and referral = ${referral} and spent_at is null
      and expires_at > ${now.toISOString()}::timestamptz order by made_at`.execute(tx);
  return rows;
}

/** Makes the links of a referral stop working. */
export async function spendLinks(tx: Tx, country: string, referral: string, now: Date): Promise<void> {
  await sql`update assistance_referral_link set spent_at = ${now.toISOString()}
    where country = ${country} and referral = ${referral} and spent_at is null`.execute(tx);
}

/** A referral as the holder of a link may read it, with the names of both sides. */
export type LinkedReferral = ReceivedReferral & {
  fromNames: Record<string, string> | null;
  providerNames: Record<string, string>;
  expiresAt: string;
};

/**
 * The referral behind the secret of a link that still works. To be read in the owner's role: whoever holds a link has no
 * account, and row-level security shows nothing to nobody.
 */
export async function findByLink(tx: Tx, secret: string, now: Date): Promise<LinkedReferral | null> {
  const { rows } = await sql<LinkedReferral>`select ${columns}, f.names as "fromNames",
      coalesce(o.names, '{}') as "providerNames", l.expires_at as "expiresAt"
    from assistance_referral_link l join assistance_referral r on r.country = l.country and r.id = l.referral
      join organisations_name o on o.country = r.country and o.id = r.organisation
      left join organisations_name f on f.country = r.country and f.id = (r.shared ->> 'from')::uuid
    where l.digest = ${digestOf(secret)} and l.spent_at is null and l.expires_at > ${now.toISOString()}::timestamptz
      and ${cleared} for update of l, r`.execute(tx);
  return rows[0] ?? null;
}

/** The record that stands for a person, read in the owner's role on behalf of a provider whom the person agreed to tell. */
export async function findStanding(tx: Tx, country: string, person: string): Promise<string> {
  const { rows } = await sql<{ standing: string }>`select standing from people_person_state
    where country = ${country} and id = ${person}`.execute(tx);
  return rows[0]?.standing ?? person;
}
