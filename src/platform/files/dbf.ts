import { isAscii, isUtf8 } from "node:buffer";
import { type ByteCursor, openCursor, readHead } from "./bytes.ts";
import { guessEncoding, makeDecoder } from "./encoding.ts";
import { FileProblem } from "./problem.ts";
import type { Scalar } from "./types.ts";

interface DbfField {
  name: string;
  type: string;
  offset: number;
  length: number;
  decimals: number;
}

/** An open dBase table, read record by record. */
export interface DbfTable {
  count: number;
  encoding: string;
  /** True when nothing in the file or beside it states the encoding. */
  guessed: boolean;
  /** True when a record can be taken without waiting. */
  has(): boolean;
  /** Reads on from disk; false at the end of the file. */
  fill(): Promise<boolean>;
  /** The next record's values, or null for one marked as deleted. */
  take(): Record<string, Scalar> | null;
  close(): Promise<void>;
}

/** dBase language driver ids (byte 29) and the encodings they stand for. */
const languageDrivers: Record<number, string> = {
  1: "cp437",
  2: "cp850",
  3: "windows-1252",
  77: "cp936",
  78: "cp949",
  79: "cp950",
  80: "windows-874",
  87: "windows-1252",
  88: "windows-1252",
  89: "windows-1252",
  124: "windows-874",
  200: "windows-1250",
  201: "windows-1251",
};

/**
 * Opens a dBase table (III to V, and FoxPro's number types). Text is decoded as `encoding` says, else as the language
 * driver byte says, else as its bytes look. Memo fields are null: their text is in another file.
 */
export async function openDbf(path: string, encoding: string | null, maximum: number): Promise<DbfTable> {
  const head = await readHead(path, 64 * 1024);
  if (head.length < 33) throw new FileProblem("shapefile.damaged", { part: "dbf" });
  const count = head.readUInt32LE(4);
  const headerLength = head.readUInt16LE(8);
  const recordLength = head.readUInt16LE(10);
  const stated = encoding ?? languageDrivers[head[29] as number] ?? null;
  const chosen = stated ?? guessText(await readHead(path, 256 * 1024, headerLength));
  const fields = readFields(head.subarray(0, headerLength), recordLength, chosen);
  const cursor: ByteCursor = await openCursor(path, maximum);
  cursor.skipTo(headerLength);
  const decode = makeFieldDecoder(chosen);
  return {
    count,
    encoding: chosen,
    guessed: stated === null,
    has: () => cursor.has(recordLength),
    fill: () => cursor.fill(recordLength),
    take() {
      const record = cursor.take(recordLength);
      if (record[0] === 0x2a) return null;
      const values: Record<string, Scalar> = {};
      for (const field of fields) values[field.name] = readValue(record, field, decode);
      return values;
    },
    close: () => cursor.close(),
  };
}

function guessText(sample: Buffer): string {
  return isUtf8(sample) ? "utf-8" : guessEncoding(sample).encoding;
}

function readFields(header: Buffer, recordLength: number, encoding: string): DbfField[] {
  const fields: DbfField[] = [];
  const decode = makeFieldDecoder(encoding);
  let offset = 1;
  for (let at = 32; at + 32 <= header.length && header[at] !== 0x0d; at += 32) {
    let end = at;
    while (end < at + 11 && header[end] !== 0) end++;
    const type = String.fromCharCode(header[at + 11] as number);
    const decimals = type === "C" ? 0 : (header[at + 17] as number);
    // Long text uses the decimals byte as the high byte of its length.
    const length = (header[at + 16] as number) + (type === "C" ? (header[at + 17] as number) * 256 : 0);
    if (offset + length > recordLength) throw new FileProblem("shapefile.damaged", { part: "dbf" });
    let name = decode(header.subarray(at, end)).trim() || `column_${fields.length + 1}`;
    if (name === "__proto__") name = "_proto_";
    for (let n = 2; fields.some((field) => field.name === name); n++) name = `${name.replace(/_\d+$/, "")}_${n}`;
    fields.push({ name, type, offset, length, decimals });
    offset += length;
  }
  return fields;
}

function makeFieldDecoder(encoding: string): (bytes: Buffer) => string {
  if (/^utf-?8$/i.test(encoding)) {
    // Writers cut text at the field's length, at times inside a character: the half that is left is dropped.
    return (bytes) => bytes.toString("utf8").replace(/\ufffd+$/, "");
  }
  return (bytes) => {
    if (isAscii(bytes)) return bytes.toString("latin1");
    const decoder = makeDecoder(encoding);
    return decoder.write(bytes) + decoder.end();
  };
}

function readValue(record: Buffer, field: DbfField, decode: (bytes: Buffer) => string): Scalar {
  const bytes = record.subarray(field.offset, field.offset + field.length);
  switch (field.type) {
    case "I":
    case "+":
      return bytes.length === 4 ? bytes.readInt32LE(0) : null;
    case "O":
      return bytes.length === 8 ? bytes.readDoubleLE(0) : null;
    case "B":
      return bytes.length === 8 ? bytes.readDoubleLE(0) : null;
    case "M":
    case "G":
    case "P":
      return null;
    default:
  }
  if (field.type === "C") {
    let end = bytes.length;
    while (end > 0 && ((bytes[end - 1] as number) === 0x20 || bytes[end - 1] === 0)) end--;
    if (end === 0) return null;
    const cut = end === bytes.length ? bytes : bytes.subarray(0, end);
    return decode(cut).replace(/\0.*$/s, "").trim() || null;
  }
  const text = bytes.toString("latin1").replaceAll("\0", " ").trim();
  if (text === "") return null;
  if (field.type === "L") return /^[yt]$/i.test(text) ? true : /^[nf]$/i.test(text) ? false : null;
  if (field.type === "D") {
    const date = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
    return date && text !== "00000000" ? `${date[1]}-${date[2]}-${date[3]}` : null;
  }
  if (field.type === "N" || field.type === "F") {
    if (/^\*+$/.test(text)) return null;
    const value = Number(text.replace(",", "."));
    if (!Number.isFinite(value)) return text;
    return field.decimals === 0 && !Number.isSafeInteger(value) && /^-?\d+$/.test(text) ? text : value;
  }
  return text;
}
