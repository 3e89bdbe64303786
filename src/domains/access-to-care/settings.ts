import { readSetting, setting } from "../../platform/administration/index.ts";
import type { Tx } from "../../platform/database/types.ts";

const megabytes = setting("access-to-care.megabytes", { kind: "integer", min: 50, max: 64_000 }, 1500);

/** The settings of this domain. */
export const settings = [megabytes];

/** How many megabytes one computation may take on this node. */
export const memoryLimit = (tx: Tx): Promise<number> => readSetting(tx, megabytes);
