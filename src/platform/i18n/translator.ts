import { IntlMessageFormat } from "intl-messageformat";
import type { Language } from "../contract/fields.ts";
import { languageTable } from "./languages.ts";

/** One language's messages: key to ICU message. */
export type Messages = Readonly<Record<string, string>>;

type ParsedMessage = ReturnType<IntlMessageFormat["getAst"]>;

/** The same as the browser gets them: messages with arguments are parsed already. */
export type LoadedMessages = Readonly<Record<string, string | ParsedMessage>>;

/** What may fill a message. */
export type MessageParams = Readonly<Record<string, unknown>>;

/** Turns keys into sentences of one language. */
export interface Translator {
  language: Language;
  /** The message in this language, else in English, else the key itself. */
  t: (key: string, params?: MessageParams) => string;
  /** Whether the key has a message, in this language or in English. */
  has: (key: string) => boolean;
  /** The message of the first key that has one; the last key itself when none has. */
  first: (keys: readonly string[], params?: MessageParams) => string;
}

/**
 * Makes a translator. Numbers in messages follow the language, years are Gregorian.
 * @param language the language to speak
 * @param messages its catalogue
 * @param options `fallback` is the English catalogue; `onMissing` hears of every key that had to fall back, so that
 * development and tests can collect them
 */
export function createTranslator(
  language: Language,
  messages: LoadedMessages,
  options: { fallback?: LoadedMessages; onMissing?: (key: string, language: Language) => void } = {},
): Translator {
  const fallback = options.fallback ?? {};
  const compiled = new Map<string, IntlMessageFormat>();
  const locale = `${languageTable[language].numberLocale}-u-ca-gregory`;
  const fallbackLocale = `${languageTable.en.numberLocale}-u-ca-gregory`;

  const t = (key: string, params?: MessageParams): string => {
    const own = messages[key];
    const message = own ?? fallback[key];
    if (own === undefined) options.onMissing?.(key, language);
    if (message === undefined) return key;
    // Most messages hold no argument; they need no parser.
    if (typeof message === "string" && !/[{']/.test(message)) return message;
    let format = compiled.get(key);
    if (!format) {
      format = new IntlMessageFormat(message, own === undefined ? fallbackLocale : locale, undefined, {
        ignoreTag: true,
      });
      compiled.set(key, format);
    }
    try {
      return format.format(params as Record<string, string | number>) as string;
    } catch {
      // A parameter that the sender left out must not take the page down; the reader still sees the sentence.
      return typeof message === "string" ? message : key;
    }
  };
  const has = (key: string) => messages[key] !== undefined || fallback[key] !== undefined;
  const first = (keys: readonly string[], params?: MessageParams) => {
    for (const key of keys) if (has(key)) return t(key, params);
    return t(keys[keys.length - 1] ?? "", params);
  };
  return { language, t, has, first };
}
