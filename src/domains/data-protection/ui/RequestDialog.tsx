import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { RadioGroup } from "../../../platform/ui/RadioGroup.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { requestAskers, requestKinds } from "../model.ts";
import { protection } from "./client.ts";
import { today } from "./today.ts";

/** Enters what somebody asks for. */
export function RequestDialog({ country, person, onClose }: { country: string; person: string; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const queries = useQueryClient();
  const [kind, setKind] = useState<(typeof requestKinds)[number]>("access");
  const [askedBy, setAskedBy] = useState<(typeof requestAskers)[number]>("person");
  const [receivedOn, setReceivedOn] = useState<{ date: string } | null>({ date: today() });
  const [note, setNote] = useState("");
  const send = useMutation({
    mutationFn: () =>
      protection.enterRequest({
        body: {
          country,
          person,
          kind,
          askedBy,
          receivedOn: receivedOn?.date ?? "",
          ...(note.trim() ? { note: note.trim() } : {}),
        },
      }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ["data-protection"] });
    },
  });
  return (
    <FormDialog
      title={t("data-protection.request.enter")}
      onClose={onClose}
      submit={t("data-protection.save")}
      sending={send}
      onSubmit={() => send.mutate()}
    >
      <RadioGroup
        legend={t("data-protection.request.kind")}
        value={kind}
        onChange={(value) => setKind(requestKinds.find((each) => each === value) ?? "access")}
        options={requestKinds.map((each) => ({ value: each, label: text.code("data-request-kind", each) }))}
      />
      <Select
        label={t("data-protection.request.asked-by")}
        value={askedBy}
        onChange={(value) => setAskedBy(requestAskers.find((each) => each === value) ?? "person")}
        options={requestAskers.map((each) => ({ value: each, label: text.code("data-request-asker", each) }))}
      />
      <DateField
        label={t("data-protection.request.received-on")}
        required
        value={receivedOn && { date: receivedOn.date, precision: "day" }}
        problem={fieldProblem(text, send.error, "receivedOn")}
        onChange={setReceivedOn}
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
