import { createHmac, randomBytes } from "node:crypto";
import { recordEvent } from "../events/index.ts";
import type { Context, Handler } from "../http/handler.ts";
import { Problem } from "../kernel/problem.ts";
import { accountRule, addressRule, attemptSubject, clearAttempts, countAttempt, takeBackAttempt } from "./attempts.ts";
import { sessionLife } from "./auth.ts";
import { routes } from "./contract.ts";
import {
  answer,
  ask,
  type Core,
  callerOfAccount,
  cookieHeader,
  giveSession,
  libraryHeaders,
  refusal,
  sessionInfo,
} from "./core.ts";
import { elevated } from "./elevated.ts";
import { callerOf } from "./model.ts";
import { accessProblems } from "./problems.ts";
import {
  endSessions,
  findSession,
  removeDeadSessions,
  rotateSession,
  type SessionRow,
  startSession,
} from "./session-store.ts";
import { findAccount, spendCode } from "./store.ts";

/** A code is made of digits when an authenticator shows it; backup codes have letters and a dash. */
const isAuthenticatorCode = (code: string) => /^\d{6}$/.test(code);

/** A digest under which a used code is remembered until it is worthless. */
export function codeDigest(core: Core, accountId: string, code: string): Buffer {
  return createHmac("sha256", core.secret).update(`code ${accountId} ${code}`).digest();
}

/** A new session token. */
export function newSessionToken(): string {
  return randomBytes(24).toString("base64url");
}

const accountEvent = (type: string, accountId: string, now: Date, actor: string | null = accountId) => ({
  type,
  subject: { type: "access.account", id: accountId },
  accountId: actor,
  now,
});

/**
 * Counts an attempt to prove who one is, against the account and against the network address.
 * @throws Problem `access.locked` with the seconds to wait
 */
export async function beginAttempt(core: Core, context: Context, email: string) {
  const { tx, now, request } = context;
  const account = attemptSubject("account", email.trim(), core.secret);
  const counted = await countAttempt(tx, account, accountRule, now);
  if (!("failures" in counted)) throw new Problem(accessProblems.locked, { seconds: counted.wait });
  const from = core.clientAddress(request);
  const address = from === null ? null : attemptSubject("address", from, core.secret);
  if (address !== null) {
    const { wait } = await countAttempt(tx, address, addressRule, now);
    if (wait > 0) throw new Problem(accessProblems.locked, { seconds: wait });
  }
  return {
    /** The proof was good. */
    async succeeded() {
      await clearAttempts(tx, account, now);
      if (address !== null) await takeBackAttempt(tx, address);
    },
    /** The proof was good as far as it went. */
    async incomplete() {
      await takeBackAttempt(tx, account);
      if (address !== null) await takeBackAttempt(tx, address);
    },
    /** The proof was wrong; the count stays. */
    async failed(reason: string, accountId: string | null, actor: string | null = null) {
      const subject = accountId === null ? null : { type: "access.account", id: accountId };
      const { failures, locksFor } = counted;
      await recordEvent(tx, {
        type: "access.sign-in-failed",
        subject,
        accountId: actor,
        now,
        payload: { reason, failures },
      });
      if (locksFor >= accountRule.lockSeconds)
        await recordEvent(tx, {
          type: "access.locked",
          subject,
          accountId: actor,
          now,
          payload: { seconds: locksFor },
        });
    },
  };
}

/** Ends the session that a browser had before, when it starts another one. */
async function endFormerSession(core: Core, { tx, request, now }: Context): Promise<void> {
  const token = core.cookies.read(request);
  const former = token === null ? null : await findSession(tx, token, now);
  if (former) await endSessions(tx, former.id, { only: former.session_id });
}

async function welcome(core: Core, context: Context, accountId: string, token: string, method: string) {
  const { tx, now } = context;
  await startSession(tx, token, now);
  await recordEvent(tx, { ...accountEvent("access.signed-in", accountId, now), payload: { method } });
  await removeDeadSessions(tx, now);
  const account = await findAccount(tx, { id: accountId });
  if (!account) throw new Problem(accessProblems["bad-credentials"]);
  return answer(routes.signIn, sessionInfo(callerOfAccount(core, account)), [giveSession(core, token, now)]);
}

/**
 * Signs in with address and password, and a one-time code when the account has a second factor. An unknown address is
 * counted, slowed down and answered like a wrong password; a password is hashed for it too.
 */
export function signIn(core: Core): Handler<typeof routes.signIn> {
  return (context, { body }) =>
    elevated(context.tx, async () => {
      const { tx, now, request } = context;
      const attempt = await beginAttempt(core, context, body.email);
      const known = await findAccount(tx, { email: body.email });
      const headers = libraryHeaders(core, request, null);
      headers.delete("cookie");
      const first = await ask(
        core.auth.api.signInEmail({
          body: { email: body.email, password: body.password },
          headers,
          returnHeaders: true,
        }),
      );
      if (!first.ok) {
        await attempt.failed("password", known?.id ?? null);
        return refusal(new Problem(accessProblems["bad-credentials"]), context.requestId);
      }
      let token = first.value.token;
      let method = "password";
      if ("twoFactorRedirect" in first.value) {
        if (!body.code) {
          await attempt.incomplete();
          return refusal(new Problem(accessProblems["code-needed"]), context.requestId);
        }
        const code = body.code.replace(/\s/g, "");
        headers.set("cookie", cookieHeader(first.cookies));
        const fresh = known !== null && (await spendCode(tx, known.id, codeDigest(core, known.id, code), now));
        const asked = { body: { code }, headers, returnHeaders: true } as const;
        const second = !fresh
          ? null
          : isAuthenticatorCode(code)
            ? await ask(core.auth.api.verifyTOTP(asked))
            : await ask(core.auth.api.verifyBackupCode(asked));
        if (!second?.ok || !second.value.token) {
          await attempt.failed(fresh ? "code" : "code-used", known?.id ?? null);
          return refusal(new Problem(accessProblems["bad-code"]), context.requestId);
        }
        token = second.value.token;
        method = isAuthenticatorCode(code) ? "password+code" : "password+backup-code";
      }
      if (!known) throw new Problem(accessProblems["bad-credentials"]);
      await attempt.succeeded();
      await endFormerSession(core, context);
      return welcome(core, context, known.id, token, method);
    });
}

/** Ends the session and takes the cookie away; does no harm without a session. */
export function signOut(core: Core): Handler<typeof routes.signOut> {
  return (context) =>
    elevated(context.tx, async () => {
      const { tx, now, caller } = context;
      await endFormerSession(core, context);
      if (caller.account && caller.scopes === null)
        await recordEvent(tx, accountEvent("access.signed-out", caller.account.id, now));
      return answer(routes.signOut, sessionInfo(callerOf(null, [], core.rights)), [core.cookies.take()]);
    });
}

/** Says who asks and what they may do; replaces the session's token when it is an hour old. */
export function currentSession(core: Core): Handler<typeof routes.session> {
  return (context) =>
    elevated(context.tx, async () => {
      const { tx, now, caller, request } = context;
      const token = core.cookies.read(request);
      const session: SessionRow | null =
        caller.account && caller.scopes === null && token !== null ? await findSession(tx, token, now) : null;
      const age = session ? now.getTime() - new Date(session.rotated_at).getTime() : 0;
      const info = sessionInfo(caller);
      if (!session || session.superseded || age < sessionLife.rotation * 1000) return answer(routes.session, info, []);
      const next = newSessionToken();
      const replaced = await rotateSession(tx, session, next, now, true);
      return answer(routes.session, info, replaced ? [giveSession(core, next, now, session.expires_at)] : []);
    });
}

/** Makes the challenge with which a passkey signs in. */
export function passkeySignInOptions(core: Core): Handler<typeof routes.passkeySignInOptions> {
  return (context) =>
    elevated(context.tx, async () => {
      const asked = await ask(
        core.auth.api.generatePasskeyAuthenticationOptions({ headers: new Headers(), returnHeaders: true }),
      );
      if (!asked.ok) throw new Problem(accessProblems["bad-passkey"]);
      // A passkey stands for both factors: the device must check who holds it.
      const options = { ...asked.value, userVerification: "required" };
      return answer(routes.passkeySignInOptions, options, asked.cookies);
    });
}

/** Signs in with a passkey. */
export function passkeySignIn(core: Core): Handler<typeof routes.passkeySignIn> {
  return (context, { body }) =>
    elevated(context.tx, async () => {
      const { tx, now, request } = context;
      const asked = await ask(
        core.auth.api.verifyPasskeyAuthentication({
          body: { response: body.credential as never },
          headers: libraryHeaders(core, request, null),
          returnHeaders: true,
        }),
      );
      if (!asked.ok) {
        await recordEvent(tx, { type: "access.sign-in-failed", accountId: null, now, payload: { reason: "passkey" } });
        return refusal(new Problem(accessProblems["bad-passkey"]), context.requestId);
      }
      await endFormerSession(core, context);
      const { session } = asked.value;
      return welcome(core, context, session.userId, session.token, "passkey");
    });
}
