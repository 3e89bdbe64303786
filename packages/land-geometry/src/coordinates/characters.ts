// First code point of each run of ten decimal digits used in the region: Khmer, Lao, Thai, Burmese, Shan, full width.
const digitRuns = [0x17e0, 0x0ed0, 0x0e50, 0x1040, 0x1090, 0xff10];

const replacements: readonly (readonly [RegExp, string])[] = [
  [/[\u200b-\u200f\u2060\ufeff]/g, ""],
  [/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]/g, " "],
  [/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, "-"],
  [/\uff0b/g, "+"],
  [/[\uff0c\u3001]/g, ","],
  [/\uff0e/g, "."],
  [/\uff1a/g, ":"],
  [/\uff1b/g, ";"],
  [/[\u00ba\u02da\u2218\u1d52\u2070]/g, "°"],
  [/[\u2033\u201c\u201d\u02ba\u3003\uff02\u00a8]/g, '"'],
  [/[\u2032\u2018\u2019\u02b9\u02bc\u00b4`\uff07]/g, "'"],
  [/'\s?'/g, '"'],
];

/**
 * Brings a typed text to the characters the readers know: Latin digits, plain minus, blank, comma, degree, minute and
 * second signs. Khmer, Lao, Thai, Burmese, Shan and full-width digits are read; letters keep their case.
 */
export function plainCharacters(text: string): string {
  let plain = "";
  for (const character of text.normalize("NFC")) {
    const code = character.codePointAt(0) ?? 0;
    const run = digitRuns.find((start) => code >= start && code < start + 10);
    plain += run === undefined ? character : String(code - run);
  }
  for (const [pattern, replacement] of replacements) plain = plain.replace(pattern, replacement);
  return plain
    .replace(/[ \r\n]*\n[ \r\n]*/g, "; ")
    .replace(/ +/g, " ")
    .trim();
}

/**
 * Reads one number with a decimal point or comma and an optional sign; grouping blanks and commas are not accepted.
 * @returns the value and the number of written decimals, or null
 */
export function readNumber(text: string): { readonly value: number; readonly decimals: number } | null {
  const match = /^([+-]?)(\d+)(?:[.,](\d*))?$/.exec(text) ?? /^([+-]?)()[.,](\d+)$/.exec(text);
  if (!match) return null;
  const [, sign = "", whole = "", fraction = ""] = match;
  const value = Number(`${sign}${whole || "0"}.${fraction || "0"}`);
  return { value, decimals: fraction.length };
}
