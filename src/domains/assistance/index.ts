import { type Implementation, implement } from "../../platform/http/handler.ts";
import type { Vault } from "../../platform/vault/index.ts";
import { rights, routes } from "./contract.ts";
import { referralRoutes } from "./contract-referral.ts";
import { caseHandlers } from "./handlers.ts";
import { referralHandlers } from "./referral-handlers.ts";

export { openCase, setCause } from "./cases.ts";
export { addNeed, addService, stepNeed } from "./needs.ts";
export { type PastCase, type PastNeed, type PastReferral, recordPastCases } from "./past.ts";
export { addFollowUp, addGoal } from "./plans.ts";
export { createReferral, stepReferral } from "./referrals.ts";
export { settings } from "./settings.ts";
export { waiting } from "./waiting-work.ts";
export { rights };

/** The routes of the domain with their handlers, over a node's vault. */
export function createAssistance(vault: Vault): readonly Implementation[] {
  return [implement(routes, caseHandlers), implement(referralRoutes, referralHandlers(vault))];
}
