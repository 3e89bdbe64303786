import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useGo } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { Dialog } from "../../../platform/ui/Dialog.tsx";
import { Form } from "../../../platform/ui/Form.tsx";
import { RadioGroup } from "../../../platform/ui/RadioGroup.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import { reporting } from "./client.ts";
import type { ReportQuery } from "./use-report.ts";

const audiences = ["own", "public"] as const;

/** Freezes the report that is shown: for who is cleared, or with what anybody may see for everybody. */
export function PublishDialog({ asked, onClose }: { asked: ReportQuery; onClose: () => void }) {
  const { t } = useText();
  const form = useId();
  const go = useGo();
  const toast = useToast();
  const queries = useQueryClient();
  const [audience, setAudience] = useState<(typeof audiences)[number]>("own");
  const [note, setNote] = useState("");
  const send = useMutation({
    mutationFn: () =>
      reporting.publish({ body: { ...asked, audience, note: note.trim() === "" ? null : note.trim() } }),
    onSuccess: async (edition) => {
      toast({ text: t("reporting.published") });
      onClose();
      await queries.invalidateQueries({ queryKey: ["report-editions"] });
      go(`/reports/editions/${edition.country}/${edition.id}`);
    },
  });
  return (
    <Dialog
      open
      title={t("reporting.publish")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.cancel")}</Button>
          <Button type="submit" form={form} tone="primary" busy={send.isPending}>
            {t("reporting.publish.now")}
          </Button>
        </>
      }
    >
      <Form id={form} problem={send.error} onSubmit={() => send.mutate()}>
        <div className={surfaces.stack}>
          <p>{t("reporting.publish.lead")}</p>
          <RadioGroup
            legend={t("reporting.publish.for")}
            value={audience}
            onChange={(value) => setAudience(audiences.find((each) => each === value) ?? "own")}
            options={audiences.map((value) => ({ value, label: t(`reporting.publish.${value}`) }))}
          />
          <TextArea label={t("reporting.publish.note")} rows={3} maxLength={2000} value={note} onChange={setNote} />
        </div>
      </Form>
    </Dialog>
  );
}
