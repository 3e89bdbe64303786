import { createClient } from "../../../platform/contract/client.ts";
import { routes } from "../contract.ts";

/** The client of data protection. */
export const protection = createClient(routes);
