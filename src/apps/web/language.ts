import type { Language } from "../../platform/contract/fields.ts";
import { isLanguage, negotiateLanguage } from "../../platform/i18n/languages.ts";

const key = "santi.language";

/** The language to start in: the one chosen before, else the browser's first that Santi speaks. */
export function startLanguage(): Language {
  const stored = localStorage.getItem(key);
  return isLanguage(stored) ? stored : negotiateLanguage(navigator.languages);
}

/** Whether somebody has chosen a language on this device. */
export function languageChosen(): boolean {
  return isLanguage(localStorage.getItem(key));
}

/** Keeps a choice for the next visit. */
export function rememberLanguage(language: Language): void {
  localStorage.setItem(key, language);
}
