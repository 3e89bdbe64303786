import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Item, type OfStudy, work } from "./client.ts";
import { ReasonDialog } from "./ReasonDialog.tsx";
import type { Opened } from "./StudyDialog.tsx";

/** Changes a record of a study, or takes it back. Each button says whose it is. */
export function ItemActions(props: {
  study: OfStudy;
  kind: Opened["kind"];
  item: Item;
  /** The recommendation of an action. */
  of?: string;
  onOpen: (opened: Opened) => void;
}) {
  const { t } = useText();
  const { study, kind, item, of } = props;
  const [withdrawing, setWithdrawing] = useState(false);
  const code = String(item.code);
  return (
    <span className={surfaces.row}>
      <Button
        small
        tone="quiet"
        icon="edit"
        aria-label={t("studies.change-of", { code })}
        onClick={() => props.onOpen({ kind, item, ...(of ? { of } : {}) })}
      >
        {t("studies.change")}
      </Button>
      <Button
        small
        tone="quiet"
        icon="close"
        aria-label={t("studies.withdraw-of", { code })}
        onClick={() => setWithdrawing(true)}
      >
        {t("studies.withdraw")}
      </Button>
      {withdrawing && (
        <ReasonDialog
          title={t("studies.withdraw-of", { code })}
          confirm={t("studies.withdraw")}
          done={t("studies.withdrawn", { code })}
          onClose={() => setWithdrawing(false)}
          send={(reason) =>
            work.withdraw({ params: study, body: { kind, item: item.id, revision: item.revision, reason } })
          }
        >
          <p>{t("studies.withdraw.lead")}</p>
        </ReasonDialog>
      )}
    </span>
  );
}
