import { type Language, languages } from "../../../platform/contract/fields.ts";
import type { Bilingual, Words } from "../../../platform/documents/index.ts";
import { createFormatters } from "../../../platform/i18n/format.ts";
import { languageTable } from "../../../platform/i18n/languages.ts";
import type { Translator } from "../../../platform/i18n/translator.ts";
import type { Coded, Day, Said } from "./data.ts";

/** Writes labels and values in two languages. */
export interface Writer {
  label(key: string, params?: Readonly<Record<string, string | number>>): Bilingual;
  said(value: Said | null): Words;
  /** Several values in one line. */
  list(values: readonly (Said | null)[]): Words;
  date(day: Day | null): Words;
  /** Grouped as the national language does, with Latin digits. */
  number(value: number | null): string;
  /** The same with so many decimals, also where they are zero, so that columns line up. */
  fixed(value: number | null, decimals: number): string;
  /** Whole square metres and hectares: `12,340 m² (1.234 ha)`. */
  area(squareMetres: number | null): string;
  hectares(squareMetres: number): string;
  /** Centimetres of depth. */
  depth(centimetres: number | null): string;
}

/** What is not known. */
export const unknown = "–";

const isCoded = (value: object): value is Coded => "list" in value && "value" in value;

/**
 * Makes the writer of a document.
 * @param language the national language; in an English document English stands alone
 * @param translator the words of a language
 */
export function createWriter(language: Language, translator: (language: Language) => Translator): Writer {
  const own = translator(language);
  const english = translator("en");
  const both = language !== "en";
  const format = createFormatters(language);
  const englishFormat = createFormatters("en");
  const pair = (ownText: string, englishText: string): Bilingual => ({
    own: ownText,
    english: both && englishText !== ownText ? englishText : null,
  });
  const said = (value: Said | null): Words => {
    if (value === null) return unknown;
    if (typeof value === "string") return value;
    if (isCoded(value)) {
      const key = `code.${value.list}.${value.value}`;
      const written = (by: Translator) => (by.has(key) ? by.t(key) : value.value);
      return pair(written(own), written(english));
    }
    const first = languages.map((code) => value[code]).find((name) => name !== undefined) ?? unknown;
    return pair(value[language] ?? value.en ?? first, value.en ?? value[language] ?? first);
  };
  const ownOf = (words: Words) => (typeof words === "string" ? words : words.own);
  const englishOf = (words: Words) => (typeof words === "string" ? words : (words.english ?? words.own));
  const locale = `${languageTable[language].numberLocale}-u-nu-latn`;
  const fixed = (value: number | null, decimals: number) => {
    if (value === null) return unknown;
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    return new Intl.NumberFormat(locale, digits).format(value);
  };
  return {
    label: (key, params) => pair(own.t(key, params), english.t(key, params)),
    said,
    list(values) {
      const all = values.map(said);
      if (all.length === 0) return unknown;
      return pair(all.map(ownOf).join(", "), all.map(englishOf).join(", "));
    },
    date: (day) => (day === null ? unknown : pair(format.date(day), englishFormat.date(day))),
    number: (value) => (value === null ? unknown : format.numberLatin(value, 0)),
    fixed,
    area: (squareMetres) =>
      squareMetres === null
        ? unknown
        : `${format.numberLatin(squareMetres, 0)} m² (${fixed(squareMetres / 10_000, 4)} ha)`,
    hectares: (squareMetres) => fixed(squareMetres / 10_000, 4),
    depth: (centimetres) => (centimetres === null ? unknown : `${format.numberLatin(centimetres, 1)} cm`),
  };
}
