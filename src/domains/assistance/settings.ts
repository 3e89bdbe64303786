import { readSetting, setting } from "../../platform/administration/index.ts";
import type { Tx } from "../../platform/database/types.ts";
import { type ClockedState, type Clocks, clockedStates, shippedClocks } from "./model-referral.ts";

const scope = { scope: "country" } as const;
const clocked = clockedStates.map((state) => ({
  state,
  of: setting(
    `assistance.referral-days.${state}`,
    { kind: "integer", min: 1, max: 730 },
    shippedClocks.days[state],
    scope,
  ),
}));
const escalation = setting(
  "assistance.escalation-days",
  { kind: "integer", min: 1, max: 365 },
  shippedClocks.escalationDays,
  scope,
);
const linkDays = setting("assistance.link-days", { kind: "integer", min: 1, max: 60 }, 14, scope);

/** The settings of this domain. */
export const settings = [...clocked.map(({ of }) => of), escalation, linkDays];

/** How long each state of a referral may last in a country. */
export async function clocksOf(tx: Tx, country: string): Promise<Clocks> {
  const days: Record<ClockedState, number> = { ...shippedClocks.days };
  for (const { state, of } of clocked) days[state] = await readSetting(tx, of, country);
  return { days, escalationDays: await readSetting(tx, escalation, country) };
}

/** How many days a one-time link to a provider works. */
export const linkLasts = (tx: Tx, country: string): Promise<number> => readSetting(tx, linkDays, country);
