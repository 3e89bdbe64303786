import type { Tx } from "../../platform/database/types.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Finding } from "../../platform/records/definition.ts";
import { findPointSpan } from "../services/index.ts";
import { currencies, validOn } from "../services/model.ts";
import { findCause, findPersonState, type Writing } from "./case-store.ts";
import { caseEvent, demandVersion, hurtSince, livingPerson, openedCase, refuse, wrong } from "./cases.ts";
import { assistanceProblems, type ServiceInput } from "./contract.ts";
import { type NeedState, needSteps, needsReason, type Priority } from "./model.ts";
import {
  findNeeds,
  insertNeed,
  insertNeedStep,
  insertService,
  lockNeed,
  type StoredNeed,
  updateNeed,
  withdrawService as withdrawStored,
} from "./need-store.ts";
import type { Reach } from "./policy.ts";
import { findReferral } from "./referral-store.ts";

type OfCase = { country: string; id: string };

/**
 * Adds a need to a case.
 * @throws Problem `common.not-found`, `assistance.case-closed`, `assistance.person-erased`, `common.invalid-input`
 */
export async function addNeed(
  tx: Tx,
  reach: Reach,
  of: OfCase,
  input: Pick<StoredNeed, "kind" | "priority" | "identifiedOn"> & { detail?: string | undefined },
  by: Writing,
): Promise<string> {
  const found = await openedCase(tx, reach, of.country, of.id);
  const person = await livingPerson(tx, found);
  const { identifiedOn } = input;
  refuse([
    ...dateChecks({ identifiedOn }, by.now, ["identifiedOn"]),
    ...(person.birthYear !== null && Number(identifiedOn.slice(0, 4)) < person.birthYear
      ? [wrong("before-birth", "identifiedOn", { birthYear: person.birthYear })]
      : []),
  ]);
  const need: StoredNeed = {
    country: of.country,
    id: newId(),
    caseId: of.id,
    kind: input.kind,
    detail: input.detail ?? null,
    priority: input.priority,
    state: "open",
    identifiedOn,
    version: 1,
  };
  await insertNeed(tx, need, by);
  const { id, state, priority } = need;
  const step = { need: id, version: 1, state, priority, reason: null, happenedOn: identifiedOn };
  await insertNeedStep(tx, need, step, by);
  await caseEvent(tx, "need-added", found, { need: id }, by);
  return id;
}

/**
 * Changes the state or the priority of a need, dated and with its reason. Nothing else ever does.
 * @throws Problem `common.not-found`, `common.stale-revision`, `assistance.case-closed`, `assistance.step-not-allowed`,
 * `assistance.reason-missing`, `common.invalid-input`
 */
export async function stepNeed(
  tx: Tx,
  reach: Reach,
  of: OfCase & { need: string; version: number },
  input: { state?: NeedState | undefined; priority?: Priority | undefined; on: string; reason?: string | undefined },
  by: Writing,
): Promise<void> {
  const found = await openedCase(tx, reach, of.country, of.id);
  const need = await lockNeed(tx, of.country, of.id, of.need);
  if (!need) throw new Problem(commonProblems["not-found"]);
  demandVersion(need, of.version);
  const state = input.state ?? need.state;
  const priority = input.priority ?? need.priority;
  const moves = state !== need.state;
  if (moves ? !needSteps[need.state].includes(state) : priority === need.priority)
    throw new Problem(assistanceProblems["step-not-allowed"], { state: need.state });
  if (moves && needsReason(need.state, state) && !input.reason) throw new Problem(assistanceProblems["reason-missing"]);
  refuse([
    ...dateChecks({ on: input.on }, by.now, ["on"]),
    ...(input.on < need.identifiedOn ? [wrong("before-need", "on", { identifiedOn: need.identifiedOn })] : []),
  ]);
  const version = need.version + 1;
  await updateNeed(tx, { ...need, state, priority, version });
  const step = { need: need.id, version, state, priority, reason: input.reason ?? null, happenedOn: input.on };
  await insertNeedStep(tx, need, step, by);
  await caseEvent(tx, "need-changed", found, { need: need.id }, by);
}

/** What is wrong with a service before anything is stored. */
async function serviceFindings(
  tx: Tx,
  of: OfCase & { person: string },
  input: ServiceInput,
  by: Writing,
): Promise<{ findings: Finding[]; organisation: string | null }> {
  const { country } = of;
  const { givenOn, point, cost, currency } = input;
  const findings = dateChecks({ givenOn }, by.now, ["givenOn"]);
  const since = await hurtSince(tx, { country, person: of.person }, await findCause(tx, country, of.person));
  if (since && givenOn < since) findings.push(wrong("service-before-cause", "givenOn", { givenOn, since }));
  const person = await findPersonState(tx, country, of.person);
  if (person?.birthYear && Number(givenOn.slice(0, 4)) < person.birthYear)
    findings.push(wrong("before-birth", "givenOn", { birthYear: person.birthYear }));
  if (currency !== undefined && !currencies.some((code) => code === currency))
    findings.push(wrong("no-such-code", "currency", { code: currency }));
  if (cost !== undefined && currency === undefined) findings.push(wrong("currency-missing", "currency"));
  if (cost === undefined && currency !== undefined) findings.push(wrong("cost-missing", "cost"));
  const span = point ? await findPointSpan(tx, country, point) : null;
  if (point && !span) findings.push(wrong("point-unknown", "point"));
  if (span && !validOn(span, givenOn)) findings.push(wrong("point-closed", "givenOn"));
  if (span && input.organisation && span.organisation !== input.organisation)
    findings.push(wrong("provider-differs", "organisation"));
  const organisation = input.organisation ?? span?.organisation ?? null;
  if (organisation === null && !point) findings.push(wrong("provider-missing", "organisation"));
  const known = new Set((await findNeeds(tx, country, of.id)).map(({ id }) => id));
  if (input.needs.some((need) => !known.has(need))) findings.push(wrong("need-unknown", "needs"));
  if (input.referral) {
    const referral = await findReferral(tx, country, input.referral);
    if (!referral || referral.caseId !== of.id) findings.push(wrong("referral-unknown", "referral"));
  }
  return { findings, organisation };
}

/**
 * Records a service that was given, for as many needs as it is meant to answer. It changes none of them.
 * @throws Problem `common.not-found`, `assistance.case-closed`, `common.invalid-input` with the path of each field
 */
export async function addService(tx: Tx, reach: Reach, of: OfCase, input: ServiceInput, by: Writing): Promise<string> {
  const found = await openedCase(tx, reach, of.country, of.id);
  const { findings, organisation } = await serviceFindings(tx, { ...of, person: found.person }, input, by);
  refuse(findings);
  const id = newId();
  await insertService(
    tx,
    {
      country: of.country,
      id,
      caseId: of.id,
      service: input.service,
      organisation,
      point: input.point ?? null,
      referral: input.referral ?? null,
      givenOn: input.givenOn,
      quantity: input.quantity,
      cost: input.cost ?? null,
      currency: input.currency ?? null,
      outcome: input.outcome,
      detail: input.detail ?? null,
      withdrawn: false,
      withdrawnReason: null,
      needs: input.needs,
    },
    by,
  );
  await caseEvent(tx, "service-given", found, { service: id }, by);
  return id;
}

/**
 * Takes back a service that was entered wrongly; it stays readable with the reason.
 * @throws Problem `common.not-found`, `assistance.case-closed`
 */
export async function withdrawService(
  tx: Tx,
  reach: Reach,
  of: OfCase & { service: string },
  reason: string,
  by: Writing,
): Promise<void> {
  const found = await openedCase(tx, reach, of.country, of.id);
  const target = { country: of.country, caseId: of.id, id: of.service };
  if (!(await withdrawStored(tx, target, reason))) throw new Problem(commonProblems["not-found"]);
  await caseEvent(tx, "service-withdrawn", found, { service: of.service }, by);
}
