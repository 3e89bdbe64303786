import { readSetting, setting } from "../../platform/administration/index.ts";
import type { Tx } from "../../platform/database/types.ts";

const alertHours = setting("assessments.alert-hours", { kind: "integer", min: 1, max: 168 }, 24, { scope: "country" });

/** The settings of this domain. */
export const settings = [alertHours];

/** Within how many hours somebody must have taken a safety alert. */
export function hoursToTake(tx: Tx, country: string): Promise<number> {
  return readSetting(tx, alertHours, country);
}
