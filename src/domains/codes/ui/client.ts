import { createClient } from "../../../platform/contract/client.ts";
import { routes } from "../contract.ts";

/** The client of the code lists. */
export const codes = createClient(routes);
