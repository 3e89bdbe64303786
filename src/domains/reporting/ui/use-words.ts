import { pickName, useText } from "../../../platform/i18n/I18nProvider.tsx";
import type { Wording } from "../model-definition.ts";

/** Says words of a definition in the reader's language. */
export function useWords(): (words: Wording) => string {
  const { t, language } = useText();
  return (words) => ("key" in words ? t(words.key) : pickName(words.texts, language));
}
