import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as OpenType from "opentype.js";

// Its entry for Node names nothing that a module could import.
const { parse } = createRequire(import.meta.url)("opentype.js") as typeof OpenType;

/** Stands for letters that none of the fonts can draw. */
const unshownLetter = "\uFFFD";

/**
 * The code points that the fonts of a folder can draw, in each of a family's weights.
 * @param folder TrueType files named `Family-Weight.ttf`
 * @throws Error for a file that is no font
 */
export function drawnCharacters(folder: string): ReadonlySet<number> {
  const families = new Map<string, Set<number>>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".ttf"))) {
    const file = readFileSync(join(folder, name));
    const font = parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer, {
      lowMemory: true,
    });
    const drawn = new Set(Object.keys(font.tables.cmap?.glyphIndexMap ?? {}).map(Number));
    const family = name.split("-")[0] as string;
    const before = families.get(family);
    families.set(family, before ? new Set([...before].filter((code) => drawn.has(code))) : drawn);
  }
  return new Set([...families.values()].flatMap((codes) => [...codes]));
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
