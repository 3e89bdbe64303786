import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Access, Caller } from "../../platform/access/index.ts";
import { type Database, programClaims, type Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import type { Context } from "../../platform/http/handler.ts";
import type { Clock } from "../../platform/kernel/clock.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import type { Mailer, MailFile } from "../../platform/mail/index.ts";
import { runReport } from "./actions.ts";
import { mostMailBytes, scheduleProblems, scheduleRights } from "./contract-schedules.ts";
import type { MessageReader } from "./engine.ts";
import { reportFile, type Translators } from "./files.ts";
import { hashed } from "./hash.ts";
import type { Wording } from "./model-definition.ts";
import { fileNameOf, type IssueFormat, lastDue, nextDue, periodFor, type Stop, waitAfter } from "./model-schedule.ts";
import { type Writing, writingOf } from "./outputs/writing.ts";
import {
  claimIssue,
  findSchedule,
  type IssuedFile,
  insertIssue,
  lockDueSchedules,
  type StoredIssue,
  type StoredSchedule,
  takeIssues,
  updateIssue,
  updateSchedule,
} from "./schedule-store.ts";
import { countryNames } from "./store.ts";

/** What a node gives to reports that are issued by themselves. */
export interface IssuingSetup {
  database: Database;
  clock: Clock;
  access: Pick<Access, "callerById">;
  translators: Translators;
  message: MessageReader;
  /** The folder in which issues are kept, with one for each country. */
  folder: string;
  /** Null for a node without a mail server. */
  mailer: Mailer | null;
  /** Where people reach the node. */
  publicAddress: string;
}

const right = Object.keys(scheduleRights)[0] as string;
const dayOf = (now: Date) => now.toISOString().slice(0, 10);

/**
 * Enters an issue for each schedule whose day has come. One that slept over several of its days issues once, for the period
 * that ended last, and goes on from there.
 * @returns the issues that now wait
 */
export async function enterDue({
  database,
  clock,
}: Pick<IssuingSetup, "database" | "clock">): Promise<{ country: string; id: string }[]> {
  const now = clock();
  const today = dayOf(now);
  return database.transaction(programClaims, async (tx) => {
    const entered: { country: string; id: string }[] = [];
    for (const schedule of await lockDueSchedules(tx, today, 100)) {
      const dueOn = lastDue(schedule.every, schedule.day, today);
      const issue = await enterIssue(tx, schedule, { on: dueOn, dueOn, now });
      if (issue) entered.push(issue);
      await updateSchedule(tx, schedule, { nextOn: nextDue(schedule.every, schedule.day, today) });
    }
    return entered;
  });
}

/** An issue that has run longer than this belongs to a process that is gone, one that waits longer to none; milliseconds. */
const lostAfter = 30 * 60_000;

/** Takes the issues that wait and whose time has come; of several processes one gets each. */
export async function takeDue({
  database,
  clock,
}: Pick<IssuingSetup, "database" | "clock">): Promise<{ country: string; id: string }[]> {
  const now = clock();
  return database.transaction(programClaims, (tx) => takeIssues(tx, now, new Date(now.getTime() - lostAfter)));
}

/** Issues everything that is due, at once and one after the other, for the command line. @returns each issue and how it ended */
export async function issueDue(
  setup: IssuingSetup,
  signal: AbortSignal,
): Promise<{ country: string; id: string; state: StoredIssue["state"] | null }[]> {
  await enterDue(setup);
  const ended: { country: string; id: string; state: StoredIssue["state"] | null }[] = [];
  for (const at of await takeDue(setup)) {
    signal.throwIfAborted();
    ended.push({ ...at, state: await performIssue(setup, at, signal) });
  }
  return ended;
}

/**
 * Enters an issue of a schedule, for the period that was over on a day.
 * @param taken whether whoever enters it also sees to it that it is performed
 * @returns null when that day was issued already
 */
export async function enterIssue(
  tx: Tx,
  schedule: StoredSchedule,
  { on, dueOn, now, taken = false }: { on: string; dueOn: string | null; now: Date; taken?: boolean },
): Promise<{ country: string; id: string } | null> {
  const issue = { country: schedule.country, id: newId() };
  const period = periodFor(schedule.every, schedule.period, on);
  return (await insertIssue(tx, { ...issue, schedule: schedule.id, dueOn, ...period }, { now, taken })) ? issue : null;
}

/** Why whoever answers for a schedule may not issue it any more; null when they may. */
export function stopFor(caller: Caller | null, schedule: Pick<StoredSchedule, "country">): Stop | null {
  if (!caller) return "account-closed";
  return caller.can(right, schedule.country) ? null : "right-gone";
}

/**
 * Makes and delivers an issue that waits, with the clearance that whoever answers for the schedule has now. What fails on the
 * way to the reader is tried again; what is wrong with the report or the right to it is not.
 * @returns how it ended; null when it did not wait any more
 */
export async function performIssue(
  setup: IssuingSetup,
  at: { country: string; id: string },
  signal: AbortSignal,
): Promise<StoredIssue["state"] | null> {
  const { database, clock, access } = setup;
  const asProgram = <T>(work: (tx: Tx) => Promise<T>) => database.transaction(programClaims, work);
  const issue = await asProgram((tx) => claimIssue(tx, at.country, at.id, clock()));
  if (!issue) return null;
  const schedule = await asProgram((tx) => findSchedule(tx, issue.country, issue.schedule));
  const finish = (state: "done" | "failed", reason: string | null) =>
    asProgram(async (tx) => {
      const now = clock();
      await updateIssue(tx, issue, { state, reason, retryAt: null, finishedAt: now });
      await recordEvent(tx, {
        ...{ type: state === "done" ? "reporting.issued" : "reporting.issue-failed", country: issue.country, now },
        ...{ accountId: schedule?.owner ?? null, subject: { type: "reporting.schedule", id: issue.schedule } },
        payload: { issue: issue.id, from: issue.from, to: issue.to, ...(reason ? { reason } : {}) },
      });
      return state;
    });
  if (!schedule) return finish("failed", commonProblems["not-found"].code);
  const caller = await access.callerById(schedule.owner);
  const stopped = stopFor(caller, schedule);
  if (!caller || stopped) {
    await asProgram(async (tx) => {
      await updateSchedule(tx, schedule, { stopped: stopped ?? "account-closed" });
      await recordEvent(tx, {
        ...{ type: "reporting.schedule-stopped", country: schedule.country, now: clock(), accountId: null },
        ...{
          subject: { type: "reporting.schedule", id: schedule.id },
          payload: { reason: stopped ?? "account-closed" },
        },
      });
    });
    return finish("failed", scheduleProblems[stopped ?? "account-closed"].code);
  }
  try {
    const made = await filesOf(setup, { schedule, issue, caller }, signal);
    const { files, kept } = schedule.folder
      ? await keep(setup, schedule, issue, made)
      : { files: made.files, kept: null };
    // Written down before any mail leaves: what is in the folder stays, and another attempt sends these same files.
    if (kept || !schedule.folder)
      await asProgram((tx) => updateIssue(tx, issue, { hash: made.hash, ...(kept ? { files: kept } : {}) }));
    await deliver(setup, { schedule, issue, files, words: made.mail }, signal);
    return await finish("done", null);
  } catch (cause) {
    const problem = cause instanceof Problem ? cause : null;
    const wait = problem && problem.status < 500 ? null : waitAfter(issue.attempts);
    const reason = problem?.code ?? commonProblems.internal.code;
    if (wait === null) return await finish("failed", reason);
    await asProgram((tx) =>
      updateIssue(tx, issue, { state: "waiting", reason, retryAt: new Date(clock().getTime() + wait) }),
    );
    return "waiting";
  }
}

interface Made {
  files: MailFile[];
  hash: string;
  mail: { subject: string; text: string };
}

/** Makes the files of an issue in a transaction of whoever answers for it. */
async function filesOf(
  setup: IssuingSetup,
  { schedule, issue, caller }: { schedule: StoredSchedule; issue: StoredIssue; caller: Caller },
  signal: AbortSignal,
): Promise<Made> {
  const { database, clock, translators, message, publicAddress } = setup;
  const now = clock();
  const { definition, countries, language, audience } = schedule;
  const { from, to } = issue;
  const name = fileNameOf({ definition, countries, from, to, at: now });
  const after: (() => void | Promise<void>)[] = [];
  const { responses, ...rest } = await database.transaction(
    caller.claims,
    async (tx) => {
      const context: Context = {
        ...{ tx, caller, now, signal, database, requestId: issue.id, request: new Request(publicAddress) },
        afterCommit: (work) => void after.push(work),
      };
      const form = schedule.form === null ? {} : { form: schedule.form };
      const asked = { definition, country: countries, from, to, in: schedule.in, audience, ...form };
      const result = await runReport(context, asked, message);
      const made: [IssueFormat, Response][] = [];
      for (const format of schedule.formats)
        made.push([
          format,
          await reportFile(context, { result, format, language, number: null, at: now }, translators),
        ]);
      const address = new URL(
        `/reports?${new URLSearchParams({ definition, country: countries.join(","), from, to, in: schedule.in })}`,
        publicAddress,
      );
      const writing = writingOf(result, translators(language), await countryNames(tx));
      const mail = mailOf(writing, result.definition.words, now, address.href);
      return { responses: made, hash: hashed(result).hash, mail };
    },
    { readOnly: true },
  );
  for (const work of after) await work();
  const files: MailFile[] = [];
  for (const [format, response] of responses)
    files.push({
      ...{ name: `${name}.${format}`, type: response.headers.get("content-type") ?? "application/octet-stream" },
      bytes: new Uint8Array(await response.arrayBuffer()),
    });
  return { files, ...rest };
}

function mailOf(writing: Writing, title: Wording, now: Date, address: string): Made["mail"] {
  const { t, say, given } = writing;
  const known = `${now.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return {
    subject: t("reporting.mail.subject", { ...given, title: say(title) }),
    text: [
      t("reporting.mail.lead", { ...given, title: say(title), known }),
      ...writing.warnings,
      t("reporting.mail.live"),
      address,
      t("reporting.mail.why"),
    ].join("\n\n"),
  };
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/**
 * Puts the files of an issue into the folder of its country; nothing there is ever overwritten. What an earlier attempt put
 * there is taken from there instead.
 * @throws Error when the folder cannot be written, or holds something else under a name of this issue
 */
async function keep(
  { folder }: IssuingSetup,
  { country }: StoredSchedule,
  issue: StoredIssue,
  made: Made,
): Promise<{ files: MailFile[]; kept: IssuedFile[] | null }> {
  const place = join(folder, country);
  if (issue.files.length > 0) {
    const types = new Map(made.files.map(({ name, type }) => [name.split(".").at(-1), type]));
    const files = await Promise.all(
      issue.files.map(async ({ name, sha256: hash }) => {
        const bytes = new Uint8Array(await readFile(join(place, name)));
        if (sha256(bytes) !== hash) throw new Error(`${name} in the folder of reports is not what was issued`);
        return { name, bytes, type: types.get(name.split(".").at(-1)) ?? "application/octet-stream" };
      }),
    );
    return { files, kept: null };
  }
  await mkdir(place, { recursive: true, mode: 0o750 });
  for (const { name, bytes } of made.files) await writeFile(join(place, name), bytes, { flag: "wx", mode: 0o640 });
  const kept = made.files.map(({ name, bytes }) => ({ name, sha256: sha256(bytes), bytes: bytes.length }));
  return { files: made.files, kept };
}

/** Sends an issue to each recipient who has not got it yet; one who cannot be reached does not keep it from the others. */
async function deliver(
  { mailer, database }: IssuingSetup,
  of: { schedule: StoredSchedule; issue: StoredIssue; files: MailFile[]; words: Made["mail"] },
  signal: AbortSignal,
): Promise<void> {
  const { schedule, issue, files, words } = of;
  const waiting = schedule.recipients.filter((address) => !issue.delivered.includes(address));
  if (waiting.length === 0) return;
  if (!mailer) throw new Problem(scheduleProblems["no-mail"]);
  if (files.reduce((sum, { bytes }) => sum + bytes.length, 0) > mostMailBytes)
    throw new Problem(scheduleProblems["too-large-for-mail"], { megabytes: mostMailBytes / 1_000_000 });
  const delivered = [...issue.delivered];
  const failures: unknown[] = [];
  for (const to of waiting) {
    signal.throwIfAborted();
    try {
      await mailer.send({ to, ...words, files });
      delivered.push(to);
      await database.transaction(programClaims, (tx) => updateIssue(tx, issue, { delivered }));
    } catch (cause) {
      failures.push(cause);
    }
  }
  // One that may pass is tried again; only when none may is the issue given up.
  const passing = failures.find((cause) => !(cause instanceof Problem) || cause.status >= 500);
  if (failures.length > 0) throw passing ?? failures[0];
}
