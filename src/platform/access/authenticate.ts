import { commonProblems, Problem } from "../kernel/problem.ts";
import { type Core, callerOfAccount } from "./core.ts";
import { type Caller, callerOf } from "./model.ts";
import { findByToken, findSession, touchSession, touchToken } from "./session-store.ts";

/** Use is noted at most once in this many milliseconds. */
const noteEvery = 60_000;

/**
 * Finds out who sends a request: an API token in `Authorization: Bearer …`, or the session cookie, or nobody. One
 * statement answers it, so a revoked session, a disabled account or a changed grant is in force at the next request.
 * Not to be called inside a transaction.
 * @throws Problem `common.unauthenticated` for a token that is unknown, expired or of a disabled account; a dead session
 * is just nobody, so that public pages stay readable
 */
export async function authenticate(core: Core, request: Request): Promise<Caller> {
  const now = core.clock();
  const db = core.database.owner;
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (bearer !== undefined) {
    const found = await findByToken(db, bearer, now);
    if (!found) throw new Problem(commonProblems.unauthenticated);
    if (now.getTime() - new Date(found.last_used_at ?? 0).getTime() > noteEvery)
      await touchToken(db, found.token_id, now);
    return callerOfAccount(core, found, found.scopes);
  }
  const token = core.cookies.read(request);
  const session = token === null ? null : await findSession(db, token, now);
  if (!session) return callerOf(null, [], core.rights);
  if (now.getTime() - new Date(session.last_seen_at).getTime() > noteEvery)
    await touchSession(db, session.session_id, now);
  return callerOfAccount(core, session);
}
