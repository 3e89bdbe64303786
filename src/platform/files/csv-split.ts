import { problem } from "./problem.ts";
import type { Problem } from "./types.ts";

/** One record of a delimited text: its cells, or what is wrong with it. */
export interface CsvRecord {
  cells: string[];
  problem?: Problem;
}

/** Takes text in pieces and gives the records that are complete. */
export interface CsvSplitter {
  /** Adds text; with `last`, what remains is the last record. */
  push(text: string, last: boolean): CsvRecord[];
}

/** How to split: one character between cells, what ends a line, and the largest record in characters. */
export interface CsvDialect {
  delimiter: string;
  newline: "\n" | "\r";
  maxLength: number;
}

/**
 * Splits delimited text into records (RFC 4180, read leniently): quoted cells may hold delimiters, doubled quotes and
 * line ends; a quote inside an unquoted cell is a character like any other; what follows a closing quote belongs to
 * the cell. A quote that is never closed spoils its own line only: that line is reported and reading goes on with the
 * next, instead of the rest of the file vanishing into one cell.
 */
export function makeCsvSplitter({ delimiter, newline, maxLength }: CsvDialect): CsvSplitter {
  let text = "";
  let position = 0;

  function push(more: string, last: boolean): CsvRecord[] {
    text = position === 0 ? text + more : text.slice(position) + more;
    position = 0;
    const records: CsvRecord[] = [];
    let quote = text.indexOf('"');
    while (position < text.length) {
      let lineEnd = text.indexOf(newline, position);
      if (lineEnd < 0) {
        if (!last && text.length - position <= maxLength) break;
        lineEnd = text.length;
      }
      if (quote >= 0 && quote < position) quote = text.indexOf('"', position);
      if (quote >= 0 && quote < lineEnd) {
        const read = readQuoted(last);
        if (read === "more") break;
        if (read !== "unclosed") {
          records.push({ cells: read.cells });
          position = read.end;
          continue;
        }
        records.push({ cells: splitLine(position, lineEnd), problem: problem("csv.unclosed-quote") });
      } else if (lineEnd - position > maxLength) {
        records.push({ cells: [], problem: problem("files.row-too-large", { maximum: maxLength }) });
      } else records.push({ cells: splitLine(position, lineEnd) });
      position = lineEnd + 1;
    }
    position = Math.min(position, text.length);
    return records;
  }

  function splitLine(from: number, to: number): string[] {
    return text.slice(from, withoutReturn(from, to)).split(delimiter);
  }

  function withoutReturn(from: number, to: number): number {
    return newline === "\n" && to > from && text.charCodeAt(to - 1) === 0x0d ? to - 1 : to;
  }

  /** Where an unquoted piece that starts at `at` ends: at a delimiter, a line end, or the end of the text. */
  function pieceEnd(at: number): number {
    const end = text.indexOf(delimiter, at);
    const line = text.indexOf(newline, at);
    if (end < 0) return line < 0 ? text.length : line;
    return line >= 0 && line < end ? line : end;
  }

  function closingQuote(from: number): number {
    let at = text.indexOf('"', from);
    while (at >= 0 && text.charCodeAt(at + 1) === 0x22) at = text.indexOf('"', at + 2);
    return at;
  }

  /** Reads the record at `position`, which has a quote in its first line. */
  function readQuoted(last: boolean): { cells: string[]; end: number } | "more" | "unclosed" {
    const cells: string[] = [];
    let at = position;
    while (true) {
      let quoted = "";
      if (text.charCodeAt(at) === 0x22) {
        const close = closingQuote(at + 1);
        if (close < 0) return last || text.length - position > maxLength ? "unclosed" : "more";
        if (close - position > maxLength) return "unclosed";
        quoted = text.slice(at + 1, close).replaceAll('""', '"');
        at = close + 1;
      }
      const end = pieceEnd(at);
      if (end >= text.length && !last) return text.length - position > maxLength ? "unclosed" : "more";
      const atDelimiter = end < text.length && text.charAt(end) === delimiter;
      cells.push(quoted + text.slice(at, atDelimiter ? end : withoutReturn(at, end)));
      if (!atDelimiter) return { cells, end: end + 1 };
      at = end + 1;
    }
  }

  return { push };
}
