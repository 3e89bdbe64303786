import { problem } from "./problem.ts";
import type { Problem } from "./types.ts";

/** Code points of the digit zero of the scripts whose digits are read as Latin ones. */
const zeros = [
  0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1946, 0x1a80, 0x1a90, 0xa9d0,
  0xa9f0, 0xff10,
];
const digitOf = new Map(zeros.flatMap((zero) => Array.from({ length: 10 }, (_, n) => [zero + n, String(n)] as const)));

/** Turns Khmer, Lao, Thai, Burmese, Shan, Arabic-Indic, Indic, full-width and related digits into 0 to 9. */
export function normaliseDigits(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range is what is meant
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  let result = "";
  for (const character of text) result += digitOf.get(character.codePointAt(0) as number) ?? character;
  return result;
}

/**
 * Text fit to be kept and shown: NFC, no byte order marks or control characters, no-break spaces made plain, trimmed.
 * Zero-width spaces inside stay, for they tell where Khmer, Lao, Thai and Burmese lines may break.
 */
export function cleanText(text: string): string {
  return (
    text
      .normalize("NFC")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff]/g, "")
      .replace(/[\u00a0\u2007\u202f]/g, " ")
      .replace(/^[\s\u200b\u2060]+|[\s\u200b\u2060]+$/g, "")
  );
}

/**
 * Writes the subscripts of the Khmer letters da and ta as one: fonts draw U+17D2 U+178A and U+17D2 U+178F alike, so
 * people type either, and the eye cannot tell which (កណ្ដាល, កណ្តាល). The letters themselves look different and stay.
 */
export function foldKhmer(text: string): string {
  return text.replaceAll("\u17d2\u178a", "\u17d2\u178f");
}

/**
 * Text as it is compared, not shown: `cleanText`, without any invisible character, Latin digits, single spaces and
 * lower case. Two spellings that look the same to a reader give the same key.
 */
export function matchKey(text: string): string {
  return foldKhmer(normaliseDigits(cleanText(text)).replace(/[\u00ad\u200b-\u200f\u2060-\u2064]/g, ""))
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

/** A number, or why the text is none. */
export type NumberResult = { value: number } | { problem: Problem };

/**
 * Reads a number as people write it: any script's digits, grouping by comma, point, space or apostrophe, a decimal
 * comma or point, brackets for negative ones, an exponent. `decimalComma` says which of the two separates decimals;
 * without it, "1,234" and "1.234" are refused as `number.ambiguous`. Other problems: `number.empty`,
 * `number.malformed`.
 */
export function parseNumber(input: string, options: { decimalComma?: boolean } = {}): NumberResult {
  let text = normaliseDigits(cleanText(input)).replace(/[\u2212\u2010\u2011\uff0d]/g, "-");
  if (text === "") return { problem: problem("number.empty") };
  const malformed = { problem: problem("number.malformed", { text: input.slice(0, 100) }) };
  const bracketed = /^\((.*)\)$/.exec(text);
  if (bracketed) text = `-${bracketed[1]}`;
  const parts = /^([+-]?)\s*([\d.,'\u2019\s]*\d[.,]?|[.,]\d+)(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (!parts) return malformed;
  const [, sign, body = "", exponent] = parts;
  const compact = withoutSpaces(body);
  if (compact === null) return malformed;
  const read = readDecimal(compact, options.decimalComma);
  if (read === "ambiguous") return { problem: problem("number.ambiguous", { text: input.slice(0, 100) }) };
  if (read === null) return malformed;
  const value = Number(`${sign === "-" ? "-" : ""}${read}${exponent === undefined ? "" : `e${exponent}`}`);
  return Number.isFinite(value) ? { value } : malformed;
}

/** Removes grouping spaces and apostrophes; null when they do not part groups of three digits. */
function withoutSpaces(body: string): string | null {
  if (!/['\u2019\s]/.test(body)) return body;
  return /^\d{1,3}(?:['\u2019\s]\d{3})+(?:[.,]\d+)?$/.test(body) ? body.replace(/['\u2019\s]/g, "") : null;
}

/** The digits with a decimal point, or null when the separators make no sense. */
function readDecimal(body: string, decimalComma: boolean | undefined): string | "ambiguous" | null {
  if (/^\d+$/.test(body)) return body;
  const commas = body.split(",").length - 1;
  const points = body.split(".").length - 1;
  let decimal: "," | "." | "" = "";
  if (decimalComma !== undefined) decimal = decimalComma ? "," : ".";
  else if (commas > 0 && points > 0) decimal = body.lastIndexOf(",") > body.lastIndexOf(".") ? "," : ".";
  else if (commas > 1 || points > 1) decimal = commas > 1 ? "." : ",";
  else if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(body)) return "ambiguous";
  else decimal = commas === 1 ? "," : ".";
  const group = decimal === "," ? "\\." : ",";
  const mark = decimal === "," ? "," : "\\.";
  const shape = new RegExp(`^(\\d*|\\d{1,3}(?:${group}\\d{3})+)(?:${mark}(\\d*))?$`).exec(body);
  if (!shape) return null;
  const whole = (shape[1] ?? "").replace(/[.,]/g, "");
  return `${whole === "" ? "0" : whole}.${shape[2] || "0"}`;
}

/** A truth value, or why the text is none. */
export type BooleanResult = { value: boolean } | { problem: Problem };

const yes = new Set(
  (
    "yes y true t 1 x ✓ ✔ ☑ oui vrai si sí sim ya iya oo opo có đúng " +
    "បាទ ចាស បាទ/ចាស ចាស/បាទ មាន ពិត ត្រូវ ແມ່ນ ແມ່ນແລ້ວ ມີ ใช่ มี จริง ဟုတ် ဟုတ်ကဲ့ ဟုတ်သည် ရှိ ရှိသည် မှန်"
  ).split(" "),
);
const no = new Set(
  (
    "no n false f 0 ✗ ✘ ☐ non faux não nao tidak tak bukan hindi không sai " +
    "ទេ អត់ទេ អត់ គ្មាន មិនមាន មិនពិត ບໍ່ ບໍ່ແມ່ນ ບໍ່ມີ ไม่ ไม่ใช่ ไม่มี เท็จ မဟုတ် မဟုတ်ဘူး မဟုတ်ပါ မရှိ မရှိပါ မမှန်"
  ).split(" "),
);
const yesKeys = new Set([...yes].map(matchKey));
const noKeys = new Set([...no].map(matchKey));

/**
 * Reads yes and no in English, Khmer, Lao, Thai, Vietnamese, Burmese, French, Spanish, Portuguese, Indonesian and
 * Filipino, and 1/0. Problems: `boolean.empty`, `boolean.unknown`.
 */
export function parseBoolean(input: string | number | boolean): BooleanResult {
  if (typeof input === "boolean") return { value: input };
  const key = matchKey(String(input)).replace(/[.!]$/, "");
  if (key === "") return { problem: problem("boolean.empty") };
  if (yesKeys.has(key)) return { value: true };
  if (noKeys.has(key)) return { value: false };
  return { problem: problem("boolean.unknown", { text: String(input).slice(0, 100) }) };
}

const consonant = "\u1000-\u1021\u1025\u1027\u1029\u103f";

/**
 * True when Burmese text is likely in the Zawgyi encoding rather than Unicode: the two share code points but not their
 * meaning, so Zawgyi text stored as it is can be neither searched nor shown. Weighs what only one of them writes: in
 * Zawgyi the vowel U+1031 and the medial U+103B come before their consonant, U+1039 is a visible mark that nothing need follow, and stacked
 * or shortened forms have code points of their own from U+1060; in Unicode U+1039 stacks the next consonant, U+103A
 * ends a syllable and takes tone marks, and U+1031 follows its consonant or medial at a word's end.
 */
export function looksLikeZawgyi(text: string): boolean {
  if (!/[\u1000-\u109f]/.test(text)) return false;
  const count = (source: string) => text.match(new RegExp(source, "g"))?.length ?? 0;
  const zawgyi =
    2 * count(`(?<![${consonant}\u1075-\u1081\u103b-\u103e\u105a-\u1060\u1082])\u1031`) +
    2 * count(`(?<![${consonant}\u1075-\u1081\u103b-\u103e\u105a-\u1060])\u103b`) +
    2 * count(`\u1039(?![${consonant}\u105a-\u105d])`) +
    2 * count(`[\u107e-\u1084][${consonant}]`) +
    count("[\u1060-\u1064\u1066-\u106d\u1086\u1088-\u108a\u108f-\u1097]");
  const unicode =
    count(`\u1039[${consonant}]`) +
    2 * count("\u103a[\u1037\u1038]|\u1037\u103a") +
    count(`[${consonant}\u103b-\u103e]\u1031(?:$|[\\s\u104a\u104b\u102c\u102b])`) +
    count(`[${consonant}]\u103a`) * 0.5;
  return zawgyi > unicode;
}

export { type DateResult, parseDate } from "./dates.ts";
