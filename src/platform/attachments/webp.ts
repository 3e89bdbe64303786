import { orientationBlock, readExif } from "./exif.ts";
import type { Examination, FindingKind, FoundPosition } from "./findings.ts";
import { readXmp } from "./xmp.ts";

const needed = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
const neededInFrame = new Set(["VP8 ", "VP8L", "ALPH"]);

/** Bits of the VP8X chunk that say which blocks follow. */
const exifBit = 0x08;
const xmpBit = 0x04;

interface Chunk {
  type: string;
  data: Uint8Array;
}

function chunksOf(bytes: Uint8Array): Chunk[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) return null;
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > bytes.length) return null;
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

function written({ type, data }: Chunk): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 0, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

/** A frame of a moving picture without chunks that do not belong to it. */
function plainFrame(data: Uint8Array): Uint8Array | null {
  if (data.length < 16) return null;
  const inner = chunksOf(data.subarray(16));
  if (!inner) return null;
  const kept = inner.filter(({ type }) => neededInFrame.has(type)).map(written);
  return Buffer.concat([data.subarray(0, 16), ...kept]);
}

/**
 * Looks into a WebP and writes it anew from what the picture needs.
 * @returns null when it is not a whole WebP
 */
export function examineWebp(bytes: Uint8Array): Examination | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 20 || buffer.toString("latin1", 0, 4) !== "RIFF") return null;
  if (buffer.toString("latin1", 8, 12) !== "WEBP") return null;
  const end = 8 + buffer.readUInt32LE(4);
  if (end > buffer.length || end < 20) return null;
  const chunks = chunksOf(bytes.subarray(12, end));
  if (!chunks?.some(({ type }) => ["VP8 ", "VP8L", "ANMF"].includes(type))) return null;

  const kinds = new Set<FindingKind>();
  let position: FoundPosition | null = null;
  let takenOn: string | null = null;
  let orientation = 1;
  const kept: Chunk[] = [];
  for (const each of chunks) {
    if (each.type === "ANMF") {
      const frame = plainFrame(each.data);
      if (!frame) return null;
      kept.push({ type: "ANMF", data: frame });
    } else if (needed.has(each.type)) kept.push(each);
    else if (each.type === "EXIF") {
      const headed = Buffer.from(each.data.subarray(0, 6)).toString("latin1") === "Exif\0\0";
      const exif = readExif(headed ? each.data.subarray(6) : each.data);
      if (!exif) continue;
      for (const kind of exif.kinds) kinds.add(kind);
      position ??= exif.position;
      takenOn ??= exif.takenOn;
      if (orientation === 1) orientation = exif.orientation;
    } else if (each.type === "XMP ") {
      const xmp = readXmp(new TextDecoder().decode(each.data));
      if (xmp.location) kinds.add("location");
      position ??= xmp.position;
    } else kinds.add("hidden-text");
  }
  if (end < bytes.length) kinds.add("trailing-data");
  const head = kept[0];
  if (head?.type === "VP8X") {
    if (head.data.length < 10) return null;
    const data = Uint8Array.from(head.data);
    data[0] = ((data[0] as number) & ~(exifBit | xmpBit)) | (orientation === 1 ? 0 : exifBit);
    kept[0] = { type: "VP8X", data };
    if (orientation !== 1) kept.push({ type: "EXIF", data: orientationBlock(orientation) });
  }
  const body = Buffer.concat([Buffer.from("WEBP"), ...kept.map(written)]);
  const riff = Buffer.alloc(8);
  riff.write("RIFF", 0, "latin1");
  riff.writeUInt32LE(body.length, 4);
  return { kinds, position, takenOn, cleaned: Buffer.concat([riff, body]) };
}
