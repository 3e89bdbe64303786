import { searchable } from "../../platform/records/definition.ts";
import { nearestKeys } from "./nearest.ts";

/** An administrative unit as matching needs it. */
export interface UnitEntry {
  id: string;
  code: string;
  names: Readonly<Record<string, string>>;
  kindNames: Readonly<Record<string, string>>;
  level: number;
  parent: string | null;
  validFrom: string | null;
  validTo: string | null;
}

/** What a text in a column for units was found to mean. */
export type UnitMatch =
  | { found: UnitEntry }
  | { found: null; reason: "unknown"; text: string; suggestions: UnitEntry[] }
  | { found: null; reason: "ambiguous"; text: string; candidates: UnitEntry[] };

/** Finds units by code or by name in any language; grows while units are imported. */
export interface UnitIndex {
  readonly size: number;
  add(unit: UnitEntry): void;
  get(id: string): UnitEntry | undefined;
  /**
   * @param texts names or codes from the larger unit to the smaller; empty ones are passed over
   * @param on the date of the record, to choose between units of different validity; null for today's
   * @param level the only level to look at
   */
  match(texts: readonly string[], on: string | null, level?: number): UnitMatch;
}

function push(map: Map<string, UnitEntry[]>, key: string, unit: UnitEntry): void {
  if (key === "") return;
  const list = map.get(key);
  if (!list) map.set(key, [unit]);
  else if (!list.includes(unit)) list.push(unit);
}

const isValid = (unit: UnitEntry, on: string | null) =>
  on === null
    ? unit.validTo === null
    : (unit.validFrom === null || unit.validFrom <= on) && (unit.validTo === null || unit.validTo >= on);

/** Makes an empty index. */
export function createUnitIndex(): UnitIndex {
  const byId = new Map<string, UnitEntry>();
  const byCode = new Map<string, UnitEntry[]>();
  const byName = new Map<string, UnitEntry[]>();

  function keysOf(unit: UnitEntry): string[] {
    return Object.entries(unit.names).flatMap(([language, name]) => {
      const kind = unit.kindNames[language];
      const plain = searchable(name);
      if (!kind) return [plain];
      const kindKey = searchable(kind);
      return [plain, `${kindKey} ${plain}`, `${plain} ${kindKey}`, `${kindKey}${plain}`];
    });
  }

  const isWithin = (unit: UnitEntry, outer: UnitEntry): boolean => {
    for (let step: UnitEntry | undefined = unit, depth = 0; step && depth < 10; depth++) {
      if (step.id === outer.id) return true;
      step = step.parent ? byId.get(step.parent) : undefined;
    }
    return false;
  };

  /** The one unit meant among several, by validity; the list that remains otherwise. */
  function choose(candidates: readonly UnitEntry[], on: string | null): UnitEntry[] {
    if (candidates.length <= 1) return [...candidates];
    const valid = candidates.filter((unit) => isValid(unit, on));
    if (valid.length > 0) return valid;
    const current = candidates.filter((unit) => unit.validTo === null);
    return current.length > 0 ? current : [...candidates];
  }

  function matchOne(text: string, on: string | null, outer: UnitEntry | null, level: number | undefined): UnitMatch {
    const key = searchable(text);
    const fits = (unit: UnitEntry) =>
      (level === undefined || unit.level === level) && (!outer || isWithin(unit, outer));
    const coded = choose((byCode.get(key) ?? []).filter(fits), on);
    if (coded.length === 1) return { found: coded[0] as UnitEntry };
    let named = choose((byName.get(key) ?? []).filter(fits), on);
    // A name that unit and sub-unit share means the sub-unit only when the larger one was named before.
    if (named.length > 1 && outer) {
      const inner = named.filter((unit) => unit.id !== outer.id);
      if (inner.length > 0) named = inner;
      const top = Math.min(...named.map((unit) => unit.level));
      if (named.filter((unit) => unit.level === top).length === 1) named = named.filter((unit) => unit.level === top);
    } else if (named.length > 1 && level === undefined) {
      const top = Math.min(...named.map((unit) => unit.level));
      const highest = named.filter((unit) => unit.level === top);
      if (highest.length === 1 && named.every((unit) => isWithin(unit, highest[0] as UnitEntry))) named = highest;
    }
    if (named.length === 1) return { found: named[0] as UnitEntry };
    if (named.length > 1) return { found: null, reason: "ambiguous", text, candidates: named };
    const seen = new Set<UnitEntry>();
    for (const near of nearestKeys(key, byName.keys(), 6)) {
      for (const unit of choose((byName.get(near) ?? []).filter(fits), on)) seen.add(unit);
    }
    return { found: null, reason: "unknown", text, suggestions: [...seen].slice(0, 3) };
  }

  return {
    get size() {
      return byId.size;
    },
    add(unit) {
      byId.set(unit.id, unit);
      push(byCode, searchable(unit.code), unit);
      for (const key of keysOf(unit)) push(byName, key, unit);
    },
    get: (id) => byId.get(id),
    match(texts, on, level) {
      let outer: UnitEntry | null = null;
      let last: UnitMatch = { found: null, reason: "unknown", text: "", suggestions: [] };
      for (const text of texts) {
        if (text === "") continue;
        last = matchOne(text, on, outer, level);
        if (!last.found) return last;
        outer = last.found;
      }
      return last;
    },
  };
}
