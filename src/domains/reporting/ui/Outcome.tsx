import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { problemTitle } from "../../../platform/ui/problem-text.ts";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import type { IssueOutput } from "../contract-schedules.ts";

/** How an issue of a schedule went, in words. */
export function Outcome({ issue }: { issue: IssueOutput | null }) {
  const text = useText();
  const { t, format } = text;
  if (!issue) return <>{t("reporting.schedule.never")}</>;
  const reason = issue.reason === null ? null : problemTitle(text, { code: issue.reason, params: {} });
  const mails = issue.delivered;
  switch (issue.state) {
    case "done":
      return (
        <StatusTag tone="good" pattern="solid">
          {t("reporting.schedule.made", {
            ...{ date: format.date(issue.finishedAt ?? issue.enteredAt), files: issue.files.length, mails },
          })}
        </StatusTag>
      );
    case "failed":
      return (
        <StatusTag tone="bad" pattern="stripes">
          {reason}
        </StatusTag>
      );
    default:
      return (
        <StatusTag tone={reason ? "warn" : "info"} pattern="half">
          {reason && issue.retryAt
            ? t("reporting.schedule.retry", { reason, at: format.dateTime(issue.retryAt) })
            : t("reporting.schedule.running")}
        </StatusTag>
      );
  }
}
