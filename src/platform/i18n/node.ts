import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Language } from "../contract/fields.ts";
import type { Messages } from "./translator.ts";

/** The folder `src`, seen from this file. */
export const sourceRoot = fileURLToPath(new URL("../../", import.meta.url));

function catalogueFolders(folder: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    if (entry.name === "i18n" && readdirSync(path).includes("en.json")) found.push(path);
    found.push(...catalogueFolders(path));
  }
  return found.sort();
}

/**
 * The catalogue files of one language in the order in which they are merged.
 * @param screens leave out what only the command line says
 */
export function catalogueFiles(language: Language, root: string = sourceRoot, screens = false): string[] {
  return catalogueFolders(root)
    .filter((folder) => !screens || !folder.startsWith(join(root, "apps", "cli")))
    .filter((folder) => readdirSync(folder).includes(`${language}.json`))
    .map((folder) => join(folder, `${language}.json`));
}

/**
 * Reads and merges a language's catalogues from disk.
 * @param screens leave out what only the command line says
 * @throws Error when two files define one key, because it would be unclear who owns it
 */
export function readCatalogue(language: Language, root: string = sourceRoot, screens = false): Messages {
  const merged: Record<string, string> = {};
  const owners = new Map<string, string>();
  for (const file of catalogueFiles(language, root, screens)) {
    const messages = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
    for (const [key, message] of Object.entries(messages)) {
      const owner = owners.get(key);
      if (owner !== undefined)
        throw new Error(`"${key}" stands in ${relative(root, owner)} and in ${relative(root, file)}`);
      owners.set(key, file);
      merged[key] = message;
    }
  }
  return merged;
}
