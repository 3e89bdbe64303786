import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { findingsProblem } from "../../platform/records/actions.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Vault } from "../../platform/vault/index.ts";
import { standingPerson } from "./consents.ts";
import { dataProtectionProblems } from "./contract.ts";
import { addDays, type RequestState } from "./model.ts";
import { type Acting, keepNote } from "./openings.ts";
import { insertRequest, lockRequest, type StoredRequest, updateRequest } from "./request-store.ts";
import { daysToAnswer } from "./settings.ts";

function event(tx: Tx, request: StoredRequest, step: string, by: Acting): Promise<string> {
  return recordEvent(tx, {
    type: `data-protection.request-${step}`,
    country: request.country,
    subject: { type: "people.person", id: request.person },
    accountId: by.accountId,
    now: by.now,
    payload: { request: request.id, kind: request.kind },
  });
}

/**
 * Enters what somebody asks for; it is to be answered within the country's days.
 * @throws Problem `common.not-found`, `data-protection.person-erased`, `common.invalid-input` for a day in the future
 */
export async function enterRequest(
  tx: Tx,
  vault: Vault,
  input: Pick<StoredRequest, "country" | "person" | "kind" | "askedBy" | "receivedOn"> & { note?: string | undefined },
  by: Acting,
): Promise<StoredRequest> {
  const { country, kind, askedBy, receivedOn, note } = input;
  const person = await standingPerson(tx, country, input.person);
  const errors = dateChecks({ receivedOn }, by.now, ["receivedOn"]);
  if (errors.length > 0) throw findingsProblem(errors);
  const request: StoredRequest = {
    country,
    id: newId(),
    person: person.id,
    kind,
    askedBy,
    receivedOn,
    dueOn: addDays(receivedOn, await daysToAnswer(tx, country)),
    state: "open",
    version: 1,
    recordedBy: by.accountId,
    decidedAt: null,
    decidedBy: null,
    doneAt: null,
  };
  await insertRequest(tx, request, by.now, by.sample ?? false);
  if (note) {
    const of = { country, id: request.id, kind: "request" as const, person: person.id };
    await keepNote(tx, await vault.ready(tx), of, note, by.now);
  }
  await event(tx, request, "entered", by);
  return request;
}

/** @throws Problem `common.not-found`, `common.stale-revision`, `data-protection.step-not-allowed` */
async function lockAt(
  tx: Tx,
  of: { country: string; id: string; version?: number },
  state: RequestState,
): Promise<StoredRequest> {
  const found = await lockRequest(tx, of.country, of.id);
  if (!found) throw new Problem(commonProblems["not-found"]);
  if (of.version !== undefined && found.version !== of.version)
    throw new Problem(commonProblems["stale-revision"], { expected: of.version, found: found.version });
  if (found.state !== state) throw new Problem(dataProtectionProblems["step-not-allowed"], { state: found.state });
  return found;
}

/**
 * Decides about a request, with the reason. Who entered it does not decide it.
 * @throws Problem `common.not-found`, `common.stale-revision`, `data-protection.step-not-allowed`,
 * `data-protection.own-decision`
 */
export async function decideRequest(
  tx: Tx,
  vault: Vault,
  of: { country: string; id: string; version: number; granted: boolean; note: string },
  by: Acting,
): Promise<StoredRequest> {
  const found = await lockAt(tx, of, "open");
  if (by.accountId !== null && by.accountId === found.recordedBy)
    throw new Problem(dataProtectionProblems["own-decision"]);
  const state = of.granted ? "granted" : "refused";
  await updateRequest(tx, found, state, by);
  const { country, id, person } = found;
  await keepNote(tx, await vault.ready(tx), { country, id, kind: "decision", person }, of.note, by.now);
  await event(tx, found, state, by);
  return { ...found, state, version: found.version + 1, decidedAt: by.now.toISOString(), decidedBy: by.accountId };
}

/**
 * Marks a granted request as fulfilled. An erasure is fulfilled by the domain that erases, and by nothing else.
 * @param kind what the caller is fulfilling
 * @throws Problem `common.not-found`, `common.stale-revision`, `data-protection.step-not-allowed`
 */
export async function finishRequest(
  tx: Tx,
  of: { country: string; id: string; version?: number; person?: string },
  kind: "erasure" | "other",
  by: Acting,
): Promise<StoredRequest> {
  const found = await lockAt(tx, of, "granted");
  if ((found.kind === "erasure") !== (kind === "erasure") || (of.person !== undefined && of.person !== found.person))
    throw new Problem(dataProtectionProblems["step-not-allowed"], { state: found.state });
  await updateRequest(tx, found, "done", by);
  await event(tx, found, "done", by);
  return { ...found, state: "done", version: found.version + 1, doneAt: by.now.toISOString() };
}
