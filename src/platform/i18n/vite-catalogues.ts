import { IntlMessageFormat } from "intl-messageformat";
import type { Plugin } from "vite";
import { partOf } from "./catalogue-parts.ts";
import { isLanguage } from "./languages.ts";
import { catalogueFiles, readCatalogue, sourceRoot } from "./node.ts";

const prefix = "virtual:catalogue/";

/** Sentences that only the description of the interface holds. */
const forPrograms = /(^|\.)routes\./;

/** A message as the browser gets it: plain text, or already parsed, so that no page carries a parser. */
function prepared(message: string): unknown {
  if (!/[{']/.test(message)) return message;
  return new IntlMessageFormat(message, "en", undefined, { ignoreTag: true }).getAst();
}

/**
 * Vite plugin that serves `virtual:catalogue/<language>/<part>`: the merged messages of one language in one chunk a
 * part, so that a page loads its own language and what it needs of it. English stands in for what a language does not
 * say yet.
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
      const messages = { ...readCatalogue("en", sourceRoot, true), ...readCatalogue(language, sourceRoot, true) };
      const shown = Object.entries(messages).filter(([key]) => !forPrograms.test(key) && partOf(key) === part);
      const parsed = Object.fromEntries(shown.map(([key, message]) => [key, prepared(message)]));
      // JSON.parse of one string is quicker for a browser than an object literal of this size.
      return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(parsed))});`;
    },
  };
}
