import { type Language, languages } from "../contract/fields.ts";

/** What the program must know to write a language: its own name, direction and the locale that formats numbers. */
export interface LanguageInfo {
  code: Language;
  /** The language's name in itself; shown in the switch, whatever the language of the page is. */
  endonym: string;
  direction: "ltr" | "rtl";
  /** BCP 47 locale without extensions. */
  locale: string;
  /**
   * Locale of numbers. Browsers disagree on Khmer, Lao and Burmese (or know none of them), and the same area must not
   * read 1.234 ha in one and 1,234 ha in another; these three group with commas and have Latin digits everywhere.
   */
  numberLocale: string;
  /** Scripts with stacked signs that need taller lines. */
  tall: boolean;
  /** Whether the script puts no spaces between words. */
  spaceless: boolean;
}

/** The languages in the order in which the switch offers them. */
export const languageTable: Readonly<Record<Language, LanguageInfo>> = {
  en: {
    code: "en",
    endonym: "English",
    direction: "ltr",
    locale: "en-GB",
    numberLocale: "en-GB",
    tall: false,
    spaceless: false,
  },
  km: {
    code: "km",
    endonym: "ភាសាខ្មែរ",
    direction: "ltr",
    locale: "km-KH",
    numberLocale: "en-GB",
    tall: true,
    spaceless: true,
  },
  lo: {
    code: "lo",
    endonym: "ລາວ",
    direction: "ltr",
    locale: "lo-LA",
    numberLocale: "en-GB",
    tall: false,
    spaceless: true,
  },
  th: {
    code: "th",
    endonym: "ไทย",
    direction: "ltr",
    locale: "th-TH",
    numberLocale: "th-TH",
    tall: false,
    spaceless: true,
  },
  vi: {
    code: "vi",
    endonym: "Tiếng Việt",
    direction: "ltr",
    locale: "vi-VN",
    numberLocale: "vi-VN",
    tall: false,
    spaceless: false,
  },
  my: {
    code: "my",
    endonym: "မြန်မာ",
    direction: "ltr",
    locale: "my-MM",
    numberLocale: "en-GB",
    tall: true,
    spaceless: true,
  },
};

/** Tells whether a text is the code of a language that Santi speaks. */
export function isLanguage(text: unknown): text is Language {
  return typeof text === "string" && (languages as readonly string[]).includes(text);
}

/**
 * The language to start in: the first of the wanted tags that Santi speaks, else English.
 * @param wanted BCP 47 tags by preference, e.g. `navigator.languages`
 */
export function negotiateLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split("-")[0];
    if (isLanguage(base)) return base;
  }
  return "en";
}
