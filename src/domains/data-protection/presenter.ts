import type { Context } from "../../platform/http/handler.ts";
import { personNames } from "../../platform/records/references.ts";
import type { Vault } from "../../platform/vault/index.ts";
import { findInForce, type StoredConsent, type StoredDisclosure } from "./consent-store.ts";
import type { ConsentOutput, DisclosureOutput, OpeningOutput, RequestOutput } from "./contract.ts";
import type { RequestState } from "./model.ts";
import type { StoredOpening } from "./opening-store.ts";
import { readNotes } from "./openings.ts";
import type { StoredRequest } from "./request-store.ts";

const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id);

/** Openings with who made them and why. */
export async function presentOpenings(
  { tx }: Pick<Context, "tx">,
  vault: Vault,
  country: string,
  openings: readonly StoredOpening[],
): Promise<OpeningOutput[]> {
  const authors = await personNames(
    tx,
    openings.map(({ account }) => account),
  );
  const notes = await readNotes(tx, vault, country, idsOf(openings));
  return openings.map((opening) => ({
    ...opening,
    author: authors.get(opening.account ?? "") ?? null,
    note: notes.get(`${opening.id} opening`) ?? null,
    shown: opening.shown ?? [],
  }));
}

/** Consents with whether each is in force. The guardian's name stays sealed. */
export async function presentConsents(
  { tx }: Pick<Context, "tx">,
  consents: readonly StoredConsent[],
): Promise<ConsentOutput[]> {
  const authors = await personNames(
    tx,
    consents.map(({ recordedBy }) => recordedBy),
  );
  const inForce = new Set<string>();
  const people = new Map(consents.map(({ country, person }) => [`${country} ${person}`, { country, person }]));
  for (const { country, person } of people.values())
    for (const { consent } of await findInForce(tx, country, person)) inForce.add(consent);
  return consents.map(({ recordedBy, ...consent }) => ({
    ...consent,
    author: authors.get(recordedBy ?? "") ?? null,
    inForce: inForce.has(consent.id),
  }));
}

/** What was passed on, with who passed it on. */
export async function presentDisclosures(
  { tx }: Pick<Context, "tx">,
  disclosures: readonly StoredDisclosure[],
): Promise<DisclosureOutput[]> {
  const authors = await personNames(
    tx,
    disclosures.map(({ disclosedBy }) => disclosedBy),
  );
  return disclosures.map(({ disclosedBy, ...disclosure }) => ({
    ...disclosure,
    author: authors.get(disclosedBy ?? "") ?? null,
  }));
}

/** Requests with their remarks and what the caller may do next. */
export async function presentRequests(
  { tx, caller, now }: Pick<Context, "tx" | "caller" | "now">,
  vault: Vault,
  country: string,
  requests: readonly StoredRequest[],
): Promise<RequestOutput[]> {
  const authors = await personNames(
    tx,
    requests.map(({ recordedBy }) => recordedBy),
  );
  const notes = await readNotes(tx, vault, country, idsOf(requests));
  const today = now.toISOString().slice(0, 10);
  const overseer = caller.can("data-protection.oversee", country);
  const steps = ({ state, kind, recordedBy }: StoredRequest): RequestOutput["steps"] => {
    const own = caller.account !== null && caller.account.id === recordedBy;
    if (state === "open") return overseer && !own ? ["granted", "refused"] : [];
    return state === "granted" && kind !== "erasure" && caller.can("data-protection.consents", country) ? ["done"] : [];
  };
  const unanswered: readonly RequestState[] = ["open", "granted"];
  return requests.map((request) => {
    const { recordedBy, decidedBy: _decidedBy, ...rest } = request;
    return {
      ...rest,
      author: authors.get(recordedBy ?? "") ?? null,
      note: notes.get(`${request.id} request`) ?? null,
      decisionNote: notes.get(`${request.id} decision`) ?? null,
      overdue: unanswered.includes(request.state) && request.dueOn < today,
      steps: steps(request),
    };
  });
}
