import { clearedFields, type RecordValues } from "../../platform/contract/record-type.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { presentRecord } from "../../platform/records/presenter.ts";
import { personNames, referencesOf } from "../../platform/records/references.ts";
import { findRecord, type StoredRecord } from "../../platform/records/store.ts";
import { noteStep, ownReport, takeStep, verifiedBy } from "./actions.ts";
import {
  casualtiesOf,
  casualtyFindings,
  currentCasualty,
  demandOpen,
  demandSound,
  linkPerson,
  lockAccident,
  newCasualtyValues,
  reportFindings,
  stateOf,
  withdrawCasualty,
} from "./casualties.ts";
import {
  type AccidentReport,
  accidentProblems,
  casualty,
  type casualtyRoutes,
  type reportRoutes,
  type rights,
  type routes,
} from "./contract.ts";
import { accidentDefinition, casualtyDefinition } from "./definitions.ts";
import { steps, type WorkflowStep } from "./model.ts";
import { verifierMayApprove } from "./settings.ts";
import { type AccidentStep, findFirstRevision, findSteps } from "./store.ts";

const actorOf = (context: Context) => ({ accountId: context.caller.account?.id ?? null, now: context.now });

function demand(context: Context, right: keyof typeof rights, country: string): void {
  if (!context.caller.can(right, country)) throw new Problem(commonProblems.forbidden);
}

/** Somebody who works for organisations only reports for these. @throws Problem `accidents.other-organisation` */
function demandOrganisation(context: Context, country: string, organisation: unknown): void {
  const here = context.caller.grants.filter((grant) => grant.country === null || grant.country === country);
  const bound = here.length > 0 && here.every((grant) => grant.role === "operator" && grant.organisation !== null);
  if (bound && !here.some((grant) => grant.organisation === organisation))
    throw new Problem(accidentProblems["other-organisation"]);
}

/** Who may change the words of an accident and its casualties: whoever enters while it is a draft, editors once it is approved. */
function mayEdit(context: Context, accident: StoredRecord): boolean {
  const state = stateOf(accident);
  if (accident.withdrawn || !steps[state].includes("edit")) return false;
  return context.caller.can(state === "approved" ? "accidents.correct" : "accidents.enter", accident.country);
}

function demandEdit(context: Context, accident: StoredRecord): void {
  demandOpen(accident);
  if (!mayEdit(context, accident)) throw new Problem(commonProblems.forbidden);
  demandOrganisation(context, accident.country, accident.values.organisation);
}

/** Changes of a draft stand in its thread, so that whoever made them does not judge them. Corrections stand in the history. */
async function noteChange(context: Context, accident: StoredRecord): Promise<void> {
  if (stateOf(accident) !== "approved") await noteStep(context.tx, accident, "changed", null, actorOf(context));
}

const base = recordHandlers(accidentDefinition, { read: "accidents.read", correct: "accidents.enter" });
const none = { query: undefined, body: undefined };

/** The id of the record that the engine answered with. */
const idOf = (answer: unknown) => (answer as { record: { id: string } }).record;

/** The handlers of accidents as records: entering begins a draft, and a report that waits for judgement does not change. */
export const accidentHandlers: Handlers<typeof routes> = {
  ...base,
  async get(context, inputs) {
    const { country, id } = inputs.params;
    const record = await findRecord(context.tx, accidentDefinition, country, id);
    if (!record) throw new Problem(commonProblems["not-found"]);
    const presented = presentRecord(accidentDefinition, record, context);
    return {
      record: presented as never,
      references: await referencesOf(context.tx, accidentDefinition.type, [presented]),
      allowed: mayEdit(context, record) ? ["correct"] : [],
    };
  },
  async create(context, inputs) {
    const { country, values } = inputs.body;
    demandOrganisation(context, country, values.organisation);
    const { id } = idOf(
      await base.create(context, { ...inputs, body: { country, values: { ...values, state: "draft" } } }),
    );
    await noteStep(context.tx, await lockAccident(context.tx, country, id), "entered", null, actorOf(context));
    return accidentHandlers.get(context, { params: { country, id }, ...none });
  },
  async correct(context, inputs) {
    const { country, id } = inputs.params;
    demand(context, "accidents.enter", country);
    const accident = await lockAccident(context.tx, country, id);
    demandEdit(context, accident);
    demandOrganisation(context, country, inputs.body.changes.organisation ?? accident.values.organisation);
    await base.correct(context, inputs);
    await noteChange(context, accident);
    return accidentHandlers.get(context, { params: inputs.params, ...none });
  },
};

/** By which clock a casualty is judged, and whether the caller may know which person it is. */
const judging = ({ caller, now }: Context, country: string) => ({
  now,
  knowsPerson: caller.levelFor(country) === "strictly-confidential",
});

const casualtyBase = recordHandlers(casualtyDefinition, { read: "accidents.read", correct: "accidents.enter" });

async function casualtyAnswer(context: Context, record: StoredRecord) {
  const presented = presentRecord(casualtyDefinition, record, context);
  const accident = await findRecord(context.tx, accidentDefinition, record.country, String(record.values.accident));
  const edit = !record.withdrawn && accident !== null && mayEdit(context, accident);
  const { knowsPerson } = judging(context, record.country);
  const link = !record.withdrawn && knowsPerson && context.caller.can("accidents.link", record.country);
  return {
    record: presented as never,
    references: await referencesOf(context.tx, casualty, [presented]),
    allowed: [...(edit ? ["correct"] : []), ...(link ? ["link"] : [])],
  };
}

/** The handlers of casualties: each change is judged beside the accident and the person. */
export const casualtyHandlers: Handlers<typeof casualtyRoutes> = {
  ...casualtyBase,
  async get(context, { params }) {
    const record = await findRecord(context.tx, casualtyDefinition, params.country, params.id);
    if (!record) throw new Problem(commonProblems["not-found"]);
    return casualtyAnswer(context, record);
  },
  async create(context, inputs) {
    const { country, values } = inputs.body;
    demand(context, "accidents.enter", country);
    if (typeof values.accident !== "string") return casualtyBase.create(context, inputs);
    const accident = await lockAccident(context.tx, country, values.accident);
    demandEdit(context, accident);
    const complete = await newCasualtyValues(context.tx, accident, values);
    demandSound(await casualtyFindings(context.tx, accident, null, complete, judging(context, country)));
    const { id } = idOf(await casualtyBase.create(context, { ...inputs, body: { country, values: complete } }));
    await noteChange(context, accident);
    return casualtyHandlers.get(context, { params: { country, id }, ...none });
  },
  async correct(context, inputs) {
    const { country, id } = inputs.params;
    const { changes, revision } = inputs.body;
    demand(context, "accidents.enter", country);
    const record = await currentCasualty(context.tx, { country, id, revision });
    const accident = await lockAccident(context.tx, country, String(record.values.accident));
    demandEdit(context, accident);
    if (changes.accident !== undefined && changes.accident !== record.values.accident)
      throw new Problem(commonProblems["invalid-input"], {}, [{ path: "accident", code: "check.casualty-moved" }]);
    const merged: RecordValues = { ...record.values, ...changes };
    // The group follows from the age: one that was derived before is not a statement against a new age.
    if (changes.age !== undefined && changes.ageGroup === undefined) delete merged.ageGroup;
    demandSound(await casualtyFindings(context.tx, accident, id, merged, judging(context, country)));
    await casualtyBase.correct(context, inputs);
    await noteChange(context, accident);
    return casualtyHandlers.get(context, { params: inputs.params, ...none });
  },
  async withdraw(context, { params, body }) {
    demand(context, "accidents.enter", params.country);
    const target = { ...params, revision: body.revision };
    const record = await currentCasualty(context.tx, target);
    const accident = await lockAccident(context.tx, params.country, String(record.values.accident));
    demandEdit(context, accident);
    const after = await withdrawCasualty(context.tx, target, { ...actorOf(context), reason: body.reason });
    await noteChange(context, accident);
    return casualtyAnswer(context, after);
  },
  async link(context, { params, body }) {
    demand(context, "accidents.link", params.country);
    if (!judging(context, params.country).knowsPerson)
      throw new Problem(commonProblems.forbidden, { fields: ["person"] });
    const { reason, person, revision } = body;
    const after = await linkPerson(context.tx, { ...params, revision }, person, { ...actorOf(context), reason });
    return casualtyAnswer(context, after);
  },
};

/** What this caller may do with a report now. */
async function allowedSteps(
  context: Context,
  accident: StoredRecord,
  thread: readonly AccidentStep[],
): Promise<AccidentReport["allowed"]> {
  const { caller, tx } = context;
  const { country } = accident;
  const me = caller.account?.id ?? null;
  if (accident.withdrawn) return [];
  const own = ownReport(thread, me);
  const judged = verifiedBy(thread, me) && !(await verifierMayApprove(tx, country));
  const may: Record<WorkflowStep | "edit", boolean> = {
    edit: mayEdit(context, accident),
    submit: caller.can("accidents.enter", country),
    withdraw: caller.can("accidents.enter", country),
    verify: caller.can("accidents.verify", country) && !own,
    return: caller.can("accidents.verify", country),
    approve: caller.can("accidents.approve", country) && !own && !judged,
  };
  return steps[stateOf(accident)].filter((step) => may[step]);
}

/** An accident that was never a draft here counts as approved by whoever brought it. */
async function threadOf(context: Context, accident: StoredRecord): Promise<AccidentStep[]> {
  const thread = await findSteps(context.tx, accident.country, accident.id);
  if (thread.some(({ step }) => step === "entered")) return thread;
  const first = await findFirstRevision(context.tx, accident.country, accident.id);
  const approved = first ? [{ position: 0, step: "approved" as const, comment: null, ...first }] : [];
  return [...approved, ...thread];
}

async function present(context: Context, accident: StoredRecord): Promise<AccidentReport> {
  const { tx } = context;
  const thread = await threadOf(context, accident);
  const casualties = await casualtiesOf(tx, accident.country, accident.id);
  const presented = casualties.map((each) => presentRecord(casualtyDefinition, each, context));
  const names = await personNames(
    tx,
    thread.map(({ accountId }) => accountId),
  );
  const findings = await reportFindings(tx, accident, casualties, judging(context, accident.country));
  const level = context.caller.levelFor(accident.country);
  const open = {
    accident: new Set(clearedFields(accidentDefinition.type, level)),
    casualty: new Set(clearedFields(casualty, level)),
  };
  return {
    revision: accident.revision,
    state: stateOf(accident),
    thread: thread.map(({ accountId, ...each }) => ({ ...each, author: names.get(accountId ?? "") ?? null })),
    casualties: presented as never,
    // A finding about a field tells of its value.
    findings: findings
      .filter(({ field, casualty: of }) => field !== null && (of === null ? open.accident : open.casualty).has(field))
      .map(({ check, severity, field, casualty: of, params }) => ({
        check,
        severity,
        field,
        casualty: of,
        params: { ...params },
      })),
    allowed: await allowedSteps(context, accident, thread),
    references: await referencesOf(tx, casualty, presented),
  };
}

interface StepInputs {
  params: { country: string; id: string };
  body: { revision: number; comment: string | undefined };
}

const doing = (step: WorkflowStep, right: keyof typeof rights) => async (context: Context, inputs: StepInputs) => {
  const { params, body } = inputs;
  demand(context, right, params.country);
  const accident = await lockAccident(context.tx, params.country, params.id);
  if (right === "accidents.enter") demandOrganisation(context, params.country, accident.values.organisation);
  const target = { ...params, revision: body.revision };
  return present(context, await takeStep(context.tx, target, step, body.comment ?? null, actorOf(context)));
};

/** The handlers of the way from draft to approved. */
export const reportHandlers: Handlers<typeof reportRoutes> = {
  async report(context, { params }) {
    const accident = await findRecord(context.tx, accidentDefinition, params.country, params.id);
    if (!accident) throw new Problem(commonProblems["not-found"]);
    return present(context, accident);
  },
  submit: doing("submit", "accidents.enter"),
  verify: doing("verify", "accidents.verify"),
  approve: doing("approve", "accidents.approve"),
  return: doing("return", "accidents.verify"),
  withdraw: doing("withdraw", "accidents.enter"),
};
