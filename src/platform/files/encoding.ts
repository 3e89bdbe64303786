import { isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import { FileProblem } from "./problem.ts";

/** Decodes a stream of byte chunks to text; `end` gives what was still held back. */
export interface TextDecoding {
  write(chunk: Uint8Array): string;
  end(): string;
}

/** Makes a decoder for an encoding that iconv-lite knows. A byte order mark is dropped. Throws `encoding.unknown`. */
export function makeDecoder(encoding: string): TextDecoding {
  if (/^utf-?8$/i.test(encoding)) {
    const decoder = new TextDecoder("utf-8");
    return { write: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
  }
  if (!iconv.encodingExists(encoding)) throw new FileProblem("encoding.unknown", { encoding });
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  return { write: (chunk) => decoder.write(Buffer.from(chunk)), end: () => decoder.end() ?? "" };
}

/** What the first bytes say about a file's encoding; `sure` is false when it was weighed rather than known. */
export interface EncodingGuess {
  encoding: string;
  bom: boolean;
  sure: boolean;
}

/**
 * Tells the encoding of a sample: a byte order mark, UTF-16 by its zero bytes, valid UTF-8, or else the one of
 * windows-874 (Thai), windows-1258 (Vietnamese) and windows-1252 that its high bytes fit.
 */
export function guessEncoding(sample: Buffer): EncodingGuess {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf)
    return { encoding: "utf-8", bom: true, sure: true };
  if (sample[0] === 0xff && sample[1] === 0xfe) return { encoding: "utf-16le", bom: true, sure: true };
  if (sample[0] === 0xfe && sample[1] === 0xff) return { encoding: "utf-16be", bom: true, sure: true };
  const zeros = countZeros(sample);
  const half = Math.max(1, sample.length / 2);
  if (zeros.odd / half > 0.3 && zeros.even / half < 0.05) return { encoding: "utf-16le", bom: false, sure: false };
  if (zeros.even / half > 0.3 && zeros.odd / half < 0.05) return { encoding: "utf-16be", bom: false, sure: false };
  if (isUtf8(withoutCutCharacter(sample))) return { encoding: "utf-8", bom: false, sure: true };
  return { encoding: guessSingleByte(sample), bom: false, sure: false };
}

function countZeros(sample: Buffer): { even: number; odd: number } {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] !== 0) continue;
    if (i % 2 === 0) even++;
    else odd++;
  }
  return { even, odd };
}

/** A sample can end inside a character; leaves out an unfinished one of at most three bytes. */
function withoutCutCharacter(sample: Buffer): Buffer {
  for (let back = 1; back <= 3 && back <= sample.length; back++) {
    const byte = sample[sample.length - back] as number;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < needed ? sample.subarray(0, sample.length - back) : sample;
    }
  }
  return sample;
}

const isThaiByte = (byte: number) => (byte >= 0xa1 && byte <= 0xda) || (byte >= 0xdf && byte <= 0xfb);
/** In windows-1258 the five tones are bytes of their own that follow a vowel. */
const toneBytes = new Set([0xcc, 0xd2, 0xde, 0xec, 0xf2]);
const vowelBytes = new Set([
  ...Buffer.from("aeiouyAEIOUY"),
  ...[0xe2, 0xea, 0xf4, 0xf5, 0xfd, 0xe3, 0xc2, 0xca, 0xd4, 0xd5, 0xdd, 0xc3],
]);

function guessSingleByte(sample: Buffer): string {
  let high = 0;
  let thaiInRuns = 0;
  let tones = 0;
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i] as number;
    if (byte < 0x80) continue;
    high++;
    const before = i > 0 ? (sample[i - 1] as number) : 0;
    const after = i + 1 < sample.length ? (sample[i + 1] as number) : 0;
    // Thai words are unbroken runs of high bytes; in western text a high byte mostly stands between ASCII letters.
    if (isThaiByte(byte) && (isThaiByte(before) || isThaiByte(after))) thaiInRuns++;
    if (toneBytes.has(byte) && vowelBytes.has(before)) tones++;
  }
  if (high > 0 && thaiInRuns / high > 0.8) return "windows-874";
  if (high > 0 && tones / high > 0.2) return "windows-1258";
  return "windows-1252";
}

/**
 * True when text looks like UTF-8 that was once read as windows-1252 and saved again ("à¸ª" for a Thai letter):
 * most lines with letters beyond ASCII turn into valid UTF-8 when written back as windows-1252.
 */
export function looksLikeMojibake(text: string): boolean {
  let lines = 0;
  let broken = 0;
  for (const line of text.split(/[\r\n]+/)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range is what is meant
    if (!/[^\x00-\x7f]/.test(line)) continue;
    lines++;
    const bytes = toWindows1252(line);
    if (bytes && isUtf8(bytes)) broken++;
  }
  return lines > 0 && broken / lines > 0.5;
}

function toWindows1252(text: string): Buffer | null {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code <= 0xff) {
      bytes.push(code);
      continue;
    }
    const encoded = iconv.encode(character, "windows-1252");
    if (encoded.length !== 1 || encoded[0] === 0x3f) return null;
    bytes.push(encoded[0] as number);
  }
  return Buffer.from(bytes);
}
