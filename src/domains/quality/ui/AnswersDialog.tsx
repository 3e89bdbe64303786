import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { Dialog } from "../../../platform/ui/Dialog.tsx";
import { Form } from "../../../platform/ui/Form.tsx";
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
  const form = useId();
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
    <Dialog
      open
      title={t("quality.checklist")}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" form={form} tone="primary" busy={send.isPending}>
            {t("ui.create.send")}
          </Button>
        </>
      }
    >
      <Form id={form} problem={send.error} onSubmit={() => send.mutate()}>
        <Checklist items={props.checklist.items} answers={answers} onChange={setAnswers} />
      </Form>
    </Dialog>
  );
}
