import type { RecordRoutes } from "../../platform/contract/record-routes.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import type { ChangeContext } from "../../platform/records/actions.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { presentRecord } from "../../platform/records/presenter.ts";
import { referencesById, referencesOf } from "../../platform/records/references.ts";
import type { StoredRecord } from "../../platform/records/store.ts";
import type { Vault } from "../../platform/vault/index.ts";
import { type Hit, person, type routes } from "./contract.ts";
import { personDefinition } from "./definitions.ts";
import { findMerged } from "./identity-store.ts";
import { assignPerson, erasePerson, mergePeople, unmergePerson } from "./merge.ts";
import { findPerson, openPerson } from "./open.ts";
import { homeOrganisation, mayKnow, reaches } from "./policy.ts";
import { changeIdentity, registerPeople } from "./register.ts";
import { searchPeople } from "./search.ts";

const changeOf = (context: Context, reason: string | null = null): ChangeContext => ({
  accountId: context.caller.account?.id ?? null,
  now: context.now,
  reason,
});
const reasoned = (context: Context, reason: string) => ({ ...changeOf(context), reason });

/** @throws Problem `common.forbidden` when the caller may not know who people of the country are */
function demandKnowledge({ caller }: Context, country: string): void {
  if (!mayKnow(caller, country)) throw new Problem(commonProblems.forbidden, { right: "people.identity" });
}

/** @throws Problem `common.forbidden` when the caller lacks the right in the country */
function demand({ caller }: Context, right: string, country: string): void {
  if (!caller.can(right, country)) throw new Problem(commonProblems.forbidden, { right });
}

const peopleOf = ({ organisation, assignee }: StoredRecord["values"]) => ({
  organisation: (organisation as string | undefined) ?? null,
  assignee: (assignee as string | undefined) ?? null,
});

/**
 * A person that row-level security shows and that the caller's own grants reach.
 * @throws Problem `common.not-found`
 */
async function demandReach(context: Context, country: string, id: string): Promise<void> {
  const found = await findPerson(context.tx, country, id);
  if (!reaches(context.caller, country, peopleOf(found.values))) throw new Problem(commonProblems["not-found"]);
}

async function one(context: Context, record: StoredRecord) {
  const { caller, tx } = context;
  const { country } = record;
  const presented = presentRecord(personDefinition, record, context);
  const open = !record.withdrawn && !record.values.erasedOn;
  const knows = mayKnow(caller, country) && reaches(caller, country, peopleOf(record.values));
  const allowed = [
    ...(!record.withdrawn && caller.can("people.write", country) ? ["correct", "assign"] : []),
    ...(open && knows ? ["identity", "merge"] : []),
    ...(open && knows && record.values.identity === "held" ? ["open"] : []),
    ...(knows && record.values.mergedInto ? ["unmerge"] : []),
  ];
  return { record: presented as never, references: await referencesOf(tx, person, [presented]), allowed };
}

const placesOf = ({ tx }: Context, hits: readonly Hit[]) =>
  referencesById(tx, {
    unit: hits.map(({ unit }) => unit).filter((id) => id !== null),
    organisation: hits.map(({ organisation }) => organisation).filter((id) => id !== null),
  });

const needed = { read: "people.read", correct: "people.write" };

/** The handlers of people as records: those of every record type, and who may do what with the one. */
export const personHandlers: Handlers<RecordRoutes> = {
  ...recordHandlers(personDefinition, needed),
  async get(context, { params }) {
    return one(context, await findPerson(context.tx, params.country, params.id));
  },
};

/** The handlers of identities over a node's vault. */
export function identityHandlers(vault: Vault): Handlers<typeof routes> {
  const search = (context: Context, asked: Parameters<typeof searchPeople>[2]) =>
    searchPeople(context.tx, vault, asked, (found) => reaches(context.caller, asked.country, found), changeOf(context));
  return {
    async search(context, { body }) {
      demandKnowledge(context, body.country);
      const { hits, more } = await search(context, body);
      return { hits, more, references: await placesOf(context, hits) };
    },
    async register(context, { body }) {
      const { country, identity, distinct } = body;
      const values = { organisation: homeOrganisation(context.caller, country), ...body.values };
      demandKnowledge(context, country);
      const name = identity.names?.[0]?.full;
      if (!distinct && name) {
        const { sex, birthYear } = values as { sex?: string; birthYear?: number };
        const born = birthYear ?? identity.birth?.year;
        const { hits } = await search(context, { country, name, sex, birthYear: born });
        const possible = hits.filter(({ differs }) => differs.length === 0);
        // An answer and not a problem: the search that showed these names stays on record.
        if (possible.length > 0)
          return { record: null, possible, references: await placesOf(context, possible), allowed: [] };
      }
      const [made] = await registerPeople(context.tx, vault, [{ country, values, identity }], changeOf(context));
      return { ...(await one(context, made as StoredRecord)), possible: [] };
    },
    async open(context, { params, body }) {
      demandKnowledge(context, params.country);
      await demandReach(context, params.country, params.id);
      return openPerson(context.tx, vault, { ...params, ...body }, changeOf(context));
    },
    async changeIdentity(context, { params, body }) {
      demandKnowledge(context, params.country);
      await demandReach(context, params.country, params.id);
      const of = { ...params, revision: body.revision };
      return one(context, await changeIdentity(context.tx, vault, of, body.changes, reasoned(context, body.reason)));
    },
    async assign(context, { params, body }) {
      demand(context, "people.write", params.country);
      await demandReach(context, params.country, params.id);
      const of = { ...params, revision: body.revision, account: body.account };
      return one(context, await assignPerson(context.tx, of, reasoned(context, body.reason)));
    },
    async merge(context, { params, body }) {
      demandKnowledge(context, params.country);
      await demandReach(context, params.country, params.id);
      await demandReach(context, params.country, body.into);
      const of = { ...params, revision: body.revision, into: body.into };
      return one(context, await mergePeople(context.tx, of, reasoned(context, body.reason)));
    },
    async unmerge(context, { params, body }) {
      demandKnowledge(context, params.country);
      await demandReach(context, params.country, params.id);
      const of = { ...params, revision: body.revision };
      return one(context, await unmergePerson(context.tx, of, reasoned(context, body.reason)));
    },
    async merged(context, { params }) {
      const { tx } = context;
      const { country, id } = params;
      demand(context, "people.read", country);
      const found = await findPerson(tx, country, id);
      const into = found.values.mergedInto ? await findPerson(tx, country, found.values.mergedInto as string) : null;
      return {
        into: into && { id: into.id, code: into.values.code as string },
        from: await findMerged(tx, country, id),
      };
    },
    async erase(context, { params, body }) {
      demandKnowledge(context, params.country);
      await demandReach(context, params.country, params.id);
      const of = { ...params, revision: body.revision, request: body.request };
      return one(context, await erasePerson(context.tx, vault, of, reasoned(context, body.reason)));
    },
  };
}
