import { parentPort, workerData } from "node:worker_threads";
import { columnOffset, copyOut, rowStart } from "../engine/layout.ts";
import type { Seed } from "../engine/twin.ts";
import { TravelTimeProblem } from "../problem.ts";
import { type Kernel, NOTHING_WAITS, startKernel } from "./kernel.ts";
import { advanceKernel, kernelField, loadKernel, prepareKernel } from "./slab.ts";
import type { Mailbox, SlabAnswer, SlabJob } from "./slab-job.ts";

/** Cells opened between two reports of progress. */
const STEP = 100_000;

/** Waits until all slabs have come this far. */
function meet(meeting: Int32Array<SharedArrayBuffer>, slabs: number): void {
  const round = Atomics.load(meeting, 1);
  if (Atomics.add(meeting, 0, 1) === slabs - 1) {
    Atomics.store(meeting, 0, 0);
    Atomics.add(meeting, 1, 1);
    Atomics.notify(meeting, 1);
    return;
  }
  while (Atomics.load(meeting, 1) === round) Atomics.wait(meeting, 1, round);
}

/** Writes the lowered times of cells beyond the slab into the neighbours' mailboxes, each cell once. */
function sendMail(kernel: Kernel, job: SlabJob, stamps: { up: Int32Array; down: Int32Array }, round: number): void {
  const { layout } = job.slab;
  const { time } = kernelField(kernel, job.slab);
  const counts = { up: 0, down: 0 };
  for (let place = kernel.takeMail(); place >= 0; place = kernel.takeMail()) {
    const tile = place >> 8;
    const row = (Math.floor(tile / layout.across) << 4) + ((place >> 4) & 15) - 16;
    const column = ((tile % layout.across) << 4) + (place & 15) - columnOffset(0);
    const way = row < 0 ? "up" : "down";
    const box = job[way] as Mailbox;
    const index = (row < 0 ? -1 - row : row - layout.rows) * layout.columns + column;
    if (stamps[way][index] === round) continue;
    stamps[way][index] = round;
    box.times[index] = time[place] as number;
    box.cells[counts[way]++] = index;
  }
  if (job.up) job.up.count[0] = counts.up;
  if (job.down) job.down.count[0] = counts.down;
}

/** Takes what a neighbour wrote; `rowOf` turns its row beyond the border into a row of this slab. */
function readMail(kernel: Kernel, job: SlabJob, box: Mailbox | undefined, rowOf: (beyond: number) => number): void {
  if (!box) return;
  const { layout } = job.slab;
  const count = box.count[0] as number;
  for (let i = 0; i < count; i++) {
    const index = box.cells[i] as number;
    const beyond = index >= layout.columns ? 1 : 0;
    const place = rowStart(layout, rowOf(beyond)) + columnOffset(index - beyond * layout.columns);
    kernel.improve(place, box.times[index] as number);
  }
}

/**
 * Searches one slab together with the threads that have the others. All advance in windows of time: each opens what it
 * has, mails the times it lowered in the two rows beyond its borders, takes its own mail, and repeats the window until
 * nobody has anything left in it.
 */
function searchSlab(job: SlabJob): SlabAnswer {
  const { slab, slabs, number, shared, window } = job;
  const kernel = startKernel(job.module);
  prepareKernel(kernel, slab);
  loadKernel(kernel, slab, job.rasters, job.firstRow);
  for (const { place, time } of job.seeds as readonly Seed[]) kernel.improve(place, time);
  const stamps = {
    up: new Int32Array(job.up ? 2 * slab.layout.columns : 0).fill(-1),
    down: new Int32Array(job.down ? 2 * slab.layout.columns : 0).fill(-1),
  };
  let done = 0;
  for (let round = 0; ; ) {
    shared.first[number] = kernel.firstWaiting(done);
    meet(shared.meeting, slabs);
    const first = shared.first.reduce((least, bucket) => Math.min(least, bucket), NOTHING_WAITS);
    if (first === NOTHING_WAITS) break;
    kernel.openWindow(first);
    done = first + window;
    for (let busy = true; busy; round++) {
      while (!advanceKernel(kernel, slab, done, STEP)) Atomics.store(shared.opened, number, kernel.openedCells());
      Atomics.store(shared.opened, number, kernel.openedCells());
      sendMail(kernel, job, stamps, round);
      meet(shared.meeting, slabs);
      readMail(kernel, job, job.fromAbove, (beyond) => beyond);
      readMail(kernel, job, job.fromBelow, (beyond) => slab.layout.rows - 1 - beyond);
      // Three counters in turn: one is read while the next is used and the one after that is reset.
      if (kernel.currentBucket() < done) Atomics.add(shared.busy, round % 3, 1);
      Atomics.store(shared.busy, (round + 1) % 3, 0);
      meet(shared.meeting, slabs);
      busy = Atomics.load(shared.busy, round % 3) > 0;
    }
  }
  const { layout } = slab;
  copyOut(layout, kernelField(kernel, slab).time, job.result, slab.unreached);
  return { opened: kernel.openedCells(), bytes: kernel.memory.buffer.byteLength };
}

try {
  parentPort?.postMessage(searchSlab(workerData as SlabJob));
} catch (error) {
  if (!(error instanceof TravelTimeProblem)) throw error;
  const answer: SlabAnswer = { refused: { code: error.code, message: error.message, details: { ...error.details } } };
  parentPort?.postMessage(answer);
}
