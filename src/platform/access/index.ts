import type { Database } from "../database/types.ts";
import { programClaims } from "../database/types.ts";
import type { Context, Implementation } from "../http/handler.ts";
import { implement } from "../http/handler.ts";
import { type Clock, systemClock } from "../kernel/clock.ts";
import { commonProblems, Problem } from "../kernel/problem.ts";
import { addAccount, addGrant, administrationHandlers, changeDisabled } from "./accounts.ts";
import { createAuth } from "./auth.ts";
import { authenticate } from "./authenticate.ts";
import { routes, type SystemInfo } from "./contract.ts";
import type { GrantInfo, GrantInput } from "./contract-administration.ts";
import { sessionCookies } from "./cookies.ts";
import { type Core, callerOfAccount } from "./core.ts";
import { elevated } from "./elevated.ts";
import { acceptLink, lookAtLink, makeLink } from "./links.ts";
import type { Caller, Rights, Role } from "./model.ts";
import { createOidcSignIn, type OidcProvider } from "./oidc.ts";
import { checkOrigin } from "./origin.ts";
import { ownAccountHandlers, requireGoodPassword } from "./own-account.ts";
import { hashPassword } from "./passwords.ts";
import { createSampleAccounts, removeSampleAccounts, type SampleAccount, sampleAccounts } from "./sample-accounts.ts";
import { currentSession, passkeySignIn, passkeySignInOptions, signIn, signOut } from "./sign-in.ts";
import { type AccountRow, findAccount, listAccounts, setPasswordHash } from "./store.ts";

export type { GrantInput } from "./contract-administration.ts";
export type { Caller, Grant, Rights, Role } from "./model.ts";
export { type OidcProvider, oidcProviders } from "./oidc.ts";
export { rights } from "./rights.ts";
export { nodeSecret } from "./secret.ts";

/** What the program knows of the node beside its accounts; the sign-in part is filled here. */
export type SystemDescription = Omit<SystemInfo, "signIn">;

/** What accounts and access depend on. */
export interface AccessSettings {
  database: Database;
  /** Every right that the program's contracts declare, this area's included. */
  rights: Rights;
  secret: string;
  /** Where people reach the node; decides cookies, links and passkeys. */
  publicAddress: string;
  /** Answers what `GET /api/system` says of the node. */
  describeSystem: (context: Context) => Promise<SystemDescription>;
  clock?: Clock;
  oidc?: readonly OidcProvider[];
  /** The network address of a request's sender; without it failures count per account only. */
  clientAddress?: (request: Request) => string | null;
}

/** An account for the command line. */
export interface ListedAccount {
  id: string;
  name: string;
  email: string;
  disabled: boolean;
  sample: boolean;
  twoFactor: boolean;
  grants: GrantInfo[];
}

/** Accounts and access of one node. */
export interface Access {
  /** Who sends a request; not to be called inside a transaction. @throws Problem `common.unauthenticated` for a bad token */
  authenticate(request: Request): Promise<Caller>;
  /** Who an account is now, with what it is granted now; null when it is closed or gone. For work that was put off. */
  callerById(accountId: string): Promise<Caller | null>;
  /** @throws Problem `common.forbidden` when another site's page sends a change */
  checkOrigin(request: Request): void;
  /** The routes of the contract. They write, and answer refusals that keep what they wrote as finished responses. */
  implementation: Implementation;
  /** Signing in through other services; null for every other request. To be asked before the routes, outside a transaction. */
  handleOidc(request: Request): Promise<Response | null>;
  signInProviders: readonly { id: string; name: string }[];
  /** Makes an account; without a password it comes with an invitation. @throws Problem `access.email-taken` */
  createAccount(account: {
    name: string;
    email: string;
    language?: string | null;
    password?: string;
    grants?: readonly GrantInput[];
  }): Promise<{ id: string; invitation: { link: string; expiresAt: string } | null }>;
  /** @throws Problem `common.not-found` for an unknown address, `common.conflict` when it is granted already */
  grant(email: string, grant: GrantInput): Promise<void>;
  /** @throws Problem `common.not-found` for an unknown address */
  resetLink(email: string, options?: { removeTwoFactor?: boolean }): Promise<{ link: string; expiresAt: string }>;
  /** @throws Problem `common.not-found`, `access.last-administrator` */
  setDisabled(email: string, disabled: boolean): Promise<void>;
  listAccounts(): Promise<ListedAccount[]>;
  createSampleAccounts(options: {
    country: string;
    organisations?: Partial<Record<Role, string>>;
    nameOf?: (role: Role) => string;
  }): Promise<SampleAccount[]>;
  /** The sample accounts of a country with their password, whether or not they were made. */
  sampleAccounts(country: string): SampleAccount[];
  removeSampleAccounts(): Promise<number>;
}

/** Sets up accounts and access over a migrated database. */
export function createAccess(settings: AccessSettings): Access {
  const { database, secret, publicAddress, rights, oidc = [], clock = systemClock } = settings;
  const core: Core = {
    database,
    auth: createAuth(settings),
    cookies: sessionCookies(secret, publicAddress),
    rights,
    secret,
    publicAddress,
    clock,
    clientAddress: settings.clientAddress ?? (() => null),
  };
  const signInProviders = oidc.map(({ id, name }) => ({ id, name }));
  const oidcSignIn = createOidcSignIn(settings, oidc, clock);

  const asProgram = <T>(work: Parameters<typeof database.transaction<T>>[1]): Promise<T> =>
    database.transaction(programClaims, (tx) => elevated(tx, () => work(tx)));

  const handlers = implement(routes, {
    system: async (context) => ({
      ...(await settings.describeSystem(context)),
      signIn: { passkey: true, oidc: signInProviders },
    }),
    session: currentSession(core),
    signIn: signIn(core),
    signOut: signOut(core),
    passkeySignInOptions: passkeySignInOptions(core),
    passkeySignIn: passkeySignIn(core),
    lookAtLink: lookAtLink(),
    acceptLink: acceptLink(core),
    ...ownAccountHandlers(core),
    ...administrationHandlers(core),
  });

  /** Runs work on the account of an address as the program itself. */
  const onAccount = <T>(
    email: string,
    work: (tx: Parameters<Parameters<typeof asProgram>[0]>[0], account: AccountRow) => Promise<T>,
  ): Promise<T> =>
    asProgram(async (tx) => {
      const account = await findAccount(tx, { email });
      if (!account) throw new Problem(commonProblems["not-found"]);
      return work(tx, account);
    });
  const byProgram = () => ({ accountId: null, now: clock() });

  return {
    authenticate: (request) => authenticate(core, request),
    callerById: async (id) => {
      const account = await asProgram((tx) => findAccount(tx, { id }));
      return account && !account.disabled ? callerOfAccount(core, account) : null;
    },
    checkOrigin: (request) => checkOrigin(request, publicAddress),
    implementation: handlers,
    handleOidc: (request) => oidcSignIn.handle(request),
    signInProviders,
    createAccount: ({ name, email, language = null, password, grants = [] }) =>
      asProgram(async (tx) => {
        const by = byProgram();
        if (password !== undefined) requireGoodPassword(password, [email, name], "password");
        const id = await addAccount(tx, { name, email, language, grants }, by);
        if (password === undefined) {
          return {
            id,
            invitation: await makeLink(core, tx, { accountId: id, removesTwoFactor: false, by: null, now: by.now }),
          };
        }
        await setPasswordHash(tx, id, await hashPassword(password), by.now);
        return { id, invitation: null };
      }),
    grant: (email, grant) => onAccount(email, async (tx, { id }) => void (await addGrant(tx, id, grant, byProgram()))),
    resetLink: (email, { removeTwoFactor = false } = {}) =>
      onAccount(email, (tx, { id }) =>
        makeLink(core, tx, { accountId: id, removesTwoFactor: removeTwoFactor, by: null, now: clock() }),
      ),
    setDisabled: (email, disabled) =>
      onAccount(email, async (tx, account) => {
        if (account.disabled !== disabled) await changeDisabled(tx, account, disabled, byProgram());
      }),
    listAccounts: () =>
      asProgram(async (tx) =>
        (await listAccounts(tx)).map(({ id, name, email, disabled, sample, two_factor, grants }) => ({
          id,
          name,
          email,
          disabled,
          sample,
          twoFactor: two_factor,
          grants,
        })),
      ),
    createSampleAccounts: (options) => createSampleAccounts(core, options),
    sampleAccounts: (country) => sampleAccounts(secret, country),
    removeSampleAccounts: () => removeSampleAccounts(database, clock()),
  };
}
