import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import type { RequestOutput } from "../contract.ts";
import { protection } from "./client.ts";

/** Grants or refuses a request, with the reason. */
export function DecideDialog(props: { of: RequestOutput; granted: boolean; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const queries = useQueryClient();
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const { country, id, version, kind } = props.of;
  const short = note.trim().length < 3;
  const send = useMutation({
    mutationFn: () =>
      protection.decideRequest({
        params: { country, id },
        body: { version, granted: props.granted, note: note.trim() },
      }),
    onSuccess: async () => {
      props.onClose();
      await queries.invalidateQueries({ queryKey: ["data-protection"] });
    },
  });
  const act = t(props.granted ? "data-protection.request.grant" : "data-protection.request.refuse");
  return (
    <FormDialog
      title={act}
      onClose={props.onClose}
      submit={act}
      sending={send}
      onSubmit={() => {
        setTried(true);
        if (!short) send.mutate();
      }}
    >
      <p>{text.code("data-request-kind", kind)}</p>
      {kind === "erasure" && props.granted && <p>{t("data-protection.request.erasure-hint")}</p>}
      <TextArea
        label={t("data-protection.reason")}
        required
        rows={3}
        maxLength={2000}
        value={note}
        problem={tried && short ? t("data-protection.reason.missing") : null}
        onChange={setNote}
      />
    </FormDialog>
  );
}
