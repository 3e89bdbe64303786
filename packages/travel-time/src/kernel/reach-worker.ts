import { parentPort, workerData } from "node:worker_threads";
import { catchmentSearch } from "../access/catchments.ts";
import { decayWeights } from "../access/scores.ts";
import { serviceShare } from "../access/scores-once.ts";
import type { ReachJob, ReachTask } from "./reach-job.ts";

const { friction, options, population, decay, range, searches } = workerData as ReachJob;
const search = catchmentSearch(friction, options, { range, searches });
const weightOf = decayWeights(decay);

function answer(task: ReachTask): [unknown, ArrayBufferLike[]] {
  if (task.kind === "catchment") {
    const { cells, times } = search.from(task.source);
    return [{ cells, times }, [cells.buffer, times.buffer]];
  }
  if (task.kind === "share") {
    const share = serviceShare(search, task.source, population, task.supply, weightOf, task.spare);
    return [share, [share.cells.buffer, share.adds.buffer]];
  }
  const gains = Float64Array.from(task.cells, (cell) => {
    let people = 0;
    search.blocks({ cell }, (found) => {
      for (let i = 0; i < found.length; i++) {
        const here = population[found[i] as number] as number;
        if (here > 0) people += here;
      }
    });
    return people;
  });
  return [gains, [gains.buffer]];
}

parentPort?.on("message", (task: ReachTask) => {
  const [result, transfer] = answer(task);
  parentPort?.postMessage(result, transfer as ArrayBuffer[]);
});
