import { orientationBlock, readExif } from "./exif.ts";
import type { Examination, FindingKind, FoundPosition } from "./findings.ts";
import { readXmp } from "./xmp.ts";

const startsWith = (bytes: Uint8Array, text: string) =>
  bytes.length >= text.length && [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));

const exifHead = "Exif\0\0";

/** A marker of a JPEG with what follows it: its segment, and for a scan the coded picture too. */
interface Segment {
  marker: number;
  /** From the 0xFF of the marker. */
  start: number;
  end: number;
  /** The segment's bytes after its length. */
  payload: Uint8Array;
}

/** Where the coded data of a scan ends: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] as number;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return -1;
}

/** The segments up to the end of the picture and where that is; null when the file breaks off or its lengths lie. */
function segmentsOf(bytes: Uint8Array): { segments: Segment[]; end: number } | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const segments: Segment[] = [];
  let at = 2;
  let scanned = false;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1; // Fill bytes may stand before a marker.
      continue;
    }
    if (marker === 0xd9) return scanned ? { segments, end: at + 2 } : null;
    if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8) || at + 4 > bytes.length) return null;
    const length = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
    const after = at + 2 + length;
    if (length < 2 || after > bytes.length) return null;
    const end = marker === 0xda ? endOfScan(bytes, after) : after;
    if (end < 0) return null;
    scanned ||= marker === 0xda;
    segments.push({ marker, start: at, end, payload: bytes.subarray(at + 4, after) });
    at = end;
  }
  return null;
}

/** Whether a table or frame is as long as its own numbers say, so that nothing else can be passed off as one. */
function wellFormed({ marker, payload }: Segment): boolean {
  if (marker === 0xdb) {
    let at = 0;
    while (at < payload.length) at += (payload[at] as number) >> 4 ? 129 : 65;
    return at === payload.length;
  }
  if (marker === 0xc4) {
    let at = 0;
    while (at + 17 <= payload.length)
      at += 17 + payload.subarray(at + 1, at + 17).reduce((sum, count) => sum + count, 0);
    return at === payload.length;
  }
  if (marker === 0xcc) return payload.length % 2 === 0;
  if (marker === 0xdd) return payload.length === 2;
  if (marker === 0xda) return payload.length === 4 + 2 * (payload[0] ?? 0);
  return payload.length === 6 + 3 * (payload[5] ?? 0);
}

/** Segments without which the picture would look otherwise: frame, tables, scans, colour. */
function needed({ marker, payload }: Segment): boolean {
  if (marker === 0xe2) return startsWith(payload, "ICC_PROFILE\0");
  if (marker === 0xee) return startsWith(payload, "Adobe") && payload.length === 12;
  return (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || marker === 0xda || marker === 0xdb || marker === 0xdd;
}

function orientationSegment(orientation: number): Uint8Array {
  const block = orientationBlock(orientation);
  const length = 2 + exifHead.length + block.length;
  const head = [0xff, 0xe1, length >> 8, length & 255, ...new TextEncoder().encode(exifHead)];
  return Uint8Array.from([...head, ...block]);
}

/** The JFIF segment without the small picture that may be in it. */
function plainJfif(payload: Uint8Array): Uint8Array {
  return Uint8Array.from([0xff, 0xe0, 0, 16, ...payload.subarray(0, 12), 0, 0]);
}

/**
 * Looks into a JPEG and writes it anew from what the picture needs; the coded picture stays as it is, byte for byte.
 * How it is to be turned is kept.
 * @returns null when it is not a whole JPEG
 */
export function examineJpeg(bytes: Uint8Array): Examination | null {
  const read = segmentsOf(bytes);
  if (!read) return null;
  const kinds = new Set<FindingKind>();
  const kept: Uint8Array[] = [];
  let position: FoundPosition | null = null;
  let takenOn: string | null = null;
  let orientation = 1;
  let jfif: Uint8Array | null = null;
  for (const segment of read.segments) {
    const { marker, payload } = segment;
    if (needed(segment)) {
      if (marker < 0xe0 && !wellFormed(segment)) return null;
      kept.push(bytes.subarray(segment.start, segment.end));
    } else if (marker === 0xe0 && startsWith(payload, "JFIF\0") && payload.length >= 14) {
      jfif ??= plainJfif(payload);
      if (payload.length > 14) kinds.add("thumbnail");
    } else if (marker === 0xe0 && startsWith(payload, "JFXX\0")) {
      kinds.add("thumbnail");
    } else if (marker === 0xe1 && startsWith(payload, exifHead)) {
      const exif = readExif(payload.subarray(exifHead.length));
      if (!exif) continue;
      for (const kind of exif.kinds) kinds.add(kind);
      position ??= exif.position;
      takenOn ??= exif.takenOn;
      if (orientation === 1) orientation = exif.orientation;
    } else if (marker === 0xe1 && startsWith(payload, "http://ns.adobe.com/")) {
      const xmp = readXmp(new TextDecoder().decode(payload));
      if (xmp.location) kinds.add("location");
      position ??= xmp.position;
    } else if (marker === 0xed || marker === 0xfe) {
      kinds.add("hidden-text");
    } else if (marker === 0xe2 && startsWith(payload, "MPF\0")) {
      kinds.add("thumbnail");
    }
  }
  if (bytes.subarray(read.end).some((byte) => byte !== 0)) kinds.add("trailing-data");
  const parts = [
    Uint8Array.from([0xff, 0xd8]),
    ...(jfif ? [jfif] : []),
    ...(orientation === 1 ? [] : [orientationSegment(orientation)]),
    ...kept,
    Uint8Array.from([0xff, 0xd9]),
  ];
  return { kinds, position, takenOn, cleaned: Buffer.concat(parts) };
}
