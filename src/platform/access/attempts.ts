import { createHmac } from "node:crypto";
import { sql } from "kysely";
import type { Tx } from "../database/types.ts";

/** When failed sign-ins slow the next one down: `free` cost nothing, then the wait doubles, from `last` on it is `lock`. */
export interface LockRule {
  free: number;
  last: number;
  lockSeconds: number;
}

/** Per account: three free, then 2, 4, 8 … seconds, a quarter of an hour from the tenth on. */
export const accountRule: LockRule = { free: 3, last: 10, lockSeconds: 900 };

/** Per network address, behind which a whole office may sit: fifty free. */
export const addressRule: LockRule = { free: 50, last: 100, lockSeconds: 900 };

/** Failures are forgotten after this many seconds without another. */
const forgetAfter = 24 * 3600;

/** Seconds to wait after so many failures in a row. */
export function waitAfter(failures: number, rule: LockRule): number {
  if (failures >= rule.last) return rule.lockSeconds;
  if (failures <= rule.free) return 0;
  return Math.min(2 ** (failures - rule.free), rule.lockSeconds);
}

/** Who a failed sign-in counts against; a digest, so that the table names nobody. Unknown accounts count like known ones. */
export function attemptSubject(kind: "account" | "address", value: string, secret: string): string {
  return `${kind}:${createHmac("sha256", secret).update(value.toLowerCase()).digest("base64url")}`;
}

/**
 * Counts an attempt before it is judged, so that many at once cannot all slip through; a good one is taken back by
 * `clearAttempts`. The row stays locked until the transaction ends: attempts on one account queue.
 * @returns seconds to wait when no attempt is allowed now, else how many failures there are with this one
 */
export async function countAttempt(
  tx: Tx,
  subject: string,
  rule: LockRule,
  now: Date,
): Promise<{ wait: number } | { wait: 0; failures: number; locksFor: number }> {
  await sql`insert into access_attempt (subject, failures, last_failed_at) values (${subject}, 0, ${now.toISOString()})
    on conflict (subject) do nothing`.execute(tx);
  const { rows } = await sql<{ failures: number; last_failed_at: string; locked_until: string | null }>`
    select failures, last_failed_at, locked_until from access_attempt where subject = ${subject} for update`.execute(
    tx,
  );
  const row = rows[0];
  const lockedUntil = row?.locked_until ? new Date(row.locked_until).getTime() : 0;
  if (lockedUntil > now.getTime()) return { wait: Math.ceil((lockedUntil - now.getTime()) / 1000) };
  const stale = row ? now.getTime() - new Date(row.last_failed_at).getTime() > forgetAfter * 1000 : true;
  const failures = (stale || !row ? 0 : row.failures) + 1;
  const locksFor = waitAfter(failures, rule);
  const until = locksFor > 0 ? new Date(now.getTime() + locksFor * 1000).toISOString() : null;
  await sql`update access_attempt set failures = ${failures}, last_failed_at = ${now.toISOString()}, locked_until = ${until}
    where subject = ${subject}`.execute(tx);
  return { wait: 0, failures, locksFor };
}

/** Forgets the failures of somebody who got in, and everything older than a day. */
export async function clearAttempts(tx: Tx, subject: string, now: Date): Promise<void> {
  const old = new Date(now.getTime() - forgetAfter * 1000).toISOString();
  await sql`delete from access_attempt where subject = ${subject}
    or (last_failed_at < ${old} and (locked_until is null or locked_until < ${now.toISOString()}))`.execute(tx);
}

/** Takes back an attempt that was no failure but no entry either: a right password that still lacks its code. */
export async function takeBackAttempt(tx: Tx, subject: string): Promise<void> {
  await sql`update access_attempt set failures = greatest(failures - 1, 0), locked_until = null where subject = ${subject}`.execute(
    tx,
  );
}
