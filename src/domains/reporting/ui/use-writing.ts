import { useMemo } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import type { Result } from "../model.ts";
import { type Writing, writingOf } from "../outputs/writing.ts";

/** The writing of a report in the reader's language. */
export function useWriting(result: Result): Writing {
  const text = useText();
  const { countries } = useRecords();
  return useMemo(() => writingOf(result, text, Object.fromEntries(countries)), [result, text, countries]);
}
