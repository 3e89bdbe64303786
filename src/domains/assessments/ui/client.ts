import { useEffect, useState } from "react";
import { createClient } from "../../../platform/contract/client.ts";
import type { Language } from "../../../platform/contract/fields.ts";
import { loadParts } from "../../../platform/i18n/browser.ts";
import { catalogueParts } from "../../../platform/i18n/catalogue-parts.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { createTranslator, type LoadedMessages } from "../../../platform/i18n/translator.ts";
import { routes } from "../contract.ts";

/** The client of assessments. */
export const assessments = createClient(routes);

/** What makes a sentence of a key. */
export type Say = (key: string) => string;

/**
 * The words of a questionnaire in the language in which a person is asked, which need not be the reader's. Until they are
 * here, the reader's own words stand there.
 */
export function useQuestionWords(language: Language): Say {
  const { t, language: own } = useText();
  const [loaded, setLoaded] = useState<{ language: Language; messages: LoadedMessages } | null>(null);
  useEffect(() => {
    if (language === own) return;
    let wanted = true;
    void loadParts(language, catalogueParts.indexOf("rest"), catalogueParts.length).then((parts) => {
      if (wanted) setLoaded({ language, messages: Object.assign({}, ...parts) });
    });
    return () => {
      wanted = false;
    };
  }, [language, own]);
  if (language === own || loaded?.language !== language) return (key) => t(key);
  const { t: say } = createTranslator(language, loaded.messages);
  return (key) => say(key);
}
