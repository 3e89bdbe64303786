import { type Context, type Handlers, implement } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import {
  type Acting,
  type Cutoffs,
  cutoffsOf,
  recordAssessment,
  resultOf,
  setCutoff,
  stepAlert,
  withdraw,
} from "./actions.ts";
import { type AlertOutput, type AssessmentOutput, type AssessmentSummary, routes } from "./contract.ts";
import { mayAssess, reachOf } from "./policy.ts";
import { hoursToTake } from "./settings.ts";
import {
  countAlerts,
  findAlerts,
  findAssessment,
  findAssessments,
  findCutoffs,
  findPerson,
  type StoredAlert,
  type StoredAssessment,
  type StoredCutoff,
} from "./store.ts";

/** @throws Problem `common.forbidden` when the caller lacks the right or the clearance in the country */
function demand({ caller }: Context, right: keyof typeof needed, country: string): void {
  if (!mayAssess(caller, right, country)) throw new Problem(commonProblems.forbidden, { right });
}
const needed = { "assessments.read": true, "assessments.write": true } as const;

const acting = ({ caller, now }: Context, country: string): Acting => ({
  accountId: caller.account?.id ?? null,
  now,
  reach: reachOf(caller, country),
});

const isoOf = (time: string | null) => (time === null ? null : new Date(time).toISOString());

function presentSummary(stored: StoredAssessment, cutoffs: Cutoffs): AssessmentSummary {
  const { country, id, person, instrument, version, language, mode, assessedOn } = stored;
  return {
    country,
    id,
    person,
    instrument,
    version,
    language,
    mode,
    assessedOn,
    recordedAt: isoOf(stored.recordedAt) as string,
    withdrawn: stored.withdrawnReason !== null,
    result: resultOf(stored, cutoffs),
    screening: true,
  };
}

function presentAlert({ caller, now }: Context, stored: StoredAlert, hours: number): AlertOutput {
  const account = caller.account?.id ?? null;
  const mine = account !== null && stored.responsible === account;
  const writes = mayAssess(caller, "assessments.write", stored.country);
  return {
    ...stored,
    raisedAt: isoOf(stored.raisedAt) as string,
    takenAt: isoOf(stored.takenAt),
    closedAt: isoOf(stored.closedAt),
    mine,
    overdue: stored.state === "open" && new Date(stored.raisedAt).getTime() < now.getTime() - hours * 3_600_000,
    steps: !writes || stored.state === "closed" ? [] : stored.state === "taken" && mine ? ["close"] : ["take", "close"],
  };
}

async function presentWhole(context: Context, stored: StoredAssessment): Promise<AssessmentOutput> {
  const { tx, caller } = context;
  const { country, id } = stored;
  const alerts = await findAlerts(tx, { country, assessment: id }, reachOf(caller, country));
  const hours = await hoursToTake(tx, country);
  return {
    ...presentSummary(stored, await cutoffsOf(tx, country)),
    answers: stored.answers as AssessmentOutput["answers"],
    assessor: stored.assessor,
    withdrawnReason: stored.withdrawnReason,
    alerts: alerts.map((each) => presentAlert(context, each, hours)),
    allowed: stored.withdrawnReason === null && mayAssess(caller, "assessments.write", country) ? ["withdraw"] : [],
  };
}

const presentCutoff = ({ language, recordedAt, ...rest }: StoredCutoff) => ({
  ...rest,
  language: language === "" ? null : language,
  recordedAt: isoOf(recordedAt) as string,
});

const handlers: Handlers<typeof routes> = {
  async record(context, { body }) {
    demand(context, "assessments.write", body.country);
    return presentWhole(context, await recordAssessment(context.tx, body, acting(context, body.country)));
  },
  async ofPerson(context, { params }) {
    const { tx, caller } = context;
    const { country, id } = params;
    demand(context, "assessments.read", country);
    const person = await findPerson(tx, country, id, reachOf(caller, country));
    if (!person) throw new Problem(commonProblems["not-found"]);
    const cutoffs = await cutoffsOf(tx, country);
    return {
      items: (await findAssessments(tx, country, person.standing)).map((each) => presentSummary(each, cutoffs)),
      person: { id: person.standing, code: person.code, birthYear: person.birthYear },
      allowed: !person.erased && !person.withdrawn && mayAssess(caller, "assessments.write", country) ? ["record"] : [],
    };
  },
  async get(context, { params }) {
    demand(context, "assessments.read", params.country);
    const found = await findAssessment(context.tx, params.country, params.id, reachOf(context.caller, params.country));
    if (!found) throw new Problem(commonProblems["not-found"]);
    return presentWhole(context, found);
  },
  async withdraw(context, { params, body }) {
    demand(context, "assessments.write", params.country);
    return presentWhole(context, await withdraw(context.tx, params, body.reason, acting(context, params.country)));
  },
  async alerts(context, { query }) {
    const { tx, caller, now } = context;
    const { country, state, mine } = query;
    demand(context, "assessments.read", country);
    const reach = reachOf(caller, country);
    const filter = { country, state, responsible: mine ? (caller.account?.id ?? "") : undefined };
    const hours = await hoursToTake(tx, country);
    return {
      items: (await findAlerts(tx, filter, reach)).map((each) => presentAlert(context, each, hours)),
      counts: await countAlerts(tx, filter, reach, new Date(now.getTime() - hours * 3_600_000)),
    };
  },
  async takeAlert(context, { params, body }) {
    const { country } = params;
    demand(context, "assessments.write", country);
    const of = { ...params, version: body.version };
    const after = await stepAlert(context.tx, of, { take: true }, acting(context, country));
    return presentAlert(context, after, await hoursToTake(context.tx, country));
  },
  async closeAlert(context, { params, body }) {
    const { country } = params;
    demand(context, "assessments.write", country);
    const of = { ...params, version: body.version };
    const after = await stepAlert(context.tx, of, { close: body.action }, acting(context, country));
    return presentAlert(context, after, await hoursToTake(context.tx, country));
  },
  async cutoffs(context, { query }) {
    return {
      items: (await findCutoffs(context.tx, query.country)).map(presentCutoff),
      allowed: context.caller.can("assessments.manage", query.country) ? ["manage"] : [],
    };
  },
  async setCutoff(context, { body }) {
    const { country, language, ...rest } = body;
    if (!context.caller.can("assessments.manage", country))
      throw new Problem(commonProblems.forbidden, { right: "assessments.manage" });
    const input = { ...rest, language: language ?? ("" as const) };
    return presentCutoff(await setCutoff(context.tx, country, input, acting(context, country)));
  },
};

/** The routes of the domain with their handlers. */
export const implementation = implement(routes, handlers);
