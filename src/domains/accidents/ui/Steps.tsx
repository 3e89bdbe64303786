import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import type { RecordItem } from "../../../platform/ui/records/section.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { AccidentReport } from "../contract.ts";
import { type WorkflowStep, workflowSteps } from "../model.ts";
import { reports } from "./client.ts";
import { useRefresh } from "./use-refresh.ts";

const withReason: readonly WorkflowStep[] = ["return", "withdraw"];

/** The steps that the reader may take with the report, each asked for once more before it is taken. */
export function Steps({ accident, report }: { accident: RecordItem; report: AccidentReport }) {
  const { t } = useText();
  const toast = useToast();
  const refresh = useRefresh(accident);
  const [asked, setAsked] = useState<WorkflowStep | null>(null);
  const [comment, setComment] = useState("");
  const { country, id } = accident;
  const send = useMutation({
    mutationFn: (step: WorkflowStep) => {
      const words = comment.trim();
      const params = { country, id };
      const { revision } = report;
      if (step === "return" || step === "withdraw")
        return reports[step]({ params, body: { revision, comment: words } });
      return reports[step]({ params, body: { revision, comment: words === "" ? undefined : words } });
    },
    onSuccess: async (_, step) => {
      close();
      toast({ text: t(`accidents.done.${step}`) });
      await refresh();
    },
  });
  const close = () => {
    setAsked(null);
    setComment("");
    send.reset();
  };
  const offered = workflowSteps.filter((step) => report.allowed.includes(step));
  const needsReason = asked !== null && withReason.includes(asked);
  if (offered.length === 0) return null;
  return (
    <div className={surfaces.row}>
      {offered.map((step) => (
        <Button key={step} tone={step === offered[0] ? "primary" : "plain"} onClick={() => setAsked(step)}>
          {t(`accidents.act.${step}`)}
        </Button>
      ))}
      {asked && (
        <FormDialog
          title={t(`accidents.act.${asked}`)}
          onClose={close}
          submit={t(`accidents.act.${asked}`)}
          disabled={needsReason && comment.trim().length < 3}
          sending={send}
          onSubmit={() => send.mutate(asked)}
        >
          <TextArea
            label={t(needsReason ? "accidents.reason" : "accidents.comment")}
            required={needsReason}
            rows={3}
            maxLength={2000}
            value={comment}
            onChange={setComment}
          />
        </FormDialog>
      )}
    </div>
  );
}
