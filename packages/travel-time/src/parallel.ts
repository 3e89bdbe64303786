import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { rastersOf, slabOf } from "./compiled.ts";
import { placeOf, tileLayout } from "./engine/layout.ts";
import { kernelModule } from "./kernel/module.ts";
import { kernelBytes, type SlabRasters } from "./kernel/slab.ts";
import type { Mailbox, SharedState, SlabAnswer, SlabJob } from "./kernel/slab-job.ts";
import { SLAB_WORKER } from "./kernel/slab-worker.generated.ts";
import { TravelTimeProblem } from "./problem.ts";
import type { Grid, Raster } from "./raster/raster.ts";
import { type Movement, type Plan, planTravel, type Source, type TravelOptions, type TravelTime } from "./travel.ts";

/** How to spread a search over threads. */
export interface ParallelOptions extends Omit<TravelOptions, "routes"> {
  /** Threads; default as many as the machine can run, at most 8, and no slab below 64 rows. */
  readonly threads?: number;
  /** Told about four times a second. */
  readonly onProgress?: (progress: { opened: number; passable: number }) => void;
  readonly signal?: AbortSignal;
}

/** Buckets in a window. Wider, and slabs open cells too late that a neighbour reaches sooner; narrower, and they wait. */
const WINDOW = 256;
const LEAST_ROWS = 64;
const BORDER = 2;

interface Part {
  readonly first: number;
  readonly rows: number;
}

/** Slabs of whole tile rows, as even as can be; only the last may end within a tile. */
function partRows(rows: number, threads: number): Part[] {
  const tiles = Math.ceil(rows / 16);
  const wanted = Math.max(1, Math.min(threads, Math.floor(rows / LEAST_ROWS)));
  return Array.from({ length: wanted }, (_, part) => {
    const first = Math.floor((tiles * part) / wanted) * 16;
    const end = Math.min(rows, Math.floor((tiles * (part + 1)) / wanted) * 16);
    return { first, rows: end - first };
  });
}

const threadsOf = (threads: number | undefined) =>
  Math.max(1, Math.floor(threads ?? Math.min(8, availableParallelism())));

function bytesOfParts(columns: number, parts: readonly Part[], kind: Movement["kind"]): number {
  const kernels = parts.reduce((sum, part) => sum + kernelBytes(tileLayout(columns, part.rows), kind), 0);
  const rasters = { friction: 4, langmuir: 8, modes: 9 }[kind];
  const rows = parts.reduce((sum, part) => sum + part.rows + 2 * BORDER, 0);
  return kernels + rows * columns * (8 + rasters);
}

/**
 * Bytes that `travelTimeInThreads` takes besides the rasters it is given: kernels, the slabs' copies of the rasters on
 * their way, the result. A queue that outgrows its reserve of half a byte for each cell can add to it, up to `memory`.
 */
export function memoryNeeded(grid: Grid, kind: Movement["kind"], threads?: number): number {
  return bytesOfParts(grid.columns, partRows(grid.rows, threadsOf(threads)), kind);
}

const sharedInts = (length: number) => new Int32Array(new SharedArrayBuffer(length * 4));

function mailbox(columns: number): Mailbox {
  const cells = BORDER * columns;
  return {
    times: new Float64Array(new SharedArrayBuffer(cells * 8)),
    cells: sharedInts(cells),
    count: sharedInts(1),
  };
}

function jobsOf(
  plan: Plan,
  rasters: SlabRasters,
  sources: readonly Source[],
  parts: readonly Part[],
  slack: number,
): { jobs: SlabJob[]; time: Float64Array; shared: SharedState } {
  const { columns, rows } = plan.grid;
  const time = new Float64Array(new SharedArrayBuffer(columns * rows * 8));
  const shared: SharedState = {
    meeting: sharedInts(2),
    first: sharedInts(parts.length),
    busy: sharedInts(3),
    opened: sharedInts(parts.length),
  };
  const boxes = parts.map(() => ({ up: mailbox(columns), down: mailbox(columns) }));
  const jobs = parts.map((part, number): SlabJob => {
    const above = number > 0 ? BORDER : 0;
    const below = number < parts.length - 1 ? BORDER : 0;
    const from = (part.first - above) * columns;
    const to = Math.min(rows, part.first + part.rows + below) * columns;
    const layout = tileLayout(columns, part.rows);
    const seeds = plan.seeds.flatMap(({ time: start }, seed) => {
      const { cell } = sources[plan.sourceOf[seed] as number] as Source;
      const local = cell - part.first * columns;
      return local >= 0 && local < part.rows * columns ? [{ place: placeOf(layout, local), time: start }] : [];
    });
    return {
      module: kernelModule(),
      slab: { ...slabOf(plan, kernelBytes(layout, plan.movement.kind) + slack / parts.length), layout },
      rasters: {
        friction: rasters.friction.slice(from, to),
        elevation: rasters.elevation?.slice(from, to),
        mode: rasters.mode?.slice(from, to),
      },
      firstRow: -above,
      seeds,
      number,
      slabs: parts.length,
      window: WINDOW,
      shared,
      up: above ? boxes[number]?.up : undefined,
      down: below ? boxes[number]?.down : undefined,
      fromAbove: above ? boxes[number - 1]?.down : undefined,
      fromBelow: below ? boxes[number + 1]?.up : undefined,
      result: time.subarray(part.first * columns, (part.first + part.rows) * columns),
    };
  });
  return { jobs, time, shared };
}

/** Runs a job on a thread of its own. */
function startThread(job: SlabJob): { worker: Worker; answer: Promise<SlabAnswer> } {
  const { friction, elevation, mode } = job.rasters;
  const transferList = [friction, elevation, mode].flatMap((data) => (data ? [data.buffer as ArrayBuffer] : []));
  const worker = new Worker(SLAB_WORKER, { eval: true, workerData: job, transferList, execArgv: [] });
  const answer = new Promise<SlabAnswer>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`A search thread ended with code ${code}.`)));
  });
  return { worker, answer };
}

/**
 * `travelTime` on several threads of Node: the raster is cut into slabs of rows, one to a thread, and the times are the
 * same bits whatever the number of threads. The calling thread stays free. The times lie in shared memory.
 *
 * Refuses as `travelTime` does; with `memory`, before anything is taken when it cannot be enough (`too-large`). Rejects
 * with the signal's reason when it is aborted.
 */
export async function travelTimeInThreads(
  friction: Raster,
  sources: readonly Source[],
  options: ParallelOptions = {},
): Promise<TravelTime> {
  const { signal, onProgress, memory = Number.POSITIVE_INFINITY } = options;
  signal?.throwIfAborted();
  const plan = planTravel(friction, sources, options);
  const { columns, rows } = plan.grid;
  const parts = partRows(rows, threadsOf(options.threads));
  const needed = bytesOfParts(columns, parts, plan.movement.kind);
  if (needed > memory) {
    throw new TravelTimeProblem(
      "too-large",
      `${columns} × ${rows} cells on ${parts.length} threads need ${needed} bytes of memory; ${memory} are allowed.`,
      { cells: columns * rows, needed, given: memory },
    );
  }
  const { jobs, time, shared } = jobsOf(plan, rastersOf(plan, friction), sources, parts, memory - needed);
  const passable = onProgress ? friction.data.reduce((count, value) => (value >= 0 ? count + 1 : count), 0) : 0;
  const threads = jobs.map(startThread);
  const timer =
    onProgress && setInterval(() => onProgress({ opened: shared.opened.reduce((a, b) => a + b, 0), passable }), 250);
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal?.reason);
    signal?.addEventListener("abort", stop, { once: true });
  });
  try {
    // A slab that is refused answers while the others wait for it: the first refusal ends all.
    const answers = threads.map(async ({ answer }) => {
      const result = await answer;
      if (result.refused)
        throw new TravelTimeProblem(result.refused.code, result.refused.message, result.refused.details);
      return result.opened;
    });
    const opened = await Promise.race([Promise.all(answers), aborted]);
    return {
      grid: plan.grid,
      time,
      stranded: plan.stranded,
      opened: opened.reduce((sum, count) => sum + count, 0),
    };
  } finally {
    clearInterval(timer);
    if (stop) signal?.removeEventListener("abort", stop);
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }
}
