import { createClient } from "../../contract/client.ts";
import type { Language } from "../../contract/fields.ts";
import type { LoadedMessages } from "../../i18n/translator.ts";
import { translationRoutes } from "../contract-translations.ts";

// The client of all of administration would come with the first page.
const wordings = createClient({ translations: translationRoutes.translations });

/**
 * The wordings by which this node differs from the catalogue of a language, to be laid over it. A line that is down must
 * not keep the page from its words: then there are none.
 */
export async function loadWordings(language: Language): Promise<LoadedMessages> {
  try {
    return (await wordings.translations({ params: { language } })).messages as LoadedMessages;
  } catch {
    return {};
  }
}
