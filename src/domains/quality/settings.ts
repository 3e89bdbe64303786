import { readSetting, setting } from "../../platform/administration/index.ts";
import type { Tx } from "../../platform/database/types.ts";
import type { Severity } from "./model.ts";
import { type ScreeningLimits, shippedLimits } from "./screening.ts";

const days = (severity: Severity, fallback: number) =>
  setting(`quality.days.${severity}`, { kind: "integer", min: 1, max: 730 }, fallback, { scope: "country" });

const deadlines = { critical: days("critical", 7), major: days("major", 30), minor: days("minor", 90) };

const rate = (method: string) =>
  setting(
    `quality.rate.${method}`,
    { kind: "integer", min: 1, max: 100_000_000 },
    shippedLimits.squareMetresPerDeminerDay[method] ?? 5000,
    { scope: "country" },
  );

const rates = Object.keys(shippedLimits.squareMetresPerDeminerDay).map((method) => ({ method, of: rate(method) }));

const repeatedDays = setting(
  "quality.screening.repeated-days",
  { kind: "integer", min: 2, max: 60 },
  shippedLimits.repeatedDays,
  { scope: "country" },
);
const trackOutside = setting(
  "quality.screening.track-outside-percent",
  { kind: "integer", min: 1, max: 100 },
  Math.round(shippedLimits.trackOutsideShare * 100),
  { scope: "country" },
);

/** The settings of this domain. */
export const settings = [...Object.values(deadlines), ...rates.map(({ of }) => of), repeatedDays, trackOutside];

/** How many days a country gives to correct a non-conformity. */
export function daysFor(tx: Tx, country: string, severity: Severity): Promise<number> {
  return readSetting(tx, deadlines[severity], country);
}

/** The limits of plausibility screening in force in a country. */
export async function screeningLimits(tx: Tx, country: string): Promise<ScreeningLimits> {
  const squareMetresPerDeminerDay: Record<string, number> = {};
  for (const { method, of } of rates) squareMetresPerDeminerDay[method] = await readSetting(tx, of, country);
  return {
    ...shippedLimits,
    squareMetresPerDeminerDay,
    repeatedDays: await readSetting(tx, repeatedDays, country),
    trackOutsideShare: (await readSetting(tx, trackOutside, country)) / 100,
  };
}
