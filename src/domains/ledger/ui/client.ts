import { createClient } from "../../../platform/contract/client.ts";
import { routes } from "../contract.ts";

/** The client of the ledger. */
export const ledger = createClient(routes);
