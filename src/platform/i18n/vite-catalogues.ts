import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import type { Plugin } from "vite";
import { isLanguage } from "./languages.ts";
import { catalogueFiles, readCatalogue, sourceRoot } from "./node.ts";

const prefix = "virtual:catalogue/";

/** Folders whose pages few people open; their words come when such a page is opened. */
export const lateFolders = [
  "platform/access",
  "platform/administration",
  "domains/codes",
  "domains/imports",
  "domains/tasking/ui",
  "domains/quality/ui",
];

/** Words of those folders that the first page may need all the same: navigation, signing in, account menu, problems. */
const neededAtOnce =
  /^(role\.|problem\.|records?\.|[\w-]+\.title$|imports\.new$|access\.(accounts|own-account|account|grant|sign-in|sign-out|code|email|password|passkey|oidc|sample-accounts)(\.|$))/;

/** The keys whose words come late. */
export function lateKeys(): Set<string> {
  const files = catalogueFiles("en", sourceRoot, true).filter((file) =>
    lateFolders.some((folder) => relative(sourceRoot, file).startsWith(folder)),
  );
  const keys = files.flatMap((file) => Object.keys(JSON.parse(readFileSync(file, "utf8")) as object));
  return new Set(keys.filter((key) => !neededAtOnce.test(key)));
}

/** Sentences that only the description of the interface holds. */
const forPrograms = /(^|\.)routes\./;

/** A message as the browser gets it: plain text, or already parsed, so that no page carries a parser. */
function prepared(message: string): unknown {
  if (!/[{']/.test(message)) return message;
  return new IntlMessageFormat(message, "en", undefined, { ignoreTag: true }).getAst();
}

/**
 * Vite plugin that serves `virtual:catalogue/<language>` and `virtual:catalogue/<language>/late`: the merged messages of
 * one language in two chunks, so that a page loads its own language and nothing else. English stands in for what a language does not say yet.
 */
export function catalogues(): Plugin {
  return {
    name: "santi-catalogues",
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      const [language = "", part] = id.slice(prefix.length + 1).split("/");
      if (!isLanguage(language)) throw new Error(`no such language: ${language}`);
      for (const file of [...catalogueFiles("en", sourceRoot, true), ...catalogueFiles(language, sourceRoot, true)])
        this.addWatchFile(file);
      const late = lateKeys();
      const messages = { ...readCatalogue("en", sourceRoot, true), ...readCatalogue(language, sourceRoot, true) };
      const shown = Object.entries(messages).filter(
        ([key]) => !forPrograms.test(key) && late.has(key) === (part === "late"),
      );
      const parsed = Object.fromEntries(shown.map(([key, message]) => [key, prepared(message)]));
      // JSON.parse of one string is quicker for a browser than an object literal of this size.
      return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(parsed))});`;
    },
  };
}
