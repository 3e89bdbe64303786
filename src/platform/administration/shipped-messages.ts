import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Language, languages } from "../contract/fields.ts";
import { catalogueFiles, readCatalogue } from "../i18n/node.ts";
import { messageHash, type ReviewedMessages, reviewList } from "../i18n/review.ts";
import type { Messages } from "../i18n/translator.ts";
import { rootPath } from "../kernel/root.ts";
import { type MessageFault, messageFault } from "./message-fault.ts";

/** A message as the program ships it. */
export interface ShippedMessage {
  key: string;
  /** The folder that owns it, as in `land` or `ui`. */
  area: string;
  english: string;
  message: string | null;
  reviewed: boolean;
  fault: MessageFault | null;
}

/** The messages that come with the program. */
export interface ShippedMessages {
  /** All messages of a language by key, in the order of the keys. */
  of(language: Language): ReadonlyMap<string, ShippedMessage>;
  /** The catalogue file that holds a key in a language, relative to the program. */
  file(key: string, language: Language): string;
}

/**
 * Reads the catalogues once for the life of the process; they change only with the program.
 * @param folder the folder `src` of the program
 */
export function readShippedMessages(folder: string = rootPath("src")): ShippedMessages {
  const owners = new Map<string, string>();
  const reviewed = (): ReviewedMessages =>
    JSON.parse(readFileSync(join(folder, "platform", "i18n", "reviewed.json"), "utf8")) as ReviewedMessages;
  const known = new Map<Language, ReadonlyMap<string, ShippedMessage>>();
  let english: Messages | null = null;

  const readEnglish = (): Messages => {
    if (english) return english;
    for (const file of catalogueFiles("en", folder)) {
      const keys = Object.keys(JSON.parse(readFileSync(file, "utf8")) as Messages);
      for (const key of keys) owners.set(key, dirname(file));
    }
    english = readCatalogue("en", folder);
    return english;
  };

  return {
    of(language) {
      const before = known.get(language);
      if (before) return before;
      const source = readEnglish();
      // English is what the others are judged by.
      const isSource = language === languages[0];
      const entries = reviewList(language, {
        english: source,
        drafts: readCatalogue(language, folder),
        reviewed: isSource
          ? { [language]: Object.fromEntries(Object.entries(source).map(([key, text]) => [key, messageHash(text)])) }
          : reviewed(),
      });
      const made = new Map(
        entries.map((entry): [string, ShippedMessage] => [
          entry.key,
          {
            key: entry.key,
            area: basename(dirname(owners.get(entry.key) ?? "")),
            english: entry.english,
            message: entry.draft,
            reviewed: entry.reviewed,
            fault: entry.draft === null ? null : messageFault(entry.english, entry.draft),
          },
        ]),
      );
      known.set(language, made);
      return made;
    },
    file(key, language) {
      readEnglish();
      const owner = owners.get(key) ?? "";
      return `src${owner.slice(folder.length).replaceAll("\\", "/")}/${language}.json`;
    },
  };
}
