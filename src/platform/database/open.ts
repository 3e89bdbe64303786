import { openEmbedded } from "./embedded.ts";
import { openPostgres } from "./postgres.ts";
import type { Database } from "./types.ts";

/** Where the data is: a PostgreSQL address, or a directory for the embedded database (null: in memory). */
export type DatabaseLocation = { url: string } | { directory: string | null };

/** Opens a database wherever it is; migrations are a separate step. */
export function openDatabase(location: DatabaseLocation): Promise<Database> {
  return "url" in location ? openPostgres(location.url) : openEmbedded(location.directory);
}
