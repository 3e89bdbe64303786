import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import type { Language } from "../contract/fields.ts";
import { loadParts } from "./browser.ts";
import { type CataloguePart, catalogueParts } from "./catalogue-parts.ts";
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
  /** Whether a part of the catalogue and those before it are here; who lacks them asks with `need`. */
  isHere: (part: CataloguePart) => boolean;
  need: (part: CataloguePart) => void;
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
  parts: Pick<Text, "isHere" | "need"> = { isHere: () => true, need: () => {} },
): Text {
  const translator = createTranslator(language, messages, {
    // A sentence that a page uses before its part is here brings the part; asked for after the drawing has ended.
    onMissing: () => queueMicrotask(() => parts.need("rest")),
  });
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
    ...parts,
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
  const [state, setState] = useState(() => ({
    language: props.initial.language,
    parts: [props.initial.messages] as readonly LoadedMessages[],
  }));
  const [wordings, setWordings] = useState<{ language: Language; messages: LoadedMessages } | null>(null);
  const [wanted, setWanted] = useState(1);
  const { onChange, loadWordings } = props;
  const change = useCallback(
    async (language: Language) => {
      // All that is shown changes at once, so that a page does not lose what was typed while its words come.
      setState({ language, parts: await loadParts(language, 0, wanted) });
      onChange?.(language);
    },
    [onChange, wanted],
  );
  const need = useCallback(
    (part: CataloguePart) => setWanted((before) => Math.max(before, catalogueParts.indexOf(part) + 1)),
    [],
  );
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
  const here = state.parts.length;
  useEffect(() => {
    if (here >= wanted) return;
    const { language } = state;
    void loadParts(language, here, wanted).then((more) =>
      setState((before) =>
        before.language === language && before.parts.length === here
          ? { language, parts: [...before.parts, ...more] }
          : before,
      ),
    );
  }, [here, wanted, state]);
  const text = useMemo(
    () =>
      createText(
        state.language,
        Object.assign({}, ...state.parts, wordings?.language === state.language ? wordings.messages : {}),
        (language) => void change(language),
        { isHere: (part) => catalogueParts.indexOf(part) < state.parts.length, need },
      ),
    [state, wordings, change, need],
  );
  return <TextContext value={text}>{props.children}</TextContext>;
}
