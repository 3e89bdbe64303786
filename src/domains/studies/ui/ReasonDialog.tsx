import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { useRefreshStudies } from "./client.ts";

/** Asks for the reason of an act and does it: taking something back, publishing. */
export function ReasonDialog(props: {
  title: string;
  confirm: string;
  done: string;
  children?: ReactNode;
  send: (reason: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const text = useText();
  const { t } = text;
  const toast = useToast();
  const refresh = useRefreshStudies();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const short = reason.trim().length < 3;
  const send = useMutation({
    mutationFn: () => props.send(reason),
    onSuccess: async () => {
      toast({ text: props.done });
      props.onClose();
      await refresh();
    },
  });
  return (
    <FormDialog
      title={props.title}
      onClose={props.onClose}
      submit={props.confirm}
      sending={send}
      onSubmit={() => {
        setTried(true);
        if (!short) send.mutate();
      }}
    >
      {props.children}
      <TextArea
        label={t("studies.reason")}
        required
        rows={2}
        maxLength={2000}
        value={reason}
        onChange={setReason}
        problem={tried && short ? t("problem.field.too-small") : fieldProblem(text, send.error, "reason")}
      />
    </FormDialog>
  );
}
