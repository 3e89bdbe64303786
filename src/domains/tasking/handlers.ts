import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import type { ChangeContext } from "../../platform/records/actions.ts";
import { recordHandlers } from "../../platform/records/handlers.ts";
import { presentRecord } from "../../platform/records/presenter.ts";
import { countRecordsBy, listRecords, type RecordQuery } from "../../platform/records/query.ts";
import { referencesOf } from "../../platform/records/references.ts";
import { findRecord, type StoredRecord } from "../../platform/records/store.ts";
import { moveTask, placeProgress, setFurtherAreas, transitionsOf } from "./actions.ts";
import { type progressRoutes, type routes, task, taskingProblems, type taskRoutes } from "./contract.ts";
import { progressDefinition, taskDefinition } from "./definitions.ts";
import { isOverdue, openStatuses, progressTotals, type TaskStatus, type Transitions, taskStatuses } from "./model.ts";
import { mayReportFor } from "./policy.ts";
import { scoreOf } from "./priorities.ts";
import { findFurtherAreas, processedByTask, progressDays } from "./store.ts";

/** Cards of one status that the board shows; the list shows the rest. */
const cardsOfColumn = 40;

/** Who changes what and when, as a request says it. */
export function changeOf(context: Context, reason: string): ChangeContext & { reason: string } {
  return { accountId: context.caller.account?.id ?? null, now: context.now, reason };
}

/** @throws Problem `common.forbidden` unless the caller has the right in that country */
export function demand(context: Context, right: string, country: string): void {
  if (!context.caller.can(right, country)) throw new Problem(commonProblems.forbidden);
}

/** Makes cards of tasks; the steps of each country are read once. */
async function cardsOf(context: Context, records: readonly StoredRecord[]) {
  const { tx } = context;
  const today = context.now.toISOString().slice(0, 10);
  const steps = new Map<string, Transitions>();
  const processed = new Map<string, { squareMetres: number; lastDay: string }>();
  for (const country of new Set(records.map((record) => record.country))) {
    if (context.caller.can("tasking.manage", country)) steps.set(country, await transitionsOf(tx, country));
    const ids = records.filter((record) => record.country === country).map(({ id }) => id);
    for (const [id, done] of await processedByTask(tx, country, ids)) processed.set(id, done);
  }
  return records.map((record) => {
    const moves = record.withdrawn ? [] : (steps.get(record.country)?.[record.values.status as TaskStatus] ?? []);
    return {
      record: presentRecord(taskDefinition, record, context) as never,
      processedSquareMetres: processed.get(record.id)?.squareMetres ?? 0,
      lastDay: processed.get(record.id)?.lastDay ?? null,
      overdue: isOverdue(record.values, today),
      moves: [...moves],
    };
  });
}

const allowedFor = (context: Context, country?: string): string[] => [
  ...(context.caller.can("tasking.manage", country) ? ["manage"] : []),
  ...(context.caller.can("tasking.report", country) ? ["report"] : []),
];

/** Handlers of the board, the sheet of a task and its steps. */
export const taskingHandlers: Handlers<typeof routes> = {
  async board(context, { query }) {
    const { tx, caller } = context;
    const yesterday = new Date(context.now.getTime() - 86_400_000).toISOString().slice(0, 10);
    const filter: RecordQuery = {
      ...(query.country ? { country: query.country } : {}),
      ...(query.organisation ? { "filter.organisation": query.organisation } : {}),
      ...(query.unit ? { "filter.unit": query.unit } : {}),
      ...(query.overdue ? { "filter.deadline.to": yesterday } : {}),
    };
    const counted = await countRecordsBy(tx, taskDefinition, filter, ["status"], caller.claims);
    const columns = [];
    const mentioned: RecordValues[] = [];
    for (const status of query.overdue ? openStatuses : taskStatuses) {
      const open = openStatuses.includes(status);
      const asked = {
        ...filter,
        "filter.status": status,
        // What is open by its deadline, what is over by when it was issued, newest first.
        sort: open ? "deadline" : "-issuedOn",
        limit: cardsOfColumn,
      };
      const total = counted.find(({ keys }) => keys[0] === status)?.count ?? 0;
      const { records } = total === 0 ? { records: [] } : await listRecords(tx, taskDefinition, asked, caller.claims);
      const cards = await cardsOf(context, records);
      mentioned.push(...cards.map(({ record }) => record));
      columns.push({ status, total, cards });
    }
    return {
      columns,
      references: await referencesOf(tx, task, mentioned),
      allowed: allowedFor(context, query.country),
    };
  },
  async sheet(context, { params }) {
    const { tx } = context;
    const record = await findRecord(tx, taskDefinition, params.country, params.id);
    if (!record) throw new Problem(commonProblems["not-found"]);
    const [card] = await cardsOf(context, [record]);
    if (!card) throw new Problem(commonProblems["not-found"]);
    // Areas are named where the reader's level opens that field of a task.
    const furtherAreas =
      context.caller.levelFor(params.country) === "public" ? [] : await findFurtherAreas(tx, params.country, params.id);
    const days = await progressDays(tx, params.country, params.id);
    return {
      card,
      furtherAreas,
      days,
      totals: progressTotals(days),
      references: await referencesOf(tx, task, [
        card.record,
        ...furtherAreas.map((area) => ({ area })),
        ...days.map(({ team }) => ({ team })),
      ]),
      allowed: record.withdrawn ? [] : allowedFor(context, params.country),
    };
  },
  async move(context, { params, body }) {
    demand(context, "tasking.manage", params.country);
    const on = body.on ?? context.now.toISOString().slice(0, 10);
    const step = { revision: body.revision, status: body.status, on };
    const moved = await moveTask(context.tx, params, step, changeOf(context, body.reason));
    const [card] = await cardsOf(context, [moved]);
    if (!card) throw new Problem(commonProblems["not-found"]);
    return card;
  },
  async furtherAreas(context, { params, body }) {
    demand(context, "tasking.manage", params.country);
    const change = changeOf(context, body.reason);
    return { furtherAreas: await setFurtherAreas(context.tx, params, body.areas, change) };
  },
};

const taskBase = recordHandlers(taskDefinition, { read: "tasking.read", correct: "tasking.manage" });

/** The handlers of task orders: a new one is scored by the criteria in force. */
export const taskHandlers: Handlers<typeof taskRoutes> = {
  ...taskBase,
  async create(context, inputs) {
    const { country, values } = inputs.body;
    demand(context, "tasking.manage", country);
    const area = values.area;
    const scored = typeof area === "string" ? await scoreOf(context.tx, country, area, context.now) : null;
    const complete = scored ? { ...values, priorityScore: scored.score, priorityCriteria: scored.criteria } : values;
    return taskBase.create(context, { ...inputs, body: { country, values: complete } });
  },
};

const progressBase = recordHandlers(progressDefinition, { read: "tasking.read", correct: "tasking.report" });

/** The handlers of daily progress: each entry is judged against its task and team, and entered by whom it concerns. */
export const progressHandlers: Handlers<typeof progressRoutes> = {
  ...progressBase,
  async create(context, inputs) {
    const { country, values } = inputs.body;
    demand(context, "tasking.report", country);
    const placed = await placeProgress(context.tx, country, values);
    if (!mayReportFor(context.caller, country, placed.organisation))
      throw new Problem(taskingProblems["other-organisation"]);
    return progressBase.create(context, { ...inputs, body: { country, values: placed } });
  },
  async correct(context, inputs) {
    const { country, id } = inputs.params;
    demand(context, "tasking.report", country);
    const record = await findRecord(context.tx, progressDefinition, country, id, true);
    if (!record) throw new Problem(commonProblems["not-found"]);
    const { organisation: before, code, ...rest } = record.values;
    const placed = await placeProgress(context.tx, country, { ...rest, ...inputs.body.changes }, code as string);
    for (const organisation of [before, placed.organisation])
      if (typeof organisation === "string" && !mayReportFor(context.caller, country, organisation))
        throw new Problem(taskingProblems["other-organisation"]);
    const changes = { ...inputs.body.changes, organisation: placed.organisation };
    return progressBase.correct(context, { ...inputs, body: { ...inputs.body, changes } });
  },
};
