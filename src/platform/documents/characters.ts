import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Stands for letters that none of the fonts can draw. */
const unshownLetter = "\uFFFD";

/** The code points that the fonts of a folder can draw, as `scripts/generate-characters.ts` wrote them down beside the fonts. */
export function drawnCharacters(folder: string): ReadonlySet<number> {
  const runs = JSON.parse(readFileSync(join(folder, "characters.json"), "utf8")) as [number, number][];
  return new Set(runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i)));
}

/** Breaks of lines, which are laid out and not drawn. */
const spacing = new Set(["\n", "\t"]);
/** What joins or varies the letter before it: part of a gap, if that is one. */
const joining = /^(?:\u200C|\u200D|[\uFE00-\uFE0F])$/;
/** A mark of byte order in the middle of a text says nothing, and PDF/A forbids it. */
export const byteOrderMark = "\uFEFF";

/**
 * Puts one `unshownLetter` where a text has letters that no font can draw: PDF/A allows no letter without a shape, and a
 * document must not fail because somebody's name is written in a script of another region.
 */
export function drawable(text: string, drawn: ReadonlySet<number>): string {
  let result = "";
  let gap = false;
  for (const letter of text) {
    if (letter === byteOrderMark || (gap && joining.test(letter))) continue;
    const known = spacing.has(letter) || drawn.has(letter.codePointAt(0) as number);
    if (known) result += letter;
    else if (!gap) result += unshownLetter;
    gap = !known;
  }
  return result;
}
