import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { assessments } from "./client.ts";

/** Withdraws an assessment with the reason. */
export function WithdrawDialog({ of, onClose }: { of: { country: string; id: string }; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const toast = useToast();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const short = reason.trim().length < 3;
  const send = useMutation({
    mutationFn: () => assessments.withdraw({ params: { country: of.country, id: of.id }, body: { reason } }),
    onSuccess: async () => {
      toast({ text: t("assessments.sheet.withdraw.done") });
      onClose();
      await queries.invalidateQueries({ queryKey: ["assessments"] });
    },
  });
  return (
    <FormDialog
      title={t("assessments.sheet.withdraw")}
      onClose={onClose}
      submit={t("assessments.sheet.withdraw")}
      tone="danger"
      sending={send}
      onSubmit={() => {
        setTried(true);
        if (!short) send.mutate();
      }}
    >
      <p>{t("assessments.sheet.withdraw.lead")}</p>
      <TextArea
        label={t("assessments.sheet.withdraw.reason")}
        required
        rows={3}
        maxLength={2000}
        value={reason}
        onChange={setReason}
        problem={tried && short ? t("problem.field.too-small") : fieldProblem(text, send.error, "reason")}
      />
    </FormDialog>
  );
}
