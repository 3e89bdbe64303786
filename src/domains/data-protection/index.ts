import { type Implementation, implement } from "../../platform/http/handler.ts";
import type { Vault } from "../../platform/vault/index.ts";
import { routes } from "./contract.ts";
import { dataProtectionHandlers } from "./handlers.ts";

export { hasConsent, recordConsent, recordDisclosure, saveWording, withdrawConsent } from "./consents.ts";
export { dataProtectionProblems, rights } from "./contract.ts";
export { type Acting, concludeSearch, forgetNotes, type Opening, openIdentity } from "./openings.ts";
export { type PastDisclosure, recordPastConsents, recordPastDisclosures } from "./past.ts";
export { decideRequest, enterRequest, finishRequest } from "./requests.ts";
export { settings } from "./settings.ts";
export { waiting } from "./waiting-work.ts";

/** The routes of the domain with their handlers, over a node's vault. */
export function createDataProtection(vault: Vault): Implementation {
  return implement(routes, dataProtectionHandlers(vault));
}
