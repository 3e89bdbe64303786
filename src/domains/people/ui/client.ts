import { createClient } from "../../../platform/contract/client.ts";
import { routes } from "../contract.ts";

/** The client of identities. */
export const people = createClient(routes);
