import { recordProblems } from "../../platform/contract/record-routes.ts";
import { sensitivityRank } from "../../platform/contract/sensitivity.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { referencesById } from "../../platform/records/references.ts";
import type { Vault } from "../../platform/vault/index.ts";
import { findConsents, findDisclosures, findWordings, listDisclosures } from "./consent-store.ts";
import { recordConsent, recordDisclosure, saveWording, withdrawConsent } from "./consents.ts";
import { dataProtectionProblems, type routes } from "./contract.ts";
import { isChild } from "./model.ts";
import { findPerson, findPersonCodes, listOpenings, type TimeCursor } from "./opening-store.ts";
import type { Acting } from "./openings.ts";
import { presentConsents, presentDisclosures, presentOpenings, presentRequests } from "./presenter.ts";
import { countRequests, findRequests, listRequests } from "./request-store.ts";
import { decideRequest, enterRequest, finishRequest } from "./requests.ts";
import { adultAgeOf } from "./settings.ts";

const acting = ({ caller, now }: Context): Acting => ({ accountId: caller.account?.id ?? null, now });

/** @throws Problem `common.forbidden` when the caller lacks the right in the country, or is not cleared for people there */
function demand({ caller }: Context, right: string, country: string): void {
  if (!caller.can(right, country) || sensitivityRank(caller.levelFor(country)) < sensitivityRank("confidential"))
    throw new Problem(commonProblems.forbidden, { right });
}

function readCursor(text: string | undefined): TimeCursor | undefined {
  if (text === undefined) return undefined;
  const match = /^([0-9T:.Z-]{10,30})_([0-9a-f-]{36})$/.exec(text);
  if (!match || Number.isNaN(Date.parse(match[1] as string))) throw new Problem(recordProblems["bad-cursor"]);
  return { at: match[1] as string, id: match[2] as string };
}

/** A page of what was found one more than wanted, and the cursor of the next. */
function paged<T extends { id: string }>(found: readonly T[], limit: number, at: (item: T) => string) {
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, next: last ? `${at(last)}_${last.id}` : null };
}

const organisations = ({ tx }: Context, items: readonly { recipient: string | null }[]) =>
  referencesById(tx, { organisation: items.map(({ recipient }) => recipient).filter((id) => id !== null) });

/** The handlers of this domain over a node's vault. */
export function dataProtectionHandlers(vault: Vault): Handlers<typeof routes> {
  return {
    async openings(context, { query }) {
      const { cursor, limit, ...filter } = query;
      demand(context, "data-protection.oversee", filter.country);
      const found = await listOpenings(context.tx, filter, { after: readCursor(cursor), limit: limit + 1 });
      const { items, next } = paged(found, limit, ({ openedAt }) => openedAt);
      const people = items.flatMap(({ person, shown }) => [...(person ? [person] : []), ...(shown ?? [])]);
      return {
        items: await presentOpenings(context, vault, filter.country, items),
        next,
        persons: await findPersonCodes(context.tx, filter.country, people),
      };
    },
    async wordings(context, { query }) {
      demand(context, "data-protection.consents", query.country);
      return {
        items: await findWordings(context.tx, query.country),
        allowed: context.caller.can("data-protection.oversee", query.country) ? ["change"] : [],
      };
    },
    async saveWording(context, { body }) {
      demand(context, "data-protection.oversee", body.country);
      return saveWording(context.tx, body, { ...acting(context), reason: body.reason });
    },
    async person(context, { params }) {
      const { tx, caller } = context;
      const { country } = params;
      demand(context, "data-protection.consents", country);
      const person = await findPerson(tx, country, params.id);
      if (!person) throw new Problem(commonProblems["not-found"]);
      const disclosures = await findDisclosures(tx, country, person.standing);
      const requests = await findRequests(tx, country, person.standing);
      const open = !person.erased && !person.withdrawn;
      return {
        consents: await presentConsents(context, await findConsents(tx, country, person.standing)),
        disclosures: await presentDisclosures(context, disclosures),
        requests: await presentRequests(context, vault, country, requests),
        references: await organisations(context, disclosures),
        child: isChild(person.birthYear, context.now.toISOString().slice(0, 10), await adultAgeOf(tx, country)),
        allowed: open && caller.can("data-protection.consents", country) ? ["consent", "disclose", "request"] : [],
      };
    },
    async recordConsent(context, { body }) {
      demand(context, "data-protection.consents", body.country);
      const made = await recordConsent(context.tx, vault, body, acting(context));
      return { consents: await presentConsents(context, made) };
    },
    async withdraw(context, { params, body }) {
      demand(context, "data-protection.consents", params.country);
      const { consent, disclosed } = await withdrawConsent(context.tx, vault, { ...params, ...body }, acting(context));
      const [presented] = await presentConsents(context, [consent]);
      if (!presented) throw new Problem(commonProblems["not-found"]);
      return {
        consent: presented,
        disclosed: await presentDisclosures(context, disclosed),
        references: await organisations(context, disclosed),
      };
    },
    async disclosures(context, { query }) {
      const { cursor, limit, ...filter } = query;
      demand(context, "data-protection.oversee", filter.country);
      const found = await listDisclosures(context.tx, filter, { after: readCursor(cursor), limit: limit + 1 });
      const { items, next } = paged(found, limit, ({ disclosedAt }) => disclosedAt);
      return {
        items: await presentDisclosures(context, items),
        next,
        persons: await findPersonCodes(
          context.tx,
          filter.country,
          items.map(({ person }) => person),
        ),
        references: await organisations(context, items),
      };
    },
    async recordDisclosure(context, { body }) {
      demand(context, "data-protection.consents", body.country);
      const made = await recordDisclosure(context.tx, body, acting(context));
      const [presented] = await presentDisclosures(context, [made]);
      if (!presented) throw new Problem(dataProtectionProblems["no-consent"]);
      return presented;
    },
    async requests(context, { query }) {
      const { cursor, limit, ...filter } = query;
      demand(context, "data-protection.consents", filter.country);
      const today = context.now.toISOString().slice(0, 10);
      const page = { after: readCursor(cursor), limit: limit + 1 };
      const found = await listRequests(context.tx, { ...filter, today }, page);
      const { items, next } = paged(found, limit, ({ dueOn }) => dueOn);
      return {
        items: await presentRequests(context, vault, filter.country, items),
        counts: await countRequests(context.tx, filter.country, today),
        next,
        persons: await findPersonCodes(
          context.tx,
          filter.country,
          items.map(({ person }) => person),
        ),
      };
    },
    async enterRequest(context, { body }) {
      demand(context, "data-protection.consents", body.country);
      return presentOne(context, await enterRequest(context.tx, vault, body, acting(context)));
    },
    async decideRequest(context, { params, body }) {
      demand(context, "data-protection.oversee", params.country);
      return presentOne(context, await decideRequest(context.tx, vault, { ...params, ...body }, acting(context)));
    },
    async finishRequest(context, { params, body }) {
      demand(context, "data-protection.consents", params.country);
      const of = { ...params, version: body.version };
      return presentOne(context, await finishRequest(context.tx, of, "other", acting(context)));
    },
  };

  async function presentOne(context: Context, request: Parameters<typeof presentRequests>[3][number]) {
    const [presented] = await presentRequests(context, vault, request.country, [request]);
    if (!presented) throw new Problem(commonProblems["not-found"]);
    return presented;
  }
}
