import { recordProblems } from "../../platform/contract/record-routes.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { personNames, referencesById } from "../../platform/records/references.ts";
import { countCases, findCarers, listCases, type Writing } from "./case-store.ts";
import { assignCase, closeCase, openCase, reachCase, reopenCase, setCause } from "./cases.ts";
import type { routes } from "./contract.ts";
import { addNeed, addService, stepNeed, withdrawService } from "./needs.ts";
import { listDue } from "./plan-store.ts";
import { addFollowUp, addGoal, endFollowUp, endGoal } from "./plans.ts";
import { mayCare, type Reach, reachOf } from "./policy.ts";
import { presentCase, presentFollowUp, presentLine } from "./presenter.ts";

/** By whom and when a request writes. */
export const writing = ({ caller, now }: Context): Writing => ({ accountId: caller.account?.id ?? null, now });

/**
 * Whose cases the caller reaches.
 * @throws Problem `common.forbidden` without the right in the country, or the clearance for strictly confidential facts
 */
export function demandReach({ caller }: Context, right: string, country: string): Reach {
  if (!mayCare(caller, right, country)) throw new Problem(commonProblems.forbidden, { right });
  return reachOf(caller, country);
}

function readCursor(text: string | undefined): { openedOn: string; id: string } | undefined {
  if (text === undefined) return undefined;
  const match = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(text);
  if (!match) throw new Problem(recordProblems["bad-cursor"]);
  return { openedOn: match[1] as string, id: match[2] as string };
}

type At = { country: string; id: string };

/** Does something to a case within reach and answers with the whole case. */
async function changing(context: Context, at: At, work: (reach: Reach, by: Writing) => Promise<unknown>) {
  const reach = demandReach(context, "assistance.write", at.country);
  await work(reach, writing(context));
  return presentCase(context, await reachCase(context.tx, reach, at.country, at.id));
}

/** The handlers of cases, needs, services given and plans. */
export const caseHandlers: Handlers<typeof routes> = {
  async cases(context, { query }) {
    const { country, view, cursor, limit, ...rest } = query;
    const reach = demandReach(context, "assistance.read", country);
    const filter = { country, view, reach, today: context.now.toISOString().slice(0, 10), ...rest };
    const found = await listCases(context.tx, filter, { after: readCursor(cursor), limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    const names = await personNames(
      context.tx,
      items.map(({ assignee }) => assignee),
    );
    return {
      items: items.map((item) => presentLine(item, names)),
      counts: await countCases(context.tx, filter),
      next: last ? `${last.openedOn}_${last.id}` : null,
      references: await referencesById(context.tx, {
        organisation: items.map(({ organisation }) => organisation).filter((id) => id !== null),
        unit: items.map(({ unit }) => unit).filter((id) => id !== null),
      }),
      allowed: mayCare(context.caller, "assistance.write", country) ? ["open"] : [],
    };
  },
  async openCase(context, { body }) {
    const reach = demandReach(context, "assistance.write", body.country);
    return presentCase(context, await openCase(context.tx, reach, body, writing(context)));
  },
  async case(context, { params }) {
    const reach = demandReach(context, "assistance.read", params.country);
    return presentCase(context, await reachCase(context.tx, reach, params.country, params.id));
  },
  assign: (context, { params, body }) =>
    changing(context, params, (reach, by) => assignCase(context.tx, reach, { ...params, ...body }, body, by)),
  close: (context, { params, body }) =>
    changing(context, params, (reach, by) => closeCase(context.tx, reach, { ...params, ...body }, body, by)),
  reopen: (context, { params, body }) =>
    changing(context, params, (reach, by) => reopenCase(context.tx, reach, { ...params, ...body }, body, by)),
  setCause: (context, { params, body }) =>
    changing(context, params, (reach, by) => setCause(context.tx, reach, params, body, by)),
  addNeed: (context, { params, body }) =>
    changing(context, params, (reach, by) => addNeed(context.tx, reach, params, body, by)),
  stepNeed: (context, { params, body }) =>
    changing(context, params, (reach, by) =>
      stepNeed(context.tx, reach, { ...params, version: body.version }, body, by),
    ),
  addService: (context, { params, body }) =>
    changing(context, params, (reach, by) => addService(context.tx, reach, params, body, by)),
  withdrawService: (context, { params, body }) =>
    changing(context, params, (reach, by) => withdrawService(context.tx, reach, params, body.reason, by)),
  addGoal: (context, { params, body }) =>
    changing(context, params, (reach, by) => addGoal(context.tx, reach, params, body, by)),
  endGoal: (context, { params, body }) =>
    changing(context, params, (reach, by) =>
      endGoal(context.tx, reach, { ...params, version: body.version }, body, by),
    ),
  addFollowUp: (context, { params, body }) =>
    changing(context, params, (reach, by) => addFollowUp(context.tx, reach, params, body, by)),
  endFollowUp: (context, { params, body }) =>
    changing(context, params, (reach, by) =>
      endFollowUp(context.tx, reach, { ...params, version: body.version }, body, by),
    ),
  async carers(context, { query }) {
    demandReach(context, "assistance.read", query.country);
    return { items: await findCarers(context.tx, query.country) };
  },
  async followUps(context, { query }) {
    const { country, mine, limit } = query;
    const reach = demandReach(context, "assistance.read", country);
    const today = context.now.toISOString().slice(0, 10);
    const until = query.until ?? new Date(context.now.getTime() + 14 * 86_400_000).toISOString().slice(0, 10);
    const { items, total, overdue } = await listDue(context.tx, { country, reach, mine, until, today }, limit);
    const names = await personNames(
      context.tx,
      items.map(({ assignee }) => assignee),
    );
    return {
      items: items.map(({ caseCode, ...item }) => ({ ...presentFollowUp(item, names, today), caseCode })),
      total,
      overdue,
    };
  },
};
