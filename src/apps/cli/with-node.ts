import type { Command } from "commander";
import { sealEvents } from "../../platform/events/index.ts";
import { defaultDirectory, type Node, openNode, stateDirectory } from "../server/node.ts";

/** Which node a command means: its own options, those of the program, the environment, or `./data`. */
export function nodeLocation(command: Command): { databaseUrl?: string; directory: string } {
  const { data, database } = command.optsWithGlobals<{ data?: string; database?: string }>();
  // A directory that was named wins over an address from the environment: the reader asked for it.
  const databaseUrl = database ?? (data ? undefined : process.env.DATABASE_URL);
  const directory = data ?? (databaseUrl ? stateDirectory() : defaultDirectory());
  return { ...(databaseUrl ? { databaseUrl } : {}), directory };
}

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
