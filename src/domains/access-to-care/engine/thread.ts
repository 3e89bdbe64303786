import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { Problem } from "../../../platform/kernel/problem.ts";
import { rootPath } from "../../../platform/kernel/root.ts";
import { accessToCareProblems } from "../contract.ts";
import type { EngineAnswers, EngineMessage, EngineReply, EngineRequest } from "./protocol.ts";

/** How far a request is: done of total in a named step. */
export type Progress = (progress: { step: string; done: number; total: number }) => void;

/** A thread that computes, so that the server keeps answering meanwhile. */
export interface EngineThread {
  /**
   * @throws Problem for what the engine refuses; the signal's reason when it is aborted, which ends the thread
   */
  ask<R extends EngineRequest>(
    request: R,
    options?: { signal?: AbortSignal; progress?: Progress },
  ): Promise<EngineAnswers[R["kind"]]>;
  /** Counts how often a thread was started: what an earlier one held in memory is gone. */
  generation(): number;
  /** Ends the thread; it starts again when it is next asked. */
  close(): Promise<void>;
}

function startWorker(): Worker {
  // What reads GeoTIFF takes a thread without data for one that it has started itself.
  const options = { workerData: {} };
  if (!import.meta.url.endsWith(".ts")) return new Worker(new URL("./access-worker.js", import.meta.url), options);
  // From source the thread needs the TypeScript loader, which Node 20 does not hand down to threads.
  const url = JSON.stringify(new URL("./worker.ts", import.meta.url).href);
  const tsx = JSON.stringify(pathToFileURL(rootPath("node_modules", "tsx", "dist", "esm", "api", "index.mjs")).href);
  return new Worker(`import(${tsx}).then((tsx) => { tsx.register(); return import(${url}); });`, {
    ...options,
    eval: true,
  });
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(cause: unknown): void;
  progress: Progress | undefined;
}

const refusals: Readonly<Record<string, keyof typeof accessToCareProblems>> = {
  "too-large": "too-large",
  "file-unsupported": "layer-unreadable",
};

/** What the engine refused, as a problem that has words. */
function problemOf({
  code,
  message,
  details,
}: {
  code: string;
  message: string;
  details: Record<string, string | number>;
}) {
  if (code === "fault") return new Error(message);
  return new Problem(accessToCareProblems[refusals[code] ?? "nothing-to-compute"], { ...details, code });
}

/**
 * Makes a thread that is started when it is first asked and ended when nobody has asked for a while.
 * @param idle milliseconds without a request after which it is ended; what it held in memory is freed then
 */
export function createEngineThread(idle = 10 * 60_000): EngineThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let started = 0;
  let lastId = 0;
  let timer: NodeJS.Timeout | undefined;

  const stop = async () => {
    const old = worker;
    worker = null;
    clearTimeout(timer);
    old?.removeAllListeners();
    old?.on("error", () => {});
    await old?.terminate();
  };
  const fail = (cause: unknown) => {
    const all = [...waiting.values()];
    waiting.clear();
    void stop();
    for (const { reject } of all) reject(cause);
  };
  const start = () => {
    started += 1;
    const made = startWorker();
    made.on("message", (reply: EngineReply) => {
      const asker = waiting.get(reply.id);
      if (!asker) return;
      if ("progress" in reply) return void asker.progress?.(reply.progress);
      waiting.delete(reply.id);
      if (waiting.size === 0) {
        // An idle thread must not keep a program alive that has nothing else to do.
        made.unref();
        timer = setTimeout(() => void stop(), idle);
        timer.unref();
      }
      if ("answer" in reply) asker.resolve(reply.answer);
      else asker.reject(problemOf(reply.refused));
    });
    made.on("error", fail);
    return made;
  };

  return {
    ask(request, { signal, progress } = {}) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        clearTimeout(timer);
        worker ??= start();
        worker.ref();
        lastId += 1;
        const id = lastId;
        const abort = () => {
          if (waiting.has(id)) fail(signal?.reason);
        };
        const settle = <T>(act: (value: T) => void) => {
          return (value: T) => {
            signal?.removeEventListener("abort", abort);
            act(value);
          };
        };
        waiting.set(id, { resolve: settle(resolve as (answer: unknown) => void), reject: settle(reject), progress });
        signal?.addEventListener("abort", abort, { once: true });
        worker.postMessage({ id, request } satisfies EngineMessage);
      });
    },
    generation: () => started,
    async close() {
      fail(new Problem(accessToCareProblems["nothing-to-compute"], { code: "closed" }));
      await stop();
    },
  };
}
