import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { findingsProblem } from "../../platform/records/actions.ts";
import { dateChecks } from "../../platform/records/checks.ts";
import type { Finding } from "../../platform/records/definition.ts";
import { takeNumbers } from "../../platform/records/store.ts";
import {
  accountExists,
  findCase,
  findCause,
  findFirstAccident,
  findOpenCaseOf,
  findPersonState,
  insertCase,
  insertCaseStep,
  insertCause,
  type PersonState,
  type StoredCase,
  type StoredCause,
  updateCase,
  type Writing,
} from "./case-store.ts";
import { assistanceProblems } from "./contract.ts";
import { activeStates } from "./model-referral.ts";
import { findServices } from "./need-store.ts";
import type { Reach } from "./policy.ts";
import { findReferralsOf } from "./referral-store.ts";

/** One thing that is wrong with what was sent. */
export const wrong = (check: string, field: string, params: Finding["params"] = {}): Finding => ({
  check,
  severity: "error",
  field,
  params,
});

/** @throws Problem `common.invalid-input` when there are findings */
export function refuse(findings: readonly Finding[]): void {
  if (findings.length > 0) throw findingsProblem(findings);
}

/** Whether a case is within reach: its organisation's, or assigned. */
export function isReached(reach: Reach, of: { organisation: string | null; assignee: string | null }): boolean {
  return (
    reach.all ||
    (of.organisation !== null && reach.organisations.includes(of.organisation)) ||
    (of.assignee !== null && of.assignee === reach.account)
  );
}

/**
 * A case that row-level security shows and that is within reach.
 * @throws Problem `common.not-found`
 */
export async function reachCase(tx: Tx, reach: Reach, country: string, id: string, lock = false): Promise<StoredCase> {
  const found = await findCase(tx, country, id, lock);
  if (!found || !isReached(reach, found)) throw new Problem(commonProblems["not-found"]);
  return found;
}

/**
 * A case to be worked on, locked.
 * @throws Problem `common.not-found`, `assistance.case-closed`
 */
export async function openedCase(tx: Tx, reach: Reach, country: string, id: string): Promise<StoredCase> {
  const found = await reachCase(tx, reach, country, id, true);
  if (found.state === "closed") throw new Problem(assistanceProblems["case-closed"]);
  return found;
}

/** @throws Problem `common.stale-revision` */
export function demandVersion(found: { version: number }, version: number): void {
  if (found.version !== version)
    throw new Problem(commonProblems["stale-revision"], { expected: version, found: found.version });
}

/**
 * The person of a case, whose needs may still be added to.
 * @throws Problem `common.not-found` when it is out of reach, `assistance.person-erased`
 */
export async function livingPerson(tx: Tx, of: { country: string; person: string }): Promise<PersonState> {
  const found = await findPersonState(tx, of.country, of.person);
  if (!found || found.withdrawn) throw new Problem(commonProblems["not-found"]);
  if (found.erased) throw new Problem(assistanceProblems["person-erased"]);
  return found;
}

/** Writes an event about a case; it names no person. */
export function caseEvent(
  tx: Tx,
  type: string,
  of: { country: string; id: string },
  payload: Record<string, string | number | null>,
  by: Writing,
): Promise<string> {
  return recordEvent(tx, {
    type: `assistance.${type}`,
    country: of.country,
    subject: { type: "assistance.case", id: of.id },
    accountId: by.accountId,
    now: by.now,
    payload,
  });
}

/** The account that a case is given to must be there. @throws Problem `assistance.unknown-account` */
export async function demandAccount(tx: Tx, account: string | null): Promise<void> {
  if (account !== null && !(await accountExists(tx, account))) throw new Problem(assistanceProblems["unknown-account"]);
}

/**
 * Opens a case for a person: one at a time in an organisation's hands.
 * @returns the case as stored
 * @throws Problem `common.not-found` for a person out of reach, `assistance.person-erased`, `assistance.case-open`,
 * `common.invalid-input`
 */
export async function openCase(
  tx: Tx,
  reach: Reach,
  input: {
    country: string;
    person: string;
    openedOn: string;
    organisation?: string | undefined;
    assignee?: string | null;
    reason?: string | undefined;
  },
  by: Writing,
): Promise<StoredCase> {
  const { country, openedOn } = input;
  const named = await findPersonState(tx, country, input.person);
  const person = named && named.standing !== named.id ? await findPersonState(tx, country, named.standing) : named;
  if (!person || person.withdrawn || !isReached(reach, person)) throw new Problem(commonProblems["not-found"]);
  if (person.erased) throw new Problem(assistanceProblems["person-erased"]);
  const organisation = input.organisation ?? person.organisation ?? reach.organisations[0] ?? null;
  refuse([
    ...dateChecks({ openedOn }, by.now, ["openedOn"]),
    ...(person.birthYear !== null && Number(openedOn.slice(0, 4)) < person.birthYear
      ? [wrong("before-birth", "openedOn", { birthYear: person.birthYear })]
      : []),
    ...(isReached(reach, { organisation, assignee: null }) || person.assignee === reach.account
      ? []
      : [wrong("other-organisation", "organisation")]),
  ]);
  const standing = await findOpenCaseOf(tx, country, person.id, organisation);
  if (standing) throw new Problem(assistanceProblems["case-open"], { code: standing });
  const number = await takeNumbers(tx, country, "assistance.case", 1);
  const made: StoredCase = {
    country,
    id: newId(),
    code: `C-${country}-${String(number).padStart(6, "0")}`,
    person: person.id,
    organisation,
    assignee: input.assignee === undefined ? (person.assignee ?? by.accountId) : input.assignee,
    openedOn,
    state: "open",
    closeReason: null,
    closedOn: null,
    version: 1,
  };
  await insertCase(tx, made, by);
  const step = {
    version: 1,
    step: "opened",
    detail: null,
    reason: input.reason ?? null,
    happenedOn: openedOn,
  } as const;
  await insertCaseStep(tx, made, step, by);
  await caseEvent(tx, "case-opened", made, { code: made.code }, by);
  return made;
}

async function stepCase(
  tx: Tx,
  before: StoredCase,
  change: Partial<StoredCase>,
  step: { step: "assigned" | "closed" | "reopened"; detail: string | null; reason: string | null; happenedOn: string },
  by: Writing,
): Promise<void> {
  const after = { ...before, ...change, version: before.version + 1 };
  await updateCase(tx, after);
  await insertCaseStep(tx, before, { ...step, version: after.version }, by);
  await caseEvent(tx, `case-${step.step}`, before, { code: before.code }, by);
}

/**
 * Gives a case into the care of an account, or of nobody.
 * @throws Problem `common.not-found`, `common.stale-revision`, `assistance.case-closed`, `assistance.unknown-account`
 */
export async function assignCase(
  tx: Tx,
  reach: Reach,
  of: { country: string; id: string; version: number },
  input: { account: string | null; reason?: string | undefined },
  by: Writing,
): Promise<void> {
  const found = await openedCase(tx, reach, of.country, of.id);
  demandVersion(found, of.version);
  await demandAccount(tx, input.account);
  const happenedOn = by.now.toISOString().slice(0, 10);
  const step = { step: "assigned", detail: input.account, reason: input.reason ?? null, happenedOn } as const;
  await stepCase(tx, found, { assignee: input.account }, step, by);
}

/**
 * Closes a case for a reason. Somebody who is on the way to a service is not left: active referrals end first.
 * @throws Problem `common.not-found`, `common.stale-revision`, `assistance.case-closed`, `assistance.referral-open`,
 * `common.invalid-input`
 */
export async function closeCase(
  tx: Tx,
  reach: Reach,
  of: { country: string; id: string; version: number },
  input: { why: NonNullable<StoredCase["closeReason"]>; on: string; reason: string },
  by: Writing,
): Promise<void> {
  const found = await openedCase(tx, reach, of.country, of.id);
  demandVersion(found, of.version);
  refuse([
    ...dateChecks({ on: input.on }, by.now, ["on"]),
    ...(input.on < found.openedOn ? [wrong("before-case", "on", { openedOn: found.openedOn })] : []),
  ]);
  const referrals = await findReferralsOf(tx, of.country, of.id);
  const active = referrals.filter(({ state }) => activeStates.includes(state));
  if (active.length > 0)
    throw new Problem(assistanceProblems["referral-open"], { codes: active.map(({ code }) => code) });
  const step = { step: "closed", detail: input.why, reason: input.reason, happenedOn: input.on } as const;
  await stepCase(tx, found, { state: "closed", closeReason: input.why, closedOn: input.on }, step, by);
}

/**
 * Opens a closed case again.
 * @throws Problem `common.not-found`, `common.stale-revision`, `assistance.step-not-allowed` for an open case,
 * `assistance.person-erased`, `assistance.case-open` when another was opened meanwhile, `common.invalid-input`
 */
export async function reopenCase(
  tx: Tx,
  reach: Reach,
  of: { country: string; id: string; version: number },
  input: { on: string; reason: string },
  by: Writing,
): Promise<void> {
  const found = await reachCase(tx, reach, of.country, of.id, true);
  demandVersion(found, of.version);
  if (found.state === "open") throw new Problem(assistanceProblems["step-not-allowed"], { state: found.state });
  const person = await livingPerson(tx, found);
  refuse([
    ...dateChecks({ on: input.on }, by.now, ["on"]),
    ...(found.closedOn && input.on < found.closedOn ? [wrong("before-case", "on", { openedOn: found.closedOn })] : []),
  ]);
  const standing = await findOpenCaseOf(tx, of.country, person.standing, found.organisation);
  if (standing) throw new Problem(assistanceProblems["case-open"], { code: standing });
  const step = { step: "reopened", detail: null, reason: input.reason, happenedOn: input.on } as const;
  await stepCase(tx, found, { state: "open", closeReason: null, closedOn: null }, step, by);
}

/**
 * Since when somebody has needed help, as far as it is known: what was said of the cause, or the first accident of the
 * casualties that the person is. Somebody who needs help for another reason may have had it before any accident.
 */
export async function hurtSince(
  tx: Tx,
  of: { country: string; person: string },
  cause: Pick<StoredCause, "cause" | "since"> | null,
): Promise<string | null> {
  const byAccident = cause === null || cause.cause === "explosive-ordnance" || cause.cause === "unknown";
  const accident = byAccident ? await findFirstAccident(tx, of.country, of.person) : null;
  const said = cause?.since ?? null;
  return said !== null && accident !== null ? (said < accident ? said : accident) : (said ?? accident);
}

/**
 * Says what is known of the cause of a person's needs: an attribute of the person, kept with every earlier word.
 * @throws Problem `common.not-found`, `common.stale-revision`, `assistance.person-erased`, `common.invalid-input` for a
 * day before birth or after a service that was given
 */
export async function setCause(
  tx: Tx,
  reach: Reach,
  of: { country: string; id: string },
  input: Pick<StoredCause, "cause" | "since" | "version">,
  by: Writing,
): Promise<void> {
  const found = await openedCase(tx, reach, of.country, of.id);
  const person = await livingPerson(tx, found);
  const { since } = input;
  const hurt = await hurtSince(tx, { country: of.country, person: found.person }, input);
  const services = (await findServices(tx, of.country, of.id)).filter(({ withdrawn }) => !withdrawn);
  const first = services[0]?.givenOn;
  refuse([
    ...dateChecks({ since }, by.now, ["since"]),
    ...(since && person.birthYear !== null && Number(since.slice(0, 4)) < person.birthYear
      ? [wrong("before-birth", "since", { birthYear: person.birthYear })]
      : []),
    ...(hurt && first && first < hurt
      ? [wrong("service-before-cause", since ? "since" : "cause", { givenOn: first, since: hurt })]
      : []),
  ]);
  const known = (await findCause(tx, of.country, found.person))?.version ?? 0;
  const next = { ...input, version: input.version + 1 };
  const target = { country: of.country, person: found.person };
  if (known !== input.version || !(await insertCause(tx, target, next, by)))
    throw new Problem(commonProblems["stale-revision"], { expected: input.version, found: known });
  await caseEvent(tx, "cause-recorded", found, { version: next.version }, by);
}
