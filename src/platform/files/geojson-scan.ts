import { problem } from "./problem.ts";
import type { Problem } from "./types.ts";

/** A record found in a JSON document: its parsed value or what is wrong with it, and where it starts. */
export interface ScannedRecord {
  /** Bytes from the start of the document. */
  offset: number;
  value?: unknown;
  problem?: Problem;
}

/** Takes the bytes of a JSON document (UTF-8, no byte order mark) in pieces and gives the complete records. */
export interface JsonScanner {
  push(chunk: Buffer): ScannedRecord[];
  end(): ScannedRecord[];
  /** The `crs` member of a collection, as far as it came by. */
  crs(): unknown;
  /** The `name` member of a collection, as far as it came by. */
  name(): string | null;
}

interface Frame {
  object: boolean;
  key: string | null;
  /** In an object: the next string is a key. */
  expectKey: boolean;
  /** An array of features, or the array of records that is the document itself. */
  records: boolean;
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const maxDepth = 500;

/**
 * Makes a scanner that cuts records out of a JSON document without parsing the whole: the elements of every array
 * called `features`, however deep it lies; the elements of an array that is the document; or, when there is neither,
 * each top-level value (one feature, newline-delimited features, an RFC 8142 sequence). Records are cut by counting
 * braces outside strings, then parsed one by one. A record that cannot be parsed, is cut short, or is larger than
 * `maxBytes` is reported, and scanning goes on at the next place that starts like a record.
 */
export function makeJsonScanner(maxBytes: number): JsonScanner {
  let buffer: Buffer = Buffer.alloc(0);
  let base = 0;
  let position = 0;
  let mode: "outer" | "record" | "skip" | "seek" = "outer";
  let start = -1;
  let depth = 0;
  let inString = false;
  let skipOpen = openBrace;
  let skipClose = closeBrace;
  let afterSkip: ((bytes: Buffer) => void) | null = null;
  let skipStart = -1;
  let frames: Frame[] = [];
  /** Where a top-level object that may be a record starts; -1 when it is known to be a collection. */
  let root = -1;
  let seekPattern = /\{\s*"type"\s*:\s*"Feature"/g;
  let learned = false;
  let crsMember: unknown;
  let nameMember: string | null = null;
  let found: ScannedRecord[] = [];

  function push(chunk: Buffer): ScannedRecord[] {
    const kept = keepFrom();
    const rest = buffer.length - kept;
    base += kept;
    position -= kept;
    if (start >= 0) start -= kept;
    if (root >= 0) root -= kept;
    if (skipStart >= 0) skipStart -= kept;
    buffer = rest > 0 ? Buffer.concat([buffer.subarray(kept), chunk]) : chunk;
    return drain(false);
  }

  function keepFrom(): number {
    const marks = [Math.min(position, buffer.length)];
    if (start >= 0) marks.push(start);
    if (root >= 0) marks.push(root);
    if (skipStart >= 0) marks.push(skipStart);
    return Math.min(...marks);
  }

  function drain(last: boolean): ScannedRecord[] {
    let more = true;
    while (more) {
      if (mode === "record") more = scanRecord(last);
      else if (mode === "skip") more = scanSkip(last);
      else if (mode === "seek") more = seek(last);
      else more = scanOuter(last);
    }
    const result = found;
    found = [];
    return result;
  }

  /** Moves to the end of the braces or brackets being counted; "open" when the buffer ends first. */
  function countTo(open: number, close: number): "closed" | "open" | "broken" {
    const bytes = buffer;
    const end = bytes.length;
    let i = position;
    let level = depth;
    let string = inString;
    let result: "closed" | "open" | "broken" = "open";
    while (i < end) {
      const byte = bytes[i] as number;
      if (string) {
        if (byte === quote) string = false;
        else if (byte === backslash) i++;
        else if (byte < 0x20 && byte !== 0x09) {
          // A line end inside a string means that its closing quote is missing.
          result = "broken";
          break;
        }
      } else if (byte === quote) string = true;
      else if (byte === open) level++;
      else if (byte === close && --level === 0) {
        i++;
        result = "closed";
        break;
      }
      i++;
    }
    position = i;
    depth = level;
    inString = string;
    return result;
  }

  function scanRecord(last: boolean): boolean {
    const state = countTo(openBrace, closeBrace);
    if (state === "closed") {
      finishRecord(start, position);
      return true;
    }
    if (state === "broken") return giveUp("geojson.broken-feature", start, position);
    if (buffer.length - start > maxBytes) return giveUp("files.row-too-large", start, start + 1);
    return last ? giveUp("geojson.cut-short", start, start + 1) : false;
  }

  /** Parses the bytes of a complete record; when they are not JSON, looks for records that it swallowed. */
  function finishRecord(from: number, to: number): void {
    const text = buffer.toString("utf8", from, to);
    start = -1;
    mode = "outer";
    try {
      const value: unknown = JSON.parse(text);
      learnPattern(text);
      found.push({ offset: base + from, value });
    } catch {
      found.push({ offset: base + from, problem: problem("geojson.broken-feature", { offset: base + from }) });
      const inner = findRecordStart(from + 1, to);
      if (inner >= 0) position = inner;
    }
  }

  function learnPattern(text: string): void {
    if (learned) return;
    learned = true;
    const first = /^\{\s*"([^"\\]{1,40})"\s*:/.exec(text)?.[1];
    if (first === undefined || first === "type") return;
    const name = Buffer.from(first, "utf8")
      .toString("latin1")
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    seekPattern = new RegExp(`\\{\\s*"(?:${name}"\\s*:|type"\\s*:\\s*"Feature")`, "g");
  }

  /** Reports the record at `from` and looks for the next one from `at` on. */
  function giveUp(code: string, from: number, at: number): boolean {
    found.push({ offset: base + from, problem: problem(code, { offset: base + from }) });
    start = -1;
    root = -1;
    skipStart = -1;
    inString = false;
    position = at;
    mode = "seek";
    return true;
  }

  function findRecordStart(from: number, to: number): number {
    seekPattern.lastIndex = 0;
    const match = seekPattern.exec(buffer.toString("latin1", from, to));
    return match ? from + match.index : -1;
  }

  function seek(last: boolean): boolean {
    const at = findRecordStart(position, buffer.length);
    if (at >= 0) {
      position = at;
      mode = "outer";
      // What lay between may have opened and closed anything: go back to the innermost list of records.
      const list = frames.findLastIndex((frame) => frame.records);
      frames = frames.slice(0, list + 1);
      return true;
    }
    position = last ? buffer.length : Math.max(position, buffer.length - 256);
    return false;
  }

  function scanSkip(last: boolean): boolean {
    const state = countTo(skipOpen, skipClose);
    if (state === "closed") {
      if (skipStart >= 0) afterSkip?.(buffer.subarray(skipStart, position));
      skipStart = -1;
      mode = "outer";
      endValue();
      return true;
    }
    if (state === "broken" && root >= 0) return giveUp("geojson.broken-feature", root, position);
    if (state === "broken") inString = false;
    if (skipStart >= 0 && buffer.length - skipStart > 65_536) skipStart = -1;
    if (tooLarge()) return giveUp("files.row-too-large", root, root + 1);
    if (last && root >= 0) return giveUp("geojson.cut-short", root, root + 1);
    return state === "broken";
  }

  const tooLarge = () => root >= 0 && buffer.length - root > maxBytes;

  function startSkip(byte: number, keep: ((bytes: Buffer) => void) | null): void {
    skipOpen = byte;
    skipClose = byte === openBrace ? closeBrace : closeBracket;
    skipStart = keep ? position : -1;
    afterSkip = keep;
    depth = 0;
    inString = false;
    mode = "skip";
  }

  function scanOuter(last: boolean): boolean {
    while (position < buffer.length) {
      const byte = buffer[position] as number;
      const frame = frames[frames.length - 1];
      if (byte === quote) {
        if (!takeString(frame, last)) return false;
        if (mode !== "outer") return true;
        continue;
      }
      if (byte === openBrace || byte === openBracket) {
        if (open(byte, frame)) return true;
        continue;
      }
      if (byte === closeBrace || byte === closeBracket) {
        close(byte);
        continue;
      }
      if (frame?.object && byte === 0x2c) {
        frame.expectKey = true;
        frame.key = null;
      } else if (frame?.records && isScalarStart(byte)) {
        if (!takeScalar(last)) return false;
        continue;
      }
      position++;
    }
    if (last && root >= 0) return giveUp("geojson.cut-short", root, root + 1);
    if (last && frames.length > 0) {
      found.push({ offset: base + position, problem: problem("geojson.cut-short", { offset: base + position }) });
      frames = [];
    }
    if (tooLarge()) return giveUp("files.row-too-large", root, root + 1);
    return false;
  }

  /** Letters, digits and minus start `null`, `true`, `false` and numbers, which are no features but must be counted. */
  const isScalarStart = (byte: number) =>
    (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x2d;

  function takeScalar(last: boolean): boolean {
    let end = position;
    while (end < buffer.length && !/[\s,\]}]/.test(String.fromCharCode(buffer[end] as number))) end++;
    if (end >= buffer.length && !last && end - position < 100) return false;
    found.push({ offset: base + position, problem: problem("geojson.not-a-feature", { offset: base + position }) });
    position = end;
    return true;
  }

  function takeString(frame: Frame | undefined, last: boolean): boolean {
    let end = position + 1;
    while (end < buffer.length && buffer[end] !== quote) end += buffer[end] === backslash ? 2 : 1;
    if (end >= buffer.length) {
      if (last) position = buffer.length;
      if (last && root >= 0) return giveUp("geojson.cut-short", root, root + 1);
      if (tooLarge()) return giveUp("files.row-too-large", root, root + 1);
      if (buffer.length - position > maxBytes) return giveUp("files.row-too-large", position, position + 1);
      return last;
    }
    const from = position;
    position = end + 1;
    if (frame?.records && !frame.object) {
      found.push({ offset: base + from, problem: problem("geojson.not-a-feature", { offset: base + from }) });
    } else if (frame?.object && frame.expectKey) {
      frame.key = buffer.toString("utf8", from + 1, end);
      frame.expectKey = false;
    } else if (frame?.object) {
      if (frame.key === "name") nameMember ??= buffer.toString("utf8", from + 1, end);
      endValue();
    }
    return true;
  }

  /** Handles an opening brace or bracket; true when the mode has changed. */
  function open(byte: number, frame: Frame | undefined): boolean {
    if (frame?.object && frame.key === null) {
      // A value where a key or a comma belongs: the object before was not closed.
      if (root >= 0) return giveUp("geojson.broken-feature", root, position);
      position++;
      return false;
    }
    const key = frame?.object ? frame.key : null;
    if (byte === openBrace && frame?.records && frame !== frames[0]) {
      start = position;
      depth = 0;
      inString = false;
      mode = "record";
      return true;
    }
    if (key === "properties" || key === "geometry" || key === "coordinates") {
      startSkip(byte, null);
      return true;
    }
    if (key === "crs" && byte === openBrace && crsMember === undefined) {
      startSkip(byte, (bytes) => {
        crsMember = tryParse(bytes);
      });
      return true;
    }
    if (frames.length > maxDepth) {
      startSkip(byte, null);
      return true;
    }
    // Elements of an array that is the document are not records for sure: each may be a collection.
    if (byte === openBrace && (frame === undefined || frame.records)) root = position;
    const records = byte === openBracket && (key === "features" ? opensWithObject() : frame === undefined);
    if (records && key === "features") root = -1;
    frames.push({ object: byte === openBrace, key: null, expectKey: byte === openBrace, records });
    position++;
    return false;
  }

  /** An array called `features` inside somebody's properties is not ours unless it holds objects. */
  function opensWithObject(): boolean {
    for (let i = position + 1; i < buffer.length; i++) {
      const byte = buffer[i] as number;
      if (byte === openBrace || byte === closeBracket) return true;
      if (byte > 0x20) return byte === 0x6e;
    }
    return true;
  }

  /** After a value in an object only a comma or the end may come. */
  function endValue(): void {
    const frame = frames[frames.length - 1];
    if (frame?.object) frame.key = null;
  }

  function close(byte: number): void {
    position++;
    const frame = frames[frames.length - 1];
    if (!frame || frame.object !== (byte === closeBrace)) return;
    frames.pop();
    endValue();
    const parent = frames[frames.length - 1];
    if (root >= 0 && (frames.length === 0 || parent?.records)) {
      const from = root;
      root = -1;
      finishRecord(from, position);
    }
  }

  return {
    push,
    end: () => drain(true),
    crs: () => crsMember,
    name: () => nameMember,
  };
}

function tryParse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}
