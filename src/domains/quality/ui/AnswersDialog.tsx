import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import type { ChecklistOutput, FilledChecklist } from "../contract.ts";
import { Checklist } from "./Checklist.tsx";
import { quality } from "./client.ts";

/** Answers the checklist of a visit, or answers it anew; earlier answers stay known. */
export function AnswersDialog(props: {
  visit: { country: string; id: string };
  checklist: ChecklistOutput;
  answers: FilledChecklist["answers"];
  answersVersion: number;
  onClose: () => void;
}) {
  const { t } = useText();
  const queries = useQueryClient();
  const [answers, setAnswers] = useState(props.answers);
  const send = useMutation({
    mutationFn: () =>
      quality.answer({
        params: props.visit,
        body: { version: props.checklist.version, answers, answersVersion: props.answersVersion },
      }),
    onSuccess: async () => {
      props.onClose();
      await queries.invalidateQueries({ queryKey: ["quality", "sheet"] });
    },
  });
  return (
    <FormDialog
      title={t("quality.checklist")}
      onClose={props.onClose}
      submit={t("ui.create.send")}
      sending={send}
      onSubmit={() => send.mutate()}
    >
      <Checklist items={props.checklist.items} answers={answers} onChange={setAnswers} />
    </FormDialog>
  );
}
