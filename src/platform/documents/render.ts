import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Language } from "../contract/fields.ts";
import { languageTable } from "../i18n/languages.ts";
import { defineProblems, Problem } from "../kernel/problem.ts";
import { rootPath } from "../kernel/root.ts";
import type { DocumentModel } from "./model.ts";
import type { RenderReply, RenderRequest } from "./worker-protocol.ts";

export const documentProblems = defineProblems("documents", { "too-slow": 503, busy: 503 });

/** How a document is set. */
export interface RenderOptions {
  /** The language of its own words; English stands beside it. */
  language: Language;
  /** ISO 3166-1 alpha-3, for the file's properties. */
  country: string;
  /** The title in the file's properties. */
  title: string;
  /** The time that the file says it was made at; the same data with the same time gives the same bytes. */
  now: Date;
}

/** A set document. */
export interface Rendered {
  pdf: Uint8Array;
  pages: number;
}

/** Sets documents, one after the other, in a thread that is started when first needed. */
export interface DocumentRenderer {
  /**
   * @throws Problem `documents.busy` when too many wait, `documents.too-slow` after the time limit; Error when the
   * template cannot be set, which is a fault of the program
   */
  render(template: string, model: DocumentModel, options: RenderOptions): Promise<Rendered>;
  /** Ends the thread. Documents in work are given up. */
  close(): Promise<void>;
}

/** Bounds of a renderer, in milliseconds and documents. */
export interface RendererLimits {
  timeLimit: number;
  /** The thread holds a hundred megabytes of fonts and shapes; it goes after so long without work. */
  idle: number;
  waiting: number;
}

const usual: RendererLimits = { timeLimit: 30_000, idle: 60_000, waiting: 20 };

function startWorker(): Worker {
  const options = {
    workerData: {
      workspace: rootPath("src", "platform", "documents", "typst"),
      fonts: rootPath("assets", "fonts", "print"),
    },
  };
  if (!import.meta.url.endsWith(".ts")) return new Worker(new URL("./typst-worker.js", import.meta.url), options);
  // From source the thread needs the TypeScript loader, which Node 20 does not hand down to threads.
  const url = JSON.stringify(new URL("./typst-worker.ts", import.meta.url).href);
  const tsx = JSON.stringify(pathToFileURL(rootPath("node_modules", "tsx", "dist", "esm", "api", "index.mjs")).href);
  return new Worker(`import(${tsx}).then((tsx) => { tsx.register(); return import(${url}); });`, {
    ...options,
    eval: true,
  });
}

interface Job {
  request: RenderRequest;
  resolve: (rendered: Rendered) => void;
  reject: (cause: unknown) => void;
}

/** Makes a renderer; the program has one (`renderPdf`), tests make their own. */
export function createRenderer(limits: Partial<RendererLimits> = {}): DocumentRenderer {
  const { timeLimit, idle, waiting } = { ...usual, ...limits };
  const queue: Job[] = [];
  let worker: Worker | null = null;
  let current: Job | null = null;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;

  const stop = async () => {
    const old = worker;
    worker = null;
    clearTimeout(timer);
    old?.removeAllListeners();
    // A thread that ends by itself later has nobody to tell.
    old?.on("error", () => {});
    await old?.terminate();
  };
  const settle = (act: (job: Job) => void) => {
    clearTimeout(timer);
    const job = current;
    current = null;
    if (job) act(job);
    next();
  };
  const start = () => {
    const started = startWorker();
    started.on("message", (reply: RenderReply) => {
      if (reply.id !== current?.request.id) return;
      settle(({ resolve, reject }) => {
        if ("pdf" in reply) resolve({ pdf: reply.pdf, pages: reply.pages });
        else reject(new Error(`The document could not be set: ${reply.error}`));
      });
    });
    started.on("error", (cause) => {
      void stop();
      settle(({ reject }) => reject(cause));
    });
    return started;
  };
  const next = () => {
    if (current) return;
    current = queue.shift() ?? null;
    if (!current) {
      // An idle thread must not keep a program alive that has nothing else to do.
      worker?.unref();
      timer = setTimeout(() => void stop(), idle);
      timer.unref();
      return;
    }
    clearTimeout(timer);
    worker ??= start();
    worker.ref();
    worker.postMessage(current.request);
    timer = setTimeout(() => {
      void stop();
      settle(({ reject }) =>
        reject(new Problem(documentProblems["too-slow"], { seconds: Math.ceil(timeLimit / 1000) })),
      );
    }, timeLimit);
  };

  return {
    async render(template, model, { language, country, title, now }) {
      if (queue.length >= waiting) throw new Problem(documentProblems.busy, { seconds: 5 });
      const { locale, tall } = languageTable[language];
      const [lang, region] = locale.split("-");
      lastId += 1;
      const request: RenderRequest = {
        id: lastId,
        template,
        data: JSON.stringify({ model, title, lang, region, country, tall }),
        timestamp: Math.floor(now.getTime() / 1000),
      };
      return new Promise((resolve, reject) => {
        queue.push({ request, resolve, reject });
        next();
      });
    },
    async close() {
      const left = [...(current ? [current] : []), ...queue.splice(0)];
      current = null;
      await stop();
      for (const { reject } of left) reject(new Problem(documentProblems.busy, { seconds: 5 }));
    },
  };
}

let shared: DocumentRenderer | undefined;

/**
 * Sets a document as PDF/A-2b with the program's renderer. Everything in the model is text; none of it is read as markup.
 * @throws Problem as `DocumentRenderer.render`
 */
export function renderPdf(template: string, model: DocumentModel, options: RenderOptions): Promise<Rendered> {
  shared ??= createRenderer();
  return shared.render(template, model, options);
}
