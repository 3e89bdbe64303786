import { matchKey } from "../../platform/files/index.ts";
import { nearestKeys } from "./nearest.ts";

/** A national code that stands for a standard one. */
export interface CodeVariant {
  list: string;
  code: string;
  labels: Readonly<Record<string, string>>;
  standard: string;
}

/** What a text in a column of codes was found to mean. */
export type CodeMatch = { code: string } | { code: null; suggestions: string[] };

/** Recognises codes by themselves, by their labels in any language and by national variants. */
export interface CodeMatcher {
  match(list: string, text: string): CodeMatch;
}

/**
 * Makes a matcher.
 * @param lists values of each list, by list name
 * @param labels all known labels of a value, in any language
 * @param variants national codes valid in the country
 */
export function createCodeMatcher(
  lists: Readonly<Record<string, readonly string[]>>,
  labels: (list: string, value: string) => readonly string[],
  variants: readonly CodeVariant[],
): CodeMatcher {
  const prepared = new Map<string, Map<string, string>>();
  const keysOf = (list: string): Map<string, string> => {
    const ready = prepared.get(list);
    if (ready) return ready;
    const keys = new Map<string, string>();
    const put = (text: string, code: string) => {
      const key = matchKey(text);
      if (key !== "" && !keys.has(key)) keys.set(key, code);
    };
    const values = lists[list] ?? [];
    for (const value of values) put(value, value);
    // National codes come before labels: a country may use a word of its own way.
    for (const variant of variants.filter((each) => each.list === list)) {
      put(variant.code, variant.standard);
      for (const label of Object.values(variant.labels)) put(label, variant.standard);
    }
    for (const value of values) {
      put(value.replaceAll("-", " "), value);
      for (const label of labels(list, value)) put(label, value);
    }
    prepared.set(list, keys);
    return keys;
  };
  return {
    match(list, text) {
      const keys = keysOf(list);
      const key = matchKey(text);
      const code = keys.get(key) ?? keys.get(key.replace(/[\s_]+/g, "-")) ?? keys.get(key.replace(/[_-]+/g, " "));
      if (code !== undefined) return { code };
      const near = nearestKeys(key, keys.keys(), 6).map((each) => keys.get(each) as string);
      return { code: null, suggestions: [...new Set(near)].slice(0, 3) };
    },
  };
}
