import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useGo } from "../../../platform/ui/address.ts";
import { problemOf } from "../../../platform/ui/problem-text.ts";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { ReportOutput } from "../contract.ts";
import type { ReportType } from "../model.ts";
import { reportPath, reports } from "./client.ts";
import type { ReportWords } from "./report-form.ts";
import type { ReportDraft } from "./use-report-draft.ts";

/** What happens once a report is stored: it is shown, handed in, or typed on with its files. */
export type AfterSaving = "show" | "submit" | "edit";

const isStale = (cause: unknown) => problemOf(cause).code === "common.stale-revision";
const isOpen = ({ report }: ReportOutput) => report.state === "draft" || report.state === "returned";

/** Stores a report and hands it in. Storing again after a lost answer stores it once. */
export function useReportSaving(about: {
  country: string;
  type: ReportType;
  corrects: string | null;
  stored: ReportOutput | null;
  draft: ReportDraft;
  words: ReportWords;
}) {
  const { country, type, corrects, stored, draft, words } = about;
  const text = useText();
  const { t } = text;
  const go = useGo();
  const toast = useToast();
  const queries = useQueryClient();
  const change = (revision: number) =>
    reports.change({ params: { country, id: draft.id }, body: { revision, ...words } });

  const enter = async (): Promise<ReportOutput> => {
    try {
      return await reports.enter({ body: { country, id: draft.id, type, corrects, ...words } });
    } catch (cause) {
      if (!isStale(cause)) throw cause;
      // An earlier attempt arrived after all, and the report went on from there.
      const there = await reports.get({ params: { country, id: draft.id } });
      return isOpen(there) ? change(there.report.revision) : there;
    }
  };

  return useMutation({
    mutationFn: async (then: AfterSaving) => ({
      then,
      answer: await (stored && draft.revision !== null ? change(draft.revision) : enter()),
    }),
    onSuccess: async ({ answer, then }) => {
      const { report } = answer;
      draft.clear();
      queries.setQueryData(["land-report", country, report.id], answer);
      void queries.invalidateQueries({ queryKey: ["land-reports"] });
      toast({ text: t("land-reports.saved", { code: report.code }) });
      if (then === "submit" && isOpen(answer)) {
        try {
          const submitted = await reports.submit({
            params: { country, id: report.id },
            body: { revision: report.revision, comment: null },
          });
          queries.setQueryData(["land-report", country, report.id], submitted);
          toast({ text: t("land-reports.done.submit") });
        } catch (cause) {
          // The words are stored; what keeps the report from being handed in stands on its page.
          const { code, params } = problemOf(cause);
          toast({ text: text.first([`problem.${code}`, "problem.common.internal"], params) });
        }
      }
      go(then === "edit" ? `${reportPath(report)}/edit` : reportPath(report));
    },
    onError: async (cause) => {
      if (isStale(cause) && stored)
        draft.bringTogether(await reports.get({ params: { country, id: stored.report.id } }));
    },
  });
}
