import { searchable } from "../../platform/records/definition.ts";
import { nearestKeys } from "./nearest.ts";

/** Something with a code and names, as matching needs it. */
export interface NamedEntry {
  id: string;
  code: string;
  names: Readonly<Record<string, string>>;
}

/** What a text was found to mean: an id, or suggestions. */
export type NameMatch = { id: string } | { id: null; suggestions: { id: string; label: string }[] };

/** Finds organisations by code or name in any language; a name that two share is not decided. */
export interface NameIndex {
  match(text: string): NameMatch;
  add(entry: NamedEntry): void;
}

/** Makes an index of named things. */
export function createNameIndex(entries: readonly NamedEntry[]): NameIndex {
  const byKey = new Map<string, NamedEntry[]>();
  const put = (text: string, entry: NamedEntry) => {
    const key = searchable(text);
    if (key === "") return;
    const list = byKey.get(key) ?? [];
    if (!list.includes(entry)) byKey.set(key, [...list, entry]);
  };
  const add = (entry: NamedEntry) => {
    put(entry.code, entry);
    for (const name of Object.values(entry.names)) put(name, entry);
  };
  for (const entry of entries) add(entry);
  const label = ({ names, code }: NamedEntry) => `${names.en ?? Object.values(names)[0] ?? ""} (${code})`.trim();
  return {
    add,
    match(text) {
      const key = searchable(text);
      const found = byKey.get(key) ?? [];
      if (found.length === 1) return { id: (found[0] as NamedEntry).id };
      const near = found.length > 1 ? found : nearestKeys(key, byKey.keys()).flatMap((each) => byKey.get(each) ?? []);
      return {
        id: null,
        suggestions: [...new Set(near)].slice(0, 3).map((entry) => ({ id: entry.id, label: label(entry) })),
      };
    },
  };
}
