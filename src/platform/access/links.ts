import { randomBytes } from "node:crypto";
import type { Tx } from "../database/types.ts";
import { recordEvent } from "../events/index.ts";
import type { Handler } from "../http/handler.ts";
import { newId } from "../kernel/ids.ts";
import { Problem } from "../kernel/problem.ts";
import { attemptSubject, clearAttempts } from "./attempts.ts";
import type { routes } from "./contract.ts";
import type { Core } from "./core.ts";
import { elevated } from "./elevated.ts";
import { requireGoodPassword } from "./own-account.ts";
import { hashPassword } from "./passwords.ts";
import { accessProblems } from "./problems.ts";
import { endSessions } from "./session-store.ts";
import {
  findLink,
  findPasswordHash,
  insertLink,
  removeTwoFactor,
  setPasswordHash,
  spendLink,
  updateProfile,
} from "./store.ts";

/** How long a link works, in hours: a new colleague may be in the field, a forgotten password is urgent. */
export const linkHours = { invitation: 7 * 24, reset: 24 } as const;

/**
 * Makes a one-time link for an account: an invitation while it has no password, else to choose a new one. Links made
 * before stop working. The secret stands behind `#`, which browsers do not send and servers do not log.
 */
export async function makeLink(
  core: Core,
  tx: Tx,
  link: { accountId: string; removesTwoFactor: boolean; by: string | null; now: Date },
): Promise<{ link: string; expiresAt: string }> {
  const { accountId, removesTwoFactor, by, now } = link;
  const purpose = (await findPasswordHash(tx, accountId)) === null ? "invitation" : "reset";
  const secret = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + linkHours[purpose] * 3_600_000);
  await insertLink(tx, { id: newId(), accountId, purpose, secret, removesTwoFactor, by, now, expiresAt });
  await recordEvent(tx, {
    type: "access.link-made",
    subject: { type: "access.account", id: accountId },
    accountId: by,
    now,
    payload: { purpose, removesTwoFactor },
  });
  const page = purpose === "invitation" ? "/invitation" : "/reset-password";
  return { link: `${new URL(page, core.publicAddress)}#${secret}`, expiresAt: expiresAt.toISOString() };
}

/** Says whose link it is, so that the page can greet; does not spend it. */
export function lookAtLink(): Handler<typeof routes.lookAtLink> {
  return ({ tx, now }, { body }) =>
    elevated(tx, async () => {
      const link = await findLink(tx, body.token, now);
      if (!link) throw new Problem(accessProblems["link-unusable"]);
      return { purpose: link.purpose, name: link.name, email: link.email, expiresAt: link.expires_at };
    });
}

/** Spends a link: sets the password, ends every session, and opens a lock that wrong passwords closed. */
export function acceptLink(core: Core): Handler<typeof routes.acceptLink> {
  return ({ tx, now }, { body }) =>
    elevated(tx, async () => {
      const link = await findLink(tx, body.token, now);
      if (!link) throw new Problem(accessProblems["link-unusable"]);
      requireGoodPassword(body.password, [link.email, body.name ?? link.name], "password");
      await setPasswordHash(tx, link.account_id, await hashPassword(body.password), now);
      if (link.purpose === "invitation")
        await updateProfile(tx, link.account_id, { name: body.name, language: body.language }, now);
      const event = { subject: { type: "access.account", id: link.account_id }, accountId: link.account_id, now };
      if (link.removes_two_factor) {
        await removeTwoFactor(tx, link.account_id);
        await recordEvent(tx, { ...event, type: "access.two-factor-off" });
      }
      await endSessions(tx, link.account_id);
      await spendLink(tx, link.id, now);
      await clearAttempts(tx, attemptSubject("account", link.email, core.secret), now);
      await recordEvent(tx, { ...event, type: "access.link-used", payload: { purpose: link.purpose } });
      return { email: link.email };
    });
}
