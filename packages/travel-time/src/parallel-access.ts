import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Catchment, CatchmentOptions } from "./access/catchments.ts";
import { type AccessScores, checkAmounts, type Decay, decayWeights } from "./access/scores.ts";
import type { ServiceShare, SpareLists } from "./access/scores-once.ts";
import { checkSpending, type Siting } from "./access/siting.ts";
import { type AnywhereOptions, siteAnywhere } from "./access/siting-anywhere.ts";
import type { ReachJob, ReachTask } from "./kernel/reach-job.ts";
import { REACH_WORKER } from "./kernel/reach-worker.generated.ts";
import { TravelTimeProblem } from "./problem.ts";
import type { Raster } from "./raster/raster.ts";
import { planTravel, type Source } from "./travel.ts";

/** How to spread searches over threads. */
export interface ThreadOptions {
  /** Default as many as the machine can run, at most 8. Each lays the raster out in memory of its own. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** Told after each search, or each block of them. */
  readonly onProgress?: (done: number, all: number) => void;
}

const threadsOf = (threads: number | undefined) => Math.floor(threads ?? Math.min(8, availableParallelism()));

const perThread = (searches: number, { threads }: ThreadOptions) => searches / Math.max(1, threadsOf(threads));

function shared<T extends Float32Array | Float64Array | Uint8Array>(values: T): T {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = new (values.constructor as new (buffer: SharedArrayBuffer) => T)(
    new SharedArrayBuffer(values.byteLength),
  );
  copy.set(values);
  return copy;
}

const sharedRaster = ({ grid, data }: Raster): Raster => ({ grid, data: shared(data) });

function sharedOptions({ movement, knight, strictDiagonals, maximum, memory }: CatchmentOptions): CatchmentOptions {
  const base = {
    maximum,
    ...(knight === undefined ? {} : { knight }),
    ...(strictDiagonals === undefined ? {} : { strictDiagonals }),
    ...(memory === undefined ? {} : { memory }),
  };
  if (!movement || movement.kind === "friction") return movement ? { ...base, movement } : base;
  const elevation = sharedRaster(movement.elevation);
  if (movement.kind === "langmuir") return { ...base, movement: { ...movement, elevation } };
  return { ...base, movement: { ...movement, elevation, mode: shared(movement.mode) } };
}

/**
 * Gives tasks to threads and their answers to `take`, in the order of the tasks whatever thread was first, so that what is
 * added up has the same bits on any number of threads. At most four answers a thread wait for their turn. What `take` puts
 * into `spares` travels back with later tasks, to be filled again.
 */
async function inThreads(
  job: ReachJob,
  tasks: readonly ReachTask[],
  { threads, signal, onProgress }: ThreadOptions,
  take: (answer: unknown, task: number) => void,
  spares: SpareLists[] = [],
): Promise<void> {
  signal?.throwIfAborted();
  const workers = Array.from({ length: Math.max(1, Math.min(threadsOf(threads), tasks.length)) }, () => {
    return new Worker(REACH_WORKER, { eval: true, workerData: job });
  });
  let stop = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      stop = () => reject(signal?.reason);
      signal?.addEventListener("abort", stop, { once: true });
      const waiting = new Map<number, unknown>();
      const idle: Worker[] = [];
      let [next, taken] = [0, 0];
      const give = (worker: Worker) => {
        if (next >= tasks.length || next - taken > 4 * workers.length) return void idle.push(worker);
        const task = next++;
        worker.once("message", (answer) => {
          waiting.set(task, answer);
          while (waiting.has(taken)) {
            take(waiting.get(taken), taken);
            waiting.delete(taken);
            taken++;
            onProgress?.(taken, tasks.length);
          }
          if (taken === tasks.length) return resolve();
          for (const each of [...idle.splice(0), worker]) give(each);
        });
        const [sent, spare] = [tasks[task] as ReachTask, spares.pop()];
        if (sent.kind !== "share" || !spare) worker.postMessage(sent);
        else worker.postMessage({ ...sent, spare }, [spare.cells.buffer, spare.adds.buffer] as ArrayBuffer[]);
      };
      for (const worker of workers) {
        worker.once("error", reject);
        give(worker);
      }
      if (tasks.length === 0) resolve();
    });
  } finally {
    signal?.removeEventListener("abort", stop);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

const nobody = new Float32Array(0);

/** `catchments` on several threads of Node, in the order of the sources. Refusals as of `travelTime`. */
export async function catchmentsInThreads(
  friction: Raster,
  sources: readonly Source[],
  options: CatchmentOptions & ThreadOptions,
): Promise<Catchment[]> {
  const { range } = planTravel(friction, sources, options);
  const searches = perThread(sources.length, options);
  const known = { range, searches, decay: none };
  const job = { ...known, friction: sharedRaster(friction), options: sharedOptions(options), population: nobody };
  const found: Catchment[] = [];
  const tasks = sources.map((source): ReachTask => ({ kind: "catchment", source }));
  await inThreads(job, tasks, options, (answer) => found.push(answer as Catchment));
  return found;
}

const none: Decay = { kind: "none" };

/**
 * Two-step scores (`accessScores`) on several threads of Node, each service searched once and forgotten, so that memory
 * does not grow with catchments. The bits are those of `accessScores`, on any number of threads. Refusals as of
 * `accessScores` and `travelTime`.
 */
export async function accessScoresInThreads(
  friction: Raster,
  sources: readonly Source[],
  population: Float32Array | Float64Array,
  supply: readonly number[],
  options: CatchmentOptions & ThreadOptions & { readonly decay?: Decay },
): Promise<AccessScores> {
  const { decay = none } = options;
  const { range } = planTravel(friction, sources, options);
  decayWeights(decay);
  if (supply.length !== sources.length || population.length !== friction.data.length) {
    throw new TravelTimeProblem("value-invalid", "Supplies and people must fit services and cells.", {
      ...{ supplies: supply.length, services: sources.length },
      ...{ people: population.length, cells: friction.data.length },
    });
  }
  checkAmounts("Supply", supply);
  checkAmounts("Population", population);
  const job = {
    friction: sharedRaster(friction),
    options: sharedOptions(options),
    population: shared(population),
    ...{ decay, range, searches: perThread(sources.length, options) },
  };
  const score = new Float64Array(population.length);
  const ratio = new Float64Array(sources.length);
  const demand = new Float64Array(sources.length);
  const spares: SpareLists[] = [];
  const tasks = sources.map((source, i): ReachTask => ({ kind: "share", source, supply: supply[i] as number }));
  await inThreads(
    job,
    tasks,
    options,
    (answer, service) => {
      const share = answer as ServiceShare;
      ratio[service] = share.ratio;
      demand[service] = share.demand;
      const { count, cells, adds } = share;
      for (let i = 0; i < count; i++) {
        const cell = cells[i] as number;
        score[cell] = (score[cell] as number) + (adds[i] as number);
      }
      spares.push({ cells, adds });
    },
    spares,
  );
  return { score, ratio, demand };
}

/** Cells that one task computes the gain of: enough to make sending it cheap, few enough to show progress. */
const BLOCK = 500;

/**
 * `siteAnywhere` with the first gain of every candidate computed on several threads of Node; the choices after that need
 * few. The same answer to the bit.
 */
export async function siteAnywhereInThreads(
  friction: Raster,
  candidates: Int32Array,
  population: Float32Array | Float64Array,
  count: number,
  options: Omit<AnywhereOptions, "onProgress" | "gains"> & ThreadOptions,
): Promise<Siting> {
  const { range } = planTravel(friction, [], options);
  checkSpending(candidates.length, options);
  const left = Float64Array.from(population, (people) => (people > 0 ? people : 0));
  for (const { cells } of options.existing ?? []) for (const cell of cells) left[cell] = 0;
  const job = {
    friction: sharedRaster(friction),
    options: sharedOptions(options),
    population: shared(left),
    ...{ decay: none, range, searches: perThread(candidates.length, options) },
  };
  const gains = new Float64Array(candidates.length);
  const tasks = Array.from({ length: Math.ceil(candidates.length / BLOCK) }, (_, block): ReachTask => {
    return { kind: "gains", cells: candidates.slice(block * BLOCK, (block + 1) * BLOCK) };
  });
  await inThreads(job, tasks, options, (answer, block) => gains.set(answer as Float64Array, block * BLOCK));
  const { threads: _threads, signal: _signal, onProgress: _onProgress, ...search } = options;
  return siteAnywhere(friction, candidates, population, count, { ...search, gains });
}
