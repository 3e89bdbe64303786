import { posix } from "node:path";
import { type SaxesAttributePlain, SaxesParser } from "saxes";
import { FileProblem } from "./problem.ts";
import type { OpenedFile, Scalar } from "./types.ts";
import { openZip, type Zip } from "./zip.ts";

/** A row of a sheet: cells from column A on. */
export interface SheetRow {
  number: number;
  cells: Scalar[];
  /** Cells that hold an error such as #REF!; their value is null. */
  errors: { column: number; value: string }[];
  /** Columns of formulas whose result was not saved with them; their value is null. */
  uncomputed: number[];
}

/** An open workbook: its sheets in the order of their tabs, and what is needed to read cells. */
export interface Workbook {
  zip: Zip;
  sheets: { name: string; path: string; hidden: boolean }[];
  sharedStrings: string[];
  /** For each cell style: it shows a date or time. */
  dateStyles: boolean[];
  /** Dates count from 1904 instead of 1900. */
  from1904: boolean;
  /** Last row by sheet path, as the sheet itself states it. */
  rowCounts: Map<string, number>;
  close(): void;
}

type Attributes = Record<string, SaxesAttributePlain | string>;

/** Opens a workbook and reads its parts other than the sheets. Throws `xlsx.damaged`, `xlsx.encrypted` and zip problems. */
export async function openWorkbook(file: OpenedFile): Promise<Workbook> {
  const zip = await openZip(file.path, file.limits);
  try {
    const members = new Set(zip.members.map((member) => member.name));
    const main = members.has("xl/workbook.xml") ? "xl/workbook.xml" : await findMain(zip, members);
    const directory = posix.dirname(main);
    const targets = new Map<string, string>();
    const resolve = (target: string) => (target.startsWith("/") ? target.slice(1) : posix.join(directory, target));
    let strings = posix.join(directory, "sharedStrings.xml");
    let styles = posix.join(directory, "styles.xml");
    await parseMember(zip, posix.join(directory, "_rels", `${posix.basename(main)}.rels`), (name, attributes) => {
      if (name !== "Relationship") return;
      const target = resolve(String(attributes.Target));
      targets.set(String(attributes.Id), target);
      if (String(attributes.Type).endsWith("/sharedStrings")) strings = target;
      if (String(attributes.Type).endsWith("/styles")) styles = target;
    });
    const sheets: Workbook["sheets"] = [];
    let from1904 = false;
    await parseMember(zip, main, (name, attributes) => {
      if (name === "workbookPr") from1904 = /^(1|true)$/.test(String(attributes.date1904 ?? ""));
      if (name !== "sheet") return;
      const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1];
      const path = targets.get(String(id));
      const hidden = attributes.state !== undefined && attributes.state !== "visible";
      if (path && members.has(path)) sheets.push({ name: String(attributes.name), path, hidden });
    });
    const sharedStrings = members.has(strings) ? await readSharedStrings(zip, strings) : [];
    const dateStyles = members.has(styles) ? await readDateStyles(zip, styles) : [];
    return { zip, sheets, sharedStrings, dateStyles, from1904, rowCounts: new Map(), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function findMain(zip: Zip, members: Set<string>): Promise<string> {
  let target = "";
  if (members.has("_rels/.rels")) {
    await parseMember(zip, "_rels/.rels", (name, attributes) => {
      if (name === "Relationship" && String(attributes.Type).endsWith("/officeDocument"))
        target = String(attributes.Target);
    });
  }
  const path = target.replace(/^\//, "");
  if (!members.has(path)) throw new FileProblem("xlsx.damaged", { part: "workbook" });
  return path;
}

interface Handlers {
  open(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
}

function makeParser(handlers: Handlers): SaxesParser<{ xmlns: false }> {
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
  const local = (name: string) => name.slice(name.indexOf(":") + 1);
  parser.on("doctype", () => {
    throw new FileProblem("xml.entities-refused");
  });
  parser.on("error", (error) => {
    throw new FileProblem("xlsx.damaged", { reason: error.message.slice(0, 200) });
  });
  parser.on("opentag", (tag) => handlers.open(local(tag.name), tag.attributes));
  if (handlers.text) parser.on("text", handlers.text);
  if (handlers.close) parser.on("closetag", (tag) => handlers.close?.(local(tag.name)));
  return parser;
}

async function parseMember(zip: Zip, member: string, handlers: Handlers["open"] | Handlers): Promise<void> {
  const parser = makeParser(typeof handlers === "function" ? { open: handlers } : handlers);
  for await (const text of memberText(zip, member)) parser.write(text);
  parser.close();
}

async function* memberText(zip: Zip, member: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder("utf-8");
  const stream = await zip.read(member);
  try {
    for await (const chunk of stream) yield decoder.decode(chunk as Uint8Array, { stream: true });
  } catch (error) {
    throw error instanceof FileProblem
      ? error
      : new FileProblem("zip.damaged", { reason: error instanceof Error ? error.message.slice(0, 200) : null });
  } finally {
    stream.destroy();
  }
  yield decoder.decode();
}

/** Cells refer to these texts from anywhere, so all are held in memory; this many characters at most. */
const maxTexts = 100_000_000;

/** Texts that cells point to. Phonetic hints for Japanese (`rPh`) are no part of the text. */
async function readSharedStrings(zip: Zip, member: string): Promise<string[]> {
  const strings: string[] = [];
  let current = "";
  let characters = 0;
  let inText = false;
  let phonetic = 0;
  await parseMember(zip, member, {
    open(name) {
      if (name === "si") current = "";
      else if (name === "t") inText = true;
      else if (name === "rPh") phonetic++;
    },
    text(text) {
      if (inText && phonetic === 0) current += text;
    },
    close(name) {
      if (name === "si") {
        characters += current.length;
        if (characters > maxTexts) throw new FileProblem("xlsx.too-many-texts", { maximum: maxTexts });
        strings.push(unescapeText(current));
      } else if (name === "t") inText = false;
      else if (name === "rPh") phonetic--;
    },
  });
  return strings;
}

/** Spreadsheets write characters that XML cannot hold as _x000D_ and the like. */
function unescapeText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Built-in number formats that show dates or times (ECMA-376 part 1, 18.8.30), with the East Asian ones. */
const builtInDates = new Set([
  14,
  15,
  16,
  17,
  18,
  19,
  20,
  21,
  22,
  45,
  46,
  47,
  ...range(27, 36),
  ...range(50, 58),
  ...range(71, 81),
]);

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

async function readDateStyles(zip: Zip, member: string): Promise<boolean[]> {
  const custom = new Map<number, boolean>();
  const styles: boolean[] = [];
  let inCells = false;
  await parseMember(zip, member, {
    open(name, attributes) {
      if (name === "numFmt") custom.set(Number(attributes.numFmtId), showsDate(String(attributes.formatCode)));
      else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells) {
        const id = Number(attributes.numFmtId);
        styles.push(custom.get(id) ?? builtInDates.has(id));
      }
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return styles;
}

/** A format shows a date when day, month, year, hour or second letters stand outside quotes, escapes and brackets. */
function showsDate(format: string): boolean {
  const bare = (format.split(";")[0] ?? "")
    .replace(/"[^"]*"|\\.|_.|\*./g, "")
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "");
  return /[dmyhsbe]/i.test(bare.replace(/general/gi, "").replace(/e[+-]/gi, ""));
}

/** Streams the rows of a sheet, a batch for each piece of the file; blank rows are not in the file. */
export async function* readSheet(
  file: OpenedFile,
  workbook: Workbook,
  path: string,
): AsyncGenerator<SheetRow[], void, undefined> {
  const total = workbook.zip.members.find((member) => member.name === path)?.bytes ?? 0;
  let rows: SheetRow[] = [];
  let row: SheetRow = { number: 0, cells: [], errors: [], uncomputed: [] };
  let column = 0;
  let type = "n";
  let style = 0;
  let value = "";
  let formula = false;
  let taking = false;
  let phonetic = 0;
  let rowSize = 0;
  const parser = makeParser({
    open(name, attributes) {
      if (name === "v" || name === "t") taking = true;
      else if (name === "c") {
        column = typeof attributes.r === "string" ? columnOf(attributes.r) : row.cells.length;
        type = typeof attributes.t === "string" ? attributes.t : "n";
        style = Number(attributes.s ?? 0);
        value = "";
        formula = false;
      } else if (name === "f") formula = true;
      else if (name === "row") {
        const number = Number(attributes.r ?? row.number + 1);
        row = {
          number: Number.isInteger(number) && number > 0 ? number : row.number + 1,
          cells: [],
          errors: [],
          uncomputed: [],
        };
        rowSize = 0;
      } else if (name === "rPh") phonetic++;
      else if (name === "dimension") {
        const last = /(\d+)$/.exec(String(attributes.ref ?? ""))?.[1];
        if (last) workbook.rowCounts.set(path, Number(last));
      }
    },
    text(text) {
      if (!taking || phonetic > 0) return;
      value += text;
      rowSize += text.length;
      if (rowSize > file.limits.rowBytes) throw new FileProblem("files.row-too-large", { row: row.number });
    },
    close(name) {
      if (name === "v" || name === "t") taking = false;
      else if (name === "rPh") phonetic--;
      else if (name === "c") {
        if (column > 16_383) throw new FileProblem("xlsx.damaged", { part: path });
        while (row.cells.length < column) row.cells.push(null);
        if (type === "e" && value !== "") row.errors.push({ column, value });
        // A formula that gives an empty text is a text; any other has a value once a spreadsheet has worked it out.
        if (formula && value === "" && type !== "str") row.uncomputed.push(column);
        row.cells[column] = readCell(workbook, type, style, value);
      } else if (name === "row") rows.push(row);
    },
  });
  let seen = 0;
  for await (const text of memberText(workbook.zip, path)) {
    file.options.signal?.throwIfAborted();
    parser.write(text);
    seen += text.length;
    file.options.onProgress?.({ bytesRead: Math.min(seen, total), bytesTotal: total });
    if (rows.length === 0) continue;
    yield rows;
    rows = [];
  }
  parser.close();
  if (rows.length > 0) yield rows;
}

/** The 0-based column of a reference such as `AB12`. */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i) & 0xdf;
    if (code < 0x41 || code > 0x5a) break;
    column = column * 26 + code - 0x40;
  }
  return column - 1;
}

function readCell(workbook: Workbook, type: string, style: number, value: string): Scalar {
  if (type === "s") return workbook.sharedStrings[Number(value)] ?? null;
  if (type === "inlineStr" || type === "str") return value === "" ? null : unescapeText(value);
  if (value === "" || type === "e") return null;
  if (type === "b") return value === "1";
  if (type === "d") return value;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  return workbook.dateStyles[style] ? dateOf(number, workbook.from1904) : number;
}

/**
 * The ISO date, time or date with time of a serial number. Serials below 61 in the 1900 system are a day off because of
 * the 29 February 1900 that spreadsheets believe in.
 */
function dateOf(serial: number, from1904: boolean): Scalar {
  if (serial < 0 || serial > 2_958_465) return serial;
  const milliseconds = Math.round(serial * 86_400) * 1000;
  if (serial < 1) return new Date(milliseconds).toISOString().slice(11, 19);
  const shift = from1904 ? 1462 : serial < 60 ? 1 : 0;
  const iso = new Date(Date.UTC(1899, 11, 30) + milliseconds + shift * 86_400_000).toISOString();
  return iso.slice(11, 19) === "00:00:00" ? iso.slice(0, 10) : iso.slice(0, 19);
}
