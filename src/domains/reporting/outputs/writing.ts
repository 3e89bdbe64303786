import type { Language } from "../../../platform/contract/fields.ts";
import { createFormatters, type Formatters } from "../../../platform/i18n/format.ts";
import type { Translator } from "../../../platform/i18n/translator.ts";
import { areaScale, type Cell, type Contact, type Result, type ResultTable, unitOf } from "../model.ts";
import type { Column, Figure, Wording } from "../model-definition.ts";
import { type Dimension, dimensionWords, measureOf, type Unit } from "../model-measures.ts";

/** Names of countries by code, in the languages that are known. */
export type CountryNames = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Writes a report in one language: its words, its rows, its figures. */
export interface Writing {
  language: Language;
  t: Translator["t"];
  format: Formatters;
  /** Words of the definition; `more` fills their placeholders. */
  say: (words: Wording, more?: Readonly<Record<string, string>>) => string;
  country: (code: string) => string;
  countries: string;
  column: (column: Column, table: ResultTable) => string;
  row: (by: Dimension, key: string | null) => string;
  /** A cell as it is shown: rounded once, or the word for why there is no number. */
  cell: (cell: Cell, unit: Unit | null) => string;
  /** Numbers from one to another, both included, with their unit. */
  range: (from: number, to: number, unit: Unit | null) => string;
  /** The same with the unit behind it, for sentences. */
  phrase: (cell: Cell, unit: Unit | null) => string;
  figure: (figure: Figure & { words?: Wording | undefined }) => string;
  unit: (unit: Unit | null) => string;
  rule: (measure: string) => string;
  /** A text of several languages in this one, else in English, else in any; null when there is none. */
  said: (texts: Readonly<Record<string, string>>) => string | null;
  /** Whom to ask, in this language where it was said in it; null when nobody is named. */
  contact: (contact: Contact | null) => string | null;
  /** What each sentence may say beside its figures. */
  given: Readonly<Record<string, string>>;
  /** "As of", the period and what was known, in one line. */
  standing: string;
  warnings: readonly string[];
}

const pick = (names: Readonly<Record<string, string>> | undefined, language: Language) =>
  names?.[language] ?? names?.en ?? Object.values(names ?? {})[0];

/** The number that a cell shows, in the unit in which the report shows areas; null where there is none. */
export function shownValue(
  { value }: Cell,
  unit: Unit | null,
  { parameters }: Pick<Result, "parameters">,
): number | null {
  if (value === null) return null;
  if (unit === null) return value;
  if (unit !== "m2") return value;
  const { squareMetres, decimals } = areaScale[parameters.areaUnit];
  const factor = 10 ** decimals;
  // From whole square metres in one step, so that nothing is rounded twice.
  return Math.round((value * factor) / squareMetres) / factor;
}

/** Makes the writing of a report in a language. */
export function writingOf(result: Result, translator: Translator, names: CountryNames): Writing {
  const { language, t } = translator;
  const { parameters, references } = result;
  const format = createFormatters(language);
  const country = (code: string) => pick(names[code], language) ?? code;
  const countries = format.list(parameters.countries.map(country));
  const given = {
    country: countries,
    from: format.date(parameters.from),
    to: format.date(parameters.to),
    knownOn: format.date(parameters.knownOn ?? parameters.asOf),
    asOf: format.date(parameters.asOf),
  };
  const say: Writing["say"] = (words, more = {}) => {
    if ("key" in words) return t(words.key, { ...given, ...more });
    const text = pick(words.texts as Record<string, string>, language) ?? "";
    const values: Record<string, string> = { ...given, ...more };
    return text.replace(/\{\s*([\w-]+)\s*\}/g, (whole, name: string) => values[name] ?? whole);
  };
  const areaUnit = () => t(`reporting.unit.${parameters.areaUnit}`);
  const unit: Writing["unit"] = (of) => (of === null ? "" : of === "m2" ? areaUnit() : t(`reporting.unit.${of}`));
  const cell: Writing["cell"] = (of, its) => {
    if (of.value === null) return t(`reporting.missing.${of.missing ?? "not-given"}.short`);
    if (its === null || its === "part") return format.percent(of.value);
    if (its === "money")
      return t("reporting.amount", { amount: format.fixed(of.value, 2), currency: of.currency ?? "" }).trim();
    const value = shownValue(of, its, result) ?? 0;
    return format.fixed(value, its === "m2" ? areaScale[parameters.areaUnit].decimals : 0);
  };
  const withUnit = (label: string, its: Unit | null) =>
    its === "m2" ? t("reporting.with-unit", { label, unit: areaUnit() }) : label;
  return {
    ...{ language, t, format, say, country, countries, unit, cell, given },
    column: (column, table) => {
      const label =
        column.words !== undefined
          ? say(column.words)
          : column.kind === "measure"
            ? t(`reporting.measure.${column.measure}`)
            : t(`reporting.column.${column.kind}`);
      return withUnit(label, unitOf(column, table.block));
    },
    row: (by, key) => {
      if (key === null) return t("reporting.row.unknown");
      if (by === "country") return country(key);
      const words = dimensionWords[by];
      const reference = references[key];
      if (words?.reference) return reference ? (pick(reference.names, language) ?? reference.code) : key;
      if (words?.messages) return t(`${words.messages}.${key}`);
      if (!words?.list) return key;
      return format.list(
        key
          .split("+")
          .map((code) =>
            translator
              .first([`code.${words.list}.${code}`, `reporting.as-is.${code}`])
              .replace(/^reporting\.as-is\./, ""),
          ),
      );
    },
    range: (from, to, its) => {
      const [first, last] = [cell({ value: from }, its), cell({ value: to }, its)];
      const numbers = first === last ? first : `${first}\u2013${last}`;
      return its === "m2" ? `${numbers} ${areaUnit()}` : numbers;
    },
    phrase: (of, its) => (of.value !== null && its === "m2" ? `${cell(of, its)} ${areaUnit()}` : cell(of, its)),
    figure: ({ measure, words }) =>
      withUnit(words ? say(words) : t(`reporting.measure.${measure}`), measureOf(measure)?.unit ?? null),
    said: (texts) => pick(texts, language) ?? null,
    contact: (contact) => (contact && pick(contact.texts, language)) ?? null,
    rule: (measure) => t(`reporting.rule.${measure}`),
    standing: t(parameters.knownOn ? "reporting.standing.known" : "reporting.standing", given),
    warnings: result.warnings.map((warning) => t(`reporting.warning.${warning}`, given)),
  };
}

/** The measures that a report's figures are of, each once, for the list of rules. */
export function measuresIn({ blocks }: Pick<Result, "blocks">): string[] {
  const found = new Set<string>();
  for (const { block } of blocks) {
    if (block.kind === "figures") for (const { measure } of block.items) found.add(measure);
    if (block.kind === "text") for (const { measure } of Object.values(block.cells)) found.add(measure);
    if (block.kind === "table")
      for (const column of block.columns) if (column.kind === "measure") found.add(column.measure);
  }
  return [...found];
}
