import { readSetting, setting } from "../../platform/administration/index.ts";
import type { Tx } from "../../platform/database/types.ts";

const scope = { scope: "country" } as const;
const amputated = setting(
  "accidents.amputated",
  { kind: "choice", values: ["apart", "within-injured"], labels: "accidents.amputated" },
  "apart",
  scope,
);
const threshold = setting("accidents.smallest-count", { kind: "integer", min: 2, max: 100 }, 5, scope);
const exportK = setting("accidents.smallest-class", { kind: "integer", min: 2, max: 100 }, 5, scope);
const verifierApproves = setting("accidents.verifier-may-approve", { kind: "boolean" }, false, scope);

/** The settings of this domain. */
export const settings = [amputated, threshold, exportK, verifierApproves];

/** Whether a country counts people who lost a limb apart from other injured, or among them. */
export const amputatedIn = (tx: Tx, country: string) => readSetting(tx, amputated, country);

/** Counts below this are hidden from the public and from who is not cleared for restricted facts. */
export const smallestCount = (tx: Tx, country: string): Promise<number> => readSetting(tx, threshold, country);

/** How many records must share their key values before records of casualties leave the system. */
export const smallestClass = (tx: Tx, country: string): Promise<number> => readSetting(tx, exportK, country);

/** Whether somebody who verified an accident may also approve it. */
export const verifierMayApprove = (tx: Tx, country: string): Promise<boolean> =>
  readSetting(tx, verifierApproves, country);
