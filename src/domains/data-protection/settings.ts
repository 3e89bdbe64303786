import { readSetting, setting } from "../../platform/administration/index.ts";
import type { Tx } from "../../platform/database/types.ts";
import { adultAge } from "./model.ts";

const scope = { scope: "country" } as const;
const openingsPerHour = setting(
  "data-protection.openings-per-hour",
  { kind: "integer", min: 1, max: 10_000 },
  120,
  scope,
);
const requestDays = setting("data-protection.request-days", { kind: "integer", min: 1, max: 365 }, 30, scope);
const adultFrom = setting("data-protection.adult-age", { kind: "integer", min: 12, max: 25 }, adultAge, scope);

/** The settings of this domain. */
export const settings = [openingsPerHour, requestDays, adultFrom];

/** How many identities and searches an account may open within an hour. */
export const openingsAllowed = (tx: Tx, country: string): Promise<number> => readSetting(tx, openingsPerHour, country);

/** How many days a country gives to answer a request. */
export const daysToAnswer = (tx: Tx, country: string): Promise<number> => readSetting(tx, requestDays, country);

/** From which age people decide alone in a country. */
export const adultAgeOf = (tx: Tx, country: string): Promise<number> => readSetting(tx, adultFrom, country);
