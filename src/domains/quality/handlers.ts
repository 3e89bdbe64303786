import type { Caller } from "../../platform/access/model.ts";
import { clearedFields, type RecordValues } from "../../platform/contract/record-type.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { presentRecord } from "../../platform/records/presenter.ts";
import { personNames, referencesOf } from "../../platform/records/references.ts";
import { findRecord } from "../../platform/records/store.ts";
import {
  acceptanceOf,
  answerChecklist,
  checklistOf,
  checklistsOf,
  lockVisit,
  recordVisit,
  saveChecklist,
} from "./actions.ts";
import { type NonconformityOutput, qualityProblems, type routes, visit, type visitRoutes } from "./contract.ts";
import { visitDefinition } from "./definitions.ts";
import { isOverdue, nonconformitySteps, type VisitKind } from "./model.ts";
import { raiseForFinds, raiseNonconformity, stepNonconformity } from "./nonconformities.ts";
import {
  countNonconformities,
  findNonconformity,
  findSteps,
  type ListedNonconformity,
  listNonconformities,
  type NonconformityPlace,
} from "./nonconformity-store.ts";
import { mayInspect, mayRespondFor, mayVerify } from "./policy.ts";
import { findAnswers } from "./store.ts";

const changeOf = (context: Context, reason: string | null = null) => ({
  accountId: context.caller.account?.id ?? null,
  now: context.now,
  reason,
});

function demand(context: Context, right: string, country: string): void {
  if (!context.caller.can(right, country)) throw new Problem(commonProblems.forbidden);
}

/** @throws Problem `quality.own-inspection` when the values are an outside look at the caller's own organisation */
function demandOutside(caller: Caller, country: string, values: RecordValues): void {
  const { kind, organisation } = values;
  if (typeof organisation === "string" && !mayInspect(caller, country, kind as VisitKind, organisation))
    throw new Problem(qualityProblems["own-inspection"]);
}

/** @throws Problem `common.forbidden` when the values name fields that the caller's level does not open */
function demandCleared(context: Context, country: string, values: RecordValues): void {
  const cleared = new Set(clearedFields(visit, context.caller.levelFor(country)));
  const hidden = Object.keys(values).filter((name) => !cleared.has(name));
  if (hidden.length > 0) throw new Problem(commonProblems.forbidden, { fields: hidden });
}

function presentNonconformity(context: Context, of: ListedNonconformity): NonconformityOutput {
  const { caller } = context;
  const { correctedBy: _, sensitivity: __, ...shown } = of;
  const steps = nonconformitySteps[of.state].filter((step) =>
    step === "corrected"
      ? caller.can("quality.respond", of.country) && mayRespondFor(caller, of.country, of.organisation)
      : caller.can("quality.inspect", of.country) && mayVerify(caller, of.country, of),
  );
  return { ...shown, overdue: isOverdue(of, context.now.toISOString().slice(0, 10)), steps };
}

/** Names of everything that non-conformities mention. */
const mentioned = (context: Context, list: readonly Pick<NonconformityOutput, "organisation" | "task">[]) =>
  referencesOf(
    context.tx,
    visit,
    list.map(({ organisation, task }) => ({ organisation, task })),
  );

const pageCursor = (of: ListedNonconformity) => `${of.state === "closed" ? 1 : 0}_${of.deadline}_${of.id}`;
const readCursor = (text: string | undefined): NonconformityPlace | undefined => {
  const match = /^([01])_(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(text ?? "");
  return match ? { closed: match[1] === "1", deadline: match[2] as string, id: match[3] as string } : undefined;
};

const base = recordHandlers(visitDefinition, { read: "quality.read", correct: "quality.inspect" });

/** The handlers of visits as records; what is entered or corrected follows the same rules as a report. */
export const visitHandlers: Handlers<typeof visitRoutes> = {
  ...base,
  async create(context, { body }) {
    const { country, values } = body;
    demand(context, "quality.inspect", country);
    demandCleared(context, country, values);
    demandOutside(context.caller, country, values);
    const made = await recordVisit(context.tx, { country, values }, changeOf(context));
    return base.get(context, { params: { country, id: made.visit.id }, query: undefined, body: undefined });
  },
  async correct(context, inputs) {
    const { country, id } = inputs.params;
    demand(context, "quality.inspect", country);
    const found = await lockVisit(context.tx, country, id);
    demandOutside(context.caller, country, found.values);
    demandOutside(context.caller, country, { ...found.values, ...inputs.body.changes });
    const answer = await base.correct(context, inputs);
    await raiseForFinds(context.tx, await lockVisit(context.tx, country, id), changeOf(context));
    return answer;
  },
};

/** The handlers of visit reports, checklists and non-conformities. */
export const qualityHandlers: Handlers<typeof routes> = {
  async report(context, { body }) {
    demand(context, "quality.inspect", body.country);
    demandCleared(context, body.country, body.values);
    demandOutside(context.caller, body.country, body.values);
    const made = await recordVisit(context.tx, body, changeOf(context));
    const record = presentRecord(visitDefinition, made.visit, context);
    return {
      record: record as never,
      references: await referencesOf(context.tx, visit, [record]),
      nonconformities: made.nonconformities,
    };
  },
  async sheet(context, { params }) {
    const { tx, caller } = context;
    const { country, id } = params;
    const found = await findRecord(tx, visitDefinition, country, id);
    if (!found) throw new Problem(commonProblems["not-found"]);
    const kind = found.values.kind as VisitKind;
    const filled = await findAnswers(tx, country, id);
    const inForce = (await checklistsOf(tx, country)).find((each) => each.kind === kind);
    const version = filled?.checklistVersion ?? inForce?.version ?? 0;
    const items = [...(await checklistOf(tx, country, kind, version))];
    const today = context.now.toISOString().slice(0, 10);
    const listed = await listNonconformities(tx, { country, visit: id, today }, { limit: 200 });
    const nonconformities = listed.map((each) => presentNonconformity(context, each));
    const record = presentRecord(visitDefinition, found, context);
    const inspects =
      caller.can("quality.inspect", country) && mayInspect(caller, country, kind, found.values.organisation as string);
    return {
      record: record as never,
      checklist: { kind, version, items },
      filled: filled && { version, answers: filled.answers, answersVersion: filled.version },
      nonconformities,
      references: { ...(await referencesOf(tx, visit, [record])), ...(await mentioned(context, nonconformities)) },
      allowed: found.withdrawn || !inspects ? [] : ["inspect"],
    };
  },
  async answer(context, { params, body }) {
    demand(context, "quality.inspect", params.country);
    const found = await lockVisit(context.tx, params.country, params.id);
    demandOutside(context.caller, params.country, found.values);
    return { answersVersion: await answerChecklist(context.tx, found, body, changeOf(context)) };
  },
  async raise(context, { params, body }) {
    const { country } = params;
    demand(context, "quality.inspect", country);
    const found = await lockVisit(context.tx, country, params.id);
    demandOutside(context.caller, country, found.values);
    const id = await raiseNonconformity(context.tx, found, body, changeOf(context));
    const made = await findNonconformity(context.tx, country, id);
    if (!made) throw new Problem(commonProblems["not-found"]);
    return presentNonconformity(context, made);
  },
  async nonconformities(context, { query }) {
    const { cursor, limit, ...asked } = query;
    const filter = { ...asked, today: context.now.toISOString().slice(0, 10) };
    const found = await listNonconformities(context.tx, filter, { after: readCursor(cursor), limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map((each) => presentNonconformity(context, each)),
      counts: await countNonconformities(context.tx, filter),
      next: last ? pageCursor(last) : null,
      references: await mentioned(context, page),
    };
  },
  async nonconformity(context, { params }) {
    const found = await findNonconformity(context.tx, params.country, params.id);
    if (!found) throw new Problem(commonProblems["not-found"]);
    const steps = await findSteps(context.tx, params.country, params.id);
    const authors = await personNames(
      context.tx,
      steps.map(({ recordedBy }) => recordedBy),
    );
    return {
      nonconformity: presentNonconformity(context, found),
      thread: steps.map(({ recordedBy, ...step }) => ({ ...step, author: authors.get(recordedBy ?? "") ?? null })),
      references: await mentioned(context, [found]),
    };
  },
  async corrected(context, { params, body }) {
    demand(context, "quality.respond", params.country);
    const after = await stepNonconformity(
      context.tx,
      { ...params, version: body.version },
      { step: "corrected", reason: body.reason },
      ({ country, organisation }) => {
        if (!mayRespondFor(context.caller, country, organisation))
          throw new Problem(qualityProblems["other-organisation"]);
      },
      changeOf(context),
    );
    return presentNonconformity(context, after);
  },
  async verify(context, { params, body }) {
    demand(context, "quality.inspect", params.country);
    const { accepted, version, reason, deadline } = body;
    const after = await stepNonconformity(
      context.tx,
      { ...params, version },
      accepted ? { step: "closed", reason } : { step: "reopened", reason, deadline },
      (found) => demandVerifier(context, found),
      changeOf(context),
    );
    return presentNonconformity(context, after);
  },
  async extend(context, { params, body }) {
    demand(context, "quality.inspect", params.country);
    const { version, reason, deadline } = body;
    const after = await stepNonconformity(
      context.tx,
      { ...params, version },
      { step: "extended", reason, deadline },
      (found) => demandVerifier(context, found),
      changeOf(context),
    );
    return presentNonconformity(context, after);
  },
  async checklists(context, { query }) {
    return {
      items: await checklistsOf(context.tx, query.country),
      allowed: context.caller.can("quality.manage", query.country) ? ["manage"] : [],
    };
  },
  async saveChecklist(context, { body }) {
    demand(context, "quality.manage", body.country);
    const { reason, ...checklist } = body;
    return saveChecklist(context.tx, checklist, { ...changeOf(context), reason });
  },
  async acceptance(context, { query }) {
    const { country, ...of } = query;
    return acceptanceOf(context.tx, country, of);
  },
};

/** @throws Problem `quality.own-closure` when the caller belongs to the inspected organisation, or corrected it */
function demandVerifier(context: Context, found: ListedNonconformity): void {
  if (!mayVerify(context.caller, found.country, found)) throw new Problem(qualityProblems["own-closure"]);
}
