import { betterAuth } from "better-auth";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { programClaims } from "../database/types.ts";
import { recordEvent } from "../events/index.ts";
import { problemResponse } from "../http/problems.ts";
import type { Clock } from "../kernel/clock.ts";
import { newId } from "../kernel/ids.ts";
import { defineProblems, Problem } from "../kernel/problem.ts";
import { type AuthSettings, authOptions } from "./auth.ts";

export const oidcProblems = defineProblems("access", {
  "oidc-unknown": 404,
  "oidc-unreachable": 503,
  "oidc-setting": 500,
});

/** Another service whose accounts open ours. */
export interface OidcProvider {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Its addresses are taken as verified although it does not say so. */
  trustEmail: boolean;
}

/**
 * Reads providers from settings named `SANTI_OIDC_<ID>_ISSUER`, `_CLIENT_ID`, `_CLIENT_SECRET`, and optionally `_NAME`
 * and `_TRUST_EMAIL=true`.
 * @throws Problem `access.oidc-setting` naming the setting that is missing or no address
 */
export function oidcProviders(environment: Readonly<Record<string, string | undefined>>): OidcProvider[] {
  return Object.keys(environment)
    .map((key) => /^SANTI_OIDC_([A-Z0-9]+)_ISSUER$/.exec(key)?.[1])
    .filter((id) => id !== undefined)
    .sort()
    .map((id) => {
      const read = (name: string) => {
        const setting = `SANTI_OIDC_${id}_${name}`;
        const value = environment[setting];
        if (!value) throw new Problem(oidcProblems["oidc-setting"], { setting });
        return value;
      };
      const issuer = read("ISSUER").replace(/\/+$/, "");
      if (!URL.canParse(issuer))
        throw new Problem(oidcProblems["oidc-setting"], { setting: `SANTI_OIDC_${id}_ISSUER` });
      return {
        id: id.toLowerCase(),
        name: environment[`SANTI_OIDC_${id}_NAME`] || new URL(issuer).host,
        issuer,
        clientId: read("CLIENT_ID"),
        clientSecret: read("CLIENT_SECRET"),
        trustEmail: environment[`SANTI_OIDC_${id}_TRUST_EMAIL`] === "true",
      };
    });
}

/** Only a path of this node may follow a sign-in. */
function safePath(path: string | null): string {
  return path !== null && /^\/(?![/\\])/.test(path) ? path : "/";
}

function createOidcAuth(settings: AuthSettings, provider: OidcProvider, clock: Clock) {
  const options = authOptions(settings);
  return betterAuth({
    ...options,
    account: { ...options.account, accountLinking: { trustedProviders: provider.trustEmail ? [provider.id] : [] } },
    databaseHooks: {
      session: {
        create: {
          ...options.databaseHooks.session.create,
          async after(session) {
            await settings.database.transaction(programClaims, (tx) =>
              recordEvent(tx, {
                type: "access.signed-in",
                subject: { type: "access.account", id: session.userId },
                accountId: session.userId,
                now: clock(),
                payload: { method: `oidc:${provider.id}` },
              }),
            );
          },
        },
      },
    },
    plugins: [
      genericOAuth({
        config: [
          {
            providerId: provider.id,
            name: provider.name,
            discoveryUrl: `${provider.issuer}/.well-known/openid-configuration`,
            clientId: provider.clientId,
            clientSecret: provider.clientSecret,
            scopes: ["openid", "email", "profile"],
            pkce: true,
            requireIdTokenVerification: true,
            // Accounts are made by invitation; the service only proves who somebody is.
            disableSignUp: true,
          },
        ],
      }),
    ],
  });
}

/** Signing in through other services, outside the routes of the contract because browsers are sent to and fro. */
export interface OidcSignIn {
  /** Answers `GET /api/session/oidc/<id>?from=/path` and `GET /api/auth/callback/<id>`, else null. */
  handle(request: Request): Promise<Response | null>;
}

/**
 * Prepares signing in through other services. A service is asked for its addresses at the first use, and again after a
 * failure, so that the node starts without it. Nothing here runs inside a transaction while the service answers.
 */
export function createOidcSignIn(settings: AuthSettings, providers: readonly OidcProvider[], clock: Clock): OidcSignIn {
  type OidcAuth = ReturnType<typeof createOidcAuth>;
  const ready = new Map<string, Promise<OidcAuth>>();

  const open = (provider: OidcProvider): Promise<OidcAuth> => {
    const known = ready.get(provider.id);
    if (known) return known;
    const opening = (async () => {
      const auth = createOidcAuth(settings, provider, clock);
      const { socialProviders } = await auth.$context;
      if (!socialProviders.some(({ id }) => id === provider.id))
        throw new Problem(oidcProblems["oidc-unreachable"], { name: provider.name });
      return auth;
    })();
    ready.set(provider.id, opening);
    opening.catch(() => ready.delete(provider.id));
    return opening;
  };

  return {
    async handle(request) {
      if (request.method !== "GET") return null;
      const url = new URL(request.url);
      const [, action, id] = /^\/api\/(session\/oidc|auth\/callback)\/([a-z0-9]+)$/.exec(url.pathname) ?? [];
      if (id === undefined) return null;
      const provider = providers.find((candidate) => candidate.id === id);
      if (!provider) return problemResponse(new Problem(oidcProblems["oidc-unknown"], { id }), newId());
      try {
        const auth = await open(provider);
        if (action === "auth/callback") return await auth.handler(request);
        const { headers, response } = await auth.api.signInSocial({
          body: {
            provider: id,
            callbackURL: safePath(url.searchParams.get("from")),
            errorCallbackURL: "/sign-in",
            disableRedirect: true,
          },
          headers: new Headers(),
          returnHeaders: true,
        });
        const answer = new Response(null, { status: 302, headers: { "cache-control": "no-store" } });
        if (response.url) answer.headers.set("location", response.url);
        for (const cookie of headers.getSetCookie()) answer.headers.append("set-cookie", cookie);
        return answer;
      } catch (cause) {
        if (cause instanceof Problem) return problemResponse(cause, newId());
        throw cause;
      }
    },
  };
}
