import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { ConfirmDialog } from "../../../platform/ui/ConfirmDialog.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { fieldProblem } from "../../../platform/ui/problem-text.ts";
import { TextField } from "../../../platform/ui/TextField.tsx";
import type { ImportOutput } from "../contract.ts";
import { imports } from "./client.ts";

/** Asks before an import is taken back, and for the reason that every record's history will show. */
export function UndoDialog({ entry, onClose }: { entry: ImportOutput; onClose: () => void }) {
  const text = useText();
  const { t } = text;
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const undo = useMutation({
    mutationFn: () => imports.undo({ params: { id: entry.id }, body: { reason } }),
    onSuccess: (undone) => {
      queries.setQueryData(["import", entry.id], undone);
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "import" });
      onClose();
    },
  });
  const problem = fieldProblem(text, undo.error, "reason");
  return (
    <ConfirmDialog
      open
      title={t("imports.undo")}
      confirm={t("imports.undo")}
      busy={undo.isPending}
      onConfirm={() => undo.mutate()}
      onClose={onClose}
    >
      <p>{t("imports.undo.lead")}</p>
      <TextField label={t("imports.undo.reason")} value={reason} onChange={setReason} required problem={problem} />
      {undo.isError && problem === null && <ProblemNotice problem={undo.error} />}
    </ConfirmDialog>
  );
}
