import type { WorkCounter } from "../../platform/work/index.ts";
import { mayAssess, reachOf } from "./policy.ts";
import { hoursToTake } from "./settings.ts";
import { countAlerts } from "./store.ts";

/** Safety alerts that nobody has taken on. */
export const waiting: readonly WorkCounter[] = [
  {
    kind: "alerts",
    rights: ["assessments.read"],
    async count({ tx, caller, now }, country) {
      if (!mayAssess(caller, "assessments.read", country)) return { count: 0, late: null };
      const before = new Date(now.getTime() - (await hoursToTake(tx, country)) * 3_600_000);
      const { open, overdue } = await countAlerts(tx, { country }, reachOf(caller, country), before);
      return { count: Number(open), late: Number(overdue) };
    },
  },
];
