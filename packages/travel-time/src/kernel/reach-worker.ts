import { parentPort, workerData } from "node:worker_threads";
import { catchmentSearch } from "../access/catchments.ts";
import { decayWeights } from "../access/scores.ts";
import { serviceShare } from "../access/scores-once.ts";
import type { ReachJob, ReachTask } from "./reach-job.ts";

const { friction, options, population, decay } = workerData as ReachJob;
const search = catchmentSearch(friction, options);
const weightOf = decayWeights(decay);

function answer(task: ReachTask): [unknown, ArrayBufferLike[]] {
  if (task.kind === "catchment") {
    const { cells, times } = search.from(task.source);
    return [{ cells, times }, [cells.buffer, times.buffer]];
  }
  if (task.kind === "share") {
    const share = serviceShare(search, task.source, population, task.supply, weightOf);
    return [share, [share.cells.buffer, share.adds.buffer]];
  }
  const gains = Float64Array.from(task.cells, (cell) => {
    let people = 0;
    search.visit({ cell }, (each) => {
      const here = population[each] as number;
      people += here > 0 ? here : 0;
    });
    return people;
  });
  return [gains, [gains.buffer]];
}

parentPort?.on("message", (task: ReachTask) => {
  const [result, transfer] = answer(task);
  parentPort?.postMessage(result, transfer as ArrayBuffer[]);
});
