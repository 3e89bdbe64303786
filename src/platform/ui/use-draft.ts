import { useCallback, useEffect, useState } from "react";
import { draftPrefix } from "./drafts.ts";

/**
 * State that survives a reload, a closed tab or a lost line: kept in localStorage until `clear` is called.
 * @param name what the draft is of, e.g. `accidents.accident/<id>`; drafts of different names do not meet
 * @param initial the value when there is no draft
 * @returns the value, its setter, whether it came from an earlier draft, whether this device keeps it, and `clear` for
 * after it was sent
 */
export function useDraft<T>(name: string, initial: T) {
  const key = draftPrefix + name;
  const [state, setState] = useState<{ value: T; restored: boolean; touched: boolean }>(() => {
    try {
      const stored = localStorage.getItem(key);
      if (stored !== null) return { value: JSON.parse(stored) as T, restored: true, touched: true };
    } catch {
      // A draft that cannot be read is as good as none.
    }
    return { value: initial, restored: false, touched: false };
  });
  const [kept, setKept] = useState(true);
  useEffect(() => {
    if (!state.touched) return;
    try {
      localStorage.setItem(key, JSON.stringify(state.value));
      setKept(true);
    } catch {
      // Storage is full or forbidden; the page still holds what was typed, and says that only the page does.
      setKept(false);
    }
  }, [key, state]);
  const set = useCallback(
    (next: T | ((before: T) => T)) =>
      setState((before) => ({
        ...before,
        touched: true,
        value: typeof next === "function" ? (next as (before: T) => T)(before.value) : next,
      })),
    [],
  );
  const clear = useCallback(() => {
    localStorage.removeItem(key);
    setState({ value: initial, restored: false, touched: false });
  }, [key, initial]);
  return { value: state.value, set, restored: state.restored, touched: state.touched, kept, clear };
}
