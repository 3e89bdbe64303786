import { createClient } from "../../../platform/contract/client.ts";
import { casualtyRoutes, reportRoutes } from "../contract.ts";
import { statisticsRoutes } from "../contract-statistics.ts";

/** The client of the way from draft to approved. */
export const reports = createClient(reportRoutes);

/** The client of casualties. */
export const casualtyClient = createClient(casualtyRoutes);

/** The client of figures. */
export const figures = createClient(statisticsRoutes);
