/** What the main thread asks of the thread that holds the embedded database. */
export type EmbeddedRequest =
  | { id: number; op: "open" | "close" }
  | { id: number; op: "query"; sql: string; values: unknown[] }
  | { id: number; op: "exec"; sql: string }
  | { id: number; op: "listen"; channel: string };

/** What the thread of the embedded database is started with. */
export interface EmbeddedStart {
  /** Null for one in memory. */
  directory: string | null;
  /** The files of a new one: the thread copies them, so that the program can be read from disk meanwhile. */
  copyFrom: string | null;
}

/** PostgreSQL's error fields; the names are those of `pg`, so that both databases are translated in one place. */
export interface DatabaseErrorFields {
  message: string;
  code?: string;
  detail?: string;
  hint?: string;
  table?: string;
  column?: string;
  constraint?: string;
  severity?: string;
}

export type EmbeddedReply =
  /** `bytes` names the columns of binary values: between threads a Buffer becomes a plain array of bytes. */
  | { id: number; ok: true; rows: Record<string, unknown>[]; affected: number; bytes?: string[] }
  | { id: number; ok: false; error: DatabaseErrorFields }
  | { id: -1; channel: string; payload: string };

/** An error that the embedded database answered, with PostgreSQL's fields. */
export class EmbeddedError extends Error {
  readonly code?: string;
  readonly detail?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;

  constructor(fields: DatabaseErrorFields) {
    super(fields.message);
    this.name = "EmbeddedError";
    this.code = fields.code;
    this.detail = fields.detail;
    this.table = fields.table;
    this.column = fields.column;
    this.constraint = fields.constraint;
  }
}
