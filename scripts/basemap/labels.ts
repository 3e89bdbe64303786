import type { UnitProperties } from "./admin1.ts";

/** Languages of the user interface whose own names the labels carry, beside `name` in Latin letters. */
export const LABEL_LANGUAGES = ["km", "lo", "th", "my", "vi"] as const;
type LabelLanguage = (typeof LABEL_LANGUAGES)[number];

/** The language of the country, where its script or diacritics differ from the Latin name. */
const LOCAL_LANGUAGE: Readonly<Record<string, LabelLanguage>> = {
  KHM: "km",
  LAO: "lo",
  THA: "th",
  MMR: "my",
  VNM: "vi",
};

/** Short names in Latin letters, for a map. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  BRN: "Brunei",
  COD: "DR Congo",
  PRK: "DPR Korea",
  USA: "United States",
};

const DISPLAY_NAMES = LABEL_LANGUAGES.map(
  (language) => [language, new Intl.DisplayNames([language], { type: "region", fallback: "none" })] as const,
);

/**
 * Names of a country for its label.
 *
 * @param id ISO alpha-3
 * @param alpha2 ISO alpha-2, by which CLDR names countries
 * @returns `name`, `name_km` … where CLDR has them, and `name_local` for members that write another script
 */
export function countryNames(id: string, alpha2: string, name: string): Record<string, string> {
  const names: Record<string, string> = { name: SHORT_NAMES[id] ?? name };
  for (const [language, display] of DISPLAY_NAMES) {
    // CLDR appends a former name in brackets to some countries.
    const text = display.of(alpha2)?.replace(/\s*\(.*\)$/, "");
    if (text) names[`name_${language}`] = text;
  }
  const local = LOCAL_LANGUAGE[id] && names[`name_${LOCAL_LANGUAGE[id]}`];
  if (local) names.name_local = local;
  return names;
}

/** Names of a first-level unit for its label: `name`, and its own script as `name_local` and `name_<language>`. */
export function unitNames({ country, name, localName }: UnitProperties): Record<string, string> {
  const language = LOCAL_LANGUAGE[country];
  if (!language || !localName) return { name };
  return { name, name_local: localName, [`name_${language}`]: localName };
}
