import { parentPort } from "node:worker_threads";
import { TravelTimeProblem } from "@santi/travel-time";
import { analyse } from "./analyse.ts";
import { createExplorer } from "./explorer.ts";
import { inspect } from "./inspect.ts";
import type { EngineAnswers, EngineMessage, EngineReply, EngineRequest } from "./protocol.ts";

const explorer = createExplorer();
const send = (reply: EngineReply) => parentPort?.postMessage(reply);

async function answer(id: number, request: EngineRequest): Promise<EngineAnswers[EngineRequest["kind"]]> {
  switch (request.kind) {
    case "load": {
      const { grid, bounds } = await explorer.load(request);
      return { grid: { ...grid }, bounds: [...bounds], findings: [] };
    }
    case "explore":
      return explorer.explore(request);
    case "suggest":
      return explorer.suggest(request);
    case "inspect":
      return inspect(request);
    case "analyse":
      return analyse(request, (step, done, total) => send({ id, progress: { step, done, total } }));
  }
}

/** What a failure says to the asker: the engine's refusals in full, anything else as a fault with its stack. */
function refusalOf(cause: unknown) {
  if (cause instanceof TravelTimeProblem)
    return { code: cause.code, message: cause.message, details: { ...cause.details } };
  return { code: "fault", message: (cause as Error)?.stack ?? String(cause), details: {} };
}

// One after the other: what a request loads the next may use.
let last: Promise<unknown> = Promise.resolve();
parentPort?.on("message", ({ id, request }: EngineMessage) => {
  last = last
    .then(() => answer(id, request))
    .then(
      (found) => send({ id, answer: found }),
      (cause) => send({ id, refused: refusalOf(cause) }),
    );
});
