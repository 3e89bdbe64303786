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
  /** Whether the words of rarely opened pages are here too; who needs them asks with `complete`. */
  isComplete: boolean;
  complete: () => void;
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
  late: { isComplete: boolean; complete: () => void } = { isComplete: true, complete: () => {} },
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
    ...late,
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
  const [state, setState] = useState<{ language: Language; messages: LoadedMessages; late: LoadedMessages | null }>(
    () => ({ ...props.initial, late: null }),
  );
  const [wordings, setWordings] = useState<{ language: Language; messages: LoadedMessages } | null>(null);
  const [wanted, setWanted] = useState(false);
  const { onChange, loadWordings } = props;
  const change = useCallback(
    async (language: Language) => {
      // All that is shown changes at once, so that a page does not lose what was typed while its words come.
      const [messages, late] = await Promise.all([
        loadCatalogue(language),
        wanted ? loadLateCatalogue(language) : null,
      ]);
      setState({ language, messages, late });
      onChange?.(language);
    },
    [onChange, wanted],
  );
  const complete = useCallback(() => setWanted(true), []);
  useEffect(() => {
    document.documentElement.lang = state.language;
    document.documentElement.dir = languageTable[state.language].direction;
  }, [state.language]);
  useEffect(() => {
    let current = true;
    const language = state.language;
    void loadWordings?.(language).then((messages) => {
      if (current) setWordings({ language, messages });
    });
    return () => {
      current = false;
    };
  }, [state.language, loadWordings]);
  const lacking = wanted && state.late === null;
  useEffect(() => {
    if (!lacking) return;
    void loadLateCatalogue(state.language).then((late) =>
      setState((before) => (before.language === state.language ? { ...before, late } : before)),
    );
  }, [lacking, state.language]);
  const text = useMemo(
    () =>
      createText(
        state.language,
        {
          ...state.messages,
          ...state.late,
          ...(wordings?.language === state.language ? wordings.messages : {}),
        },
        (language) => void change(language),
        { isComplete: state.late !== null, complete },
      ),
    [state, wordings, change, complete],
  );
  return <TextContext value={text}>{props.children}</TextContext>;
}
