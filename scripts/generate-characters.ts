import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as OpenType from "opentype.js";
import { rootPath } from "../src/platform/kernel/root.ts";

// Its entry for Node names nothing that a module could import.
const { parse } = createRequire(import.meta.url)("opentype.js") as typeof OpenType;

/** The fonts of printed documents, TrueType files named `Family-Weight.ttf`. */
const folder = rootPath("assets", "fonts", "print");
/** Where the characters of these fonts are written down, so that the program need not read the fonts for it. */
export const charactersFile = join(folder, "characters.json");

/**
 * The code points that some family of fonts can draw in each of its weights, as runs `[first, last]` in order.
 * @throws Error for a file that is no font
 */
export function drawnRuns(): [number, number][] {
  const families = new Map<string, Set<number>>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".ttf"))) {
    const file = readFileSync(join(folder, name));
    const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
    const drawn = new Set(Object.keys(parse(bytes).tables.cmap?.glyphIndexMap ?? {}).map(Number));
    const family = name.split("-")[0] as string;
    const before = families.get(family);
    families.set(family, before ? new Set([...before].filter((code) => drawn.has(code))) : drawn);
  }
  const codes = [...new Set([...families.values()].flatMap((each) => [...each]))].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const code of codes) {
    const last = runs.at(-1);
    if (last && last[1] === code - 1) last[1] = code;
    else runs.push([code, code]);
  }
  return runs;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  writeFileSync(charactersFile, `${JSON.stringify(drawnRuns())}\n`);
