import { once } from "node:events";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Geometry } from "geojson";
import { FileProblem } from "./problem.ts";
import type { FieldKind, Scalar } from "./types.ts";

/** What writers take: fields and, if there is one, a place in WGS 84 longitude and latitude. */
export interface WriteRow {
  fields: Record<string, Scalar>;
  geometry?: Geometry | null;
}

/** A column of a file to be written. */
export interface WriteField {
  name: string;
  kind?: FieldKind;
}

/** Options that all writers share. */
export interface WriteOptions {
  /** Columns in order; left out, they are taken from the first thousand rows. */
  fields?: readonly WriteField[];
  signal?: AbortSignal;
}

/** Rows as writers take them. */
export type RowSource = AsyncIterable<WriteRow> | Iterable<WriteRow>;

const lookAhead = 1000;

/** Rows with the columns they are written in. */
export interface PlannedRows {
  fields: Required<WriteField>[];
  /** The rows. Throws `files.unexpected-field` for a value that has no column, so that nothing is lost unnoticed. */
  rows: AsyncGenerator<WriteRow, void, undefined>;
}

/** Settles the columns of a file before its first row is written. */
export async function planRows(source: RowSource, options: WriteOptions): Promise<PlannedRows> {
  const iterator = toAsync(source);
  const first: WriteRow[] = [];
  const wanted = options.fields ? Infinity : lookAhead;
  if (!options.fields) {
    while (first.length < wanted) {
      const next = await iterator.next();
      if (next.done) break;
      first.push(next.value);
    }
  } else {
    const next = await iterator.next();
    if (!next.done) first.push(next.value);
  }
  const fields = options.fields ? options.fields.map(withKind) : inferFields(first);
  const known = new Set(fields.map((field) => field.name));
  async function* rows(): AsyncGenerator<WriteRow, void, undefined> {
    let number = 0;
    const check = (row: WriteRow) => {
      number++;
      if (number % 1000 === 0) options.signal?.throwIfAborted();
      for (const name in row.fields) {
        if (!known.has(name) && row.fields[name] !== null)
          throw new FileProblem("files.unexpected-field", { field: name, row: number });
      }
      return row;
    };
    for (const row of first) yield check(row);
    first.length = 0;
    for await (const row of { [Symbol.asyncIterator]: () => iterator }) yield check(row);
  }
  return { fields, rows: rows() };
}

async function* toAsync(source: RowSource): AsyncGenerator<WriteRow, void, undefined> {
  yield* source;
}

const withKind = (field: WriteField): Required<WriteField> => ({ name: field.name, kind: field.kind ?? "mixed" });

function inferFields(rows: WriteRow[]): Required<WriteField>[] {
  const kinds = new Map<string, Set<FieldKind>>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row.fields)) {
      const seen = kinds.get(name) ?? new Set();
      kinds.set(name, seen);
      if (typeof value === "string") seen.add("text");
      else if (typeof value === "boolean") seen.add("boolean");
      // Later rows may have decimals where the first thousand had none.
      else if (typeof value === "number") seen.add("number");
    }
  }
  return [...kinds].map(([name, seen]) => ({ name, kind: seen.size === 1 ? ([...seen][0] as FieldKind) : "mixed" }));
}

/** Collects text and hands it to a stream in large pieces, waiting when the stream asks to. */
export interface TextSink {
  /** Adds text; the promise, when there is one, must be awaited. */
  write(text: string): Promise<void> | undefined;
  /** Writes what is left, ends the stream and waits until it has taken everything. */
  end(): Promise<void>;
}

/** Makes a sink over a stream; a failure of the stream rejects the next write or the end. */
export function makeTextSink(stream: Writable): TextSink {
  const bytes = makeByteSink(stream);
  let pending = "";
  return {
    write(text) {
      pending += text;
      if (pending.length < 65_536) return undefined;
      const piece = pending;
      pending = "";
      return bytes.write(Buffer.from(piece, "utf8"));
    },
    async end() {
      if (pending !== "") await bytes.write(Buffer.from(pending, "utf8"));
      await bytes.end();
    },
  };
}

/** As `makeTextSink`, for bytes. */
export function makeByteSink(stream: Writable): {
  write(bytes: Uint8Array): Promise<void> | undefined;
  end(): Promise<void>;
} {
  let failure: unknown = null;
  stream.on("error", (error) => {
    failure = error;
  });
  return {
    write(bytes) {
      if (failure) throw failure;
      return stream.write(bytes) ? undefined : once(stream, "drain").then(() => undefined);
    },
    async end() {
      if (failure) throw failure;
      stream.end();
      await finished(stream);
    },
  };
}
