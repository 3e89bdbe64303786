import { sql } from "kysely";
import { rotationGrace, sessionLife } from "./auth.ts";
import { type AccountRow, accountColumns, digestOf, type Handle } from "./store.ts";

export interface SessionRow extends AccountRow {
  session_id: string;
  token: string;
  created_at: string;
  expires_at: string;
  last_seen_at: string;
  rotated_at: string;
  /** The token presented is the one before the current one, on its way when it was replaced. */
  superseded: boolean;
}

/** The session that a token opens, with its account, when neither has ended. */
export async function findSession(db: Handle, token: string, now: Date): Promise<SessionRow | null> {
  const at = now.getTime();
  const idle = new Date(at - sessionLife.idle * 1000).toISOString();
  const grace = new Date(at - rotationGrace * 1000).toISOString();
  const { rows } = await sql<SessionRow>`select s.id as session_id, s.token, s.created_at, s.expires_at, s.last_seen_at,
      s.rotated_at, s.token <> ${token} as superseded, ${accountColumns}
    from auth_session s join auth_user u on u.id = s.user_id
    where (s.token = ${token} or (s.previous_token = ${token} and s.rotated_at > ${grace}))
      and s.expires_at > ${now.toISOString()} and s.last_seen_at > ${idle} and not u.disabled`.execute(db);
  return rows[0] ?? null;
}

/** Sets the times of a session that starts now, by the node's clock. */
export async function startSession(db: Handle, token: string, now: Date): Promise<void> {
  const at = now.toISOString();
  const end = new Date(now.getTime() + sessionLife.absolute * 1000).toISOString();
  await sql`update auth_session set created_at = ${at}, last_seen_at = ${at}, rotated_at = ${at}, expires_at = ${end}
    where token = ${token}`.execute(db);
}

/** Notes that a session is in use. */
export async function touchSession(db: Handle, sessionId: string, now: Date): Promise<void> {
  await sql`update auth_session set last_seen_at = ${now.toISOString()} where id = ${sessionId}`.execute(db);
}

/**
 * Replaces a session's token unless somebody else did so meanwhile.
 * @param grace whether the old one works for a moment longer, for requests on their way
 */
export async function rotateSession(
  db: Handle,
  session: SessionRow,
  token: string,
  now: Date,
  grace: boolean,
): Promise<boolean> {
  const { numAffectedRows } = await sql`update auth_session set token = ${token},
    previous_token = case when ${grace} then token end,
    rotated_at = ${now.toISOString()}, last_seen_at = ${now.toISOString()}
    where id = ${session.session_id} and token = ${session.token}`.execute(db);
  return Number(numAffectedRows ?? 0) > 0;
}

/** The sessions of an account that have not ended, the one used last first. */
export async function listSessions(db: Handle, accountId: string, now: Date): Promise<SessionListRow[]> {
  const idle = new Date(now.getTime() - sessionLife.idle * 1000).toISOString();
  const { rows } =
    await sql<SessionListRow>`select id, created_at, last_seen_at, expires_at, user_agent from auth_session
    where user_id = ${accountId} and expires_at > ${now.toISOString()} and last_seen_at > ${idle}
    order by last_seen_at desc`.execute(db);
  return rows;
}

export interface SessionListRow {
  id: string;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  user_agent: string | null;
}

/** Ends sessions of an account: one, all, or all but one. @returns how many ended */
export async function endSessions(
  db: Handle,
  accountId: string,
  which: { only?: string; except?: string } = {},
): Promise<number> {
  const { numAffectedRows } = await sql`delete from auth_session where user_id = ${accountId}
    and (${which.only ?? null}::text is null or id = ${which.only ?? null})
    and id <> ${which.except ?? ""}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Removes the sessions of all accounts that have ended, and confirmations that have run out. */
export async function removeDeadSessions(db: Handle, now: Date): Promise<void> {
  const idle = new Date(now.getTime() - sessionLife.idle * 1000).toISOString();
  await sql`delete from auth_session where expires_at < ${now.toISOString()} or last_seen_at < ${idle}`.execute(db);
  await sql`delete from auth_verification where expires_at < ${now.toISOString()}`.execute(db);
}

export interface TokenAccountRow extends AccountRow {
  token_id: string;
  scopes: string[];
  last_used_at: string | null;
}

/** The account that an API token stands for, when the token is alive. */
export async function findByToken(db: Handle, token: string, now: Date): Promise<TokenAccountRow | null> {
  const { rows } = await sql<TokenAccountRow>`select t.id as token_id, t.scopes, t.last_used_at, ${accountColumns}
    from access_token t join auth_user u on u.id = t.account_id
    where t.digest = ${digestOf(token)} and t.expires_at > ${now.toISOString()} and not u.disabled`.execute(db);
  return rows[0] ?? null;
}

/** Notes that a token is in use. */
export async function touchToken(db: Handle, tokenId: string, now: Date): Promise<void> {
  await sql`update access_token set last_used_at = ${now.toISOString()} where id = ${tokenId}`.execute(db);
}

export interface TokenRow {
  id: string;
  name: string;
  start: string;
  scopes: string[];
  made_at: string;
  expires_at: string;
  last_used_at: string | null;
}

/** The tokens of an account, also those that have run out, newest first; never their secrets. */
export async function listTokens(db: Handle, accountId: string): Promise<TokenRow[]> {
  const { rows } =
    await sql<TokenRow>`select id, name, start, scopes, made_at, expires_at, last_used_at from access_token
    where account_id = ${accountId} order by made_at desc`.execute(db);
  return rows;
}

/** Stores a token by the digest of its secret, with the first twelve characters to know it by. */
export async function insertToken(
  db: Handle,
  token: {
    id: string;
    accountId: string;
    name: string;
    secret: string;
    scopes: readonly string[];
    now: Date;
    expiresAt: Date;
  },
): Promise<void> {
  await sql`insert into access_token (id, account_id, name, start, digest, scopes, made_at, expires_at)
    values (${token.id}, ${token.accountId}, ${token.name}, ${token.secret.slice(0, 12)}, ${digestOf(token.secret)},
      ${`{${token.scopes.map((scope) => JSON.stringify(scope)).join(",")}}`}::text[], ${token.now.toISOString()},
      ${token.expiresAt.toISOString()})`.execute(db);
}

/** Removes a token of an account. @returns whether there was one */
export async function deleteToken(db: Handle, accountId: string, tokenId: string): Promise<boolean> {
  const result = await sql`delete from access_token where account_id = ${accountId} and id = ${tokenId}`.execute(db);
  return Number(result.numAffectedRows ?? 0) > 0;
}
