import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useGo } from "../../../platform/ui/address.ts";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
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
    <FormDialog
      title={t("reporting.publish")}
      onClose={onClose}
      submit={t("reporting.publish.now")}
      sending={send}
      onSubmit={() => send.mutate()}
    >
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
    </FormDialog>
  );
}
