import { type Beginning, openEmbedded } from "./embedded.ts";
import { openPostgres } from "./postgres.ts";
import type { Database } from "./types.ts";

/**
 * Where the data is: a PostgreSQL address, or a directory for the embedded database (null: in memory). A new one in a
 * directory has its tables already, and on wish the sample region where the build prepared it; `bare` has none, because an
 * older backup is restored step by step.
 */
export type DatabaseLocation = { url: string } | { directory: string | null; begin?: Beginning };

/** Opens a database wherever it is; migrations are a separate step. */
export function openDatabase(location: DatabaseLocation): Promise<Database> {
  return "url" in location ? openPostgres(location.url) : openEmbedded(location.directory, location.begin);
}
