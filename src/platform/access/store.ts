import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Language } from "../contract/fields.ts";
import type { Schema, Tx } from "../database/types.ts";
import { newId } from "../kernel/ids.ts";
import type { Grant, Role } from "./model.ts";

/** Statements of this file run as the owner: on the database's owner handle, or on a transaction inside `elevated`. */
export type Handle = Kysely<Schema> | Tx;

/** An account as the tables hold it, with what it is granted. */
export interface AccountRow {
  id: string;
  name: string;
  email: string;
  language: Language | null;
  disabled: boolean;
  sample: boolean;
  grants: GrantRow[];
}

export interface GrantRow extends Grant {
  id: string;
}

/** SHA-256 of a secret that is too long to be guessed; only this is stored. */
export function digestOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

const grantsOfAccount = sql<GrantRow[]>`coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role,
  'country', g.country, 'organisation', g.organisation) order by g.granted_at, g.id)
  from access_grant g where g.account_id = u.id), '[]')`;

/** The columns of an `AccountRow`, of the table `auth_user` as `u`. */
export const accountColumns = sql`u.id, u.name, u.email, u.language, u.disabled, u.sample, ${grantsOfAccount} as grants`;

/** An account by its id or its address, in whatever case that is written; null when there is none. */
export async function findAccount(
  db: Handle,
  by: { id: string } | { email: string },
): Promise<(AccountRow & { two_factor: boolean }) | null> {
  const where = "id" in by ? sql`u.id = ${by.id}` : sql`u.email = ${by.email.trim().toLowerCase()}`;
  const { rows } = await sql<AccountRow & { two_factor: boolean }>`select ${accountColumns},
    coalesce(u.two_factor_enabled, false) as two_factor from auth_user u where ${where}`.execute(db);
  return rows[0] ?? null;
}

export interface AccountListRow extends AccountRow {
  created_at: string;
  two_factor: boolean;
  passkeys: number;
  has_password: boolean;
  last_seen_at: string | null;
  invitation_expires_at: string | null;
}

/** Every account, by name, with what an administrator needs to know of it. */
export async function listAccounts(db: Handle): Promise<AccountListRow[]> {
  const { rows } = await sql<AccountListRow>`select ${accountColumns}, u.created_at,
      coalesce(u.two_factor_enabled, false) as two_factor,
      (select count(*) from auth_passkey p where p.user_id = u.id) as passkeys,
      exists (select 1 from auth_account a where a.user_id = u.id and a.password is not null) as has_password,
      (select max(s.last_seen_at) from auth_session s where s.user_id = u.id) as last_seen_at,
      (select max(l.expires_at) from access_link l where l.account_id = u.id and l.purpose = 'invitation' and l.used_at is null)
        as invitation_expires_at
    from auth_user u order by lower(u.name), u.id`.execute(db);
  return rows;
}

/** Makes an account with a confirmed address. @returns false when the address is taken */
export async function insertAccount(
  db: Handle,
  account: { id: string; name: string; email: string; language: string | null; sample: boolean; now: Date },
): Promise<boolean> {
  const at = account.now.toISOString();
  const result =
    await sql`insert into auth_user (id, name, email, email_verified, language, sample, created_at, updated_at)
    values (${account.id}, ${account.name}, ${account.email.trim().toLowerCase()}, true, ${account.language},
      ${account.sample}, ${at}, ${at})
    on conflict (email) do nothing`.execute(db);
  return Number(result.numAffectedRows ?? 0) > 0;
}

/** Changes the name or the language of an account; what is not given stays. */
export async function updateProfile(
  db: Handle,
  accountId: string,
  profile: { name?: string; language?: string | null },
  now: Date,
): Promise<void> {
  if (profile.name !== undefined)
    await sql`update auth_user set name = ${profile.name}, updated_at = ${now.toISOString()} where id = ${accountId}`.execute(
      db,
    );
  if (profile.language !== undefined)
    await sql`update auth_user set language = ${profile.language}, updated_at = ${now.toISOString()} where id = ${accountId}`.execute(
      db,
    );
}

/** Closes an account or opens it again; its sessions are not ended by it. */
export async function setDisabled(db: Handle, accountId: string, disabled: boolean, now: Date): Promise<void> {
  await sql`update auth_user set disabled = ${disabled}, updated_at = ${now.toISOString()} where id = ${accountId}`.execute(
    db,
  );
}

/** The stored hash of an account's password, when it has one. */
export async function findPasswordHash(db: Handle, accountId: string): Promise<string | null> {
  const { rows } = await sql<{ password: string | null }>`select password from auth_account
    where user_id = ${accountId} and provider_id = 'credential'`.execute(db);
  return rows[0]?.password ?? null;
}

/** Sets an account's password hash, also for an account that had none. */
export async function setPasswordHash(db: Handle, accountId: string, hash: string, now: Date): Promise<void> {
  const at = now.toISOString();
  await sql`insert into auth_account (id, account_id, provider_id, user_id, password, created_at, updated_at)
    values (${newId()}, ${accountId}, 'credential', ${accountId}, ${hash}, ${at}, ${at})
    on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = excluded.updated_at`.execute(
    db,
  );
}

/** Takes the second factor off an account. */
export async function removeTwoFactor(db: Handle, accountId: string): Promise<void> {
  await sql`delete from auth_two_factor where user_id = ${accountId}`.execute(db);
  await sql`update auth_user set two_factor_enabled = false where id = ${accountId}`.execute(db);
}

/** Whether an account has a second factor that is set up and confirmed. */
export async function hasTwoFactor(db: Handle, accountId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from auth_two_factor where user_id = ${accountId} and verified`.execute(db);
  return rows.length > 0;
}

/** Marks a one-time code as used. @returns false when it was used before */
export async function spendCode(db: Handle, accountId: string, digest: Buffer, now: Date): Promise<boolean> {
  const old = new Date(now.getTime() - 600_000).toISOString();
  await sql`delete from access_used_code where account_id = ${accountId} and used_at < ${old}`.execute(db);
  const result = await sql`insert into access_used_code (account_id, digest, used_at)
    values (${accountId}, ${digest}, ${now.toISOString()}) on conflict do nothing`.execute(db);
  return Number(result.numAffectedRows ?? 0) > 0;
}

/** Grants a role in a country (null: in all) and an organisation. @returns false when it was held already */
export async function insertGrant(
  db: Handle,
  grant: {
    id: string;
    accountId: string;
    role: Role;
    country: string | null;
    organisation: string | null;
    by: string | null;
    now: Date;
    sample: boolean;
  },
): Promise<boolean> {
  const result =
    await sql`insert into access_grant (id, account_id, role, country, organisation, granted_by, granted_at, sample)
    values (${grant.id}, ${grant.accountId}, ${grant.role}, ${grant.country}, ${grant.organisation}, ${grant.by},
      ${grant.now.toISOString()}, ${grant.sample}) on conflict do nothing`.execute(db);
  return Number(result.numAffectedRows ?? 0) > 0;
}

/** Takes a grant back. */
export async function deleteGrant(db: Handle, grantId: string): Promise<void> {
  await sql`delete from access_grant where id = ${grantId}`.execute(db);
}

/**
 * Accounts that can sign in and administer the whole node, besides one account or one grant. The rows stay locked, so
 * that two administrators cannot remove each other at once.
 */
export async function otherAdministrators(
  db: Handle,
  besides: { accountId?: string; grantId?: string },
): Promise<number> {
  const { rows } = await sql<{ account_id: string; id: string }>`select g.account_id, g.id from access_grant g
    join auth_user u on u.id = g.account_id
    where g.role = 'administrator' and g.country is null and not u.disabled order by g.id for update of g`.execute(db);
  return rows.filter((row) => row.account_id !== besides.accountId && row.id !== besides.grantId).length;
}

/** Stores a link by the digest of its secret; unused links that were made before for the account stop working. */
export async function insertLink(
  db: Handle,
  link: {
    id: string;
    accountId: string;
    purpose: "invitation" | "reset";
    secret: string;
    removesTwoFactor: boolean;
    by: string | null;
    now: Date;
    expiresAt: Date;
  },
): Promise<void> {
  // A new link takes the place of the ones before it.
  await sql`delete from access_link where account_id = ${link.accountId} and used_at is null`.execute(db);
  await sql`insert into access_link (id, account_id, purpose, digest, removes_two_factor, made_by, made_at, expires_at)
    values (${link.id}, ${link.accountId}, ${link.purpose}, ${digestOf(link.secret)}, ${link.removesTwoFactor}, ${link.by},
      ${link.now.toISOString()}, ${link.expiresAt.toISOString()})`.execute(db);
}

export interface LinkRow {
  id: string;
  account_id: string;
  purpose: "invitation" | "reset";
  removes_two_factor: boolean;
  expires_at: string;
  name: string;
  email: string;
  language: Language | null;
}

/** A link that still works; its row stays locked until the transaction ends. */
export async function findLink(db: Handle, secret: string, now: Date): Promise<LinkRow | null> {
  const { rows } =
    await sql<LinkRow>`select l.id, l.account_id, l.purpose, l.removes_two_factor, l.expires_at, u.name, u.email,
      u.language
    from access_link l join auth_user u on u.id = l.account_id
    where l.digest = ${digestOf(secret)} and l.used_at is null and l.expires_at > ${now.toISOString()} and not u.disabled
    for update of l`.execute(db);
  return rows[0] ?? null;
}

/** Marks a link as used. */
export async function spendLink(db: Handle, linkId: string, now: Date): Promise<void> {
  await sql`update access_link set used_at = ${now.toISOString()} where id = ${linkId}`.execute(db);
}

/** The passkeys of an account, oldest first. */
export async function listPasskeys(
  db: Handle,
  accountId: string,
): Promise<{ id: string; name: string | null; created_at: string | null; backed_up: boolean }[]> {
  const { rows } = await sql<{ id: string; name: string | null; created_at: string | null; backed_up: boolean }>`
    select id, name, created_at, backed_up from auth_passkey where user_id = ${accountId} order by created_at`.execute(
    db,
  );
  return rows;
}

/** Removes a passkey of an account. @returns whether there was one */
export async function deletePasskey(db: Handle, accountId: string, passkeyId: string): Promise<boolean> {
  const result = await sql`delete from auth_passkey where user_id = ${accountId} and id = ${passkeyId}`.execute(db);
  return Number(result.numAffectedRows ?? 0) > 0;
}

/** Removes the sample region's accounts with all that hangs on them. */
export async function deleteSampleAccounts(db: Handle): Promise<number> {
  const result = await sql`delete from auth_user where sample`.execute(db);
  return Number(result.numAffectedRows ?? 0);
}
