import { homedir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";

/** Which node a command means: its own options, those of the program, the environment, or `./data`. */
export function nodeLocation(command: Command): { databaseUrl?: string; directory: string } {
  const { data, database } = command.optsWithGlobals<{ data?: string; database?: string }>();
  // A directory that was named wins over an address from the environment: the reader asked for it.
  const databaseUrl = database ?? (data ? undefined : process.env.DATABASE_URL || undefined);
  const directory = data ?? (databaseUrl ? stateDirectory() : (process.env.SANTI_DATA ?? join(process.cwd(), "data")));
  return { ...(databaseUrl ? { databaseUrl } : {}), directory };
}

/** The folder for the key and the files of a node whose database is elsewhere. */
export function stateDirectory(): string {
  return process.env.SANTI_DATA ?? join(process.env.XDG_STATE_HOME ?? join(homedir(), ".local", "state"), "santi");
}
