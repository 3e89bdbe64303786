import PgBoss from "pg-boss";
import { type Database, programClaims } from "../database/types.ts";
import { type Implementation, implement } from "../http/handler.ts";
import { errorFields, type Log } from "../http/log.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Clock } from "../kernel/clock.ts";
import { newId } from "../kernel/ids.ts";
import { commonProblems, Problem } from "../kernel/problem.ts";
import { type JobOutput, type JobProgress, rights, routes } from "./contract.ts";
import { eventStream } from "./event-stream.ts";
import {
  claimJob,
  findJob,
  insertJob,
  interruptJobs,
  listJobs,
  type StoredJob,
  updateJob,
  waitingJobs,
} from "./store.ts";

export type { JobOutput, JobProgress } from "./contract.ts";
export { rights };

/** What the work of a job gets. */
export interface JobRun {
  id: string;
  input: Json;
  accountId: string | null;
  country: string | null;
  /** Says how far the work is; written at most twice a second. */
  progress(progress: JobProgress): void;
  /** Aborted when somebody cancels the job or the server stops. */
  signal: AbortSignal;
}

/** The work of one kind of job; its value is the job's result. */
export type JobWork = (run: JobRun) => Promise<Json>;

/** What a job that was cancelled while it waited leaves to be tidied up. */
export type AbandonedJob = Pick<JobRun, "id" | "input" | "accountId" | "country">;

/** Jobs of a node: work that takes longer than a request, with progress and cancel. */
export interface Jobs {
  /** Declares the work behind a name; before `start`. `abandoned` hears of jobs that are cancelled while they wait. */
  define(name: string, work: JobWork, abandoned?: (job: AbandonedJob) => Promise<void>): void;
  /**
   * Does `work` once at the start and then every so many milliseconds, never twice at a time in one process; before `start`.
   * Several processes do it each: what may be done once must be claimed in the database. Failures are logged.
   */
  repeat(milliseconds: number, work: () => Promise<void>): void;
  /** Enters a job. @returns its id; it starts within a second */
  enter(job: { name: string; input: Json; accountId: string | null; country?: string | null }): Promise<string>;
  cancel(id: string): Promise<void>;
  /** Calls `listener` whenever a job changes, from whatever process. */
  watch(id: string, listener: () => void): () => void;
  start(): Promise<void>;
  stop(): Promise<void>;
  implementation: Implementation;
}

const queue = "santi";

function presentJob(job: StoredJob): JobOutput {
  const { input: _input, accountId: _accountId, cancelRequested: _cancelRequested, ...visible } = job;
  return visible;
}

/** Makes the job runner over pg-boss, which works on both databases through plain SQL. */
export function createJobs({ database, clock, log }: { database: Database; clock: Clock; log: Log }): Jobs {
  const boss = new PgBoss({
    db: { executeSql: async (text: string, values: unknown[]) => database.executeSql(text, values) },
    schema: "pgboss",
    supervise: database.kind === "postgres",
  });
  boss.on("error", (cause) => log.error(errorFields(cause), "job queue"));
  const works = new Map<string, JobWork>();
  const tidying = new Map<string, (job: AbandonedJob) => Promise<void>>();
  const running = new Map<string, AbortController>();
  const watchers = new Map<string, Set<() => void>>();
  const timetable: { milliseconds: number; work: () => Promise<void> }[] = [];
  const timers: NodeJS.Timeout[] = [];
  const beaten = new Set<Promise<void>>();
  let unlisten: (() => Promise<void>) | null = null;
  const asProgram = <T>(work: Parameters<Database["transaction"]>[1]) =>
    database.transaction(programClaims, work) as Promise<T>;

  async function perform(id: string): Promise<void> {
    const job = await asProgram<StoredJob | null>((tx) => findJob(tx, id));
    if (job?.state !== "waiting") return;
    const work = works.get(job.name);
    if (!work) {
      const problem = { code: "common.unavailable", params: {} };
      await asProgram((tx) => updateJob(tx, id, { state: "failed", problem, finishedAt: clock() }));
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    if (!(await asProgram<boolean>((tx) => claimJob(tx, id, clock())))) {
      running.delete(id);
      return;
    }
    let latest: JobProgress = {};
    let dirty = false;
    let writing: Promise<unknown> = Promise.resolve();
    let beats = 0;
    const timer = setInterval(() => {
      if (!dirty && ++beats % 10 !== 0) return;
      dirty = false;
      writing = asProgram((tx) => updateJob(tx, id, { progress: latest, heartbeatAt: clock() })).catch((cause) =>
        log.warn(errorFields(cause), "job progress"),
      );
    }, 500);
    try {
      const result = await work({
        id,
        input: job.input,
        accountId: job.accountId,
        country: job.country,
        progress(progress) {
          latest = progress;
          dirty = true;
        },
        signal: controller.signal,
      });
      clearInterval(timer);
      await writing;
      await asProgram((tx) => updateJob(tx, id, { state: "done", progress: latest, result, finishedAt: clock() }));
    } catch (cause) {
      clearInterval(timer);
      await writing;
      const cancelled = controller.signal.aborted;
      const problem =
        cause instanceof Problem
          ? { code: cause.code, params: cause.params as Json }
          : { code: "common.internal", params: {} };
      if (!cancelled && !(cause instanceof Problem)) log.error({ job: job.name, ...errorFields(cause) }, "job failed");
      await asProgram((tx) =>
        updateJob(tx, id, {
          state: cancelled ? "cancelled" : "failed",
          progress: latest,
          ...(cancelled ? {} : { problem }),
          finishedAt: clock(),
        }),
      );
    } finally {
      running.delete(id);
    }
  }

  async function cancel(id: string): Promise<void> {
    const abandoned = await asProgram<StoredJob | null>(async (tx) => {
      const job = await findJob(tx, id);
      if (job?.state === "running") await updateJob(tx, id, { cancelRequested: true });
      if (job?.state !== "waiting") return null;
      await updateJob(tx, id, { state: "cancelled", cancelRequested: true, finishedAt: clock() });
      return job;
    });
    running.get(id)?.abort();
    if (abandoned) await tidying.get(abandoned.name)?.(abandoned);
  }

  function beginTimetable(): void {
    for (const { milliseconds, work } of timetable) {
      let busy = false;
      const beat = () => {
        if (busy) return;
        busy = true;
        const turn = work()
          .catch((cause) => log.error(errorFields(cause), "timetable"))
          .finally(() => {
            busy = false;
            beaten.delete(turn);
          });
        beaten.add(turn);
      };
      beat();
      timers.push(setInterval(beat, milliseconds));
    }
  }

  const watch = (id: string, listener: () => void) => {
    const listeners = watchers.get(id) ?? new Set();
    watchers.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) watchers.delete(id);
    };
  };

  const visible = async (job: StoredJob | null) => {
    if (!job) throw new Problem(commonProblems["not-found"]);
    return presentJob(job);
  };

  return {
    define(name, work, abandoned) {
      works.set(name, work);
      if (abandoned) tidying.set(name, abandoned);
    },
    repeat(milliseconds, work) {
      timetable.push({ milliseconds, work });
    },
    async enter({ name, input, accountId, country = null }) {
      const id = newId();
      await asProgram((tx) => insertJob(tx, { id, name, country, accountId, input, now: clock() }));
      await boss.send(queue, { id }, { retryLimit: 0, expireInHours: 12 });
      return id;
    },
    cancel,
    watch,
    async start() {
      await boss.start();
      await boss.createQueue(queue);
      await asProgram((tx) =>
        interruptJobs(tx, database.kind === "embedded" ? clock() : new Date(clock().getTime() - 60_000), clock()),
      );
      unlisten = await database.listen("santi_jobs", (id) => {
        for (const listener of watchers.get(id) ?? []) listener();
        const controller = running.get(id);
        if (!controller) return;
        void asProgram<StoredJob | null>((tx) => findJob(tx, id)).then((job) => {
          if (job?.cancelRequested) controller.abort();
        });
      });
      // Entered before a stop or a restore: the queue may not know them. One that it knows too is still performed once.
      for (const id of await asProgram<string[]>((tx) => waitingJobs(tx))) {
        await boss.send(queue, { id }, { retryLimit: 0, expireInHours: 12 });
      }
      const workers = database.kind === "embedded" ? 1 : 2;
      for (let i = 0; i < workers; i++) {
        await boss.work<{ id: string }>(queue, { pollingIntervalSeconds: 0.5, batchSize: 1 }, async ([job]) => {
          if (job) await perform(job.data.id);
        });
      }
      beginTimetable();
    },
    async stop() {
      for (const timer of timers.splice(0)) clearInterval(timer);
      await Promise.all(beaten);
      for (const controller of running.values()) controller.abort();
      await boss.stop({ graceful: true, timeout: 5000, close: false }).catch(() => {});
      await unlisten?.();
    },
    implementation: implement(routes, {
      async list(context, { query }) {
        return { items: (await listJobs(context.tx, query.limit)).map(presentJob) };
      },
      get: async (context, { params }) => visible(await findJob(context.tx, params.id)),
      async events(context, { params }) {
        const { claims } = context.caller;
        // The stream begins inside the request's transaction and reads in transactions of its own once that has ended.
        const ended = new Promise<void>((resolve) => context.afterCommit(resolve));
        const read = async () => {
          await ended;
          return database.transaction(claims, async (tx) => visible(await findJob(tx, params.id)), { readOnly: true });
        };
        await visible(await findJob(context.tx, params.id));
        return eventStream(
          "job",
          read,
          (changed) => watch(params.id, changed),
          (job) => !["waiting", "running"].includes(job.state),
          context.request.signal,
        );
      },
      async cancel(context, { params }) {
        const job = await visible(await findJob(context.tx, params.id));
        context.afterCommit(() => cancel(params.id));
        return job;
      },
    }),
  };
}
