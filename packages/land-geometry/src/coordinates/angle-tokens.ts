import { readNumber } from "./characters.ts";

/** One piece of a written angle. */
export type AngleToken =
  | { readonly kind: "number"; readonly value: number; readonly decimals: number; readonly sign: "" | "+" | "-" }
  | { readonly kind: "degree" | "minute" | "second" | "colon" | "separator" }
  | { readonly kind: "letter"; readonly letter: "N" | "S" | "E" | "W" };

// Words for the four directions. Single Vietnamese letters are left out except Đ: in Vietnamese N is nam, south, so a
// lone N could mean either.
const directionWords: readonly (readonly [RegExp, string])[] = [
  [/north|bắc|ខាងជើង|ជើង|ທິດເໜືອ|ເໜືອ|ເຫນືອ|ทิศเหนือ|เหนือ|မြောက်/giu, "N"],
  [/south|nam|ខាងត្បូង|ត្បូង|ທິດໃຕ້|ໃຕ້|ทิศใต้|ใต้|တောင်/giu, "S"],
  [/east|đông|đ|ខាងកើត|កើត|ທິດຕາເວັນອອກ|ຕາເວັນອອກ|ทิศตะวันออก|ตะวันออก|အရှေ့/giu, "E"],
  [/west|tây|ខាងលិច|លិច|ທິດຕາເວັນຕົກ|ຕາເວັນຕົກ|ทิศตะวันตก|ตะวันตก|အနောက်/giu, "W"],
];

const fillers = /(?:latitude|longitude|long|lat|lon|lng|vĩ độ|kinh độ)\.?\s*[:=]?|[=()[\]]/giu;

function unitLetters(text: string): string {
  return text
    .replace(/(\d)\s*(?:degrees?|deg|độ|d)\.?(?![a-z])/giu, "$1°")
    .replace(/(\d)\s*(?:minutes?|mins?|phút|m)\.?(?![a-z])/giu, "$1'")
    .replace(/('\s*\d+(?:[.,]\d+)?)\s*(?:seconds?|secs?|giây|s)\.?(?=\s|$|[NSEW;,])/giu, '$1"');
}

/**
 * Decides what each comma is. A comma with a digit on both sides is a decimal comma when something else already
 * separates the two angles; otherwise it separates them.
 * @returns the text with decimal points and with ";" between the angles, or null when the commas make no sense
 */
export function settleCommas(text: string): string | null {
  const decimalComma = (part: string) => part.replace(/(\d),(?=\d)/g, "$1.");
  const halves = text
    .split(/;|\/|\|/)
    .map((half) => half.trim().replace(/^,+|,+$/g, ""))
    .filter((half) => half !== "");
  if (halves.length > 1) return halves.map(decimalComma).join(" ; ");
  const only = (halves[0] ?? "").replace(/,(?!\d)|(?<!\d),/g, ";");
  const commas = only.match(/,/g)?.length ?? 0;
  if (commas === 0) return only;
  if (/\d\.\d/.test(only)) return only.replace(/,/g, ";");
  if (/[°'":;a-z]/iu.test(only) || /\d\s+[+-]?\d/.test(only)) return decimalComma(only);
  const pieces = only.split(",");
  if (pieces.length === 2) return pieces.join(" ; ");
  if (pieces.length === 4) return `${pieces[0]}.${pieces[1]} ; ${pieces[2]}.${pieces[3]}`;
  return null;
}

/**
 * Cuts a text of plain characters into the tokens of written angles.
 * @returns the tokens, separators trimmed from both ends, or null when some character has no meaning here
 */
export function angleTokens(text: string): readonly AngleToken[] | null {
  // Units go first: the word độ, degree, begins with the letter that stands for east.
  let plain = unitLetters(text.replace(fillers, " "));
  for (const [pattern, letter] of directionWords) plain = plain.replace(pattern, letter);
  const settled = settleCommas(plain);
  if (settled === null) return null;

  const tokens: AngleToken[] = [];
  const pattern = /\s*(?:([+-]?)\s?(\d+(?:\.\d*)?|\.\d+)|([°'":;])|([NSEWnsew])(?!\p{L}))\s*/gu;
  let at = 0;
  for (const match of settled.matchAll(pattern)) {
    if (match.index !== at) return null;
    at = match.index + match[0].length;
    const [, sign = "", figures, mark, letter] = match;
    if (figures !== undefined) {
      const number = readNumber(figures);
      if (!number) return null;
      tokens.push({ kind: "number", ...number, sign: sign === "-" ? "-" : sign === "+" ? "+" : "" });
    } else if (mark !== undefined) {
      tokens.push({ kind: markKinds[mark] ?? "separator" });
    } else if (letter !== undefined) {
      const upper = letter.toUpperCase();
      if (upper === "N" || upper === "S" || upper === "E" || upper === "W")
        tokens.push({ kind: "letter", letter: upper });
    }
  }
  if (at !== settled.length) return null;
  return trimSeparators(tokens);
}

const markKinds: Readonly<Record<string, "degree" | "minute" | "second" | "colon" | "separator">> = {
  "°": "degree",
  "'": "minute",
  '"': "second",
  ":": "colon",
  ";": "separator",
};

/** The tokens without separators at either end. */
export function trimSeparators(tokens: readonly AngleToken[]): readonly AngleToken[] {
  const isSeparator = (token: AngleToken) => token.kind === "separator";
  const from = tokens.findIndex((token) => !isSeparator(token));
  if (from < 0) return [];
  return tokens.slice(from, tokens.findLastIndex((token) => !isSeparator(token)) + 1);
}
