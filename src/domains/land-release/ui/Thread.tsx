import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { Timeline } from "../../../platform/ui/Timeline.tsx";
import type { ReportOutput } from "../contract.ts";
import { reports } from "./client.ts";
import styles from "./reports.module.css";

/** Who did what with a report and said what, the newest first, with a place for another word. */
export function Thread({ answer, mayComment }: { answer: ReportOutput; mayComment: boolean }) {
  const { t, format } = useText();
  const queries = useQueryClient();
  const [comment, setComment] = useState("");
  const { country, id } = answer.report;
  const send = useMutation({
    mutationFn: () => reports.comment({ params: { country, id }, body: { comment: comment.trim() } }),
    onSuccess: (next) => {
      queries.setQueryData(["land-report", country, id], next);
      setComment("");
    },
  });
  return (
    <>
      <Timeline
        items={answer.thread.toReversed().map((step) => ({
          id: step.number,
          content: (
            <>
              <strong>{t(`land-reports.step.${step.action}`)}</strong>
              <span className={`${surfaces.muted} ${surfaces.small}`}>
                {step.author ?? t("land-reports.by-program")} ·{" "}
                <time dateTime={step.at}>{format.dateTime(step.at)}</time>
              </span>
              {step.comment && <p className={styles.words}>{step.comment}</p>}
            </>
          ),
        }))}
      />
      {mayComment && (
        <>
          <TextArea label={t("land-reports.comment")} rows={2} maxLength={5000} value={comment} onChange={setComment} />
          {send.isError && <ProblemNotice problem={send.error} />}
          <div>
            <Button small busy={send.isPending} disabled={comment.trim() === ""} onClick={() => send.mutate()}>
              {t("land-reports.comment.send")}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
