import type { Language } from "../../../src/platform/contract/fields.ts";
import { readCatalogue } from "../../../src/platform/i18n/node.ts";
import { createTranslator, type MessageParams, type Messages } from "../../../src/platform/i18n/translator.ts";

const catalogues = new Map<Language, Messages>();

/** The catalogue of a language as it stands on disk, without what only the command line says. */
export function catalogue(language: Language): Messages {
  const known = catalogues.get(language);
  if (known) return known;
  const read = readCatalogue(language, undefined, true);
  catalogues.set(language, read);
  return read;
}

/** A sentence by its key, in the language of a journey. */
export type Words = (key: string, params?: MessageParams) => string;

/**
 * The words of one language, without falling back to another: a journey that looks for them fails where the screen
 * shows English instead.
 * @throws Error for a key that the language lacks
 */
export function wordsOf(language: Language): Words {
  const translator = createTranslator(language, catalogue(language), {
    onMissing: (key) => {
      throw new Error(`"${key}" has no message in ${language}`);
    },
  });
  return translator.t;
}
