import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import type { Language } from "../contract/fields.ts";
import { loadCatalogue, loadLateCatalogue } from "./browser.ts";
import { areaUnit, createFormatters, type Formatters } from "./format.ts";
import { languageTable } from "./languages.ts";
import { createTranslator, type LoadedMessages, type Translator } from "./translator.ts";

/** Everything a component needs to speak. */
export interface Text extends Translator {
  format: Formatters;
  /** An area of whole square metres in the unit that suits it. */
  area: (squareMetres: number) => string;
  /** The label of a record type's field. */
  field: (typeName: string, field: string) => string;
  /** The label of a code; the code itself when the catalogue does not know it. */
  code: (list: string, value: string) => string;
  /** The name in this language, else in English, else the first there is; empty when there is none. */
  name: (names: unknown) => string;
  setLanguage: (language: Language) => void;
  /** Whether the words of rarely opened pages are here too. */
  complete: boolean;
}

const TextContext = createContext<Text | null>(null);

/** The words of the current language. */
export function useText(): Text {
  const text = useContext(TextContext);
  if (!text) throw new Error("useText outside I18nProvider");
  return text;
}

/** Picks a name by language from a `names` value. */
export function pickName(names: unknown, language: Language): string {
  if (typeof names !== "object" || names === null) return "";
  const known = names as Partial<Record<Language, string>>;
  return known[language] ?? known.en ?? Object.values(known)[0] ?? "";
}

/**
 * Makes the words of one language from its catalogue; also used where there is no React, as in tests.
 * @param change called when the reader picks another language
 */
export function createText(
  language: Language,
  messages: LoadedMessages,
  change: (language: Language) => void,
  complete = true,
): Text {
  const translator = createTranslator(language, messages);
  const format = createFormatters(language);
  return {
    ...translator,
    format,
    area: (squareMetres) => {
      const { value, unit } = areaUnit(squareMetres);
      return translator.t(`unit.${unit}`, { value: format.number(value) });
    },
    field: (typeName, field) => translator.first([`field.${typeName}.${field}`, `field.${field}`]),
    code: (list, value) => {
      const key = `code.${list}.${value}`;
      return translator.has(key) ? translator.t(key) : value;
    },
    name: (names) => pickName(names, language),
    setLanguage: change,
    complete,
  };
}

/** Gives the tree below it the words of a language and keeps `<html lang dir>` in step. */
export function I18nProvider(props: {
  initial: { language: Language; messages: LoadedMessages };
  /** The node's own wordings of a language, laid over the catalogue. */
  loadWordings?: (language: Language) => Promise<LoadedMessages>;
  /** Told of a change, so that it can be remembered. */
  onChange?: (language: Language) => void;
  children: ReactNode;
}) {
  const [state, setState] = useState({ ...props.initial, complete: false });
  const { onChange, loadWordings } = props;
  const change = useCallback(
    async (language: Language) => {
      setState({ language, messages: await loadCatalogue(language), complete: false });
      onChange?.(language);
    },
    [onChange],
  );
  useEffect(() => {
    document.documentElement.lang = state.language;
    document.documentElement.dir = languageTable[state.language].direction;
  }, [state.language]);
  useEffect(() => {
    let current = true;
    void Promise.all([loadLateCatalogue(state.language), loadWordings?.(state.language)]).then(([late, wordings]) => {
      if (!current) return;
      setState((before) => ({ ...before, messages: { ...before.messages, ...late, ...wordings }, complete: true }));
    });
    return () => {
      current = false;
    };
  }, [state.language, loadWordings]);
  const text = useMemo(
    () => createText(state.language, state.messages, (language) => void change(language), state.complete),
    [state, change],
  );
  return <TextContext value={text}>{props.children}</TextContext>;
}
