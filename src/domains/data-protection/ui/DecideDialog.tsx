import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { Dialog } from "../../../platform/ui/Dialog.tsx";
import { Form } from "../../../platform/ui/Form.tsx";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import type { RequestOutput } from "../contract.ts";
import { protection } from "./client.ts";

/** Grants or refuses a request, with the reason. */
export function DecideDialog(props: { of: RequestOutput; granted: boolean; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const form = useId();
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
    <Dialog
      open
      title={act}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" form={form} tone="primary" busy={send.isPending}>
            {act}
          </Button>
        </>
      }
    >
      <Form
        id={form}
        problem={send.error}
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
      </Form>
    </Dialog>
  );
}
