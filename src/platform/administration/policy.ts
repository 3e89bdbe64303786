import { administers } from "../access/policy.ts";
import type { Context } from "../http/handler.ts";
import { commonProblems, Problem } from "../kernel/problem.ts";

/**
 * Refuses whoever does not administer the whole node: wordings and node settings hold for every country.
 * @throws Problem `common.forbidden`
 */
export function demandNode(context: Pick<Context, "caller">): void {
  if (!administers(context.caller, null)) throw new Problem(commonProblems.forbidden);
}

/** By whom and when, for an event. */
export function changeOf(context: Context): { accountId: string | null; now: Date } {
  return { accountId: context.caller.account?.id ?? null, now: context.now };
}
