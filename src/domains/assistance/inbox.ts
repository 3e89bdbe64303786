import { randomBytes } from "node:crypto";
import { elevated } from "../../platform/access/elevated.ts";
import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import type { Vault } from "../../platform/vault/index.ts";
import { openPerson } from "../people/index.ts";
import type { Writing } from "./case-store.ts";
import { demandVersion } from "./cases.ts";
import { assistanceProblems } from "./contract.ts";
import {
  findByLink,
  findReceived,
  findStanding,
  insertLink,
  type LinkedReferral,
  type ReceivedReferral,
  spendLinks,
} from "./inbox-store.ts";
import { needsConsent, nextStates, type ReferralState } from "./model-referral.ts";
import type { Reach } from "./policy.ts";
import { insertReferralStep, updateState } from "./referral-store.ts";
import { clearedIdentity, demandStep, reachReferral } from "./referrals.ts";
import { linkLasts } from "./settings.ts";

type At = { country: string; id: string; version: number };

/** Writes that a provider answered: which referral, and neither case nor person. */
const answered = (tx: Tx, of: { country: string; id: string }, by: Writing) =>
  recordEvent(tx, {
    type: "assistance.referral-answered",
    country: of.country,
    subject: { type: "assistance.referral", id: of.id },
    accountId: by.accountId,
    now: by.now,
  });

async function takeStep(
  tx: Tx,
  of: { country: string; id: string; version: number; state: ReferralState },
  step: { state: ReferralState; reason: string | null; side: "provider" | "link" },
  by: Writing,
): Promise<void> {
  const { country, id, version } = of;
  const { state, reason, side } = step;
  demandStep(of.state, state, side, reason);
  const change = { country, id, version, state, needsConsent: needsConsent(state), seen: false };
  if (!(await updateState(tx, change, by))) throw new Problem(assistanceProblems["no-consent"]);
  await insertReferralStep(tx, of, { version: version + 1, state, reason, side }, by);
  await answered(tx, of, by);
}

/**
 * Takes a step for a provider with an account.
 * @param organisations those for which the caller answers
 * @throws Problem `common.not-found` for a referral to others or without consent in force, `common.stale-revision`,
 * `assistance.step-not-allowed`, `assistance.reason-missing`, `assistance.no-consent`
 */
export async function answerReferral(
  tx: Tx,
  organisations: readonly string[],
  at: At,
  input: { state: ReferralState; reason?: string | undefined },
  by: Writing,
): Promise<ReceivedReferral> {
  const { country, id } = at;
  const found = await findReceived(tx, country, id, organisations);
  if (!found) throw new Problem(commonProblems["not-found"]);
  demandVersion(found, at.version);
  await takeStep(tx, found, { state: input.state, reason: input.reason ?? null, side: "provider" }, by);
  const after = await findReceived(tx, country, id, organisations);
  if (!after) throw new Problem(commonProblems["not-found"]);
  return after;
}

/**
 * Opens for a provider the parts of an identity that the person agreed to pass on with an accepted referral: an opening
 * like any other, written first and by the provider's account. The provider's own role sees no person; the owner's role is
 * taken for the opening alone.
 * @throws Problem `common.not-found`, `assistance.not-cleared`, and those of an opening
 */
export async function openReferred(
  tx: Tx,
  vault: Vault,
  organisations: readonly string[],
  of: { country: string; id: string },
  by: Writing,
): Promise<{ opening: string; parts: string[]; identity: Record<string, unknown> }> {
  const found = await findReceived(tx, of.country, of.id, organisations);
  if (!found) throw new Problem(commonProblems["not-found"]);
  const parts = clearedIdentity(found);
  if (parts.length === 0) throw new Problem(assistanceProblems["not-cleared"]);
  return elevated(tx, async () => {
    const id = await findStanding(tx, of.country, found.person);
    return openPerson(tx, vault, { country: of.country, id, purpose: "referral", parts, note: undefined }, by);
  });
}

/**
 * Makes a one-time link for a provider without an account. Links made before stop working. The secret stands behind `#`,
 * which browsers do not send and servers do not log; the database keeps its digest.
 * @throws Problem `common.not-found`, `assistance.step-not-allowed` unless the referral waits for an answer,
 * `assistance.no-consent`
 */
export async function makeReferralLink(
  tx: Tx,
  reach: Reach,
  of: { country: string; id: string },
  by: Writing,
): Promise<{ path: string; expiresAt: string }> {
  const { country, id } = of;
  const { referral } = await reachReferral(tx, reach, country, id, true);
  if (referral.state !== "sent") throw new Problem(assistanceProblems["step-not-allowed"], { state: referral.state });
  if (!referral.consented) throw new Problem(assistanceProblems["no-consent"]);
  const secret = randomBytes(32).toString("base64url");
  const expires = by.now.getTime() + (await linkLasts(tx, country)) * 86_400_000;
  const expiresAt = new Date(expires).toISOString();
  await spendLinks(tx, country, id, by.now);
  await insertLink(tx, { country, id: newId(), referral: id, secret, expiresAt }, by);
  await recordEvent(tx, {
    type: "assistance.link-made",
    country,
    subject: { type: "assistance.referral", id },
    accountId: by.accountId,
    now: by.now,
  });
  return { path: `/referral-answer#${secret}`, expiresAt };
}

/** What may follow for the holder of a link. */
export const nextByLink = (found: LinkedReferral): ReferralState[] => nextStates(found.state, "link");

/**
 * The referral behind a link that works: neither spent nor over, the person still agrees, and nobody has answered.
 * @throws Problem `assistance.link-unusable`
 */
export async function lookAtReferral(tx: Tx, secret: string, now: Date): Promise<LinkedReferral> {
  const found = await elevated(tx, () => findByLink(tx, secret, now));
  if (!found || nextByLink(found).length === 0) throw new Problem(assistanceProblems["link-unusable"]);
  return found;
}

/**
 * Answers by a link, once.
 * @throws Problem `assistance.link-unusable`, `assistance.reason-missing`
 */
export async function answerByLink(
  tx: Tx,
  secret: string,
  input: { state: ReferralState; reason?: string | undefined },
  now: Date,
): Promise<ReferralState> {
  return elevated(tx, async () => {
    const found = await lookAtReferral(tx, secret, now);
    const by = { accountId: null, now };
    await takeStep(tx, found, { state: input.state, reason: input.reason ?? null, side: "link" }, by);
    await spendLinks(tx, found.country, found.id, now);
    return input.state;
  });
}
