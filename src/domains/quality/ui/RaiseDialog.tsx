import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { quality } from "./client.ts";
import { blankFinding, FindingFields, sentFinding } from "./FindingFields.tsx";

/** Raises a non-conformity of a visit that is recorded already. */
export function RaiseDialog({ visit, onClose }: { visit: { country: string; id: string }; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const queries = useQueryClient();
  const [typed, setTyped] = useState(blankFinding);
  const [tried, setTried] = useState(false);
  const send = useMutation({
    mutationFn: () => quality.raise({ params: visit, body: sentFinding(typed) }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ["quality"] });
    },
  });
  return (
    <FormDialog
      title={t("quality.raise")}
      onClose={onClose}
      submit={t("ui.create.send")}
      sending={send}
      onSubmit={() => {
        setTried(true);
        if (typed.description.trim().length >= 3) send.mutate();
      }}
    >
      <FindingFields
        value={typed}
        onChange={setTyped}
        tried={tried}
        problemOf={(field) => fieldProblem(text, send.error, field)}
      />
    </FormDialog>
  );
}
