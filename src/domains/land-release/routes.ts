import type { Language } from "../../platform/contract/fields.ts";
import { type Context, type Handlers, type Implementation, implement } from "../../platform/http/handler.ts";
import type { Translator } from "../../platform/i18n/translator.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { personNames, referencesById } from "../../platform/records/references.ts";
import { readAreas } from "../land/index.ts";
import * as actions from "./actions.ts";
import { rulesOf } from "./bases.ts";
import { actorOf, demand } from "./callers.ts";
import { computeReport } from "./compute.ts";
import { type ReportOutput, reportProblems, type rights, routes } from "./contract.ts";
import { bodySchema } from "./contract-body.ts";
import type { landRoutes } from "./contract-land.ts";
import type { groundRoutes } from "./contract-surroundings.ts";
import { differenceOutput, postedOutput } from "./difference.ts";
import { groundHandlers } from "./ground-handlers.ts";
import { landHandlers } from "./land-handlers.ts";
import { defaultRules, steps } from "./model.ts";
import { listReports } from "./queue-store.ts";
import { findUncarried } from "./state-store.ts";
import { findReport, findSteps, type StoredReport } from "./store.ts";

/** Somebody who works for organisations only reports for these. */
function demandOrganisation(context: Context, country: string, organisation: string | null): void {
  const { grants } = context.caller;
  const here = grants.filter((grant) => grant.country === null || grant.country === country);
  const bound = here.length > 0 && here.every((grant) => grant.role === "operator" && grant.organisation !== null);
  if (bound && !here.some((grant) => grant.organisation === organisation))
    throw new Problem(reportProblems["other-organisation"]);
}

/** What this caller may do with a report now. */
async function allowedSteps(context: Context, report: StoredReport): Promise<string[]> {
  const { caller } = context;
  const me = caller.account?.id ?? null;
  const own = me !== null && (report.enteredBy === me || report.submittedBy === me);
  const can = (right: keyof typeof rights) => caller.can(right, report.country);
  const judged =
    me !== null && report.verifiedBy === me && !(await rulesOf(context.tx, report.country)).verifierMayApprove;
  return steps[report.state].filter((step) => {
    if (step === "edit" || step === "submit" || step === "withdraw") return can("land.report-enter");
    if (step === "verify") return can("land.report-verify") && !own;
    if (step === "return") return can("land.report-verify");
    return can("land.report-approve") && !own && !judged;
  });
}

const summaryOf = (report: Omit<StoredReport, "body" | "result">) => ({
  country: report.country,
  id: report.id,
  revision: report.revision,
  code: report.code,
  type: report.type,
  state: report.state,
  organisation: report.organisation,
  area: report.area,
  task: report.task,
  unit: report.unit,
  effectiveOn: report.effectiveOn,
  startedOn: report.startedOn,
  endedOn: report.endedOn,
  corrects: report.corrects,
  correctedBy: report.correctedBy,
  enteredAt: report.enteredAt,
  submittedAt: report.submittedAt,
  verifiedAt: report.verifiedAt,
  approvedAt: report.approvedAt,
  sample: report.sample,
});

function mentioned(reports: readonly Omit<StoredReport, "body" | "result">[]) {
  const present = (values: (string | null)[]) => values.filter((value) => value !== null);
  return {
    organisation: present(reports.map(({ organisation }) => organisation)),
    unit: present(reports.map(({ unit }) => unit)),
    "land.area": present(reports.map(({ area }) => area)),
    "land.report": present(reports.flatMap(({ corrects, correctedBy }) => [corrects, correctedBy])),
    "tasking.task": present(reports.map(({ task }) => task)),
  };
}

async function present(context: Context, report: StoredReport): Promise<ReportOutput> {
  const thread = await findSteps(context.tx, report.country, report.id);
  const { enteredBy, submittedBy, verifiedBy, approvedBy } = report;
  const names = await personNames(context.tx, [
    ...thread.map(({ accountId }) => accountId),
    ...[enteredBy, submittedBy, verifiedBy, approvedBy],
  ]);
  const name = (id: string | null) => names.get(id ?? "") ?? null;
  const wanted = mentioned([report]);
  const areas = report.body.parts.flatMap(({ area }) => (area ? [area] : []));
  return {
    report: { ...summaryOf(report), body: report.body },
    people: {
      entered: name(enteredBy),
      submitted: name(submittedBy),
      verified: name(verifiedBy),
      approved: name(approvedBy),
    },
    thread: thread.map(({ accountId, ...step }) => ({ ...step, author: name(accountId) })),
    allowed: await allowedSteps(context, report),
    references: await referencesById(context.tx, { ...wanted, "land.area": [...wanted["land.area"], ...areas] }),
  };
}

async function found(context: Context, { country, id }: { country: string; id: string }): Promise<StoredReport> {
  const report = await findReport(context.tx, country, id);
  if (!report) throw new Problem(commonProblems["not-found"]);
  return report;
}

type Decide = (
  tx: Context["tx"],
  target: { country: string; id: string; revision: number },
  comment: never,
  actor: actions.Actor,
) => Promise<StoredReport>;

const decided =
  (right: keyof typeof rights, act: Decide) =>
  async (
    context: Context,
    { params, body }: { params: { country: string; id: string }; body: { revision: number; comment: string | null } },
  ) => {
    demand(context, right, params.country);
    const target = { ...params, revision: body.revision };
    return present(context, await act(context.tx, target, body.comment as never, actorOf(context)));
  };

const reportHandlers: Omit<Handlers<typeof routes>, keyof typeof landRoutes | keyof typeof groundRoutes> = {
  async list(context, { query }) {
    const { caller, tx, now } = context;
    const { verifierMayApprove } = query.country ? await rulesOf(tx, query.country) : defaultRules;
    const { items, total, states, queues } = await listReports(tx, query, {
      accountId: caller.account?.id ?? null,
      mayVerify: caller.can("land.report-verify", query.country),
      mayApprove: caller.can("land.report-approve", query.country),
      verifierMayApprove,
      now,
    });
    return {
      items: items.map(summaryOf),
      total,
      states,
      queues,
      references: await referencesById(context.tx, mentioned(items)),
      allowed: (["land.report-enter", "land.report-verify", "land.report-approve"] as const).filter((right) =>
        context.caller.can(right, query.country),
      ),
    };
  },
  get: async (context, { params }) => present(context, await found(context, params)),
  async enter(context, { body }) {
    demand(context, "land.report-enter", body.country);
    demandOrganisation(context, body.country, body.organisation);
    return present(context, await actions.enterReport(context.tx, body, actorOf(context)));
  },
  async change(context, { params, body }) {
    demand(context, "land.report-enter", params.country);
    demandOrganisation(context, params.country, body.organisation);
    const { revision, ...words } = body;
    return present(context, await actions.changeReport(context.tx, { ...params, revision }, words, actorOf(context)));
  },
  submit: decided("land.report-enter", actions.submitReport),
  withdraw: decided("land.report-enter", actions.withdrawReport),
  verify: decided("land.report-verify", actions.verifyReport),
  sendBack: decided("land.report-verify", actions.returnReport),
  approve: decided("land.report-approve", actions.approveReport),
  async comment(context, { params, body }) {
    demand(context, "land.report-enter", params.country);
    await actions.commentReport(context.tx, params, body.comment, actorOf(context));
    return present(context, await found(context, params));
  },
  async difference(context, { params }) {
    const report = await found(context, params);
    if (report.state === "approved") return postedOutput(context, report);
    return differenceOutput(await computeReport(context.tx, { ...report, result: null }, { now: context.now }));
  },
  async check(context, { body }) {
    demand(context, "land.report-enter", body.country);
    const report = actions.newReport({ ...body, id: body.id ?? newId() }, "", actorOf(context));
    return differenceOutput(await computeReport(context.tx, report, { now: context.now }));
  },
  async opening(context, { query }) {
    const { areas, squareMetres, withoutOutline } = await findUncarried(context.tx, query.country);
    return { areas: areas.length, squareMetres, withoutOutline };
  },
  async open(context, { body }) {
    demand(context, "land.report-approve", body.country);
    const { areas } = await findUncarried(context.tx, body.country);
    const records = await readAreas(
      context.tx,
      body.country,
      areas.slice(0, 500).map(({ id }) => id),
    );
    const report = await actions.enterReport(
      context.tx,
      {
        country: body.country,
        type: "opening-balance",
        ...{ organisation: null, area: null, task: null, unit: null, startedOn: null, endedOn: null, corrects: null },
        effectiveOn: body.effectiveOn,
        body: bodySchema.parse({
          parts: records.map(({ id, values }) => ({
            id: newId(),
            outcome: "identified",
            area: id,
            areaClass: values.areaClass,
            geometry: values.geometry,
          })),
        }),
      },
      actorOf(context),
    );
    return present(context, report);
  },
};

/**
 * The routes of land release with their handlers.
 * @param translator the words of a language, for the papers of a report
 */
export function createLandRelease(translator: (language: Language) => Translator): Implementation {
  return implement(routes, { ...reportHandlers, ...landHandlers, ...groundHandlers(translator) });
}
