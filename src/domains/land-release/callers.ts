import type { Context } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import type { Actor } from "./actions.ts";
import type { rights } from "./contract.ts";

/** Who acts, and when. */
export const actorOf = (context: Context): Actor => ({
  accountId: context.caller.account?.id ?? null,
  now: context.now,
});

/** Refuses a caller who lacks a right in a country. @throws Problem `common.forbidden` */
export function demand(context: Context, right: keyof typeof rights, country: string): void {
  if (!context.caller.can(right, country)) throw new Problem(commonProblems.forbidden);
}
