import type { Tx } from "../../platform/database/types.ts";
import type { Context } from "../../platform/http/handler.ts";
import type { WorkCounter } from "../../platform/work/index.ts";
import { countReceived } from "./inbox-store.ts";
import { listDue } from "./plan-store.ts";
import { answersFor, mayCare, reachOf } from "./policy.ts";
import { countReferrals, type ReferralCounts } from "./referral-store.ts";
import { clocksOf } from "./settings.ts";

const none = { count: 0, late: null };

/** The counts of one request by country: two kinds of work are read off the same ones. */
const counted = new WeakMap<Tx, Map<string, Promise<ReferralCounts>>>();

async function countHere({ tx, caller, now }: Context, country: string): Promise<ReferralCounts> {
  const count = async () =>
    countReferrals(tx, { country, reach: reachOf(caller, country), clocks: await clocksOf(tx, country), now });
  const known = counted.get(tx) ?? new Map<string, Promise<ReferralCounts>>();
  counted.set(tx, known);
  const found = known.get(country) ?? count();
  known.set(country, found);
  return found;
}

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
      return { count: (await countHere(context, country)).news, late: null };
    },
  },
  {
    kind: "referrals-late",
    rights: ["assistance.read"],
    async count(context, country) {
      if (!mayCare(context.caller, "assistance.read", country)) return none;
      const { late, escalated } = await countHere(context, country);
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
