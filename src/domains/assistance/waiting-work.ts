import { countedOnce, type WorkCounter } from "../../platform/work/index.ts";
import { countReceived } from "./inbox-store.ts";
import { listDue } from "./plan-store.ts";
import { answersFor, mayCare, reachOf } from "./policy.ts";
import { countReferrals } from "./referral-store.ts";
import { clocksOf } from "./settings.ts";

const none = { count: 0, late: null };

const referrals = countedOnce(async ({ tx, caller, now }, country) =>
  countReferrals(tx, { country, reach: reachOf(caller, country), clocks: await clocksOf(tx, country), now }),
);

/** Follow-ups that are due, referrals that move or stand still, and referrals that a provider has to answer. */
export const waiting: readonly WorkCounter[] = [
  {
    kind: "follow-ups",
    rights: ["assistance.read"],
    async count({ tx, caller, now }, country) {
      if (!mayCare(caller, "assistance.read", country)) return none;
      const today = now.toISOString().slice(0, 10);
      const until = new Date(now.getTime() + 7 * 86_400_000).toISOString().slice(0, 10);
      const due = { country, reach: reachOf(caller, country), mine: true, until, today };
      const { total, overdue } = await listDue(tx, due, 1);
      return { count: total, late: overdue };
    },
  },
  {
    kind: "referral-news",
    rights: ["assistance.read"],
    async count(context, country) {
      if (!mayCare(context.caller, "assistance.read", country)) return none;
      return { count: (await referrals(context, country)).news, late: null };
    },
  },
  {
    kind: "referrals-late",
    rights: ["assistance.read"],
    async count(context, country) {
      if (!mayCare(context.caller, "assistance.read", country)) return none;
      const { late, escalated } = await referrals(context, country);
      return { count: late, late: escalated };
    },
  },
  {
    kind: "referrals-received",
    rights: ["assistance.inbox"],
    async count({ tx, caller }, country) {
      const organisations = answersFor(caller, country);
      if (organisations.length === 0) return none;
      return { count: (await countReceived(tx, organisations, country)).waiting, late: null };
    },
  },
];
