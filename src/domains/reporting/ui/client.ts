import { createClient } from "../../../platform/contract/client.ts";
import { routes } from "../contract.ts";
import { scheduleRoutes } from "../contract-schedules.ts";

/** The client of reports. */
export const reporting = createClient(routes);

/** The client of schedules of reports. */
export const reportSchedules = createClient(scheduleRoutes);
