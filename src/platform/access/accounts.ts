import type { Tx } from "../database/types.ts";
import { recordEvent } from "../events/index.ts";
import type { Context, Handlers } from "../http/handler.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { newId } from "../kernel/ids.ts";
import { commonProblems, Problem } from "../kernel/problem.ts";
import { type AccountInfo, administrationRoutes, type GrantInput } from "./contract-administration.ts";
import { answer, type Core } from "./core.ts";
import { elevated } from "./elevated.ts";
import { makeLink } from "./links.ts";
import type { Caller } from "./model.ts";
import { administers, mayManage, maySee } from "./policy.ts";
import { accessProblems } from "./problems.ts";
import { endSessions } from "./session-store.ts";
import {
  type AccountListRow,
  type AccountRow,
  deleteGrant,
  findAccount,
  insertAccount,
  insertGrant,
  listAccounts,
  otherAdministrators,
  setDisabled,
} from "./store.ts";

function presentAccount(row: AccountListRow, caller: Caller): AccountInfo {
  const managed = mayManage(caller, row.grants);
  const self = row.id === caller.account?.id;
  const allowed: AccountInfo["allowed"] = [];
  if (managed && !self) allowed.push(row.disabled ? "enable" : "disable");
  if (managed && !row.disabled) allowed.push("reset-link");
  if (maySee(caller, row.grants)) allowed.push("grant");
  if (row.grants.some((grant) => administers(caller, grant.country))) allowed.push("revoke");
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    language: row.language,
    disabled: row.disabled,
    sample: row.sample,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    twoFactor: row.two_factor,
    passkeys: row.passkeys,
    state: row.disabled ? "disabled" : row.has_password || row.last_seen_at !== null ? "active" : "waiting",
    invitationExpiresAt: row.invitation_expires_at,
    grants: row.grants.map(({ id, role, country, organisation }) => ({ id, role, country, organisation })),
    allowed,
  };
}

/**
 * Gives an account a role, and notes it. To be called inside `elevated`.
 * @throws Problem `common.conflict` when it has it already
 */
export async function addGrant(
  tx: Tx,
  accountId: string,
  grant: GrantInput,
  by: { accountId: string | null; now: Date; sample?: boolean },
): Promise<string> {
  const id = newId();
  const made = await insertGrant(tx, {
    id,
    accountId,
    ...grant,
    by: by.accountId,
    now: by.now,
    sample: by.sample ?? false,
  });
  if (!made) throw new Problem(commonProblems.conflict);
  await recordEvent(tx, {
    type: "access.granted",
    country: grant.country,
    subject: { type: "access.account", id: accountId },
    accountId: by.accountId,
    now: by.now,
    payload: { role: grant.role, country: grant.country, organisation: grant.organisation },
  });
  return id;
}

/**
 * Makes an account without a password. To be called inside `elevated`.
 * @throws Problem `access.email-taken`
 */
export async function addAccount(
  tx: Tx,
  account: { name: string; email: string; language: string | null; grants: readonly GrantInput[] },
  by: { accountId: string | null; now: Date; sample?: boolean },
): Promise<string> {
  const id = newId();
  const { name, email, language, grants } = account;
  if (!(await insertAccount(tx, { id, name, email, language, sample: by.sample ?? false, now: by.now })))
    throw new Problem(accessProblems["email-taken"], {}, [{ path: "email", code: "access.email-taken" }]);
  await recordEvent(tx, {
    type: "access.account-created",
    subject: { type: "access.account", id },
    accountId: by.accountId,
    now: by.now,
  });
  for (const grant of grants) await addGrant(tx, id, grant, by);
  return id;
}

/** Opens or closes an account; closing ends its sessions. To be called inside `elevated`. */
export async function changeDisabled(
  tx: Tx,
  account: AccountRow,
  disabled: boolean,
  by: { accountId: string | null; now: Date },
): Promise<void> {
  if (disabled && account.grants.some((grant) => grant.role === "administrator" && grant.country === null)) {
    if ((await otherAdministrators(tx, { accountId: account.id })) === 0)
      throw new Problem(accessProblems["last-administrator"]);
  }
  await setDisabled(tx, account.id, disabled, by.now);
  const payload: Json = disabled ? { sessionsEnded: await endSessions(tx, account.id) } : {};
  await recordEvent(tx, {
    type: disabled ? "access.account-disabled" : "access.account-enabled",
    subject: { type: "access.account", id: account.id },
    accountId: by.accountId,
    now: by.now,
    payload,
  });
}

/** The handlers of what administrators do with accounts. */
export function administrationHandlers(core: Core): Handlers<typeof administrationRoutes> {
  const by = ({ caller, now }: Context) => ({ accountId: caller.account?.id ?? null, now });

  /** The account, when the caller sees it; one out of sight is not found. */
  const seen = async ({ tx, caller }: Context, id: string) => {
    const account = await findAccount(tx, { id });
    if (!account || !maySee(caller, account.grants)) throw new Problem(commonProblems["not-found"]);
    return account;
  };
  const managed = async (context: Context, id: string) => {
    const account = await seen(context, id);
    if (!mayManage(context.caller, account.grants)) throw new Problem(commonProblems.forbidden);
    return account;
  };
  const presented = async ({ tx, caller }: Context, id: string): Promise<AccountInfo> => {
    const row = (await listAccounts(tx)).find((account) => account.id === id);
    if (!row) throw new Problem(commonProblems["not-found"]);
    return presentAccount(row, caller);
  };

  return {
    accounts: (context) =>
      elevated(context.tx, async () => ({
        items: (await listAccounts(context.tx))
          .filter((row) => maySee(context.caller, row.grants))
          .map((row) => presentAccount(row, context.caller)),
      })),

    invite: (context, { body }) =>
      elevated(context.tx, async () => {
        const { tx, caller, now } = context;
        if (!body.grants.every((grant) => administers(caller, grant.country)))
          throw new Problem(commonProblems.forbidden);
        const id = await addAccount(tx, { ...body, language: body.language ?? null }, by(context));
        const link = await makeLink(core, tx, {
          accountId: id,
          removesTwoFactor: false,
          by: caller.account?.id ?? null,
          now,
        });
        return answer(administrationRoutes.invite, { account: await presented(context, id), ...link }, []);
      }),

    disable: (context, { params }) =>
      elevated(context.tx, async () => {
        const account = await managed(context, params.id);
        if (account.id === context.caller.account?.id) throw new Problem(accessProblems["not-own-account"]);
        if (!account.disabled) await changeDisabled(context.tx, account, true, by(context));
        return { account: await presented(context, account.id) };
      }),

    enable: (context, { params }) =>
      elevated(context.tx, async () => {
        const account = await managed(context, params.id);
        if (account.disabled) await changeDisabled(context.tx, account, false, by(context));
        return { account: await presented(context, account.id) };
      }),

    makeLink: (context, { params, body }) =>
      elevated(context.tx, async () => {
        const { id } = await managed(context, params.id);
        const { accountId, now } = by(context);
        const link = { accountId: id, removesTwoFactor: body.removeTwoFactor, by: accountId, now };
        return answer(administrationRoutes.makeLink, await makeLink(core, context.tx, link), []);
      }),

    grant: (context, { params, body }) =>
      elevated(context.tx, async () => {
        const account = await seen(context, params.id);
        if (!administers(context.caller, body.country)) throw new Problem(commonProblems.forbidden);
        await addGrant(context.tx, account.id, body, by(context));
        return { account: await presented(context, account.id) };
      }),

    revoke: (context, { params }) =>
      elevated(context.tx, async () => {
        const { tx, caller } = context;
        const account = await seen(context, params.id);
        const grant = account.grants.find(({ id }) => id === params.grant);
        if (!grant) throw new Problem(commonProblems["not-found"]);
        if (!administers(caller, grant.country)) throw new Problem(commonProblems.forbidden);
        const governs = grant.role === "administrator" && grant.country === null;
        if (governs && (await otherAdministrators(tx, { grantId: grant.id })) === 0)
          throw new Problem(accessProblems["last-administrator"]);
        await deleteGrant(tx, grant.id);
        await recordEvent(tx, {
          type: "access.revoked",
          country: grant.country,
          subject: { type: "access.account", id: account.id },
          ...by(context),
          payload: { role: grant.role, country: grant.country, organisation: grant.organisation },
        });
        return { account: await presented(context, account.id) };
      }),
  };
}
