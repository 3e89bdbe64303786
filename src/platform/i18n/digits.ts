/** First code point of each run of decimal digits that people of the region type: Khmer, Lao, Thai, Burmese, Shan, full width. */
const zeros = [0x17e0, 0x0ed0, 0x0e50, 0x1040, 0x1090, 0xff10, 0x0660, 0x06f0];

/** Replaces decimal digits of the region's scripts by Latin ones; all else stays. */
export function latinDigits(text: string): string {
  let out = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const zero = zeros.find((start) => code >= start && code <= start + 9);
    out += zero === undefined ? character : String(code - zero);
  }
  return out;
}

/**
 * The form in which texts are compared when somebody searches: compatibility-decomposed, without zero-width signs and
 * Latin accents, lower case, Latin digits, one space between words. Signs of the region's scripts stay, because they
 * carry meaning there.
 */
export function searchForm(text: string): string {
  return latinDigits(text)
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/đ/gi, "d")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim()
    .normalize("NFC");
}
