import { useMemo, useState } from "react";
import { newId } from "../../../platform/kernel/ids.ts";
import { useDraft } from "../../../platform/ui/use-draft.ts";
import type { ReportOutput } from "../contract.ts";
import { formOf, merge, type ReportForm } from "./report-form.ts";

/** What is kept of a report while it is typed. */
interface Kept {
  form: ReportForm;
  /** The version on which the typing began; null for a report that is not stored yet. */
  base: ReportForm | null;
  revision: number | null;
  /** The id under which it is or will be stored: sent twice, it is stored once. */
  id: string;
}

/** A report while it is typed, kept on this device until it is stored. */
export function useReportDraft(name: string, initial: ReportForm, stored: ReportOutput | null) {
  const begin = useMemo(
    (): Kept => ({
      form: initial,
      base: stored ? initial : null,
      revision: stored?.report.revision ?? null,
      id: stored?.report.id ?? newId(),
    }),
    [initial, stored],
  );
  const draft = useDraft<Kept>(name, begin);
  const { form, base, revision, id } = draft.touched ? draft.value : begin;
  /** Members that somebody else changed too, and for which what was typed here stands. */
  const [clashes, setClashes] = useState<readonly (keyof ReportForm)[]>([]);
  const change = (values: Partial<ReportForm>) =>
    draft.set((before) => {
      const from = draft.touched ? before : begin;
      return { ...from, form: { ...from.form, ...values } };
    });
  return {
    form,
    id,
    revision,
    change,
    /** Whether it came from an earlier visit. */
    restored: draft.restored,
    /** Whether there is anything that only this device has, and whether the device really keeps it. */
    touched: draft.touched,
    kept: draft.kept,
    clear() {
      draft.clear();
      setClashes([]);
    },
    clashes,
    /** Brings what somebody else stored meanwhile together with what was typed. */
    bringTogether(newer: ReportOutput) {
      const theirs = formOf(newer.report as Parameters<typeof formOf>[0]);
      const merged = merge(base ?? theirs, form, theirs);
      draft.set({ form: merged.form, base: theirs, revision: newer.report.revision, id });
      setClashes(merged.clashes.map(({ field }) => field));
    },
    /** Takes what somebody else wrote in one member. */
    takeTheirs(field: keyof ReportForm) {
      if (base) change({ [field]: base[field] });
      setClashes(clashes.filter((each) => each !== field));
    },
  };
}
export type ReportDraft = ReturnType<typeof useReportDraft>;
