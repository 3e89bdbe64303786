import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { Dialog } from "../../../platform/ui/Dialog.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import type { ConsentOutput } from "../contract.ts";
import { protection } from "./client.ts";
import { DisclosureItem } from "./DisclosureItem.tsx";
import styles from "./protection.module.css";
import { today } from "./today.ts";

/** Withdraws a consent, and then tells what had been passed on by it, so that the person can be told. */
export function WithdrawDialog({ consent, onClose }: { consent: ConsentOutput; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const queries = useQueryClient();
  const [on, setOn] = useState<{ date: string } | null>({ date: today() });
  const [note, setNote] = useState("");
  const { country, id } = consent;
  const send = useMutation({
    mutationFn: () =>
      protection.withdraw({
        params: { country, id },
        body: { withdrawnOn: on?.date ?? "", ...(note.trim() ? { note: note.trim() } : {}) },
      }),
  });
  if (send.data) {
    const { disclosed, references } = send.data;
    const close = async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ["data-protection"] });
    };
    return (
      <Dialog
        open
        title={t("data-protection.withdrawn.title")}
        onClose={() => void close()}
        actions={
          <Button tone="primary" onClick={() => void close()}>
            {t("ui.close")}
          </Button>
        }
      >
        <p>{t("data-protection.withdrawn.lead", { count: disclosed.length })}</p>
        <ul className={styles.list}>
          {disclosed.map((of) => (
            <DisclosureItem key={of.id} of={of} references={references} />
          ))}
        </ul>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t("data-protection.withdraw.title")}
      onClose={onClose}
      submit={t("data-protection.withdraw")}
      sending={send}
      onSubmit={() => send.mutate()}
    >
      <p>
        <strong>{text.code("consent-purpose", consent.purpose)}</strong> →{" "}
        {text.code("recipient-class", consent.recipientClass)}
      </p>
      <p>{t("data-protection.withdraw.lead")}</p>
      <DateField
        label={t("data-protection.withdraw.on")}
        required
        value={on && { date: on.date, precision: "day" }}
        problem={fieldProblem(text, send.error, "withdrawnOn")}
        onChange={setOn}
      />
      <TextArea
        label={t("data-protection.note")}
        hint={t("data-protection.note.hint")}
        rows={2}
        maxLength={2000}
        value={note}
        onChange={setNote}
      />
    </FormDialog>
  );
}
