import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { FindingOutput } from "../contract.ts";
import type { ReportType } from "../model.ts";
import { reports } from "./client.ts";
import { type ReportForm, wordsOf } from "./report-form.ts";

/** The value some moments after it last changed. */
function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}

/** What the server says of a report while it is typed, and what cannot be sent yet. Nothing is stored. */
export function useReportCheck(about: {
  country: string;
  type: ReportType;
  corrects: string | null;
  stored: string | null;
  form: ReportForm;
}) {
  const { country, type, corrects, stored, form } = about;
  const { words, gaps } = useMemo(() => wordsOf(form), [form]);
  const asked = useSettled(words, 700);
  const check = useQuery({
    queryKey: ["land-check", country, type, corrects, stored, asked],
    gcTime: 10_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      reports.check({ body: { country, type, corrects, ...(stored ? { id: stored } : {}), ...asked } }, { signal }),
  });
  const findings = useMemo(
    (): FindingOutput[] => [
      ...gaps.map(
        ({ field }): FindingOutput => ({ check: "choice-missing", severity: "error", part: null, field, params: {} }),
      ),
      ...(check.data?.findings ?? []),
    ],
    [gaps, check.data],
  );
  return {
    words,
    gaps,
    findings,
    error: check.error,
    /** Whether the findings are those of the words as they stand now. */
    current: asked === words && !check.isFetching && !check.isError,
    again: () => check.refetch(),
  };
}
