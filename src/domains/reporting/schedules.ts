import { recordEvent } from "../../platform/events/index.ts";
import type { Context, Handlers } from "../../platform/http/handler.ts";
import type { Jobs } from "../../platform/jobs/index.ts";
import type { Json } from "../../platform/kernel/canonical-json.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { personNames } from "../../platform/records/references.ts";
import { definitionOf } from "./actions.ts";
import { type IssueOutput, type ScheduleOutput, scheduleProblems, type scheduleRoutes } from "./contract-schedules.ts";
import { demandSound } from "./engine.ts";
import { enterDue, enterIssue, type IssuingSetup, performIssue, takeDue } from "./issuing.ts";
import { nextDue } from "./model-schedule.ts";
import {
  findIssue,
  findIssues,
  findSchedule,
  findSchedules,
  insertSchedule,
  lastIssues,
  type StoredIssue,
  type StoredSchedule,
  updateSchedule,
} from "./schedule-store.ts";

/** The name of the job that makes and delivers an issue. */
export const issueJob = "reporting.issue";

/** How often a node looks whether a report is due, in milliseconds. */
const lookEvery = 60_000;
/** What becomes of schedules on a node. */
export interface ScheduleSetup extends IssuingSetup {
  jobs: Pick<Jobs, "define" | "enter" | "repeat">;
}

/** An issue as it leaves: addresses of recipients stay. */
export function presentIssue(of: StoredIssue): IssueOutput {
  const { id, dueOn, from, to, state, attempts, retryAt, reason, hash, files, enteredAt, finishedAt } = of;
  const delivered = of.delivered.length;
  return { id, dueOn, from, to, state, attempts, retryAt, reason, hash, files, delivered, enteredAt, finishedAt };
}

function demand({ caller }: Context, country: string): void {
  if (!caller.can("reports.schedule", country)) throw new Problem(commonProblems.forbidden);
}

async function present(context: Context, of: readonly StoredSchedule[]): Promise<ScheduleOutput[]> {
  const [first] = of;
  if (!first) return [];
  const names = await personNames(
    context.tx,
    of.map(({ owner }) => owner),
  );
  const last = await lastIssues(context.tx, first.country);
  return of.map(({ owner, ...schedule }) => {
    const issue = last.get(schedule.id);
    return { ...schedule, owner: names.get(owner) ?? null, last: issue ? presentIssue(issue) : null };
  });
}

const changed = (
  context: Context,
  type: string,
  { country, id }: Pick<StoredSchedule, "country" | "id">,
  payload: Json,
) =>
  recordEvent(context.tx, {
    ...{ type, country, accountId: context.caller.account?.id ?? null, now: context.now, payload },
    subject: { type: "reporting.schedule", id },
  });

async function scheduleAt(context: Context, { country, id }: { country: string; id: string }): Promise<StoredSchedule> {
  demand(context, country);
  const found = await findSchedule(context.tx, country, id);
  if (!found) throw new Problem(commonProblems["not-found"]);
  return found;
}

/** What somebody asks to be issued by itself. */
export type ScheduleInput = Omit<
  StoredSchedule,
  "id" | "words" | "countries" | "paused" | "stopped" | "nextOn" | "owner"
> & {
  others: readonly string[];
};

/**
 * Keeps a schedule that its maker answers for from now on: issues are made with the maker's clearance at that time.
 * @throws Problem `common.not-found` for an unknown report, `common.invalid-input` for one that is unsound or does not fit,
 * `reporting.nowhere-to` without folder and recipients, `reporting.no-mail` for recipients of a node that sends no mail
 */
export async function makeSchedule(
  context: Context,
  { others, ...input }: ScheduleInput,
  { message, mailer }: Pick<IssuingSetup, "message" | "mailer">,
): Promise<StoredSchedule> {
  const definition = await definitionOf(context, input.country, input.definition);
  demandSound(definition, message);
  const fault = (path: string, code: string) => new Problem(commonProblems["invalid-input"], {}, [{ path, code }]);
  const countries = [...new Set([input.country, ...others])];
  if (definition.scope === "country" && countries.length > 1) throw fault("others", "reporting.one-country");
  if (input.form !== null && !definition.forms?.some(({ id }) => id === input.form))
    throw fault("form", "reporting.form-unknown");
  if (!input.folder && input.recipients.length === 0) throw new Problem(scheduleProblems["nowhere-to"]);
  if (input.recipients.length > 0 && !mailer) throw new Problem(scheduleProblems["no-mail"]);
  const schedule: StoredSchedule = {
    ...{ ...input, id: newId(), words: definition.words, countries, paused: false, stopped: null },
    ...{ formats: [...new Set(input.formats)], recipients: [...new Set(input.recipients)] },
    nextOn: nextDue(input.every, input.day, context.now.toISOString().slice(0, 10)),
    owner: context.caller.account?.id ?? "",
  };
  await insertSchedule(context.tx, schedule, context.now);
  const { every, audience, folder, recipients } = schedule;
  await changed(context, "reporting.schedule-made", schedule, {
    ...{ definition: schedule.definition, every, audience, folder, recipients: recipients.length },
  });
  return schedule;
}

/** The handlers of schedules. */
export function scheduleHandlers(setup: ScheduleSetup): Handlers<typeof scheduleRoutes> {
  const { mailer, jobs } = setup;
  const enterJob = (issue: { country: string; id: string }, accountId: string | null) =>
    jobs.enter({ name: issueJob, input: { ...issue }, accountId, country: issue.country });
  const single = async (context: Context, of: StoredSchedule) => (await present(context, [of]))[0] as ScheduleOutput;
  return {
    async schedules(context, { query }) {
      const { country, definition } = query;
      demand(context, country);
      const found = await findSchedules(context.tx, country, definition);
      return { items: await present(context, found), mail: mailer !== null, allowed: ["schedule"] };
    },
    async makeSchedule(context, { body }) {
      demand(context, body.country);
      return single(context, await makeSchedule(context, body, setup));
    },
    async pauseSchedule(context, { params, body }) {
      const found = await scheduleAt(context, params);
      const { paused } = body;
      // Days that passed while nothing was issued stay without an issue.
      const next = nextDue(found.every, found.day, context.now.toISOString().slice(0, 10));
      const taken = { stopped: null, owner: context.caller.account?.id ?? found.owner, nextOn: next };
      const change = paused ? { paused } : { paused, ...taken };
      await updateSchedule(context.tx, found, change);
      await changed(context, paused ? "reporting.schedule-paused" : "reporting.schedule-resumed", found, {});
      return single(context, { ...found, ...change });
    },
    async endSchedule(context, { params }) {
      const found = await scheduleAt(context, params);
      await updateSchedule(context.tx, found, { endedAt: context.now });
      await changed(context, "reporting.schedule-ended", found, {});
      return undefined;
    },
    async issueNow(context, { params }) {
      const schedule = await scheduleAt(context, params);
      if (schedule.stopped) throw new Problem(scheduleProblems[schedule.stopped]);
      const { now, tx } = context;
      const entered = await enterIssue(tx, schedule, {
        on: now.toISOString().slice(0, 10),
        dueOn: null,
        now,
        taken: true,
      });
      const issue = entered && (await findIssue(tx, entered.country, entered.id));
      if (!issue) throw new Problem(commonProblems.internal);
      const accountId = context.caller.account?.id ?? null;
      context.afterCommit(async () => void (await enterJob({ country: issue.country, id: issue.id }, accountId)));
      return presentIssue(issue);
    },
    async issues(context, { params }) {
      const { country, id } = await scheduleAt(context, params);
      return { items: (await findIssues(context.tx, country, id, 50)).map(presentIssue) };
    },
  };
}

/** Declares the job of issues, and looks every minute whether one is due or is to be tried again. */
export function defineIssueJob(setup: ScheduleSetup): void {
  const { jobs } = setup;
  jobs.define(issueJob, async ({ input, signal }) => {
    const state = await performIssue(setup, input as { country: string; id: string }, signal);
    return { state };
  });
  jobs.repeat(lookEvery, async () => {
    await enterDue(setup);
    for (const { country, id } of await takeDue(setup))
      await jobs.enter({ name: issueJob, input: { country, id }, accountId: null, country });
  });
}
