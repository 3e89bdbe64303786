import type { Writable } from "node:stream";
import type { Scalar } from "./types.ts";
import { makeTextSink, planRows, type RowSource, type WriteOptions } from "./write.ts";

/** How to write a CSV. */
export interface WriteCsvOptions extends WriteOptions {
  /** Comma when left out. */
  delimiter?: string;
  /** Adds longitude and latitude columns for points under these names. */
  pointColumns?: { longitude: string; latitude: string };
}

const plainNumber = /^[+-]?\d+([.,]\d+)*([eE][+-]?\d+)?$/;

/**
 * Makes a text harmless to a spreadsheet: one that starts like a formula gets an apostrophe in front, numbers and
 * everything else stay (OWASP, CSV injection).
 */
export function neutraliseFormula(text: string): string {
  return /^[\s\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20|%\t\r]/.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

/**
 * Writes rows as CSV: UTF-8 with a byte order mark, without which spreadsheets garble Khmer; CRLF; formulas made
 * harmless. Returns the number of rows. Throws `files.unexpected-field`.
 */
export async function writeCsv(
  rows: RowSource,
  stream: Writable,
  options: WriteCsvOptions = {},
): Promise<{ rows: number }> {
  const { delimiter = ",", pointColumns } = options;
  const plan = await planRows(rows, options);
  const names = plan.fields.map((field) => field.name);
  const needsQuotes = new RegExp(`["\\r\\n${delimiter === "\t" ? "\\t" : `\\${delimiter}`}]|^\\s|\\s$`);
  const cell = (value: Scalar | undefined): string => {
    if (value === null || value === undefined) return "";
    const text = typeof value === "string" ? neutraliseFormula(value) : String(value);
    return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const header = pointColumns ? [...names, pointColumns.longitude, pointColumns.latitude] : names;
  const sink = makeTextSink(stream);
  await sink.write(`\ufeff${header.map(cell).join(delimiter)}\r\n`);
  let count = 0;
  for await (const row of plan.rows) {
    const cells = names.map((name) => cell(row.fields[name]));
    if (pointColumns) {
      const [longitude, latitude] = row.geometry?.type === "Point" ? row.geometry.coordinates : [];
      cells.push(cell(longitude), cell(latitude));
    }
    // A line of one empty cell would read as a blank line, which is no row.
    const line = cells.length === 1 && cells[0] === "" ? '""' : cells.join(delimiter);
    const wait = sink.write(`${line}\r\n`);
    if (wait) await wait;
    count++;
  }
  await sink.end();
  return { rows: count };
}
