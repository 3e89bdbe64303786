import { readSetting, setting } from "../../platform/administration/index.ts";
import type { Tx } from "../../platform/database/types.ts";

const staleMonths = setting("services.stale-months", { kind: "integer", min: 1, max: 120 }, 12, { scope: "country" });

/** The settings of this domain. */
export const settings = [staleMonths];

/** After how many months without verification a country holds an entry for stale. */
export const staleAfter = (tx: Tx, country: string): Promise<number> => readSetting(tx, staleMonths, country);
