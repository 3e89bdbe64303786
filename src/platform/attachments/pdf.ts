import { inflateSync } from "node:zlib";
import type { Examination, FindingKind, FoundPosition } from "./findings.ts";
import { positionOf } from "./findings.ts";
import { readXmp } from "./xmp.ts";

/** Bounds of what is unpacked, so that a small file cannot ask for much. */
const longestStream = 4_000_000;
const mostUnpacked = 32_000_000;
const mostStreams = 5000;

/** The middle of the corners that a map's frame names, `/GPTS [lat lon lat lon …]`. */
function middleOf(text: string): FoundPosition | null {
  const numbers = (/\/GPTS\s*\[([^\]]{1,4000})\]/.exec(text)?.[1] ?? "").trim().split(/\s+/).map(Number);
  if (numbers.length < 2 || numbers.some((number) => !Number.isFinite(number))) return null;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const latitudes = numbers.filter((_, i) => i % 2 === 0);
  const longitudes = numbers.filter((_, i) => i % 2 === 1);
  return positionOf(mean(latitudes), mean(longitudes));
}

/**
 * Looks into a PDF for a georeferenced map (the `GPTS` of ISO 32000-2 or the older `LGIDict`) and for a place in its
 * XMP packet. What is found stays: to take it out would mean to write the document anew.
 * @returns null when it is not a whole PDF
 */
export function examinePdf(bytes: Uint8Array): Examination | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = buffer.lastIndexOf("%%EOF");
  if (buffer.toString("latin1", 0, 5) !== "%PDF-" || end < 0 || end < buffer.length - 2048) return null;
  const kinds = new Set<FindingKind>();
  let position: FoundPosition | null = null;
  const look = (text: string) => {
    const xmp = readXmp(text);
    if (xmp.location || /\/GPTS\b|\/LGIDict\b|\/Subtype\s*\/GEO\b/.test(text)) kinds.add("location");
    position ??= middleOf(text) ?? xmp.position;
  };
  look(buffer.toString("latin1"));
  let unpacked = 0;
  let at = 0;
  for (let count = 0; count < mostStreams && unpacked < mostUnpacked; count++) {
    const word = buffer.indexOf("stream", at);
    if (word < 0) break;
    at = word + 6;
    if (buffer.toString("latin1", word - 3, word) === "end") continue;
    const dictionary = buffer.toString("latin1", Math.max(0, word - 600), word);
    const own = dictionary.slice(Math.max(0, dictionary.lastIndexOf(" obj")));
    if (!own.includes("FlateDecode") || /\/Subtype\s*\/Image|\/FontFile/.test(own)) continue;
    const begin = word + 6 + (buffer[word + 6] === 13 ? 2 : 1);
    try {
      const text = inflateSync(buffer.subarray(begin), { maxOutputLength: longestStream }).toString("latin1");
      unpacked += text.length;
      look(text);
    } catch {
      unpacked += 100_000; // A stream that cannot be unpacked has cost something too.
    }
  }
  return { kinds, position, takenOn: null, cleaned: null };
}
