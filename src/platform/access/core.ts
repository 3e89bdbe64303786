import { isAPIError } from "better-auth/api";
import type { Route, RouteOutput } from "../contract/route.ts";
import { sensitivityOfRank } from "../contract/sensitivity.ts";
import type { Database } from "../database/types.ts";
import type { Context } from "../http/handler.ts";
import { problemResponse } from "../http/problems.ts";
import type { Clock } from "../kernel/clock.ts";
import { commonProblems, Problem } from "../kernel/problem.ts";
import { type Auth, sessionLife } from "./auth.ts";
import type { SessionInfo } from "./contract.ts";
import type { SessionCookies } from "./cookies.ts";
import { type AccountSummary, type Caller, callerOf, type Rights } from "./model.ts";
import { accessProblems } from "./problems.ts";
import { findSession, type SessionRow } from "./session-store.ts";
import type { AccountRow } from "./store.ts";

/** What the parts of this folder share. */
export interface Core {
  database: Database;
  auth: Auth;
  cookies: SessionCookies;
  rights: Rights;
  secret: string;
  publicAddress: string;
  clock: Clock;
  /** The network address of a request's sender, when the server can tell. */
  clientAddress: (request: Request) => string | null;
}

/** What others may see of an account. */
export function summaryOf(account: Pick<AccountRow, keyof AccountSummary>): AccountSummary {
  const { id, name, email, language } = account;
  return { id, name, email, language };
}

/** The caller that an account is, with the scopes of its token when it came with one. */
export function callerOfAccount(core: Core, account: AccountRow, scopes: readonly string[] | null = null): Caller {
  const grants = account.grants.map(({ role, country, organisation }) => ({ role, country, organisation }));
  return callerOf(summaryOf(account), grants, core.rights, scopes);
}

/** The answer of the session routes. */
export function sessionInfo(caller: Caller): SessionInfo {
  return {
    account: caller.account,
    roles: caller.account ? caller.grants.map((grant) => ({ ...grant })) : [],
    rights: [...caller.rights].sort(),
    clearance: sensitivityOfRank(caller.claims.baseLevel),
    clearances: Object.fromEntries(
      Object.entries(caller.claims.countryLevels)
        .filter(([, level]) => level > caller.claims.baseLevel)
        .map(([country, level]) => [country, sensitivityOfRank(level)]),
    ),
  };
}

/** An answer that also sets cookies; its body is checked against the contract. */
export function answer<R extends Route>(route: R, body: RouteOutput<R>, cookies: readonly string[]): Response {
  const response = Response.json(route.output?.parse(body), { headers: { "cache-control": "no-store" } });
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

/**
 * A refusal that keeps what its transaction wrote: a failed attempt counts, although the request fails. A thrown
 * problem would roll that back.
 */
export function refusal(problem: Problem, requestId: string): Response {
  return problemResponse(problem, requestId);
}

/** What the account library answered: a value with the cookies it wants set, or its reason to refuse. */
export type Asked<T> = { ok: true; value: T; cookies: string[] } | { ok: false; reason: string };

/** Calls the account library and turns its refusals into values; other failures are thrown on. */
export async function ask<T>(call: Promise<{ headers: Headers; response: T }>): Promise<Asked<T>> {
  try {
    const { headers, response } = await call;
    return { ok: true, value: response, cookies: headers.getSetCookie() };
  } catch (cause) {
    if (!isAPIError(cause)) throw cause;
    return { ok: false, reason: String(cause.body?.code ?? cause.status) };
  }
}

/** The `cookie` header with which a browser would come back after `set-cookie` headers. */
export function cookieHeader(setCookies: readonly string[]): string {
  return setCookies
    .map((cookie) => cookie.split(";", 1)[0] ?? "")
    .filter((pair) => pair !== "" && !pair.endsWith("="))
    .join("; ");
}

/** Headers that present a session, and the request's other cookies, to the account library. */
export function libraryHeaders(core: Core, request: Request, session: Pick<SessionRow, "token"> | null): Headers {
  const others = (request.headers.get("cookie") ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "" && !pair.split("=", 1)[0]?.endsWith("session_token"));
  const headers = new Headers();
  const cookie = [...others, ...(session ? [core.cookies.present(session.token)] : [])].join("; ");
  if (cookie !== "") headers.set("cookie", cookie);
  const agent = request.headers.get("user-agent");
  if (agent) headers.set("user-agent", agent.slice(0, 300));
  return headers;
}

/** The `set-cookie` header for a session that starts or changes its token now. */
export function giveSession(core: Core, token: string, now: Date, endsAt?: string): string {
  return core.cookies.give(
    token,
    endsAt ? new Date(endsAt) : new Date(now.getTime() + sessionLife.absolute * 1000),
    now,
  );
}

/**
 * The session in which a person asks. To be called inside `elevated`.
 * @throws Problem `common.unauthenticated`, or `access.session-needed` when a program's token was used
 */
export async function ownSession(core: Core, { caller, request, tx, now }: Context): Promise<SessionRow> {
  if (!caller.account) throw new Problem(commonProblems.unauthenticated);
  if (caller.scopes !== null) throw new Problem(accessProblems["session-needed"]);
  const token = core.cookies.read(request);
  const session = token === null ? null : await findSession(tx, token, now);
  if (session?.id !== caller.account.id) throw new Problem(commonProblems.unauthenticated);
  return session;
}
