import { createClient } from "../../../platform/contract/client.ts";
import { routes } from "../contract.ts";

/** The client of reports. */
export const reporting = createClient(routes);
