/** The folder of the newest installed PostgreSQL (15 or later) that has PostGIS, or null. */
export function findPostgres(): string | null;

/** Starts a PostgreSQL of its own in a temporary directory; its data are thrown away. */
export function startPostgres(options?: { settings?: string[] }): Promise<{
  url: string;
  bin: string;
  directory: string;
  port: number;
  data: string;
  /** Runs one of the server's programs as the server's user. */
  run(command: string, args: string[]): void;
  /** Starts the server again after it was stopped. */
  restart(): void;
  /** Stops the server and removes its data. */
  stop(): void;
}>;
