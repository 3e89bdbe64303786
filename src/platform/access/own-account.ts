import { randomBytes } from "node:crypto";
import { recordEvent } from "../events/index.ts";
import type { Context, Handlers } from "../http/handler.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { newId } from "../kernel/ids.ts";
import { commonProblems, Problem } from "../kernel/problem.ts";
import { ownAccountRoutes, type TokenInfo } from "./contract-own-account.ts";
import { answer, ask, type Core, cookieHeader, giveSession, libraryHeaders, ownSession, refusal } from "./core.ts";
import { elevated } from "./elevated.ts";
import { hashPassword, passwordLength, passwordWeakness, verifyPassword } from "./passwords.ts";
import { accessProblems } from "./problems.ts";
import {
  deleteToken,
  endSessions,
  insertToken,
  listSessions,
  listTokens,
  rotateSession,
  type SessionRow,
  startSession,
  type TokenRow,
} from "./session-store.ts";
import { beginAttempt, codeDigest, newSessionToken } from "./sign-in.ts";
import {
  deletePasskey,
  findPasswordHash,
  hasTwoFactor,
  listPasskeys,
  removeTwoFactor,
  setPasswordHash,
  spendCode,
  updateProfile,
} from "./store.ts";

const done = { done: true } as const;

/** The start of every API token, so that a leaked one is recognised. */
export const tokenPrefix = "santi_";

/**
 * Refuses a password that is too short, too long, common or made of the person's name or address.
 * @param field the input's field, beside which the problem is shown
 * @throws Problem `common.invalid-input`
 */
export function requireGoodPassword(password: string, about: readonly string[], field: string): void {
  const weakness = passwordWeakness(password, about);
  if (!weakness) return;
  const params = { min: passwordLength.min, max: passwordLength.max };
  throw new Problem(commonProblems["invalid-input"], {}, [
    { path: field, code: `access.password-${weakness}`, params },
  ]);
}

const tokenInfo = (row: TokenRow): TokenInfo => ({
  id: row.id,
  name: row.name,
  start: row.start,
  scopes: row.scopes,
  madeAt: row.made_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
});

/** The handlers of what a person does with the own account. */
export function ownAccountHandlers(core: Core): Handlers<typeof ownAccountRoutes> {
  const { api } = core.auth;

  /** Runs work as the owner of the tables, for the person whose session it is. */
  const own = <T>(context: Context, work: (session: SessionRow) => Promise<T>): Promise<T> =>
    elevated(context.tx, async () => work(await ownSession(core, context)));

  const note = (context: Context, session: SessionRow, type: string, payload?: Json) =>
    recordEvent(context.tx, {
      type,
      subject: { type: "access.account", id: session.id },
      accountId: session.id,
      now: context.now,
      ...(payload === undefined ? {} : { payload }),
    });

  /** Asks for the password again before something that outlasts the session; wrong ones count as failed sign-ins. */
  const withPassword = (context: Context, password: string, work: (session: SessionRow) => Promise<Response>) =>
    own(context, async (session) => {
      const attempt = await beginAttempt(core, context, session.email);
      const hash = await findPasswordHash(context.tx, session.id);
      if (hash === null || !(await verifyPassword({ hash, password }))) {
        await attempt.failed("password-again", session.id, session.id);
        return refusal(new Problem(accessProblems["wrong-password"]), context.requestId);
      }
      await attempt.succeeded();
      return work(session);
    });

  /** A new token for the session after a change of what protects it; the old one dies at once. */
  const renewed = async (context: Context, session: SessionRow): Promise<string> => {
    const token = newSessionToken();
    await rotateSession(context.tx, session, token, context.now, false);
    return giveSession(core, token, context.now, session.expires_at);
  };

  return {
    changePassword: (context, { body }) =>
      withPassword(context, body.current, async (session) => {
        requireGoodPassword(body.next, [session.email, session.name], "next");
        await setPasswordHash(context.tx, session.id, await hashPassword(body.next), context.now);
        const ended = await endSessions(context.tx, session.id, { except: session.session_id });
        await note(context, session, "access.password-changed", { sessionsEnded: ended });
        return answer(ownAccountRoutes.changePassword, done, [await renewed(context, session)]);
      }),

    changeProfile: (context, { body }) =>
      own(context, async (session) => {
        await updateProfile(context.tx, session.id, body, context.now);
        await note(context, session, "access.profile-changed", { fields: Object.keys(body) });
        return {
          name: body.name ?? session.name,
          language: body.language === undefined ? session.language : body.language,
        };
      }),

    twoFactor: (context) =>
      own(context, async (session) => ({
        on: await hasTwoFactor(context.tx, session.id),
        hasPassword: (await findPasswordHash(context.tx, session.id)) !== null,
      })),

    startTwoFactor: (context, { body }) =>
      withPassword(context, body.password, async (session) => {
        if (await hasTwoFactor(context.tx, session.id)) throw new Problem(accessProblems["two-factor-on"]);
        const asked = await ask(
          api.enableTwoFactor({
            body: { password: body.password },
            headers: libraryHeaders(core, context.request, session),
            returnHeaders: true,
          }),
        );
        if (!asked.ok || asked.value.method !== "totp") throw new Problem(accessProblems["wrong-password"]);
        const { totpURI, backupCodes } = asked.value;
        return answer(ownAccountRoutes.startTwoFactor, { uri: totpURI, backupCodes }, []);
      }),

    confirmTwoFactor: (context, { body }) =>
      own(context, async (session) => {
        const attempt = await beginAttempt(core, context, session.email);
        const code = body.code.replace(/\s/g, "");
        const fresh = await spendCode(context.tx, session.id, codeDigest(core, session.id, code), context.now);
        const asked = await ask(
          api.verifyTOTP({
            body: { code },
            headers: libraryHeaders(core, context.request, session),
            returnHeaders: true,
          }),
        );
        if (!asked.ok && asked.reason === "TOTP_NOT_ENABLED") throw new Problem(accessProblems["two-factor-off"]);
        if (!asked.ok || !fresh) {
          await attempt.failed("code", session.id, session.id);
          return refusal(new Problem(accessProblems["bad-code"]), context.requestId);
        }
        await attempt.succeeded();
        await note(context, session, "access.two-factor-on");
        // The library has started a new session in place of the old one.
        const token = core.cookies.read({ headers: new Headers({ cookie: cookieHeader(asked.cookies) }) });
        if (!token) throw new Problem(commonProblems.internal);
        await startSession(context.tx, token, context.now);
        return answer(ownAccountRoutes.confirmTwoFactor, done, [giveSession(core, token, context.now)]);
      }),

    disableTwoFactor: (context, { body }) =>
      withPassword(context, body.password, async (session) => {
        if (!(await hasTwoFactor(context.tx, session.id))) throw new Problem(accessProblems["two-factor-off"]);
        await removeTwoFactor(context.tx, session.id);
        await note(context, session, "access.two-factor-off");
        return answer(ownAccountRoutes.disableTwoFactor, done, [await renewed(context, session)]);
      }),

    newBackupCodes: (context, { body }) =>
      withPassword(context, body.password, async (session) => {
        if (!(await hasTwoFactor(context.tx, session.id))) throw new Problem(accessProblems["two-factor-off"]);
        const asked = await ask(
          api.generateBackupCodes({
            body: { password: body.password },
            headers: libraryHeaders(core, context.request, session),
            returnHeaders: true,
          }),
        );
        if (!asked.ok) throw new Problem(accessProblems["wrong-password"]);
        await note(context, session, "access.backup-codes-made");
        return answer(ownAccountRoutes.newBackupCodes, { backupCodes: asked.value.backupCodes }, []);
      }),

    passkeys: (context) =>
      own(context, async (session) => ({
        items: (await listPasskeys(context.tx, session.id)).map((row) => ({
          id: row.id,
          name: row.name,
          madeAt: row.created_at,
          synchronised: row.backed_up,
        })),
      })),

    passkeyOptions: (context) =>
      own(context, async (session) => {
        const headers = libraryHeaders(core, context.request, session);
        const asked = await ask(api.generatePasskeyRegistrationOptions({ headers, query: {}, returnHeaders: true }));
        if (!asked.ok) throw new Problem(accessProblems["bad-passkey"]);
        return answer(ownAccountRoutes.passkeyOptions, { ...asked.value }, asked.cookies);
      }),

    addPasskey: (context, { body }) =>
      own(context, async (session) => {
        const asked = await ask(
          api.verifyPasskeyRegistration({
            body: { response: body.credential, name: body.name },
            headers: libraryHeaders(core, context.request, session),
            returnHeaders: true,
          }),
        );
        if (!asked.ok) return refusal(new Problem(accessProblems["bad-passkey"]), context.requestId);
        const { id } = asked.value;
        await note(context, session, "access.passkey-added", { passkey: id });
        const row = (await listPasskeys(context.tx, session.id)).find((passkey) => passkey.id === id);
        if (!row) throw new Problem(accessProblems["bad-passkey"]);
        const passkey = { id, name: row.name, madeAt: row.created_at, synchronised: row.backed_up };
        return answer(ownAccountRoutes.addPasskey, passkey, []);
      }),

    removePasskey: (context, { params }) =>
      own(context, async (session) => {
        if (!(await deletePasskey(context.tx, session.id, params.id))) throw new Problem(commonProblems["not-found"]);
        await note(context, session, "access.passkey-removed", { passkey: params.id });
        return done;
      }),

    tokens: (context) =>
      own(context, async (session) => ({ items: (await listTokens(context.tx, session.id)).map(tokenInfo) })),

    createToken: (context, { body }) =>
      own(context, async (session) => {
        const scopes = [...new Set(body.scopes)].sort();
        const missing = scopes.filter((scope) => !context.caller.rights.has(scope));
        if (missing.length > 0) throw new Problem(accessProblems["scope-not-held"], { scopes: missing });
        const secret = tokenPrefix + randomBytes(32).toString("base64url");
        const id = newId();
        const expiresAt = new Date(context.now.getTime() + body.days * 86_400_000);
        await insertToken(context.tx, {
          id,
          accountId: session.id,
          name: body.name,
          secret,
          scopes,
          now: context.now,
          expiresAt,
        });
        await note(context, session, "access.token-made", { token: id, scopes, days: body.days });
        const row = (await listTokens(context.tx, session.id)).find((token) => token.id === id);
        if (!row) throw new Problem(commonProblems.internal);
        return answer(ownAccountRoutes.createToken, { secret, token: tokenInfo(row) }, []);
      }),

    revokeToken: (context, { params }) =>
      own(context, async (session) => {
        if (!(await deleteToken(context.tx, session.id, params.id))) throw new Problem(commonProblems["not-found"]);
        await note(context, session, "access.token-revoked", { token: params.id });
        return done;
      }),

    sessions: (context) =>
      own(context, async (session) => ({
        items: (await listSessions(context.tx, session.id, context.now)).map((row) => ({
          id: row.id,
          current: row.id === session.session_id,
          startedAt: row.created_at,
          lastSeenAt: row.last_seen_at,
          endsAt: row.expires_at,
          userAgent: row.user_agent,
        })),
      })),

    revokeSession: (context, { params }) =>
      own(context, async (session) => {
        if ((await endSessions(context.tx, session.id, { only: params.id })) === 0)
          throw new Problem(commonProblems["not-found"]);
        await note(context, session, "access.session-revoked", { session: params.id });
        return done;
      }),
  };
}
