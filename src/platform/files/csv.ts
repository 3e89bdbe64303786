import { readChunks, readHead } from "./bytes.ts";
import { type CsvRecord, makeCsvSplitter } from "./csv-split.ts";
import { guessEncoding, looksLikeMojibake, makeDecoder } from "./encoding.ts";
import { uniqueNames } from "./fields.ts";
import { problem } from "./problem.ts";
import { findHeader, isEmpty } from "./table.ts";
import { batchSize, type FormatReader, type OpenedFile, type Problem, type Scalar, type SourceRow } from "./types.ts";

const sampleBytes = 256 * 1024;
/** A row longer than this is a missing quote or not a table. */
const maxRowCharacters = 4 * 1024 * 1024;
const delimiters = [",", ";", "\t", "|"];

interface Layout {
  encoding: string;
  delimiter: string;
  newline: "\n" | "\r";
  headerRow: number;
  titleRows: string[];
  names: string[];
  warnings: Problem[];
  rowsEstimate: number | null;
}

/** Reads delimited text: comma, semicolon, tab or bar, in any encoding, with titles above the header if need be. */
export const csvReader: FormatReader = {
  async describe(file) {
    const layout = await findLayout(file);
    const { encoding, delimiter, headerRow, titleRows, warnings } = layout;
    const layers = [{ name: "table", rowsEstimate: layout.rowsEstimate, geometryType: null }];
    return { layers, layer: "table", encoding, delimiter, headerRow, titleRows, warnings };
  },

  async *rows(file) {
    const layout = await findLayout(file);
    const decoder = makeDecoder(layout.encoding);
    const splitter = makeCsvSplitter({ ...layout, maxLength: Math.min(maxRowCharacters, file.limits.rowBytes) });
    let number = 0;
    let batch: SourceRow[] = [];
    function* take(records: CsvRecord[]): Generator<SourceRow[]> {
      for (const record of records) {
        number++;
        if (number <= layout.headerRow || isBlank(record)) continue;
        batch.push(toRow(record, number, layout.names));
        if (batch.length < batchSize) continue;
        yield batch;
        batch = [];
      }
    }
    for await (const chunk of readChunks(file)) yield* take(splitter.push(decoder.write(chunk), false));
    yield* take(splitter.push(decoder.end(), true));
    if (batch.length > 0) yield batch;
  },
};

const isBlank = (record: CsvRecord) => !record.problem && record.cells.every((cell) => cell === "" || isEmpty(cell));

function toRow(record: CsvRecord, number: number, names: string[]): SourceRow {
  const { cells } = record;
  const fields: Record<string, Scalar> = {};
  for (let i = 0; i < names.length; i++) {
    const cell = cells[i];
    fields[names[i] as string] = cell === undefined || cell === "" ? null : cell;
  }
  const row: SourceRow = { number, fields, geometry: null };
  if (record.problem) row.problem = record.problem;
  else if (cells.length !== names.length) {
    const extra = cells.slice(names.length);
    extra.forEach((cell, index) => {
      if (cell !== "") fields[`_extra_${index + 1}`] = cell;
    });
    // Spreadsheets leave out or add empty cells at the end of a row; only lost or surplus values deserve a word.
    const lost = cells.length < names.length && cells.length > 0;
    if (lost || extra.some((cell) => cell !== "")) {
      row.warnings = [problem("csv.ragged-row", { expected: names.length, found: cells.length })];
    }
  }
  return row;
}

async function findLayout(file: OpenedFile): Promise<Layout> {
  const head = await readHead(file.path, sampleBytes);
  const guess = guessEncoding(head);
  const encoding = file.options.encoding ?? guess.encoding;
  const decoder = makeDecoder(encoding);
  const whole = head.length === file.size;
  const text = decoder.write(head) + (whole ? decoder.end() : "");
  const newline = !text.includes("\n") && text.includes("\r") ? "\r" : "\n";
  const warnings: Problem[] = [];
  if (file.options.encoding === undefined && !guess.sure) warnings.push(problem("encoding.guessed", { encoding }));
  if (looksLikeMojibake(text.slice(0, 20_000))) warnings.push(problem("encoding.mojibake", { encoding }));
  if (text.includes("\ufffd")) warnings.push(problem("encoding.unreadable-characters", { encoding }));
  const stated = /^sep=(.)\r?\n/i.exec(text)?.[1];
  const delimiter = file.options.delimiter ?? stated ?? guessDelimiter(text, newline);
  const split = makeCsvSplitter({ delimiter, newline, maxLength: maxRowCharacters });
  const records = split.push(text, whole);
  const rows = records.slice(0, 60).map((record) => record.cells);
  // Excel's own "sep=;" line is neither a title nor a header.
  if (stated !== undefined) rows[0] = [];
  const { headerRow, header, titleRows } = findHeader(rows, file.options.headerRow);
  const names = uniqueNames(headerRow > 0 ? trimmed(header, rows.slice(headerRow)) : widest(rows));
  warnings.push(...headerWarnings(header, names));
  const perRow = records.length > 0 ? Buffer.byteLength(text) / records.length : 0;
  const total = whole ? records.filter((record) => !isBlank(record)).length : perRow > 0 ? file.size / perRow : 0;
  const above = headerRow > 0 ? rows.slice(0, headerRow).filter((row) => !row.every(isEmpty)).length : titleRows.length;
  const rowsEstimate = Math.max(0, Math.round(total) - above);
  return {
    encoding,
    delimiter,
    newline,
    headerRow,
    titleRows,
    names,
    warnings,
    rowsEstimate,
  };
}

/** Drops empty names at the end of a header when no row has a value there. */
function trimmed(header: readonly Scalar[], rows: readonly string[][]): (string | null)[] {
  let length = header.length;
  while (length > 0 && isEmpty(header[length - 1]) && rows.every((row) => isEmpty(row[length - 1]))) length--;
  return header.slice(0, length).map((cell) => (cell === null ? null : String(cell)));
}

function widest(rows: string[][]): null[] {
  return Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, () => null);
}

/** Says which columns had to be given a name of their own. */
export function headerWarnings(header: readonly Scalar[], names: readonly string[]): Problem[] {
  const warnings: Problem[] = [];
  const seen = new Set<string>();
  names.forEach((name, index) => {
    const cell = header[index];
    if (cell === undefined) return;
    if (isEmpty(cell)) warnings.push(problem("table.unnamed-column", { column: index + 1, name }));
    else if (seen.has(String(cell))) warnings.push(problem("table.repeated-column", { column: index + 1, name }));
    seen.add(String(cell));
  });
  return warnings;
}

/** The delimiter that cuts the first rows into the most, and most evenly many, cells. */
function guessDelimiter(text: string, newline: "\n" | "\r"): string {
  let best = ",";
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const split = makeCsvSplitter({ delimiter, newline, maxLength: 65_536 });
    const rows = split.push(text.slice(0, 65_536), true).slice(0, 100);
    const widths = rows.filter((row) => !isBlank(row)).map((row) => row.cells.length);
    const counts = new Map<number, number>();
    for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
    let score = 0;
    for (const [width, count] of counts) {
      if (width > 1) score = Math.max(score, (count / widths.length) ** 2 * Math.log2(width));
    }
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}
