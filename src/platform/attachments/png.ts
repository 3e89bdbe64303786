import { crc32, inflateSync } from "node:zlib";
import { orientationBlock, readExif } from "./exif.ts";
import type { Examination, FindingKind, FoundPosition } from "./findings.ts";
import { readXmp } from "./xmp.ts";

const signature = Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10]);

/** Chunks without which the picture would look otherwise. */
const needed = new Set(
  "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD pHYs sPLT hIST cICP mDCV cLLI acTL fcTL fdAT".split(" "),
);

/** Packed text of more than this is not read: no packet of a camera is longer. */
const longestText = 2_000_000;

interface Chunk {
  type: string;
  data: Uint8Array;
  whole: Uint8Array;
}

function chunksOf(bytes: Uint8Array): { chunks: Chunk[]; end: number } | null {
  if (bytes.length < 8 || signature.some((byte, i) => bytes[i] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) return null;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) return null;
    if (chunks.length === 0 && type !== "IHDR") return null;
    if (view.getUint32(end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) return null;
    chunks.push({ type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) });
    if (type === "IEND") return { chunks, end };
    at = end;
  }
  return null;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const whole = new Uint8Array(12 + data.length);
  const view = new DataView(whole.buffer);
  view.setUint32(0, data.length);
  whole.set(new TextEncoder().encode(type), 4);
  whole.set(data, 8);
  view.setUint32(8 + data.length, crc32(whole.subarray(4, 8 + data.length)));
  return whole;
}

/** The text of a text chunk, unpacked when it is packed. */
function textOf({ type, data }: Chunk): string {
  const latin = (part: Uint8Array) => new TextDecoder("latin1").decode(part);
  const keyEnd = data.indexOf(0);
  if (keyEnd < 0) return "";
  const unpack = (part: Uint8Array) => {
    try {
      return inflateSync(part, { maxOutputLength: longestText });
    } catch {
      return new Uint8Array();
    }
  };
  if (type === "tEXt") return latin(data);
  if (type === "zTXt") return `${latin(data.subarray(0, keyEnd))}\0${latin(unpack(data.subarray(keyEnd + 2)))}`;
  const packed = data[keyEnd + 1] === 1;
  const languageEnd = data.indexOf(0, keyEnd + 3);
  const wordEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (wordEnd < 0) return "";
  const body = data.subarray(wordEnd + 1);
  return `${latin(data.subarray(0, keyEnd))}\0${new TextDecoder().decode(packed ? unpack(body) : body)}`;
}

/** The EXIF block that some programs write as hexadecimal text. */
function rawProfile(text: string): Uint8Array | null {
  if (!/^Raw profile type (exif|APP1)\0/.test(text)) return null;
  const bytes = Buffer.from(
    text
      .slice(text.indexOf("\0"))
      .replace(/^\s*\0?\s*\w+\s+\d+\s/, "")
      .replace(/\s+/g, ""),
    "hex",
  );
  return bytes.subarray(0, 6).toString("latin1") === "Exif\0\0" ? bytes.subarray(6) : bytes;
}

/**
 * Looks into a PNG and writes it anew from what the picture needs.
 * @returns null when it is not a whole PNG
 */
export function examinePng(bytes: Uint8Array): Examination | null {
  const read = chunksOf(bytes);
  if (!read?.chunks.some(({ type }) => type === "IDAT")) return null;
  const kinds = new Set<FindingKind>();
  let position: FoundPosition | null = null;
  let takenOn: string | null = null;
  let orientation = 1;
  const takeExif = (block: Uint8Array) => {
    const exif = readExif(block);
    if (!exif) return;
    for (const kind of exif.kinds) kinds.add(kind);
    position ??= exif.position;
    takenOn ??= exif.takenOn;
    if (orientation === 1) orientation = exif.orientation;
  };
  for (const each of read.chunks) {
    if (each.type === "eXIf") takeExif(each.data);
    else if (["tEXt", "zTXt", "iTXt"].includes(each.type)) {
      const text = textOf(each);
      const profile = rawProfile(text);
      if (profile) takeExif(profile);
      const xmp = readXmp(text);
      if (xmp.location) kinds.add("location");
      position ??= xmp.position;
      kinds.add("hidden-text");
    }
  }
  if (read.end < bytes.length) kinds.add("trailing-data");
  const kept = read.chunks.filter(({ type }) => needed.has(type)).map(({ whole }) => whole);
  if (orientation !== 1) kept.splice(1, 0, chunk("eXIf", orientationBlock(orientation)));
  return { kinds, position, takenOn, cleaned: Buffer.concat([signature, ...kept]) };
}
