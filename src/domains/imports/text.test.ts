import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCatalogue } from "../../platform/i18n/node.ts";
import { createTranslator } from "../../platform/i18n/translator.ts";
import { rootPath } from "../../platform/kernel/root.ts";
import { messageParams, sentenceKeys, titleKeys } from "./model.ts";

/** Every check that the code of some folders can report, as it stands in the source. */
function checksOf(...folder: string[]): string[] {
  return readdirSync(rootPath(...folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return checksOf(...folder, entry.name);
    if (!/\.ts$/.test(entry.name) || /\.test|^testing/.test(entry.name)) return [];
    const text = readFileSync(rootPath(...folder, entry.name), "utf8");
    return [...text.matchAll(/(?:check: |issue\(\s*|cellFinding\(\s*|\bproblem\(\s*)"([a-z0-9.-]+)"/g)].map(
      ([, check]) => check as string,
    );
  });
}

const checks = [
  ...new Set([
    ...checksOf("src", "domains"),
    ...checksOf("src", "platform", "records"),
    // What readers of files say of a row, or of the file as a whole while it can still be read.
    ...checksOf("src", "platform", "files"),
    ...checksOf("packages", "land-geometry", "src", "checks"),
  ]),
];

describe.each(["en", "km"] as const)("texts of findings in %s", (language) => {
  const translator = createTranslator(language, readCatalogue(language));

  it("has a sentence for every check of the program", () => {
    expect(checks.length).toBeGreaterThan(40);
    expect(checks.filter((check) => !translator.has(`check.${check}`))).toEqual([]);
  });

  it("has a short name without placeholders for every check", () => {
    const known = Object.keys(readCatalogue(language)).filter((key) => key.startsWith("check."));
    const titles = known.map((key) => translator.first(titleKeys(key.slice("check.".length))));
    expect(titles.filter((title) => title.includes("{"))).toEqual([]);
  });

  it("leaves out what is not known", () => {
    const say = (nearest: string | null) =>
      translator.first(sentenceKeys("unknown-code"), messageParams({ text: "farmning", nearest }));
    expect(say("farming")).toContain("farming");
    expect(say(null)).toContain("farmning");
    expect(say(null)).not.toMatch(/null|none|\{/);
  });
});
