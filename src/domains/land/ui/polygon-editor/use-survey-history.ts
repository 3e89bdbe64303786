import type { SurveyedPolygon } from "@santi/land-geometry";
import { useCallback, useRef, useState } from "react";

/** Changes of one field within this time are one step back, milliseconds. */
const oneStepMs = 1500;

/** Steps back and forward through the states of a survey. */
export interface SurveyHistory {
  /** Notes that a survey is about to change. @param field what changes; typing on in one field is one step */
  note: (before: SurveyedPolygon, field?: string) => void;
  /** The survey to go back to; undefined at the beginning. */
  back: (current: SurveyedPolygon) => SurveyedPolygon | undefined;
  forward: (current: SurveyedPolygon) => SurveyedPolygon | undefined;
  canGoBack: boolean;
  canGoForward: boolean;
}

/** Keeps the states of a survey while its editor is open. */
export function useSurveyHistory(): SurveyHistory {
  const past = useRef<SurveyedPolygon[]>([]);
  const future = useRef<SurveyedPolygon[]>([]);
  const last = useRef<{ field: string | undefined; at: number }>({ field: undefined, at: 0 });
  const [sizes, setSizes] = useState({ past: 0, future: 0 });
  const count = useCallback(() => setSizes({ past: past.current.length, future: future.current.length }), []);

  const note = useCallback(
    (before: SurveyedPolygon, field?: string) => {
      const now = performance.now();
      const goesOn = field !== undefined && field === last.current.field && now - last.current.at < oneStepMs;
      last.current = { field, at: now };
      if (!goesOn) past.current = [...past.current.slice(-199), before];
      future.current = [];
      count();
    },
    [count],
  );
  const step = useCallback(
    (from: typeof past, to: typeof past, current: SurveyedPolygon) => {
      const next = from.current.pop();
      if (!next) return undefined;
      to.current.push(current);
      last.current = { field: undefined, at: 0 };
      count();
      return next;
    },
    [count],
  );
  return {
    note,
    back: useCallback((current) => step(past, future, current), [step]),
    forward: useCallback((current) => step(future, past, current), [step]),
    canGoBack: sizes.past > 0,
    canGoForward: sizes.future > 0,
  };
}
