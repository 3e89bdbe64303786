import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { ConfirmDialog } from "../../../platform/ui/ConfirmDialog.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { TextField } from "../../../platform/ui/TextField.tsx";

/** Asks before all open findings of a check are decided at once; changes of records need a reason, which their histories show. */
export function DecideAllDialog(props: {
  act: "apply" | "dismiss";
  /** The check in words. */
  check: string;
  count: number;
  busy: boolean;
  problem: unknown;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}) {
  const { t } = useText();
  const [reason, setReason] = useState(t("imports.findings.apply.reason"));
  const { act, count, check } = props;
  return (
    <ConfirmDialog
      open
      title={act === "apply" ? t("imports.findings.apply-all", { count }) : t("imports.findings.dismiss-all")}
      confirm={t(act === "apply" ? "imports.findings.apply" : "imports.findings.dismiss")}
      busy={props.busy}
      onConfirm={() => (act === "dismiss" || reason.trim().length >= 3) && props.onConfirm(reason.trim())}
      onClose={props.onClose}
    >
      <p>{t(`imports.page.all.${act}`, { count, check })}</p>
      {act === "apply" && (
        <TextField
          label={t("imports.undo.reason")}
          required
          value={reason}
          onChange={setReason}
          problem={reason.trim().length < 3 ? t("imports.page.all.reason") : null}
        />
      )}
      {props.problem !== null && props.problem !== undefined && <ProblemNotice problem={props.problem} />}
    </ConfirmDialog>
  );
}
