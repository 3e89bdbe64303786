import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A Noto family: its two package names, the subsets wanted on the web, and the name of its folder-less files. */
interface FontFamily {
  slug: string;
  pascal: string;
  subsets: readonly string[];
}

const FAMILIES: readonly FontFamily[] = [
  { slug: "noto-sans", pascal: "NotoSans", subsets: ["latin", "latin-ext", "vietnamese"] },
  { slug: "noto-sans-khmer", pascal: "NotoSansKhmer", subsets: ["khmer"] },
  { slug: "noto-sans-lao", pascal: "NotoSansLao", subsets: ["lao"] },
  { slug: "noto-sans-thai", pascal: "NotoSansThai", subsets: ["thai"] },
  { slug: "noto-sans-myanmar", pascal: "NotoSansMyanmar", subsets: ["myanmar"] },
];

const WEIGHTS = [
  { weight: 400, folder: "400Regular", name: "Regular" },
  { weight: 700, folder: "700Bold", name: "Bold" },
] as const;

/** One web font file and the characters it is for, as in a CSS `@font-face` rule. */
export interface WebFont {
  file: string;
  family: string;
  weight: 400 | 700;
  unicodeRange: string[];
}

/**
 * Copies the Noto fonts in use from `node_modules` to the assets: WOFF2 subsets for the web, whole TTF files for
 * printed documents, the licence, and `fonts.json`, the list of web fonts with their Unicode ranges.
 *
 * @param root the root folder of the project
 * @returns the list written to `fonts.json`
 */
export function writeFonts(root: string): WebFont[] {
  const modules = join(root, "node_modules");
  const target = join(root, "assets/fonts");
  mkdirSync(join(target, "web"), { recursive: true });
  mkdirSync(join(target, "print"), { recursive: true });
  const fonts: WebFont[] = [];
  for (const { slug, pascal, subsets } of FAMILIES) {
    const source = join(modules, "@fontsource", slug);
    const ranges = JSON.parse(readFileSync(join(source, "unicode.json"), "utf8")) as Record<string, string>;
    copyFileSync(join(source, "LICENSE"), join(target, `LICENSE-${pascal}.txt`));
    for (const { weight, folder, name } of WEIGHTS) {
      const ttf = `${pascal}_${folder}.ttf`;
      const printed = join(modules, "@expo-google-fonts", slug, folder, ttf);
      copyFileSync(printed, join(target, "print", `${pascal}-${name}.ttf`));
      for (const subset of subsets) {
        const file = `${slug}-${subset}-${weight}.woff2`;
        copyFileSync(join(source, "files", `${slug}-${subset}-${weight}-normal.woff2`), join(target, "web", file));
        const unicodeRange = (ranges[subset] ?? "").split(",").filter(Boolean);
        fonts.push({ file, family: pascal.replace(/(?<=[a-z])(?=[A-Z])/g, " "), weight, unicodeRange });
      }
    }
  }
  writeFileSync(join(target, "fonts.json"), `${JSON.stringify(fonts, null, 1)}\n`);
  return fonts;
}
