import type { Command } from "commander";
import { sealEvents } from "../../platform/events/index.ts";
import { type Node, openNode } from "../server/node.ts";
import { nodeLocation } from "./location.ts";

/** Opens the node of a command, does the work, seals its events and closes it. */
export async function withNode<T>(command: Command, work: (node: Node) => Promise<T>): Promise<T> {
  const node = await openNode({
    ...nodeLocation(command),
    publicAddress: process.env.SANTI_ADDRESS ?? "http://localhost:8600",
  });
  try {
    const result = await work(node);
    await sealEvents(node.database);
    return result;
  } finally {
    await node.close();
  }
}

/** Aborts when the person presses Ctrl-C; a second time ends the program. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => {
    controller.abort();
    process.once("SIGINT", () => process.exit(130));
  });
  return controller.signal;
}
