import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { NonconformityOutput } from "../contract.ts";
import { quality } from "./client.ts";

type Step = NonconformityOutput["steps"][number];

/** Takes a step with a non-conformity, with its reason and, where one is set, the new deadline. */
export function StepDialog({ of, step, onClose }: { of: NonconformityOutput; step: Step; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const toast = useToast();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const [deadline, setDeadline] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const mayDate = step === "extended" || step === "reopened";
  const params = { country: of.country, id: of.id };
  const common = { version: of.version, reason };
  const send = useMutation({
    mutationFn: () => {
      if (step === "corrected") return quality.corrected({ params, body: common });
      if (step === "extended") return quality.extend({ params, body: { ...common, deadline: deadline ?? "" } });
      const body = { ...common, accepted: step === "closed", ...(mayDate && deadline ? { deadline } : {}) };
      return quality.verify({ params, body });
    },
    onSuccess: async () => {
      toast({ text: t(`quality.happened.${step}`) });
      onClose();
      await queries.invalidateQueries({ queryKey: ["quality"] });
    },
  });
  const short = reason.trim().length < 3;
  const undated = step === "extended" && deadline === null;
  return (
    <FormDialog
      title={t("quality.step.title", { code: of.code, step: t(`quality.step.${step}`) })}
      onClose={onClose}
      submit={t("ui.create.send")}
      sending={send}
      onSubmit={() => {
        setTried(true);
        if (!short && !undated) send.mutate();
      }}
    >
      <TextArea
        label={t(`quality.reason.${step}`)}
        required
        rows={3}
        maxLength={2000}
        value={reason}
        onChange={setReason}
        problem={tried && short ? t("problem.field.too-small") : fieldProblem(text, send.error, "reason")}
      />
      {mayDate && (
        <DateField
          label={t("quality.new-deadline")}
          required={step === "extended"}
          value={deadline ? { date: deadline, precision: "day" } : null}
          onChange={(date) => setDeadline(date?.date ?? null)}
          problem={tried && undated ? t("problem.field.required") : fieldProblem(text, send.error, "deadline")}
        />
      )}
    </FormDialog>
  );
}
