import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import { parseAst } from "vite";
import { describe, expect, test } from "vitest";
import { type Language, languages } from "../contract/fields.ts";
import { catalogueFiles, readCatalogue, sourceRoot } from "./node.ts";
import { messageHash, readReviewed, reviewList } from "./review.ts";

const english = readCatalogue("en");

function argumentsOf(message: string, language: Language): string[] {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const part of node) walk(part);
    else if (typeof node === "object" && node !== null) {
      const { type, value, options } = node as { type?: number; value?: unknown; options?: object };
      // 0 is literal text and 7 the number sign of a plural; all others name an argument.
      if (type !== 0 && type !== 7 && typeof value === "string") found.add(value);
      if (options) for (const option of Object.values(options)) walk((option as { value: unknown }).value);
    }
  };
  walk(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst());
  return [...found].sort();
}

describe("catalogues", () => {
  test("no key stands in two files", () => {
    const owners = new Map<string, string[]>();
    for (const file of catalogueFiles("en")) {
      for (const key of Object.keys(JSON.parse(readFileSync(file, "utf8")) as object))
        owners.set(key, [...(owners.get(key) ?? []), relative(sourceRoot, file)]);
    }
    expect([...owners].filter(([, files]) => files.length > 1)).toEqual([]);
  });

  test("Khmer says everything on the screens that English says", () => {
    const khmer = readCatalogue("km", sourceRoot, true);
    expect(Object.keys(readCatalogue("en", sourceRoot, true)).filter((key) => !khmer[key])).toEqual([]);
  });

  test.each(languages)(
    "%s parses, takes the same arguments as English and has no key that English lacks",
    (language) => {
      const wrong: string[] = [];
      for (const [key, message] of Object.entries(readCatalogue(language))) {
        const original = english[key];
        if (original === undefined) wrong.push(`${key}: not in English`);
        else if (argumentsOf(message, language).join() !== argumentsOf(original, "en").join())
          wrong.push(`${key}: ${message}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  test("the share of each language is known", () => {
    const total = Object.keys(english).length;
    for (const language of languages) {
      const own = Object.keys(readCatalogue(language)).length;
      console.info(`${language}: ${own} of ${total} messages`);
      expect(own).toBeLessThanOrEqual(total);
    }
  });

  test("catalogues are normalised to NFC and hold no zero-width signs, so that searching finds them", () => {
    for (const language of languages) {
      const odd = Object.entries(readCatalogue(language)).filter(
        ([, message]) => message !== message.normalize("NFC") || /[\u200b\ufeff]/.test(message),
      );
      expect(odd).toEqual([]);
    }
  });
});

describe("review of drafts", () => {
  test("a message counts as reviewed only while it is the one that was read", () => {
    const sources = { english: { a: "Yes", b: "No" }, drafts: { a: "បាទ" } };
    const read = { km: { a: messageHash("បាទ") } };
    const changed = { km: { a: messageHash("ចាស") } };
    expect(reviewList("km", { ...sources, reviewed: read })).toEqual([
      { key: "a", english: "Yes", draft: "បាទ", reviewed: true },
      { key: "b", english: "No", draft: null, reviewed: false },
    ]);
    expect(reviewList("km", { ...sources, reviewed: changed }).filter((entry) => entry.reviewed)).toEqual([]);
  });

  test("the list kept with the code names only messages that exist", () => {
    const stale = Object.values(readReviewed()).flatMap((keys) => Object.keys(keys).filter((key) => !(key in english)));
    expect(stale).toEqual([]);
  });
});

function components(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return components(path);
    return entry.name.endsWith(".tsx") && !entry.name.includes(".test.") ? [path] : [];
  });
}

/** Attributes whose text people see or hear. */
const spoken = new Set(["aria-label", "title", "placeholder", "alt", "label", "hint"]);

/** Words in JSX that did not come from a catalogue. */
function visibleLiterals(source: string): string[] {
  const found: string[] = [];
  const words = (value: unknown) => typeof value === "string" && /\p{L}/u.test(value);
  const walk = (node: unknown, inJsx: boolean): void => {
    if (Array.isArray(node)) for (const part of node) walk(part, inJsx);
    if (typeof node !== "object" || node === null || Array.isArray(node)) return;
    const { type, ...members } = node as { type?: string } & Record<string, unknown>;
    if (type === "JSXText" && words(members.value)) found.push(String(members.value).trim());
    if (type === "JSXAttribute") {
      const name = (members.name as { name?: unknown }).name;
      const value = members.value as { type?: string; value?: unknown; expression?: { value?: unknown } } | null;
      const literal = value?.type === "JSXExpressionContainer" ? value.expression?.value : value?.value;
      if (spoken.has(String(name)) && words(literal)) found.push(`${String(name)}="${String(literal)}"`);
      walk(members.value, false);
      return;
    }
    if (type === "JSXExpressionContainer" && inJsx) {
      const { value } = members.expression as { value?: unknown };
      if (words(value)) found.push(String(value));
    }
    for (const member of Object.values(members)) walk(member, type === "JSXElement" || type === "JSXFragment");
  };
  walk(parseAst(source, { lang: "tsx" }), false);
  return found;
}

describe("no visible text in code", () => {
  test("the search finds literal text, attributes and string expressions", () => {
    expect(visibleLiterals('const a = <p title="Hello">World {"again"} {t("x")}</p>;')).toEqual([
      'title="Hello"',
      "World",
      "again",
    ]);
    expect(visibleLiterals('const a = <p className="x" title={t("k")} alt="">·</p>;')).toEqual([]);
  });

  test.each(components(sourceRoot).map((file) => relative(sourceRoot, file)))("%s", (file) => {
    expect(visibleLiterals(readFileSync(join(sourceRoot, file), "utf8"))).toEqual([]);
  });
});
