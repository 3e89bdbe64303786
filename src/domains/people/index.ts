import { type Implementation, implement } from "../../platform/http/handler.ts";
import type { Vault } from "../../platform/vault/index.ts";
import { personRoutes, rights, routes } from "./contract.ts";
import { identityHandlers, personHandlers } from "./handlers.ts";

export { personDefinition } from "./definitions.ts";
export { openPerson } from "./open.ts";
export { mayKnow, reaches } from "./policy.ts";
export { type NewPerson, registerPeople } from "./register.ts";
export { rights };

/** The routes of the domain with their handlers, over a node's vault. */
export function createPeople(vault: Vault): readonly Implementation[] {
  return [implement(personRoutes, personHandlers), implement(routes, identityHandlers(vault))];
}
