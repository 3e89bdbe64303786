import { createClient } from "../../contract/client.ts";
import { routes as jobRoutes } from "../../jobs/contract.ts";
import { routes } from "../contract.ts";

/** The client of audit log, settings and wordings. */
export const administration = createClient(routes);

/** The client of jobs. */
export const jobs = createClient(jobRoutes);
