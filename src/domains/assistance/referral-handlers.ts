import type { Context, Handlers } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { referencesById } from "../../platform/records/references.ts";
import type { Vault } from "../../platform/vault/index.ts";
import type { referralRoutes } from "./contract-referral.ts";
import { demandReach, writing } from "./handlers.ts";
import { answerByLink, answerReferral, lookAtReferral, makeReferralLink, nextByLink, openReferred } from "./inbox.ts";
import { countReceived, listReceived, type ReceivedReferral } from "./inbox-store.ts";
import { answersFor } from "./policy.ts";
import { presentReceived, presentReferral, presentReferralLine, sharedOnly } from "./presenter.ts";
import { countReferrals, listReferrals, markSeen } from "./referral-store.ts";
import { createReferral, reachReferral, stepReferral } from "./referrals.ts";
import { clocksOf } from "./settings.ts";

async function oneReferral(context: Context, at: { country: string; id: string }) {
  const reach = demandReach(context, "assistance.read", at.country);
  const { referral, of } = await reachReferral(context.tx, reach, at.country, at.id);
  return presentReferral(context, referral, of, await clocksOf(context.tx, at.country));
}

/** @throws Problem `common.forbidden` for an account that answers for no organisation of the country */
function demandProvider({ caller }: Context, country: string): string[] {
  const organisations = answersFor(caller, country);
  if (!caller.can("assistance.inbox", country) || organisations.length === 0)
    throw new Problem(commonProblems.forbidden, { right: "assistance.inbox" });
  return organisations;
}

async function received(context: Context, found: ReceivedReferral) {
  return presentReceived(context, found, await clocksOf(context.tx, found.country));
}

/** The handlers of referrals on both sides, over a node's vault. */
export function referralHandlers(vault: Vault): Handlers<typeof referralRoutes> {
  return {
    async referrals(context, { query }) {
      const { country, view, organisation, limit } = query;
      const reach = demandReach(context, "assistance.read", country);
      const clocks = await clocksOf(context.tx, country);
      const filter = { country, reach, view, organisation, clocks, now: context.now };
      const items = await listReferrals(context.tx, filter, limit);
      const counts = await countReferrals(context.tx, filter);
      return {
        items: items.map((item) => presentReferralLine(context, item, clocks)),
        counts,
        references: await referencesById(context.tx, {
          organisation: items.map(({ organisation: id }) => id),
          "services.point": items.map(({ point }) => point).filter((id) => id !== null),
        }),
      };
    },
    async createReferral(context, { params, body }) {
      const reach = demandReach(context, "assistance.write", params.country);
      const id = await createReferral(context.tx, reach, params, body, writing(context));
      return oneReferral(context, { country: params.country, id });
    },
    referral: (context, { params }) => oneReferral(context, params),
    async seen(context, { params, body }) {
      const reach = demandReach(context, "assistance.write", params.country);
      const { referral } = await reachReferral(context.tx, reach, params.country, params.id, true);
      await markSeen(context.tx, params.country, params.id, body.version);
      return { seen: Math.min(body.version, referral.version) };
    },
    async stepReferral(context, { params, body }) {
      const reach = demandReach(context, "assistance.write", params.country);
      await stepReferral(context.tx, reach, { ...params, version: body.version }, body, writing(context));
      return oneReferral(context, params);
    },
    makeLink(context, { params }) {
      const reach = demandReach(context, "assistance.write", params.country);
      return makeReferralLink(context.tx, reach, params, writing(context));
    },
    async inbox(context, { query }) {
      const organisations = answersFor(context.caller);
      const found = await listReceived(context.tx, organisations, query.view);
      const items = [];
      for (const one of found) items.push(await received(context, one));
      return {
        items,
        counts: await countReceived(context.tx, organisations),
        references: await referencesById(context.tx, {
          organisation: found.flatMap(({ from, organisation }) => (from ? [from, organisation] : [organisation])),
          unit: found.map(({ shared }) => shared.unit ?? null).filter((id) => id !== null),
          "services.point": found.map(({ point }) => point).filter((id) => id !== null),
        }),
      };
    },
    async answer(context, { params, body }) {
      const organisations = demandProvider(context, params.country);
      const at = { ...params, version: body.version };
      return received(context, await answerReferral(context.tx, organisations, at, body, writing(context)));
    },
    openReferred(context, { params }) {
      const organisations = demandProvider(context, params.country);
      return openReferred(context.tx, vault, organisations, params, writing(context));
    },
    async lookAtReferralLink({ tx, now }, { body }) {
      const found = await lookAtReferral(tx, body.token, now);
      const { code, services, priority, message, state, fromNames, providerNames, expiresAt } = found;
      return {
        code,
        services,
        priority,
        message,
        shared: sharedOnly(found.shared),
        state,
        next: nextByLink(found),
        from: fromNames,
        provider: providerNames,
        expiresAt,
      };
    },
    async answerByLink({ tx, now }, { body }) {
      return { state: await answerByLink(tx, body.token, body, now) };
    },
  };
}
